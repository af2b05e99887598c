//! Word pieces, word shapes, windows, engines and heads: the only code that knows a model file.

mod antecedents;
mod choice;
mod config;
mod crf;
mod embedded;
mod encoding;
mod engine;
mod files;
mod forward_backward;
mod labels;
#[cfg(feature = "libtorch")]
mod libtorch;
#[cfg(not(feature = "libtorch"))]
#[path = "without_libtorch.rs"]
mod libtorch;
mod links;
mod meaning;
mod model;
mod pieces;
mod shape;
mod vectors;
mod window;

pub(crate) use antecedents::{AntecedentRanker, RankedMention};
pub use choice::{Device, EngineKind, EngineRecord, KeyphraseMethod, LibtorchOptions, Precision};
pub(crate) use choice::{EngineChoice, UserModels};
pub use encoding::{ContentLinks, Encoding, LabelledSpan};
pub use labels::{AttributionLabel, EntityLabel, Label, Upos};
pub(crate) use libtorch::KeywordExtractor;
pub use model::Encoder;
pub(crate) use vectors::dot;
pub use vectors::{TokenVectors, cosine};
pub(crate) use window::{MAX_PIECES_IN_ALL, Window, WindowCutter};
