//! sayso reads policy and news articles and writes down who said what, on which theme, and where it stands in the text.

mod analysis;
mod corpus;
mod document;
mod encoder;
mod entities;
mod error;
mod evaluate;
mod ingest;
mod keyphrases;
mod quotes;
mod reading;
mod report;
mod segment;
mod speakers;
mod stem;
#[cfg(test)]
mod testing;
mod themes;

pub use analysis::Analysis;
pub use document::{
    CodePointOffsets, CodePointSpan, Document, Metadata, Paragraph, ParagraphKind, Section, Segmentation, Sentence, Span, Token, TokenKind,
};
pub use encoder::{AttributionLabel, ContentLinks, Encoder, Encoding, EntityLabel, Label, LabelledSpan, TokenVectors, Upos, cosine};
pub use entities::{Entity, EntityMention};
pub use error::{Error, ErrorKind, Result};
pub use keyphrases::{Keyphrase, KeyphraseExtractor, KeyphraseOptions};
pub use quotes::{CueClass, Quote, QuoteKind};
pub use reading::Reading;
pub use segment::Segmenter;
pub use speakers::{Attribution, MentionKind, Role, Speaker, SpeakerKind, SpeakerMention};
pub use themes::{Codebook, CodebookTheme, Theme, ThemeCoder};
