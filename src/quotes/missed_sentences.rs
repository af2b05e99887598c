//! Direct quotations the model missed: a whole sentence in marks with a word of saying or a colon beside it.
//!
//! `“We will not wait any longer,” said the minister.` is taken; *“We will not wait”, a song of 1968, …* is not: no verb of saying.

use std::collections::BTreeSet;

use super::changes::Change;
use super::cue_links;
use super::draft::{Draft, Link, Part, is_untouched};
use super::labelled_reading::{LabelledReading, Run, RunId};
use crate::lexicon::{is_source_pronoun, reports};
use crate::quotation_marks::Marked;
use crate::{AttributionLabel, EntityLabel, Span};

/// Fewer words in marks may be a title, a slogan or a term.
const SENTENCE_WORDS: usize = 5;
/// Words beside the marks that may hold the verb of saying.
const BESIDE: usize = 5;
/// The score of what a rule finds.
const SCORE: f64 = 0.5;

/// [`Rule::MissedSentence`](super::Rule::MissedSentence): missed quotations, with the cues and sources found beside them as new labels.
/// The rules that link cues and sources take it from there.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let claimed: BTreeSet<RunId> = drafts.iter().filter_map(|draft| draft.cue).map(|cue| cue.run.id).collect();
    let (mut found, mut labels): (Vec<Draft>, Vec<Run>) = (Vec::new(), Vec::new());
    let mut labelled: BTreeSet<usize> = BTreeSet::new();
    for pair in reading.marks.all().iter().filter(|pair| is_candidate(reading, pair) && is_untouched(drafts, pair.outer)) {
        let Some(paragraph) = reading.seg.paragraph_at(pair.outer.start()).filter(|&paragraph| reading.is_read(paragraph)) else {
            continue;
        };
        let Some(evidence) = evidence(reading, pair, paragraph, drafts, &claimed) else { continue };
        let parts = [(evidence.cue, AttributionLabel::Cue), (evidence.source, AttributionLabel::Source)];
        let side = evidence.cue.and_then(|cue| reading.seg.paragraph_at(cue.start())).unwrap_or(paragraph);
        for (span, label) in parts.into_iter().filter_map(|(span, label)| Some((span?, label))) {
            let is_free = reading.room(Span::new(span.start(), span.start()), side).contains(span);
            let is_untouched = is_untouched(drafts, span) && is_untouched(&found, span);
            if is_free && is_untouched && labelled.range(span.range()).next().is_none() {
                labels.push(Run::by_rule(label, span, side, SCORE));
                labelled.insert(span.start());
            }
        }
        let part = Part { span: pair.outer, paragraph, score: SCORE, is_recovered: true };
        found.push(Draft::new(part, None, None));
    }
    labels.into_iter().map(Change::Label).chain(found.into_iter().map(Change::Find)).collect()
}

/// What makes a marked sentence a quotation; both parts are missing where the model's own runs stand beside it.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    cue: Option<Span>,
    source: Option<Span>,
}

/// A closed, outermost pair around a sentence that touches nothing labelled.
fn is_candidate(reading: &LabelledReading<'_>, pair: &Marked) -> bool {
    pair.is_closed
        && pair.parent.is_none()
        && is_sentence(reading, pair, SENTENCE_WORDS)
        && reading.runs_in(pair.outer).is_empty()
        && reading.room(Span::new(pair.outer.start(), pair.outer.start()), paragraph_of(reading, pair)).contains(pair.outer)
}

fn paragraph_of(reading: &LabelledReading<'_>, pair: &Marked) -> usize {
    reading.seg.paragraph_at(pair.outer.start()).unwrap_or_default()
}

/// Begins like a sentence, ends like one, has `least` words and does not write every word large as titles do.
pub(super) fn is_sentence(reading: &LabelledReading<'_>, pair: &Marked, least: usize) -> bool {
    let text = reading.slice(pair.inner).trim();
    let begins = text.chars().next().is_some_and(|ch| ch.is_uppercase() || ch.is_ascii_digit() || matches!(ch, '…' | '.' | '[' | '‘'));
    let ends = text.ends_with(['.', ',', '?', '!', '…', '—', '。', '！', '？']);
    let words: Vec<&str> = reading.word_spans(pair.inner).map(|word| reading.slice(word)).collect();
    let lower = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    begins && ends && words.len() >= least && 2 * lower >= words.len()
}

fn evidence(
    reading: &LabelledReading<'_>,
    pair: &Marked,
    paragraph: usize,
    drafts: &[Draft],
    claimed: &BTreeSet<RunId>,
) -> Option<Evidence> {
    let bounds = reading.paragraph(paragraph);
    let is_free = |run: &Run| !claimed.contains(&run.id) && cue_links::distance(reading, pair.outer, run).is_some();
    let mut cues = reading.runs_near(pair.outer, paragraph).filter(|run| run.label == AttributionLabel::Cue);
    if cues.any(is_free) || goes_on(reading, pair, paragraph, drafts) {
        return Some(Evidence::default());
    }
    let after = beside(reading, Span::new(pair.outer.end(), bounds.end()), false);
    if let Some(cue) = saying(reading, after, false) {
        return Some(Evidence { cue: Some(cue), source: speaker(reading, cue, after) });
    }
    let lead = cue_links::led_by_colon(reading, pair.outer, paragraph).filter(|_| bounds == pair.outer);
    let before = beside(reading, lead.unwrap_or(Span::new(bounds.start(), pair.outer.start())), true);
    let cue = saying(reading, before, true).filter(|_| reading.slice(before).trim_end().ends_with([',', ':']))?;
    Some(Evidence { cue: Some(cue), source: speaker(reading, cue, before) })
}

/// `“A,” she said. “B.”`, or a paragraph that is all quotation after one that quotes: B goes on.
fn goes_on(reading: &LabelledReading<'_>, pair: &Marked, paragraph: usize, drafts: &[Draft]) -> bool {
    let at = drafts.partition_point(|draft| draft.span().start() < pair.outer.start());
    let Some(before) = at.checked_sub(1).and_then(|at| drafts.get(at)) else { return false };
    let is_marked = reading.marks.starting_in(before.span()).first().is_some_and(|marked| marked.outer.contains(before.span()));
    if before.paragraph() == paragraph {
        let between = Span::new(before.span().end(), pair.outer.start());
        let interrupts = |cue: Link| between.contains(cue.run.span) && cue_links::distance(reading, pair.outer, &cue.run).is_some();
        return is_marked && before.cue.is_some_and(interrupts);
    }
    is_marked && reading.paragraph(paragraph) == pair.outer && before.paragraph() + 1 == paragraph
}

/// The few words beside a pair, up to the next sentence border or mark.
fn beside(reading: &LabelledReading<'_>, side: Span, is_before: bool) -> Span {
    let text = reading.slice(side);
    let stops = |ch: char| matches!(ch, '.' | '?' | '!' | '“' | '”' | '"' | ';' | '«' | '»');
    let cut = if is_before {
        let start = text.rfind(stops).map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
        Span::new(side.start() + start, side.end())
    } else {
        Span::new(side.start(), side.start() + text.find(stops).unwrap_or(text.len()))
    };
    let words: Vec<Span> = reading.word_spans(cut).collect();
    match (is_before, words.len().checked_sub(BESIDE)) {
        (_, None) => cut,
        (true, Some(first)) => words.get(first).map_or(cut, |word| Span::new(word.start(), cut.end())),
        (false, Some(_)) => words.get(BESIDE - 1).map_or(cut, |word| Span::new(cut.start(), word.end())),
    }
}

/// The verb of saying nearest to the marks.
fn saying(reading: &LabelledReading<'_>, side: Span, is_before: bool) -> Option<Span> {
    let mut found = reading.word_spans(side).filter(|&word| reports(&reading.slice(word).to_lowercase()));
    if is_before { found.last() } else { found.next() }
}

/// The name or pronoun beside a verb of saying.
fn speaker(reading: &LabelledReading<'_>, cue: Span, side: Span) -> Option<Span> {
    let can_speak = |label| matches!(label, EntityLabel::Person | EntityLabel::Organization);
    let names = reading.encoding.entities.iter().filter(|entity| can_speak(entity.label));
    let mut names = names.filter_map(|entity| reading.seg.span_of(entity.tokens.clone())).filter(|span| side.contains(*span));
    let pronoun = || reading.word_spans(side).find(|&word| is_source_pronoun(&reading.slice(word).to_lowercase()));
    names.find(|name| !name.overlaps(cue)).or_else(pronoun)
}
