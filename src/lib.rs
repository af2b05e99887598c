//! sayso reads policy and news articles and writes down who said what, on which theme, and where it stands in the text.
//!
//! ```
//! # fn main() -> sayso::Result<()> {
//! let pipeline = sayso::Pipeline::builder().build()?;
//! let analysis = pipeline.analyze_text("“Prices will fall by May,” said Ana Silva, the finance minister.")?;
//! let quote = &analysis.quotes[0];
//! assert_eq!(quote.kind, sayso::QuoteKind::Direct);
//! assert_eq!(analysis.speaker_of(0).map(|speaker| speaker.name.as_str()), Some("Ana Silva"));
//! # Ok(())
//! # }
//! ```
//!
#![doc = include_str!("docs/guarantees.md")]
//!
//! # Features
//!
//! - `bundled-model` (on): the trained model inside the program; without it every run needs [`PipelineBuilder::model`].
//! - `libtorch`: a second engine ([`PipelineBuilder::engine`]) and models that the user brings ([`PipelineBuilder::ner_model`],
//!   [`PipelineBuilder::embedding_model`]); needs libtorch 2.4.0, see the README.

mod agreement;
mod analysis;
mod corpus;
mod digest;
mod document;
mod encoder;
mod entities;
mod error;
mod evaluate;
pub mod exchange;
mod ingest;
mod keyphrases;
mod lexicon;
mod pipeline;
mod quotation_marks;
mod quotes;
mod reading;
mod report;
mod segment;
mod spans;
mod speakers;
mod stem;
#[cfg(test)]
mod testing;
mod themes;
mod training;

pub use agreement::{Agreement, CoderScores, Codings, ThemeAgreement};
pub use analysis::Analysis;
pub use corpus::Batch;
pub use digest::sha256;
pub use document::{
    CodePointOffsets, CodePointSpan, Document, Markup, Metadata, Paragraph, ParagraphKind, Provenance, Section, Segmentation, Sentence,
    Span, Token, TokenKind,
};
pub use encoder::{
    AttributionLabel, ContentLinks, Device, Encoder, Encoding, EngineKind, EngineRecord, EntityLabel, KeyphraseMethod, Label, LabelledSpan,
    LibtorchOptions, Precision, TokenVectors, Upos, cosine,
};
pub use entities::{Entity, EntityMention, EntityRecognizer};
pub use error::{Error, ErrorKind, Result};
pub use evaluate::cases;
pub use evaluate::gold::{self, GoldAttribution, GoldDocument, GoldMention, GoldQuotation, GoldSpeaker, SalientEntity};
pub use evaluate::{Count, EvaluateOptions, Figure, Measure, Rate, Score, Scorer, Scores, evaluate};
pub use ingest::{ArticleSource, Columns, Inputs, PassedOver, ReadOptions, Source, discover, discover_with, kinds, read_bytes, read_file};
pub use keyphrases::{Keyphrase, KeyphraseExtractor, KeyphraseOptions};
pub use lexicon::{CueClass, Date, DateOrder};
pub use pipeline::{Pipeline, PipelineBuilder};
pub use quotes::{
    Applied as QuoteChange, ChangeKind as QuoteChangeKind, Quote, QuoteExtractor, QuoteKind, Rule as QuoteRule, Trail as QuoteTrail,
};
pub use reading::Reading;
pub use report::{Counts, Format, Report, RunOptions, SCHEMA, inert, json_schema, write_atomic, write_json};
pub use segment::Segmenter;
pub use spans::SpanFault;
pub use speakers::{
    Attribution, Finding as SpeakerFinding, Gazetteer, KnownPerson, MentionKind, Office, PeopleImport, PeopleShape, Role,
    Rule as SpeakerRule, Speaker, SpeakerKind, SpeakerMention, SpeakerResolver, import_people,
};
pub use themes::{
    Codebook, CodebookFormat, CodebookProblem, CodebookProposal, CodebookTheme, Concordance, Evidence, Reason, SearchTerm, Theme,
    ThemeCoder,
};
pub use training::{ExampleWriter, write_antecedents};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
