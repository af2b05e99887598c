//! A batch of articles: discovery, scheduling, failures, and the journal that a run goes on from.

mod batch;
mod journal;
mod likeness;
mod ordered;
mod sample;

pub use batch::Batch;
pub use journal::Replay;
pub(crate) use journal::{Journal, Record, Settings};
pub(crate) use likeness::{Likeness, Shape};
pub use sample::{Drawn, Sample};
