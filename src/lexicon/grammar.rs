//! Function words, and what a rule of spelling or reading asks of them.

use std::sync::LazyLock;

use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/grammar.tsv")));

questions! { TABLE:
    /// Whether a word mostly stands at the start of a sentence when it has a capital.
    mostly_starts_sentences = "starts";
    /// Whether a word begins with an apostrophe (*’twas*), given without it.
    is_clipped = "clipped";
    /// Whether such a word is one token with its apostrophe.
    keeps_apostrophe = "one_token";
    /// Whether initials may pass over a word: *Department of Health* is *DH* or *DoH*.
    is_passed_over = "initial";
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
