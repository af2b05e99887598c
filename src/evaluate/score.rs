//! The numbers of one evaluation, as a table for people and as JSON.

use std::fmt;

use serde::Serialize;

use super::Measure;

/// Precision, recall and F1 of one label, in percent with one decimal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// The label, genre or degree of agreement.
    pub label: String,
    /// Right of predicted.
    pub precision: f64,
    /// Found of gold.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Predicted spans that are right.
    pub right: usize,
    /// Predicted spans.
    pub predicted: usize,
    /// Gold spans that are found; differs from `right` where a pair agrees in place but not in label.
    pub found: usize,
    /// Gold spans.
    pub gold: usize,
}

impl Score {
    /// The score of `matched` pairs.
    pub fn new(label: impl Into<String>, matched: usize, predicted: usize, gold: usize) -> Self {
        let (p, r) = (ratio(matched, predicted), ratio(matched, gold));
        Self {
            label: label.into(),
            precision: one_decimal(100.0 * p),
            recall: one_decimal(100.0 * r),
            f1: f1(p, r),
            right: matched,
            predicted,
            found: matched,
            gold,
        }
    }

    /// The score of a label counted on each side by itself: `right` of `predicted` spans, `found` of `gold` spans.
    pub fn by_side(label: impl Into<String>, (right, predicted): (usize, usize), (found, gold): (usize, usize)) -> Self {
        Self {
            label: label.into(),
            precision: percent(right, predicted),
            recall: percent(found, gold),
            f1: f1(ratio(right, predicted), ratio(found, gold)),
            right,
            predicted,
            found,
            gold,
        }
    }
}

/// How often something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// How many.
    pub count: usize,
}

impl Count {
    pub(super) fn new(name: impl Into<String>, count: usize) -> Self {
        Self { name: name.into(), count }
    }
}

/// How many of some cases are right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rate {
    /// What is asked of each case.
    pub name: String,
    /// The share that is right, in percent with one decimal.
    pub percent: f64,
    /// Cases that are right.
    pub right: usize,
    /// All cases.
    pub of: usize,
}

impl Rate {
    pub(super) fn new(name: impl Into<String>, right: usize, of: usize) -> Self {
        Self { name: name.into(), percent: percent(right, of), right, of }
    }
}

/// A number that is no share of cases.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// Its value, with three decimals.
    pub value: f64,
}

impl Figure {
    pub(super) fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value: (value * 1000.0).round() / 1000.0 }
    }
}

/// What an evaluation gives. Its `Display` is a table for the terminal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// What was measured.
    pub measure: Measure,
    /// Articles, and what could not be compared.
    pub counts: Vec<Count>,
    /// Precision, recall and F1 by label.
    pub scores: Vec<Score>,
    /// Further shares.
    pub rates: Vec<Rate>,
    /// Other numbers.
    pub figures: Vec<Figure>,
}

impl Scores {
    pub(super) fn new(measure: Measure) -> Self {
        Self { measure, counts: Vec::new(), scores: Vec::new(), rates: Vec::new(), figures: Vec::new() }
    }

    /// The score of a label.
    pub fn score(&self, label: &str) -> Option<&Score> {
        self.scores.iter().find(|score| score.label == label)
    }

    /// The rate of a name.
    pub fn rate(&self, name: &str) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.name == name)
    }

    /// The figure of a name.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|figure| figure.name == name).map(|figure| figure.value)
    }

    /// The count of a name.
    pub fn count(&self, name: &str) -> Option<usize> {
        self.counts.iter().find(|count| count.name == name).map(|count| count.count)
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.scores.iter().map(|score| &score.label).chain(self.rates.iter().map(|rate| &rate.name));
        let names = names.chain(self.figures.iter().map(|figure| &figure.name));
        let width = names.map(|name| name.chars().count()).max().unwrap_or_default().max(10);
        let counts: Vec<String> = self.counts.iter().map(|count| format!("{} {}", count.count, count.name.replace('_', " "))).collect();
        writeln!(f, "{}: {}", self.measure, counts.join(", "))?;
        if !self.scores.is_empty() {
            writeln!(f, "{:width$}  {:>9}  {:>6}  {:>5}  {:>9}  {:>6}", "", "precision", "recall", "F1", "predicted", "gold")?;
        }
        for score in &self.scores {
            let Score { label, precision, recall, f1, predicted, gold, .. } = score;
            writeln!(f, "{label:width$}  {precision:>9.1}  {recall:>6.1}  {f1:>5.1}  {predicted:>9}  {gold:>6}")?;
        }
        for Rate { name, percent, right, of } in &self.rates {
            writeln!(f, "{:width$}  {percent:>9.1} %  ({right} of {of})", name.replace('_', " "))?;
        }
        for Figure { name, value } in &self.figures {
            writeln!(f, "{:width$}  {value:>9.3}", name.replace('_', " "))?;
        }
        Ok(())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn percent(part: usize, whole: usize) -> f64 {
    one_decimal(100.0 * part as f64 / whole.max(1) as f64)
}

/// The order of operations is that of the independent scorer: the last digit depends on it.
fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { one_decimal(200.0 * precision * recall / (precision + recall)) } else { 0.0 }
}

/// Rounds by the exact decimal value, ties to even, as Python's `round` does.
pub(super) fn one_decimal(value: f64) -> f64 {
    format!("{value:.1}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_like_python() {
        let cases = [(0.25, 0.2), (0.35, 0.3), (2.25, 2.2), (66.666, 66.7), (100.0, 100.0)];
        for (value, expected) in cases {
            assert!((one_decimal(value) - expected).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn scores_nothing_without_dividing_by_zero() {
        let score = Score::new("cue", 0, 0, 0);
        assert!(score.f1.abs() < f64::EPSILON && score.precision.abs() < f64::EPSILON);
        assert!(Rate::new("x", 0, 0).percent.abs() < f64::EPSILON);
    }

    #[test]
    fn shows_a_table() {
        let mut scores = Scores::new(Measure::Units);
        scores.counts.push(Count::new("articles", 2));
        scores.scores.push(Score::new("exact", 1, 2, 4));
        scores.rates.push(Rate::new("source_exact", 1, 3));
        let expected = "units: 2 articles
              precision  recall     F1  predicted    gold
exact              50.0    25.0   33.3          2       4
source exact       33.3 %  (1 of 3)
";
        assert_eq!(scores.to_string(), expected);
    }
}
