//! A linear-chain conditional random field over BIO tags (Lafferty et al. 2001): the exact probability of every span of a
//! window, and the spans that promise the best F1.
//!
//! Tag 0 is `O`; label `k` of the head's label set has the tags `1 + 2k` (first word) and `2 + 2k` (later words).

use std::ops::Range;

use serde::Deserialize;

/// The trained scores of one head's tag pairs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Crf {
    /// Score of each tag at the first word.
    start: Vec<f32>,
    /// Score of each tag at the last word.
    end: Vec<f32>,
    /// `transitions[from][to]`.
    transitions: Vec<Vec<f32>>,
    /// How probable a span of each label must be to be taken.
    thresholds: Vec<f32>,
}

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

/// One row of values per word.
type Lattice = Vec<Vec<f64>>;

impl Crf {
    /// Whether the sizes fit a head of `labels` labels.
    pub(crate) fn fits(&self, labels: usize) -> bool {
        let tags = 1 + 2 * labels;
        self.thresholds.len() == labels
            && self.start.len() == tags
            && self.end.len() == tags
            && self.transitions.len() == tags
            && self.transitions.iter().all(|row| row.len() == tags)
    }

    /// The spans of `emissions` (one row of tag scores per word) that promise the best F1, in text order.
    ///
    /// Of all sets of spans that do not overlap, the one whose probabilities above their labels' thresholds add up to
    /// most. The single best
    /// labelling (Viterbi) is another: it leaves out a span whose ends alone are in doubt, and keeps one that its neighbours
    /// carry. A span raises F1 where its probability is above half of the F1 reached (Lipton et al. 2014, "Optimal
    /// thresholding of classifiers to maximize F1 measure").
    pub(crate) fn decode(&self, emissions: &[Vec<f32>]) -> Vec<Labelled> {
        let sums = Sums::new(self, emissions);
        let candidates = (0..emissions.len()).flat_map(|start| sums.spans_from(start, &self.thresholds)).collect();
        best_set(candidates, emissions.len(), &self.thresholds)
    }
}

/// The forward-backward algorithm, scaled word by word (Rabiner 1989) so that no value leaves its range.
struct Sums {
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
    fn new(crf: &Crf, scores: &[Vec<f32>]) -> Self {
        let exp = |row: &[f32]| -> Vec<f64> { row.iter().map(|&score| f64::from(score).exp()).collect() };
        let transitions: Lattice = crf.transitions.iter().map(|row| exp(row)).collect();
        let (start, end) = (exp(&crf.start), exp(&crf.end));
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
    fn spans_from(&self, start: usize, thresholds: &[f32]) -> Vec<Labelled> {
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

/// The spans that do not overlap and whose probabilities above `thresholds` add up to most, in text order; earlier ones of equals.
fn best_set(mut candidates: Vec<Labelled>, words: usize, thresholds: &[f32]) -> Vec<Labelled> {
    candidates.sort_by_key(|span| (span.words.end, span.words.start, span.label));
    // The best sum of spans that end by each word, and the last span of that sum.
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None)];
    let mut next = 0;
    for end in 1..=words {
        let mut found = (best.last().map_or(0.0, |best| best.0), None);
        while let Some(span) = candidates.get(next).filter(|span| span.words.end == end) {
            let above = span.probability - thresholds.get(span.label).copied().unwrap_or(1.0);
            let sum = best.get(span.words.start).map_or(0.0, |best| best.0) + above;
            if sum > found.0 {
                found = (sum, Some(next));
            }
            next += 1;
        }
        best.push(found);
    }
    let mut chosen = Vec::new();
    let mut end = words;
    while end > 0 {
        match best.get(end).and_then(|best| candidates.get(best.1?)) {
            Some(span) => {
                end = span.words.start;
                chosen.push(span.clone());
            }
            None => end -= 1,
        }
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two labels, five tags; a span never continues another label's.
    fn crf() -> Crf {
        let never = -1e4;
        let transitions = (0..5_usize)
            .map(|from| {
                (0..5_usize)
                    .map(|to| if to != 0 && to % 2 == 0 && from != to && from + 1 != to { never } else { 0.1 * (from * to) as f32 })
                    .collect()
            })
            .collect();
        Crf { start: vec![0.0, 0.0, never, 0.0, never], end: vec![0.0; 5], transitions, thresholds: vec![0.1; 2] }
    }

    fn every_labelling(words: usize) -> Vec<Vec<usize>> {
        (0..words).fold(vec![Vec::new()], |all, _| {
            all.iter().flat_map(|tags| (0..5).map(move |tag| [tags.as_slice(), &[tag]].concat())).collect()
        })
    }

    fn score(crf: &Crf, emissions: &[Vec<f32>], tags: &[usize]) -> f32 {
        let inner: f32 = tags.windows(2).map(|pair| crf.transitions[pair[0]][pair[1]]).sum();
        crf.start[tags[0]] + inner + crf.end[tags[tags.len() - 1]] + tags.iter().zip(emissions).map(|(&tag, row)| row[tag]).sum::<f32>()
    }

    fn spans(tags: &[usize]) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        for (at, &tag) in tags.iter().enumerate() {
            if tag % 2 == 1 {
                let label = tag / 2;
                let later = tags[at + 1..].iter().take_while(|&&next| next == tag + 1).count();
                found.push((label, at..at + 1 + later));
            }
        }
        found
    }

    #[test]
    fn agrees_with_counting_every_labelling() {
        let crf = crf();
        let emissions: Vec<Vec<f32>> =
            [[0.2, 1.5, -0.3, 0.1, 0.0], [0.1, -0.4, 1.2, 0.9, 0.4], [0.6, 0.2, 0.5, -0.1, 0.8], [0.3, 0.7, 0.2, 0.6, 0.1]]
                .iter()
                .map(|row| row.to_vec())
                .collect();
        let all: Vec<(Vec<usize>, f32)> =
            every_labelling(4).into_iter().map(|tags| (score(&crf, &emissions, &tags), tags)).map(|(s, t)| (t, s)).collect();
        let total: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        let probability = |label: usize, words: &Range<usize>| {
            let with = all.iter().filter(|(tags, _)| spans(tags).contains(&(label, words.clone())));
            with.map(|(_, score)| score.exp()).sum::<f32>() / total
        };
        let worth = |set: &[(usize, Range<usize>)]| set.iter().map(|(label, words)| probability(*label, words) - 0.1).sum::<f32>();
        let most = all.iter().map(|(tags, _)| worth(&spans(tags))).fold(0.0, f32::max);
        let decoded = crf.decode(&emissions);
        let set: Vec<(usize, Range<usize>)> = decoded.iter().map(|span| (span.label, span.words.clone())).collect();
        assert!(set.len() > 1 && (worth(&set) - most).abs() < 1e-5, "{set:?} is worth {} of {most}", worth(&set));
        for span in decoded {
            let expected = probability(span.label, &span.words);
            assert!((span.probability - expected).abs() < 1e-5, "{span:?} is {expected}");
        }
    }

    #[test]
    fn takes_a_span_whose_end_alone_is_in_doubt() {
        let sure = vec![0.0, 9.0, -9.0, -9.0, -9.0];
        let maybe = vec![0.0, -9.0, 0.4, -9.0, -9.0];
        let decoded = Crf { transitions: vec![vec![0.0; 5]; 5], thresholds: vec![0.3; 2], ..crf() }.decode(&[sure, maybe.clone(), maybe]);
        assert_eq!(decoded.iter().map(|span| span.words.clone()).collect::<Vec<_>>(), [0..1]);
    }

    #[test]
    fn an_empty_window_has_no_span() {
        assert!(crf().decode(&[]).is_empty());
    }
}
