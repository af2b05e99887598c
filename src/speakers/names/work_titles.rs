//! Works by their titles in quotation marks, where the encoder labelled none: *the report, “Water for All”,*.

use std::ops::Range;

use super::{FoundName, NameSources};
use crate::EntityLabel;
use crate::speakers::Rule;
use crate::speakers::lexicon::{self, BodyNoun};
use crate::speakers::noun_phrases;
use crate::speakers::word_view::Words;

/// Longer texts in marks are quotations, in words.
const LONGEST: usize = 10;

/// The titles that stand beside a noun for a document.
pub(in crate::speakers) fn find(sources: &NameSources<'_>) -> Vec<FoundName> {
    let words = sources.words;
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let title = title_at(words, at);
        at = title.as_ref().map_or(at + 1, |title| title.end);
        if let Some(title) = title.filter(|title| is_beside_document(words, title)) {
            found.push(FoundName { words: title, label: EntityLabel::Misc, rule: Rule::WorkTitle });
        }
    }
    found
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
    let is_small =
        |word: &str| noun_phrases::is_preposition(word) || noun_phrases::is_determiner(word) || matches!(word, "and" | "or" | "but");
    let is_written = |at: usize| words.is_capital(at) || words.is_punctuation(at) || words.is_possessive(at) || is_small(words.lower(at));
    let capitals = title.clone().filter(|&at| words.is_capital(at)).count();
    (capitals >= 2 && words.is_capital(title.start) && title.clone().all(is_written)).then_some(title)
}

/// *the report, “…”*, *a study called “…”*; *“…”, an evaluation*.
fn is_beside_document(words: &Words<'_>, title: &Range<usize>) -> bool {
    let is_document = |at: usize| lexicon::body_noun(words.lower(at)) == Some(BodyNoun::Document);
    let sentence = words.sentence_range(title.start);
    let links = |at: usize| words.is_punctuation(at) || lexicon::introduces_title(words.lower(at));
    let before = (sentence.start..title.start.saturating_sub(1)).rev().find(|&at| !links(at));
    let after =
        (title.end..sentence.end).take(6).skip_while(|&at| words.is_punctuation(at) || matches!(words.lower(at), "a" | "an" | "the"));
    before.is_some_and(is_document) || after.take(2).any(is_document)
}
