//! The questions of this stage to the vocabulary.

pub(super) use crate::lexicon::{
    BodyNoun, are_nicknames, body_noun, covers, gender_of_given_name, gender_of_word, has_portfolio, heads_body, is_auxiliary, is_definite,
    is_honorific, is_indefinite, is_inner_particle, is_inner_title, is_law, is_leading_surname, is_office, is_passed_over, is_person_noun,
    is_plan, is_preposition, is_public, is_role_modifier, is_role_noun, is_suffix, is_utterance, makes_another_role, makes_body,
    may_stand_before_role, names_employer, role_noun, says_nothing_of_body, says_nothing_of_role, singular, stays_with_name,
};

use super::names::fold;

/// Whether a name follows a lower-case word that stands after a person's noun (*a farmer named Ana*).
pub(super) fn introduces_name(word: &str) -> bool {
    matches!(word, "named" | "surnamed" | "nicknamed")
}

/// The country of a demonym as it is written (*German* → *Germany*).
pub(super) fn country_of(demonym: &str) -> Option<&'static str> {
    crate::lexicon::country_of(&fold(demonym))
}
