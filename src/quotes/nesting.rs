//! Attributions without a source inside another one's content: *Such a step is expected to fail, he said* is one content.
//!
//! The model now and then reads a passive inside reported words as a cue of its own. Nobody speaks there; who speaks is the source of
//! the clause that follows.

use super::assembly::Draft;
use super::pieces::Piece;
use super::scene::Scene;
use crate::Span;

/// Unlabelled words that may stand between the parts of one content.
const GAP: usize = 1;

/// Joins a content whose cue has no source with the content that goes on right after the cue and has a source.
pub(super) fn join(scene: &Scene<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::new();
    for mut draft in drafts {
        if let Some(inner) = joined.last().filter(|last| goes_on_in(scene, last, &draft)) {
            let start = inner.span().start();
            if let Some(first) = draft.pieces.first_mut() {
                first.span = Span::new(start, first.span.end());
            }
            joined.pop();
        }
        joined.push(draft);
    }
    joined
}

fn goes_on_in(scene: &Scene<'_>, inner: &Draft, outer: &Draft) -> bool {
    let (Some(cue), Some(outer_cue), None, Some(_)) = (inner.cue, outer.cue, inner.source, outer.source) else { return false };
    let ([first], Some(second)) = (inner.pieces.as_slice(), outer.pieces.first()) else { return false };
    let is_plain = |piece: &Piece| scene.marks.starting_in(piece.span).is_empty();
    let cue = cue.run.span;
    cue.start() >= first.span.end()
        && cue.end() <= second.span.start()
        && outer_cue.run.span.start() >= second.span.end()
        && scene.share_sentence(first.span.start(), outer_cue.run.span.start())
        && scene.words(Span::new(first.span.end(), cue.start())) <= GAP
        && scene.words(Span::new(cue.end(), second.span.start())) <= GAP
        && is_plain(first)
        && is_plain(second)
}
