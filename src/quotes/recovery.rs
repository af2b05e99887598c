//! Direct quotations the model missed: a whole sentence in marks with a word of saying or a colon beside it.
//!
//! `“We will not wait any longer,” said the minister.` is taken; *“We will not wait”, a song of 1968, …* is not: no verb of saying.

use std::collections::BTreeSet;

use super::pieces::{Link, Piece};
use super::scene::{Run, Scene};
use super::{cues, links};
use crate::quotation_marks::Marked;
use crate::{AttributionLabel, EntityLabel, Span};

/// Fewer words in marks may be a title, a slogan or a term.
const SENTENCE_WORDS: usize = 5;
/// Words beside the marks that may hold the verb of saying.
const BESIDE: usize = 5;
/// The score of what a rule finds.
const SCORE: f64 = 0.5;
/// Pronouns that can be a source.
const PRONOUNS: [&str; 6] = ["he", "she", "they", "we", "i", "it"];

/// Adds missed quotations to `pieces`, with the cues and sources found beside them as new runs of `scene`.
pub(super) fn recover(scene: &mut Scene<'_>, pieces: &mut Vec<Piece>) {
    let claimed: BTreeSet<usize> = pieces.iter().filter_map(|piece| piece.cue).map(|cue| cue.run.index).collect();
    let mut found = Vec::new();
    let mut next = scene.reading.encoding.attributions.len();
    for pair in scene.marks.all().iter().filter(|pair| is_candidate(scene, pair) && is_untouched(pieces, pair.outer)) {
        let Some(paragraph) = scene.reading.seg.paragraph_at(pair.outer.start()) else { continue };
        let Some(evidence) = evidence(scene, pair, paragraph, pieces, &claimed) else { continue };
        found.push((pair.outer, paragraph, evidence));
    }
    for (span, paragraph, evidence) in found {
        let parts = [(evidence.cue, AttributionLabel::Cue), (evidence.source, AttributionLabel::Source)];
        let side = evidence.cue.and_then(|cue| scene.reading.seg.paragraph_at(cue.start())).unwrap_or(paragraph);
        for (span, label) in parts.into_iter().filter_map(|(span, label)| Some((span?, label))) {
            let is_free = scene.room(Span::new(span.start(), span.start()), side).contains(span);
            let place = scene.runs.partition_point(|run| run.span.start() < span.start());
            if is_free && is_untouched(pieces, span) && scene.runs.get(place).is_none_or(|run| run.span.start() >= span.end()) {
                scene.runs.insert(place, Run { index: next, label, span, score: SCORE, paragraph: side });
                next += 1;
            }
        }
        let place = pieces.partition_point(|piece| piece.span.start() < span.start());
        pieces.insert(place, Piece { span, paragraph, score: SCORE, source: None, cue: None, is_recovered: true });
    }
}

/// What makes a marked sentence a quotation; both parts are missing where the model's own runs stand beside it.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    cue: Option<Span>,
    source: Option<Span>,
}

/// A closed, outermost pair around a sentence that touches nothing labelled.
fn is_candidate(scene: &Scene<'_>, pair: &Marked) -> bool {
    pair.is_closed
        && pair.parent.is_none()
        && is_sentence(scene, pair, SENTENCE_WORDS)
        && scene.runs_in(pair.outer).is_empty()
        && scene.room(Span::new(pair.outer.start(), pair.outer.start()), paragraph_of(scene, pair)).contains(pair.outer)
}

/// Whether no content reaches into `span`; contents grow beyond the model's runs when marks are taken in.
fn is_untouched(pieces: &[Piece], span: Span) -> bool {
    let after = pieces.partition_point(|piece| piece.span.end() <= span.start());
    pieces.get(after).is_none_or(|piece| piece.span.start() >= span.end())
}

fn paragraph_of(scene: &Scene<'_>, pair: &Marked) -> usize {
    scene.reading.seg.paragraph_at(pair.outer.start()).unwrap_or_default()
}

/// Begins like a sentence, ends like one, has `least` words and does not write every word large as titles do.
pub(super) fn is_sentence(scene: &Scene<'_>, pair: &Marked, least: usize) -> bool {
    let text = scene.slice(pair.inner).trim();
    let begins = text.chars().next().is_some_and(|ch| ch.is_uppercase() || ch.is_ascii_digit() || matches!(ch, '…' | '.' | '[' | '‘'));
    let ends = text.ends_with(['.', ',', '?', '!', '…', '—', '。', '！', '？']);
    let words: Vec<&str> = scene.word_spans(pair.inner).map(|word| scene.slice(word)).collect();
    let lower = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    begins && ends && words.len() >= least && 2 * lower >= words.len()
}

fn evidence(scene: &Scene<'_>, pair: &Marked, paragraph: usize, pieces: &[Piece], claimed: &BTreeSet<usize>) -> Option<Evidence> {
    let bounds = scene.paragraph(paragraph);
    let is_free = |run: &Run| !claimed.contains(&run.index) && links::distance(scene, pair.outer, run).is_some();
    let mut cues = scene.runs_near(pair.outer, paragraph).filter(|run| run.label == AttributionLabel::Cue);
    if cues.any(is_free) || goes_on(scene, pair, paragraph, pieces) {
        return Some(Evidence::default());
    }
    let after = beside(scene, Span::new(pair.outer.end(), bounds.end()), false);
    if let Some(cue) = saying(scene, after, false) {
        return Some(Evidence { cue: Some(cue), source: speaker(scene, cue, after) });
    }
    let lead = links::led_by_colon(scene, pair.outer, paragraph).filter(|_| bounds == pair.outer);
    let before = beside(scene, lead.unwrap_or(Span::new(bounds.start(), pair.outer.start())), true);
    let cue = saying(scene, before, true).filter(|_| scene.slice(before).trim_end().ends_with([',', ':']))?;
    Some(Evidence { cue: Some(cue), source: speaker(scene, cue, before) })
}

/// `“A,” she said. “B.”`, or a paragraph that is all quotation after one that quotes: B goes on.
fn goes_on(scene: &Scene<'_>, pair: &Marked, paragraph: usize, pieces: &[Piece]) -> bool {
    let at = pieces.partition_point(|piece| piece.span.start() < pair.outer.start());
    let Some(before) = at.checked_sub(1).and_then(|at| pieces.get(at)) else { return false };
    let is_marked = scene.marks.starting_in(before.span).first().is_some_and(|marked| marked.outer.contains(before.span));
    if before.paragraph == paragraph {
        let between = Span::new(before.span.end(), pair.outer.start());
        let interrupts = |cue: Link| between.contains(cue.run.span) && links::distance(scene, pair.outer, &cue.run).is_some();
        return is_marked && before.cue.is_some_and(interrupts);
    }
    is_marked && scene.paragraph(paragraph) == pair.outer && before.paragraph + 1 == paragraph
}

/// The few words beside a pair, up to the next sentence border or mark.
fn beside(scene: &Scene<'_>, side: Span, is_before: bool) -> Span {
    let text = scene.slice(side);
    let stops = |ch: char| matches!(ch, '.' | '?' | '!' | '“' | '”' | '"' | ';' | '«' | '»');
    let cut = if is_before {
        let start = text.rfind(stops).map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
        Span::new(side.start() + start, side.end())
    } else {
        Span::new(side.start(), side.start() + text.find(stops).unwrap_or(text.len()))
    };
    let words: Vec<Span> = scene.word_spans(cut).collect();
    match (is_before, words.len().checked_sub(BESIDE)) {
        (_, None) => cut,
        (true, Some(first)) => words.get(first).map_or(cut, |word| Span::new(word.start(), cut.end())),
        (false, Some(_)) => words.get(BESIDE - 1).map_or(cut, |word| Span::new(cut.start(), word.end())),
    }
}

/// The verb of saying nearest to the marks.
fn saying(scene: &Scene<'_>, side: Span, is_before: bool) -> Option<Span> {
    let mut found = scene.word_spans(side).filter(|&word| cues::is_reporting(&scene.slice(word).to_lowercase()));
    if is_before { found.last() } else { found.next() }
}

/// The name or pronoun beside a verb of saying.
fn speaker(scene: &Scene<'_>, cue: Span, side: Span) -> Option<Span> {
    let can_speak = |label| matches!(label, EntityLabel::Person | EntityLabel::Organization);
    let names = scene.reading.encoding.entities.iter().filter(|entity| can_speak(entity.label));
    let mut names = names.filter_map(|entity| scene.reading.seg.span_of(entity.tokens.clone())).filter(|span| side.contains(*span));
    let pronoun = || scene.word_spans(side).find(|&word| PRONOUNS.contains(&scene.slice(word).to_lowercase().as_str()));
    names.find(|name| !name.overlaps(cue)).or_else(pronoun)
}
