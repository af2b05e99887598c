//! Word pieces, word shapes, windows, engines and heads: the only code that knows a model file.

mod encoding;
mod labels;
mod model;
mod vectors;

pub use encoding::{ContentLinks, Encoding, LabelledSpan};
pub use labels::{AttributionLabel, EntityLabel, Label, Upos};
pub use model::Encoder;
pub use vectors::{TokenVectors, cosine};
