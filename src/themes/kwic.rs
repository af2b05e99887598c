//! Keyword in context: every place where a term stands, with the words around it.

use super::matcher::Matcher;
use super::term::{PatternMemory, WordStyle, WordTerm};
use crate::{Document, Encoding, Error, ErrorKind, Reading, Result, Segmentation, Span};

/// One place where a term stands. The text around it is the article's own, of the same paragraph, with
/// the white space between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concordance {
    /// The words before, in bytes; empty at a paragraph's start.
    pub left: Span,
    /// The term.
    pub keyword: Span,
    /// The words after, in bytes; empty at a paragraph's end.
    pub right: Span,
}

/// A term to look for, written as in a codebook.
///
/// ```
/// let term = sayso::themes::SearchTerm::new("heat pump")?;
/// let doc = sayso::Document::from_text("Some heat pumps hum.");
/// let found = term.concordances(&doc, &sayso::segment::Segmenter::new().segment(&doc), 5);
/// assert_eq!(doc.slice(found[0].keyword), "heat pumps");
/// assert_eq!(doc.slice(found[0].left), "Some ");
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct SearchTerm {
    matcher: Matcher,
}

impl SearchTerm {
    /// Reads a term: words with their inflections, `*` and `?` for letters, `/…/` for a regular expression; a word with a capital letter
    /// counts only exactly so written.
    ///
    /// # Errors
    /// Where there is no word, or the expression is none.
    pub fn new(text: &str) -> Result<Self> {
        let mut matcher = Matcher::default();
        let wrong = |reason: &str, hint: &str| Error::new(ErrorKind::Config(format!("cannot look for `{text}`: {reason}"))).with_hint(hint);
        match PatternMemory::default().compile(text) {
            Some(Ok(regex)) => matcher.add_pattern(0, false, regex, text),
            Some(Err(reason)) => return Err(wrong(&format!("it {reason}"), "see https://docs.rs/regex/#syntax")),
            None => {
                let has_letters = text.split_whitespace().all(|word| word.chars().any(char::is_alphanumeric));
                let words = WordTerm::new(text, WordStyle::Inflected).filter(|_| has_letters);
                matcher.add_words(
                    0,
                    false,
                    words.ok_or_else(|| wrong("a word has no letters", "give a word, a phrase, word* or /…/"))?,
                    text,
                );
            }
        }
        Ok(Self { matcher })
    }

    /// The places of the term in text order, titles and headings too, each with up to `window` tokens on either side.
    pub fn concordances(&self, doc: &Document, seg: &Segmentation, window: usize) -> Vec<Concordance> {
        let encoding = Encoding::default();
        let reading = Reading { doc, seg, encoding: &encoding };
        let hits = (0..seg.sentences.len()).flat_map(|sentence| self.matcher.hits(reading, sentence)).flat_map(|(_, hits)| hits);
        hits.map(|hit| concordance(seg, hit.span, window)).collect()
    }
}

fn concordance(seg: &Segmentation, keyword: Span, window: usize) -> Concordance {
    let paragraph = seg.paragraph_at(keyword.start()).and_then(|at| seg.paragraphs.get(at));
    let sentences = paragraph.and_then(|paragraph| seg.sentences.get(paragraph.sentences.clone())).unwrap_or_default();
    let first = sentences.first().map_or(0, |sent| sent.tokens.start);
    let end = sentences.last().map_or(seg.tokens.len(), |sent| sent.tokens.end);
    let own = seg.tokens_in(keyword);
    let left = seg.span_of(first.max(own.start.saturating_sub(window))..own.start);
    let right = seg.span_of(own.end..end.min(own.end.saturating_add(window)));
    // A term may be a part of a word ("low-carbon"): the rest of the word belongs to the context.
    Concordance {
        left: Span::new(left.map_or_else(|| seg.span_of(own.clone()).map_or(keyword.start(), Span::start), Span::start), keyword.start()),
        keyword,
        right: Span::new(keyword.end(), right.map_or_else(|| seg.span_of(own).map_or(keyword.end(), Span::end), Span::end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    fn lines(term: &str, text: &str, window: usize) -> Vec<[String; 3]> {
        let annotated = Annotated::new(text);
        let found = SearchTerm::new(term).expect(term).concordances(&annotated.doc, &annotated.seg, window);
        let slice = |span: Span| annotated.doc.slice(span).trim().to_owned();
        found.iter().map(|found| [slice(found.left), slice(found.keyword), slice(found.right)]).collect()
    }

    #[test]
    fn context_stays_in_the_paragraph_and_crosses_sentences() {
        let text = "Ports grew fast.\n\nHe came. The port of Oslo closed early today. It rained.\n\nAll is well.";
        assert_eq!(
            lines("port", text, 4),
            [["", "Ports", "grew fast."], ["He came. The", "port", "of Oslo closed early"]].map(|row| row.map(str::to_owned))
        );
        assert_eq!(lines("/r[a-z]+ed/", text, 3), [["today. It", "rained", "."]].map(|row| row.map(str::to_owned)));
    }

    #[test]
    fn parts_of_words_keep_their_words() {
        assert_eq!(lines("carbon", "A low-carbon farm.", 1), [["A low-", "carbon", "farm"]].map(|row| row.map(str::to_owned)));
    }

    #[test]
    fn what_is_no_term_is_told() {
        for (term, expected) in [("", "a word has no letters"), ("*", "a word has no letters"), ("/(/", "unclosed group")] {
            assert!(SearchTerm::new(term).expect_err(term).to_string().contains(expected), "{term}");
        }
    }
}
