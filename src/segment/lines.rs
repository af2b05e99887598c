//! Measures of a line that tell a title, heading or label from running text.

use super::chars::is_space;

/// The words of a line: its pieces that hold a letter or digit.
pub(super) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(is_space).filter(|word| word.chars().any(char::is_alphanumeric))
}

/// Whether a word starts with a capital or a digit.
pub(super) fn starts_upper(word: &str) -> bool {
    word.chars().find(|ch| ch.is_alphanumeric()).is_some_and(|ch| ch.is_uppercase() || ch.is_numeric())
}

/// Whether at most `limit` words, and not endless ones, stand in `line`.
pub(super) fn is_short(line: &str, limit: usize) -> bool {
    line.len() <= limit * 24 && words(line).take(limit + 1).count() <= limit
}

/// Whether a line ends as a sentence or clause does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']).ends_with(['.', '?', '!', '…', ';', ':', ',', '。', '！', '？'])
}
