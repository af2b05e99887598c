//! Confidence intervals of shares over a corpus: the percentile bootstrap over articles (Efron and Tibshirani 1993, *An Introduction to the
//! Bootstrap*, chapter 13), counted while articles come: an article is in a resample as often as a Poisson variable of mean 1 says (Chamandy
//! et al. 2012, *Estimating uncertainty for massive data streams*), so that no count of a single article has to be kept.
//!
//! Articles are drawn, not sentences, because the sentences of one article depend on each other. The draws come from `ChaCha8` with a fixed
//! seed and a stream for each article: the same corpus in the same order gives the same intervals on every machine.

use std::collections::HashMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Resamples.
pub(crate) const RESAMPLES: usize = 1000;

/// The confidence of the intervals.
pub(crate) const CONFIDENCE: f64 = 0.95;

/// More themes, in order of first appearance, get no interval: only a very large codebook has them.
const MOST_THEMES: usize = 500;

const SEED: u64 = 1993;

/// How probable it is, of 65,536, that a Poisson variable of mean 1 is at most 0, 1, 2 …; the rest is 7.
const AT_MOST: [u32; 7] = [24_109, 48_219, 60_273, 64_292, 65_296, 65_497, 65_531];

/// What is counted of one article, or of one theme in it: one number a measure.
pub(crate) type Measures<const M: usize> = [u32; M];

/// The sums of each resample.
type Sums<const M: usize> = Vec<[u64; M]>;

/// An interval of shares, `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Shares of themes over the articles of a run, with their intervals. Themes go by numbers of the caller's.
#[derive(Debug)]
pub(crate) struct ShareBootstrap<const M: usize> {
    /// More themes are not counted: their sums would take too much memory.
    most: usize,
    articles: u64,
    totals: Sums<M>,
    parts: HashMap<usize, Sums<M>>,
}

impl<const M: usize> Default for ShareBootstrap<M> {
    fn default() -> Self {
        Self { most: MOST_THEMES, articles: 0, totals: vec![[0; M]; RESAMPLES], parts: HashMap::new() }
    }
}

impl<const M: usize> ShareBootstrap<M> {
    /// Counts an article: all of it, and its themes, each by its number.
    pub(crate) fn add(&mut self, total: Measures<M>, parts: impl IntoIterator<Item = (usize, Measures<M>)>) {
        let times = draw(self.articles);
        self.articles += 1;
        count(&mut self.totals, total, &times);
        for (theme, part) in parts {
            if self.parts.len() < self.most || self.parts.contains_key(&theme) {
                count(self.parts.entry(theme).or_insert_with(|| vec![[0; M]; RESAMPLES]), part, &times);
            }
        }
    }

    /// For each measure the interval of a theme's share: none for fewer than two articles, and for a theme beyond the most.
    pub(crate) fn intervals(&self, theme: usize) -> [Option<Interval>; M] {
        let Some(parts) = self.parts.get(&theme).filter(|_| self.articles > 1) else { return [None; M] };
        std::array::from_fn(|measure| {
            let of = |sums: &[u64; M]| sums.get(measure).copied().unwrap_or_default();
            // A resample without any of it has no share.
            let shares = parts.iter().zip(&self.totals).filter(|(_, total)| of(total) > 0);
            interval(shares.map(|(part, total)| of(part) as f64 / of(total) as f64).collect())
        })
    }
}

/// How often an article is in each resample.
fn draw(article: u64) -> [u8; RESAMPLES] {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    random.set_stream(article);
    let mut times = [0; RESAMPLES];
    for places in times.chunks_mut(2) {
        let drawn = random.next_u32();
        for (place, drawn) in places.iter_mut().zip([drawn & 0xFFFF, drawn >> 16]) {
            *place = AT_MOST.iter().map(|&most| u8::from(drawn >= most)).sum();
        }
    }
    times
}

fn count<const M: usize>(sums: &mut Sums<M>, measures: Measures<M>, times: &[u8; RESAMPLES]) {
    for (sums, &times) in sums.iter_mut().zip(times) {
        sums.iter_mut().zip(measures).for_each(|(sum, measure)| *sum += u64::from(measure) * u64::from(times));
    }
}

/// The shares at the lower and the upper percentile: of a thousand the 25th and the 975th, in order.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the number of resamples")]
fn interval(mut shares: Vec<f64>) -> Option<Interval> {
    shares.sort_by(f64::total_cmp);
    let tail = (shares.len() as f64 * (1.0 - CONFIDENCE) / 2.0).round() as usize;
    Some(Interval { low: *shares.get(tail.checked_sub(1)?)?, high: *shares.get((shares.len() - tail).checked_sub(1)?)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_articles_leave_no_doubt_and_one_article_tells_nothing() {
        let mut shares = ShareBootstrap { most: 2, ..ShareBootstrap::default() };
        shares.add([100], [(0, [25])]);
        assert_eq!(shares.intervals(0), [None]);
        (0..5).for_each(|_| shares.add([100], [(0, [25]), (1, [0]), (2, [50])]));
        assert_eq!(shares.intervals(0), [Some(Interval { low: 0.25, high: 0.25 })]);
        assert_eq!(shares.intervals(1), [Some(Interval { low: 0.0, high: 0.0 })]);
        assert_eq!(shares.intervals(2), [None], "more than two themes");
    }

    #[test]
    fn intervals_agree_with_the_binomial() {
        // 40 of 100 equal articles are wholly about the theme: the share of a resample is binomial, its 95 % range about 0.4 ± 1.96 × 0.049.
        let mut shares = ShareBootstrap::default();
        (0..100).for_each(|article| shares.add([10], [(7, [if article % 5 < 2 { 10 } else { 0 }])]));
        let interval = shares.intervals(7)[0].expect("two articles and more");
        assert!((interval.low - 0.304).abs() < 0.011 && (interval.high - 0.496).abs() < 0.011, "{interval:?}");
    }

    #[test]
    fn draws_are_those_of_a_poisson_variable() {
        let mut counts = [0_usize; 8];
        (0..200).flat_map(draw).for_each(|times| counts[usize::from(times)] += 1);
        let mut probability = (-1.0_f64).exp();
        for (times, count) in counts.into_iter().enumerate().take(5) {
            assert!((count as f64 / 200_000.0 - probability).abs() < 0.004, "{times}: {count}");
            probability /= (times + 1) as f64;
        }
    }

    #[test]
    fn the_percentiles_are_the_25th_and_the_975th_of_a_thousand() {
        let shares = (1..=1000).rev().map(f64::from).collect();
        assert_eq!(interval(shares), Some(Interval { low: 25.0, high: 975.0 }));
    }
}
