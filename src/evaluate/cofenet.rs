//! Source, cue and content on the tokens of the `CofeNet` paper: a predicted span counts as the tokens it overlaps, row by row.
//!
//! Where two people annotated an article only the first counts. A row is placed at the first occurrence of its words in the text.

use std::collections::BTreeMap;

use super::gold::{Characters, CofenetRow, bio_spans, locate};
use super::{Count, Measure, Measurement, Predicted, Scores, Tallies, attribution_spans, distinct, overlapped, shared_count};
use crate::{AttributionLabel, GoldDocument, Label};

/// See [`Measure::Cofenet`].
#[derive(Debug)]
pub(super) struct Cofenet {
    articles: usize,
    /// Rows of the articles not yet seen.
    rows: BTreeMap<String, Vec<CofenetRow>>,
    unaligned: usize,
    tallies: Tallies<AttributionLabel>,
}

impl Cofenet {
    pub(super) fn new(rows: Vec<CofenetRow>) -> Self {
        let mut by_doc: BTreeMap<String, Vec<CofenetRow>> = BTreeMap::new();
        for row in rows {
            by_doc.entry(row.doc.clone()).or_default().push(row);
        }
        for rows in by_doc.values_mut() {
            let first = rows.iter().map(|row| row.annotator.clone()).min().unwrap_or_default();
            rows.retain(|row| row.annotator == first);
        }
        Self { articles: 0, rows: by_doc, unaligned: 0, tallies: Tallies::new() }
    }
}

impl Measurement for Cofenet {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        let Some(rows) = self.rows.remove(&gold.name) else { return };
        self.articles += 1;
        let text = Characters::new(&gold.text);
        let spans = attribution_spans(gold, predicted);
        for row in rows {
            let Some(tokens) = locate(&row.tokens, &text) else {
                self.unaligned += 1;
                continue;
            };
            let marked = bio_spans(row.labels.iter().map(String::as_str));
            for (label, spans) in &spans {
                let marked = distinct(marked.iter().filter(|(_, _, name)| *name == label.name()).map(|&(start, end, _)| (start, end)));
                let found = spans.iter().map(|&span| overlapped(&tokens, span)).filter(|range| !range.is_empty());
                let found = distinct(found.map(|range| (range.start, range.end)));
                self.tallies.add(*label, shared_count(&found, &marked), found.len(), marked.len());
            }
        }
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Cofenet);
        let unseen: usize = self.rows.values().map(Vec::len).sum();
        scores.counts.push(Count::new("articles", self.articles));
        scores.counts.push(Count::new("rows_unaligned", self.unaligned + unseen));
        scores.scores.extend(self.tallies.scores());
        scores
    }
}
