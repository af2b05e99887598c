//! Sentence boundaries by genre, and over all.
//!
//! *boundaries* are ends of sentences inside a gold paragraph, the hard ones; *sentences* are whole ones, with both ends right.

use std::collections::BTreeMap;

use super::{Count, Measure, Measurement, Predicted, Scores, Tally, distinct, gold, shared_count};
use crate::{GoldDocument, Span};

/// See [`Measure::Sentences`].
#[derive(Debug, Default)]
pub(super) struct Sentences {
    articles: usize,
    text_differs: usize,
    /// Whole sentences and inner boundaries of each genre.
    by_genre: BTreeMap<String, (Tally, Tally)>,
}

impl Measurement for Sentences {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        if predicted.shift.is_none() {
            self.text_differs += 1;
        }
        let known = predicted.analysis.seg.sentences.iter().filter(|_| predicted.shift.is_some());
        let found = distinct(known.map(|sentence| gold::trimmed(&gold.text, predicted.moved(sentence.span))));
        let marked = distinct(gold.sentences.iter().map(|&span| gold::trimmed(&gold.text, span)));
        let ends = distinct(paragraph_ends(gold));
        let inner = |spans: &[Span]| distinct(spans.iter().map(|span| span.end()).filter(|end| ends.binary_search(end).is_err()));
        let (found_ends, marked_ends) = (inner(&found), inner(&marked));
        let (sentences, boundaries) = self.by_genre.entry(gold.genre.clone()).or_default();
        count(sentences, &found, &marked);
        count(boundaries, &found_ends, &marked_ends);
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Sentences);
        scores.counts.extend([Count::new("articles", self.articles), Count::new("text_differs", self.text_differs)]);
        let mut all = (Tally::default(), Tally::default());
        for (sentences, boundaries) in self.by_genre.values() {
            sum(&mut all.0, *sentences);
            sum(&mut all.1, *boundaries);
        }
        scores.scores.extend([all.0.score("sentences"), all.1.score("boundaries")]);
        for (genre, (sentences, boundaries)) in &self.by_genre {
            scores.scores.extend([sentences.score(format!("{genre} sentences")), boundaries.score(format!("{genre} boundaries"))]);
        }
        scores
    }
}

/// Ends of paragraphs; where they are not annotated, of lines.
fn paragraph_ends(gold: &GoldDocument) -> Vec<usize> {
    if gold.layers.paragraphs {
        return gold.paragraphs.iter().map(|span| span.end()).collect();
    }
    let mut start = 0;
    let lines = gold.text.split('\n').map(|line| {
        let span = gold::trimmed(&gold.text, Span::new(start, start + line.len()));
        start += line.len() + 1;
        span.end()
    });
    lines.collect()
}

fn count<T: Ord>(tally: &mut Tally, found: &[T], marked: &[T]) {
    sum(tally, Tally { matched: shared_count(found, marked), predicted: found.len(), gold: marked.len() });
}

fn sum(total: &mut Tally, part: Tally) {
    total.matched += part.matched;
    total.predicted += part.predicted;
    total.gold += part.gold;
}
