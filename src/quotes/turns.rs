//! Transcripts and question-and-answer interviews: each turn is a direct quotation of the label before it.
//!
//! ```text
//! Q: When will the ferry run?
//! MS. LIND: In May. I promise.          (and every paragraph up to the next label)
//! ```
//! A text counts as a transcript once a few paragraphs bear labels, two of them different, one of them again, and one surely a
//! speaker's; `Note: …` and `Update: …` never are.

use std::collections::BTreeMap;

use super::changes::{Change, put_over};
use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use super::turn_labels::{self, TurnLabel};
use crate::lexicon;
use crate::{AttributionLabel, Paragraph, ParagraphKind, Span};

/// Fewer labelled paragraphs make no transcript.
const FEWEST_TURNS: usize = 3;

/// [`Rule::Turn`](super::Rule::Turn): the turns of a transcript, each in place of what was found inside it; none where the text is none.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let labels = labels(reading);
    let mut found = Vec::new();
    for (place, (at, label)) in labels.iter().enumerate() {
        let next = labels.get(place + 1).map_or(reading.seg.paragraphs.len(), |&(next, _)| next);
        let contents = contents(reading, *at, label, next);
        if !contents.is_empty() {
            let source = Link::by_layout(label.source, AttributionLabel::Source, *at);
            found.push(Draft::by_layout(&contents, Some(source), None).set_off());
        }
    }
    put_over(drafts, found)
}

/// The labelled paragraphs of a transcript, with their labels; none where the text is none.
fn labels(reading: &LabelledReading<'_>) -> Vec<(usize, TurnLabel)> {
    let is_read = |paragraph: &Paragraph| matches!(paragraph.kind, ParagraphKind::Body | ParagraphKind::Heading);
    let paragraphs = reading.seg.paragraphs.iter().enumerate().filter(|(_, paragraph)| is_read(paragraph));
    let mut labels: Vec<(usize, TurnLabel)> =
        paragraphs.filter_map(|(at, paragraph)| Some((at, turn_labels::read(reading, paragraph.span)?))).collect();
    let asks = labels.iter().any(|(_, label)| label.asks);
    labels.retain(|(_, label)| asks || !label.needs_question);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, label) in &labels {
        *counts.entry(key(reading, label)).or_default() += 1;
    }
    labels.retain(|(_, label)| label.is_sure || counts.get(&key(reading, label)).is_some_and(|&count| count > 1));
    let is_sure = labels.iter().any(|(_, label)| label.is_sure);
    let recurs = labels.iter().any(|(_, label)| counts.get(&key(reading, label)).is_some_and(|&count| count > 1));
    let differ = labels.windows(2).any(|pair| matches!(pair, [(_, a), (_, b)] if key(reading, a) != key(reading, b)));
    let is_transcript = labels.len() >= FEWEST_TURNS && is_sure && recurs && differ;
    if is_transcript { labels } else { Vec::new() }
}

/// What two labels of one speaker have in common.
fn key(reading: &LabelledReading<'_>, label: &TurnLabel) -> String {
    reading.slice(label.source).to_lowercase()
}

/// The paragraphs of a turn: what stands behind its label, then every paragraph up to the next label or heading.
fn contents(reading: &LabelledReading<'_>, at: usize, label: &TurnLabel, next: usize) -> Vec<(Span, usize)> {
    let is_last = next == reading.seg.paragraphs.len();
    let head = reading.paragraph(at);
    let mut found = vec![(Span::new(label.after, head.end()), at)];
    for later in at + 1..next {
        let Some(paragraph) = reading.seg.paragraphs.get(later) else { break };
        match paragraph.kind {
            ParagraphKind::Furniture => {}
            ParagraphKind::Body if !(is_last && closes(reading, paragraph.span) || tells(reading, label, later)) => {
                found.push((paragraph.span, later));
            }
            _ => break,
        }
    }
    let trimmed = found.into_iter().map(|(span, paragraph)| (reading.trim(span), paragraph));
    trimmed.filter(|&(span, _)| reading.words(span) > 0 && !is_direction(reading, span)).collect()
}

/// Whether an interview is interrupted to tell of somebody's words, as printed ones with names for labels are: the paragraph has a source
/// and a cue of its own, and nobody says *I* or *we* in it.
fn tells(reading: &LabelledReading<'_>, label: &TurnLabel, paragraph: usize) -> bool {
    let is_printed = reading.slice(label.source).contains(char::is_lowercase);
    let bounds = reading.paragraph(paragraph);
    let runs = reading.runs_in(bounds);
    let has = |label: AttributionLabel| runs.iter().any(|run| run.label == label);
    let speaks = |word: Span| lexicon::is_of_conversation(&reading.slice(word).to_lowercase()) && reading.marks.around(word).is_none();
    is_printed && has(AttributionLabel::Source) && has(AttributionLabel::Cue) && !reading.word_spans(bounds).any(speaks)
}

/// `(Laughter.)`, `[Applause]`: a paragraph of it is nobody's words.
fn is_direction(reading: &LabelledReading<'_>, span: Span) -> bool {
    let text = reading.slice(span);
    let is_bracketed = |open: char, close: char| text.starts_with(open) && text.find(close) == Some(text.len() - close.len_utf8());
    is_bracketed('(', ')') || is_bracketed('[', ']')
}

/// Whether a paragraph after the last turn is no part of it.
fn closes(reading: &LabelledReading<'_>, span: Span) -> bool {
    let head: String = reading.slice(span).chars().take(24).flat_map(char::to_lowercase).collect();
    head.starts_with("###") || lexicon::starts_closing(&head)
}
