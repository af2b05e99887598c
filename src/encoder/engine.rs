//! What runs a model: ids and types in, each head's raw scores out.

use std::fmt;

use super::choice::EngineRecord;
use super::encoding::Encoding;
use super::window::Window;
use crate::{Document, Result, Segmentation};

/// A matrix with one row per word piece of a window.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Matrix {
    width: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// Makes a matrix out of its rows, end to end.
    pub(crate) fn new(width: usize, values: Vec<f32>) -> Self {
        Self { width, values }
    }

    /// The numbers of one row.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The row of one piece; empty for a wrong index.
    pub(crate) fn row(&self, piece: usize) -> &[f32] {
        self.values.get(piece * self.width..(piece + 1) * self.width).unwrap_or_default()
    }
}

/// The raw outputs for one window.
#[derive(Debug, Clone, Default)]
pub(crate) struct RawScores {
    /// Tag scores of entities, attribution and part of speech, side by side.
    pub(crate) tags: Matrix,
    /// Query and key vectors of the source links, then of the cue links.
    pub(crate) links: Matrix,
    /// Text vectors.
    pub(crate) vectors: Matrix,
}

/// Runs the forward pass.
pub(crate) trait Engine: Send + Sync + fmt::Debug {
    /// Reads windows one by one: a window's answer depends on that window alone.
    fn run(&self, windows: &[Window]) -> Result<Vec<RawScores>>;

    /// Its name with what its answers depend on, for a run's manifest; none for the engine inside every build.
    fn describe(&self) -> Option<String> {
        None
    }

    /// How many windows' raw scores are in memory at a time, 0.4 MB each: a long article takes no more memory than a short one.
    fn windows_at_once(&self) -> usize {
        16
    }
}

/// Puts other answers in the place of some of the model's.
pub(crate) trait Supplement: Send + Sync + fmt::Debug {
    /// Notes in `record` whose answers they are.
    fn note(&self, record: &mut EngineRecord);

    /// Changes what the model says of `doc`.
    fn apply(&self, doc: &Document, seg: &Segmentation, encoding: &mut Encoding) -> Result<()>;
}
