//! Exact entities by label; on corpora with tokens a predicted mention counts as the tokens it overlaps.
//!
//! Worldwide English is scored by region as well. A set that marks some labels only is scored on these; predictions at places it is unsure of do not count.

use std::collections::BTreeMap;

use super::{Count, Measure, Measurement, Predicted, Scores, Tallies, Tally, distinct, gold, overlapped, shared_count};
use crate::{EntityLabel, GoldDocument, Label, Span};

/// See [`Measure::Ner`].
#[derive(Debug)]
pub(super) struct Ner {
    articles: usize,
    text_differs: usize,
    tokens: usize,
    lost: usize,
    tallies: Tallies<EntityLabel>,
    regions: BTreeMap<&'static str, Tally>,
}

impl Default for Ner {
    fn default() -> Self {
        Self { articles: 0, text_differs: 0, tokens: 0, lost: 0, tallies: Tallies::new(), regions: BTreeMap::new() }
    }
}

impl Measurement for Ner {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        self.text_differs += usize::from(predicted.shift.is_none());
        self.tokens += gold.tokens.len();
        self.lost += gold.unaligned();
        let found = if predicted.shift.is_some() { mentions(gold, predicted) } else { Vec::new() };
        for &label in EntityLabel::ALL.iter().filter(|label| gold.entity_labels.contains(label)) {
            let of = |list: &[(Span, EntityLabel)]| distinct(list.iter().filter(|(_, found)| *found == label).map(|(span, _)| *span));
            let (found, marked) = (of(&found), of(&gold.entities));
            let matched = shared_count(&found, &marked);
            self.tallies.add(label, matched, found.len(), marked.len());
            if !gold.region.is_empty() {
                let tally = self.regions.entry(gold.region).or_default();
                tally.matched += matched;
                tally.predicted += found.len();
                tally.gold += marked.len();
            }
        }
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Ner);
        scores.counts.push(Count::new("articles", self.articles));
        scores.counts.push(Count::new("text_differs", self.text_differs));
        scores.counts.push(Count::new("tokens_lost", self.lost));
        scores.counts.push(Count::new("tokens", self.tokens));
        scores.scores.push(self.tallies.total().score("all"));
        scores.scores.extend(self.tallies.scores());
        scores.scores.extend(self.regions.iter().map(|(&region, tally)| tally.score(region)));
        scores
    }
}

/// Predicted mentions, by the tokens they overlap where the gold has tokens.
fn mentions(gold: &GoldDocument, predicted: Predicted<'_>) -> Vec<(Span, EntityLabel)> {
    let tokens: Vec<Span> = gold.tokens.iter().flatten().copied().collect();
    let mut mentions = Vec::new();
    for entity in &predicted.analysis.entities {
        for mention in &entity.mentions {
            let span = predicted.moved(mention.span);
            if gold.unsure.iter().any(|unsure| unsure.overlaps(span)) {
                continue;
            }
            if gold.tokens.is_empty() {
                mentions.push((gold::trimmed(&gold.text, span), entity.label));
            } else if let Some((first, last)) = tokens.get(overlapped(&tokens, span)).and_then(|part| part.first().zip(part.last())) {
                mentions.push((first.cover(*last), entity.label));
            }
        }
    }
    mentions
}
