//! Knows the lines above a text that name who wrote it, with and without *By*.
//!
//! ```text
//! By Ana Lind        Ana Lind, Harbour Editor        Ana Lind | Staff writer        Ana Lind in Vik and Bo Berg in Oslo
//! Ana Lind ⏎ Senior Reporter        Ana Lind ⏎ 4 March 2024
//! ```

use super::chars::is_space;
use super::furniture::is_furniture;
use super::layout::Block;
use super::lines::{ends_sentence, is_short, starts_upper, words};
use crate::{ParagraphKind, lexicon};

/// Blocks above the text among which a byline is looked for.
const HEAD: usize = 8;

/// The longest line above the text, in words: a longer one is text.
const LONGEST: usize = 14;

/// Marks the byline and the lines that go on with it: a second author, the author's post.
pub(super) fn mark(text: &str, blocks: &mut [Block]) {
    let lines: Vec<&str> = blocks.iter().take(HEAD + 1).map(|block| text.get(block.span.range()).unwrap_or_default()).collect();
    let is_open = |block: &Block| block.kind == ParagraphKind::Body && block.is_line;
    // The head ends where the text begins.
    let head = blocks.iter().zip(&lines).take(HEAD).take_while(|(block, line)| !is_text(block, line)).count();
    let after = blocks.get(head).map_or(text.len(), |block| block.span.start());
    let body = text.get(after..).unwrap_or_default();
    let line = |at: usize| lines.get(at).copied().unwrap_or_default();
    let kind = |at: usize| blocks.get(at).map(|block| block.kind);
    let is_byline = |at: usize| {
        let is_first = at == 0 || kind(at) != Some(ParagraphKind::Body);
        byline(line(at)) || (at < head && !is_first && is_bare_byline(line(at), body, is_beside_post_or_date(&lines, at)))
    };
    let open: Vec<usize> = (0..head.max(6).min(blocks.len())).filter(|&at| blocks.get(at).is_some_and(is_open)).collect();
    let Some(&first) = open.iter().find(|&&at| is_byline(at)) else { return };
    let mut last = first;
    while last + 1 < head && open.contains(&(last + 1)) && (is_post(line(last + 1)) || is_byline(last + 1)) {
        last += 1;
    }
    for block in blocks.iter_mut().take(last + 1).skip(first) {
        block.kind = ParagraphKind::Byline;
    }
}

/// Whether a block is running text, which ends the head.
fn is_text(block: &Block, line: &str) -> bool {
    block.kind == ParagraphKind::Body && (!is_short(line, LONGEST) || ends_sentence(line) && words(line).count() > 4)
}

fn is_beside_post_or_date(lines: &[&str], at: usize) -> bool {
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| lines.get(at));
    beside.into_iter().any(|line| is_post(line) || (is_furniture(line) && line.contains(|ch: char| ch.is_ascii_digit())))
}

/// Whether a line names the author in so many words: `By Jane Doe`, `Written by Jane Doe`, `Jane Doe, Health Editor`.
pub(super) fn byline(line: &str) -> bool {
    signed_with_post(line) || signed_with_by(line) || signed_beside_bar(line)
}

/// `Jane Doe, Local Government Editor`.
fn signed_with_post(line: &str) -> bool {
    let Some((name, post)) = line.split_once(',') else { return false };
    is_name(name) && is_short(line, 10) && is_post(post.trim())
}

/// `Jane Doe | Staff writer`, `Jane Doe · 4 March 2024`, `Jane Doe – for the Courier`.
fn signed_beside_bar(line: &str) -> bool {
    let bar = line.split_once(['|', '·', '•', '/']).or_else(|| line.split_once(" – ")).or_else(|| line.split_once(" — "));
    let Some((name, rest)) = bar.or_else(|| before_date(line)) else { return false };
    let rest = rest.trim();
    is_short(line, LONGEST)
        && are_names(name)
        && (is_post(rest.split(['|', '·', '•']).next().unwrap_or(rest).trim()) || is_furniture(rest) || is_paper(rest))
}

/// The words before a date or what announces it: `Jane Doe Published 4 March 2024`, `Jane Doe 4 March 2024`.
fn before_date(line: &str) -> Option<(&str, &str)> {
    let is_start = |word: &&str| {
        word.starts_with(|ch: char| ch.is_ascii_digit())
            || matches!(word.to_lowercase().as_str(), "published" | "updated" | "posted" | "last")
    };
    let word = words(line).skip(2).find(is_start)?;
    line.find(word).and_then(|at| line.split_at_checked(at))
}

/// Whether words name a paper or an agency: `Northern Courier`.
fn is_paper(line: &str) -> bool {
    let last = words(line).last().unwrap_or_default().to_lowercase();
    is_short(line, 5) && words(line).all(|word| starts_upper(word) || lexicon::may_stand_in_byline(word)) && lexicon::names_outlet(&last)
}

/// What a writer is called: `Senior Reporter`, `Transport correspondent, The Courier`, `EDITOR AT LARGE`.
fn is_post(line: &str) -> bool {
    let post = line.split([',', '|', '·']).next().unwrap_or(line);
    let is_writer = |word: &str| lexicon::is_writer(&word.trim_end_matches('.').to_lowercase());
    let ends = words(post).last().is_some_and(is_writer);
    let leads_on =
        || words(post).zip(words(post).skip(1)).any(|(word, next)| is_writer(word) && matches!(next, "at" | "for" | "in" | "of" | "AT"));
    is_short(line, 8) && !ends_sentence(line) && (ends || leads_on())
}

fn signed_with_by(line: &str) -> bool {
    let lower: String = line.chars().take(24).flat_map(char::to_lowercase).collect();
    let Some(prefix) = lexicon::byline_opener(&lower) else { return false };
    let names = line.get(prefix.len()..).unwrap_or_default();
    let is_part = |word: &str| starts_upper(word) || lexicon::may_stand_in_byline(word);
    is_short(line, LONGEST)
        && !ends_sentence(line)
        && words(names).count() > 1
        && (words(names).all(is_part) || signed_with_post(names.trim_start()) || (prefix == "by" && is_small_name(names)))
        && (prefix != "from" || is_title_name(names))
}

/// A name in small letters: *by ana lind*.
fn is_small_name(names: &str) -> bool {
    let given = words(names).next().unwrap_or_default();
    words(names).count() < 4 && names.chars().all(|ch| ch.is_alphabetic() || is_space(ch)) && lexicon::gender_of_given_name(given).is_some()
}

fn is_title_name(names: &str) -> bool {
    names.contains(',') && words(names).take(2).all(starts_upper) && names.to_lowercase().contains("correspondent")
}

/// Names without a word that says so, beside a post or a date, or such as no part of the story bears.
fn is_bare_byline(line: &str, body: &str, is_beside: bool) -> bool {
    if !is_short(line, LONGEST) || ends_sentence(line) || !are_names(line) {
        return false;
    }
    let given = words(line).next().unwrap_or_default().to_lowercase();
    let is_known = lexicon::gender_of_given_name(&given).is_some();
    // Who is in the story is no author: the line is a heading then.
    let is_of_story =
        || words(line).any(|word| word.chars().count() > 2 && starts_upper(word) && body.contains(word) && !is_in_place(line, word));
    is_beside || (is_known && !is_of_story())
}

/// Whether `word` stands in a place of `line`: *Ana Lind in Vik*.
fn is_in_place(line: &str, word: &str) -> bool {
    line.split(" in ").skip(1).any(|place| words(place).any(|found| found == word))
}

/// One name or several, each perhaps with its place: `Jane Doe`, `Jane Doe and Bo Hall`, `JANE DOE in Vik and BO HALL in Oslo`.
fn are_names(line: &str) -> bool {
    let parts: Vec<&str> =
        line.split([',', '&', ';']).flat_map(|part| part.split(" and ")).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_signed = |part: &&str| {
        let (name, place) =
            part.split_once(" in ").or_else(|| part.split_once(" for ")).or_else(|| part.split_once(" @")).unwrap_or((part, "Vik"));
        is_name(name) && words(place).all(|word| starts_upper(word) || lexicon::may_stand_in_byline(word))
            || matches!(part.to_lowercase().as_str(), "agencies" | "staff")
    };
    parts.first().is_some_and(is_signed) && parts.iter().all(is_signed)
}

/// Whether words can be one person's name: two to four, each with a capital, none of a paper's or of a sentence's.
fn is_name(name: &str) -> bool {
    let is_part = |word: &str| {
        let is_written = word.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '.' | '-' | '\'' | '’'));
        is_written && (word.starts_with(char::is_uppercase) || lexicon::is_particle(word))
    };
    let lower = |word: &str| word.to_lowercase();
    let says_other =
        |word: &str| lexicon::starts_sentences(word) || lexicon::names_outlet(&lower(word)) || lexicon::month(&lower(word)).is_some();
    let parts: Vec<&str> = name.split(is_space).filter(|word| !word.is_empty()).collect();
    (2..=4).contains(&parts.len())
        && parts.iter().all(|word| is_part(word) && !says_other(word))
        && parts.first().is_some_and(|word| starts_upper(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_bylines_from_titles_and_headings() {
        for (line, expected) in [
            ("By Ana Lind", true),
            ("Words by Ana Lind and Bo Berg", true),
            ("By Ana Lind, harbour correspondent", true),
            ("Ana Lind, Senior Harbour Reporter", true),
            ("Ana Lind | Staff writer", true),
            ("Ana Lind · 4 March 2024", true),
            ("Ana Lind Published 4 March 2024", true),
            ("Ana Lind/Northern Courier", true),
            ("by ana lind", true),
            ("Story: Ana Lind", true),
            ("Ana Lind/Bo Berg", false),
            ("Ana Lind, the mayor", false),
            ("By the harbour", false),
            ("By Ana Lind, it was the end.", false),
            ("Rates | Outlook", false),
        ] {
            assert_eq!(byline(line), expected, "{line}");
        }
        for (line, body, is_beside, expected) in [
            ("Ana Lind in Vik and Bo Berg in Oslo", "The bank in Vik rose.", false, true),
            ("ANA LIND", "The bank rose.", true, true),
            ("Ana Lind", "The bank rose.", false, true),
            ("Ana Lind", "Lind led the bank for years.", false, false),
            ("Interest Rates", "The bank rose.", false, false),
            ("The Vik Courier", "The bank rose.", true, false),
            ("Anna leaves", "The bank rose.", true, false),
        ] {
            assert_eq!(is_bare_byline(line, body, is_beside), expected, "{line}");
        }
    }
}
