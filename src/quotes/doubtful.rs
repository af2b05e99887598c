//! Where the model's doubts are enough to drop an indirect content: nobody speaks, or the cue is no word of saying.

use super::confidence::Features;
use super::cues;
use super::draft::Draft;
use super::labelled_reading::LabelledReading;
use crate::{CueClass, QuoteKind};

/// Below this confidence an indirect content that nobody is said to say is dropped.
const LOWEST_UNSAID: f64 = 0.4;
/// Below this confidence an indirect content is dropped whose cue is no known word of saying, writing or thinking.
const LOWEST_UNKNOWN_CUE: f64 = 0.6;

/// [`Rule::UnknownCue`](super::Rule::UnknownCue): *the agency has implemented an audit*.
pub(super) fn has_unknown_cue(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    let class = draft.cue.map(|cue| cues::classify(reading.slice(cue.run.span)));
    class == Some(CueClass::Other) && is_below(reading, draft, LOWEST_UNKNOWN_CUE)
}

/// [`Rule::Unsaid`](super::Rule::Unsaid): *asked about the quay, officials left*.
pub(super) fn is_unsaid(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    draft.source.is_none() && is_below(reading, draft, LOWEST_UNSAID)
}

fn is_below(reading: &LabelledReading<'_>, draft: &Draft, least: f64) -> bool {
    let kind = draft.kind(reading);
    kind == QuoteKind::Indirect && Features::of(reading, draft, kind).confidence() < least
}
