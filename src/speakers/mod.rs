//! Speakers: who stands behind each quotation's source phrase, and what the article says about them.

use serde::{Deserialize, Serialize};

mod attribution;
mod classes;
mod confidence;
mod coreference;
mod gazetteer;
mod gender_in_text;
mod lexicon;
mod names;
mod noun_phrases;
mod people;
mod pronouns;
mod referents;
mod resolver;
mod roles;
mod rule;
mod sources;
mod word_view;

#[cfg(test)]
mod rule_cases;
#[cfg(test)]
mod tests;

pub use classes::{SpeakerClass, SpeakerClasses};
pub use gazetteer::{Gazetteer, KnownPerson, Office, PeopleImport, PeopleShape, import_people};
pub use gender_in_text::{GenderInText, GenderMention};
pub(crate) use names::fold;
pub use people::PeopleMerge;
pub(crate) use people::{People, PeopleOfRun, PersonOfRun};
pub(crate) use resolver::Anaphora;
pub use resolver::SpeakerResolver;
pub use rule::{Finding, Rule};

use crate::Span;

/// The names of the features that the antecedent ranker is trained on, in order.
pub(crate) fn antecedent_features() -> Vec<&'static str> {
    coreference::Features::names().to_vec()
}

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpeakerKind {
    /// A named person.
    Person,
    /// A named body or group, or a place that stands for its government.
    Organization,
    /// A report, law, letter or other text, with a name or without.
    Document,
    /// Anyone the article does not name (*a senior official*).
    Unnamed,
}

/// How a mention names its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MentionKind {
    /// By name.
    Name,
    /// By pronoun.
    Pronoun,
    /// By a noun phrase (*the minister*).
    Nominal,
}

/// One place that speaks of a [`Speaker`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerMention {
    /// Where, in bytes.
    pub span: Span,
    /// Name, pronoun or nominal.
    pub kind: MentionKind,
}

/// A role with the words that say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role (*vice mayor*); empty where the article states an affiliation alone (*Li Na of Acme*).
    pub role: String,
    /// The body or place it is held in (*Changzhou*).
    pub affiliation: Option<String>,
    /// The evidence, in bytes.
    pub span: Span,
}

/// One speaker of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// Unique in its article: `s1`, `s2`, … in order of first quotation.
    pub id: String,
    /// The fullest name in the article; for unnamed speakers their phrase.
    pub name: String,
    /// Person, organization, document or unnamed.
    pub kind: SpeakerKind,
    /// Whether a place or building stands for who acts there (*Beijing*, *the White House*).
    pub is_metonym: bool,
    /// Other names the article uses, in order of first use.
    pub aliases: Vec<String>,
    /// Roles in order of their evidence.
    pub roles: Vec<Role>,
    /// Mentions in text order.
    pub mentions: Vec<SpeakerMention>,
    /// Who the speaker is by the gazetteer; none without one.
    pub known: Option<KnownPerson>,
    /// What kind of source the speaker is, by the words of role and body; none for a person of whom neither tells it.
    pub class: Option<SpeakerClass>,
    /// How the article speaks of the person: *she*, *he* or *they*; none where it says nothing, or both *she* and *he*.
    pub gender_in_text: Option<GenderMention>,
}

impl Speaker {
    /// A person of whom nothing is known but the name.
    pub(crate) fn named(id: impl Into<String>, name: impl Into<String>) -> Self {
        let (aliases, roles, mentions) = Default::default();
        Self {
            id: id.into(),
            name: name.into(),
            kind: SpeakerKind::Person,
            is_metonym: false,
            aliases,
            roles,
            mentions,
            known: None,
            class: None,
            gender_in_text: None,
        }
    }
}

/// The speakers of one article and whose words each quotation is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Attribution {
    /// In order of first quotation.
    pub speakers: Vec<Speaker>,
    /// For each quotation the index of its speaker; `None` where it could not be resolved.
    pub by_quote: Vec<Option<usize>>,
    /// For each quotation the indices of those who speak with its speaker (*Smith and Jones said*), in text order; empty where it has one
    /// speaker or none.
    pub joint: Vec<Vec<usize>>,
    /// For each quotation how sure its speaker is, 0 to 1; `None` where it has none.
    pub confidence: Vec<Option<f64>>,
    /// For each quotation the evidence that chose its speaker, the decisive one first; empty where it has none.
    pub basis: Vec<Vec<Finding>>,
    /// For each speaker what found their names and made several of them one.
    pub found: Vec<Vec<Finding>>,
    /// The mentions of everyone and everything the article speaks of, speakers and others, each list in text order.
    pub chains: Vec<Vec<SpeakerMention>>,
}
