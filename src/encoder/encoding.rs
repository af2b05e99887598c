//! What the encoder says about one document: every head's decoded answer, by token.

use std::ops::Range;

use super::labels::{AttributionLabel, EntityLabel, Upos};
use super::vectors::TokenVectors;

/// A run of tokens with a label.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledSpan<L> {
    /// What the run is.
    pub label: L,
    /// Indices into [`Segmentation::tokens`](crate::Segmentation).
    pub tokens: Range<usize>,
    /// Mean probability of the run's labels, `0..=1`.
    pub score: f32,
}

/// Which source and which cue the model gives one content span.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContentLinks {
    /// The best source: its index into [`Encoding::attributions`] and its probability.
    pub source: Option<(usize, f32)>,
    /// The best cue: its index into [`Encoding::attributions`] and its probability.
    pub cue: Option<(usize, f32)>,
}

/// The model's reading of one document.
#[derive(Debug, Clone, Default)]
pub struct Encoding {
    /// Named entities, in text order, none overlapping another.
    pub entities: Vec<LabelledSpan<EntityLabel>>,
    /// Sources, cues and contents, in text order, none overlapping another.
    pub attributions: Vec<LabelledSpan<AttributionLabel>>,
    /// One entry per member of `attributions`; empty links for sources and cues.
    pub links: Vec<ContentLinks>,
    /// One tag per token.
    pub upos: Vec<Upos>,
    /// One vector per token.
    pub vectors: TokenVectors,
}

impl Encoding {
    /// The tag of a token; [`Upos::X`] where the token is unknown.
    pub fn upos(&self, token: usize) -> Upos {
        self.upos.get(token).copied().unwrap_or(Upos::X)
    }

    /// The unit vector of a run of tokens (mean of their vectors); `None` where the model gives none.
    pub fn vector(&self, tokens: Range<usize>) -> Option<Vec<f32>> {
        self.vectors.mean(tokens)
    }
}
