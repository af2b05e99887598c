//! The extractor: candidates, their scores, the best of them with their mentions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Keyphrase;
use super::candidate::{Candidate, candidates};
use super::score::{Scorer, Weights};
use crate::Reading;

/// Candidates beyond this place by the surface score cannot win, so their vectors are not looked up.
const WITH_VECTORS: usize = 60;

/// What a [`KeyphraseExtractor`] is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyphraseOptions {
    /// The most keyphrases an article gets.
    pub limit: usize,
}

impl Default for KeyphraseOptions {
    fn default() -> Self {
        Self { limit: 20 }
    }
}

/// Extracts the noun phrases that say what an article is about.
#[derive(Debug, Clone, Default)]
pub struct KeyphraseExtractor {
    options: KeyphraseOptions,
    weights: Weights,
}

impl KeyphraseExtractor {
    /// Makes an extractor with the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes an extractor with `options`.
    pub fn with_options(options: KeyphraseOptions) -> Self {
        Self { options, weights: Weights::default() }
    }

    /// The keyphrases of one article, best first.
    ///
    /// Where the model gives no tags there is none; where it gives no vectors the other properties rank alone.
    pub fn extract(&self, reading: &Reading<'_>) -> Vec<Keyphrase> {
        rank(*reading, candidates(*reading), &self.weights, self.options.limit)
    }
}

/// The best `limit` of `found`, best first.
pub(super) fn rank(reading: Reading<'_>, found: Vec<Candidate>, weights: &Weights, limit: usize) -> Vec<Keyphrase> {
    let scorer = Scorer::new(reading, weights);
    let mut ranked: Vec<(f64, Candidate)> = found.into_iter().map(|candidate| (scorer.surface(&candidate), candidate)).collect();
    sort(&mut ranked);
    ranked.truncate(WITH_VECTORS.max(limit));
    for (score, candidate) in &mut ranked {
        *score *= scorer.similarity(candidate);
    }
    sort(&mut ranked);
    ranked.truncate(limit);
    let mentions = |candidate: &Candidate| candidate.occurrences.iter().filter_map(|range| reading.seg.span_of(range.clone())).collect();
    ranked
        .into_iter()
        .map(|(score, candidate)| Keyphrase { phrase: surface(reading, &candidate), score, mentions: mentions(&candidate) })
        .collect()
}

/// Best first; equal scores by place, the longer phrase first.
fn sort(ranked: &mut [(f64, Candidate)]) {
    ranked.sort_by(|(a, x), (b, y)| {
        b.total_cmp(a).then_with(|| x.first().start.cmp(&y.first().start)).then_with(|| y.first().end.cmp(&x.first().end))
    });
}

/// The most frequent form, of equally frequent ones the first; white space inside is one space.
///
/// Forms that differ by case only are counted together and written in the most frequent case.
fn surface(reading: Reading<'_>, candidate: &Candidate) -> String {
    let form = |range: &Range<usize>| {
        let text = reading.seg.span_of(range.clone()).map_or("", |span| reading.slice(span));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let forms: Vec<String> = candidate.occurrences.iter().map(form).collect();
    let folded = most_frequent(forms.iter().map(|form| form.to_lowercase()));
    most_frequent(forms.into_iter().filter(|form| form.to_lowercase() == folded))
}

fn most_frequent(forms: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (place, form) in forms.enumerate() {
        counts.entry(form).or_insert((0, place)).0 += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, (count, place))| (*count, std::cmp::Reverse(*place)));
    best.map(|(form, _)| form).unwrap_or_default()
}
