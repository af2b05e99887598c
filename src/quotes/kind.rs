//! Direct, indirect or mixed: how many of a content's words stand in quotation marks.

use super::labelled_reading::LabelledReading;
use crate::{QuoteKind, Span};

/// The share of words in marks from which a quotation is direct: one word may have slipped out.
const DIRECT_SHARE: f64 = 0.9;
/// So many words in marks are a quoted term, not the speaker's own wording.
const TERM_WORDS: usize = 2;

/// The kind of a quotation with these contents.
pub(super) fn classify(reading: &LabelledReading<'_>, contents: &[Span]) -> QuoteKind {
    let (mut words, mut quoted, mut longest) = (0_usize, 0_usize, 0_usize);
    for &content in contents {
        let (mut run, mut pair) = (0, None);
        for word in reading.word_spans(content) {
            words += 1;
            let Some(marked) = reading.marks.outermost(word.start()).filter(|marked| marked.inner.contains(word)) else { continue };
            quoted += 1;
            run = if pair == Some(marked.outer) { run + 1 } else { 1 };
            pair = Some(marked.outer);
            longest = longest.max(run);
        }
    }
    if words > 0 && quoted as f64 >= DIRECT_SHARE * words as f64 {
        QuoteKind::Direct
    } else if longest <= TERM_WORDS {
        QuoteKind::Indirect
    } else {
        QuoteKind::Mixed
    }
}
