//! Function words, and what a rule of spelling or reading asks of them.

use std::sync::LazyLock;

use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/grammar.tsv")));

questions! { TABLE:
    /// Whether a word mostly stands at the start of a sentence when it has a capital.
    mostly_starts_sentences = "starts";
    /// Whether a plural noun starts a sentence when it has a capital and a verb stands behind it.
    is_plural_that_starts = "several";
    /// Whether a thing is named by a letter: *Schedule B.*
    is_named_by_letter = "lettered";
    /// Whether a first part of compounds keeps its hyphen at a line's end (*self-made*).
    leads_compounds = "compound";
    /// Whether a past form is easily taken for a noun (*spending rose*).
    is_past_form = "past";
    /// Whether a preposition binds two nouns to a fixed phrase (*cost of living*).
    binds_nouns = "binds";
    /// Whether *to* and a verb make a fixed phrase of a noun (*right to repair*).
    claims = "claims";
    /// Whether a word begins with an apostrophe (*’twas*), given without it.
    is_clipped = "clipped";
    /// Whether such a word is one token with its apostrophe.
    keeps_apostrophe = "one_token";
    /// Whether initials may pass over a word: *Department of Health* is `DH` or `DoH`.
    is_passed_over = "initial";
    /// Whether a word of a cue says nothing of its class while another word does.
    is_cue_filler = "cue_filler";
    /// Whether a headline foretells or demands by a verb.
    foretells = "foretells";
    /// Whether a headline says by a verb what somebody is or does.
    is_being = "being";
    /// Whether a word opens the setting of what somebody says.
    opens_setting = "setting";
    /// Whether a pronoun can be a source.
    is_source_pronoun = "source";
    /// Whether no label of a speaker opens with a word.
    opens_no_label = "opens_no_label";
    /// Whether a word is a small one inside names and titles.
    is_small_in_name = "in_name";
    /// Whether a word opens a clause that is an object.
    opens_clause = "opens_clause";
    /// Whether a word is of the first or second person.
    is_of_conversation = "first_person";
    /// Whether a word leads on from a noun phrase.
    is_preposition = "preposition";
    /// Whether a word is an auxiliary or one of the commonest verbs of saying.
    is_auxiliary = "finite";
    /// Whether a determiner means what was spoken of before.
    is_definite = "definite";
    /// Whether a determiner means something new.
    is_indefinite = "indefinite";
    /// Whether an adverb may stand between subject, verb and role.
    may_stand_before_role = "between_verbs";
    /// Whether a form of *be* makes a passive.
    is_passive_auxiliary = "passive";
    /// Whether a verb stands between a subject and what it is, was or became.
    is_copula = "copula";
    /// Whether a word is a possessive pronoun.
    is_possessive_pronoun = "possessive";
    /// Whether a word is a personal pronoun of any case, or *who*.
    is_personal_pronoun = "personal";
    /// Whether a word is a reflexive pronoun of the third person.
    is_reflexive = "reflexive";
    /// Whether a word means somebody, or people, without a noun.
    means_some_person = "some_person";
    /// Whether a word parts two clauses of a sentence.
    parts_clauses = "parts_clauses";
    /// Whether a word opens a clause with its own subject, though it may be a preposition elsewhere.
    subordinates = "subordinates";
    /// Whether a word is an adverb, or a part of one, between a subject and its verb.
    may_follow_subject = "after_subject";
    /// Whether a word parts a title from what was said before it.
    sets_off_title = "sets_off";
}

/// Whether a word, as it is written, mostly stands at the start of a sentence, so that a full stop before it ends one.
pub(crate) fn starts_sentences(word: &str) -> bool {
    let mut letters = word.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase);
    is_capitalised && mostly_starts_sentences(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_capitalised_words_start_sentences() {
        assert!(starts_sentences("The") && starts_sentences("I"));
        assert!(!starts_sentences("the") && !starts_sentences("IT") && !starts_sentences("Harbour") && !starts_sentences(""));
    }
}
