//! Keyphrases: the noun phrases that say what an article is about.

mod candidate;
mod extractor;
mod score;
mod stop_words;

use crate::Span;

pub use extractor::{KeyphraseExtractor, KeyphraseOptions};

/// One keyphrase of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyphrase {
    /// The phrase as the article writes it most often.
    pub phrase: String,
    /// Ranking number; higher is better, comparable inside one article only.
    pub score: f64,
    /// Where it stands, in text order.
    pub mentions: Vec<Span>,
}
