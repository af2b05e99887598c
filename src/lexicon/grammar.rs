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
    #[expect(dead_code, reason = "quotes/cues.rs has its own list still: AUXILIARIES")]
    is_cue_filler = "cue_filler";
    /// Whether a headline foretells or demands by a verb.
    #[expect(dead_code, reason = "quotes/headlines.rs has its own list still: MODALS")]
    foretells = "foretells";
    /// Whether a headline says by a verb what somebody is or does.
    #[expect(dead_code, reason = "quotes/headlines.rs has its own list still: BEING")]
    is_being = "being";
    /// Whether a word opens the setting of what somebody says.
    #[expect(dead_code, reason = "quotes/interruptions.rs has its own list still: SETTINGS")]
    opens_setting = "setting";
    /// Whether a pronoun can be a source.
    #[expect(dead_code, reason = "quotes/introductions.rs has its own list still: PRONOUNS")]
    is_source_pronoun = "source";
    /// Whether no label of a speaker opens with a word.
    #[expect(dead_code, reason = "quotes/labels.rs has its own list still: OPENERS")]
    opens_no_label = "opens_no_label";
    /// Whether a word is a small one inside names and titles.
    #[expect(dead_code, reason = "quotes/labels.rs has its own list still: SMALL")]
    is_small_in_name = "in_name";
    /// Whether a word opens a clause that is an object.
    #[expect(dead_code, reason = "quotes/standing.rs has its own list still: OPENERS")]
    opens_clause = "opens_clause";
    /// Whether a word is of the first or second person.
    #[expect(dead_code, reason = "quotes/turns.rs has its own list still: FIRST")]
    is_of_conversation = "first_person";
    /// Whether a word leads on from a noun phrase.
    is_preposition = "preposition";
    /// Whether a word is an auxiliary or one of the commonest verbs of saying.
    #[expect(dead_code, reason = "speakers/phrases.rs has its own list still: AUXILIARIES")]
    is_auxiliary = "finite";
    /// Whether a determiner means what was spoken of before.
    #[expect(dead_code, reason = "speakers/phrases.rs has its own list still: DEFINITE")]
    is_definite = "definite";
    /// Whether a determiner means something new.
    #[expect(dead_code, reason = "speakers/phrases.rs has its own list still: INDEFINITE")]
    is_indefinite = "indefinite";
    /// Whether an adverb may stand between subject, verb and role.
    #[expect(dead_code, reason = "speakers/role_patterns.rs has its own list still: ADVERBS")]
    may_stand_before_role = "between_verbs";
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
