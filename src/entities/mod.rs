//! Named entities: the model's mentions, gathered into one entity per thing.

use serde::{Deserialize, Serialize};

mod borders;
mod consistency;
mod found;
mod headlines;
mod joined_names;
mod name;
mod places;
mod recognizer;
mod single_words;

pub use recognizer::EntityRecognizer;

use crate::{EntityLabel, Span};

/// One person, organization, place or other named thing of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Unique in its article: `e1`, `e2`, … in order of first mention.
    pub id: String,
    /// What kind of thing it is.
    pub label: EntityLabel,
    /// The fullest name in the article.
    pub name: String,
    /// Where it is named, in text order.
    pub mentions: Vec<EntityMention>,
}

/// One place that names an [`Entity`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntityMention {
    /// Where, in bytes.
    pub span: Span,
    /// The model's probability, `0..=1`.
    pub score: f32,
}
