//! Links: which source and which cue belong to each content, by the product of span vectors and the gap between.

use std::ops::Range;

use serde::Deserialize;

/// Upper ends of the gap buckets, in words, before and after the content; as `GAPS` in the trainer.
const GAPS: [usize; 5] = [1, 4, 10, 25, 60];

/// The trained numbers of one kind of link.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkScorer {
    gaps: Vec<f32>,
    none: f32,
}

/// A span with its vector.
#[derive(Debug)]
pub(crate) struct LinkEnd {
    pub(crate) words: Range<usize>,
    pub(crate) vector: Vec<f32>,
}

impl LinkScorer {
    /// Whether there is a number for each bucket.
    pub(crate) fn fits(&self) -> bool {
        self.gaps.len() == 2 * (GAPS.len() + 1) + 1
    }

    /// The best of `candidates` for `content` and its probability; `None` where none of them is likelier.
    pub(crate) fn best(&self, content: &LinkEnd, candidates: &[LinkEnd]) -> Option<(usize, f32)> {
        let scores: Vec<f32> = candidates.iter().map(|candidate| self.score(content, candidate)).collect();
        let largest = scores.iter().copied().fold(self.none, f32::max);
        let total: f32 = scores.iter().chain([&self.none]).map(|score| (score - largest).exp()).sum();
        let (at, score) = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        (*score > self.none).then(|| (at, (score - largest).exp() / total))
    }

    fn score(&self, content: &LinkEnd, candidate: &LinkEnd) -> f32 {
        let product: f32 = content.vector.iter().zip(&candidate.vector).map(|(a, b)| a * b).sum();
        let gap = self.gaps.get(gap_bucket(&content.words, &candidate.words)).copied().unwrap_or_default();
        product / (content.vector.len() as f32).sqrt() + gap
    }
}

/// Which bucket a gap falls in: 0 for an overlap, then those before the content, then those after it.
fn gap_bucket(content: &Range<usize>, other: &Range<usize>) -> usize {
    let (gap, side) = if other.end <= content.start {
        (content.start - other.end, 0)
    } else if other.start >= content.end {
        (other.start - content.end, 1)
    } else {
        return 0;
    };
    1 + side * (GAPS.len() + 1) + GAPS.iter().filter(|&&end| gap > end).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(words: Range<usize>, vector: [f32; 2]) -> LinkEnd {
        LinkEnd { words, vector: vector.to_vec() }
    }

    #[test]
    fn gaps_fall_in_buckets_by_side() {
        let cases = [(8..9, 0), (4..5, 1), (0..1, 2), (10..11, 7), (100..101, 12)];
        for (other, bucket) in cases {
            assert_eq!(gap_bucket(&(5..10), &other), bucket, "{other:?}");
        }
    }

    #[test]
    fn prefers_none_to_a_poor_candidate() {
        let scorer = LinkScorer { gaps: vec![0.0; 13], none: 0.5 };
        let content = end(5..10, [1.0, 0.0]);
        assert_eq!(scorer.best(&content, &[end(0..1, [0.1, 9.0])]), None);
        let (at, probability) = scorer.best(&content, &[end(0..1, [0.1, 9.0]), end(11..12, [4.0, 0.0])]).expect("a good one");
        assert_eq!(at, 1);
        assert!(probability > 0.5 && probability < 1.0);
    }
}
