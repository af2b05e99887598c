//! Where a content begins and ends: both quotation marks or none, no stray punctuation, nothing that belongs to a neighbour.
//!
//! Each rule was checked against `PolNeAR`'s gold borders. Its annotators keep *that* and auxiliaries inside their spans (2,297 contents
//! begin with *that*, 30 stand right after one), so no rule trims either; nor the comma that closes a source's apposition.

use super::pieces::Piece;
use super::scene::{Run, Scene};
use crate::quotation_marks::{MarkStyle, Marked};
use crate::{AttributionLabel, Span};

/// Words a fragment may miss before its second mark.
const MISSING_IN_FRAGMENT: usize = 6;
/// Words a content inside marks may miss at each end to take in the marks.
const MISSING_INSIDE: usize = 1;
/// How often marks are looked at again after one was taken in.
const ROUNDS: usize = 3;

/// Repairs the borders of every piece; pieces without a word fall away. Nothing grows into a neighbour.
pub(super) fn repair(scene: &Scene<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut floor = 0;
    let mut kept = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        let room = scene.room(piece.span, piece.paragraph);
        let room = Span::new(room.start().max(floor).min(piece.span.start()), room.end());
        piece.span = repaired(scene, piece.span, room);
        if scene.words(piece.span) > 0 {
            floor = piece.span.end();
            kept.push(piece);
        }
    }
    kept
}

/// Trims punctuation off the borders of sources and cues.
pub(super) fn repair_runs(scene: &mut Scene<'_>) {
    let trimmed: Vec<Span> = scene.runs.iter().map(|run| part(scene, run)).collect();
    for (run, span) in scene.runs.iter_mut().zip(trimmed) {
        run.span = span;
    }
}

fn part(scene: &Scene<'_>, run: &Run) -> Span {
    let is_stray = |ch: char| ch.is_whitespace() || matches!(ch, '.' | ',' | ';' | '—' | '–' | '“' | '”' | '"');
    let trimmed = match run.label {
        AttributionLabel::Content => run.span,
        AttributionLabel::Cue => scene.trim_matches(run.span, is_stray, is_stray),
        AttributionLabel::Source => {
            let name = scene.trim_matches(run.span, |ch| is_stray(ch) && !matches!(ch, '“' | '"'), char::is_whitespace);
            let plain = scene.trim_matches(name, |_| false, |ch| ch == ',');
            if scene.slice(plain).contains(',') { name } else { scene.trim(plain) }
        }
    };
    let breaks_marks = scene.marks.starting_in(run.span).iter().any(|pair| run.span.contains(pair.outer) && !trimmed.contains(pair.outer));
    if trimmed.is_empty() || breaks_marks { run.span } else { trimmed }
}

fn repaired(scene: &Scene<'_>, span: Span, room: Span) -> Span {
    let mut span = without_stray_punctuation(scene, span);
    for _ in 0..ROUNDS {
        let before = span;
        span = close_marks(scene, span, room);
        span = open_marks(scene, span, room);
        span = take_in_marks(scene, span, room);
        if span == before {
            break;
        }
    }
    scene.trim(span)
}

/// Drops commas, colons and dashes at both ends and a sentence's full stop that no mark holds.
fn without_stray_punctuation(scene: &Scene<'_>, span: Span) -> Span {
    let is_stray = |ch: char| ch.is_whitespace() || matches!(ch, ',' | ';' | ':' | '—' | '–' | '，' | '：');
    let leading = |ch: char| is_stray(ch) || matches!(ch, ')' | ']');
    let keeps_comma = closes_apposition(scene, span);
    let mut span = scene.trim_matches(span, leading, |ch| (is_stray(ch) && !(keeps_comma && ch == ',')) || matches!(ch, '(' | '['));
    if let Some(rest) = scene.slice(span).strip_prefix(['.', '?', '!']).filter(|rest| rest.starts_with(char::is_whitespace)) {
        span = Span::new(span.end() - rest.trim_start().len(), span.end());
    }
    let text = scene.slice(span);
    let Some(body) = text.strip_suffix(['.', '。']) else { return span };
    let body_end = span.start() + body.len();
    // `p.m.`, `Gov.`: the full stop belongs to its word's token
    if body.ends_with('.')
        || scene.word_spans(span).any(|word| word.end() > body_end)
        || scene.marks.around(Span::new(body_end, span.end())).is_some()
    {
        return span;
    }
    Span::new(span.start(), span.start() + body.trim_end_matches(is_stray).len())
}

/// Whether a final comma ends an apposition of the content, as in *criticised Bo Dahl, the mayor of Vik, for the delay*; the comma of
/// *The quay, the oldest, was closed, he said* does not.
fn closes_apposition(scene: &Scene<'_>, span: Span) -> bool {
    let text = scene.slice(span).trim_end();
    let after = Span::new(span.start() + text.len(), span.start() + text.len() + 2);
    let is_source = |run: &Run| run.label == AttributionLabel::Source;
    text.strip_suffix(',').is_some_and(|body| body.contains(',')) && !scene.runs_in(after).iter().any(is_source)
}

/// A mark opens inside and closes beyond the end: take in the rest, or leave the opening mark out where nothing follows it.
fn close_marks(scene: &Scene<'_>, span: Span, room: Span) -> Span {
    let Some(pair) = scene.marks.starting_in(span).iter().find(|pair| pair.outer.end() > span.end()) else { return span };
    let is_free = pair.is_closed && pair.outer.end() <= room.end();
    if scene.words(Span::new(pair.inner.start().min(span.end()), span.end())) == 0 {
        return without_stray_punctuation(scene, Span::new(span.start(), pair.outer.start()));
    }
    let missing = scene.words(Span::new(span.end(), pair.outer.end()));
    let is_whole = is_strong(pair) && pair.outer.start() == span.start();
    if is_free && (is_whole || missing <= MISSING_IN_FRAGMENT) { span.cover(pair.outer) } else { span }
}

/// A mark closes inside and opens before the start.
fn open_marks(scene: &Scene<'_>, span: Span, room: Span) -> Span {
    let crossing = |pair: &&Marked| pair.is_closed && pair.outer.start() < span.start() && pair.outer.end() <= span.end();
    let Some(pair) = scene.marks.enclosing(span.start()).filter(crossing).last() else { return span };
    if scene.words(Span::new(span.start(), pair.inner.end().max(span.start()))) == 0 {
        return without_stray_punctuation(scene, Span::new(pair.outer.end(), span.end()));
    }
    let missing = scene.words(Span::new(pair.outer.start(), span.start()));
    let is_whole = is_strong(pair) && pair.outer.end() == span.end();
    let is_free = pair.outer.start() >= room.start();
    if is_free && (is_whole || missing <= MISSING_IN_FRAGMENT) { span.cover(pair.outer) } else { span }
}

/// The content stands just inside a pair of marks: it takes in both, or an unclosed paragraph's opening mark.
fn take_in_marks(scene: &Scene<'_>, span: Span, room: Span) -> Span {
    let strictly = |pair: &&Marked| pair.outer.contains(span) && pair.outer != span;
    let Some(pair) = scene.marks.enclosing(span.start()).find(strictly) else { return span };
    let missing_before = scene.words(Span::new(pair.outer.start(), span.start()));
    let missing_after = scene.words(Span::new(span.end(), pair.outer.end()));
    if !pair.is_closed {
        let opens = missing_before == 0 && pair.outer.start() >= room.start();
        return if opens { Span::new(pair.outer.start(), span.end()) } else { span };
    }
    let is_near = missing_before <= MISSING_INSIDE && missing_after <= MISSING_INSIDE;
    if is_near && room.contains(pair.outer) { pair.outer } else { span }
}

/// Single marks are too often apostrophes to carry a long extension.
fn is_strong(pair: &Marked) -> bool {
    pair.style != MarkStyle::Single
}
