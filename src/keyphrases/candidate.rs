//! Candidates: noun phrases by their tags, with every place that says them.
//!
//! A phrase is `(ADJ|NOUN|PROPN)* (NOUN|PROPN)` inside one sentence. Shorter phrases inside longer ones are candidates only where they
//! also live outside of them (the idea of the C-value, Frantzi et al. 2000): of *new quality productive forces* said twelve times,
//! *productive forces* is dropped.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::acronym::fold_acronyms;
use super::words::{StemId, Words};
use crate::{EntityLabel, Reading};

/// A phrase by the stems of its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Token ranges of every occurrence, in text order; never empty.
    pub(super) occurrences: Vec<Range<usize>>,
    /// Occurrences that do not stand inside a longer repeated candidate, with those of the acronym.
    pub(super) free: usize,
    /// Whether it is somewhere the whole of a run.
    pub(super) is_whole: bool,
    /// Token ranges of the acronym that the article makes of it, in text order.
    pub(super) acronym: Vec<Range<usize>>,
    /// How often the article says each of its words, alone or in other phrases.
    pub(super) words: Vec<usize>,
}

impl Candidate {
    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.occurrences.first().map_or(0, ExactSizeIterator::len)
    }

    /// The first occurrence.
    pub(super) fn first(&self) -> Range<usize> {
        self.occurrences.first().cloned().unwrap_or_default()
    }

    /// Every place that says it, in full or as its acronym, in text order.
    pub(super) fn places(&self) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = self.occurrences.iter().chain(&self.acronym).cloned().collect();
        places.sort_by_key(|range| range.start);
        places
    }
}

/// Finds the candidates of `reading`, by first occurrence, the longer one first.
pub(super) fn candidates(reading: Reading<'_>) -> Vec<Candidate> {
    let words = Words::new(reading);
    let runs = words.runs();
    let nested = Nesting::of(&words, &runs);
    let mut found: Vec<(Vec<StemId>, Vec<Range<usize>>)> =
        nested.keys().map(|key| (key.clone(), words.occurrences(key))).filter(|(_, occurrences)| !occurrences.is_empty()).collect();
    found.sort_by_key(|(key, occurrences)| (std::cmp::Reverse(key.len()), occurrences.first().map(|range| range.start)));
    let mut kept = keep_whole(&found, &nested);
    fold_acronyms(reading, &words, &mut kept);
    kept.extend(dates(reading, &words));
    for candidate in &mut kept {
        candidate.words = words.counts(candidate.first());
    }
    kept
}

/// Dates that have a word (*last March*, not *2031*), by their text: no phrase has a part of one.
fn dates(reading: Reading<'_>, words: &Words<'_>) -> Vec<Candidate> {
    let mut by_text: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for entity in reading.encoding.entities.iter().filter(|entity| entity.label == EntityLabel::Date) {
        let tokens = words.without_article(entity.tokens.clone());
        let text = reading.seg.span_of(tokens.clone()).map_or("", |span| reading.slice(span));
        if text.contains(char::is_alphabetic) && words.is_read_at(tokens.start) {
            by_text.entry(text.to_lowercase()).or_default().push(tokens);
        }
    }
    let date = |occurrences: Vec<Range<usize>>| Candidate {
        free: occurrences.len(),
        occurrences,
        is_whole: true,
        acronym: Vec::new(),
        words: Vec::new(),
    };
    by_text.into_values().map(date).collect()
}

/// Drops parts that live inside longer repeated phrases only, and counts for the others how often they stand free.
fn keep_whole(found: &[(Vec<StemId>, Vec<Range<usize>>)], nested: &Nesting) -> Vec<Candidate> {
    let mut inside: HashSet<(usize, usize)> = HashSet::new();
    let mut largest_around: HashMap<&[StemId], usize> = HashMap::new();
    let mut kept = Vec::new();
    for (key, occurrences) in found {
        let total = occurrences.len();
        let around = largest_around.get(key.as_slice()).copied().unwrap_or_default();
        let lives_inside = around >= total || (around >= 2 && !nested.stands_alone(key) && around * 5 >= total * 4);
        if lives_inside {
            continue;
        }
        let free = occurrences.iter().filter(|range| !inside.contains(&(range.start, range.end))).count();
        for part in parts(key.len()) {
            if let Some(part_key) = key.get(part.clone()) {
                let most = largest_around.entry(part_key).or_default();
                *most = total.max(*most);
            }
            if total >= 2 {
                inside.extend(occurrences.iter().map(|range| (range.start + part.start, range.start + part.end)));
            }
        }
        let (is_whole, acronym, words) = (nested.stands_alone(key), Vec::new(), Vec::new());
        kept.push(Candidate { occurrences: occurrences.clone(), free, is_whole, acronym, words });
    }
    kept.sort_by_key(|candidate| (candidate.first().start, std::cmp::Reverse(candidate.len())));
    kept
}

/// Every proper part of a phrase of `len` tokens.
fn parts(len: usize) -> impl Iterator<Item = Range<usize>> {
    (0..len).flat_map(move |start| (start + 1..=len).map(move |end| start..end)).filter(move |part| part.len() < len)
}

/// Which phrases stand alone and which inside what.
struct Nesting {
    alone: BTreeSet<Vec<StemId>>,
    shared: BTreeSet<Vec<StemId>>,
}

impl Nesting {
    fn of(words: &Words<'_>, runs: &[Range<usize>]) -> Self {
        let mut alone = BTreeSet::new();
        let mut around: BTreeMap<Vec<StemId>, BTreeSet<Vec<StemId>>> = BTreeMap::new();
        for run in runs {
            let whole = words.key(run.clone());
            for part in parts(run.len()) {
                let part = run.start + part.start..run.start + part.end;
                if words.is_phrase(part.clone()) {
                    around.entry(words.key(part)).or_default().insert(whole.clone());
                }
            }
            if words.is_phrase(run.clone()) {
                alone.insert(whole);
            }
        }
        let shared = around.into_iter().filter(|(_, wholes)| wholes.len() >= 2).map(|(part, _)| part).collect();
        Self { alone, shared }
    }

    fn keys(&self) -> impl Iterator<Item = &Vec<StemId>> {
        self.alone.union(&self.shared)
    }

    fn stands_alone(&self, key: &[StemId]) -> bool {
        self.alone.contains(key)
    }
}
