//! Quotations of several paragraphs: each paragraph opens a mark, only the last one closes it.
//!
//! ```text
//! He said: “We came early.
//!
//! “We left late.”
//! ```
//! is one quotation with a content span for each paragraph, as `PolNeAR` has it (one of its 23,289 contents crosses a paragraph).

use std::collections::BTreeSet;

use super::assembly::Draft;
use super::links;
use super::pieces::Piece;
use super::scene::Scene;
use crate::quotation_marks::{MarkStyle, Marked};
use crate::{ParagraphKind, Span};

/// The score of a paragraph that only the marks show to be quoted.
const SCORE: f64 = 0.6;
/// How many quotations back one may be carried on: a quotation inside the open one may stand between.
const RECENT: usize = 2;

/// Joins the drafts of every quotation that goes on in the next paragraph, and adds paragraphs the model missed.
pub(super) fn join(scene: &Scene<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::new();
    let taken: BTreeSet<usize> = drafts.iter().flat_map(|draft| &draft.pieces).map(|piece| piece.span.start()).collect();
    for draft in drafts {
        match joined.iter_mut().rev().take(RECENT).find(|last| goes_on_in(scene, last, &draft)) {
            Some(last) => last.absorb(draft),
            None => joined.push(draft),
        }
        if let Some(last) = joined.last_mut() {
            add_missed(scene, last, &taken);
        }
    }
    joined
}

/// Gives the first paragraphs of a quotation that goes on the links of the last one, where theirs point out of the paragraph before
/// (*… advised the town to wait. ⏎ “We came early. ⏎ “We left late,” she said.*).
pub(super) fn relink(scene: &Scene<'_>, pieces: &mut [Piece]) {
    for at in (1..pieces.len()).rev() {
        let (Some(piece), Some(next)) = (pieces.get(at - 1), pieces.get(at)) else { continue };
        let is_ahead = next.cue.is_some_and(|cue| cue.run.paragraph >= next.paragraph);
        let is_behind = piece.cue.is_none_or(|cue| cue.run.paragraph < piece.paragraph);
        let is_led = links::led_by_colon(scene, piece.span, piece.paragraph).is_some();
        let goes_on = || carried(scene, piece).is_some_and(|pair| pair.outer.start() == next.span.start());
        if is_ahead && is_behind && !is_led && goes_on() {
            let (source, cue) = (next.source, next.cue);
            if let Some(piece) = pieces.get_mut(at - 1) {
                (piece.source, piece.cue) = (source, cue);
            }
        }
    }
}

/// Whether `next` starts with the mark that carries on what `last` left open, and names no other cue.
fn goes_on_in(scene: &Scene<'_>, last: &Draft, next: &Draft) -> bool {
    let same_cue = match (last.cue, next.cue) {
        (Some(a), Some(b)) => a.run.index == b.run.index,
        _ => true,
    };
    let Some(piece) = next.pieces.first().filter(|_| same_cue) else { return false };
    let pair = last.pieces.last().and_then(|last| carried(scene, last));
    pair.is_some_and(|pair| pair.outer.start() == piece.span.start())
}

/// Appends the paragraphs that the marks carry on and no run touches.
fn add_missed(scene: &Scene<'_>, draft: &mut Draft, taken: &BTreeSet<usize>) {
    while let Some(pair) = draft.pieces.last().and_then(|last| carried(scene, last)) {
        let Some(paragraph) = scene.reading.seg.paragraph_at(pair.outer.start()) else { break };
        let room = scene.room(Span::new(pair.outer.start(), pair.outer.start()), paragraph);
        let is_free = taken.range(pair.outer.range()).next().is_none() && scene.runs_in(pair.outer).is_empty();
        if !is_free || !room.contains(pair.outer) || scene.words(pair.outer) == 0 {
            break;
        }
        let span = scene.trim(pair.outer);
        draft.pieces.push(Piece { span, paragraph, score: SCORE, source: draft.source, cue: draft.cue, is_recovered: true });
    }
}

/// The marked stretch at the head of the next paragraph, where a content stays open to its paragraph's end.
fn carried<'a>(scene: &'a Scene<'_>, last: &Piece) -> Option<&'a Marked> {
    let is_open = |pair: &&Marked| !pair.is_closed && is_carrying(pair.style) && pair.outer.end() == scene.paragraph(last.paragraph).end();
    let open = scene.marks.enclosing(last.span.end().saturating_sub(1)).find(is_open)?;
    let rest = Span::new(last.span.end().min(open.outer.end()), open.outer.end());
    let next = scene.reading.seg.paragraphs.get(last.paragraph + 1).filter(|next| next.kind == ParagraphKind::Body)?;
    let heads = |pair: &&Marked| pair.outer.start() == next.span.start() && pair.style == open.style;
    (scene.words(rest) == 0).then(|| scene.marks.enclosing(next.span.start()).find(heads)).flatten()
}

fn is_carrying(style: MarkStyle) -> bool {
    matches!(style, MarkStyle::Double | MarkStyle::Single | MarkStyle::Guillemet)
}
