//! One article as it was read: its text, where it came from, and what its file says about it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Span;

/// What a file says about its article outside the text (front matter, file name): `outlet`, `date`, `url` and the like.
pub type Metadata = BTreeMap<String, String>;

/// What a file's format says about a part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Markup {
    /// A heading line.
    Heading,
    /// An item of a list.
    ListItem,
    /// A quotation set off from the text.
    BlockQuote,
}

/// How a document was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Where in its file the article stands: `row 17`, the path inside an archive; empty where the file is the article.
    pub place: String,
    /// The format, and what its reader went by: `csv: column body (guessed)`.
    pub rule: String,
    /// The encoding the file was read in; empty where its format knows one only.
    pub encoding: Cow<'static, str>,
    /// How many bytes that fit no encoding were replaced by U+FFFD.
    pub repaired_bytes: usize,
    /// The language of the text as it was detected, in ISO 639-1 or 639-3; empty where it could not be told.
    pub language: Cow<'static, str>,
    /// What was left out or repaired.
    pub notes: Vec<String>,
}

/// One article: an immutable text and its provenance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    id: String,
    path: String,
    sha256: String,
    text: String,
    metadata: Metadata,
    markup: Vec<(Span, Markup)>,
    provenance: Provenance,
}

impl Document {
    /// Makes a document; `sha256` is that of the file's bytes, in lower-case hexadecimal.
    pub fn new(
        id: impl Into<String>,
        path: impl Into<String>,
        sha256: impl Into<String>,
        text: impl Into<String>,
        metadata: Metadata,
    ) -> Self {
        Self {
            id: id.into(),
            path: path.into(),
            sha256: sha256.into(),
            text: text.into(),
            metadata,
            markup: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    /// Makes a document out of a text alone, with id and path `text`.
    ///
    /// ```
    /// let doc = sayso::Document::from_text("Rates will rise, she said.");
    /// assert_eq!(doc.slice(sayso::Span::new(0, 5)), "Rates");
    /// ```
    pub fn from_text(text: impl Into<String>) -> Self {
        Self::new("text", "text", "", text, Metadata::new())
    }

    /// Adds what the file's format says about parts of the text, in text order.
    #[must_use]
    pub fn with_markup(mut self, markup: Vec<(Span, Markup)>) -> Self {
        self.markup = markup;
        self
    }

    /// Adds how the document was read.
    #[must_use]
    pub fn with_provenance(mut self, provenance: Provenance) -> Self {
        self.provenance = provenance;
        self
    }

    /// Gives the document the id that a run has found for it.
    pub(crate) fn identify(&mut self, id: String) {
        self.id = id;
    }

    /// The id: unique in a run, the user's own or made of the file's name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The path as reports show it, relative to the input given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The SHA-256 of the file's bytes; of an article of a collection that of its text.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The text, decoded, otherwise untouched.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the document was read.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// What the file says about its article.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What the file's format says about parts of the text, in text order; empty for plain text.
    pub fn markup(&self) -> &[(Span, Markup)] {
        &self.markup
    }

    /// The text of a span; empty where the span does not fit this text.
    ///
    /// # Panics
    /// In debug builds, where the span does not fit: it was made for another text.
    pub fn slice(&self, span: Span) -> &str {
        let text = self.text.get(span.range());
        debug_assert!(text.is_some(), "{span:?} does not fit the text of {}", self.id);
        text.unwrap_or_default()
    }
}
