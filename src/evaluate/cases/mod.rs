//! Cases: small texts with what must come out of them, as data that needs no Rust.
//!
//! ```toml
//! [[case]]
//! name = "a minister behind her words"
//! text = "“Prices will fall by May,” said Ana Silva, the finance minister."
//! expect.quotes = [{ content = "Prices will fall", speaker = "Ana Silva", kind = "direct" }]
//! ```
//!
//! `tests/cases/README.md` describes every field.

mod article;
mod compare;
mod files;
mod format;
mod labels;
mod matter;
mod plain;
mod quotations;
#[cfg(test)]
mod rules_needed;
mod run;
mod scores;
mod speakers;
mod words;

pub use compare::Difference;
pub use files::load;
pub use format::{Accepted, Case, EntityWanted, Expectation, NotCredited, NotCreditedTo, OneOrMore, QuoteWanted, SpeakerWanted};
pub use labels::{AttributionWritten, Labels};
#[cfg(test)]
pub(crate) use run::document;
pub use run::{Outcome, run};
pub use scores::{CaseScores, FailingCase, KindScore};
