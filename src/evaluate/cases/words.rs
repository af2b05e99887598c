//! Which words of a text are meant: the first that read so, or those in brackets, found by the words around them.
//!
//! ```text
//! he             the first "he", be it inside "the"
//! and [he] said  the "he" of the first "and he said"
//! ```

use crate::Span;

/// Where the words meant by `written` stand in `text`.
pub(super) fn find(text: &str, written: &str) -> Option<Span> {
    if let Some((before, rest)) = written.split_once('[')
        && let Some((meant, after)) = rest.rsplit_once(']')
        && !text.contains(written)
    {
        let start = text.find(&format!("{before}{meant}{after}"))? + before.len();
        return Some(Span::new(start, start + meant.len()));
    }
    let start = text.find(written)?;
    Some(Span::new(start, start + written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_show_which_words_are_meant() {
        let text = "The mayor left [early], and he said he came.";
        for (written, expected) in [
            ("he", Some((1, 3))),
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
