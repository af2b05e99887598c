//! Knows lines that are no part of the article: dates, addresses, tags, rules.

use super::chars::is_space;
use super::lines::is_short;
use super::web;
use crate::lexicon;

pub(super) fn is_furniture(line: &str) -> bool {
    if web::is_url(line) || !line.chars().any(char::is_alphanumeric) {
        return true;
    }
    if !is_short(line, 14) {
        return false;
    }
    let lower = line.to_lowercase();
    lexicon::starts_furniture(&lower) || lexicon::is_furniture(lower.trim_matches(['-', ' ', '[', ']', '.', '(', ')'])) || is_date(&lower)
}

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
        } else if !lexicon::is_in_date_line(word) {
            return false;
        }
    }
    numbers > 0 && (names > 0 || numbers >= 3)
}
