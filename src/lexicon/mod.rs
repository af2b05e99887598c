//! The vocabulary of sayso: which words are what. Words are the rows of `data/*.tsv`, what they are is said in columns; stages ask in the field's words.
//!
//! To add a word, write its row, in order, with the columns that it fills: `avow⇥class=speech`. To add a column, declare it at the head of its table and
//! ask for it in the file of that name. Some columns are kept short on purpose, because a rule that stands on one word must be right: two columns that look
//! alike are two questions.
//!
//! The handful of function words that one rule names to say what it reads (*of* or *for* behind a role) is the rule, and stands there; marks, field names of
//! file formats, and the words by which an evaluation compares answers with a gold standard are no vocabulary either.
//!
//! Depends on nothing but `document`. Questions take words in lower case unless they say otherwise.

mod abbreviations;
mod bodies;
mod calendar;
mod date;
mod general;
mod grammar;
mod layout;
mod names;
mod people;
mod speech;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use abbreviations::{Abbreviation, abbreviation};
pub(crate) use bodies::{
    BodyNoun, TitledDocument, body_noun, ends_company, heads_body_in_headline, is_asset, is_association, is_business, is_land, is_law,
    is_leading_legal_form, is_legal_form, is_place_noun, is_plan, is_plural_of_kind, is_public_body, is_trade, is_utterance, makes_body,
    names_employer, opens_place, oversees, says_nothing_of_body, titled_document,
};
pub(crate) use calendar::{follows_time, is_day_word, is_in_date_line, is_weekday, month};
pub use date::{Date, DateOrder};
pub(crate) use general::{is_breaking, is_general, is_pointing, is_spoken};
pub(crate) use grammar::{
    binds_nouns, claims, foretells, is_auxiliary, is_being, is_clipped, is_copula, is_cue_filler, is_definite, is_indefinite,
    is_named_by_letter, is_of_conversation, is_passed_over, is_passive_auxiliary, is_past_form, is_personal_pronoun, is_possessive_pronoun,
    is_preposition, is_reflexive, is_small_in_name, is_source_pronoun, keeps_apostrophe, leads_compounds, may_follow_subject,
    may_stand_before_role, means_some_person, opens_clause, opens_no_label, opens_setting, parts_clauses, sets_off_title, starts_sentences,
    subordinates,
};
pub(crate) use layout::{
    after_owner, after_pointer, byline_opener, closes_label_of_thing, is_agency, is_button, is_caption_label, is_contact_label,
    is_domain_ending, is_furniture, is_menu_word, is_picture, is_placing_heading, is_pointer_label, is_slug, is_teaser_label,
    may_stand_in_byline, may_stand_in_dateline, names_outlet, opens_notice, reserves_rights, starts_closing, starts_credit,
    starts_furniture, starts_invitation, starts_note_of_edit, tells_of_publishing, tells_of_republishing,
};
pub(crate) use names::{
    are_nicknames, country_of, gender_of_given_name, is_given_name, is_inner_particle, is_leading_surname, is_one_of_people, is_particle,
    is_suffix,
};
pub(crate) use people::{
    Gender, asks, covers, gender_of_word, has_portfolio, heads_body, is_address, is_appointed, is_honorific, is_in_public_life,
    is_inner_title, is_known_by_surname, is_office, is_only_address, is_part_in_talk, is_person_noun, is_public, is_role_modifier,
    is_role_noun, is_title, is_writer, leads_to_role, long_title, makes_another_role, may_sign_alone, means_many, names_party, role_noun,
    role_of_doer, says_nothing_of_role, singular, sits_for_party, stands_after_title, stays_with_name,
};
pub use speech::CueClass;
pub(crate) use speech::{
    announces_title, cue_class, has_topic, introduces_name, introduces_title, is_verb_of_text, leads_to_colon, names_work, reports,
    reports_after_mark, stands_as, tells_stance,
};
