//! Themes by meaning: how close the vector of a sentence stands to the vectors of a theme's description and phrases.

use crate::{Result, cosine};

use super::codebook::CodebookTheme;

/// Fewer words than this have no vector worth comparing.
pub(super) const FEWEST_WORDS: usize = 5;

/// The vectors of a phrase by the same model as the articles'.
#[derive(Debug, Clone, Default)]
pub struct PhraseVectors {
    /// The mean of its token vectors, of length one.
    pub tokens: Option<Vec<f32>>,
    /// What it is about, of length one ([`Encoding::meaning`](crate::encoder::Encoding::meaning)).
    pub meaning: Option<Vec<f32>>,
}

/// The vectors of the themes of a codebook that ask for them.
#[derive(Debug, Clone, Default)]
pub(super) struct ThemeVectors {
    /// The index of a theme that states a least cosine, that cosine, and its vector of length one.
    themes: Vec<(usize, f64, Vec<f32>)>,
    /// What each theme is about, where the codebook reads sentences in their context; empty where it does not.
    meanings: Vec<Vec<f32>>,
}

impl ThemeVectors {
    /// A theme's vector for its least cosine is the mean of those of its description and its plain terms, each of length one; with
    /// `context` each also has the meaning of its label with its description, or, where it has none, with its first terms.
    pub(super) fn new(themes: &[CodebookTheme], context: bool, mut vectors: impl FnMut(&str) -> Result<PhraseVectors>) -> Result<Self> {
        let mut found = Self::default();
        for (at, theme) in themes.iter().enumerate() {
            if context {
                found.meanings.push(vectors(&theme.summary())?.meaning.unwrap_or_default());
            }
            let Some(least) = theme.min_similarity else { continue };
            let mut sum: Vec<f32> = Vec::new();
            for seed in &theme.seeds {
                let Some(seed) = vectors(seed)?.tokens else { continue };
                sum.resize(sum.len().max(seed.len()), 0.0);
                sum.iter_mut().zip(&seed).for_each(|(total, value)| *total += value);
            }
            let length = cosine(&sum, &sum).sqrt();
            if length > f32::EPSILON {
                found.themes.push((at, least, sum.into_iter().map(|value| value / length).collect()));
            }
        }
        Ok(found)
    }

    /// Whether a theme states a least similarity.
    pub(super) fn has_least(&self) -> bool {
        !self.themes.is_empty()
    }

    /// Whether themes have meanings.
    pub(super) fn has_meanings(&self) -> bool {
        self.meanings.iter().any(|meaning| !meaning.is_empty())
    }

    /// The cosine of `meaning` and each theme's.
    pub(super) fn cosines(&self, meaning: &[f32]) -> Vec<f64> {
        self.meanings.iter().map(|theme| f64::from(cosine(meaning, theme))).collect()
    }

    /// The themes close to `vector`, with their cosine.
    pub(super) fn close_to<'a>(&'a self, vector: &'a [f32]) -> impl Iterator<Item = (usize, f64)> + 'a {
        let close = |(at, least, theme): &(usize, f64, Vec<f32>)| {
            let cosine = f64::from(cosine(vector, theme));
            (cosine >= *least).then_some((*at, cosine))
        };
        self.themes.iter().filter_map(close)
    }
}
