//! Indirect contents that their attribution interrupts: *The bridge, she said, would close in May.*
//!
//! The model often labels the second part alone. Both are one quotation with two spans.

use super::changes::Change;
use super::cue_links;
use super::draft::{Draft, Part, is_untouched};
use super::labelled_reading::LabelledReading;
use crate::Span;
use crate::lexicon::opens_setting;

/// More words before the attribution are seldom all content.
const LONGEST: usize = 25;

/// A longer phrase with *in* is a setting, in words.
const LONGEST_PLACE: usize = 3;

/// [`Rule::Interrupted`](super::Rule::Interrupted): the first parts that nothing labels, with the links of the second ones.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let parts = drafts.iter().filter_map(|draft| first_part(reading, draft)).filter(|part| is_untouched(drafts, part.span()));
    parts.map(Change::Find).collect()
}

/// What stands before the source and cue between two commas, from the start of their sentence.
fn first_part(reading: &LabelledReading<'_>, draft: &Draft) -> Option<Draft> {
    let (cue, source) = (draft.cue?.run, draft.source?.run);
    let attribution = cue.span.cover(source.span);
    let is_tight = reading.words(cue_links::between(cue.span, source.span)) == 0 && cue.paragraph == draft.paragraph();
    if !is_tight || attribution.end() > draft.span().start() || reading.marks.around(draft.span()).is_some() {
        return None;
    }
    let sentence = reading.sentence(attribution.start())?;
    let before = Span::new(sentence.start(), attribution.start().max(sentence.start()));
    let is_between_commas =
        reading.slice(Span::new(attribution.end(), draft.span().start())).trim() == "," && reading.slice(before).trim_end().ends_with(',');
    let part = reading.trim_matches(before, char::is_whitespace, |ch: char| ch == ',' || ch.is_whitespace());
    let is_plain =
        reading.runs_in(before).is_empty() && reading.marks.starting_in(before).is_empty() && reading.marks.around(before).is_none();
    let is_near = reading.share_sentence(attribution.start(), draft.span().start());
    let is_whole = is_between_commas && is_plain && is_near && (1..=LONGEST).contains(&reading.words(part)) && !is_setting(reading, part);
    let part = draft.parts.first().filter(|_| is_whole).map(|second| Part { span: part, is_recovered: true, ..*second })?;
    Some(Draft::new(part, draft.source, draft.cue))
}

/// *At a session in January, he said, …*: where or when somebody speaks; *However, he said, …*: how the sentence goes on. *In winter, he said, …* most likely is what he says.
fn is_setting(reading: &LabelledReading<'_>, part: Span) -> bool {
    let first = reading.word_spans(part).next().map(|word| reading.slice(word).to_lowercase()).unwrap_or_default();
    opens_setting(&first) || matches!(first.as_str(), "in" | "by" | "for") && reading.words(part) > LONGEST_PLACE
}
