//! The questions of this stage to the vocabulary.

pub(super) use crate::lexicon::{
    BodyNoun, are_nicknames, body_noun, covers, gender_of_given_name, gender_of_word, is_honorific, is_leading_surname, is_office,
    is_person_noun, is_role_modifier, is_role_noun, role_noun, singular,
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
