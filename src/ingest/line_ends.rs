//! Words that were cut at line ends: `Octo-⏎ber` is *October*.
//!
//! The rest of the word moves up to its beginning and the line ends behind it. As many spaces as the hyphen and the line break were fill
//! the gap, so that every other character keeps its place:
//!
//! ```text
//! start in Octo-⏎ber unless it rains
//! start in October  ⏎unless it rains
//! ```

use std::borrow::Cow;
use std::collections::HashSet;

use crate::lexicon;

/// The text with its cut words joined, every other character at its place.
pub(super) fn join(text: &str) -> Cow<'_, str> {
    rewritten(text, true)
}

/// The same without the spaces, for a text whose places are not counted yet.
pub(super) fn join_closely(text: &str) -> Cow<'_, str> {
    rewritten(text, false)
}

fn rewritten(text: &str, keeps_places: bool) -> Cow<'_, str> {
    let cuts: Vec<Cut<'_>> = text.match_indices('-').filter_map(|(at, _)| cut(text, at)).collect();
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let known = known_words(text);
    let mut joined = String::with_capacity(text.len());
    let mut done = 0;
    for cut in cuts.iter().filter(|cut| cut.is_word()) {
        let keeps_hyphen = cut.keeps_hyphen(&known);
        let (Some(before), Some(tail)) = (text.get(done..cut.hyphen + usize::from(keeps_hyphen)), text.get(cut.tail..cut.end)) else {
            continue;
        };
        joined.push_str(before);
        joined.push_str(tail);
        let gap = cut.tail - cut.hyphen - usize::from(keeps_hyphen);
        let breaks = text.get(cut.hyphen + 1..cut.tail).unwrap_or_default().trim_matches([' ', '\t']);
        // The line ends where the next space stands; at a line's end it does so already.
        let next = text.get(cut.end..).and_then(|rest| rest.chars().next());
        let takes_space = next == Some(' ');
        let spaces = if takes_space { gap + 1 - breaks.len() } else { gap };
        joined.extend(std::iter::repeat_n(' ', if keeps_places { spaces } else { 0 }));
        joined.push_str(if takes_space { breaks } else { "" });
        done = cut.end + usize::from(takes_space);
    }
    joined.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(joined)
}

/// A hyphen between two letters or digits with one line break behind it.
#[derive(Debug)]
struct Cut<'a> {
    hyphen: usize,
    /// Where the rest of the word starts and ends, marks attached to it included.
    tail: usize,
    end: usize,
    /// The letters before and behind the cut.
    before: &'a str,
    after: &'a str,
}

fn cut(text: &str, hyphen: usize) -> Option<Cut<'_>> {
    let rest = text.get(hyphen + 1..)?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let line = rest.get(blank..)?;
    let line = line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n'))?;
    let line = line.trim_start_matches([' ', '\t']);
    let tail = text.len() - line.len();
    let end = tail + line.find(char::is_whitespace).unwrap_or(line.len());
    let is_part = |ch: char| ch.is_alphanumeric() || ch == '’' || ch == '\'';
    let head = text.get(..hyphen)?;
    let before = head.get(head.trim_end_matches(is_part).len()..)?;
    let after = line.get(..line.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(line.len()))?;
    (!before.is_empty() && !after.is_empty()).then_some(Cut { hyphen, tail, end, before, after })
}

impl Cut<'_> {
    /// Whether one word goes on: not in *pre-⏎and post-war*.
    fn is_word(&self) -> bool {
        !matches!(self.after, "and" | "or" | "to" | "und" | "oder" | "bis" | "et" | "y")
    }

    /// Whether the hyphen is the word's own: *Smith-⏎Jones*, *COVID-⏎19*, *self-⏎made*, and what the text writes so within a line.
    fn keeps_hyphen(&self, known: &HashSet<String>) -> bool {
        let is_cut = self.before.ends_with(char::is_lowercase) && self.after.starts_with(char::is_lowercase);
        let joined = format!("{}{}", self.before, self.after).to_lowercase();
        let hyphened = format!("{}-{}", self.before, self.after).to_lowercase();
        if !is_cut || known.contains(&joined) {
            return !is_cut;
        }
        known.contains(&hyphened) || lexicon::leads_compounds(&self.before.to_lowercase())
    }
}

/// The words inside lines, with their hyphens.
fn known_words(text: &str) -> HashSet<String> {
    let words = text.lines().flat_map(|line| line.split(|ch: char| !(ch.is_alphanumeric() || matches!(ch, '-' | '’' | '\''))));
    words.filter(|word| !word.is_empty() && !word.ends_with('-')).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_what_was_cut() {
        for (text, expected) in [
            ("in Octo-\nber unless", "in October  \nunless"),
            ("in Octo-\r\nber unless", "in October  \r\nunless"),
            ("in Octo- \n  ber unless", "in October     \nunless"),
            ("“no hur-\nry,” she", "“no hurry,”  \nshe"),
            ("the re-\nport\nsays", "the report  \nsays"),
            ("the re-\nport", "the report  "),
            ("Ana Smith-\nJones left", "Ana Smith-Jones \nleft"),
            ("of COVID-\n19 and", "of COVID-19 \nand"),
            ("a self-\nmade man", "a self-made \nman"),
            ("long-term. A long-\nterm plan", "long-term. A long-term \nplan"),
            ("pre-\nand post-war", "pre-\nand post-war"),
            ("so it is -\nsaid he", "so it is -\nsaid he"),
            ("one-\n\ntwo", "one-\n\ntwo"),
            ("a co-\nope-\nration here", "a coope-  \nration here"),
        ] {
            assert_eq!(join(text), expected, "{text:?}");
        }
        assert_eq!(join_closely("in Octo-\nber unless"), "in October\nunless");
    }

    proptest::proptest! {
        #[test]
        fn all_other_characters_keep_their_places(text in "([a-c]|-\n|-|\n| |-\r\n|é|\t){0,60}") {
            let joined = join(&text);
            assert_eq!(joined.len(), text.len());
            let letters = |text: &str| text.chars().filter(|ch| ch.is_alphabetic()).collect::<String>();
            assert_eq!(letters(&joined), letters(&text));
        }
    }
}
