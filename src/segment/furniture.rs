//! Knows lines that are no part of the article: dates, addresses, tags, rules.

use super::chars::is_space;
use super::lines::is_short;
use super::web;
use crate::lexicon;

/// How lines about the article start that are not part of it.
#[rustfmt::skip]
const FURNITURE_LABELS: &[&str] = &[
    "tags:", "tag:", "topics:", "filed under:", "keywords:", "url:", "link:", "published:", "updated:", "last updated", "posted:",
    "share this",
];

pub(super) fn is_furniture(line: &str) -> bool {
    if web::is_url(line) || !line.chars().any(char::is_alphanumeric) {
        return true;
    }
    if !is_short(line, 14) {
        return false;
    }
    let lower = line.to_lowercase();
    FURNITURE_LABELS.iter().any(|label| lower.starts_with(label))
        || matches!(
            lower.trim_matches(['-', ' ', '[', ']', '.', '(', ')']),
            "advertisement" | "ends" | "end" | "30" | "share" | "related" | "abstract" | "full text" | "sponsored"
        )
        || is_date(&lower)
}

/// Words that a date line may hold beside the date.
#[rustfmt::skip]
const DATE_WORDS: &[&str] = &[
    "a", "at", "edt", "est", "et", "gmt", "ist", "of", "on", "p", "posted", "published", "the", "updated", "utc",
];

/// Whether `lower` is a date, perhaps with weekday and time, and nothing else.
fn is_date(lower: &str) -> bool {
    let mut numbers = 0;
    let mut names = 0;
    for word in lower
        .split(|ch: char| is_space(ch) || matches!(ch, ',' | '/' | '-' | '.' | ':' | '|' | '–' | '(' | ')'))
        .filter(|word| !word.is_empty())
    {
        let letters = word.trim_start_matches(|ch: char| ch.is_ascii_digit());
        if letters.len() < word.len() && matches!(letters, "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "z") {
            numbers += 1;
        } else if lexicon::month(word).is_some() || lexicon::is_weekday(word) || matches!(word, "am" | "pm" | "m") {
            names += 1;
        } else if !DATE_WORDS.contains(&word) {
            return false;
        }
    }
    numbers > 0 && (names > 0 || numbers >= 3)
}
