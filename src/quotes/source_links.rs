//! Which source belongs to a cue, where the model names none or one that cannot speak.
//!
//! The model's link stands where it can; the other rules only fill what is missing.

use std::collections::BTreeSet;

use super::changes::Change;
use super::cue_links::between;
use super::draft::{Draft, Link};
use super::labelled_reading::{LabelledReading, Run, RunId};
use crate::{AttributionLabel, Span, Upos};

/// Unlabelled words that may stand between a cue and the source a rule gives it.
const SOURCE_GAP: usize = 3;

/// [`Rule::Addressee`](super::Rule::Addressee): takes away a source that is spoken to or of, or a day that was taken for
/// one (*Acme today announced*).
pub(super) fn addressee(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let spoken_to = linked(drafts).filter(|(_, cue, source)| !may_speak(reading, cue.span, source.span));
    spoken_to.map(|(draft, ..)| Change::Source { draft, link: None }).collect()
}

/// [`Rule::FarSource`](super::Rule::FarSource): takes away a source of another paragraph, where cue and content stand together in words
/// that are no marks'.
pub(super) fn far(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let is_far = |draft: usize, cue: &Run, source: &Run| {
        let content = drafts.get(draft).map_or(Span::new(0, 0), Draft::span);
        let is_reported = reading.marks.around(content).is_none() && reading.share_sentence(cue.span.start(), content.start());
        is_reported && source.paragraph != cue.paragraph
    };
    let far = linked(drafts).filter(|(draft, cue, source)| is_far(*draft, cue, source));
    far.map(|(draft, ..)| Change::Source { draft, link: None }).collect()
}

/// Whether a source may be that of a cue: no day, nobody spoken to or of.
fn may_speak(reading: &LabelledReading<'_>, cue: Span, source: Span) -> bool {
    !is_addressee(reading, cue, source) && !is_day(reading, source) && !is_object(reading, cue, source)
}

fn is_day(reading: &LabelledReading<'_>, source: Span) -> bool {
    crate::lexicon::is_day_word(&reading.slice(source).to_lowercase())
}

/// *The firm named Ana Lind its head and said …*: whom the verb before is about.
fn is_object(reading: &LabelledReading<'_>, cue: Span, source: Span) -> bool {
    let first = reading.seg.tokens_in(source).start;
    let verb = first.checked_sub(1).filter(|&verb| reading.encoding.upos(verb) == Upos::Verb);
    let is_joined = source.end() <= cue.start() && reading.slice(Span::new(source.end(), cue.start())).trim() == "and";
    // *Asked by Lind, he said*: a participle at the start of its sentence has no object that speaks.
    let has_subject = verb.and_then(|verb| reading.seg.tokens.get(verb)).is_some_and(|verb| {
        reading.sentence(verb.span.start()).is_some_and(|sentence| reading.words(Span::new(sentence.start(), verb.span.start())) > 0)
    });
    is_joined && has_subject
}

/// [`Rule::LaterSentence`](super::Rule::LaterSentence): takes away a source that stands in a later sentence than cue and content.
pub(super) fn later_sentence(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let is_later = |draft: usize, cue: Span, source: Span| {
        let end = drafts.get(draft).map_or(0, |draft| draft.span().end());
        source.start() > cue.end() && source.start() > end && !reading.share_sentence(cue.start(), source.start())
    };
    let later = linked(drafts).filter(|&(draft, cue, source)| is_later(draft, cue.span, source.span));
    later.map(|(draft, ..)| Change::Source { draft, link: None }).collect()
}

/// [`Rule::BesideCue`](super::Rule::BesideCue): the source right beside the cue in place of one further off.
pub(super) fn beside(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let closer = linked(drafts).filter_map(|(draft, cue, source)| Some((draft, closest(reading, cue, source)?)));
    closer.map(|(draft, run)| Change::Source { draft, link: Some(Link::by_rule(run)) }).collect()
}

/// The quotations that have a cue and a source, by index.
fn linked(drafts: &[Draft]) -> impl Iterator<Item = (usize, Run, Run)> + '_ {
    drafts.iter().enumerate().filter_map(|(at, draft)| Some((at, draft.cue?.run, draft.source?.run)))
}

/// [`Rule::FreeSource`](super::Rule::FreeSource): for a quotation without a source, the free one beside its cue, or the only free one of its
/// sentence.
pub(super) fn free(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut claimed: BTreeSet<RunId> = drafts.iter().filter_map(|draft| draft.source).map(|source| source.run.id).collect();
    let mut changes = Vec::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.source.is_none()) {
        let beside = beside_cue(reading, draft).filter(|run| !claimed.contains(&run.id));
        let Some(run) = beside.or_else(|| only_free(reading, draft, &claimed)) else { continue };
        claimed.insert(run.id);
        changes.push(Change::Source { draft: at, link: Some(Link::by_rule(run)) });
    }
    changes
}

/// [`Rule::SharedSource`](super::Rule::SharedSource): the source beside the cue, although it is another quotation's as well, where no main
/// clause has one.
pub(super) fn shared(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    fill_in_order(drafts, |draft, main| match of_main_clause(reading, draft, main) {
        Some(source) => (Some(source), false),
        None => (beside_cue(reading, draft), true),
    })
}

/// [`Rule::MainClause`](super::Rule::MainClause): for a participial cue (*adding that …*), the source of the quotation before it in its
/// sentence.
pub(super) fn main_clause(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    fill_in_order(drafts, |draft, main| (of_main_clause(reading, draft, main), true))
}

/// Cue and source of the quotation before.
type Main = Option<(Run, Option<Run>)>;

/// The sources that `choose` gives quotations without one, each knowing that of the quotation before; only those count of which it says so.
fn fill_in_order(drafts: &[Draft], choose: impl Fn(&Draft, Main) -> (Option<Run>, bool)) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut main = None;
    for (draft, found) in drafts.iter().enumerate() {
        let mut source = found.source.map(|source| source.run);
        if source.is_none() {
            let (chosen, counts) = choose(found, main);
            source = chosen;
            let link = chosen.filter(|_| counts).map(Link::by_rule);
            changes.extend(link.map(|link| Change::Source { draft, link: Some(link) }));
        }
        main = found.cue.map(|cue| (cue.run, source));
    }
    changes
}

fn of_main_clause(reading: &LabelledReading<'_>, draft: &Draft, main: Main) -> Option<Run> {
    let cue = draft.cue?.run.span;
    let (_, source) = main.filter(|(main_cue, _)| reading.share_sentence(main_cue.span.start(), cue.start()))?;
    let is_participle = reading.slice(cue).split_whitespace().next().is_some_and(|word| word.ends_with("ing"));
    source.filter(|_| is_participle)
}

/// *He shouted to the crowd*: whom somebody speaks to; *according to the crowd* names who speaks.
fn is_addressee(reading: &LabelledReading<'_>, cue: Span, source: Span) -> bool {
    let is_to = cue.end() <= source.start() && reading.slice(Span::new(cue.end(), source.start())).trim() == "to";
    is_to && !["according", "owing"].iter().any(|word| reading.slice(cue).to_lowercase().ends_with(word))
}

/// The source right beside a cue, where the one it is linked to stands further off.
fn closest(reading: &LabelledReading<'_>, cue: Run, linked: Run) -> Option<Run> {
    let is_beside = |run: &Run| {
        let gap = between(run.span, cue.span);
        run.paragraph == cue.paragraph && reading.words(gap) <= 1 && reading.share_sentence(run.span.start(), cue.span.start())
    };
    let place = reading.runs.partition_point(|run| run.span.start() < cue.span.start());
    let before = place.checked_sub(1).and_then(|at| reading.runs.get(at));
    let near = [before, reading.runs.get(place + 1)].into_iter().flatten();
    let mut beside = near.filter(|run| run.label == AttributionLabel::Source && is_beside(run));
    beside.next().filter(|_| !is_beside(&linked)).copied()
}

fn only_free(reading: &LabelledReading<'_>, draft: &Draft, claimed: &BTreeSet<RunId>) -> Option<Run> {
    let anchor = draft.cue.map_or_else(|| draft.span(), |cue| cue.run.span);
    let paragraph = reading.seg.paragraph_at(anchor.start())?;
    let is_free = |run: &&Run| {
        run.label == AttributionLabel::Source
            && !claimed.contains(&run.id)
            && reading.share_sentence(run.span.start(), anchor.start())
            && may_speak(reading, anchor, run.span)
            && !crosses_cue(reading, between(run.span, anchor))
    };
    let mut free = reading.runs_near(anchor, paragraph).filter(is_free);
    let first = free.next()?;
    free.next().is_none().then_some(*first)
}

fn crosses_cue(reading: &LabelledReading<'_>, gap: Span) -> bool {
    reading.runs_in(gap).iter().any(|run| run.label == AttributionLabel::Cue)
}

fn beside_cue(reading: &LabelledReading<'_>, draft: &Draft) -> Option<Run> {
    let cue = draft.cue?.run;
    let place = reading.runs.partition_point(|run| run.span.start() < cue.span.start());
    let before = place.checked_sub(1).and_then(|at| reading.runs.get(at));
    let near = [before, reading.runs.get(place + 1)].into_iter().flatten().filter(|run| {
        let gap = between(run.span, cue.span);
        run.label == AttributionLabel::Source
            && run.paragraph == cue.paragraph
            && may_speak(reading, cue.span, run.span)
            && reading.words(gap) <= SOURCE_GAP
            && !reading.slice(gap).contains(['.', '”', '"', ';'])
    });
    near.min_by_key(|run| (between(run.span, cue.span).len(), run.id)).copied()
}
