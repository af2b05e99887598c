//! Finds the place and date that news text starts with: `GENEVA, 3 March –`.

use super::chars::is_space;
use super::lines::{is_short, starts_upper, words};
use crate::{Span, lexicon};

/// The place and date before a dash at the start of the first running paragraph, dash included.
pub(super) fn dateline(text: &str, body: Span) -> Option<Span> {
    let line = text.get(body.range())?;
    let limit = (0..=line.len().min(100)).rev().find(|&at| line.is_char_boundary(at))?;
    let head = line.get(..limit)?;
    let dash = head.char_indices().find(|&(at, ch)| {
        let (before, after) = (head.get(..at).unwrap_or_default(), head.get(at + ch.len_utf8()..).unwrap_or_default());
        let is_spaced = before.ends_with(is_space) && (after.starts_with(is_space) || after.starts_with('-'));
        matches!(ch, '—' | '–') || (ch == '-' && (is_spaced || after.starts_with('-')))
    })?;
    let place = head.get(..dash.0)?.trim_end_matches(is_space);
    let end = line.get(dash.0..)?.find(|ch| !matches!(ch, '—' | '–' | '-')).map_or(line.len(), |len| dash.0 + len);
    let is_followed = line
        .get(end..)?
        .trim_start_matches(is_space)
        .trim_start_matches(['“', '"', '‘', '\''])
        .chars()
        .next()
        .is_some_and(|ch| ch.is_uppercase() || ch.is_numeric());
    (is_followed && is_place(place)).then(|| Span::new(body.start(), body.start() + end))
}

fn is_place(place: &str) -> bool {
    let first = words(place).next().unwrap_or_default();
    if !is_short(place, 9) || first.is_empty() || lexicon::starts_sentences(first) || place.contains(['“', '"', '?', '!', ':', ';']) {
        return false;
    }
    let is_part = |word: &str| starts_upper(word) || lexicon::may_stand_in_dateline(word);
    let has_capitals =
        words(place).any(|word| word.chars().filter(|ch| ch.is_alphabetic()).count() > 2 && !word.chars().any(char::is_lowercase));
    words(place).all(is_part) && (has_capitals || place.contains([',', '(', '/']) || words(place).count() <= 3)
}
