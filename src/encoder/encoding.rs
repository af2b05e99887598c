//! What the encoder says about one document: every head's decoded answer, by token.

use std::ops::Range;

use super::labels::{AttributionLabel, EntityLabel, Upos};
use super::vectors::TokenVectors;
use crate::Segmentation;

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
    /// What each sentence is about, one vector per sentence; empty where the model has no head for it.
    pub meanings: TokenVectors,
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

    /// The unit vector of what the sentence at index `sentence` is about; the mean of its token vectors where the model has no head for it,
    /// `None` where it has no vector.
    pub fn meaning(&self, seg: &Segmentation, sentence: usize) -> Option<Vec<f32>> {
        if self.meanings.is_empty() {
            self.vector(seg.sentences.get(sentence)?.tokens.clone())
        } else {
            self.meanings.mean(sentence..sentence + 1)
        }
    }
}
