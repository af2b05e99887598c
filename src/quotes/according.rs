//! Sentences with *according to* that the model passed over: the words themselves say who says what.
//!
//! *According to the port authority, the quay is safe.* and *The quay is safe, according to Ana Lind.*; nothing in the sentence may be
//! labelled, and the source must hold a name (*according to plan* has none).

use super::pieces::{Link, Piece};
use super::scene::{Run, Scene};
use crate::{AttributionLabel, EntityLabel, Span};

const CUE: &str = "according to ";
/// What a rule finds is less sure than most of what the model finds.
const SCORE: f64 = 0.7;
/// Words before the cue that may open the sentence (*However,*).
const OPENING: usize = 2;
/// Fewer words are no statement.
const LEAST: usize = 3;

/// Adds what is missing to the runs of `scene` and to `pieces`.
pub(super) fn recover(scene: &mut Scene<'_>, pieces: &mut Vec<Piece>) {
    let sentences = scene.reading.seg.sentences.iter().map(|sentence| (sentence.span, sentence.paragraph));
    let found: Vec<(Parts, usize)> = sentences.filter_map(|(span, paragraph)| Some((parts(scene, span)?, paragraph))).collect();
    let mut index = scene.runs.iter().map(|run| run.index + 1).max().unwrap_or_default().max(scene.reading.encoding.attributions.len());
    for (parts, paragraph) in found {
        let mut add = |span, label| {
            let run = Run { index, label, span, score: SCORE, paragraph };
            index += 1;
            let place = scene.runs.partition_point(|run| run.span.start() < span.start());
            scene.runs.insert(place, run);
            Some(Link { run, probability: 1.0 })
        };
        let (source, cue) = (add(parts.source, AttributionLabel::Source), add(parts.cue, AttributionLabel::Cue));
        let place = pieces.partition_point(|piece| piece.span.start() < parts.content.start());
        pieces.insert(place, Piece { span: parts.content, paragraph, score: SCORE, source, cue, is_recovered: true });
    }
}

struct Parts {
    source: Span,
    cue: Span,
    content: Span,
}

fn parts(scene: &Scene<'_>, sentence: Span) -> Option<Parts> {
    let text = scene.slice(sentence);
    let at = text.to_ascii_lowercase().find(CUE)?;
    let is_word = text.get(..at)?.chars().next_back().is_none_or(|ch| !ch.is_alphanumeric());
    let is_plain =
        scene.runs_in(sentence).is_empty() && scene.marks.starting_in(sentence).is_empty() && scene.marks.around(sentence).is_none();
    if !is_word || !is_plain {
        return None;
    }
    let start = sentence.start() + at;
    let cue = Span::new(start, start + CUE.trim_end().len());
    let ends = |ch: char| matches!(ch, '.' | ',' | ';' | ' ');
    let before = scene.trim_matches(Span::new(sentence.start(), start), char::is_whitespace, ends);
    let after = scene.trim_matches(Span::new(cue.end(), sentence.end()), char::is_whitespace, ends);
    let comma = scene.slice(after).find(", ").map(|comma| after.start() + comma);
    let (source, content) = match comma {
        Some(comma) if scene.words(before) <= OPENING => (Span::new(after.start(), comma), scene.trim(Span::new(comma + 1, after.end()))),
        _ => (after, before),
    };
    let is_name = |label| matches!(label, EntityLabel::Person | EntityLabel::Organization | EntityLabel::Norp | EntityLabel::Location);
    let names = scene.reading.encoding.entities.iter().filter(|entity| is_name(entity.label));
    let mut names = names.filter_map(|entity| scene.reading.seg.span_of(entity.tokens.clone()));
    // *according to plan, Ana Lind was glad*: the name stands before the first comma.
    let first = Span::new(after.start(), comma.unwrap_or(after.end()));
    let holds_name = names.any(|name| first.contains(name));
    (holds_name && scene.words(content) >= LEAST).then_some(Parts { source, cue, content })
}
