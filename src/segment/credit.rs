//! Knows lines that say who wrote or published a text first, also where they are glued to its last paragraph.

use super::chars::is_space;
use super::lines::{is_short, starts_upper, words};
use crate::lexicon;

/// Whether a whole line says who wrote or published the text first.
pub(super) fn is_credit(line: &str) -> bool {
    if !is_short(line, 40) {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(['(', ')', '[', ']', '–', '—', '-', ' ', '.', '*']);
    let is_first_published = lexicon::tells_of_republishing(bare)
        && (bare.starts_with("this") || bare.starts_with("the article") || bare.starts_with("originally") || bare.starts_with("first"));
    lexicon::starts_credit(bare) || is_first_published || is_agency(bare) || (line.starts_with(['–', '—', '-']) && is_signature(line))
}

fn is_agency(lower: &str) -> bool {
    !lower.is_empty() && lower.split(['/', '-', '|', ',']).all(|part| lexicon::is_agency(part.trim()))
}

/// Whether `line` is a dash and a name without an end mark: `–Example Daily exchange item`.
fn is_signature(line: &str) -> bool {
    let name = line.trim_start_matches(['–', '—', '-', ' ', '\u{A0}']);
    is_short(name, 12) && words(name).count() > 0 && starts_upper(name) && !name.contains(['.', '?', '!', ';', '”', '"'])
}

/// Where in the last paragraph a credit starts that is glued to it: `… he said. –Example News item`, `… today. (AFP)`.
pub(super) fn glued_credit(paragraph: &str) -> Option<usize> {
    let tail_start = (paragraph.len().saturating_sub(240)..paragraph.len()).find(|&at| paragraph.is_char_boundary(at))?;
    let tail = paragraph.get(tail_start..)?;
    let starts = tail.char_indices().filter(|&(_, ch)| matches!(ch, '–' | '—' | '-' | '(' | '[')).map(|(at, _)| at);
    let found = starts.into_iter().find(|&at| {
        let (before, rest) = (tail.get(..at).unwrap_or_default(), tail.get(at..).unwrap_or_default());
        let is_after_end = before.ends_with(is_space) && {
            let sentence = before.trim_end_matches(is_space).trim_end_matches(['”', '"', '’', '\'', ')']);
            sentence.ends_with(['.', '?', '!', '…'])
        };
        let is_signed = rest.starts_with(['–', '—', '-']) && is_signature(rest);
        is_after_end && (is_signed || is_credit(rest))
    })?;
    Some(tail_start + found)
}
