//! Quotations: contents with their cues and sources.

mod according;
mod assembly;
mod block_quotations;
mod borders;
mod confidence;
mod continuation;
mod cues;
mod extractor;
mod headlines;
mod interruptions;
mod introductions;
mod kind;
mod labels;
mod links;
mod listed;
mod nesting;
mod pieces;
mod recovery;
mod scene;
mod signatures;
mod standing;
mod terms;
mod turn_labels;
mod turns;

#[cfg(test)]
mod calibration;
#[cfg(test)]
mod polnear;
#[cfg(test)]
mod properties;

pub use extractor::QuoteExtractor;

use crate::Span;

/// How the words of a quotation are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// The whole content stands in quotation marks, or the layout sets it off: a turn of a transcript, a block quotation.
    Direct,
    /// The content is reported without its wording.
    Indirect,
    /// A verbatim clause or phrase stands inside reported content.
    Mixed,
}

/// What a cue says its source did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueClass {
    /// *said*, *told*, *according to*.
    Speech,
    /// *wrote*, *tweeted*.
    Writing,
    /// *believes*, *hopes*.
    Thought,
    /// Any other cue.
    Other,
}

/// One quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Unique in its article: `q1`, `q2`, … in text order.
    pub id: String,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// What is said; several spans where the quotation is interrupted. Never empty.
    pub content: Vec<Span>,
    /// The word that says so; none in colon forms, unless the model takes the colon for one.
    pub cue: Option<Span>,
    /// What the cue says the source did; none without a cue.
    pub cue_class: Option<CueClass>,
    /// The noun phrase of the speaker, as it stands beside the quotation.
    pub source: Option<Span>,
    /// How sure the program is that this is a quotation with these borders, `0..=1`.
    pub confidence: f64,
}
