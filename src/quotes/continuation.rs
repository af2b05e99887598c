//! Quotations of several paragraphs: each paragraph opens a mark, only the last one closes it.
//!
//! ```text
//! He said: “We came early.
//!
//! “We left late.”
//! ```
//! is one quotation with a content span for each paragraph, as `PolNeAR` has it (one of its 23,289 contents crosses a paragraph).

use std::collections::BTreeSet;

use super::changes::Change;
use super::cue_links;
use super::draft::{self, Draft, Link, Part};
use super::labelled_reading::LabelledReading;
use crate::quotation_marks::{MarkStyle, Marked};
use crate::{ParagraphKind, Span};

/// The score of a paragraph that only the marks show to be quoted.
const SCORE: f64 = 0.6;
/// Fewer words before the next paragraph may be a heading with a lost mark.
const LEAST_WORDS: usize = 3;
/// How many quotations back one may be carried on: a quotation inside the open one may stand between.
const RECENT: usize = 2;

/// [`Rule::CarriedLinks`](super::Rule::CarriedLinks): gives the first paragraphs of a quotation that goes on the links of the last one,
/// where theirs point out of the paragraph before (*… advised the town to wait. ⏎ “We came early. ⏎ “We left late,” she said.*).
pub(super) fn links(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut given: Option<(Option<Link>, Option<Link>)> = None;
    for (draft, pair) in drafts.windows(2).enumerate().rev() {
        let [first, next] = pair else { continue };
        let (source, cue) = given.take().unwrap_or((next.source, next.cue));
        let is_ahead = cue.is_some_and(|cue| cue.run.paragraph >= next.paragraph());
        let is_behind = first.cue.is_none_or(|cue| cue.run.paragraph < first.paragraph());
        let is_led = || cue_links::led_by_colon(reading, first.span(), first.paragraph()).is_some();
        let goes_on =
            || first.parts.last().and_then(|part| carried(reading, part)).is_some_and(|pair| pair.outer.start() == next.span().start());
        if is_ahead && is_behind && !is_led() && goes_on() {
            changes.extend([Change::Source { draft, link: source }, Change::Cue { draft, link: cue }]);
            given = Some((source, cue));
        }
    }
    changes
}

/// A quotation that may go on in the next paragraph.
struct Open {
    draft: usize,
    source: Option<Link>,
    cue: Option<Link>,
    last: Part,
}

/// [`Rule::CarriedOn`](super::Rule::CarriedOn): joins the contents of every quotation that goes on in the next paragraph, and adds
/// paragraphs that nothing labels.
pub(super) fn join(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    if reading.marks.all().iter().all(|pair| pair.is_closed) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let taken: BTreeSet<usize> = drafts.iter().flat_map(|draft| &draft.parts).map(|part| part.span.start()).collect();
    for (at, draft) in drafts.iter().enumerate() {
        let Some(&last) = draft.parts.last() else { continue };
        match open.iter_mut().rev().take(RECENT).find(|before| goes_on_in(reading, before, draft)) {
            Some(before) => {
                changes.push(Change::Join { into: before.draft, from: at });
                before.cue = before.cue.or(draft.cue);
                before.source = before.source.or(draft.source);
                before.last = if last.span > before.last.span { last } else { before.last };
            }
            None => open.push(Open { draft: at, source: draft.source, cue: draft.cue, last }),
        }
        if let Some(open) = open.last_mut() {
            add_missed(reading, open, &taken, &mut changes);
        }
    }
    changes
}

/// [`Rule::OpenSpeech`](super::Rule::OpenSpeech): paragraphs that each open a mark, of which the last one alone closes it, where nothing in
/// the first is labelled: the typography of a speech over paragraphs leaves no other reading.
pub(super) fn speeches(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut found: Vec<Draft> = Vec::new();
    for pair in reading.marks.all().iter().filter(|pair| !pair.is_closed && pair.parent.is_none() && is_carrying(pair.style)) {
        let Some(paragraph) = reading.seg.paragraph_at(pair.outer.start()).filter(|&paragraph| reading.is_read(paragraph)) else {
            continue;
        };
        let first = Part { span: reading.trim(pair.outer), paragraph, score: SCORE, is_recovered: true };
        let heads = pair.outer.start() == reading.paragraph(paragraph).start() && reading.words(pair.outer) > LEAST_WORDS;
        let is_free = draft::is_untouched(drafts, pair.outer) && draft::is_untouched(&found, pair.outer);
        if heads
            && is_free
            && reading.runs_in(pair.outer).is_empty()
            && carried(reading, &first).is_some_and(|next| is_whole(reading, next))
        {
            found.push(Draft::new(first, None, None));
        }
    }
    found.into_iter().map(Change::Find).collect()
}

/// Whether marks fill a paragraph, or stay open to its end.
fn is_whole(reading: &LabelledReading<'_>, pair: &Marked) -> bool {
    reading.seg.paragraph_at(pair.outer.start()).is_some_and(|paragraph| reading.paragraph(paragraph).end() == pair.outer.end())
}

/// Whether `next` starts with the mark that carries on what `before` left open, and names no other cue.
fn goes_on_in(reading: &LabelledReading<'_>, before: &Open, next: &Draft) -> bool {
    let same_cue = match (before.cue, next.cue) {
        (Some(a), Some(b)) => a.run.id == b.run.id,
        _ => true,
    };
    let Some(part) = next.parts.first().filter(|_| same_cue) else { return false };
    carried(reading, &before.last).is_some_and(|pair| pair.outer.start() == part.span.start())
}

/// Adds the paragraphs that the marks carry on and no run touches.
fn add_missed(reading: &LabelledReading<'_>, open: &mut Open, taken: &BTreeSet<usize>, changes: &mut Vec<Change>) {
    while let Some(pair) = carried(reading, &open.last) {
        let Some(paragraph) = reading.seg.paragraph_at(pair.outer.start()) else { break };
        let room = reading.room(Span::new(pair.outer.start(), pair.outer.start()), paragraph);
        let is_free = taken.range(pair.outer.range()).next().is_none() && reading.runs_in(pair.outer).is_empty();
        if !is_free || !room.contains(pair.outer) || reading.words(pair.outer) == 0 {
            break;
        }
        open.last = Part { span: reading.trim(pair.outer), paragraph, score: SCORE, is_recovered: true };
        changes.push(Change::Extend { draft: open.draft, part: open.last });
    }
}

/// The marked stretch at the head of the next paragraph, where a content stays open to its paragraph's end.
fn carried<'a>(reading: &'a LabelledReading<'_>, last: &Part) -> Option<&'a Marked> {
    let is_open =
        |pair: &&Marked| !pair.is_closed && is_carrying(pair.style) && pair.outer.end() == reading.paragraph(last.paragraph).end();
    let open = reading.marks.enclosing(last.span.end().saturating_sub(1)).find(is_open)?;
    let rest = Span::new(last.span.end().min(open.outer.end()), open.outer.end());
    let next = reading.seg.paragraphs.get(last.paragraph + 1).filter(|next| next.kind == ParagraphKind::Body)?;
    let heads = |pair: &&Marked| pair.outer.start() == next.span.start() && pair.style == open.style;
    (reading.words(rest) == 0).then(|| reading.marks.enclosing(next.span.start()).find(heads)).flatten()
}

fn is_carrying(style: MarkStyle) -> bool {
    matches!(style, MarkStyle::Double | MarkStyle::Single | MarkStyle::Guillemet)
}
