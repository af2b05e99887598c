//! What segmentation finds in a document: its parts, paragraphs, sentences and tokens.

use std::ops::Range;

use super::{Span, Token};

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading; none before the first heading.
    pub heading: Option<Span>,
    /// From the heading (or the first paragraph) to the end of the last paragraph, in bytes.
    pub span: Span,
}

/// A sentence. It never crosses its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, in bytes, without outer white space.
    pub span: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Indices of its tokens.
    pub tokens: Range<usize>,
}

/// The parts of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
}
