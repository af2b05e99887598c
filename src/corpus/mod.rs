//! A batch of articles: discovery, scheduling, failures.

mod batch;
mod ordered;

pub use batch::Batch;
