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
    BodyNoun, body_noun, ends_company, heads_body_in_headline, is_asset, is_business, is_land, is_leading_legal_form, is_legal_form,
    is_plural_of_kind, is_trade, opens_place,
};
pub(crate) use calendar::{follows_time, is_in_date_line, is_weekday, month};
pub use date::{Date, DateOrder};
pub(crate) use general::{is_breaking, is_general, is_pointing};
pub(crate) use grammar::{
    binds_nouns, claims, is_clipped, is_named_by_letter, is_passed_over, is_past_form, is_preposition, keeps_apostrophe, leads_compounds,
    starts_sentences,
};
pub(crate) use layout::{
    is_agency, is_button, is_caption_label, is_contact_label, is_domain_ending, is_furniture, is_menu_word, is_picture, is_placing_heading,
    is_pointer_label, is_slug, is_teaser_label, may_stand_in_byline, may_stand_in_dateline, names_outlet, start_of_byline, starts_credit,
    starts_furniture, starts_invitation, starts_note_of_edit, tells_of_republishing,
};
pub(crate) use names::{are_nicknames, country_of, gender_of_given_name, is_leading_surname, is_particle};
pub(crate) use people::{
    Gender, covers, gender_of_word, is_honorific, is_office, is_person_noun, is_role_modifier, is_role_noun, is_title, is_writer,
    role_noun, singular, stands_after_title,
};
pub use speech::CueClass;
pub(crate) use speech::{cue_class, reports_after_mark};
