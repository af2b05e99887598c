//! Knows lines that are no part of the article: dates, addresses, tags, rules, menus and buttons, invitations, a wire’s notes.

use super::chars::is_space;
use super::lines::{is_short, words};
use super::web;
use crate::lexicon;

/// The longest line that invites the reader to something, in words.
const LONGEST_INVITATION: usize = 30;

/// The longest note of a wire on what is new in its report, in words.
const LONGEST_NOTE: usize = 40;

pub(super) fn is_furniture(line: &str) -> bool {
    if web::is_url(line) || !line.chars().any(char::is_alphanumeric) {
        return true;
    }
    if is_short(line, LONGEST_NOTE) && is_note_of_edit(line) {
        return true;
    }
    if !is_short(line, LONGEST_INVITATION) {
        return false;
    }
    if is_table_row(line) {
        return true;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(['-', ' ', '[', ']', '.', '(', ')', ':', '*', '–', '—']);
    if lexicon::starts_invitation(bare) && !line.contains(['“', '”', '"']) {
        return true;
    }
    is_short(line, 14)
        && (lexicon::starts_furniture(&lower)
            || lexicon::is_furniture(bare)
            || is_date(&lower)
            || is_age(line)
            || is_menu(&lower)
            || is_buttons(&lower))
}

/// A row of a table: cells behind tabs, none of them a sentence.
fn is_table_row(line: &str) -> bool {
    let cells = || line.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
    cells().count() > 1 && cells().all(|cell| !cell.ends_with(['.', '?', '!', ',', ':', ';', '…']))
}

/// `(Adds analyst comment, background)` under the headline of a wire.
fn is_note_of_edit(line: &str) -> bool {
    let note = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    note.is_some_and(|note| {
        note.starts_with(char::is_uppercase) && !note.contains(['(', '“', '"']) && lexicon::starts_note_of_edit(&note.to_lowercase())
    })
}

/// `2 hours ago Bo Berg`, `Updated 3 days ago`, `5 min read`: when a story came, or how long it takes.
pub(super) fn is_age(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|ch: char| is_space(ch) || matches!(ch, '|' | '·' | '•')).filter(|word| !word.is_empty()).collect();
    let first = usize::from(words.first().is_some_and(|word| matches!(*word, "updated" | "published" | "posted" | "last" | "reading")));
    let Some(number) = words.get(first) else { return false };
    let unit = number.trim_start_matches(|ch: char| ch.is_ascii_digit());
    if unit.len() == number.len() || words.len() > 8 || line.ends_with(['.', '!', '?', '”', '"']) {
        return false;
    }
    let (unit, next) = if unit.is_empty() { (words.get(first + 1).copied().unwrap_or_default(), first + 2) } else { (unit, first + 1) };
    let is_time = matches!(
        unit.trim_end_matches('s'),
        "h" | "hr" | "hour" | "m" | "min" | "minute" | "d" | "day" | "week" | "w" | "month" | "year" | "-minute"
    );
    is_time && words.get(next).is_some_and(|word| matches!(*word, "ago" | "read"))
}

/// A page's menu: `Home | News | Opinion`, `News · Sport · Weather`, `Home > News > Vik`.
fn is_menu(lower: &str) -> bool {
    let parts: Vec<&str> = lower.split(['|', '·', '•', '›', '»', '>', '/', '→']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        let words: Vec<&str> = lower.split(is_space).collect();
        return words.len() > 2 && words.iter().all(|word| lexicon::is_menu_word(word));
    }
    let known = parts.iter().filter(|part| lexicon::is_menu_word(part)).count();
    // Two parts may be an author and a desk.
    let is_known = if parts.len() > 2 { known * 2 >= parts.len() } else { known == parts.len() };
    is_known && parts.iter().all(|part| words(part).count() <= 3 && !part.ends_with(['.', '?', '!', ',']))
}

/// `Share Facebook Twitter Email`: the buttons beside a text.
fn is_buttons(lower: &str) -> bool {
    let words: Vec<&str> =
        lower.split(|ch: char| is_space(ch) || matches!(ch, '|' | '·' | '•' | ',' | '/')).filter(|word| !word.is_empty()).collect();
    let is_button = |word: &&&str| lexicon::is_button(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let named = words.iter().filter(is_button).count();
    named > 1
        && words.iter().all(|word| {
            is_button(&word) || matches!(*word, "this" | "on" | "via" | "to" | "with" | "the" | "article" | "story" | "by" | "and")
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_no_text() {
        for line in [
            "Home | News | Opinion",
            "News · Sport · Weather",
            "Home > News > Vik",
            "Home News Sport Weather",
            "Skip to main content",
            "Sign up for our weekly letter.",
            "Share on Facebook Twitter Email",
            "Facebook 12 Twitter 3",
            "2 hours ago Bo Berg",
            "4 min read",
            "(Adds quotes from the bank, shares)",
            "(New throughout, changes dateline)",
            "FOR IMMEDIATE RELEASE:",
            "-30-",
            "Lind\t“Sell”",
            "Mon 4 Mar 2024 06.00 GMT",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "Ana Lind | Bo Berg",
            "Ana Lind | Business",
            "Ana Lind | Staff writer",
            "Rates rise",
            "Sport for all",
            "2 hours ago the bridge fell.",
            "“Sign up for it,” she said.",
            "(Ana Lind was not there)",
            "Twitter rises",
            "The print shop on the market, which had stood for a hundred years, closed on Monday after two floods.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
