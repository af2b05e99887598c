//! Counts what a theme covers: sentences, words, share, quotations.
//!
//! Only sentences of running text count ([`Segmentation::body_sentences`](crate::Segmentation::body_sentences)): neither titles, headings,
//! bylines, credits and furniture themselves nor their words.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Theme;
use super::evidence::{Evidence, Reason, sorted};
use crate::{Quote, Reading, Span};

/// What was found of one theme, before it is counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Finding {
    pub(super) id: String,
    pub(super) label: String,
    /// The id of the theme it is a part of.
    pub(super) parent: Option<String>,
    /// Sentences about it.
    pub(super) sentences: BTreeSet<usize>,
    /// Sentences whose quotations are about it whatever their words: those of a section the theme's heading stands over.
    pub(super) sections: BTreeSet<usize>,
    /// What gave it.
    pub(super) evidence: Vec<Evidence>,
}

impl Finding {
    pub(super) fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }
}

/// Counts the findings; those without a sentence are left out. Largest share first.
pub(super) fn count(reading: Reading<'_>, findings: Vec<Finding>, quotes: &[Quote]) -> Vec<Theme> {
    let total = reading.seg.body_words();
    let mut themes: Vec<Theme> = findings.into_iter().filter_map(|finding| theme(reading, finding, quotes, total)).collect();
    themes.sort_by(|a, b| {
        let key = |theme: &Theme| (Reverse(theme.words), Reverse(theme.sentences.len()), theme.sentences.first().copied());
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    themes
}

fn theme(reading: Reading<'_>, finding: Finding, quotes: &[Quote], total: usize) -> Option<Theme> {
    if finding.sentences.is_empty() {
        return None;
    }
    let words = words(reading, &finding.sentences);
    let is_about = |quote: &Quote| {
        let says = |span: &Span| {
            finding.evidence.iter().any(|evidence| match evidence.reason {
                Reason::Context { .. } => span.overlaps(evidence.span),
                _ => span.contains(evidence.span),
            })
        };
        let stands_in_section = quote.content.first().and_then(|span| reading.seg.sentence_at(span.start()));
        quote.content.iter().any(says) || stands_in_section.is_some_and(|sentence| finding.sections.contains(&sentence))
    };
    Some(Theme {
        words,
        share: if total == 0 { 0.0 } else { words as f64 / total as f64 },
        quotes: quotes.iter().enumerate().filter(|(_, quote)| is_about(quote)).map(|(at, _)| at).collect(),
        sentences: finding.sentences.into_iter().collect(),
        evidence: sorted(finding.evidence),
        parent: finding.parent,
        id: finding.id,
        label: finding.label,
    })
}

/// The words of these sentences.
pub(super) fn words(reading: Reading<'_>, sentences: &BTreeSet<usize>) -> usize {
    let seg = reading.seg;
    sentences.iter().filter_map(|&at| seg.sentences.get(at)).map(|sent| seg.word_count(sent.tokens.clone())).sum()
}
