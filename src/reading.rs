//! What every stage after the encoder gets: a document, its parts and the model's answers.

use crate::{Document, Encoding, Segmentation, Span};

/// A document together with its segmentation and encoding; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The article.
    pub doc: &'a Document,
    /// Its paragraphs, sentences and tokens.
    pub seg: &'a Segmentation,
    /// The model's answers, by token of `seg`.
    pub encoding: &'a Encoding,
}

impl<'a> Reading<'a> {
    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        self.doc.slice(span)
    }

    /// The text of one token; empty for a wrong index.
    pub fn token_text(&self, token: usize) -> &'a str {
        self.seg.tokens.get(token).map_or("", |token| self.doc.slice(token.span))
    }
}
