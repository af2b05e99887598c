//! Tokens: words, numbers and single punctuation marks.

use serde::{Deserialize, Serialize};

use super::Span;

/// What a [`Token`] is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and the full stops of abbreviations (`U.S.`, `co-founder`).
    Word,
    /// Digits, with inner separators and a percent or currency sign apart (`1,200.5`).
    Number,
    /// One punctuation mark or symbol, or one ellipsis or dash of several characters.
    Punctuation,
}

/// One word, number or punctuation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where the token stands, in bytes.
    pub span: Span,
    /// What the token is made of.
    pub kind: TokenKind,
}
