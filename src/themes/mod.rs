//! Themes: what sentences and quotations are about, by codebook, headings or keyphrases.

mod codebook;
mod coder;
mod coverage;
mod discovery;
mod matcher;
mod term;

use crate::Span;

pub use codebook::{Codebook, CodebookTheme};
pub use coder::ThemeCoder;

/// How much of an article is about one theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Unique in its codebook, or made of the label (`new-quality-productive-forces`).
    pub id: String,
    /// The name for people.
    pub label: String,
    /// Indices of the sentences about it, in text order.
    pub sentences: Vec<usize>,
    /// Words in these sentences.
    pub words: usize,
    /// `words` as a share of the article's words, `0..=1`.
    pub share: f64,
    /// Indices of the quotations about it, in text order.
    pub quotes: Vec<usize>,
    /// The words that gave the theme, in text order.
    pub evidence: Vec<Span>,
}
