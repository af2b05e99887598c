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
mod pipeline;
mod quotation_marks;
mod quotes;
mod reading;
mod report;
mod segment;
mod speakers;
mod stem;
#[cfg(test)]
mod testing;
mod themes;
mod training;

pub use analysis::Analysis;
pub use corpus::Batch;
pub use document::{
    CodePointOffsets, CodePointSpan, Document, Markup, Metadata, Paragraph, ParagraphKind, Section, Segmentation, Sentence, Span, Token,
    TokenKind,
};
pub use encoder::{AttributionLabel, ContentLinks, Encoder, Encoding, EntityLabel, Label, LabelledSpan, TokenVectors, Upos, cosine};
pub use entities::{Entity, EntityMention, EntityRecognizer};
pub use error::{Error, ErrorKind, Result};
pub use evaluate::gold::{self, GoldAttribution, GoldDocument, GoldMention, GoldQuotation, GoldSpeaker};
pub use evaluate::{Count, EvaluateOptions, Measure, Rate, Score, Scorer, Scores, evaluate};
pub use ingest::{ReadOptions, Source, discover, read_bytes, read_file};
pub use keyphrases::{Keyphrase, KeyphraseExtractor, KeyphraseOptions};
pub use pipeline::{Pipeline, PipelineBuilder};
pub use quotes::{CueClass, Quote, QuoteExtractor, QuoteKind};
pub use reading::Reading;
pub use report::{Counts, Format, Report, RunOptions, SCHEMA, json_schema, write_atomic, write_json};
pub use segment::Segmenter;
pub use speakers::{Attribution, MentionKind, Role, Speaker, SpeakerKind, SpeakerMention, SpeakerResolver};
pub use themes::{Codebook, CodebookTheme, Theme, ThemeCoder};
pub use training::ExampleWriter;
