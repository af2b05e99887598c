//! Which words of a text are meant: the first that read so, or those in brackets, found by the words around them.
//!
//! ```text
//! he             the first word "he", not the end of "the"
//! and [he] said  the "he" of the first "and he said"
//! ```

use crate::Span;

/// Where the words meant by `written` stand in `text`: as whole words, or, where they are none, inside others.
pub(super) fn find(text: &str, written: &str) -> Option<Span> {
    if let Some((before, rest)) = written.split_once('[')
        && let Some((meant, after)) = rest.rsplit_once(']')
        && !text.contains(written)
    {
        let start = first(text, &format!("{before}{meant}{after}"))? + before.len();
        return Some(Span::new(start, start + meant.len()));
    }
    let start = first(text, written)?;
    Some(Span::new(start, start + written.len()))
}

/// The first place of `words` where no word runs on at either end, or the first of all.
fn first(text: &str, words: &str) -> Option<usize> {
    let runs_on =
        |before: Option<char>, after: Option<char>| before.zip(after).is_some_and(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric());
    let is_whole = |&start: &usize| {
        let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(start + words.len()..).unwrap_or_default());
        !runs_on(head.chars().next_back(), words.chars().next()) && !runs_on(words.chars().next_back(), tail.chars().next())
    };
    text.match_indices(words).map(|(start, _)| start).find(is_whole).or_else(|| text.find(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_show_which_words_are_meant() {
        let text = "The mayor left [early], and he said he came.";
        for (written, expected) in [
            ("he", Some((28, 30))),
            ("ft", Some((12, 14))),
            ("and [he] said", Some((28, 30))),
            ("said [he]", Some((36, 38))),
            ("[early]", Some((15, 22))),
            ("she", None),
            ("[she] said", None),
        ] {
            assert_eq!(find(text, written).map(|span| (span.start(), span.end())), expected, "{written}");
        }
    }
}
