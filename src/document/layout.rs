//! What segmentation finds in a document: its parts, paragraphs, sentences and tokens.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Span, Token, TokenKind};

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ParagraphKind {
    /// The article's title.
    Title,
    /// A line that names the author (`By Jane Doe`).
    Byline,
    /// A section heading.
    Heading,
    /// Running text; a dateline (`GENEVA, 3 March –`) stands at the start of its first one.
    Body,
    /// A line that names where the text was published first.
    Credit,
    /// A date line, a URL, a tag or other matter that is not read as text.
    Furniture,
}

/// A paragraph, by blank lines or one per line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Where it stands, in bytes, without outer white space.
    pub span: Span,
    /// What it is for.
    pub kind: ParagraphKind,
    /// Index of its section.
    pub section: usize,
    /// Indices of its sentences; they tile the paragraph but for white space.
    pub sentences: Range<usize>,
}

/// A heading with the paragraphs that follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading; none before the first heading.
    pub heading: Option<Span>,
    /// From the heading (or the first paragraph) to the end of the last paragraph, in bytes.
    pub span: Span,
}

/// A sentence. It never crosses its paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands, in bytes, without outer white space.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
}

/// The parts of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Segmentation {
    /// The article's title.
    pub title: Option<Span>,
    /// The byline.
    pub byline: Option<Span>,
    /// Place and date at the start of the text.
    pub dateline: Option<Span>,
    /// Where the text was published first.
    pub credit: Option<Span>,
    /// Sections in text order; at least one when there is a paragraph.
    pub sections: Vec<Section>,
    /// Paragraphs of every kind, in text order.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences, in text order.
    pub sentences: Vec<Sentence>,
    /// Tokens, in text order; every token belongs to one sentence.
    pub tokens: Vec<Token>,
}

impl Segmentation {
    /// The tokens that overlap `span`, as a range of indices.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end() <= span.start());
        let end = self.tokens.partition_point(|token| token.span.start() < span.end());
        start..end.max(start)
    }

    /// The bytes from the first to the last token of `tokens`; `None` for an empty or wrong range.
    pub fn span_of(&self, tokens: Range<usize>) -> Option<Span> {
        let found = self.tokens.get(tokens)?;
        Some(found.first()?.span.cover(found.last()?.span))
    }

    /// Index of the sentence that holds byte `offset`, or the last one that starts before it.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start() <= offset).checked_sub(1)
    }

    /// Index of the paragraph that holds byte `offset`, or the last one that starts before it.
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        self.paragraphs.partition_point(|paragraph| paragraph.span.start() <= offset).checked_sub(1)
    }

    /// The number of words in `tokens`: a word is a run of letters or digits as it is written, so that tokens glued to the one before
    /// (`do|n't`, `company|’s`, `5|bn`) are part of it and punctuation is none. A script without spaces has a word for each character.
    ///
    /// Every count of words in a report is made of this one.
    pub fn word_count(&self, tokens: Range<usize>) -> usize {
        let is_word = |token: &Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
        let is_glued = |at: usize, token: &Token| {
            let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
            before.is_some_and(|before| is_word(before) && before.span.end() == token.span.start())
        };
        let found = self.tokens.get(tokens.clone()).unwrap_or_default();
        tokens.zip(found).filter(|(at, token)| is_word(token) && !is_glued(*at, token)).count()
    }

    /// The number of words that stand in `span` at least in part, counted as by [`Self::word_count`].
    pub fn words_in(&self, span: Span) -> usize {
        self.word_count(self.tokens_in(span))
    }

    /// Indices of the sentences of running text: those of [`ParagraphKind::Body`], without the credit.
    ///
    /// Titles, headings, bylines, credits and furniture are not counted as the article's words.
    pub fn body_sentences(&self) -> impl Iterator<Item = usize> {
        let is_body = |sent: &Sentence| {
            self.paragraphs.get(sent.paragraph).is_some_and(|paragraph| paragraph.kind == ParagraphKind::Body)
                && !self.credit.is_some_and(|credit| credit.contains(sent.span))
        };
        self.sentences.iter().enumerate().filter(move |(_, sent)| is_body(sent)).map(|(at, _)| at)
    }

    /// The article's words: those of its [`Self::body_sentences`].
    pub fn body_words(&self) -> usize {
        self.body_sentences().filter_map(|at| self.sentences.get(at)).map(|sent| self.word_count(sent.tokens.clone())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seg(tokens: &[(usize, usize, TokenKind)]) -> Segmentation {
        let tokens = tokens.iter().map(|&(start, end, kind)| Token { span: Span::new(start, end), kind }).collect();
        Segmentation { tokens, ..Segmentation::default() }
    }

    #[test]
    fn clitics_and_units_are_part_of_their_word() {
        use TokenKind::{Number, Punctuation, Word};
        let rows = [
            (vec![(0, 2, Word), (2, 5, Word), (6, 10, Word)], 2),
            (vec![(0, 1, Number), (1, 3, Word), (3, 4, Punctuation)], 1),
            (vec![(0, 1, Punctuation), (1, 4, Word), (4, 5, Punctuation), (5, 8, Word)], 2),
            (vec![], 0),
        ];
        for (tokens, expected) in rows {
            assert_eq!(seg(&tokens).word_count(0..tokens.len()), expected, "{tokens:?}");
        }
        assert_eq!(seg(&[(0, 2, Word)]).word_count(0..5), 0);
    }

    #[test]
    fn only_running_text_counts() {
        let kinds = [ParagraphKind::Title, ParagraphKind::Byline, ParagraphKind::Heading, ParagraphKind::Body, ParagraphKind::Body];
        let mut seg = seg(&[0, 2, 4, 6, 8].map(|at| (at, at + 1, TokenKind::Word)));
        for (at, kind) in kinds.into_iter().enumerate() {
            let span = Span::new(at * 2, at * 2 + 1);
            seg.sentences.push(Sentence { span, paragraph: at, tokens: at..at + 1 });
            seg.paragraphs.push(Paragraph { span, kind, section: 0, sentences: at..at + 1 });
        }
        assert_eq!((seg.body_sentences().collect::<Vec<_>>(), seg.body_words()), (vec![3, 4], 2));
        seg.credit = Some(Span::new(8, 9));
        assert_eq!((seg.body_sentences().collect::<Vec<_>>(), seg.body_words()), (vec![3], 1));
    }
}
