//! Sets of words: what overlapping spans are compared by.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::overlapped;
use crate::Span;

#[expect(clippy::expect_used, reason = "the pattern is a constant")]
static RUN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_'’]+").expect("a valid pattern"));

/// The words of a text: letters, digits and apostrophes, with at least one letter or digit.
pub(super) fn words(text: &str) -> Vec<Span> {
    let runs = RUN.find_iter(text).filter(|run| run.as_str().chars().any(|ch| !matches!(ch, '\'' | '’')));
    runs.map(|run| Span::new(run.start(), run.end())).collect()
}

/// Indices of words, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct WordSet(Vec<usize>);

impl WordSet {
    /// The words that any of `spans` overlaps.
    pub(super) fn new(words: &[Span], spans: &[Span]) -> Self {
        let ranges = spans.iter().map(|&span| overlapped(words, span));
        Self(super::distinct(ranges.flat_map(Range::into_iter)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many words two sets share.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let apart = |a: &Self, b: &Self| a.0.last().zip(b.0.first()).is_none_or(|(last, first)| last < first);
        if apart(self, other) || apart(other, self) { 0 } else { super::shared_count(&self.0, &other.0) }
    }

    /// Intersection over union, 0 for two empty sets.
    pub(super) fn iou(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        if shared == 0 { 0.0 } else { shared as f64 / (self.len() + other.len() - shared) as f64 }
    }
}

/// Pairs gold and predicted one to one, best agreement first, then in text order; for each gold item its partner.
///
/// `candidates` are (agreement, gold, predicted).
pub(super) fn pair(mut candidates: Vec<(f64, usize, usize)>, gold: usize, predicted: usize) -> Vec<Option<usize>> {
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut partners = vec![None; gold];
    let mut is_taken = vec![false; predicted];
    for (_, gold, predicted) in candidates {
        if let (Some(partner @ None), Some(taken @ false)) = (partners.get_mut(gold), is_taken.get_mut(predicted)) {
            *partner = Some(predicted);
            *taken = true;
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_apostrophes_and_drops_bare_ones() {
        let text = "’tis Zoë’s ' 1,000 x_y–z";
        let found: Vec<&str> = words(text).iter().filter_map(|word| text.get(word.range())).collect();
        assert_eq!(found, ["’tis", "Zoë’s", "1", "000", "x_y", "z"]);
    }

    #[test]
    fn compares_by_words() {
        let text = "a b c d";
        let words = words(text);
        let (left, right) = (WordSet::new(&words, &[Span::new(0, 3), Span::new(4, 5)]), WordSet::new(&words, &[Span::new(2, 7)]));
        assert_eq!((left.len(), right.len(), left.shared(&right)), (3, 3, 2));
        assert!((left.iou(&right) - 0.5).abs() < 1e-12);
        assert!(WordSet::default().iou(&WordSet::default()).abs() < 1e-12);
    }

    #[test]
    fn pairs_the_best_first() {
        assert_eq!(pair(vec![(0.8, 0, 0), (0.9, 1, 0), (0.8, 0, 1)], 3, 2), [Some(1), Some(0), None]);
    }
}
