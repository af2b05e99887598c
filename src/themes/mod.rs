//! Themes: what sentences and quotations are about, by codebook, headings or keyphrases.

use serde::{Deserialize, Serialize};

mod bootstrap;
mod clues;
mod codebook;
mod coder;
mod coding;
mod context;
mod corpus;
mod coverage;
mod discovery;
mod evidence;
mod fitting;
mod id;
mod kwic;
mod matcher;
mod proposal;
mod similarity;
mod term;

pub(crate) use bootstrap::{Measures, ShareBootstrap};
pub use codebook::{Codebook, CodebookFormat, CodebookProblem, CodebookTheme, ThemeRates};
pub use coder::ThemeCoder;
pub(crate) use corpus::{CorpusThemes, ThemesOfRun};
pub use corpus::{Passage, ThemeCount};
pub use evidence::{Evidence, Reason};
pub use fitting::{CodebookFit, CodebookFitter, CodedText, WeighedSentence};
pub(crate) use id::slug;
pub use kwic::{Concordance, SearchTerm};
pub use proposal::CodebookProposal;
pub(crate) use proposal::{is_codebook_term, toml_quoted};
pub use similarity::PhraseVectors;

/// How much of an article is about one theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Unique in its codebook, or made of the label (`new-quality-productive-forces`).
    pub id: String,
    /// The name for people.
    pub label: String,
    /// The id of the theme it is a part of.
    pub parent: Option<String>,
    /// Indices of the sentences about it, in text order.
    pub sentences: Vec<usize>,
    /// Words in these sentences.
    pub words: usize,
    /// `words` as a share of the article's words, `0..=1`.
    pub share: f64,
    /// Indices of the quotations about it, in text order.
    pub quotes: Vec<usize>,
    /// What gave the theme, in text order.
    pub evidence: Vec<Evidence>,
}
