//! A batch of articles: discovery, scheduling, failures.

mod batch;
mod ordered;

pub use crate::placeholders::{ReadOptions, Source, discover, read_file};
pub use batch::Batch;
