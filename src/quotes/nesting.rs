//! Attributions without a source inside another one's content: *Such a step is expected to fail, he said* is one content.
//!
//! The model now and then reads a passive inside reported words as a cue of its own. Nobody speaks there; who speaks is the source of
//! the clause that follows.

use super::changes::Change;
use super::draft::{Draft, Part};
use super::labelled_reading::LabelledReading;
use crate::Span;

/// Unlabelled words that may stand between the parts of one content.
const GAP: usize = 1;

/// [`Rule::NestedPassive`](super::Rule::NestedPassive): makes one content of one whose cue has no source and the one that goes on right
/// after that cue and has a source.
pub(super) fn join(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (from, pair) in drafts.windows(2).enumerate() {
        let [inner, outer] = pair else { continue };
        if let Some(&first) = outer.parts.first().filter(|_| goes_on_in(reading, inner, outer)) {
            let part = Part { span: inner.span().cover(first.span), ..first };
            changes.push(Change::Merge { into: from + 1, from, part });
        }
    }
    changes
}

fn goes_on_in(reading: &LabelledReading<'_>, inner: &Draft, outer: &Draft) -> bool {
    let (Some(cue), Some(outer_cue), None, Some(_)) = (inner.cue, outer.cue, inner.source, outer.source) else { return false };
    let ([first], Some(second)) = (inner.parts.as_slice(), outer.parts.first()) else { return false };
    let is_plain = |part: &Part| reading.marks.starting_in(part.span).is_empty();
    let cue = cue.run.span;
    cue.start() >= first.span.end()
        && cue.end() <= second.span.start()
        && outer_cue.run.span.start() >= second.span.end()
        && reading.share_sentence(first.span.start(), outer_cue.run.span.start())
        && reading.words(Span::new(first.span.end(), cue.start())) <= GAP
        && reading.words(Span::new(cue.end(), second.span.start())) <= GAP
        && is_plain(first)
        && is_plain(second)
}
