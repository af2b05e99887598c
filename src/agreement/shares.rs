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

/// The errors of shares over the articles that units name before their last colon.
pub(super) fn share_errors(units: &[Compared<'_>]) -> Option<ShareErrors> {
    let themes: BTreeSet<&String> = units.iter().flat_map(|(_, reference, coder)| reference.iter().chain(coder.iter())).collect();
    let mut articles: BTreeMap<&str, Vec<&Compared<'_>>> = BTreeMap::new();
    for unit in units {
        articles.entry(unit.0.rsplit_once(':')?.0).or_default().push(unit);
    }
    if articles.is_empty() || themes.is_empty() {
        return None;
    }
    let share = |units: &[&Compared<'_>], theme: &String| {
        let of = |is_given: &dyn Fn(&Compared<'_>) -> bool| {
            100.0 * units.iter().filter(|unit| is_given(unit)).count() as f64 / units.len().max(1) as f64
        };
        (of(&|unit| unit.1.contains(theme)), of(&|unit| unit.2.contains(theme)))
    };
    let shares = |units: &[&Compared<'_>]| themes.iter().map(|theme| share(units, theme)).collect::<Vec<_>>();
    let by_article: Vec<(f64, f64)> = articles.values().flat_map(|units| shares(units)).collect();
    let of_all = shares(&units.iter().collect::<Vec<_>>());
    Some(ShareErrors {
        articles: articles.len(),
        by_article: mean_error(&by_article),
        correlation: correlation(&by_article),
        of_all: mean_error(&of_all),
    })
}

fn mean_error(pairs: &[(f64, f64)]) -> f64 {
    pairs.iter().map(|(reference, coder)| (reference - coder).abs()).sum::<f64>() / pairs.len() as f64
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let count = pairs.len() as f64;
    let (mean_a, mean_b) = (pairs.iter().map(|pair| pair.0).sum::<f64>() / count, pairs.iter().map(|pair| pair.1).sum::<f64>() / count);
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - mean_a, b - mean_b)).sum::<f64>();
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
