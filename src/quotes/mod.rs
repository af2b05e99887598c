//! Quotations: contents with their cues and sources.

use serde::{Deserialize, Serialize};

mod according_to;
mod beats;
mod block_quotations;
mod borders;
mod changes;
mod confidence;
mod continuation;
mod cue_links;
mod cues;
mod doubtful;
mod draft;
mod extractor;
mod headlines;
mod interruptions;
mod introductions;
mod kind;
mod labelled_reading;
mod labels;
mod missed_sentences;
mod model_contents;
mod nesting;
mod no_attribution;
mod rule;
mod same_cue;
mod signatures;
mod source_links;
mod speaker_labels;
mod strangers;
mod tags;
mod terms;
mod turn_labels;
mod turns;

#[cfg(test)]
mod calibration;
#[cfg(test)]
mod polnear;
#[cfg(test)]
mod properties;

pub use changes::{Applied, ChangeKind, Trail};
pub use extractor::QuoteExtractor;
pub use rule::Rule;

use crate::{CueClass, Span};

/// How the words of a quotation are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuoteKind {
    /// The whole content stands in quotation marks, or the layout sets it off: a turn of a transcript, a block quotation.
    Direct,
    /// The content is reported without its wording.
    Indirect,
    /// A verbatim clause or phrase stands inside reported content.
    Mixed,
}

/// One quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// What found it, moved its borders and chose its cue and source, in the order of the rules; none twice.
    pub rules: Vec<Rule>,
}
