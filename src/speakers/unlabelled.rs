//! Names in source phrases that the encoder did not label: capitals after a title are a person, two capitals most likely too.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexicon;
use super::names;
use super::words::Words;
use crate::{EntityLabel, Span, Upos};

/// The longest acronym in capitals, in letters.
const LONGEST_ACRONYM: usize = 7;

/// Adds to `named`, in text order, the unlabelled name that heads each source.
pub(super) fn add(words: &Words<'_>, sources: &BTreeMap<usize, Range<usize>>, named: &mut Vec<(Range<usize>, EntityLabel)>) {
    let mut is_labelled = vec![false; words.len()];
    for (range, _) in named.iter() {
        is_labelled.get_mut(range.clone()).into_iter().flatten().for_each(|labelled| *labelled = true);
    }
    for source in sources.values() {
        if is_labelled.get(source.clone()).is_none_or(|labelled| labelled.contains(&true)) {
            continue;
        }
        if let Some(found) = name_in(words, source) {
            named.push(found);
        }
    }
    named.sort_by_key(|(range, _)| range.start);
}

/// Adds to `named`, in text order, the unlabelled names that *named* introduces: *an elderly farmer named Sin*.
pub(super) fn add_introduced(words: &Words<'_>, named: &mut Vec<(Range<usize>, EntityLabel)>) {
    let is_free = |at: usize| !named.iter().any(|(range, _)| range.contains(&at));
    let is_name = |at: usize| words.is_capital(at) && is_free(at) && lexicon::body_noun(words.lower(at)).is_none();
    let is_person = |word: &str| lexicon::is_person_noun(word) || lexicon::is_role_noun(word);
    let introduced = (1..words.len()).filter(|&at| lexicon::introduces_name(words.lower(at)) && is_person(words.lower_before(at)));
    let found: Vec<Range<usize>> = introduced
        .filter_map(|at| {
            let end = (at + 1..words.len().min(at + 4)).take_while(|&at| is_name(at)).last()? + 1;
            Some(at + 1..end)
        })
        .collect();
    named.extend(found.into_iter().map(|range| (range, EntityLabel::Person)));
    named.sort_by_key(|(range, _)| range.start);
}

/// Adds to `named`, in text order, the one name that a byline without labels consists of: *By Ana Lima*.
pub(super) fn add_byline(words: &Words<'_>, byline: Option<Span>, named: &mut Vec<(Range<usize>, EntityLabel)>) {
    let Some(line) = byline.map(|span| words.within(span)).filter(|line| !line.is_empty()) else { return };
    let start = line.start + usize::from(words.lower(line.start) == "by");
    let end = (start..line.end).find(|&at| matches!(words.text(at), "," | "|" | "–" | "—" | "-")).unwrap_or(line.end);
    let is_labelled = named.iter().any(|(range, _)| range.start < line.end && line.start < range.end);
    let is_name = (start..end).all(|at| words.is_capital(at) && lexicon::body_noun(words.lower(at)).is_none());
    if (2..=4).contains(&(end - start)) && is_name && !is_labelled {
        named.push((start..end, EntityLabel::Person));
        named.sort_by_key(|(range, _)| range.start);
    }
}

/// The first run of capitals of a source with the label it most likely has.
fn name_in(words: &Words<'_>, source: &Range<usize>) -> Option<(Range<usize>, EntityLabel)> {
    let is_name = |at: usize| {
        let lower = words.lower(at);
        let is_open = matches!(words.upos(at), Upos::Propn | Upos::X | Upos::Noun | Upos::Adj);
        words.is_capital(at)
            && is_open
            && lexicon::role_noun(lower).is_none()
            && !is_function_word(lower)
            && !names::is_title(words.text(at))
    };
    let start = source.clone().find(|&at| is_name(at))?;
    let limit = (start..source.end).find(|&at| words.is_punctuation(at) || !words.is_capital(at)).unwrap_or(source.end);
    let end = (start..limit).rev().find(|&at| is_name(at))? + 1;
    let has_title = start > source.start && names::is_title(words.text(start - 1)) && words.is_capital(start - 1);
    // *AUDIENCE* and *PARTICIPANT*, labels in a transcript, are too long for an acronym.
    let (large, letters) = words.text(start).chars().fold((0, 0), |(large, all), ch| (large + usize::from(ch.is_uppercase()), all + 1));
    let is_acronym = large >= 2 && !(large == letters && letters > LONGEST_ACRONYM);
    let has_article = start > source.start && words.lower(start - 1) == "the";
    let is_body = (start..limit).any(|at| lexicon::body_noun(words.lower(at)).is_some());
    let is_first = start == words.sentence_range(start).start;
    if has_title {
        return Some((start..end, EntityLabel::Person));
    }
    if is_body || has_article || is_acronym && end == start + 1 {
        let is_whole = limit > start + 1 || is_acronym;
        return is_whole.then_some((start..limit, EntityLabel::Organization));
    }
    let is_sure = end > start + 1 || words.upos(start) == Upos::Propn && !is_first;
    (is_sure && end == limit).then_some((start..end, EntityLabel::Person))
}

fn is_function_word(lower: &str) -> bool {
    let lower = super::mentions::without_contraction(lower);
    super::phrases::is_determiner(lower) || super::phrases::is_preposition(lower) || super::phrases::is_pronoun(lower) || lower == "i"
}
