//! Coefficients of agreement on nominal values. Units come counted: what the coders said of one, and of how many they said it.

use std::collections::BTreeMap;

/// The values that coders gave, and to how many units.
pub(super) type Counted<V> = (Vec<V>, usize);

/// Agreeing pairs of all pairs of values of one unit; none without a pair.
pub(super) fn percent_agreement<V: PartialEq>(units: &[Counted<V>]) -> Option<f64> {
    let (mut agreeing, mut all) = (0_usize, 0_usize);
    for (values, times) in units {
        for (at, value) in values.iter().enumerate() {
            let others = values.get(at + 1..).unwrap_or_default();
            agreeing += times * others.iter().filter(|other| *other == value).count();
            all += times * others.len();
        }
    }
    (all > 0).then(|| agreeing as f64 / all as f64)
}

/// Cohen's kappa of two coders (Cohen 1960): observed agreement beyond that of their marginals. None where that is certain.
pub(super) fn kappa<V: Ord>(pairs: &[(V, V, usize)]) -> Option<f64> {
    let all = pairs.iter().map(|(.., times)| times).sum::<usize>() as f64;
    let mut margins: BTreeMap<&V, (f64, f64)> = BTreeMap::new();
    for (a, b, times) in pairs {
        margins.entry(a).or_default().0 += *times as f64;
        margins.entry(b).or_default().1 += *times as f64;
    }
    let observed = pairs.iter().filter(|(a, b, _)| a == b).map(|(.., times)| times).sum::<usize>() as f64 / all;
    let expected = margins.values().map(|(a, b)| a * b).sum::<f64>() / (all * all);
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected)).filter(|kappa| kappa.is_finite())
}

/// Krippendorff's alpha for nominal data, any number of coders and missing values (Krippendorff 2011, *Computing Krippendorff's
/// Alpha-Reliability*). None where all values are equal, or no unit has two.
pub(super) fn alpha<V: Ord>(units: &[Counted<V>]) -> Option<f64> {
    let mut totals: BTreeMap<&V, f64> = BTreeMap::new();
    let mut disagreement = 0.0;
    for (values, times) in units.iter().filter(|(values, _)| values.len() > 1) {
        let times = *times as f64;
        let mut counts: BTreeMap<&V, f64> = BTreeMap::new();
        for value in values {
            *counts.entry(value).or_default() += 1.0;
            *totals.entry(value).or_default() += times;
        }
        let size = values.len() as f64;
        // Ordered pairs of unequal values, each unit's weighted by the pairs a value takes part in.
        disagreement += times * counts.values().map(|count| count * (size - count)).sum::<f64>() / (size - 1.0);
    }
    let all: f64 = totals.values().sum();
    let expected = totals.values().map(|count| count * (all - count)).sum::<f64>() / (all - 1.0);
    (expected > 0.0).then(|| 1.0 - disagreement / expected).filter(|alpha| alpha.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a coder, one column a unit; a full stop is missing.
    fn units(rows: &[&str]) -> Vec<Vec<String>> {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split(' ').collect()).collect();
        let column = |at: usize| rows.iter().map(|row| row[at]).filter(|value| *value != ".").map(str::to_owned).collect();
        (0..rows[0].len()).map(column).collect()
    }

    fn alpha_of(rows: &[&str]) -> f64 {
        let units = units(rows);
        let once: Vec<Counted<String>> = units.iter().map(|values| (values.clone(), 1)).collect();
        let twice: Vec<Counted<String>> = units.into_iter().map(|values| (values, 2)).collect();
        let doubled = [once.clone(), once.clone()].concat();
        assert!(alpha(&twice).zip(alpha(&doubled)).is_some_and(|(counted, listed)| (counted - listed).abs() < 1e-12));
        alpha(&once).expect("values differ")
    }

    #[test]
    fn alpha_of_published_examples() {
        // Krippendorff 2011, examples A (binary, two observers), B (nominal, two observers) and C (nominal, four observers, missing data).
        assert!((alpha_of(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]) - 0.095).abs() < 5e-4);
        assert!((alpha_of(&["a a b b d c c c e d d a", "b a b b b c c c e d d d"]) - 0.692).abs() < 5e-4);
        let four = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."];
        assert!((alpha_of(&four) - 0.743).abs() < 5e-4);
        // The example of the encyclopaedia's article on alpha: three coders, fifteen units.
        let three = ["* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4"];
        let three = three.map(|row| row.replace('*', "."));
        assert!((alpha_of(&three.each_ref().map(String::as_str)) - 0.691).abs() < 5e-4);
    }

    #[test]
    fn kappa_of_known_tables() {
        let kappa_of = |table: &[&[usize]]| {
            let cells = table.iter().enumerate().flat_map(|(row, counts)| counts.iter().enumerate().map(move |cell| (row, cell)));
            kappa(&cells.map(|(row, (column, count))| (row, column, *count)).collect::<Vec<_>>()).expect("values differ")
        };
        // The encyclopaedia's examples on kappa: 50 grant proposals, and two tables of one observed agreement and other marginals.
        assert!((kappa_of(&[&[20, 5], &[10, 15]]) - 0.40).abs() < 1e-9);
        assert!((kappa_of(&[&[45, 15], &[25, 15]]) - 0.1304).abs() < 5e-5);
        assert!((kappa_of(&[&[25, 35], &[5, 35]]) - 0.2593).abs() < 5e-5);
        // By hand: observed 0.70, expected 0.41.
        assert!((kappa_of(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]) - 0.29 / 0.59).abs() < 1e-9);
    }

    #[test]
    fn nothing_to_disagree_on_has_no_coefficient() {
        let same = [(vec![1, 1], 2)];
        assert_eq!((alpha(&same), percent_agreement(&same)), (None, Some(1.0)));
        assert_eq!((alpha::<u8>(&[]), percent_agreement::<u8>(&[]), kappa::<u8>(&[])), (None, None, None));
        assert_eq!(kappa(&[(1, 1, 1)]), None);
        assert_eq!(kappa(&[(1, 1, 1), (2, 2, 1)]), Some(1.0));
    }
}
