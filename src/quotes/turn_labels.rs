//! The label at the head of a transcript's paragraph: `Q`, `A:`, `THE PRESIDENT:`, `MS. SMITH (through an interpreter):`, `Interviewer:`.
//!
//! `Ana Lind, Minister of Ports: “A promise kept.”` is no turn: its words stand in marks, and `speaker_labels` reads it.

use super::labelled_reading::LabelledReading;
use super::labels;
use crate::lexicon::{self, is_part_in_talk};
use crate::{EntityLabel, Span};

/// The longest label before a colon, in words.
const LONGEST: usize = 10;
/// The longest label in small letters, in words.
const LONGEST_SMALL: usize = 5;

/// A label with what tells a transcript by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TurnLabel {
    /// The label without colon and brackets.
    pub(super) source: Span,
    /// Where the words of the turn begin.
    pub(super) after: usize,
    /// Whether it can be nothing but a speaker's.
    pub(super) is_sure: bool,
    /// Whether it stands for a question.
    pub(super) asks: bool,
    /// Whether it is a label only where another one asks: `A.` also numbers a list.
    pub(super) needs_question: bool,
}

/// The label of the paragraph `bounds`, if it has one.
pub(super) fn read(reading: &LabelledReading<'_>, bounds: Span) -> Option<TurnLabel> {
    asker(reading, bounds)
        .or_else(|| letter(reading, bounds))
        .or_else(|| name(reading, bounds))
        .filter(|label| !is_quoted(reading, Span::new(label.after, bounds.end())))
}

/// `Q (Ana Lind, Vik Courier): Will it run?`: the one named asks.
fn asker(reading: &LabelledReading<'_>, bounds: Span) -> Option<TurnLabel> {
    let text = reading.slice(bounds);
    let inside = text.strip_prefix('Q')?.trim_start().strip_prefix('(')?;
    let close = inside.find(')')?;
    let behind = inside.get(close + 1..)?.strip_prefix([':', '：'])?;
    let start = bounds.end() - inside.len();
    let named = inside.get(..close)?.split(',').next()?.trim_end();
    let is_name = (1..=LONGEST_SMALL).contains(&named.split_whitespace().count()) && named.split_whitespace().all(labels::is_capital);
    let source = reading.trim(Span::new(start, start + named.len()));
    is_name.then(|| TurnLabel { source, after: bounds.end() - behind.len(), is_sure: true, asks: true, needs_question: false })
}

/// `Q:`, `Q.`, `Q —`, `Q` with wide space, and the same with `A`; a number may follow the letter.
fn letter(reading: &LabelledReading<'_>, bounds: Span) -> Option<TurnLabel> {
    let text = reading.slice(bounds);
    let rest = text.strip_prefix(['Q', 'A'])?;
    let asks = text.starts_with('Q');
    let rest = rest.trim_start_matches(|ch: char| ch.is_ascii_digit());
    let source = Span::new(bounds.start(), bounds.end() - rest.len());
    let blank: &str = rest.trim_start();
    let space = rest.get(..rest.len() - blank.len()).unwrap_or_default();
    let is_wide = space.chars().count() > 1 || space.contains(['\u{A0}', '\t', '\n']);
    let is_asked = asks && space == " " && blank.starts_with(|ch: char| ch.is_uppercase() || "“\"(…—".contains(ch));
    let mark = blank.strip_prefix([':', '：', '—', '–']).or_else(|| rest.strip_prefix(['.', ')']));
    let after = match mark {
        Some(behind) if behind.is_empty() || behind.starts_with(char::is_whitespace) => bounds.end() - behind.len(),
        _ if is_wide || is_asked => bounds.end() - blank.len(),
        _ => return None,
    };
    Some(TurnLabel { source, after, is_sure: true, asks, needs_question: !asks })
}

/// `THE PRESIDENT:`, `Ana Lind:`, `Interviewer:`, `SENIOR OFFICIAL:`.
fn name(reading: &LabelledReading<'_>, bounds: Span) -> Option<TurnLabel> {
    let heading = labels::before_colon(reading, bounds, LONGEST)?;
    let text = reading.slice(heading.label);
    let words: Vec<&str> = reading.word_spans(heading.label).map(|word| reading.slice(word)).collect();
    let first = words.first()?;
    let is_large = !text.contains(char::is_lowercase) && text.chars().filter(|ch| ch.is_alphabetic()).count() > 1;
    let is_short = is_large || words.len() <= LONGEST_SMALL;
    let is_name = first.starts_with(char::is_alphabetic) && words.iter().all(|word| labels::is_capital(word));
    let is_plain = !text.contains(['.', '?', '!', ';', '“', '”', '"']) || is_address(first) || is_large;
    if !is_short || !is_name || !is_plain || labels::is_notice(first) {
        return None;
    }
    let plays = |word: &&str| is_part_in_talk(&word.to_lowercase()) || labels::is_office(word);
    let is_person =
        labels::holds_name(reading, heading.label, &[EntityLabel::Person]) || words.len() == 1 && labels::is_surname(reading, first);
    let is_sure = is_person || is_address(first) || words.iter().any(plays);
    let asks = words.len() == 1 && lexicon::asks(&first.to_lowercase());
    Some(TurnLabel { source: heading.label, after: heading.after, is_sure, asks, needs_question: false })
}

fn is_address(word: &str) -> bool {
    lexicon::is_address(&word.trim_end_matches('.').to_lowercase())
}

/// Whether all of `span` stands in one pair of marks.
fn is_quoted(reading: &LabelledReading<'_>, span: Span) -> bool {
    let words = reading.trim(span);
    let around = reading.marks.around(words).filter(|pair| pair.outer == words || !pair.is_closed);
    !words.is_empty() && around.is_some_and(|pair| pair.outer.start() == words.start())
}
