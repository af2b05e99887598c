//! Gold against predicted: precision, recall, F1; readers of annotated corpora.
//!
//! Every measure but sentences has an independent twin in Python; the two must agree to the last digit on the same predictions.

pub(crate) mod calibration;
pub mod cases;
mod cofenet;
mod coreference;
pub mod gold;
mod keyphrases;
mod measure;
mod ner;
mod people;
mod porter;
mod pronouns;
mod roles;
mod sample;
mod score;
mod sentences;
mod spans;
mod speakers;
mod units;
mod words;

pub use measure::{EvaluateOptions, Measure, Scorer, evaluate};
pub use sample::{CheckedSample, ErrorRate, Interval};
pub use score::{Count, Figure, Rate, Score, Scores};

use std::io;

use crate::{Analysis, AttributionLabel, GoldDocument, Label, Span};

/// Predicted spans moved to the gold text, which may have more text before: a reader may leave out the head of a file.
#[derive(Debug, Clone, Copy)]
struct Predicted<'a> {
    analysis: &'a Analysis,
    /// Bytes to add; `None` where the two texts are not the same article.
    shift: Option<usize>,
}

impl<'a> Predicted<'a> {
    fn new(analysis: &'a Analysis, gold: &GoldDocument) -> Self {
        let text = analysis.doc.text();
        let head = text.char_indices().nth(200).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
        let shift = if text == gold.text { Some(0) } else { gold.text.find(head) };
        Self { analysis, shift }
    }

    /// `span` in the gold text; call only where `shift` is known.
    fn moved(&self, span: Span) -> Span {
        let shift = self.shift.unwrap_or_default();
        Span::new(span.start() + shift, span.end() + shift)
    }

    fn all_moved<'s>(&self, spans: impl IntoIterator<Item = &'s Span>) -> Vec<Span> {
        spans.into_iter().map(|&span| self.moved(span)).collect()
    }
}

/// A scorer of one measure: takes articles one by one.
trait Measurement {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>);
    /// Ends what waits for the last article.
    fn settle(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn scores(&self) -> Scores;
}

/// Right, predicted and gold spans of one label.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    matched: usize,
    predicted: usize,
    gold: usize,
}

impl Tally {
    fn score(self, label: impl Into<String>) -> Score {
        Score::new(label, self.matched, self.predicted, self.gold)
    }
}

/// One tally for each label of a set.
#[derive(Debug, Clone)]
struct Tallies<L>(Vec<(L, Tally)>);

impl<L: Label> Tallies<L> {
    fn new() -> Self {
        Self(L::ALL.iter().map(|&label| (label, Tally::default())).collect())
    }

    fn add(&mut self, label: L, matched: usize, predicted: usize, gold: usize) {
        if let Some((_, tally)) = self.0.get_mut(label.index()) {
            tally.matched += matched;
            tally.predicted += predicted;
            tally.gold += gold;
        }
    }

    fn total(&self) -> Tally {
        self.0.iter().fold(Tally::default(), |total, (_, tally)| Tally {
            matched: total.matched + tally.matched,
            predicted: total.predicted + tally.predicted,
            gold: total.gold + tally.gold,
        })
    }

    fn scores(&self) -> impl Iterator<Item = Score> {
        self.0.iter().map(|(label, tally)| tally.score(label.name()))
    }
}

/// The predicted spans of each attribution label, trimmed, each once.
fn attribution_spans(gold: &GoldDocument, predicted: Predicted<'_>) -> Vec<(AttributionLabel, Vec<Span>)> {
    let quotes = &predicted.analysis.quotes;
    let of = |label: AttributionLabel| -> Vec<Span> {
        let spans: Vec<Span> = match label {
            AttributionLabel::Source => quotes.iter().filter_map(|quote| quote.source).collect(),
            AttributionLabel::Cue => quotes.iter().filter_map(|quote| quote.cue).collect(),
            AttributionLabel::Content => quotes.iter().flat_map(|quote| quote.content.iter().copied()).collect(),
        };
        distinct(spans.into_iter().map(|span| gold::trimmed(&gold.text, predicted.moved(span))))
    };
    let known = predicted.shift.is_some();
    AttributionLabel::ALL.iter().map(|&label| (label, if known { of(label) } else { Vec::new() })).collect()
}

/// Sorted, each once.
fn distinct<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// How many items two sorted lists share.
fn shared_count<T: Ord>(a: &[T], b: &[T]) -> usize {
    a.iter().filter(|item| b.binary_search(item).is_ok()).count()
}

/// The spans of a sorted, non-overlapping list that `span` overlaps, as a range of indices.
fn overlapped(spans: &[Span], span: Span) -> std::ops::Range<usize> {
    let start = spans.partition_point(|part| part.end() <= span.start());
    let end = spans.partition_point(|part| part.start() < span.end());
    start..end.max(start)
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod testing;
