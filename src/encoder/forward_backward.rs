//! What a conditional random field says of every span of a window: exact probabilities, by the forward-backward algorithm.

use std::ops::Range;

/// One row of values per word.
type Lattice = Vec<Vec<f64>>;

/// A span and how probable it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled {
    /// Index of the label in its set.
    pub(crate) label: usize,
    /// The words it covers.
    pub(crate) words: Range<usize>,
    /// The probability of exactly this span with this label, `0..=1`.
    pub(crate) probability: f32,
}

/// The forward-backward algorithm, scaled word by word (Rabiner 1989) so that no value leaves its range.
pub(super) struct Sums {
    /// How the scores of tag pairs multiply.
    transitions: Lattice,
    /// How the scores of each word's tags multiply, over the word's scale.
    emissions: Lattice,
    /// Of all labellings up to a word those that end in each tag; a word's values add up to 1.
    forward: Lattice,
    /// Of all labellings after a word, relative to those of `forward`; a word's products with `forward` add up to 1.
    backward: Lattice,
}

impl Sums {
    /// Runs over the tag scores of each word: `start` and `end` score the tags of the first and last word, `transitions[from][to]` pairs of tags.
    pub(super) fn new(start: &[f32], end: &[f32], transitions: &[Vec<f32>], scores: &[Vec<f32>]) -> Self {
        let exp = |row: &[f32]| -> Vec<f64> { row.iter().map(|&score| f64::from(score).exp()).collect() };
        let transitions: Lattice = transitions.iter().map(|row| exp(row)).collect();
        let (start, end) = (exp(start), exp(end));
        let mut emissions: Lattice = Vec::with_capacity(scores.len());
        let mut forward: Lattice = Vec::with_capacity(scores.len());
        for row in scores {
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            let mut emission: Vec<f64> = row.iter().map(|&score| f64::from(score - most).exp()).collect();
            let before = match forward.last() {
                None => start.clone(),
                Some(before) => through(before, &transitions),
            };
            let mut sums: Vec<f64> = before.iter().zip(&emission).map(|(before, own)| before * own).collect();
            let scale: f64 = sums.iter().sum();
            sums.iter_mut().chain(&mut emission).for_each(|value| *value /= scale);
            emissions.push(emission);
            forward.push(sums);
        }
        let total: f64 = forward.last().map_or(1.0, |last| last.iter().zip(&end).map(|(sum, end)| sum * end).sum());
        let mut backward: Lattice = vec![end.iter().map(|end| end / total).collect()];
        for emission in emissions.iter().skip(1).rev() {
            let after: Vec<f64> = backward.last().into_iter().flatten().zip(emission).map(|(sum, own)| sum * own).collect();
            backward.push(transitions.iter().map(|row| row.iter().zip(&after).map(|(step, sum)| step * sum).sum()).collect());
        }
        backward.reverse();
        Self { transitions, emissions, forward, backward }
    }

    /// The spans that begin at word `start` and are more probable than their label's threshold.
    pub(super) fn spans_from(&self, start: usize, thresholds: &[f32]) -> Vec<Labelled> {
        let mut found = Vec::new();
        for (label, &threshold) in thresholds.iter().enumerate() {
            let threshold = f64::from(threshold);
            let (first, later) = (1 + 2 * label, 2 + 2 * label);
            // What is left of the probability that a span begins here, and the part of it that has not ended before `end`.
            let mut left = self.probability(start, first);
            let (mut tag, mut open) = (first, self.forward_at(start, first));
            for end in start + 1..=self.words() {
                if left <= threshold {
                    break;
                }
                let probability = open * self.ending(end, tag, later);
                left -= probability;
                if probability > threshold {
                    #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
                    found.push(Labelled { label, words: start..end, probability: probability.clamp(0.0, 1.0) as f32 });
                }
                open *= self.onward(end, tag, later);
                tag = later;
            }
        }
        found
    }

    /// The probability of exactly one span.
    pub(super) fn span_probability(&self, label: usize, words: Range<usize>) -> f64 {
        let (first, later) = (1 + 2 * label, 2 + 2 * label);
        let (mut tag, mut open) = (first, self.forward_at(words.start, first));
        for word in words.start + 1..words.end {
            open *= self.onward(word, tag, later);
            tag = later;
        }
        open * self.ending(words.end, tag, later)
    }

    fn words(&self) -> usize {
        self.forward.len()
    }

    fn forward_at(&self, word: usize, tag: usize) -> f64 {
        at(&self.forward, word, tag)
    }

    /// The probability of one tag at one word.
    fn probability(&self, word: usize, tag: usize) -> f64 {
        at(&self.forward, word, tag) * at(&self.backward, word, tag)
    }

    /// What a labelling that has `tag` at the word before `end` is worth where its span ends there: `later` does not follow.
    fn ending(&self, end: usize, tag: usize, later: usize) -> f64 {
        let all = at(&self.backward, end - 1, tag);
        if end == self.words() { all } else { (all - self.onward(end, tag, later) * at(&self.backward, end, later)).max(0.0) }
    }

    /// What a labelling that has `tag` at the word before `end` is worth where `later` follows.
    fn onward(&self, end: usize, tag: usize, later: usize) -> f64 {
        at(&self.transitions, tag, later) * at(&self.emissions, end, later)
    }
}

/// One step of the forward sums.
fn through(before: &[f64], transitions: &Lattice) -> Vec<f64> {
    let mut sums = vec![0.0; before.len()];
    for (before, row) in before.iter().zip(transitions) {
        sums.iter_mut().zip(row).for_each(|(sum, step)| *sum += before * step);
    }
    sums
}

fn at(lattice: &Lattice, row: usize, column: usize) -> f64 {
    lattice.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
}
