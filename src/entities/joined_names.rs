//! Names that the model ran together: a body or place and the person whose role it belongs to.
//!
//! ```text
//! Head of Policy at the [Vik Institute] [Bo Dahl] said …      Ambassador to [Vik] [Ana Lind] said …
//! Self-described “river rat” [Bo Dahl] said …
//! ```

use crate::{EntityLabel, LabelledSpan, Reading, Upos, lexicon};

/// The longest surname, in tokens.
const LONGEST_SURNAME: usize = 3;

/// The parts of an entity, where it is a body or place and the person behind it; else the entity.
pub(super) fn split(reading: &Reading<'_>, found: LabelledSpan<EntityLabel>) -> Vec<LabelledSpan<EntityLabel>> {
    if let Some(start) = behind_epithet(reading, &found) {
        return vec![LabelledSpan { tokens: start..found.tokens.end, ..found }];
    }
    let Some(given) = given_name(reading, &found) else { return vec![found] };
    let label = if found.label == EntityLabel::Organization { EntityLabel::Organization } else { EntityLabel::Location };
    let body = LabelledSpan { label, tokens: found.tokens.start..given, ..found.clone() };
    vec![body, LabelledSpan { label: EntityLabel::Person, tokens: given..found.tokens.end, ..found }]
}

/// Where a person's name begins inside a longer one, right before a verb or comma.
fn given_name(reading: &Reading<'_>, found: &LabelledSpan<EntityLabel>) -> Option<usize> {
    let word = |at: usize| reading.token_text(at);
    let is_capital = |at: usize| word(at).starts_with(char::is_uppercase);
    let (start, end) = (found.tokens.start, found.tokens.end);
    let is_subject = word(end) == "," || matches!(reading.encoding.upos(end), Upos::Verb | Upos::Aux);
    let given = (start + 1..end.saturating_sub(1)).rev().find(|&at| {
        let is_name = is_capital(at) && lexicon::is_given_name(&word(at).to_lowercase());
        is_name && (at + 1..end).all(is_capital) && end - at <= LONGEST_SURNAME
    })?;
    let before = word(given - 1).to_lowercase();
    let is_body = lexicon::body_noun(&before).is_some() || matches!(before.as_str(), "inc." | "ltd." | "corp." | "co." | "plc");
    let is_of = (start..given).any(|at| word(at) == "of");
    // *Ambassador to Vik Ana Lind*: what a person is sent to is no part of the name.
    let governed = || {
        let preposition = start.checked_sub(1).filter(|&at| matches!(word(at), "to" | "of" | "for" | "at"));
        let role = preposition.and_then(|at| at.checked_sub(1)).filter(|&at| lexicon::is_role_noun(&word(at).to_lowercase()));
        role.is_some() && end - given >= 2 && given == start + 1
    };
    let holds = match found.label {
        EntityLabel::Organization => is_body || is_of,
        EntityLabel::Person | EntityLabel::Location => is_body || governed(),
        _ => false,
    };
    (is_subject && holds).then_some(given)
}

/// Whether words in marks behind a word are what somebody is called, no part of a name: *self-described*, *so-called*.
pub(super) fn is_epithet(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with("-described") || word.ends_with("-styled") || word == "so-called"
}

/// Where a person's name begins behind *self-described* or *so-called* and words in marks.
fn behind_epithet(reading: &Reading<'_>, found: &LabelledSpan<EntityLabel>) -> Option<usize> {
    let is_epithet = found.label == EntityLabel::Person && is_epithet(reading.token_text(found.tokens.start));
    let mut inside = found.tokens.clone().rev();
    let mark = inside.find(|&at| matches!(reading.token_text(at), "”" | "’" | "\"" | "'")).filter(|_| is_epithet)?;
    (mark + 1 < found.tokens.end).then_some(mark + 1)
}
