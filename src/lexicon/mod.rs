//! The vocabulary of sayso: which words are what. Words are the rows of `data/*.tsv`, what they are is said in columns; stages ask in the field's words.
//!
//! To add a word, write its row, in order, with the columns that it fills: `avow⇥class=speech`. To add a column, declare it at the head of its table and
//! ask for it in the file of that name. Some columns are kept short on purpose, because a rule that stands on one word must be right: two columns that look
//! alike are two questions.
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
    BodyNoun, body_noun, ends_company, is_law, is_leading_legal_form, is_legal_form, is_plan, is_utterance, makes_body, names_employer,
    says_nothing_of_body,
};
pub(crate) use calendar::{follows_time, is_in_date_line, is_weekday, month};
pub use date::{Date, DateOrder};
pub(crate) use general::{is_breaking, is_general, is_pointing};
pub(crate) use grammar::{
    foretells, is_auxiliary, is_being, is_clipped, is_cue_filler, is_definite, is_indefinite, is_of_conversation, is_passed_over,
    is_preposition, is_small_in_name, is_source_pronoun, keeps_apostrophe, may_stand_before_role, opens_clause, opens_no_label,
    opens_setting, starts_sentences,
};
pub(crate) use layout::{
    closes_label_of_thing, is_agency, is_domain_ending, is_furniture, is_picture, is_placing_heading, may_stand_in_byline,
    may_stand_in_dateline, opens_notice, starts_credit, starts_furniture, tells_of_republishing,
};
pub(crate) use names::{are_nicknames, country_of, gender_of_given_name, is_inner_particle, is_leading_surname, is_particle, is_suffix};
pub(crate) use people::{
    Gender, covers, gender_of_word, has_portfolio, heads_body, is_address, is_honorific, is_inner_title, is_office, is_part_in_talk,
    is_person_noun, is_public, is_role_modifier, is_role_noun, is_title, is_writer, makes_another_role, may_sign_alone, role_noun,
    says_nothing_of_role, singular, stands_after_title, stays_with_name,
};
pub use speech::CueClass;
pub(crate) use speech::{announces_title, cue_class, has_topic, leads_to_colon, names_work, reports, reports_after_mark, tells_stance};
