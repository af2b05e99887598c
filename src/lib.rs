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

pub mod agreement;
mod analysis;
pub mod corpus;
mod deadline;
mod digest;
pub mod document;
mod draft;
pub mod encoder;
pub mod entities;
mod error;
pub mod evaluate;
pub mod exchange;
pub mod ingest;
pub mod keyphrases;
pub mod lexicon;
mod pipeline;
mod quotation_marks;
pub mod quotes;
mod reading;
pub mod report;
pub mod segment;
mod spans;
pub mod speakers;
mod stem;
#[cfg(test)]
mod testing;
pub mod themes;
pub mod training;

pub use analysis::Analysis;
pub use corpus::Batch;
pub use digest::sha256;
pub use document::{Document, Span};
pub use entities::Entity;
pub use error::{Error, ErrorKind, Result};
pub use keyphrases::Keyphrase;
pub use pipeline::{Pipeline, PipelineBuilder};
pub use quotes::{Quote, QuoteKind};
pub use reading::Reading;
pub use report::Report;
pub use spans::SpanFault;
pub use speakers::Speaker;
pub use themes::{Codebook, Theme};

// Names that rooms know each other by.
#[cfg(test)]
pub(crate) use agreement::Codings;
pub(crate) use deadline::Deadline;
pub(crate) use document::{
    CodePointOffsets, CodePointSpan, Markup, Metadata, Paragraph, ParagraphKind, Provenance, Section, Segmentation, Sentence, Token,
    TokenKind,
};
#[cfg(all(test, feature = "libtorch"))]
pub(crate) use encoder::Device;
pub(crate) use encoder::{
    AttributionLabel, ContentLinks, Encoder, Encoding, EngineKind, EngineRecord, EntityLabel, KeyphraseMethod, Label, LabelledSpan,
    LibtorchOptions, TokenVectors, Upos, cosine,
};
#[cfg(test)]
pub(crate) use entities::EntityMention;
pub(crate) use evaluate::Score;
pub(crate) use evaluate::gold;
pub(crate) use evaluate::gold::{GoldAttribution, GoldDocument, SalientEntity};
#[cfg(test)]
pub(crate) use evaluate::{Measure, Scorer, Scores};
pub(crate) use ingest::{ArticleSource, PassedOver, ReadOptions, discover, read_bytes, read_file};
pub(crate) use keyphrases::KeyphraseExtractor;
pub(crate) use lexicon::{CueClass, Date, DateOrder};
#[cfg(test)]
pub(crate) use quotes::Rule as QuoteRule;
pub(crate) use quotes::{QuoteExtractor, Trail as QuoteTrail};
#[cfg(test)]
pub(crate) use report::RunOptions;
pub(crate) use report::{write_atomic, write_json};
pub(crate) use segment::Segmenter;
#[cfg(test)]
pub(crate) use speakers::Rule as SpeakerRule;
pub(crate) use speakers::{
    Attribution, Finding as SpeakerFinding, Gazetteer, KnownPerson, MentionKind, Office, Role, SpeakerClass, SpeakerKind, SpeakerMention,
    SpeakerResolver,
};
#[cfg(test)]
pub(crate) use themes::{CodebookFormat, CodebookProblem};
pub(crate) use themes::{Evidence, Reason, ThemeCoder};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
