//! Which words that stand apart, before a colon or behind a dash, name a speaker.
//!
//! ```text
//! Ana Lind, Minister of Ports: “…”      THE PRESIDENT: …      “…” — Ana Lind, Minister of Ports
//! Note: …      The sign at the quay read: “…”      Best film: “Long Water”       (nobody's name)
//! ```

use super::labelled_reading::LabelledReading;
use crate::lexicon::{closes_label_of_thing, is_small_in_name, may_sign_alone, opens_no_label, opens_notice, reports};
use crate::{AttributionLabel, EntityLabel, Span, Upos};

/// Longer words before a colon or behind a dash are a sentence, in words.
const LONGEST: usize = 25;

/// Words in front of a colon, and the byte behind the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading {
    /// Without a bullet, white space and remarks in brackets.
    pub(super) label: Span,
    pub(super) after: usize,
}

/// What stands before the first colon of `bounds`: one with white space, a mark or nothing behind it.
pub(super) fn before_colon(reading: &LabelledReading<'_>, bounds: Span, longest: usize) -> Option<Heading> {
    let text = reading.slice(bounds);
    let ends = |rest: &str| rest.chars().next().is_none_or(|ch| ch.is_whitespace() || "“„\"‘'«「『".contains(ch));
    let colons = text.char_indices().take(longest * 12).filter(|&(_, ch)| matches!(ch, ':' | '：'));
    let mut cuts = colons.filter_map(|(at, ch)| Some((at, at + ch.len_utf8(), text.get(at + ch.len_utf8()..)?)));
    let (colon, after, _) = cuts.find(|&(_, _, rest)| ends(rest))?;
    let label = without_remark(reading, without_bullet(reading, Span::new(bounds.start(), bounds.start() + colon)));
    let words = reading.words(label);
    (1..=longest).contains(&words).then_some(Heading { label, after: bounds.start() + after })
}

/// `span` without a bullet at its head.
pub(super) fn without_bullet(reading: &LabelledReading<'_>, span: Span) -> Span {
    let is_bullet = |ch: char| ch.is_whitespace() || matches!(ch, '-' | '*' | '+' | '•' | '·' | '◦' | '▪' | '■' | '●' | '–');
    reading.trim_matches(span, is_bullet, char::is_whitespace)
}

/// `THE PRESIDENT (through an interpreter)`, `Ana Lind [00:12]`: without what stands in brackets at the end.
fn without_remark(reading: &LabelledReading<'_>, span: Span) -> Span {
    let text = reading.slice(span);
    let cut = text.strip_suffix([')', ']']).and_then(|text| text.rfind(['(', '[']));
    reading.trim(cut.map_or(span, |at| Span::new(span.start(), span.start() + at)))
}

/// Whether `span` names a speaker and does nothing else.
pub(super) fn names_speaker(reading: &LabelledReading<'_>, span: Span) -> bool {
    let words: Vec<&str> = reading.word_spans(span).map(|word| reading.slice(word)).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let is_one = words.len() <= LONGEST && first.starts_with(|ch: char| ch.is_uppercase() || !ch.is_lowercase() && ch.is_alphabetic());
    if !is_one || is_notice(first) || says(reading, span) || !reading.marks.starting_in(span).is_empty() {
        return false;
    }
    let is_named = holds_name(reading, span, &[EntityLabel::Person, EntityLabel::Organization]);
    let is_thing = closes_label_of_thing(&last.to_lowercase());
    is_named || (!is_thing && words.len() >= 2 && words.iter().all(|word| is_capital(word)))
}

/// Whether a word is an office by which a speaker may be named.
pub(super) fn is_office(word: &str) -> bool {
    may_sign_alone(&word.to_lowercase())
}

/// Whether a word opens a notice (*Note*, *Update*), or a sentence.
pub(super) fn is_notice(word: &str) -> bool {
    let lower = word.to_lowercase();
    opens_notice(&lower) || opens_no_label(&lower)
}

/// Whether a word is written as in a name: large, a number, or small inside names.
pub(super) fn is_capital(word: &str) -> bool {
    word.starts_with(|ch: char| !ch.is_lowercase()) || is_small_in_name(word)
}

/// Whether the model finds a name with one of these labels in `span`.
pub(super) fn holds_name(reading: &LabelledReading<'_>, span: Span, wanted: &[EntityLabel]) -> bool {
    name_in(reading, span, wanted).is_some()
}

/// The last name with one of these labels that stands in `span`.
pub(super) fn name_in(reading: &LabelledReading<'_>, span: Span, wanted: &[EntityLabel]) -> Option<Span> {
    let tokens = reading.seg.tokens_in(span);
    let entities = &reading.encoding.entities;
    let from = entities.partition_point(|entity| entity.tokens.start < tokens.start);
    let inside = entities.iter().skip(from).take_while(|entity| entity.tokens.start < tokens.end);
    let named = inside.filter(|entity| wanted.contains(&entity.label) && entity.tokens.end <= tokens.end);
    named.last().and_then(|entity| reading.seg.span_of(entity.tokens.clone()))
}

/// Whether a verb or a cue stands in `span`: *The mayor went on*.
pub(super) fn says(reading: &LabelledReading<'_>, span: Span) -> bool {
    let is_cue = |run: &super::labelled_reading::Run| run.label == AttributionLabel::Cue && reading.words(run.span) > 0;
    let tokens = reading.seg.tokens_in(span);
    let is_verb = |token: usize| {
        let word = reading.token_text(token);
        let is_small = word.starts_with(char::is_lowercase);
        is_small && (matches!(reading.encoding.upos(token), Upos::Verb | Upos::Aux) || reports(word))
    };
    reading.runs_in(span).iter().any(is_cue) || tokens.into_iter().any(is_verb)
}
