//! A batch of articles: discovery, scheduling, failures.

mod batch;
mod copies;
mod ordered;

pub use batch::Batch;
pub(crate) use copies::Copies;
