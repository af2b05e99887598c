//! Exact spans of source, cue and content, trimmed of outer white space, each counted once in an article.

use super::{Count, Measure, Measurement, Predicted, Scores, Tallies, attribution_spans, distinct, gold, shared_count};
use crate::{AttributionLabel, GoldAttribution, GoldDocument, Span};

/// See [`Measure::Attribution`].
#[derive(Debug)]
pub(super) struct Spans {
    articles: usize,
    tallies: Tallies<AttributionLabel>,
}

impl Default for Spans {
    fn default() -> Self {
        Self { articles: 0, tallies: Tallies::new() }
    }
}

impl Measurement for Spans {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        for (label, spans) in attribution_spans(gold, predicted) {
            let marked = gold.attributions.iter().flat_map(|attribution| part(attribution, label));
            let marked = distinct(marked.map(|&span| gold::trimmed(&gold.text, span)));
            self.tallies.add(label, shared_count(&spans, &marked), spans.len(), marked.len());
        }
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Attribution);
        scores.counts.push(Count::new("articles", self.articles));
        scores.scores.extend(self.tallies.scores());
        scores
    }
}

fn part(attribution: &GoldAttribution, label: AttributionLabel) -> &[Span] {
    match label {
        AttributionLabel::Source => &attribution.source,
        AttributionLabel::Cue => &attribution.cue,
        AttributionLabel::Content => &attribution.content,
    }
}
