//! What a report's `articles/ID.json` says, read back. Fields that a format has no use for are left out.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One article of a report. Offsets are code points into `text`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ArticleRecord {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) text: String,
    pub(super) title: Option<SpanRecord>,
    pub(super) byline: Option<SpanRecord>,
    #[serde(default)]
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) paragraphs: Vec<ParagraphRecord>,
    pub(super) sentences: Vec<SentenceRecord>,
    pub(super) entities: Vec<EntityRecord>,
    pub(super) quotes: Vec<QuoteRecord>,
    pub(super) speakers: Vec<SpeakerRecord>,
    pub(super) themes: Vec<ThemeRecord>,
    /// The file's JSON, in one line.
    #[serde(skip)]
    pub(super) line: String,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(super) struct SpanRecord {
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ParagraphRecord {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SentenceRecord {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) paragraph: usize,
    #[serde(default)]
    pub(super) themes: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct EntityRecord {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) name: String,
    pub(super) mentions: Vec<MentionRecord>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct MentionRecord {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) score: f64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct QuoteRecord {
    /// As it stands in the file: `q3`, or `ARTICLE:q3`.
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) content: Vec<SpanRecord>,
    pub(super) cue: Option<SpanRecord>,
    pub(super) source: Option<SpanRecord>,
    pub(super) speaker: Option<String>,
    pub(super) confidence: f64,
    #[serde(default)]
    pub(super) themes: Vec<String>,
}

impl QuoteRecord {
    /// The id within its article: `q3`.
    pub(super) fn local_id(&self) -> &str {
        self.id.rsplit(':').next().unwrap_or(&self.id)
    }

    /// From the first content's start to the last one's end.
    pub(super) fn span(&self) -> SpanRecord {
        let start = self.content.first().map_or(0, |span| span.start);
        SpanRecord { start, end: self.content.last().map_or(start, |span| span.end) }
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SpeakerRecord {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) roles: Vec<RoleRecord>,
}

impl SpeakerRecord {
    /// The first body that a role names.
    pub(super) fn affiliation(&self) -> Option<&str> {
        self.roles.iter().find_map(|role| role.affiliation.as_deref())
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RoleRecord {
    pub(super) role: String,
    pub(super) affiliation: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct ThemeRecord {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) parent: Option<String>,
    #[serde(default)]
    pub(super) evidence: Vec<EvidenceRecord>,
}

/// What gave a theme.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct EvidenceRecord {
    pub(super) start: usize,
    #[serde(default)]
    pub(super) probability: Option<f64>,
}

impl ArticleRecord {
    /// Who said a quotation.
    pub(super) fn speaker_of(&self, quote: &QuoteRecord) -> Option<&SpeakerRecord> {
        let id = quote.speaker.as_deref()?;
        self.speakers.iter().find(|speaker| speaker.id == id)
    }

    /// A piece of metadata; none where the file says nothing.
    pub(super) fn metadata(&self, key: &str) -> Option<&str> {
        self.metadata.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }
}
