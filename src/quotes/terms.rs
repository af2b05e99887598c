//! Quoted terms, scare quotes, titles and nicknames: words in marks that nobody is said to say.
//!
//! ```text
//! a so-called “green zone”     she sang “When the Ferry Comes Home”     Note: “The timetable may change.”
//! ```

use super::draft::Draft;
use super::labelled_reading::LabelledReading;
use super::labels;
use crate::Span;
use crate::lexicon::{announces_title, names_work};

/// A marked stretch of so few words without a cue is a term, a title or a nickname.
const TERM_WORDS: usize = 4;

/// [`Rule::Term`](super::Rule::Term): whether a content is nothing but a few words in marks that no cue introduces.
pub(super) fn is_lone_term(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    if draft.cue.is_some() {
        return false;
    }
    let is_marked = reading.marks.around(draft.span()).is_some();
    let is_led = reading.slice(reading.paragraph(draft.paragraph())).trim_start().starts_with(reading.slice(draft.span()));
    is_marked && !is_led && reading.words(draft.span()) <= TERM_WORDS && draft.source.is_none()
}

/// [`Rule::Announced`](super::Rule::Announced): whether a content is the theme, motto or title that the word before its marks announces:
/// *on the theme “Water for All”*.
pub(super) fn is_announced(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    if draft.cue.is_some() || draft.source.is_some() || reading.marks.around(draft.span()).is_none() {
        return false;
    }
    let before = Span::new(reading.paragraph(draft.paragraph()).start().min(draft.span().start()), draft.span().start());
    reading.word_spans(before).last().is_some_and(|word| announces_title(&reading.slice(word).to_lowercase()))
}

/// [`Rule::WorkTitle`](super::Rule::WorkTitle): whether a content is a title that somebody sang, played or published: every word but the
/// small ones is written large.
pub(super) fn is_title_of_work(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    let Some(cue) = draft.cue.map(|cue| cue.run.span) else { return false };
    let of_work = reading.word_spans(cue).any(|word| names_work(&reading.slice(word).to_lowercase()));
    let is_marked = reading.marks.around(draft.span()).is_some_and(|pair| pair.outer == draft.span());
    of_work
        && is_marked
        && reading.word_spans(draft.span()).all(|word| labels::is_capital(reading.slice(word)) || reading.slice(word).len() <= 3)
}

/// [`Rule::Notice`](super::Rule::Notice): whether the cue of a content is a notice at the head of its paragraph: `Note: “…”`.
pub(super) fn is_under_notice(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    let Some(run) = draft.cue.map(|cue| cue.run) else { return false };
    let cue = run.span;
    let bounds = labels::without_bullet(reading, reading.paragraph(draft.paragraph()));
    let mut words = reading.word_spans(cue);
    let opens = words.next().is_some_and(|word| word.start() == bounds.start() && labels::is_notice(reading.slice(word)));
    let rest = reading.slice(Span::new(cue.end(), reading.paragraph(run.paragraph).end()));
    let is_label = rest.starts_with([':', '：']) || reading.slice(cue).ends_with([':', '：']);
    opens && is_label && words.next().is_none()
}
