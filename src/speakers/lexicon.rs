//! The questions of this stage to the vocabulary.

pub(super) use crate::lexicon::{
    BodyNoun, TitledDocument, are_nicknames, body_noun, covers, gender_of_given_name, gender_of_word, has_portfolio, heads_body,
    introduces_name, introduces_title, is_appointed, is_association, is_auxiliary, is_copula, is_day_word, is_definite, is_honorific,
    is_in_public_life, is_indefinite, is_inner_particle, is_inner_title, is_known_by_surname, is_law, is_leading_surname, is_legal_form,
    is_office, is_one_of_people, is_only_address, is_passed_over, is_person_noun, is_personal_pronoun, is_place_noun, is_plan,
    is_possessive_pronoun, is_preposition, is_public, is_public_body, is_reflexive, is_role_modifier, is_role_noun, is_suffix, is_trade,
    is_utterance, is_verb_of_text, is_weekday, leads_to_role, long_title, makes_another_role, makes_body, may_follow_subject,
    may_stand_before_role, means_many, means_some_person, names_employer, names_party, oversees, parts_clauses, role_noun, role_of_doer,
    says_nothing_of_body, says_nothing_of_role, sets_off_title, singular, sits_for_party, stays_with_name, subordinates, titled_document,
};

use super::names::fold;

/// The country of a demonym as it is written (*German* → *Germany*).
pub(super) fn country_of(demonym: &str) -> Option<&'static str> {
    crate::lexicon::country_of(&fold(demonym))
}
