//! Finds posts of social networks that stand in a text as they were copied: they are set off like block quotations.
//!
//! ```text
//! The water is in the school. — Ana Lind (@analind) March 3, 2024
//!
//! Ana Lind ⏎ @analind ⏎ The water is in the school. ⏎ 6:12 AM · Mar 3, 2024
//!
//! Ana Lind @analind · Mar 3 ⏎ The water is in the school.
//! ```

use std::sync::LazyLock;

use regex::Regex;

use crate::{Markup, Span};

/// The longest post, in lines.
const LONGEST: usize = 12;

/// The posts of `text`, in text order.
pub(super) fn find(text: &str) -> Vec<(Span, Markup)> {
    let lines = lines(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let post = signed(text, &lines, at).map(|start| (start, at, at + 1)).or_else(|| headed(text, &lines, at));
        if let Some((first, last, next)) = post
            && let (Some(first), Some(last)) = (lines.get(first), lines.get(last))
        {
            found.push((first.cover(*last), Markup::BlockQuote));
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

/// The lines without outer white space; blank ones are empty.
fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let spans = text.split_inclusive('\n').map(|line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if line.trim().is_empty() { Span::new(at - line.len(), at - line.len()) } else { Span::new(start, start + line.trim().len()) }
    });
    spans.collect()
}

fn line<'a>(text: &'a str, lines: &[Span], at: usize) -> &'a str {
    lines.get(at).and_then(|span| text.get(span.range())).unwrap_or_default()
}

/// Where a post starts that the line `at` signs at its end: `… — Ana Lind (@analind) March 3, 2024`.
fn signed(text: &str, lines: &[Span], at: usize) -> Option<usize> {
    static SIGNATURE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:—|–|―|--| - )\s*\p{Lu}[^—–()@]{1,60}\(@\w{1,30}\)[^.!?]{0,40}$").ok());
    let found = line(text, lines, at);
    let begin = SIGNATURE.as_ref()?.find(found)?.start();
    let mut first = at;
    // A signature on a line of its own belongs to the lines above it; so does one at the end of wrapped lines.
    let is_open = |at: usize| line(text, lines, at).ends_with(|ch: char| ch.is_alphanumeric() || matches!(ch, ',' | '-'));
    while let Some(before) = first.checked_sub(1).filter(|&before| lines.get(before).is_some_and(|span| !span.is_empty())) {
        if !(is_open(before) || begin == 0 && first == at) || at - before > LONGEST {
            break;
        }
        first = before;
    }
    (begin > 0 || first < at).then_some(first)
}

/// A post below its head: name, handle, words, and the time it was sent; gives its first and last line and what comes next.
fn headed(text: &str, lines: &[Span], at: usize) -> Option<(usize, usize, usize)> {
    static HANDLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^@\w{1,30}(?:\s*[·•].{0,24})?$").ok());
    static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?\s*(?:[·•|,–-]|on)?\s*.{3,40}$|^.{3,24}\s*[·•|]\s*\d{1,2}[:.]\d\d.{0,16}$").ok()
    });
    static HEAD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\p{Lu}[^@.!?:]{1,50}\(?@\w{1,30}\)?(?:\s*[·•|,–-].{1,24})?$").ok());
    let name = line(text, lines, at);
    if HEAD.as_ref()?.is_match(name) {
        // Name, handle and day in one line; the words go on to the next blank one.
        let last = (at + 1..lines.len()).take(LONGEST).take_while(|&at| !line(text, lines, at).is_empty()).last()?;
        return Some((at + 1, last, last + 1));
    }
    let is_name = name.starts_with(char::is_uppercase) && name.split(' ').count() <= 5 && !name.ends_with(['.', ':', '?', '!']);
    if !is_name || !HANDLE.as_ref()?.is_match(line(text, lines, at + 1)) {
        return None;
    }
    let first = (at + 2..lines.len()).take(2).find(|&at| !line(text, lines, at).is_empty())?;
    let time = (first..lines.len()).take(LONGEST).find(|&at| TIME.as_ref().is_some_and(|time| time.is_match(line(text, lines, at))))?;
    let last = (first..time).rev().find(|&at| !line(text, lines, at).is_empty())?;
    Some((first, last, time + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_posts() {
        for (text, expected) in [
            (
                "It failed.\n\nThe water is in. — Ana Lind (@analind) March 3, 2024\n\nNobody spoke.",
                vec!["The water is in. — Ana Lind (@analind) March 3, 2024"],
            ),
            ("The water is in.\n— Ana Lind (@analind)\n\nNobody spoke.", vec!["The water is in.\n— Ana Lind (@analind)"]),
            (
                "It failed.\nThe water is in. -- Ana Lind (@analind) 3 March 2024",
                vec!["The water is in. -- Ana Lind (@analind) 3 March 2024"],
            ),
            ("Ana Lind\n@analind\nThe water is in.\n6:12 AM · Mar 3, 2024\n\nNobody spoke.", vec!["The water is in."]),
            ("Ana Lind @analind · Mar 3\nThe water is in.\nIt rises.\n\nNobody spoke.", vec!["The water is in.\nIt rises."]),
            ("The mayor (@analind) wrote: — no.", vec![]),
            ("Ana Lind\n@analind\nThe water is in.", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = find(text).iter().map(|(span, _)| text.get(span.range()).unwrap()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
