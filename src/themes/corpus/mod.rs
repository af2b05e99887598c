//! The themes of a run: one set for all its articles, found without a codebook.
//!
//! In two passes over what a run has anyway. While articles come, their [`Passage`]s are sampled in bounded memory, those with the smallest
//! hashes of their words, so that neither the order of the articles nor the number of threads plays a part. When the last one is in, the
//! sample is clustered in a space of meanings and words (`space`) by spherical k-means (Dhillon and Modha 2001) that k-means++ seeds
//! (Arthur and Vassilvitskii 2007), and each cluster is called by one of the phrases that set it apart from the others (class-based tf-idf:
//! Grootendorst 2022), the one whose passages are most nearly its own. Then every passage of every article has the theme whose centre is nearest, if it is as near as the passages are
//! that made the theme; all others have none, which is told.
//!
//! A theme is what several articles share; names of people and places, dates and titles name none. Greetings and mere talk have none.

mod clusters;
mod gathering;
mod index;
mod labels;
mod passage;
mod said;
mod space;

pub(crate) use gathering::{CorpusThemes, ThemesOfRun};
pub use passage::Passage;

/// How many themes a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeCount {
    /// As many as its size asks for: the number of its articles to the power of 0.4, at least 8 and at most 40. A run of fewer than
    /// [`Self::LEAST_ARTICLES`] articles keeps the themes of each article.
    #[default]
    BySize,
    /// This many, or fewer where some have too little in common.
    Fixed(usize),
}

impl ThemeCount {
    /// The fewest articles of which themes are found by themselves.
    pub const LEAST_ARTICLES: usize = 30;

    /// How many clusters are made of so many articles; none where there are too few.
    fn clusters(self, articles: usize) -> Option<usize> {
        match self {
            Self::Fixed(count) => Some(count.clamp(1, articles.max(1))),
            Self::BySize if articles < Self::LEAST_ARTICLES => None,
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 8 and 40")]
            Self::BySize => Some((articles as f64).powf(0.4).round().clamp(8.0, 40.0) as usize),
        }
    }
}

/// One theme of a run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CorpusTheme {
    /// Made of the label.
    pub(crate) id: String,
    /// The phrase that names it best.
    pub(crate) label: String,
    /// Phrases that set it apart, best first, the label among them.
    pub(crate) terms: Vec<String>,
    /// Sentences nearest to its centre.
    pub(crate) examples: Vec<String>,
    /// The same terms by their stems, as they are found in articles.
    keys: Vec<String>,
    centre: Vec<f32>,
    /// The cosine from which a passage has the theme.
    least: f32,
}
