//! A case as it is written down: a text, what must come out of it, and, where rules are tested alone, what the model says about it.

use serde::Deserialize;

use super::labels::Labels;

/// A text and what must come out of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Unique in its file.
    pub name: String,
    /// What it is an example of; results are counted by it.
    pub kind: String,
    /// Where it is written: file and line.
    pub place: String,
    /// The file that sayso is given.
    pub text: String,
    /// The extension of that file's name, which tells its format (`txt`, `md`).
    pub extension: String,
    /// The model's answers, made by hand; without them the model is asked.
    pub labels: Option<Labels>,
    /// What must come out.
    pub expect: Expectation,
    /// Why it does not come out today.
    pub known_failure: Option<String>,
}

/// What must come out of a text. All of it must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expectation {
    /// For each of these some quotation fits.
    pub quotes: Vec<QuoteWanted>,
    /// The quotations of the article, all of them, in text order; names are compared to the letter.
    pub all_quotes: Option<Vec<QuoteWanted>>,
    /// No quotation has any of these words in its content.
    pub not_quotes: Vec<String>,
    /// No quotation with these words is credited to anybody named, or to this speaker.
    pub not_credited: Vec<NotCredited>,
    /// For each of these some speaker fits.
    pub speakers: Vec<SpeakerWanted>,
    /// The speakers of the article, all of them, in order of first quotation; names are compared to the letter.
    pub all_speakers: Option<Vec<SpeakerWanted>>,
    /// The article's title.
    pub title: Option<String>,
    /// Names that the byline holds.
    pub byline: Option<OneOrMore>,
    /// How the article's date begins (`2024-03`).
    pub date: Option<String>,
    /// For each of these some entity fits.
    pub entities: Vec<EntityWanted>,
    /// Phrases that are keyphrases; of several in one place one is.
    pub keyphrases_include: Vec<OneOrMore>,
    /// Phrases that are none.
    pub keyphrases_exclude: Vec<String>,
    /// Sentences from the first to the last word.
    pub sentences_include: Vec<String>,
    /// What must come out of each article of a file that holds several.
    pub articles: Vec<Expectation>,
}

/// A quotation that must come out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuoteWanted {
    /// A piece of its content.
    pub content: Option<String>,
    /// Its whole content, part by part, to the letter.
    pub whole: Option<OneOrMore>,
    /// How its content begins.
    pub content_starts: Option<String>,
    /// How its content ends.
    pub content_ends: Option<String>,
    /// Its speaker: one of these names.
    #[serde(deserialize_with = "present")]
    pub speaker: Option<Accepted>,
    /// The names of a joint source, all of them.
    pub speakers_all: Option<Vec<String>>,
    /// `direct`, `indirect` or `mixed`; one of these.
    pub kind: Option<OneOrMore>,
    /// The cue, to the letter; empty for none.
    pub cue: Option<String>,
    /// The source phrase, to the letter; empty for none.
    pub source: Option<String>,
}

/// Words that must not be credited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum NotCredited {
    /// To no person and no organization.
    ToAnybody(String),
    /// Not to this speaker.
    To(NotCreditedTo),
}

/// Words that must not be credited to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotCreditedTo {
    /// A piece of a content.
    pub content: String,
    /// Who did not say it.
    pub speaker: String,
}

/// A speaker that must come out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpeakerWanted {
    /// One of these names.
    pub name: Option<OneOrMore>,
    /// `person`, `organization`, `document` or `unnamed`; one of these.
    pub kind: Option<OneOrMore>,
    /// A part of one of the roles, one of these.
    pub role: Option<OneOrMore>,
    /// The body that this role is held in, by one of these names.
    pub affiliation: Option<OneOrMore>,
    /// All roles in the order of their evidence, to the letter: `vice mayor @ Changzhou`.
    pub roles: Option<Vec<String>>,
    /// All other names, to the letter.
    pub aliases: Option<Vec<String>>,
    /// The words that speak of the speaker, all of them, in text order.
    pub mentions: Option<Vec<String>>,
    /// Whether a place or building stands for who acts there.
    pub metonym: Option<bool>,
}

/// An entity that must come out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityWanted {
    /// One of these names.
    pub name: OneOrMore,
    /// One of these labels (`Person`, `Organization` …).
    #[serde(default)]
    pub label: Option<OneOrMore>,
    /// Whether a mention must lie in the title.
    #[serde(default)]
    pub in_title: bool,
}

/// One text, or several of which one, or all, are meant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct OneOrMore(pub Vec<String>);

/// Names of which one is right; `None` where nobody is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Option<Written>")]
pub struct Accepted(pub Vec<Option<String>>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    More(Vec<Option<String>>),
}

impl From<Written> for OneOrMore {
    fn from(written: Written) -> Self {
        match written {
            Written::One(text) => Self(vec![text]),
            Written::More(texts) => Self(texts.into_iter().flatten().collect()),
        }
    }
}

impl From<Option<Written>> for Accepted {
    /// TOML has no null: an empty name is nobody's.
    fn from(written: Option<Written>) -> Self {
        let names = match written {
            None => vec![None],
            Some(Written::One(name)) => vec![Some(name)],
            Some(Written::More(names)) => names,
        };
        Self(names.into_iter().map(|name| name.filter(|name| !name.is_empty())).collect())
    }
}

/// Keeps a null apart from a field that is not there.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Accepted>, D::Error> {
    Accepted::deserialize(deserializer).map(Some)
}

impl OneOrMore {
    /// The texts.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The texts as a message shows them.
    pub(super) fn shown(&self) -> String {
        self.0.join(" / ")
    }
}
