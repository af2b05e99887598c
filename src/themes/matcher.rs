//! Finds the terms of a codebook in sentences; one lookup a word, however many terms there are.

use std::collections::HashMap;

use regex::Regex;

use super::term::{Unit, UnitPattern, WordTerm, units};
use crate::{Reading, Span};

/// A term and the theme it belongs to.
#[derive(Debug, Clone)]
struct Entry {
    theme: usize,
    excludes: bool,
    term: WordTerm,
}

/// The terms of all themes, by their first word.
#[derive(Debug, Clone, Default)]
pub(super) struct Matcher {
    by_stem: HashMap<String, Vec<Entry>>,
    by_text: HashMap<String, Vec<Entry>>,
    wildcards: Vec<Entry>,
    patterns: Vec<(usize, bool, Regex)>,
    themes: usize,
}

impl Matcher {
    /// A matcher for `themes` themes.
    pub(super) fn new(themes: usize) -> Self {
        Self { themes, ..Self::default() }
    }

    /// Adds words that give the theme or, where they exclude, take it back.
    pub(super) fn add_words(&mut self, theme: usize, excludes: bool, term: WordTerm) {
        let bucket = match term.first() {
            Some(UnitPattern::Inflected { stem, .. }) => self.by_stem.entry(stem.clone()).or_default(),
            Some(UnitPattern::Exact(text)) => self.by_text.entry(text.clone()).or_default(),
            _ => &mut self.wildcards,
        };
        bucket.push(Entry { theme, excludes, term });
    }

    /// Adds an expression that gives the theme or takes it back.
    pub(super) fn add_pattern(&mut self, theme: usize, excludes: bool, pattern: Regex) {
        self.patterns.push((theme, excludes, pattern));
    }

    /// For each theme what it finds in one sentence, in text order, none inside another.
    ///
    /// What overlaps an excluded span does not count.
    pub(super) fn evidence(&self, reading: Reading<'_>, sentence: usize) -> Vec<Vec<Span>> {
        let mut found: Vec<[Vec<Span>; 2]> = vec![[Vec::new(), Vec::new()]; self.themes];
        let mut note = |theme: usize, excludes: bool, span: Span| {
            if let Some([given, taken]) = found.get_mut(theme) {
                if excludes { taken.push(span) } else { given.push(span) }
            }
        };
        let units = units(reading, sentence);
        for at in 0..units.len() {
            let rest = units.get(at..).unwrap_or_default();
            for entry in self.starting(rest) {
                if let Some(span) = entry.term.span_at(rest) {
                    note(entry.theme, entry.excludes, span);
                }
            }
        }
        if let Some(sent) = reading.seg.sentences.get(sentence) {
            let start = sent.span.start();
            for (theme, excludes, pattern) in &self.patterns {
                for hit in pattern.find_iter(reading.slice(sent.span)).filter(|hit| !hit.is_empty()) {
                    note(*theme, *excludes, Span::new(start + hit.start(), start + hit.end()));
                }
            }
        }
        found
            .into_iter()
            .map(|[given, taken]| outermost(given.into_iter().filter(|span| !taken.iter().any(|no| no.overlaps(*span)))))
            .collect()
    }

    /// The terms whose first word may be the first of `units`.
    fn starting<'a>(&'a self, units: &[Unit<'_>]) -> impl Iterator<Item = &'a Entry> {
        let first = units.first().filter(|unit| !unit.text.is_empty());
        let stem = first.and_then(|unit| self.by_stem.get(&unit.stem));
        let text = first.and_then(|unit| self.by_text.get(unit.text));
        let wildcards = first.map(|_| &self.wildcards);
        [stem, text, wildcards].into_iter().flatten().flatten()
    }
}

/// The spans in text order without those inside another.
pub(super) fn outermost(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut sorted: Vec<Span> = spans.collect();
    sorted.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut kept: Vec<Span> = Vec::new();
    for span in sorted {
        if kept.last().is_none_or(|last| !last.contains(span)) {
            kept.push(span);
        }
    }
    kept
}
