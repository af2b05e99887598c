//! Why a theme was given: where the reason stands and what it is, so that a coder can check every number.

use serde::{Deserialize, Serialize};

use super::matcher::outermost;
use crate::Span;

/// One reason for a theme, with its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The words that gave the theme; for a similarity or a context the whole sentence, or the quotation's piece.
    pub span: Span,
    /// Why they gave it.
    pub reason: Reason,
}

/// Why a theme was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// A term of the codebook.
    Term {
        /// As the codebook writes it.
        term: String,
        /// How likely the sentence is about the theme, `0..=1`, where the codebook asks for it.
        probability: Option<f64>,
    },
    /// The cosine between the vectors of the words and of the theme, `0..=1`, no term standing there.
    Similarity(f64),
    /// What the sentence means and the article says around it, no term standing there.
    Context {
        /// How likely the sentence is about the theme, `0..=1`.
        probability: f64,
        /// The nearest words that say the theme; none where the article never does.
        from: Option<Span>,
    },
    /// A heading that names the theme gives it to its section.
    Heading,
    /// A keyphrase of the theme, without a codebook.
    Keyphrase(String),
}

impl Reason {
    /// How likely the sentence is about the theme, `0..=1`; none where a term, a heading or a phrase gives it without more ado.
    pub fn probability(&self) -> Option<f64> {
        match self {
            Self::Term { probability, .. } => *probability,
            Self::Context { probability, .. } => Some(*probability),
            Self::Similarity(_) | Self::Heading | Self::Keyphrase(_) => None,
        }
    }

    /// The name in reports: `term`, `similarity`, `context`, `meaning`, `heading` or `keyphrase`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Term { .. } => "term",
            Self::Similarity(_) => "similarity",
            Self::Context { from: Some(_), .. } => "context",
            Self::Context { from: None, .. } => "meaning",
            Self::Heading => "heading",
            Self::Keyphrase(_) => "keyphrase",
        }
    }
}

/// The evidence in text order, without words inside other words; the span of a similarity or a context holds a whole
/// sentence and hides nothing.
pub(super) fn sorted(evidence: Vec<Evidence>) -> Vec<Evidence> {
    let is_whole = |evidence: &Evidence| matches!(evidence.reason, Reason::Similarity(_) | Reason::Context { .. });
    let (whole, said): (Vec<_>, Vec<_>) = evidence.into_iter().partition(is_whole);
    let mut all = outermost(said.into_iter(), |evidence| evidence.span);
    all.extend(outermost(whole.into_iter(), |evidence| evidence.span));
    all.sort_by_key(|evidence| (evidence.span.start(), evidence.span.end()));
    all
}
