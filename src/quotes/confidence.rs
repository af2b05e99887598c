//! How sure the program is of a quotation: named features and their weights, in one function to calibrate.

use super::assembly::Draft;
use super::scene::Scene;
use crate::QuoteKind;

/// What the confidence looks at, each `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Features {
    /// Mean probability of the content's labels.
    pub(super) content: f64,
    /// Probability of the cue link times that of the cue's labels; zero without a cue.
    pub(super) cue: f64,
    /// The same of the source.
    pub(super) source: f64,
    /// Whether every content's quotation marks are balanced.
    pub(super) is_balanced: bool,
    /// Whether the whole content stands in marks.
    pub(super) is_direct: bool,
    /// Share of contents that a rule found.
    pub(super) recovered: f64,
}

impl Features {
    pub(super) fn of(scene: &Scene<'_>, draft: &Draft, kind: QuoteKind) -> Self {
        let bytes: usize = draft.pieces.iter().map(|piece| piece.span.len()).sum();
        let weighted: f64 = draft.pieces.iter().map(|piece| piece.score * piece.span.len() as f64).sum();
        let recovered = draft.pieces.iter().filter(|piece| piece.is_recovered).count();
        let link = |link: Option<super::pieces::Link>| link.map_or(0.0, |link| link.probability * link.run.score);
        Self {
            content: weighted / bytes.max(1) as f64,
            cue: link(draft.cue),
            source: link(draft.source),
            is_balanced: draft.pieces.iter().all(|piece| is_balanced(scene, piece.span)),
            is_direct: kind == QuoteKind::Direct,
            recovered: recovered as f64 / draft.pieces.len().max(1) as f64,
        }
    }

    /// The confidence: a logistic function of the features.
    pub(super) fn confidence(&self) -> f64 {
        let sum = -4.0
            + 4.0 * self.content
            + 1.5 * self.cue
            + 1.0 * self.source
            + if self.is_balanced { 0.5 } else { -0.5 }
            + if self.is_direct { 0.8 } else { 0.0 }
            - 0.5 * self.recovered;
        1.0 / (1.0 + (-sum).exp())
    }
}

fn is_balanced(scene: &Scene<'_>, span: crate::Span) -> bool {
    let opens = scene.marks.starting_in(span).iter().all(|pair| pair.outer.end() <= span.end());
    let around = scene.marks.enclosing(span.start()).all(|pair| pair.outer.start() >= span.start() || pair.outer.end() > span.end());
    opens && around
}
