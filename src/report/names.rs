//! The names of the vocabulary's closed sets, as every report writes them.

use crate::{CueClass, MentionKind, ParagraphKind, QuoteKind, SpeakerKind};

impl QuoteKind {
    /// The name in reports: `direct`, `indirect` or `mixed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

impl CueClass {
    /// The name in reports: `speech`, `writing`, `thought` or `other`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Writing => "writing",
            Self::Thought => "thought",
            Self::Other => "other",
        }
    }
}

impl SpeakerKind {
    /// The name in reports: `person`, `organization`, `document` or `unnamed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Document => "document",
            Self::Unnamed => "unnamed",
        }
    }
}

impl MentionKind {
    /// The name in reports: `name`, `pronoun` or `nominal`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Pronoun => "pronoun",
            Self::Nominal => "nominal",
        }
    }
}

impl ParagraphKind {
    /// The name in reports: `title`, `byline`, `heading`, `body`, `credit` or `furniture`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Credit => "credit",
            Self::Furniture => "furniture",
        }
    }
}
