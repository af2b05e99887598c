//! Finds the tokens of an annotation in the raw text, whatever quotation marks, dashes and brackets the two use.
//!
//! Tokens carry Penn Treebank marks or plain ones where the text has typographic ones:
//! the tokens ``` `` Growth '' -LRB- sic -RRB- ``` stand for `“Growth” (sic)`.
//! Both searches follow `align_tokens` and `locate` of the independent scorer step by step, so that the scores agree.

use super::document::is_space;
use crate::Span;

/// A token further away than this from the last one found is not looked for, in code points.
const REACH: usize = 400;
/// Token lists from this length on are not located.
const LONGEST_ROW: usize = 900;

/// What a token may look like in raw text.
enum Pattern<'t> {
    Any(&'static [&'static str]),
    Ellipsis,
    Letters(&'t str),
}

impl<'t> Pattern<'t> {
    fn new(token: &'t str) -> Self {
        match token {
            "``" => Self::Any(&["``", "''", "\"", "“", "”", "„", "«"]),
            "''" => Self::Any(&["''", "``", "\"", "“", "”", "»"]),
            "`" | "'" => Self::Any(&["'", "`", "‘", "’"]),
            "-LRB-" => Self::Any(&["("]),
            "-RRB-" => Self::Any(&[")"]),
            "-LSB-" => Self::Any(&["["]),
            "-RSB-" => Self::Any(&["]"]),
            "-LCB-" => Self::Any(&["{"]),
            "-RCB-" => Self::Any(&["}"]),
            "--" => Self::Any(&["--", "—", "–"]),
            "..." => Self::Ellipsis,
            _ => Self::Letters(token),
        }
    }

    fn may_open_with(&self, ch: char) -> bool {
        match self {
            Self::Any(alternatives) => alternatives.iter().any(|words| words.starts_with(ch)),
            Self::Ellipsis => matches!(ch, '.' | '…'),
            Self::Letters(letters) => letters.chars().next().is_some_and(|first| matches_char(first, ch)),
        }
    }
}

/// A text by code points, each with its byte offset.
#[derive(Debug)]
pub(crate) struct Characters {
    all: Vec<(usize, char)>,
    bytes: usize,
}

impl Characters {
    pub(crate) fn new(text: &str) -> Self {
        Self { all: text.char_indices().collect(), bytes: text.len() }
    }

    fn at(&self, point: usize) -> Option<char> {
        self.all.get(point).map(|&(_, ch)| ch)
    }

    fn byte(&self, point: usize) -> usize {
        self.all.get(point).map_or(self.bytes, |&(byte, _)| byte)
    }

    fn starts_with(&self, at: usize, words: &str) -> Option<usize> {
        let mut end = at;
        for ch in words.chars() {
            if self.at(end) != Some(ch) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The first of `alternatives` that stands at `at`; the point after it.
    fn any(&self, at: usize, alternatives: &[&str]) -> Option<usize> {
        alternatives.iter().find_map(|words| self.starts_with(at, words))
    }

    /// `...`, `. . .` or `…`.
    fn ellipsis(&self, at: usize) -> Option<usize> {
        if self.at(at) == Some('…') {
            return Some(at + 1);
        }
        let mut end = self.starts_with(at, ".")?;
        for _ in 0..2 {
            end += usize::from(self.at(end).is_some_and(is_space));
            end = self.starts_with(end, ".")?;
        }
        Some(end)
    }

    /// The point after the token where it stands at `at`.
    fn token_at(&self, at: usize, token: &Pattern<'_>) -> Option<usize> {
        match token {
            Pattern::Any(alternatives) => self.any(at, alternatives),
            Pattern::Ellipsis => self.ellipsis(at),
            Pattern::Letters(letters) => {
                let mut end = at;
                for ch in letters.chars() {
                    if !matches_char(ch, self.at(end)?) {
                        return None;
                    }
                    end += 1;
                }
                Some(end)
            }
        }
    }

    /// Finds each token after the one before; `None` for a token that does not stand close by.
    pub(crate) fn align<'a>(&self, tokens: impl IntoIterator<Item = &'a str>) -> Vec<Option<Span>> {
        let mut from = 0;
        let mut spans = Vec::new();
        for token in tokens {
            let token = &Pattern::new(token);
            let limit = self.all.len().min(from + REACH);
            let found = (from..limit).find_map(|at| self.token_at(at, token).filter(|&end| end > at && end <= limit).map(|end| (at, end)));
            spans.push(found.map(|(at, end)| {
                from = end;
                Span::new(self.byte(at), self.byte(end))
            }));
        }
        spans
    }

    /// All of `tokens` from `at` on, with nothing but white space between them.
    fn row_at(&self, at: usize, tokens: &[Pattern<'_>]) -> Option<Vec<Span>> {
        let mut from = at;
        let mut spans = Vec::with_capacity(tokens.len());
        for (index, token) in tokens.iter().enumerate() {
            let spaces = (from..self.all.len()).take_while(|&point| index > 0 && self.at(point).is_some_and(is_space)).count();
            // A token that itself starts with a space takes it from the gap.
            let (start, end) = (0..=spaces).rev().find_map(|skip| Some((from + skip, self.token_at(from + skip, token)?)))?;
            spans.push(Span::new(self.byte(start), self.byte(end)));
            from = end;
        }
        Some(spans)
    }
}

fn matches_char(token: char, text: char) -> bool {
    const APOSTROPHES: [char; 4] = ['\'', '’', '‘', '`'];
    const HYPHENS: [char; 5] = ['-', '‐', '‑', '–', '—'];
    match token {
        '\'' | '’' | '‘' | '`' => APOSTROPHES.contains(&text),
        '-' | '–' | '—' => HYPHENS.contains(&text),
        '\u{a0}' => text == ' ',
        _ => token == text,
    }
}

/// The spans of a token list at its first occurrence in the text.
pub(crate) fn locate(tokens: &[String], text: &Characters) -> Option<Vec<Span>> {
    if tokens.len() >= LONGEST_ROW {
        return None;
    }
    let tokens: Vec<Pattern<'_>> = tokens.iter().map(|token| Pattern::new(token)).collect();
    let Some(first) = tokens.first() else { return Some(Vec::new()) };
    // Most places fail at their first character.
    let places = text.all.iter().enumerate().filter(|&(_, &(_, ch))| first.may_open_with(ch));
    places.map(|(at, _)| at).find_map(|at| text.row_at(at, &tokens))
}

/// A run of tokens `start..end` with one label.
pub(crate) type LabelledRun<'l> = (usize, usize, &'l str);

/// The runs that BIO (or BIOES) tags stand for, in order. A lone `I-` opens a run, as does one with another label than the tag before.
pub(crate) fn bio_spans<'l>(tags: impl IntoIterator<Item = &'l str>) -> Vec<LabelledRun<'l>> {
    let mut runs = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (index, tag) in tags.into_iter().chain(["O"]).enumerate() {
        let label = tag.get(2..).unwrap_or_default();
        if let Some((start, opened)) = open
            && (tag == "O" || tag.starts_with("B-") || tag.starts_with("S-") || label != opened)
        {
            runs.push((start, index, opened));
            open = None;
        }
        if tag != "O" && open.is_none() {
            open = Some((index, label));
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned<'t>(text: &'t str, tokens: &[&str]) -> Vec<Option<&'t str>> {
        let spans = Characters::new(text).align(tokens.iter().copied());
        spans.into_iter().map(|span| span.and_then(|span| text.get(span.range()))).collect()
    }

    #[test]
    fn finds_treebank_marks_in_typographic_text() {
        let text = "“Growth — it’s slow …” (he said).";
        let tokens = ["``", "Growth", "--", "it", "'s", "slow", "...", "''", "-LRB-", "he", "said", "-RRB-", "."];
        let found = aligned(text, &tokens);
        let words = ["“", "Growth", "—", "it", "’s", "slow", "…", "”", "(", "he", "said", ")", "."];
        assert_eq!(found, words.map(Some));
    }

    #[test]
    fn leaves_out_a_token_that_is_not_there() {
        assert_eq!(aligned("one three", &["one", "two", "three"]), [Some("one"), None, Some("three")]);
        let far = format!("{}end", " ".repeat(500));
        assert_eq!(aligned(&far, &["end"]), [None]);
    }

    #[test]
    fn locates_rows_over_line_breaks_only() {
        let row = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let text = Characters::new("Él dijo que\n\nno .");
        let spans = locate(&row(&["que", "no", "."]), &text).expect("the row is there");
        assert_eq!(spans.first().map(|span| span.start()), Some(9));
        assert!(locate(&row(&["dijo", "no"]), &text).is_none());
    }

    #[test]
    fn reads_bio_tags() {
        let tags = ["B-cue", "I-cue", "B-cue", "O", "I-source", "I-content"];
        let runs = bio_spans(tags);
        assert_eq!(runs, [(0, 2, "cue"), (2, 3, "cue"), (4, 5, "source"), (5, 6, "content")]);
    }
}
