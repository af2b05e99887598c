//! A linear-chain conditional random field over BIO tags (Lafferty et al. 2001): the exact probability of every span of a
//! window, and the spans that promise the best F1.
//!
//! Tag 0 is `O`; label `k` of the head's label set has the tags `1 + 2k` (first word) and `2 + 2k` (later words).

use serde::Deserialize;

use super::forward_backward::{Labelled, Sums};

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
    /// How probable a span of each label must be to be taken, where spans are chosen one by one.
    thresholds: Option<Vec<f32>>,
}

impl Crf {
    /// Whether the sizes fit a head of `labels` labels.
    pub(crate) fn fits(&self, labels: usize) -> bool {
        let tags = 1 + 2 * labels;
        self.thresholds.as_ref().is_none_or(|thresholds| thresholds.len() == labels)
            && self.start.len() == tags
            && self.end.len() == tags
            && self.transitions.len() == tags
            && self.transitions.iter().all(|row| row.len() == tags)
    }

    /// The spans of `emissions` (one row of tag scores per word), in text order: those that promise the best F1 where labels have
    /// thresholds, else those of the best labelling.
    pub(crate) fn decode(&self, emissions: &[Vec<f32>]) -> Vec<Labelled> {
        match &self.thresholds {
            Some(thresholds) => {
                let sums = Sums::new(&self.start, &self.end, &self.transitions, emissions);
                let candidates = (0..emissions.len()).flat_map(|start| sums.spans_from(start, thresholds)).collect();
                best_set(candidates, emissions.len(), thresholds)
            }
            None => self.best_labelling(emissions),
        }
    }

    fn best_labelling(&self, emissions: &[Vec<f32>]) -> Vec<Labelled> {
        let tags = self.best_tags(emissions);
        if tags.iter().all(|&tag| tag == 0) {
            return Vec::new();
        }
        let sums = Sums::new(&self.start, &self.end, &self.transitions, emissions);
        let begins = tags.iter().enumerate().filter(|(_, tag)| **tag % 2 == 1);
        begins
            .map(|(at, &tag)| {
                let later = tags.iter().skip(at + 1).take_while(|&&next| next == tag + 1).count();
                let (label, words) = (tag / 2, at..at + 1 + later);
                #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
                let probability = sums.span_probability(label, words.clone()).clamp(0.0, 1.0) as f32;
                Labelled { label, words, probability }
            })
            .collect()
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

    fn column(&self, to: usize) -> impl Iterator<Item = f32> + Clone {
        self.transitions.iter().map(move |row| row.get(to).copied().unwrap_or(f32::MIN))
    }
}

/// The spans that do not overlap and whose probabilities above `thresholds` add up to most, in text order; earlier ones of equals.
///
/// A span raises F1 where its probability is above about half of the F1 reached (Lipton et al. 2014, "Optimal thresholding of
/// classifiers to maximize F1 measure"). Good for short spans; a long one has many possible borders, none of them probable, and is
/// better found by the best labelling.
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

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
        Crf { start: vec![0.0, 0.0, never, 0.0, never], end: vec![0.0; 5], transitions, thresholds: Some(vec![0.1; 2]) }
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
        let labelling = Crf { thresholds: None, ..crf }.decode(&emissions);
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("some labelling");
        assert_eq!(labelling.iter().map(|span| (span.label, span.words.clone())).collect::<Vec<_>>(), spans(&best.0));
        for span in decoded.into_iter().chain(labelling) {
            let expected = probability(span.label, &span.words);
            assert!((span.probability - expected).abs() < 1e-5, "{span:?} is {expected}");
        }
    }

    #[test]
    fn takes_a_span_whose_end_alone_is_in_doubt() {
        let sure = vec![0.0, 9.0, -9.0, -9.0, -9.0];
        let maybe = vec![0.0, -9.0, 0.4, -9.0, -9.0];
        let decoded =
            Crf { transitions: vec![vec![0.0; 5]; 5], thresholds: Some(vec![0.3; 2]), ..crf() }.decode(&[sure, maybe.clone(), maybe]);
        assert_eq!(decoded.iter().map(|span| (span.words.start, span.words.end)).collect::<Vec<_>>(), [(0, 1)]);
    }

    #[test]
    fn an_empty_window_has_no_span() {
        assert!(crf().decode(&[]).is_empty());
    }
}
