//! Words that make no keyphrase: calendar and measure words break a phrase, general nouns carry none alone.

use std::sync::LazyLock;

use super::calendar::is_calendar_name;
use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/general.tsv")));

questions! { TABLE:
    /// Whether a word is a measure, a counting word or a form of address, which ends a phrase.
    is_measure = "breaks";
    /// Whether an adjective only points or counts.
    is_pointing = "points";
    /// Whether a singular noun is too general.
    is_general_noun = "general";
    /// Whether a word, in small letters, is one of talk and of stage directions.
    is_spoken = "spoken";
}

/// Whether a word ends a phrase wherever it stands.
pub(crate) fn is_breaking(word: &str) -> bool {
    is_measure(word) || is_calendar_name(word)
}

/// Whether a noun, or its singular in *-s*, is too general to be a keyphrase.
pub(crate) fn is_general(word: &str) -> bool {
    let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    is_general_noun(word) || word.strip_suffix('s').is_some_and(is_general_noun) || singular.is_some_and(|noun| is_general_noun(&noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_general_nouns_are_general() {
        for word in ["people", "ways", "abilities", "cases"] {
            assert!(is_general(word), "{word}");
        }
        assert!(!is_general("tariffs"));
    }

    #[test]
    fn months_break_phrases_but_may_does_not() {
        assert!(is_breaking("april") && is_breaking("monday") && is_breaking("percent") && !is_breaking("may") && !is_breaking("quay"));
    }
}
