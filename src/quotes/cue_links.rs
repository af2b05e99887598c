//! Which cue belongs to a content where the model names none, or one that is another content's.
//!
//! The model's link stands where it names a run of the right label within a paragraph. These rules only fill what is missing.

use std::collections::BTreeSet;

use super::changes::Change;
use super::draft::{Draft, Link};
use super::labelled_reading::{LabelledReading, Run, RunId};
use crate::{AttributionLabel, Span};

/// Unlabelled words that may stand between a content and the cue a rule gives it.
const CUE_GAP: usize = 4;

/// A content with the cue it has got meanwhile.
type Neighbour<'a> = (&'a Draft, Option<Link>);

/// [`Rule::NearestCue`](super::Rule::NearestCue): the nearest free cue, or the one that interrupts the quotation.
pub(super) fn nearest(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut cues: Vec<Option<Link>> = drafts.iter().map(|draft| draft.cue).collect();
    let mut claimed = claimed(drafts);
    let mut changes = Vec::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.cue.is_none()) {
        let neighbour = |at: usize| Some((drafts.get(at)?, cues.get(at).copied().flatten()));
        let neighbours = [at.checked_sub(1).and_then(neighbour), neighbour(at + 1)];
        let Some(run) = nearest_cue(reading, draft, neighbours, &claimed) else { continue };
        claimed.insert(run.id);
        let link = Some(Link::by_rule(run));
        if let Some(cue) = cues.get_mut(at) {
            *cue = link;
        }
        changes.push(Change::Cue { draft: at, link });
    }
    changes
}

/// The nearest cue between a content's neighbours that is free or interrupts the content's quotation.
fn nearest_cue(
    reading: &LabelledReading<'_>,
    draft: &Draft,
    neighbours: [Option<Neighbour<'_>>; 2],
    claimed: &BTreeSet<RunId>,
) -> Option<Run> {
    let [before, after] = neighbours;
    let from = before.map_or(0, |(before, _)| before.span().end());
    let to = after.map_or(usize::MAX, |(after, _)| after.span().start());
    let interrupts = |run: &Run| {
        let mut with_it = neighbours.into_iter().flatten().filter(|(_, cue)| cue.is_some_and(|cue| cue.run.id == run.id));
        with_it.any(|(other, _)| are_marked(reading, other, draft) || embrace(reading, other, draft, run))
    };
    let cues = reading.runs_near(draft.span(), draft.paragraph()).filter(|run| run.label == AttributionLabel::Cue);
    let between = cues.filter(|run| from <= run.span.start() && run.span.end() <= to);
    let near = between.filter_map(|run| Some((claimed.contains(&run.id), distance(reading, draft.span(), run)?, run)));
    let usable = near.filter(|(is_claimed, _, run)| !is_claimed || interrupts(run));
    usable.min_by_key(|&(is_claimed, distance, run)| (is_claimed, distance, run.id)).map(|(_, _, run)| *run)
}

/// [`Rule::LeadIn`](super::Rule::LeadIn): the free cue of the paragraph before, where that ends with a colon.
pub(super) fn lead_in(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut claimed = claimed(drafts);
    let open = drafts.iter().enumerate().filter(|(_, draft)| draft.cue.is_none());
    let led = open.filter_map(|(at, draft)| Some((at, leading_cue(reading, draft)?)));
    led.filter(|(_, run)| claimed.insert(run.id)).map(|(draft, run)| Change::Cue { draft, link: Some(Link::by_rule(run)) }).collect()
}

/// [`Rule::OwnSentence`](super::Rule::OwnSentence): for a content whose cue stands in another sentence, and is that of a nearer content as
/// well, the cue of its own sentence: right beside it and free, as in *“A,” she said. B, she added.*, or interrupting it, as in
/// *A, she said, B*.
pub(super) fn own_sentence(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut cues: Vec<Option<Link>> = drafts.iter().map(|draft| draft.cue).collect();
    let mut claimed = claimed(drafts);
    let mut changes = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(stray) = draft.cue.filter(|cue| is_stray(reading, draft, &cue.run)) else { continue };
        let shares = drafts.iter().zip(&cues).enumerate().any(|(other, (draft, cue))| {
            other != at && cue.is_some_and(|cue| cue.run.id == stray.run.id) && !is_stray(reading, draft, &stray.run)
        });
        let near = reading.runs_near(draft.span(), draft.paragraph()).filter(|run| run.label == AttributionLabel::Cue);
        let own = near.filter(|run| !is_stray(reading, draft, run) && !claimed.contains(&run.id));
        let beside = own.filter_map(|run| Some((distance(reading, draft.span(), run)?, run))).filter(|(gap, _)| *gap <= 1 && shares);
        let Some((_, &run)) = beside.min_by_key(|(gap, run)| (*gap, run.id)) else { continue };
        claimed.insert(run.id);
        let link = Some(Link::by_rule(run));
        if let Some(cue) = cues.get_mut(at) {
            *cue = link;
        }
        changes.extend([Change::Cue { draft: at, link }, Change::Source { draft: at, link: None }]);
    }
    changes
}

fn claimed(drafts: &[Draft]) -> BTreeSet<RunId> {
    drafts.iter().filter_map(|draft| draft.cue).map(|cue| cue.run.id).collect()
}

/// Whether no sentence of the content is that of the cue.
fn is_stray(reading: &LabelledReading<'_>, draft: &Draft, cue: &Run) -> bool {
    let ends = [draft.span().start(), draft.span().end().saturating_sub(1)];
    !ends.into_iter().any(|end| reading.share_sentence(end, cue.span.start()))
}

/// The last cue of a paragraph that ends with a colon, for the content that begins the next one.
fn leading_cue(reading: &LabelledReading<'_>, draft: &Draft) -> Option<Run> {
    let led = led_by_colon(reading, draft.span(), draft.paragraph())?;
    reading.runs_in(led).last().filter(|run| run.label == AttributionLabel::Cue || run.label == AttributionLabel::Source)?;
    reading.runs_in(led).iter().rfind(|run| run.label == AttributionLabel::Cue).copied()
}

/// The paragraph before a span that begins its own paragraph, where it ends with a colon.
pub(super) fn led_by_colon(reading: &LabelledReading<'_>, span: Span, paragraph: usize) -> Option<Span> {
    let lead = reading.paragraph(paragraph.checked_sub(1)?);
    (reading.paragraph(paragraph).start() == span.start() && reading.slice(lead).ends_with([':', '：'])).then_some(lead)
}

/// Unlabelled words between a content and a cue; `None` where they stand too far apart.
pub(super) fn distance(reading: &LabelledReading<'_>, content: Span, cue: &Run) -> Option<usize> {
    let gap = between(content, cue.span);
    let labelled: usize = reading.runs_in(gap).iter().filter(|run| !content.contains(run.span)).map(|run| reading.words(run.span)).sum();
    let words = reading.words(gap).saturating_sub(labelled);
    (words <= CUE_GAP).then_some(words)
}

/// `“A,” she said, “B”`: two contents of one cue, both in marks.
fn are_marked(reading: &LabelledReading<'_>, a: &Draft, b: &Draft) -> bool {
    let is_marked = |draft: &Draft| reading.marks.starting_in(draft.span()).first().is_some_and(|pair| pair.outer.contains(draft.span()));
    is_marked(a) && is_marked(b)
}

/// *A, she said, B*: both parts stand right beside the cue, in its sentence, on either side.
fn embrace(reading: &LabelledReading<'_>, a: &Draft, b: &Draft, cue: &Run) -> bool {
    let is_beside = |draft: &Draft| !is_stray(reading, draft, cue) && distance(reading, draft.span(), cue) == Some(0);
    between(a.span(), b.span()).contains(cue.span) && is_beside(a) && is_beside(b)
}

/// The bytes between two spans; empty where they touch or overlap.
pub(super) fn between(a: Span, b: Span) -> Span {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    Span::new(first.end(), second.start())
}
