//! Sentences with *according to* that the model passed over: the words themselves say who says what.
//!
//! *According to the port authority, the quay is safe.* and *The quay is safe, according to Ana Lind.*; nothing in the sentence may be
//! labelled, and the source must hold a name (*according to plan* has none).

use super::changes::Change;
use super::draft::{Draft, Link, Part};
use super::labelled_reading::{LabelledReading, Run};
use crate::{AttributionLabel, EntityLabel, Span};

const CUE: &str = "according to ";
/// What a rule finds is less sure than most of what the model finds.
const SCORE: f64 = 0.7;
/// Words before the cue that may open the sentence (*However,*).
const OPENING: usize = 2;
/// Fewer words are no statement.
const LEAST: usize = 3;

/// [`Rule::AccordingTo`](super::Rule::AccordingTo): such sentences, with their source and cue as new labels.
pub(super) fn find(reading: &LabelledReading<'_>, _: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for sentence in reading.seg.sentences.iter().filter(|sentence| reading.is_read(sentence.paragraph)) {
        let Some(parts) = parts(reading, sentence.span) else { continue };
        let source = Run::by_rule(AttributionLabel::Source, parts.source, sentence.paragraph, SCORE);
        let cue = Run::by_rule(AttributionLabel::Cue, parts.cue, sentence.paragraph, SCORE);
        let link = |run| Some(Link { run, probability: 1.0 });
        let part = Part { span: parts.content, paragraph: sentence.paragraph, score: SCORE, is_recovered: true };
        changes.extend([Change::Label(source), Change::Label(cue), Change::Find(Draft::new(part, link(source), link(cue)))]);
    }
    changes
}

struct Parts {
    source: Span,
    cue: Span,
    content: Span,
}

fn parts(reading: &LabelledReading<'_>, sentence: Span) -> Option<Parts> {
    let text = reading.slice(sentence);
    let at = text.to_ascii_lowercase().find(CUE)?;
    let is_word = text.get(..at)?.chars().next_back().is_none_or(|ch| !ch.is_alphanumeric());
    let is_plain =
        reading.runs_in(sentence).is_empty() && reading.marks.starting_in(sentence).is_empty() && reading.marks.around(sentence).is_none();
    if !is_word || !is_plain {
        return None;
    }
    let start = sentence.start() + at;
    let cue = Span::new(start, start + CUE.trim_end().len());
    let ends = |ch: char| matches!(ch, '.' | ',' | ';' | ' ');
    let before = reading.trim_matches(Span::new(sentence.start(), start), char::is_whitespace, ends);
    let after = reading.trim_matches(Span::new(cue.end(), sentence.end()), char::is_whitespace, ends);
    let comma = reading.slice(after).find(", ").map(|comma| after.start() + comma);
    let (source, content) = match comma {
        Some(comma) if reading.words(before) <= OPENING => {
            (Span::new(after.start(), comma), reading.trim(Span::new(comma + 1, after.end())))
        }
        _ => (after, before),
    };
    let is_name = |label| matches!(label, EntityLabel::Person | EntityLabel::Organization | EntityLabel::Norp | EntityLabel::Location);
    let names = reading.encoding.entities.iter().filter(|entity| is_name(entity.label));
    let mut names = names.filter_map(|entity| reading.seg.span_of(entity.tokens.clone()));
    // *according to plan, Ana Lind was glad*: the name stands before the first comma.
    let first = Span::new(after.start(), comma.unwrap_or(after.end()));
    let holds_name = names.any(|name| first.contains(name));
    (holds_name && reading.words(content) >= LEAST).then_some(Parts { source, cue, content })
}
