//! What speaks for a sentence being about a theme, and how much each counts.
//!
//! People code a sentence as a part of its article: *It would cost twice as much* is about the dam of the sentence before. Ten clues of a
//! sentence and a theme go into a logistic regression, the same for every codebook: the theme's terms here and around, and how near the
//! meaning of the sentence and of those around it is to the theme's description ([`Encoding::meaning`](crate::encoder::Encoding::meaning)).
//! How the weights were fitted and what else was tried: `models/train/README.md`, *Themes*.

/// What speaks for one sentence being about one theme.
#[expect(clippy::struct_excessive_bools, reason = "each is one yes-or-no clue of a linear score")]
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Clues {
    /// A term stands there that is no part of a name or of a quotation's source.
    pub(super) says: bool,
    /// Terms stand there, but as parts of a name (*Blue River Bank*) or of a source only.
    pub(super) says_apart: bool,
    /// How many different terms stand in the sentences around, within [`AROUND`].
    pub(super) terms_around: usize,
    /// The title says it.
    pub(super) in_title: bool,
    /// The sentences before that say it, the nearest counting one, each before it [`FADING`] of the one after.
    pub(super) before: f64,
    /// The same of the sentences after.
    pub(super) after: f64,
    /// The sentence stands in a quotation: what people are quoted on is the matter more often than what lies between.
    pub(super) is_quoted: bool,
    /// The cosine of the sentence's meaning and the theme's.
    pub(super) near: f64,
    /// How far above other themes the sentence with its neighbours is, in standard deviations.
    pub(super) nearer: f64,
    /// The same of the wider stretch around the sentence.
    pub(super) nearer_around: f64,
}

/// Sentences within which terms count as around.
pub(super) const AROUND: usize = 12;
/// Sentences up to which one that says the theme counts as before or after.
pub(super) const REACH: usize = 5;
pub(super) const FADING: f64 = 0.6;

const BIAS: f64 = -5.382;

impl Clues {
    /// The log odds that the sentence is about the theme.
    pub(super) fn odds(&self) -> f64 {
        let flag = |is: bool| f64::from(u8::from(is));
        BIAS + 2.441 * flag(self.says)
            + 1.274 * flag(self.says_apart)
            + 1.266 * (self.terms_around as f64).ln_1p()
            + 0.370 * flag(self.in_title)
            + 0.698 * self.before
            + 0.114 * self.after
            + 0.460 * flag(self.is_quoted)
            + 3.346 * self.near
            + 0.417 * self.nearer
            + 0.308 * self.nearer_around
    }
}

/// The probability for log odds.
pub(super) fn probability(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// The cosines of one stretch and every theme in standard deviations from their mean; with few themes the mean and the deviation are those
/// that sentences of news have to themes at large.
pub(super) fn standardised(cosines: &[f64]) -> Vec<f64> {
    /// As if so many themes with these figures stood beside.
    const AT_LARGE: f64 = 4.0;
    const MEAN: f64 = 0.1;
    const DEVIATION: f64 = 0.1;
    let total = cosines.len() as f64 + AT_LARGE;
    let mean = (cosines.iter().sum::<f64>() + AT_LARGE * MEAN) / total;
    let squares: f64 = cosines.iter().map(|cosine| (cosine - mean).powi(2)).sum();
    let deviation = ((squares + AT_LARGE * DEVIATION * DEVIATION) / total).sqrt();
    cosines.iter().map(|cosine| (cosine - mean) / deviation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_clue_speaks_for_the_theme() {
        let none = Clues::default();
        let rows = [
            Clues { says: true, ..none },
            Clues { says_apart: true, ..none },
            Clues { terms_around: 1, ..none },
            Clues { in_title: true, ..none },
            Clues { before: 1.0, ..none },
            Clues { after: 1.0, ..none },
            Clues { is_quoted: true, ..none },
            Clues { near: 0.3, ..none },
            Clues { nearer: 1.0, ..none },
            Clues { nearer_around: 1.0, ..none },
        ];
        assert!(rows.iter().all(|clues| clues.odds() > none.odds()));
        assert!(probability(none.odds()) < 0.01);
    }

    #[test]
    fn one_theme_alone_is_measured_by_what_news_has_at_large() {
        assert!(standardised(&[0.5])[0] > 1.5);
        assert!(standardised(&[0.1])[0].abs() < 1e-9);
        let many = standardised(&[0.4, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
        assert!(many[0] > 2.0 && many[1] < 0.0);
    }
}
