//! The coding of one article with a codebook: by terms, by similarity, by context and by heading.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clues::probability;
use super::codebook::{Codebook, CodebookTheme};
use super::context::Context;
use super::coverage::Finding;
use super::discovery::in_section;
use super::evidence::{Evidence, Reason};
use super::fitting::WeighedSentence;
use super::matcher::Hit;
use super::similarity::{FEWEST_WORDS, ThemeVectors};
use crate::{Quote, Reading, Span};

/// The coding of one article with a codebook.
pub(super) struct Coding<'a> {
    reading: Reading<'a>,
    codebook: &'a Codebook,
    quotes: &'a [Quote],
    body: BTreeSet<usize>,
    /// What the terms of each theme find in each sentence; themes that find nothing are left out.
    hits: Vec<Vec<(usize, Vec<Hit>)>>,
    findings: Vec<Finding>,
}

impl<'a> Coding<'a> {
    pub(super) fn new(reading: Reading<'a>, codebook: &'a Codebook, quotes: &'a [Quote]) -> Self {
        let finding = |theme: &CodebookTheme| Finding { parent: theme.parent.clone(), ..Finding::new(&theme.id, &theme.label) };
        let findings = codebook.themes().iter().map(finding).collect();
        let hits = (0..reading.seg.sentences.len()).map(|sentence| codebook.matcher().hits(reading, sentence)).collect();
        Self { reading, codebook, quotes, body: reading.seg.body_sentences().collect(), hits, findings }
    }

    pub(super) fn findings(mut self, vectors: &ThemeVectors) -> Vec<Finding> {
        match self.codebook.min_probability() {
            Some(least) => self.by_context(vectors, least),
            None => self.by_terms(),
        }
        if vectors.has_least() {
            self.by_similarity(vectors);
        }
        if self.codebook.uses_headings() {
            self.by_heading();
        }
        self.findings
    }

    fn by_terms(&mut self) {
        for sentence in self.body.clone() {
            for (theme, hits) in self.hits_in(sentence) {
                self.give(theme, &[sentence], &self.terms(&hits, None));
            }
        }
    }

    /// What speaks for each sentence and theme gives a probability; from `least` on the sentence has the theme.
    fn by_context(&mut self, vectors: &ThemeVectors, least: f64) {
        let body: Vec<usize> = self.body.iter().copied().collect();
        let context = Context::new(self.reading, self.codebook, vectors, &body, &self.hits, self.quotes);
        for (at, &sentence) in body.iter().enumerate() {
            let Some(sent) = self.reading.seg.sentences.get(sentence) else { continue };
            let place = context.place(at);
            for theme in 0..self.findings.len() {
                let Some(clues) = context.clues(theme, &place) else { continue };
                let probability = probability(self.codebook.fitted_odds(theme, clues.odds(), &place.meaning));
                if probability < least {
                    continue;
                }
                let evidence = if let Some(hits) = self.hits_of(theme, sentence) {
                    self.terms(hits, Some(probability))
                } else {
                    let from = context.nearest(theme, at);
                    vec![Evidence { span: sent.span, reason: Reason::Context { probability, from } }]
                };
                self.give(theme, &[sentence], &evidence);
            }
        }
    }

    /// The log odds of every sentence and theme, without what codings taught.
    pub(super) fn weigh(self, vectors: &ThemeVectors) -> Vec<WeighedSentence> {
        /// Of a sentence too short to be about anything.
        const NONE: f64 = -10.0;
        let body: Vec<usize> = self.body.iter().copied().collect();
        let context = Context::new(self.reading, self.codebook, vectors, &body, &self.hits, self.quotes);
        let weighed = body.iter().enumerate().map(|(at, &sentence)| {
            let place = context.place(at);
            let odds = |theme| context.clues(theme, &place).map_or(NONE, |clues| clues.odds());
            WeighedSentence { sentence, odds: (0..self.findings.len()).map(odds).collect(), meaning: place.meaning }
        });
        weighed.collect()
    }

    fn hits_of(&self, theme: usize, sentence: usize) -> Option<&[Hit]> {
        self.hits.get(sentence)?.iter().find(|(at, _)| *at == theme).map(|(_, hits)| hits.as_slice())
    }

    fn hits_in(&self, sentence: usize) -> Vec<(usize, Vec<Hit>)> {
        self.hits.get(sentence).cloned().unwrap_or_default()
    }

    fn terms(&self, hits: &[Hit], probability: Option<f64>) -> Vec<Evidence> {
        let term = |hit: &Hit| self.codebook.matcher().term(hit.term).to_owned();
        hits.iter().map(|hit| Evidence { span: hit.span, reason: Reason::Term { term: term(hit), probability } }).collect()
    }

    /// Gives a theme and its parents to sentences.
    fn give(&mut self, theme: usize, sentences: &[usize], evidence: &[Evidence]) {
        for at in [theme].iter().chain(self.codebook.ancestors(theme)) {
            if let Some(finding) = self.findings.get_mut(*at) {
                finding.sentences.extend(sentences);
                finding.evidence.extend(evidence.iter().cloned());
            }
        }
    }

    fn by_similarity(&mut self, vectors: &ThemeVectors) {
        let seg = self.reading.seg;
        for sentence in self.body.clone() {
            let Some(sent) = seg.sentences.get(sentence) else { continue };
            self.by_similarity_of(vectors, &[sent.span], &[sentence]);
        }
        for quote in self.quotes {
            let sentences = quote.content.iter().filter_map(|span| seg.sentence_at(span.start()));
            let sentences: Vec<usize> = sentences.filter(|sentence| self.body.contains(sentence)).collect();
            self.by_similarity_of(vectors, &quote.content, &sentences);
        }
    }

    /// Gives `sentences` the themes that the words of `spans` are close to and do not say.
    fn by_similarity_of(&mut self, vectors: &ThemeVectors, spans: &[Span], sentences: &[usize]) {
        let Some(vector) = self.vector(spans) else { return };
        let close: Vec<(usize, f64)> = vectors.close_to(&vector).collect();
        for (theme, cosine) in close {
            let is_inside = |evidence: &Evidence| spans.iter().any(|span| span.contains(evidence.span) || evidence.span.contains(*span));
            if !sentences.is_empty() && !self.findings.get(theme).is_some_and(|finding| finding.evidence.iter().any(is_inside)) {
                let evidence = spans.iter().map(|&span| Evidence { span, reason: Reason::Similarity(cosine) });
                self.give(theme, sentences, &evidence.collect::<Vec<_>>());
            }
        }
    }

    /// The vector of the words of `spans`; none for too few words.
    fn vector(&self, spans: &[Span]) -> Option<Vec<f32>> {
        let tokens: Vec<Range<usize>> = spans.iter().map(|span| self.reading.seg.tokens_in(*span)).collect();
        let words: usize = tokens.iter().map(|tokens| self.reading.seg.word_count(tokens.clone())).sum();
        if words < FEWEST_WORDS {
            return None;
        }
        let vectors: Vec<(f32, Vec<f32>)> =
            tokens.into_iter().filter_map(|tokens| Some((tokens.len() as f32, self.reading.encoding.vector(tokens)?))).collect();
        let (_, first) = vectors.first()?;
        let mut sum = vec![0.0_f32; first.len()];
        for (weight, vector) in &vectors {
            sum.iter_mut().zip(vector).for_each(|(total, value)| *total += weight * value);
        }
        let length = crate::cosine(&sum, &sum).sqrt();
        (length > f32::EPSILON).then(|| sum.into_iter().map(|value| value / length).collect())
    }

    fn by_heading(&mut self) {
        let seg = self.reading.seg;
        for (at, section) in seg.sections.iter().enumerate() {
            let Some(heading) = section.heading else { continue };
            let under: Vec<usize> = in_section(self.reading, &self.body, at).collect();
            let said = seg.sentences.iter().enumerate().filter(|(_, sent)| heading.contains(sent.span)).map(|(sentence, _)| sentence);
            for (theme, hits) in said.flat_map(|sentence| self.hits_in(sentence)).collect::<Vec<_>>() {
                let evidence: Vec<Evidence> = hits.iter().map(|hit| Evidence { span: hit.span, reason: Reason::Heading }).collect();
                self.give(theme, &under, &evidence);
                for at in [theme].iter().chain(self.codebook.ancestors(theme)) {
                    if let Some(finding) = self.findings.get_mut(*at) {
                        finding.sections.extend(&under);
                    }
                }
            }
        }
    }
}
