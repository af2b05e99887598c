//! What coded sentences teach of one theme.
//!
//! Three numbers change a sentence's log odds: one for all sentences, its log odds themselves, and how much more its meaning (with its
//! neighbours) is like that of the coded sentences of the theme than like that of all coded ones. Ridges hold all three to what the
//! codebook says without codings, so that few codings change little.

use super::super::codebook::FittedTheme;
use super::CodedSentence;
use super::regression::{Row, WIDTH, fit};

/// What of the codings is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Method {
    /// Nothing but the least probability.
    Threshold,
    /// How often and how surely the theme is given.
    Level,
    /// That, and what coded sentences of the theme mean.
    Meaning,
}

impl Method {
    pub(super) const ALL: [Self; 3] = [Self::Threshold, Self::Level, Self::Meaning];
}

/// The ridges of the three numbers.
const RIDGES: [f64; WIDTH] = [1.0, 4.0, 2.0];
/// Coded sentences of a theme by which the share of its own direction grows to a half.
const HALF: f64 = 3.0;
/// Cosines are small beside log odds.
const STRETCH: f32 = 5.0;

/// What `sentences` teach of the theme at index `theme`.
pub(super) fn learn(method: Method, theme: usize, sentences: &[&CodedSentence]) -> FittedTheme {
    if method == Method::Threshold || sentences.is_empty() {
        return FittedTheme::plain();
    }
    let odds = |sentence: &CodedSentence| sentence.odds.get(theme).copied().unwrap_or_default();
    let is_true = |sentence: &CodedSentence| sentence.themes.contains(&theme);
    let mean_odds = sentences.iter().map(|sentence| odds(sentence)).sum::<f64>() / sentences.len() as f64;
    let direction = if method == Method::Meaning { Direction::of(theme, sentences) } else { Direction::default() };
    let along: Vec<f64> = sentences.iter().map(|sentence| direction.along(sentence, is_true(sentence))).collect();
    let mean_along = along.iter().sum::<f64>() / along.len() as f64;
    let rows: Vec<Row> = sentences
        .iter()
        .zip(along)
        .map(|(sentence, along)| Row {
            numbers: [1.0, odds(sentence) - mean_odds, along - mean_along],
            odds: odds(sentence),
            is_true: is_true(sentence),
        })
        .collect();
    let [level, slope, weight] = fit(&rows, RIDGES);
    let toward: Vec<f32> = direction.whole().into_iter().map(|value| value * narrow(weight)).collect();
    FittedTheme { bias: level - slope * mean_odds - weight * mean_along, scale: 1.0 + slope, toward, rates: None }
}

/// Where the coded sentences of a theme lie, seen from all coded ones.
#[derive(Debug, Default)]
struct Direction {
    /// The sum of the meanings of the theme's sentences.
    sum: Vec<f32>,
    /// The unit vector of all.
    all: Vec<f32>,
    strength: f32,
}

impl Direction {
    fn of(theme: usize, sentences: &[&CodedSentence]) -> Self {
        let mut found = Self::default();
        let mut own = 0.0;
        for sentence in sentences {
            add(&mut found.all, &sentence.meaning, 1.0);
            if sentence.themes.contains(&theme) {
                add(&mut found.sum, &sentence.meaning, 1.0);
                own += 1.0;
            }
        }
        found.all = unit(found.all);
        found.strength = STRETCH * narrow(own / (own + HALF));
        found
    }

    /// How far a coded sentence lies in the direction; one of the theme's own is held out of it, or it would be near itself.
    fn along(&self, sentence: &CodedSentence, is_own: bool) -> f64 {
        if self.sum.is_empty() {
            return 0.0;
        }
        let mut rest = self.sum.clone();
        if is_own {
            add(&mut rest, &sentence.meaning, -1.0);
        }
        let toward = crate::cosine(&unit(rest), &sentence.meaning) - crate::cosine(&self.all, &sentence.meaning);
        f64::from(self.strength * toward)
    }

    /// The direction for sentences that are not coded.
    fn whole(&self) -> Vec<f32> {
        let own = unit(self.sum.clone());
        own.iter().zip(&self.all).map(|(own, all)| self.strength * (own - all)).collect()
    }
}

fn add(sum: &mut Vec<f32>, vector: &[f32], times: f32) {
    sum.resize(sum.len().max(vector.len()), 0.0);
    sum.iter_mut().zip(vector).for_each(|(total, value)| *total += times * value);
}

fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = crate::cosine(&vector, &vector).sqrt();
    if length <= f32::EPSILON { vector } else { vector.into_iter().map(|value| value / length).collect() }
}

#[expect(clippy::cast_possible_truncation, reason = "vectors have this width")]
fn narrow(number: f64) -> f32 {
    number as f32
}
