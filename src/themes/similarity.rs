//! Themes by meaning: how close the vector of a sentence stands to the vectors of a theme's description and phrases.

use crate::{Result, cosine};

use super::codebook::CodebookTheme;

/// Fewer words than this have no vector worth comparing.
pub(super) const FEWEST_WORDS: usize = 5;

/// The vectors of the themes of a codebook that ask for them.
#[derive(Debug, Clone, Default)]
pub(super) struct ThemeVectors {
    /// The index of a theme, the least cosine that gives it, and its vector of length one.
    themes: Vec<(usize, Option<f64>, Vec<f32>)>,
}

impl ThemeVectors {
    /// A theme's vector is the mean of those of its description and its plain terms, each of length one. With `all`, themes that state no
    /// least similarity have one too, of their description alone where there is one: ranks are hardly better with terms, and a run would
    /// start a second later.
    pub(super) fn new(themes: &[CodebookTheme], all: bool, mut vector: impl FnMut(&str) -> Result<Option<Vec<f32>>>) -> Result<Self> {
        let mut found = Vec::new();
        for (at, theme) in themes.iter().enumerate() {
            if !all && theme.min_similarity.is_none() {
                continue;
            }
            let mut sum: Vec<f32> = Vec::new();
            let seeds = if theme.min_similarity.is_none() && theme.description.is_some() { 1 } else { theme.seeds.len() };
            for seed in theme.seeds.iter().take(seeds) {
                let Some(seed) = vector(seed)? else { continue };
                sum.resize(sum.len().max(seed.len()), 0.0);
                sum.iter_mut().zip(&seed).for_each(|(total, value)| *total += value);
            }
            let length = cosine(&sum, &sum).sqrt();
            if length > f32::EPSILON {
                found.push((at, theme.min_similarity, sum.into_iter().map(|value| value / length).collect()));
            }
        }
        Ok(Self { themes: found })
    }

    /// Whether a theme states a least similarity.
    pub(super) fn has_least(&self) -> bool {
        self.themes.iter().any(|(_, least, _)| least.is_some())
    }

    /// For each theme, by its index, how many others are closer to `vector`; of themes as close the earlier one is.
    pub(super) fn ranks(&self, vector: &[f32]) -> Vec<usize> {
        let mut close: Vec<(usize, f32)> = self.themes.iter().map(|(at, _, theme)| (*at, cosine(vector, theme))).collect();
        close.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut ranks = vec![usize::MAX; close.iter().map(|(at, _)| at + 1).max().unwrap_or(0)];
        for (rank, (at, _)) in close.into_iter().enumerate() {
            if let Some(place) = ranks.get_mut(at) {
                *place = rank;
            }
        }
        ranks
    }

    /// The themes close to `vector`, with their cosine.
    pub(super) fn close_to<'a>(&'a self, vector: &'a [f32]) -> impl Iterator<Item = (usize, f64)> + 'a {
        let close = |(at, least, theme): &(usize, Option<f64>, Vec<f32>)| {
            let cosine = f64::from(cosine(vector, theme));
            least.is_some_and(|least| cosine >= least).then_some((*at, cosine))
        };
        self.themes.iter().filter_map(close)
    }
}
