//! What the model labels as content, and which of its contents are one that was broken in two.
//!
//! Windows and noise break long contents: `[“We came early.] [We left late,”] she said` is one span, because one pair of marks holds it.

use super::changes::Change;
use super::draft::{Draft, Link, Part};
use super::labelled_reading::{LabelledReading, Run, RunId, probability};
use crate::quotation_marks::MarkStyle;
use crate::{AttributionLabel, Span};

/// Unlabelled words that may stand between two parts of one fragment in marks; a whole quotation in marks has no limit.
const GAP_IN_MARKS: usize = 6;

/// [`Rule::Model`](super::Rule::Model): one quotation for each content, with the source and the cue it is linked to.
pub(super) fn find(reading: &LabelledReading<'_>, _: &[Draft]) -> Vec<Change> {
    let contents = reading.runs.iter().filter(|run| run.label == AttributionLabel::Content);
    let drafts = contents.map(|run| {
        let links = match run.id {
            RunId::Model(index) => reading.encoding.links.get(index),
            RunId::Rule(_) => None,
        };
        let source = links.and_then(|links| link(reading, run, links.source?, AttributionLabel::Source));
        let cue = links.and_then(|links| link(reading, run, links.cue?, AttributionLabel::Cue));
        let part = Part { span: run.span, paragraph: run.paragraph, score: run.score, is_recovered: false };
        Change::Find(Draft::new(part, source, cue))
    });
    drafts.collect()
}

/// A link of the model, where it points to a run of the right label in this paragraph or one beside it.
fn link(reading: &LabelledReading<'_>, content: &Run, (index, score): (usize, f32), label: AttributionLabel) -> Option<Link> {
    let target = reading.run(index).filter(|target| target.label == label && target.paragraph.abs_diff(content.paragraph) <= 1)?;
    // A run that crosses a paragraph is two contents; only the one beside a source or cue keeps it.
    let is_cut = || reading.first_part(content).is_some_and(|first| first.paragraph != content.paragraph) || goes_on(reading, content);
    let is_own = target.paragraph == content.paragraph || carries_mark(reading, content) || !is_cut();
    is_own.then(|| Link { run: target, probability: probability(score) })
}

/// [`Rule::Rejoined`](super::Rule::Rejoined): makes one content of neighbours that are one. Runs between the two are part of it.
pub(super) fn rejoin(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut gaps: Vec<Span> = Vec::new();
    let (mut into, mut whole): (usize, Option<Draft>) = (0, None);
    for (from, draft) in drafts.iter().enumerate().skip(1) {
        let Some(last) = whole.as_ref().or_else(|| drafts.get(into)) else { break };
        if are_one(reading, last, draft) {
            gaps.push(Span::new(last.span().end(), draft.span().start()));
            let merged = merged(last, draft);
            changes.extend(merged.parts.first().map(|&part| Change::Merge { into, from, part }));
            changes.push(Change::Cue { draft: into, link: merged.cue });
            changes.push(Change::Source { draft: into, link: merged.source });
            whole = Some(merged);
        } else {
            (into, whole) = (from, None);
        }
    }
    let is_inside = |run: &Run| {
        let at = gaps.partition_point(|gap| gap.end() <= run.span.start());
        run.label != AttributionLabel::Content && gaps.get(at).is_some_and(|gap| gap.contains(run.span))
    };
    let inside = reading.runs.iter().enumerate().filter(|(_, run)| is_inside(run));
    changes.extend(inside.map(|(at, _)| Change::Unlabel(at)));
    changes
}

/// Whether a later paragraph holds another part of the run, which opens no mark.
fn goes_on(reading: &LabelledReading<'_>, run: &Run) -> bool {
    let mut later = reading.runs.iter().skip(reading.runs.partition_point(|other| other.span.start() <= run.span.start()));
    later.next().is_some_and(|next| next.id == run.id && !carries_mark(reading, next))
}

/// Whether a run begins with a quotation mark.
fn carries_mark(reading: &LabelledReading<'_>, run: &Run) -> bool {
    reading.marks.starting_in(run.span).first().is_some_and(|pair| pair.outer.start() == run.span.start())
}

/// Whether two neighbouring contents are one span that was broken.
fn are_one(reading: &LabelledReading<'_>, a: &Draft, b: &Draft) -> bool {
    if a.paragraph() != b.paragraph() {
        return false;
    }
    let gap = Span::new(a.span().end(), b.span().start());
    let others = reading.runs_in(gap);
    let marked = reading.marks.enclosing(a.span().end().saturating_sub(1)).find(|pair| pair.outer.end() > b.span().start());
    if let Some(pair) = marked {
        let starts_here = a.span().start() <= pair.inner.start() || reading.words(Span::new(pair.inner.start(), a.span().start())) == 0;
        let is_whole = starts_here && pair.is_closed && pair.style != MarkStyle::Single;
        let is_near = is_whole || reading.words(gap) <= GAP_IN_MARKS;
        return if others.is_empty() { is_near } else { is_whole && speaks_from_outside(a, b, pair.outer) };
    }
    others.is_empty() && !ends_sentence(reading, a.span(), gap) && share_cue(a, b) && reading.words(gap) <= usize::from(both_linked(a, b))
}

/// Whether both parts of a marked quotation name one cue outside its marks: then what is labelled between them is quoted speech.
fn speaks_from_outside(a: &Draft, b: &Draft, marked: Span) -> bool {
    both_linked(a, b) && share_cue(a, b) && a.cue.is_some_and(|cue| !marked.overlaps(cue.run.span))
}

fn both_linked(a: &Draft, b: &Draft) -> bool {
    a.cue.is_some() && b.cue.is_some()
}

/// Whether no two different cues speak against one quotation.
fn share_cue(a: &Draft, b: &Draft) -> bool {
    match (a.cue, b.cue) {
        (Some(a), Some(b)) => a.run.id == b.run.id,
        _ => true,
    }
}

fn ends_sentence(reading: &LabelledReading<'_>, a: Span, gap: Span) -> bool {
    let stops = |ch: char| matches!(ch, '.' | '!' | '?' | '…');
    let closing = |ch: char| matches!(ch, '”' | '"' | '’' | '\'' | ')' | '»' | '」' | '』') || ch.is_whitespace();
    reading.slice(a).trim_end_matches(closing).ends_with(stops) || reading.slice(gap).contains(stops)
}

/// The content that covers both; the surer link of the two stays.
fn merged(a: &Draft, b: &Draft) -> Draft {
    let score = |draft: &Draft| draft.parts.first().map_or(0.0, |part| part.score);
    let (first, second) = (a.span().len() as f64, b.span().len() as f64);
    let part = Part {
        span: a.span().cover(b.span()),
        paragraph: a.paragraph(),
        score: (score(a) * first + score(b) * second) / (first + second).max(1.0),
        is_recovered: false,
    };
    Draft::new(part, surer(a.source, b.source), surer(a.cue, b.cue))
}

fn surer(a: Option<Link>, b: Option<Link>) -> Option<Link> {
    match (a, b) {
        (Some(first), Some(second)) if second.probability > first.probability => Some(second),
        (None, other) => other,
        _ => a,
    }
}
