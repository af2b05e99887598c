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

use super::assembly::{self, Draft};
use super::introductions::{self, Introduction};
use super::labels;
use super::scene::Scene;
use super::signatures;
use super::turn_labels;
use crate::{AttributionLabel, EntityLabel, Markup, ParagraphKind, Span};

/// Fewer words are a sign or a link to a picture.
const LEAST_WORDS: usize = 3;
/// The longest label inside a block, in words.
const LONGEST_LABEL: usize = 12;

/// The block quotations of the text; `drafts` are those found so far.
pub(super) fn find(scene: &Scene<'_>, drafts: &[Draft]) -> Vec<Draft> {
    blocks(scene).into_iter().filter_map(|block| read(scene, block, drafts)).collect()
}

/// The outermost block quotations, in text order.
fn blocks(scene: &Scene<'_>) -> Vec<Span> {
    let marked = scene.reading.doc.markup().iter().filter(|(_, markup)| *markup == Markup::BlockQuote);
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

fn read(scene: &Scene<'_>, block: Span, drafts: &[Draft]) -> Option<Draft> {
    let mut contents = paragraphs(scene, block);
    let &(first, first_at) = contents.first()?;
    let &(last, last_at) = contents.last()?;
    let (mut signed, mut label) = (None, None);
    if let Some(name) = signatures::signature(scene, last) {
        contents.pop();
        signed = Some((name, last_at));
    } else if let Some((body, name)) = signatures::at_end(scene, last) {
        if let Some(content) = contents.last_mut() {
            content.0 = body;
        }
        signed = Some((name, last_at));
    } else if let Some(name) = signatures::after(scene, last_at) {
        signed = Some((name, last_at + 1));
    }
    if let Some((name, after)) = label_of(scene, first) {
        let content = contents.first_mut()?;
        content.0 = scene.trim(Span::new(after, content.0.end()));
        label = Some((name, first_at));
    }
    let words: usize = contents.iter().map(|&(span, _)| scene.words(span)).sum();
    let is_empty = contents.is_empty() || contents.iter().any(|&(span, _)| scene.words(span) == 0);
    if is_empty || words < LEAST_WORDS || is_notice(scene, first) || is_excerpt(scene, &contents, drafts) {
        return None;
    }
    let link = |(span, paragraph)| assembly::link_by_layout(span, AttributionLabel::Source, paragraph);
    let named = label.or(signed).map(link);
    let introduction = if named.is_some() { Introduction::default() } else { introductions::of(scene, first, first_at, drafts) };
    Some(Draft::by_layout(&contents, named.or(introduction.source), introduction.cue).set_off())
}

/// The speaker before a colon at the head of a block, and the byte behind the colon.
fn label_of(scene: &Scene<'_>, first: Span) -> Option<(Span, usize)> {
    let heading = labels::before_colon(scene, first, LONGEST_LABEL)?;
    let names = labels::names_speaker(scene, heading.label) && labels::holds_name(scene, heading.label, &[EntityLabel::Person]);
    let speaks = || turn_labels::read(scene, first).is_some_and(|label| label.is_sure && label.source == heading.label);
    (names || speaks()).then_some((heading.label, heading.after))
}

/// The paragraphs of running text in a block.
fn paragraphs(scene: &Scene<'_>, block: Span) -> Vec<(Span, usize)> {
    let first = scene.reading.seg.paragraph_at(block.start()).unwrap_or_default();
    let inside =
        scene.reading.seg.paragraphs.iter().enumerate().skip(first).take_while(|(_, paragraph)| paragraph.span.start() < block.end());
    let read = inside.filter(|(_, paragraph)| block.contains(paragraph.span) && paragraph.kind == ParagraphKind::Body);
    read.map(|(at, paragraph)| (paragraph.span, at)).collect()
}

/// `[!NOTE]`, `Note: …`: a box beside the text.
fn is_notice(scene: &Scene<'_>, first: Span) -> bool {
    let opens_notice = |heading: labels::Heading| {
        let word = scene.word_spans(heading.label).next();
        word.is_some_and(|word| labels::is_notice(scene.slice(word)))
    };
    scene.slice(first).starts_with("[!") || labels::before_colon(scene, first, LEAST_WORDS).is_some_and(opens_notice)
}

/// Whether the block opens with marks that close before its end, around the content of a quotation with a cue: `“We will,” she said.`
fn is_excerpt(scene: &Scene<'_>, contents: &[(Span, usize)], drafts: &[Draft]) -> bool {
    let Some(&(first, _)) = contents.first() else { return false };
    let place = drafts.partition_point(|draft| draft.span().start() < first.start());
    let draft = drafts.get(place).filter(|draft| draft.span().start() == first.start());
    let cue = draft.and_then(|draft| draft.cue).map(|cue| cue.run.span);
    let is_outside = |cue: Span| first.contains(cue) && !scene.marks.is_inside(cue.start());
    !scene.marks.starting_in(Span::new(first.start(), first.start() + 1)).is_empty() && cue.is_some_and(is_outside)
}
