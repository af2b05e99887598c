//! How far the shares of themes are off, which is what is published: of single sentences two errors may cancel out, of shares none are left.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// How far the shares of themes in the units of articles are off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ShareErrors {
    /// Articles with a coded unit.
    pub articles: usize,
    /// The mean absolute error of a theme's share of an article's units, over articles and themes, in points of percent.
    pub by_article: f64,
    /// Pearson's correlation of these shares with the reference's; none where either never varies.
    pub correlation: Option<f64>,
    /// The mean absolute error of a theme's share of all units, over themes, in points of percent.
    pub of_all: f64,
}

/// A unit with the themes of the reference and of the coder who is measured.
type Compared<'a> = (&'a str, &'a BTreeSet<String>, &'a BTreeSet<String>);

/// The errors of shares over the articles that units name before their last colon. Takes the time of the themes given, however many an article lacks.
pub(super) fn share_errors(units: &[Compared<'_>]) -> Option<ShareErrors> {
    let mut lengths: BTreeMap<&str, usize> = BTreeMap::new();
    let mut in_articles: BTreeMap<(&str, &String), [usize; 2]> = BTreeMap::new();
    let mut in_all: BTreeMap<&String, [usize; 2]> = BTreeMap::new();
    for (unit, reference, coder) in units {
        let article = unit.rsplit_once(':')?.0;
        *lengths.entry(article).or_default() += 1;
        for (side, themes) in [reference, coder].into_iter().enumerate() {
            for theme in *themes {
                for counts in [in_articles.entry((article, theme)).or_default(), in_all.entry(theme).or_default()] {
                    counts.iter_mut().skip(side).take(1).for_each(|count| *count += 1);
                }
            }
        }
    }
    if in_all.is_empty() {
        return None;
    }
    let shares = |counts: &[usize; 2], length: usize| counts.map(|count| 100.0 * count as f64 / length.max(1) as f64);
    let by_article: Vec<[f64; 2]> =
        in_articles.iter().map(|((article, _), counts)| shares(counts, lengths.get(article).copied().unwrap_or(1))).collect();
    let of_all: Vec<[f64; 2]> = in_all.values().map(|counts| shares(counts, units.len())).collect();
    let cells = lengths.len() * in_all.len();
    Some(ShareErrors {
        articles: lengths.len(),
        by_article: mean_error(&by_article, cells),
        correlation: correlation(&by_article, cells),
        of_all: mean_error(&of_all, of_all.len()),
    })
}

/// Of so many pairs, of which those that are not given are twice nothing.
fn mean_error(pairs: &[[f64; 2]], all: usize) -> f64 {
    pairs.iter().map(|[reference, coder]| (reference - coder).abs()).sum::<f64>() / all as f64
}

/// Likewise.
fn correlation(pairs: &[[f64; 2]], all: usize) -> Option<f64> {
    let count = all as f64;
    let [mean_a, mean_b] = [0, 1].map(|side| pairs.iter().filter_map(|pair| pair.get(side)).sum::<f64>() / count);
    let nothing = (all - pairs.len()) as f64;
    let sum =
        |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|[a, b]| of(a - mean_a, b - mean_b)).sum::<f64>() + nothing * of(-mean_a, -mean_b);
    let spread = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    (spread > 0.0).then(|| sum(&|a, b| a * b) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn errors_of_single_sentences_cancel_out() {
        let (sea, none, rail) = (themes(&["sea"]), themes(&[]), themes(&["rail"]));
        let units: Vec<Compared<'_>> = vec![("a:s1", &sea, &none), ("a:s2", &none, &sea), ("b:s1", &rail, &rail), ("b:s2", &none, &rail)];
        let errors = share_errors(&units).expect("articles");
        assert_eq!((errors.articles, errors.by_article, errors.of_all), (2, 12.5, 12.5));
        assert!(errors.correlation.is_some_and(|r| r > 0.8 && r < 1.0), "{errors:?}");
        assert_eq!(share_errors(&[("1", &sea, &sea)]), None, "no article is named");
    }
}
