//! Finds the terms of a codebook in sentences; one lookup a word, however many terms there are.

use std::collections::{BTreeMap, HashMap};

use regex::Regex;

use super::term::{Unit, UnitPattern, WordTerm, units};
use crate::{Reading, Span};

/// A term and the theme it belongs to.
#[derive(Debug, Clone)]
struct Entry {
    theme: usize,
    excludes: bool,
    words: WordTerm,
    /// Its index among all terms.
    term: usize,
}

/// An expression and the theme it belongs to.
#[derive(Debug, Clone)]
struct PatternEntry {
    theme: usize,
    excludes: bool,
    regex: Regex,
    term: usize,
}

/// A place where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) span: Span,
    /// The index of the term for [`Matcher::term`].
    pub(super) term: usize,
}

/// The terms of all themes, by their first word.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher {
    by_stem: HashMap<String, Vec<Entry>>,
    by_text: HashMap<String, Vec<Entry>>,
    by_lower: HashMap<String, Vec<Entry>>,
    /// Wildcards by the letter they begin with.
    by_letter: HashMap<char, Vec<Entry>>,
    /// Wildcards that begin with any letter.
    open: Vec<Entry>,
    patterns: Vec<PatternEntry>,
    /// The terms as the codebook writes them.
    terms: Vec<String>,
}

impl Matcher {
    /// Adds words that give the theme or, where they exclude, take it back; `text` is the term as the codebook writes it.
    pub(super) fn add_words(&mut self, theme: usize, excludes: bool, words: WordTerm, text: &str) {
        let bucket = match words.first() {
            Some(UnitPattern::Inflected { stem, .. }) => self.by_stem.entry(stem.clone()).or_default(),
            Some(UnitPattern::Exact(text)) => self.by_text.entry(text.clone()).or_default(),
            Some(UnitPattern::Literal(lower)) => self.by_lower.entry(lower.clone()).or_default(),
            Some(UnitPattern::Wildcard(pattern)) => match pattern.chars().next().filter(|first| !matches!(first, '*' | '?')) {
                Some(first) => self.by_letter.entry(first).or_default(),
                None => &mut self.open,
            },
            None => return,
        };
        bucket.push(Entry { theme, excludes, words, term: self.terms.len() });
        self.terms.push(text.to_owned());
    }

    /// Adds an expression that gives the theme or takes it back; `text` is the term as the codebook writes it.
    pub(super) fn add_pattern(&mut self, theme: usize, excludes: bool, regex: Regex, text: &str) {
        self.patterns.push(PatternEntry { theme, excludes, regex, term: self.terms.len() });
        self.terms.push(text.to_owned());
    }

    /// The term at `index` as the codebook writes it.
    pub(super) fn term(&self, index: usize) -> &str {
        self.terms.get(index).map_or("", String::as_str)
    }

    /// What each theme finds in one sentence, in text order, none inside another; themes that find nothing are left out.
    ///
    /// What overlaps an excluded span does not count.
    pub(super) fn hits(&self, reading: Reading<'_>, sentence: usize) -> Vec<(usize, Vec<Hit>)> {
        let mut found: BTreeMap<usize, (Vec<Hit>, Vec<Span>)> = BTreeMap::new();
        let mut note = |theme: usize, excludes: bool, hit: Hit| {
            let (given, taken) = found.entry(theme).or_default();
            if excludes { taken.push(hit.span) } else { given.push(hit) }
        };
        let units = units(reading, sentence);
        for at in 0..units.len() {
            let rest = units.get(at..).unwrap_or_default();
            for entry in self.starting(rest) {
                if let Some(span) = entry.words.span_at(rest) {
                    note(entry.theme, entry.excludes, Hit { span, term: entry.term });
                }
            }
        }
        if let Some(sent) = reading.seg.sentences.get(sentence) {
            let start = sent.span.start();
            for entry in &self.patterns {
                for hit in entry.regex.find_iter(reading.slice(sent.span)).filter(|hit| !hit.is_empty()) {
                    let span = Span::new(start + hit.start(), start + hit.end());
                    note(entry.theme, entry.excludes, Hit { span, term: entry.term });
                }
            }
        }
        let kept = |(given, taken): (Vec<Hit>, Vec<Span>)| {
            outermost(given.into_iter().filter(|hit| !taken.iter().any(|no| no.overlaps(hit.span))), |hit| hit.span)
        };
        found.into_iter().map(|(theme, found)| (theme, kept(found))).filter(|(_, hits)| !hits.is_empty()).collect()
    }

    /// The terms whose first word may be the first of `units`.
    fn starting<'a>(&'a self, units: &[Unit<'_>]) -> impl Iterator<Item = &'a Entry> {
        let first = units.first().filter(|unit| !unit.text.is_empty());
        let stem = first.and_then(|unit| self.by_stem.get(&unit.stem));
        let text = first.and_then(|unit| self.by_text.get(unit.text));
        let lower = first.and_then(|unit| self.by_lower.get(&unit.lower));
        let letter = first.and_then(|unit| self.by_letter.get(&unit.lower.chars().next()?));
        let open = first.map(|_| &self.open);
        [stem, text, lower, letter, open].into_iter().flatten().flatten()
    }
}

/// What has the outermost spans, in text order: nothing whose span lies inside another's. Of equal spans the first stays.
pub(super) fn outermost<T>(found: impl Iterator<Item = T>, span: impl Fn(&T) -> Span) -> Vec<T> {
    let mut sorted: Vec<T> = found.collect();
    sorted.sort_by_key(|item| (span(item).start(), std::cmp::Reverse(span(item).end())));
    let mut kept: Vec<T> = Vec::new();
    for item in sorted {
        if kept.last().is_none_or(|last| !span(last).contains(span(&item))) {
            kept.push(item);
        }
    }
    kept
}
