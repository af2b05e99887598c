//! Themes by meaning: how close the vector of a sentence stands to the vectors of a theme's description and phrases.

use crate::{Result, cosine};

use super::codebook::CodebookTheme;

/// Fewer words than this have no vector worth comparing.
pub(super) const FEWEST_WORDS: usize = 5;

/// The vectors of the themes of a codebook that ask for them.
#[derive(Debug, Clone, Default)]
pub(super) struct ThemeVectors {
    /// The index of a theme, the least cosine that gives it, and its vector of length one.
    themes: Vec<(usize, f64, Vec<f32>)>,
}

impl ThemeVectors {
    /// A theme's vector is the mean of those of its description and its plain terms, each of length one.
    pub(super) fn new(themes: &[CodebookTheme], mut vector: impl FnMut(&str) -> Result<Option<Vec<f32>>>) -> Result<Self> {
        let mut found = Vec::new();
        for (at, theme) in themes.iter().enumerate() {
            let Some(least) = theme.min_similarity else { continue };
            let mut sum: Vec<f32> = Vec::new();
            for seed in &theme.seeds {
                let Some(seed) = vector(seed)? else { continue };
                sum.resize(sum.len().max(seed.len()), 0.0);
                sum.iter_mut().zip(&seed).for_each(|(total, value)| *total += value);
            }
            let length = cosine(&sum, &sum).sqrt();
            if length > f32::EPSILON {
                found.push((at, least, sum.into_iter().map(|value| value / length).collect()));
            }
        }
        Ok(Self { themes: found })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.themes.is_empty()
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
