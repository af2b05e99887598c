//! Finds the label that a line starts with: *Related: …*, *READ MORE | …*, *Image caption, …*.

use super::chars::is_space;

/// The longest label, in characters.
const LONGEST: usize = 40;

/// A line cut behind its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Labelled<'a> {
    /// The words before the mark; of a line without a mark the whole line.
    pub(super) label: &'a str,
    /// What stands behind the mark; nothing where the label is the whole line.
    pub(super) rest: &'a str,
}

/// The line behind its bullets and brackets, cut at the first colon, bar, arrow or spaced dash.
pub(super) fn labelled(line: &str) -> Labelled<'_> {
    let line = line.trim_start_matches(|ch: char| is_space(ch) || is_bullet(ch));
    let is_mark = |&(at, ch): &(usize, char)| match ch {
        ':' | '：' | '|' | '»' | '›' | '>' | '→' | '►' | '▶' => true,
        '-' | '–' | '—' => line.get(..at).is_some_and(|before| before.ends_with(is_space)),
        _ => false,
    };
    match line.char_indices().take(LONGEST).find(is_mark) {
        Some((at, mark)) => Labelled {
            label: line.get(..at).unwrap_or_default().trim(),
            rest: line.get(at + mark.len_utf8()..).unwrap_or_default().trim_start_matches(|ch: char| is_space(ch) || is_bullet(ch)),
        },
        None => Labelled { label: line.trim(), rest: "" },
    }
}

fn is_bullet(ch: char) -> bool {
    matches!(ch, '(' | '[' | '>' | '*' | '•' | '▶' | '►' | '→' | '»' | '■' | '▪' | '●' | '|' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_behind_the_label() {
        for (line, label, rest) in [
            ("Related: ‘No’, say farmers", "Related", "‘No’, say farmers"),
            ("READ MORE | ‘No’", "READ MORE", "‘No’"),
            ("▶ Watch >> The flood", "Watch", "The flood"),
            ("[Read also: The flood]", "Read also", "The flood]"),
            ("FILE - A man walks.", "FILE", "A man walks."),
            ("Most read", "Most read", ""),
            ("A well-known man left", "A well-known man left", ""),
        ] {
            assert_eq!(labelled(line), Labelled { label, rest }, "{line}");
        }
    }
}
