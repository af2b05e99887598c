//! A linear-chain conditional random field over BIO tags (Lafferty et al. 2001): the best labelling of a window's words
//! and the exact probability of each span in it.
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
}

/// A span of the best labelling.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled {
    /// Index of the label in its set.
    pub(crate) label: usize,
    /// The words it covers.
    pub(crate) words: Range<usize>,
    /// The probability of exactly this span with this label, `0..=1`.
    pub(crate) probability: f32,
}

/// Below this, `exp` of a 32-bit float is zero: the smallest one above zero is 2^-149, and ln 2^-150 = -103.97.
const ZERO_BELOW: f32 = -104.0;

/// One row of scores per word.
type Lattice = Vec<Vec<f32>>;

impl Crf {
    /// Whether the sizes fit a head of `labels` labels.
    pub(crate) fn fits(&self, labels: usize) -> bool {
        let tags = 1 + 2 * labels;
        self.start.len() == tags
            && self.end.len() == tags
            && self.transitions.len() == tags
            && self.transitions.iter().all(|row| row.len() == tags)
    }

    /// The spans of the best labelling of `emissions` (one row of tag scores per word), in text order.
    pub(crate) fn decode(&self, emissions: &[Vec<f32>]) -> Vec<Labelled> {
        let tags = self.best_tags(emissions);
        if tags.iter().all(|&tag| tag == 0) {
            return Vec::new();
        }
        let (forward, backward) = (self.forward(emissions), self.backward(emissions));
        let total = forward.last().map_or(0.0, |row| log_sum(add(row, &self.end).into_iter()));
        let mut spans = Vec::new();
        let mut at = 0;
        while let Some(&tag) = tags.get(at) {
            let Some(label) = first_tag_label(tag) else {
                at += 1;
                continue;
            };
            let later = tags.iter().skip(at + 1).take_while(|&&next| next == tag + 1).count();
            let words = at..at + 1 + later;
            let log = self.span_score(emissions, &forward, &backward, tag, words.clone()) - total;
            spans.push(Labelled { label, words, probability: log.exp().clamp(0.0, 1.0) });
            at += 1 + later;
        }
        spans
    }

    /// Viterbi's algorithm; ties go to the lower tag.
    fn best_tags(&self, emissions: &[Vec<f32>]) -> Vec<usize> {
        let Some((first, rest)) = emissions.split_first() else { return Vec::new() };
        let mut score = add(first, &self.start);
        let mut back: Vec<Vec<usize>> = Vec::with_capacity(rest.len());
        for row in rest {
            let (next, from): (Vec<f32>, Vec<usize>) =
                (0..row.len()).map(|to| best(score.iter().zip(self.column(to)).map(|(s, t)| s + t))).unzip();
            score = add(&next, row);
            back.push(from);
        }
        let (_, mut tag) = best(add(&score, &self.end).into_iter());
        let mut tags = vec![tag];
        for from in back.iter().rev() {
            tag = from.get(tag).copied().unwrap_or_default();
            tags.push(tag);
        }
        tags.reverse();
        tags
    }

    /// Log sum of all labellings up to each word that end in each tag, the word's own score included.
    fn forward(&self, emissions: &[Vec<f32>]) -> Lattice {
        let mut rows: Lattice = Vec::with_capacity(emissions.len());
        for emission in emissions {
            let row = match rows.last() {
                None => add(emission, &self.start),
                Some(before) => {
                    let sums: Vec<f32> =
                        (0..emission.len()).map(|to| log_sum(before.iter().zip(self.column(to)).map(|(s, t)| s + t))).collect();
                    add(&sums, emission)
                }
            };
            rows.push(row);
        }
        rows
    }

    /// Log sum of all labellings after each word that has each tag, the word's own score left out.
    fn backward(&self, emissions: &[Vec<f32>]) -> Lattice {
        let mut rows: Lattice = vec![self.end.clone()];
        for emission in emissions.iter().skip(1).rev() {
            let after = add(emission, rows.last().unwrap_or(&self.end));
            rows.push(self.transitions.iter().map(|row| log_sum(row.iter().zip(&after).map(|(t, s)| t + s))).collect());
        }
        rows.reverse();
        rows
    }

    /// Log sum of all labellings with exactly this span.
    fn span_score(&self, emissions: &[Vec<f32>], forward: &Lattice, backward: &Lattice, first: usize, words: Range<usize>) -> f32 {
        let later = first + 1;
        let emission = |word: usize, tag: usize| emissions.get(word).and_then(|row| row.get(tag)).copied().unwrap_or_default();
        let mut score = forward.get(words.start).and_then(|row| row.get(first)).copied().unwrap_or(f32::MIN);
        let mut tag = first;
        for word in words.start + 1..words.end {
            score += self.transition(tag, later) + emission(word, later);
            tag = later;
        }
        let after = match (emissions.get(words.end), backward.get(words.end)) {
            (Some(row), Some(rest)) => {
                let onward = add(row, rest);
                log_sum(onward.iter().enumerate().filter(|&(to, _)| to != later).map(|(to, s)| self.transition(tag, to) + s))
            }
            _ => self.end.get(tag).copied().unwrap_or_default(),
        };
        score + after
    }

    fn transition(&self, from: usize, to: usize) -> f32 {
        self.transitions.get(from).and_then(|row| row.get(to)).copied().unwrap_or(f32::MIN)
    }

    fn column(&self, to: usize) -> impl Iterator<Item = f32> + Clone {
        self.transitions.iter().map(move |row| row.get(to).copied().unwrap_or(f32::MIN))
    }
}

/// The label whose spans begin with `tag`.
fn first_tag_label(tag: usize) -> Option<usize> {
    (tag % 2 == 1).then_some(tag / 2)
}

fn add(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(x, y)| x + y).collect()
}

fn best(scores: impl Iterator<Item = f32>) -> (f32, usize) {
    let mut found = (f32::NEG_INFINITY, 0);
    for (at, score) in scores.enumerate() {
        if score > found.0 {
            found = (score, at);
        }
    }
    found
}

fn log_sum(scores: impl Iterator<Item = f32> + Clone) -> f32 {
    let largest = scores.clone().fold(f32::NEG_INFINITY, f32::max);
    if largest == f32::NEG_INFINITY {
        return largest;
    }
    // Forbidden pairs score so low that `exp` takes its slow way to exactly zero.
    let part = |score: f32| if score - largest < ZERO_BELOW { 0.0 } else { (score - largest).exp() };
    largest + scores.map(part).sum::<f32>().ln()
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
        Crf { start: vec![0.0, 0.0, never, 0.0, never], end: vec![0.0; 5], transitions }
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
            if let Some(label) = first_tag_label(tag) {
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
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("some labelling");
        let total: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        let decoded = crf.decode(&emissions);
        assert_eq!(decoded.iter().map(|span| (span.label, span.words.clone())).collect::<Vec<_>>(), spans(&best.0));
        assert!(!decoded.is_empty());
        for span in decoded {
            let with: f32 =
                all.iter().filter(|(tags, _)| spans(tags).contains(&(span.label, span.words.clone()))).map(|(_, score)| score.exp()).sum();
            assert!((span.probability - with / total).abs() < 1e-4, "{span:?} is {}", with / total);
        }
    }

    #[test]
    fn an_empty_window_has_no_span() {
        assert!(crf().decode(&[]).is_empty());
    }
}
