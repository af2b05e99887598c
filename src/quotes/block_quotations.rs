//! Quotations that the file's markup sets off from the text.
//!
//! ```text
//! The mayor wrote in her letter:
//! > We will not wait for another winter.        source: The mayor, cue: wrote
//!
//! > We will not wait for another winter.
//! > — Ana Lind, mayor of Vik                    source: Ana Lind, mayor of Vik
//! ```
//! One without a source near it is a quotation all the same. One that says itself who speaks (*“We will wait,” she said*) is an excerpt,
//! and the other rules read it.

use super::changes::{Change, put_over};
use super::draft::{Draft, Link};
use super::introductions::{self, Introduction};
use super::labelled_reading::LabelledReading;
use super::labels;
use super::signatures;
use super::turn_labels;
use crate::{AttributionLabel, EntityLabel, Markup, ParagraphKind, Span};

/// Fewer words are a sign or a link to a picture.
const LEAST_WORDS: usize = 3;
/// The longest label inside a block, in words.
const LONGEST_LABEL: usize = 12;

/// [`Rule::BlockQuotation`](super::Rule::BlockQuotation): the block quotations, each in place of what was found inside it.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let found = blocks(reading).into_iter().filter_map(|block| read(reading, block, drafts));
    put_over(drafts, found.collect())
}

/// The outermost block quotations, in text order.
fn blocks(reading: &LabelledReading<'_>) -> Vec<Span> {
    let marked = reading.doc.markup().iter().filter(|(_, markup)| *markup == Markup::BlockQuote);
    let mut spans: Vec<Span> = marked.map(|&(span, _)| span).collect();
    spans.sort_by_key(|span| (span.start(), usize::MAX - span.end()));
    let mut end = 0;
    spans.retain(|span| {
        let is_outer = span.start() >= end;
        end = end.max(span.end());
        is_outer
    });
    spans
}

fn read(reading: &LabelledReading<'_>, block: Span, drafts: &[Draft]) -> Option<Draft> {
    let mut contents = paragraphs(reading, block);
    let &(first, first_at) = contents.first()?;
    let &(last, last_at) = contents.last()?;
    let mut label = None;
    let signed = if let Some(name) = signatures::signature(reading, last) {
        contents.pop();
        Some((name, last_at))
    } else if let Some((body, name)) = signatures::at_end(reading, last) {
        if let Some(content) = contents.last_mut() {
            content.0 = body;
        }
        Some((name, last_at))
    } else if let Some(name) = signatures::after(reading, last_at) {
        Some((name, last_at + 1))
    } else {
        signatures::above(reading, first_at)
    };
    if let Some((name, after)) = label_of(reading, first) {
        let content = contents.first_mut()?;
        content.0 = reading.trim(Span::new(after, content.0.end()));
        label = Some((name, first_at));
    }
    let words: usize = contents.iter().map(|&(span, _)| reading.words(span)).sum();
    let is_empty = contents.is_empty() || contents.iter().any(|&(span, _)| reading.words(span) == 0);
    if is_empty || words < LEAST_WORDS || is_notice(reading, first) || is_excerpt(reading, &contents, drafts) {
        return None;
    }
    let link = |(span, paragraph)| Link::by_layout(span, AttributionLabel::Source, paragraph);
    let named = label.or(signed).map(link);
    let introduction = if named.is_some() { Introduction::default() } else { introductions::of(reading, first, first_at, drafts) };
    Some(Draft::by_layout(&contents, named.or(introduction.source), introduction.cue).set_off())
}

/// The speaker before a colon at the head of a block, and the byte behind the colon.
fn label_of(reading: &LabelledReading<'_>, first: Span) -> Option<(Span, usize)> {
    let heading = labels::before_colon(reading, first, LONGEST_LABEL)?;
    let names = labels::names_speaker(reading, heading.label) && labels::holds_name(reading, heading.label, &[EntityLabel::Person]);
    let speaks = || turn_labels::read(reading, first).is_some_and(|label| label.is_sure && label.source == heading.label);
    (names || speaks()).then_some((heading.label, heading.after))
}

/// The paragraphs of running text in a block.
fn paragraphs(reading: &LabelledReading<'_>, block: Span) -> Vec<(Span, usize)> {
    let first = reading.seg.paragraph_at(block.start()).unwrap_or_default();
    let inside = reading.seg.paragraphs.iter().enumerate().skip(first).take_while(|(_, paragraph)| paragraph.span.start() < block.end());
    let read = inside.filter(|(_, paragraph)| block.contains(paragraph.span) && paragraph.kind == ParagraphKind::Body);
    read.map(|(at, paragraph)| (paragraph.span, at)).collect()
}

/// `[!NOTE]`, `Note: …`: a box beside the text.
fn is_notice(reading: &LabelledReading<'_>, first: Span) -> bool {
    let opens_notice = |heading: labels::Heading| {
        let word = reading.word_spans(heading.label).next();
        word.is_some_and(|word| labels::is_notice(reading.slice(word)))
    };
    reading.slice(first).starts_with("[!") || labels::before_colon(reading, first, LEAST_WORDS).is_some_and(opens_notice)
}

/// Whether the block opens with marks that close before its end, around the content of a quotation with a cue: `“We will,” she said.`
fn is_excerpt(reading: &LabelledReading<'_>, contents: &[(Span, usize)], drafts: &[Draft]) -> bool {
    let Some(&(first, _)) = contents.first() else { return false };
    let place = drafts.partition_point(|draft| draft.span().start() < first.start());
    let draft = drafts.get(place).filter(|draft| draft.span().start() == first.start());
    let cue = draft.and_then(|draft| draft.cue).map(|cue| cue.run.span);
    let is_outside = |cue: Span| first.contains(cue) && !reading.marks.is_inside(cue.start());
    !reading.marks.starting_in(Span::new(first.start(), first.start() + 1)).is_empty() && cue.is_some_and(is_outside)
}
