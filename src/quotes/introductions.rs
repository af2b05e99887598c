//! The sentence that leads into a block quotation: who speaks there, and by which word.
//!
//! `The mayor wrote in her letter:` gives the source *The mayor* and the cue *wrote*. A sentence that ends with a full stop leads in only
//! where its cue has no content of its own.

use super::draft::{Draft, Link};
use super::labelled_reading::{LabelledReading, Run};
use super::{cues, labels};
use crate::lexicon::{is_source_pronoun, leads_to_colon, reports};
use crate::{AttributionLabel, CueClass, EntityLabel, ParagraphKind, Span};

/// The longest noun phrase before a word of saying, in words.
const LONGEST_SOURCE: usize = 6;

/// Who introduces a block quotation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Introduction {
    pub(super) source: Option<Link>,
    pub(super) cue: Option<Link>,
}

/// The introduction of the block that opens with `first`, the paragraph with index `at`.
pub(super) fn of(reading: &LabelledReading<'_>, first: Span, at: usize, drafts: &[Draft]) -> Introduction {
    let place = drafts.partition_point(|draft| draft.span().end() <= first.start());
    // The model's own answer counts where it points out of the block.
    let linked = drafts.get(place).filter(|draft| draft.span().start() < first.end());
    let outside = |link: Option<Link>| link.filter(|link| link.run.span.end() <= first.start());
    if let Some(source) = linked.and_then(|draft| outside(draft.source)) {
        return Introduction { source: Some(source), cue: linked.and_then(|draft| outside(draft.cue)) };
    }
    at.checked_sub(1).and_then(|before| by_sentence(reading, before, drafts)).unwrap_or_default()
}

/// What the last sentence of the paragraph `at` says.
fn by_sentence(reading: &LabelledReading<'_>, at: usize, drafts: &[Draft]) -> Option<Introduction> {
    let paragraph = reading.seg.paragraphs.get(at).filter(|paragraph| paragraph.kind == ParagraphKind::Body)?;
    let sentence = reading.seg.sentences.get(paragraph.sentences.end.checked_sub(1)?)?.span;
    let is_open = reading.slice(sentence).ends_with([':', '：', ',', '—', '–']);
    let claimed = |run: &Run| drafts.iter().any(|draft| draft.cue.is_some_and(|cue| cue.run.id == run.id));
    let is_cue =
        |run: &&Run| run.label == AttributionLabel::Cue && (is_open || !claimed(run)) && !reading.marks.is_inside(run.span.start());
    let labelled = reading.runs_in(sentence).iter().rev().find(is_cue);
    if let Some(cue) = labelled.filter(|cue| is_open || is_said(reading, cue.span)) {
        let run = labelled_source(reading, sentence, cue.span);
        let source = run.map(|run| Link { run, probability: run.score }).or_else(|| source_before(reading, sentence, cue.span, at));
        return Some(Introduction { source, cue: Some(Link { run: *cue, probability: cue.score }) });
    }
    if !is_open && drafts.iter().any(|draft| sentence.overlaps(draft.span())) {
        return None;
    }
    let words: Vec<Span> = reading.word_spans(sentence).filter(|word| !reading.marks.is_inside(word.start())).collect();
    let leads = |word: &&Span| {
        let lower = reading.slice(**word).to_lowercase();
        reports(&lower) || (is_open && leads_to_colon(&lower))
    };
    let Some(&cue) = words.iter().rev().find(leads) else {
        return is_open.then(|| Introduction { source: named(reading, sentence, at), cue: None });
    };
    let run = labelled_source(reading, sentence, cue);
    let source = run.map(|run| Link { run, probability: run.score }).or_else(|| source_before(reading, sentence, cue, at));
    Some(Introduction { source, cue: source.map(|_| Link::by_layout(cue, AttributionLabel::Cue, at)) })
}

/// Whether a cue without a colon behind it is one of speech or writing.
fn is_said(reading: &LabelledReading<'_>, cue: Span) -> bool {
    matches!(cues::classify(reading.slice(cue)), CueClass::Speech | CueClass::Writing)
}

/// The model's source in the sentence that stands nearest to the cue.
fn labelled_source(reading: &LabelledReading<'_>, sentence: Span, cue: Span) -> Option<Run> {
    let sources = reading.runs_in(sentence).iter().filter(|run| run.label == AttributionLabel::Source);
    sources.min_by_key(|run| (run.span.start().abs_diff(cue.start()), run.id)).copied()
}

/// The name, pronoun or short noun phrase before a word of saying.
fn source_before(reading: &LabelledReading<'_>, sentence: Span, cue: Span, paragraph: usize) -> Option<Link> {
    let head = Span::new(sentence.start(), cue.start());
    let text = reading.slice(head);
    let start =
        text.rfind([',', ';', '—', '–']).map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let clause = reading.trim(Span::new(head.start() + start, head.end()));
    let is_pronoun = |word: &Span| is_source_pronoun(&reading.slice(*word).to_lowercase());
    let name = || labels::name_in(reading, head, &[EntityLabel::Person, EntityLabel::Organization]);
    let phrase = || {
        let begins = reading.slice(clause).starts_with(char::is_uppercase) || reading.slice(clause).starts_with("the ");
        ((1..=LONGEST_SOURCE).contains(&reading.words(clause)) && begins).then_some(clause)
    };
    let is_lone = reading.words(clause) == 1;
    let pronoun = || reading.word_spans(clause).find(|word| is_pronoun(word) && (is_lone || word.start() > clause.start()));
    let span = name().filter(|name| clause.contains(*name)).or_else(pronoun).or_else(phrase).or_else(name)?;
    Some(Link::by_layout(span, AttributionLabel::Source, paragraph))
}

/// The one who is named in a sentence without a word of saying: *Ana Lind on the winter:*.
fn named(reading: &LabelledReading<'_>, sentence: Span, paragraph: usize) -> Option<Link> {
    let run = reading.runs_in(sentence).iter().rev().find(|run| run.label == AttributionLabel::Source);
    let link = run.map(|&run| Link { run, probability: run.score });
    let name = || labels::name_in(reading, sentence, &[EntityLabel::Person]);
    link.or_else(|| name().map(|name| Link::by_layout(name, AttributionLabel::Source, paragraph)))
}
