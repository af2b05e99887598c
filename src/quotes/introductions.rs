//! The sentence that leads into a block quotation: who speaks there, and by which word.
//!
//! `The mayor wrote in her letter:` gives the source *The mayor* and the cue *wrote*. A sentence that ends with a full stop leads in only
//! where its cue has no content of its own.

use super::assembly::{self, Draft};
use super::cues;
use super::labels;
use super::pieces::Link;
use super::scene::{Run, Scene};
use crate::{AttributionLabel, CueClass, EntityLabel, ParagraphKind, Span};

/// Words that lead in before a colon alone.
const BEFORE_COLON: [&str; 10] = ["read", "reads", "went", "began", "begins", "put", "ran", "opens", "opened", "writing"];
/// The longest noun phrase before a word of saying, in words.
const LONGEST_SOURCE: usize = 6;
const PRONOUNS: [&str; 6] = ["he", "she", "they", "we", "i", "it"];

/// Who introduces a block quotation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Introduction {
    pub(super) source: Option<Link>,
    pub(super) cue: Option<Link>,
}

/// The introduction of the block that opens with `first`, the paragraph with index `at`.
pub(super) fn of(scene: &Scene<'_>, first: Span, at: usize, drafts: &[Draft]) -> Introduction {
    let place = drafts.partition_point(|draft| draft.span().end() <= first.start());
    // The model's own answer counts where it points out of the block.
    let linked = drafts.get(place).filter(|draft| draft.span().start() < first.end());
    let outside = |link: Option<Link>| link.filter(|link| link.run.span.end() <= first.start());
    if let Some(source) = linked.and_then(|draft| outside(draft.source)) {
        return Introduction { source: Some(source), cue: linked.and_then(|draft| outside(draft.cue)) };
    }
    at.checked_sub(1).and_then(|before| by_sentence(scene, before, drafts)).unwrap_or_default()
}

/// What the last sentence of the paragraph `at` says.
fn by_sentence(scene: &Scene<'_>, at: usize, drafts: &[Draft]) -> Option<Introduction> {
    let paragraph = scene.reading.seg.paragraphs.get(at).filter(|paragraph| paragraph.kind == ParagraphKind::Body)?;
    let sentence = scene.reading.seg.sentences.get(paragraph.sentences.end.checked_sub(1)?)?.span;
    let is_open = scene.slice(sentence).ends_with([':', '：', ',', '—', '–']);
    let claimed = |run: &Run| drafts.iter().any(|draft| draft.cue.is_some_and(|cue| cue.run.index == run.index));
    let is_cue = |run: &&Run| run.label == AttributionLabel::Cue && (is_open || !claimed(run)) && !scene.marks.is_inside(run.span.start());
    let labelled = scene.runs_in(sentence).iter().rev().find(is_cue);
    if let Some(cue) = labelled.filter(|cue| is_open || is_said(scene, cue.span)) {
        let run = labelled_source(scene, sentence, cue.span);
        let source = run.map(|run| Link { run, probability: run.score }).or_else(|| source_before(scene, sentence, cue.span, at));
        return Some(Introduction { source, cue: Some(Link { run: *cue, probability: cue.score }) });
    }
    if !is_open && drafts.iter().any(|draft| sentence.overlaps(draft.span())) {
        return None;
    }
    let words: Vec<Span> = scene.word_spans(sentence).filter(|word| !scene.marks.is_inside(word.start())).collect();
    let leads = |word: &&Span| {
        let lower = scene.slice(**word).to_lowercase();
        cues::is_reporting(&lower) || (is_open && BEFORE_COLON.contains(&lower.as_str()))
    };
    let Some(&cue) = words.iter().rev().find(leads) else {
        return is_open.then(|| Introduction { source: named(scene, sentence, at), cue: None });
    };
    let run = labelled_source(scene, sentence, cue);
    let source = run.map(|run| Link { run, probability: run.score }).or_else(|| source_before(scene, sentence, cue, at));
    Some(Introduction { source, cue: source.map(|_| assembly::link_by_layout(cue, AttributionLabel::Cue, at)) })
}

/// Whether a cue without a colon behind it is one of speech or writing.
fn is_said(scene: &Scene<'_>, cue: Span) -> bool {
    matches!(cues::classify(scene.slice(cue)), CueClass::Speech | CueClass::Writing)
}

/// The model's source in the sentence that stands nearest to the cue.
fn labelled_source(scene: &Scene<'_>, sentence: Span, cue: Span) -> Option<Run> {
    let sources = scene.runs_in(sentence).iter().filter(|run| run.label == AttributionLabel::Source);
    sources.min_by_key(|run| (run.span.start().abs_diff(cue.start()), run.index)).copied()
}

/// The name, pronoun or short noun phrase before a word of saying.
fn source_before(scene: &Scene<'_>, sentence: Span, cue: Span, paragraph: usize) -> Option<Link> {
    let head = Span::new(sentence.start(), cue.start());
    let text = scene.slice(head);
    let start =
        text.rfind([',', ';', '—', '–']).map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let clause = scene.trim(Span::new(head.start() + start, head.end()));
    let is_pronoun = |word: &Span| PRONOUNS.contains(&scene.slice(*word).to_lowercase().as_str());
    let name = || labels::name_in(scene, head, &[EntityLabel::Person, EntityLabel::Organization]);
    let phrase = || {
        let begins = scene.slice(clause).starts_with(char::is_uppercase) || scene.slice(clause).starts_with("the ");
        ((1..=LONGEST_SOURCE).contains(&scene.words(clause)) && begins).then_some(clause)
    };
    let is_lone = scene.words(clause) == 1;
    let pronoun = || scene.word_spans(clause).find(|word| is_pronoun(word) && (is_lone || word.start() > clause.start()));
    let span = name().filter(|name| clause.contains(*name)).or_else(pronoun).or_else(phrase).or_else(name)?;
    Some(assembly::link_by_layout(span, AttributionLabel::Source, paragraph))
}

/// The one who is named in a sentence without a word of saying: *Ana Lind on the winter:*.
fn named(scene: &Scene<'_>, sentence: Span, paragraph: usize) -> Option<Link> {
    let run = scene.runs_in(sentence).iter().rev().find(|run| run.label == AttributionLabel::Source);
    let link = run.map(|&run| Link { run, probability: run.score });
    let name = || labels::name_in(scene, sentence, &[EntityLabel::Person]);
    link.or_else(|| name().map(|name| assembly::link_by_layout(name, AttributionLabel::Source, paragraph)))
}
