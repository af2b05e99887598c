//! Confidence intervals of shares over a corpus: the percentile bootstrap over articles (Efron and Tibshirani 1993, *An Introduction to the
//! Bootstrap*, chapter 13).
//!
//! Articles are drawn, not sentences, because the sentences of one article depend on each other. The draws come from `ChaCha8` with a fixed
//! seed and a stream for each resample: the same corpus in the same order gives the same intervals on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Resamples.
pub(crate) const RESAMPLES: usize = 1000;

/// The confidence of the intervals.
pub(crate) const CONFIDENCE: f64 = 0.95;

const SEED: u64 = 1993;

/// What is counted of one article, or of one theme in it: one number a measure. Small, as there are some of each article of a run.
pub(crate) type Measures<const M: usize> = [u32; M];

/// An interval of shares, `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interval {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// For each theme and measure the interval of its share: the sum of `parts` over that of `totals`.
///
/// `totals` has one entry an article; `parts` has for each theme the indices of its articles with their counts. There is no interval for
/// fewer than two articles.
pub(crate) fn share_intervals<const M: usize>(totals: &[Measures<M>], parts: &[&[(u32, Measures<M>)]]) -> Vec<[Option<Interval>; M]> {
    if totals.len() < 2 {
        return vec![[None; M]; parts.len()];
    }
    let mut shares: Vec<[Vec<f64>; M]> = vec![std::array::from_fn(|_| Vec::with_capacity(RESAMPLES)); parts.len()];
    for resample in 0..RESAMPLES {
        let times = draw(totals.len(), resample as u64);
        let total = sum(totals.iter().zip(&times).map(|(measures, times)| (measures, *times)));
        for (theme, shares) in parts.iter().zip(&mut shares) {
            let part = sum(theme.iter().filter_map(|(article, measures)| Some((measures, *times.get(usize::try_from(*article).ok()?)?))));
            for ((share, part), total) in shares.iter_mut().zip(part).zip(total) {
                share.push(if total == 0 { 0.0 } else { part as f64 / total as f64 });
            }
        }
    }
    shares.into_iter().map(|measures| measures.map(interval)).collect()
}

/// How often each of `articles` is drawn in a resample of as many.
fn draw(articles: usize, resample: u64) -> Vec<u64> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    random.set_stream(resample);
    let mut times = vec![0; articles];
    for _ in 0..articles {
        // The high half of the product is even over 0..articles to within 2^-40 for any corpus that fits on a disk.
        let at = (u128::from(random.next_u64()) * articles as u128) >> 64;
        if let Some(times) = usize::try_from(at).ok().and_then(|at| times.get_mut(at)) {
            *times += 1;
        }
    }
    times
}

fn sum<'a, const M: usize>(measures: impl Iterator<Item = (&'a Measures<M>, u64)>) -> [u64; M] {
    let mut total = [0; M];
    for (measures, times) in measures {
        total.iter_mut().zip(measures).for_each(|(total, measure)| *total += u64::from(*measure) * times);
    }
    total
}

/// The shares at the lower and the upper percentile: the 25th and the 975th of a thousand, in order.
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
        let totals = vec![[100]; 6];
        let everywhere: Vec<(u32, [u32; 1])> = (0..6).map(|article| (article, [25])).collect();
        assert_eq!(share_intervals(&totals, &[&everywhere, &[]])[0], [Some(Interval { low: 0.25, high: 0.25 })]);
        assert_eq!(share_intervals(&totals, &[&[], &[]])[1], [Some(Interval { low: 0.0, high: 0.0 })]);
        assert_eq!(share_intervals(&[[100]], &[&[(0, [5])]]), [[None]]);
    }

    #[test]
    fn intervals_agree_with_the_binomial_and_with_themselves() {
        // 40 of 100 equal articles are wholly about the theme: the share of a resample is binomial, its 95 % range about 0.4 ± 1.96 × 0.049.
        let totals = vec![[10]; 100];
        let theme: Vec<(u32, [u32; 1])> = (0..40).map(|article| (article, [10])).collect();
        let found = share_intervals(&totals, &[&theme]);
        let interval = found[0][0].expect("two articles and more");
        assert!((interval.low - 0.304).abs() < 0.011 && (interval.high - 0.496).abs() < 0.011, "{interval:?}");
        assert_eq!(found, share_intervals(&totals, &[&theme]));
    }

    #[test]
    fn the_percentiles_are_the_25th_and_the_975th_of_a_thousand() {
        let shares = (1..=1000).rev().map(f64::from).collect();
        assert_eq!(interval(shares), Some(Interval { low: 25.0, high: 975.0 }));
    }
}
