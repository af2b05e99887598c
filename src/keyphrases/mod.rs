//! Keyphrases: the noun phrases that say what an article is about.

use serde::{Deserialize, Serialize};

mod acronym;
mod candidate;
mod extractor;
mod frequencies;
mod score;
mod words;

use crate::{EntityLabel, Span};

pub use extractor::{KeyphraseExtractor, KeyphraseOptions};
pub(crate) use frequencies::{ArticleFrequencies, WordKey, phrase_keys};

/// One keyphrase of an article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Keyphrase {
    /// The phrase as the article writes it most often.
    pub phrase: String,
    /// The acronym that the article explains with it; its mentions count among the phrase's.
    pub acronym: Option<String>,
    /// What it names, by most of its mentions, where it is or ends in a name: places and dates can be told apart from topics.
    pub label: Option<EntityLabel>,
    /// Ranking number; higher is better, comparable inside one article only.
    pub score: f64,
    /// Where it stands, in text order.
    pub mentions: Vec<Span>,
}

impl Keyphrase {
    /// The first mention that is no acronym: with one, the first of the longest.
    pub(crate) fn first_full(&self) -> Option<Span> {
        if self.acronym.is_none() {
            return self.mentions.first().copied();
        }
        self.mentions.iter().max_by_key(|span| (span.len(), std::cmp::Reverse(span.start()))).copied()
    }
}
