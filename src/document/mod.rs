//! The vocabulary every stage shares: documents, spans, tokens, sentences. Depends on nothing else of sayso.

mod layout;
mod offsets;
mod source;
mod span;
mod token;

pub use layout::{Paragraph, ParagraphKind, Section, Segmentation, Sentence};
pub use offsets::{CodePointOffsets, CodePointSpan};
pub use source::{Document, Markup, Metadata, Provenance};
pub use span::Span;
pub use token::{Token, TokenKind};
