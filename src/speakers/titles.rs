//! Works by their titles in quotation marks, where the encoder labelled none: *the report, “Water for All”,*.

use std::ops::Range;

use super::lexicon::{self, BodyNoun};
use super::phrases;
use super::words::Words;
use crate::EntityLabel;

/// Longer texts in marks are quotations, in words.
const LONGEST: usize = 10;

/// Adds to `named`, in text order, the titles that stand beside a noun for a document. Names inside a title give way to it.
pub(super) fn add(words: &Words<'_>, named: &mut Vec<(Range<usize>, EntityLabel)>) {
    let mut at = 0;
    while at < words.len() {
        let title = title_at(words, at);
        at = title.as_ref().map_or(at + 1, |title| title.end);
        if let Some(title) = title.filter(|title| is_beside_document(words, title)) {
            let overlaps = |range: &Range<usize>| range.start < title.end && title.start < range.end;
            named.retain(|(range, _)| !overlaps(range));
            named.push((title, EntityLabel::Misc));
        }
    }
    named.sort_by_key(|(range, _)| range.start);
}

/// The words between the marks that open at `at`, where they are written like a title.
fn title_at(words: &Words<'_>, at: usize) -> Option<Range<usize>> {
    let close = match words.text(at) {
        "“" | "„" => "”",
        "‘" => "’",
        "\"" => "\"",
        "«" => "»",
        _ => return None,
    };
    let limit = words.sentence_range(at).end.min(at + 2 + LONGEST);
    let end = (at + 1..limit).find(|&at| words.text(at) == close)?;
    let end = (at + 1..end).rev().find(|&at| !words.is_punctuation(at))? + 1;
    let title = at + 1..end;
    let is_small = |word: &str| phrases::is_preposition(word) || phrases::is_determiner(word) || matches!(word, "and" | "or" | "but");
    let is_written = |at: usize| words.is_capital(at) || words.is_punctuation(at) || words.is_possessive(at) || is_small(words.lower(at));
    let capitals = title.clone().filter(|&at| words.is_capital(at)).count();
    (capitals >= 2 && words.is_capital(title.start) && title.clone().all(is_written)).then_some(title)
}

/// *the report, “…”*, *a study called “…”*; *“…”, an evaluation*.
fn is_beside_document(words: &Words<'_>, title: &Range<usize>) -> bool {
    let is_document = |at: usize| lexicon::body_noun(words.lower(at)) == Some(BodyNoun::Document);
    let sentence = words.sentence_range(title.start);
    let links = |at: usize| words.is_punctuation(at) || matches!(words.lower(at), "called" | "titled" | "entitled" | "headed" | "named");
    let before = (sentence.start..title.start.saturating_sub(1)).rev().find(|&at| !links(at));
    let after =
        (title.end..sentence.end).take(6).skip_while(|&at| words.is_punctuation(at) || matches!(words.lower(at), "a" | "an" | "the"));
    before.is_some_and(is_document) || after.take(2).any(is_document)
}
