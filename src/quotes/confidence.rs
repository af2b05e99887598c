//! How sure the program is of a quotation: a logistic function of a few features, fitted on held-out articles.

use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use crate::QuoteKind;

/// What the confidence looks at.
pub(super) const FEATURES: usize = 12;

/// The weight of each feature, as the ignored test of `calibration` fits them on `PolNeAR` dev.
const WEIGHTS: [f64; FEATURES] = [-1.39, 0.31, 2.47, 0.52, -0.47, 0.73, -0.06, -0.72, 1.39, 0.05, -0.17, 0.33];

/// The features of one quotation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Features([f64; FEATURES]);

impl Features {
    pub(super) fn of(reading: &LabelledReading<'_>, draft: &Draft, kind: QuoteKind) -> Self {
        let bytes: usize = draft.parts.iter().map(|part| part.span.len()).sum();
        let weighted: f64 = draft.parts.iter().map(|part| part.score * part.span.len() as f64).sum();
        let content = weighted / bytes.max(1) as f64;
        let words: usize = draft.parts.iter().map(|part| reading.words(part.span)).sum();
        let recovered = draft.parts.iter().filter(|part| part.is_recovered).count() as f64 / draft.parts.len().max(1) as f64;
        let link = |link: Option<Link>| link.map_or(0.0, |link| link.probability * link.run.score);
        let is = |condition: bool| f64::from(u8::from(condition));
        Self([
            1.0,
            content,
            content * content,
            link(draft.cue),
            is(draft.cue.is_some()),
            link(draft.source),
            is(draft.source.is_some()),
            is(draft.parts.iter().all(|part| is_balanced(reading, part.span))),
            is(kind == QuoteKind::Direct),
            is(kind == QuoteKind::Mixed),
            recovered,
            (1.0 + words as f64).ln(),
        ])
    }

    /// The confidence, 0 to 1.
    pub(super) fn confidence(&self) -> f64 {
        self.weighted(&WEIGHTS)
    }

    /// The logistic function of the weighted sum.
    pub(super) fn weighted(&self, weights: &[f64; FEATURES]) -> f64 {
        let sum: f64 = self.0.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// The values in the order of the weights.
    #[cfg(test)]
    pub(super) fn values(&self) -> &[f64; FEATURES] {
        &self.0
    }
}

fn is_balanced(reading: &LabelledReading<'_>, span: crate::Span) -> bool {
    let opens = reading.marks.starting_in(span).iter().all(|pair| pair.outer.end() <= span.end());
    let around = reading.marks.enclosing(span.start()).all(|pair| pair.outer.start() >= span.start() || pair.outer.end() > span.end());
    opens && around
}
