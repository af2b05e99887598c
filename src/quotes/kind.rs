//! Direct, indirect or mixed: how many of a content's words stand in quotation marks.
//!
//! A single word in marks makes it mixed (*called the delay “unacceptable”*) unless it is a name or a term that the writer marks.

use super::labelled_reading::LabelledReading;
use crate::quotation_marks::Marked;
use crate::{QuoteKind, Span};

/// The share of words in marks from which a quotation is direct: one word may have slipped out.
const DIRECT_SHARE: f64 = 0.9;
/// So few words in marks may be a name or term that the writer marks.
const TERM_WORDS: usize = 2;

/// The kind of a quotation with these contents.
pub(super) fn classify(reading: &LabelledReading<'_>, contents: &[Span]) -> QuoteKind {
    let (mut words, mut quoted, mut is_worded) = (0_usize, 0_usize, false);
    for &content in contents {
        let mut last = None;
        for word in reading.word_spans(content) {
            words += 1;
            let Some(marked) = reading.marks.outermost(word.start()).filter(|marked| marked.inner.contains(word)) else { continue };
            quoted += 1;
            is_worded |= last != Some(marked.outer) && !is_term(reading, marked, content);
            last = Some(marked.outer);
        }
    }
    if words > 0 && quoted as f64 >= DIRECT_SHARE * words as f64 {
        QuoteKind::Direct
    } else if is_worded {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

/// Whether one or two words in marks are the writer's term and not the speaker's wording: *the so-called “dividend”*, *the “Green Deal”*.
fn is_term(reading: &LabelledReading<'_>, marked: &Marked, content: Span) -> bool {
    let words: Vec<&str> = reading.word_spans(marked.inner).map(|word| reading.slice(word)).collect();
    let before = Span::new(content.start().min(marked.outer.start()), marked.outer.start());
    let last = reading.word_spans(before).last().map(|word| reading.slice(word).to_lowercase());
    let is_announced =
        last.as_deref().is_some_and(|word| matches!(word, "so-called" | "term" | "word" | "words" | "phrase" | "dubbed" | "named"));
    // *the “blue economy” would grow*: an article before and words behind make a term of it
    let is_determined =
        last.as_deref().is_some_and(|word| matches!(word, "the" | "this" | "that" | "these" | "its" | "their" | "a" | "an"));
    let goes_on = reading.words(Span::new(marked.outer.end().min(content.end()), content.end())) > 0;
    let is_announced = is_announced || is_determined && goes_on && words.len() > 1;
    let is_name = words.iter().all(|word| word.starts_with(char::is_uppercase)) && before.len() > 1;
    words.len() <= TERM_WORDS && (is_announced || is_name)
}
