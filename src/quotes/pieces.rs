//! Content spans: which runs of the model are one span that was broken in two.
//!
//! Windows and noise break long contents: `[“We came early.] [We left late,”] she said` is one span, because one pair of marks holds it.

use super::scene::{Run, Scene, probability};
use crate::quotation_marks::MarkStyle;
use crate::{AttributionLabel, Span};

/// Unlabelled words that may stand between two parts of one fragment in marks; a whole quotation in marks has no limit.
const GAP_IN_MARKS: usize = 6;

/// A run that a content points to, and how sure the model is of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) run: Run,
    pub(super) probability: f64,
}

/// One content span with its links.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// Index of its paragraph.
    pub(super) paragraph: usize,
    /// Mean probability of its labels.
    pub(super) score: f64,
    pub(super) source: Option<Link>,
    pub(super) cue: Option<Link>,
    /// Whether a rule found it, not the model.
    pub(super) is_recovered: bool,
}

/// The model's contents in text order, those broken in two joined. Runs inside a joined quotation are taken out of `scene`.
pub(super) fn join(scene: &mut Scene<'_>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    let mut swallowed: Vec<Span> = Vec::new();
    for piece in model_pieces(scene) {
        if let Some(last) = joined.last_mut().filter(|last| are_one(scene, last, &piece)) {
            swallowed.push(Span::new(last.span.end(), piece.span.start()));
            merge(last, &piece);
        } else {
            joined.push(piece);
        }
    }
    let is_inside = |run: &Run| {
        let at = swallowed.partition_point(|gap| gap.end() <= run.span.start());
        run.label != AttributionLabel::Content && swallowed.get(at).is_some_and(|gap| gap.contains(run.span))
    };
    scene.runs.retain(|run| !is_inside(run));
    joined
}

fn model_pieces(scene: &Scene<'_>) -> Vec<Piece> {
    let contents = scene.runs.iter().filter(|run| run.label == AttributionLabel::Content);
    contents
        .map(|run| {
            let links = scene.reading.encoding.links.get(run.index);
            let link = |found: Option<(usize, f32)>, label| {
                let (index, score) = found?;
                let target = scene.run(index).filter(|target| target.label == label && target.paragraph.abs_diff(run.paragraph) <= 1)?;
                // A run that crosses a paragraph is two contents; only the one beside a source or cue keeps it.
                let is_cut = scene.run(run.index).is_some_and(|first| first.paragraph != run.paragraph) || goes_on(scene, run);
                let is_own = target.paragraph == run.paragraph || !is_cut || carries_mark(scene, run);
                is_own.then(|| Link { run: target, probability: probability(score) })
            };
            Piece {
                span: run.span,
                paragraph: run.paragraph,
                score: run.score,
                source: link(links.and_then(|links| links.source), AttributionLabel::Source),
                cue: link(links.and_then(|links| links.cue), AttributionLabel::Cue),
                is_recovered: false,
            }
        })
        .collect()
}

/// Whether a later paragraph holds another part of the run, which opens no mark.
fn goes_on(scene: &Scene<'_>, run: &Run) -> bool {
    let mut later = scene.runs.iter().skip(scene.runs.partition_point(|other| other.span.start() <= run.span.start()));
    later.next().is_some_and(|next| next.index == run.index && !carries_mark(scene, next))
}

/// Whether a run begins with a quotation mark.
fn carries_mark(scene: &Scene<'_>, run: &Run) -> bool {
    scene.marks.starting_in(run.span).first().is_some_and(|pair| pair.outer.start() == run.span.start())
}

/// Whether two neighbouring contents are one span that was broken.
fn are_one(scene: &Scene<'_>, a: &Piece, b: &Piece) -> bool {
    if a.paragraph != b.paragraph {
        return false;
    }
    let gap = Span::new(a.span.end(), b.span.start());
    let others = scene.runs_in(gap);
    let marked = scene.marks.enclosing(a.span.end().saturating_sub(1)).find(|pair| pair.outer.end() > b.span.start());
    if let Some(pair) = marked {
        let starts_here = a.span.start() <= pair.inner.start() || scene.words(Span::new(pair.inner.start(), a.span.start())) == 0;
        let is_whole = starts_here && pair.is_closed && pair.style != MarkStyle::Single;
        let is_near = is_whole || scene.words(gap) <= GAP_IN_MARKS;
        return if others.is_empty() { is_near } else { is_whole && speaks_from_outside(a, b, pair.outer) };
    }
    others.is_empty() && !ends_sentence(scene, a.span, gap) && share_cue(a, b) && scene.words(gap) <= usize::from(both_linked(a, b))
}

/// Whether both parts of a marked quotation name one cue outside its marks: then what is labelled between them is quoted speech.
fn speaks_from_outside(a: &Piece, b: &Piece, marked: Span) -> bool {
    both_linked(a, b) && share_cue(a, b) && a.cue.is_some_and(|cue| !marked.overlaps(cue.run.span))
}

fn both_linked(a: &Piece, b: &Piece) -> bool {
    a.cue.is_some() && b.cue.is_some()
}

/// Whether no two different cues speak against one quotation.
pub(super) fn share_cue(a: &Piece, b: &Piece) -> bool {
    match (a.cue, b.cue) {
        (Some(a), Some(b)) => a.run.index == b.run.index,
        _ => true,
    }
}

fn ends_sentence(scene: &Scene<'_>, a: Span, gap: Span) -> bool {
    let stops = |ch: char| matches!(ch, '.' | '!' | '?' | '…');
    let closing = |ch: char| matches!(ch, '”' | '"' | '’' | '\'' | ')' | '»' | '」' | '』') || ch.is_whitespace();
    scene.slice(a).trim_end_matches(closing).ends_with(stops) || scene.slice(gap).contains(stops)
}

/// Makes `a` cover `b` as well; the surer link of the two stays.
pub(super) fn merge(a: &mut Piece, b: &Piece) {
    let (first, second) = (a.span.len() as f64, b.span.len() as f64);
    a.score = (a.score * first + b.score * second) / (first + second).max(1.0);
    a.span = a.span.cover(b.span);
    a.source = surer(a.source, b.source);
    a.cue = surer(a.cue, b.cue);
}

pub(super) fn surer(a: Option<Link>, b: Option<Link>) -> Option<Link> {
    match (a, b) {
        (Some(first), Some(second)) if second.probability > first.probability => Some(second),
        (None, other) => other,
        _ => a,
    }
}
