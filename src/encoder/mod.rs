//! Word pieces, word shapes, windows, engines and heads: the only code that knows a model file.

mod antecedents;
mod config;
mod crf;
mod encoding;
mod engine;
mod forward_backward;
mod labels;
mod links;
mod model;
mod pieces;
mod shape;
mod transformer;
mod vectors;
mod window;

pub(crate) use antecedents::{AntecedentRanker, RankedMention};
pub use encoding::{ContentLinks, Encoding, LabelledSpan};
pub use labels::{AttributionLabel, EntityLabel, Label, Upos};
pub use model::Encoder;
pub use vectors::{TokenVectors, cosine};
pub(crate) use window::{Window, WindowCutter};
