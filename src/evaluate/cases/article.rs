//! What came out of a text, read from the JSON that other programs get: what is compared is what a user sees.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{Analysis, write_json};

/// One article of the JSON output.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Article {
    text: String,
    title: Option<Written>,
    byline: Option<Written>,
    #[serde(default)]
    date: Option<Written>,
    metadata: BTreeMap<String, Value>,
    sentences: Vec<Place>,
    pub(super) entities: Vec<EntityOut>,
    keyphrases: Vec<KeyphraseOut>,
    pub(super) quotes: Vec<QuoteOut>,
    pub(super) speakers: Vec<SpeakerOut>,
}

/// Code points, half open.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SpanOut {
    #[serde(flatten)]
    pub(super) place: Place,
    pub(super) text: String,
}

/// A span, or a text that stands nowhere in the article.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Written {
    Span(SpanOut),
    Text(String),
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct EntityOut {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) mentions: Vec<SpanOut>,
}

#[derive(Debug, Clone, Deserialize)]
struct KeyphraseOut {
    phrase: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct QuoteOut {
    pub(super) kind: String,
    pub(super) content: Vec<SpanOut>,
    pub(super) cue: Option<SpanOut>,
    pub(super) source: Option<SpanOut>,
    speaker: Option<String>,
    /// All speakers of a joint source, where the output lists them.
    #[serde(default)]
    speakers: Vec<String>,
    /// Whatever else the output says about a quotation.
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SpeakerOut {
    id: String,
    pub(super) name: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) metonym: bool,
    pub(super) aliases: Vec<String>,
    pub(super) roles: Vec<RoleOut>,
    pub(super) mentions: Vec<SpanOut>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RoleOut {
    pub(super) role: String,
    pub(super) affiliation: Option<String>,
}

impl Written {
    fn text(&self) -> &str {
        match self {
            Self::Span(span) => &span.text,
            Self::Text(text) => text,
        }
    }
}

impl Article {
    /// The article as the output has it.
    pub(super) fn of(analysis: &Analysis) -> serde_json::Result<Self> {
        let mut line = Vec::new();
        write_json(analysis, &mut line).map_err(serde::ser::Error::custom)?;
        serde_json::from_slice(&line)
    }

    /// The title: of the text, else of what the file says about it.
    pub(super) fn title(&self) -> Option<&str> {
        match &self.title {
            Some(Written::Span(span)) => Some(&span.text),
            Some(Written::Text(text)) if !text.is_empty() => Some(text),
            _ => self.metadata("title"),
        }
    }

    /// Where the title stands.
    pub(super) fn title_place(&self) -> Option<Place> {
        match &self.title {
            Some(Written::Span(span)) => Some(span.place),
            _ => None,
        }
    }

    /// The byline of the text, then those of what the file says about it.
    pub(super) fn byline(&self) -> String {
        let lines = [self.byline.as_ref().map(Written::text), self.metadata("author"), self.metadata("byline")];
        lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The date: of the text, else of what the file says about it.
    pub(super) fn date(&self) -> Option<&str> {
        self.date.as_ref().map(Written::text).filter(|date| !date.is_empty()).or_else(|| self.metadata("date"))
    }

    /// The keyphrases, best first.
    pub(super) fn keyphrases(&self) -> impl Iterator<Item = &str> {
        self.keyphrases.iter().map(|keyphrase| keyphrase.phrase.as_str())
    }

    /// The sentences, cut out of the text.
    pub(super) fn sentences(&self) -> Vec<String> {
        let chars: Vec<char> = self.text.chars().collect();
        let cut = |place: &Place| chars.get(place.start..place.end).unwrap_or_default().iter().collect();
        self.sentences.iter().map(cut).collect()
    }

    /// The first speaker of a quotation.
    pub(super) fn speaker(&self, quote: &QuoteOut) -> Option<&SpeakerOut> {
        quote.speaker_ids().find_map(|id| self.by_id(id))
    }

    /// All names that a quotation is credited to.
    pub(super) fn speaker_names<'a>(&'a self, quote: &'a QuoteOut) -> impl Iterator<Item = &'a str> {
        quote.speaker_ids().map(|id| self.by_id(id).map_or(id, |speaker| speaker.name.as_str()))
    }

    fn by_id(&self, id: &str) -> Option<&SpeakerOut> {
        self.speakers.iter().find(|speaker| speaker.id == id)
    }

    fn metadata(&self, key: &str) -> Option<&str> {
        self.metadata.get(key).and_then(Value::as_str)
    }

    /// A quotation on one line: speaker, kind, content, cue and source, and what made it so.
    pub(super) fn shown(&self, quote: &QuoteOut) -> String {
        let names: Vec<&str> = self.speaker_names(quote).collect();
        let speaker = if names.is_empty() { "nobody".to_owned() } else { names.join(" + ") };
        let parts: Vec<&str> = quote.content.iter().map(|part| part.text.as_str()).collect();
        let head = format!("{speaker} <{}> {:?}", quote.kind, parts.join(" ‖ "));
        let spans = [("cue", &quote.cue), ("source", &quote.source)];
        let spans = spans.into_iter().filter_map(|(name, span)| Some(format!("{name} {:?}", span.as_ref()?.text)));
        let traces = quote.traces().map(|(name, trace)| format!("{name} {trace}"));
        std::iter::once(head).chain(spans).chain(traces).collect::<Vec<_>>().join(", ")
    }
}

impl QuoteOut {
    fn speaker_ids(&self) -> impl Iterator<Item = &str> {
        self.speaker.iter().chain(&self.speakers).map(String::as_str).filter(|id| !id.is_empty())
    }

    /// Its parts, and all of them in one.
    pub(super) fn contents(&self) -> Vec<String> {
        let mut parts: Vec<String> = self.content.iter().map(|part| part.text.clone()).collect();
        if parts.len() > 1 {
            parts.push(parts.join(" "));
        }
        parts
    }

    /// The rules that found the quotation, moved its borders and chose its speaker, as far as the output tells them.
    fn traces(&self) -> impl Iterator<Item = (&str, &Value)> {
        let is_trace = |name: &str| matches!(name, "rules" | "basis" | "speaker_basis");
        self.rest.iter().filter(move |(name, trace)| is_trace(name) && !trace.is_null()).map(|(name, trace)| (name.as_str(), trace))
    }
}
