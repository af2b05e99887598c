//! The ranking number: similarity to the article × early first mention × frequency × length.

use std::ops::Range;

use super::candidate::Candidate;
use super::stop_words::is_general;
use crate::{EntityLabel, ParagraphKind, Reading, cosine};

/// How strongly each property weighs.
///
/// The defaults were tuned on one half of Inspec and of 500N-KPCrowd together; in between the two sets' wishes, since abstracts reward
/// long phrases said once and crowd workers single words said often.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    /// Exponent of `1 + first token`; negative.
    pub(super) position: f64,
    /// Exponent of the count.
    pub(super) frequency: f64,
    /// Added to the count, so that two mentions for one do not decide a short text.
    pub(super) smoothing: f64,
    /// What an occurrence inside a longer repeated candidate counts.
    pub(super) nested: f64,
    /// Factor by length in words: one, two, three, four and more.
    pub(super) length: [f64; 4],
    /// Exponent of the cosine to the article.
    pub(super) similarity: f64,
    /// Factor for phrases a title or heading says.
    pub(super) heading: f64,
    /// Factor for phrases that end in a general noun.
    pub(super) general: f64,
    /// Factor for names of persons.
    pub(super) person: f64,
    /// Factor for names of places and nationalities.
    pub(super) place: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            position: -0.2,
            frequency: 1.3,
            smoothing: 1.5,
            nested: 0.0,
            length: [1.0, 2.5, 2.25, 2.0],
            similarity: 1.0,
            heading: 1.3,
            general: 0.6,
            person: 0.3,
            place: 0.3,
        }
    }
}

/// Scores the candidates of one article.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    reading: Reading<'a>,
    weights: &'a Weights,
    article: Option<Vec<f32>>,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(reading: Reading<'a>, weights: &'a Weights) -> Self {
        Self { reading, weights, article: article_vector(reading) }
    }

    /// The part of the score that needs no vector.
    pub(super) fn surface(&self, candidate: &Candidate) -> f64 {
        let weights = self.weights;
        let total = candidate.occurrences.len() as f64;
        let free = candidate.free as f64;
        let count = free + weights.nested * (total - free);
        let length = weights.length.get(candidate.len().clamp(1, 4) - 1).copied().unwrap_or(1.0);
        let position = (1.0 + candidate.first().start as f64).powf(weights.position);
        position * (count + weights.smoothing).powf(weights.frequency) * length * self.kind(candidate)
    }

    /// Cosine of the phrase to the article, raised to its weight; 1 where the model gives no vectors.
    pub(super) fn similarity(&self, candidate: &Candidate) -> f64 {
        let Some(article) = &self.article else { return 1.0 };
        let Some(phrase) = mean(candidate.occurrences.iter().take(8).filter_map(|range| self.reading.encoding.vector(range.clone())))
        else {
            return 1.0;
        };
        f64::from(cosine(&phrase, article)).max(0.01).powf(self.weights.similarity)
    }

    /// What headings, general nouns and names add or take.
    fn kind(&self, candidate: &Candidate) -> f64 {
        let weights = self.weights;
        let mut factor = 1.0;
        if candidate.occurrences.iter().any(|range| self.is_heading(range)) {
            factor *= weights.heading;
        }
        let last = candidate.first().end.saturating_sub(1);
        if is_general(&self.reading.token_text(last).to_lowercase()) {
            factor *= weights.general;
        }
        match self.name_kind(&candidate.first()) {
            Some(EntityLabel::Person) => factor * weights.person,
            Some(EntityLabel::Location | EntityLabel::Norp) => factor * weights.place,
            _ => factor,
        }
    }

    fn is_heading(&self, tokens: &Range<usize>) -> bool {
        let seg = self.reading.seg;
        let Some(token) = seg.tokens.get(tokens.start) else { return false };
        let paragraph = seg.paragraph_at(token.span.start()).and_then(|at| seg.paragraphs.get(at));
        paragraph.is_some_and(|paragraph| matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Heading))
    }

    /// The label of the entity that ends where the phrase ends: *President Nadia Osei* is a person, *Osei plan* is not.
    fn name_kind(&self, tokens: &Range<usize>) -> Option<EntityLabel> {
        let entities = &self.reading.encoding.entities;
        let at = entities.partition_point(|entity| entity.tokens.end < tokens.end);
        entities.get(at).filter(|entity| entity.tokens.start < tokens.end && entity.tokens.end >= tokens.end).map(|entity| entity.label)
    }
}

/// The mean vector of the paragraphs of running text, by their tokens.
fn article_vector(reading: Reading<'_>) -> Option<Vec<f32>> {
    let seg = reading.seg;
    let body = seg.sentences.iter().filter(|sent| seg.paragraphs.get(sent.paragraph).is_some_and(|p| p.kind == ParagraphKind::Body));
    mean(body.filter_map(|sent| {
        let mut vector = reading.encoding.vector(sent.tokens.clone())?;
        let tokens = sent.tokens.len() as f32;
        for value in &mut vector {
            *value *= tokens;
        }
        Some(vector)
    }))
}

/// The sum of `vectors` scaled to length one; `None` for no vector or a zero sum.
fn mean(vectors: impl Iterator<Item = Vec<f32>>) -> Option<Vec<f32>> {
    let mut sum = vectors.reduce(|mut sum, vector| {
        sum.iter_mut().zip(vector).for_each(|(total, value)| *total += value);
        sum
    })?;
    let length = cosine(&sum, &sum).sqrt();
    if length <= f32::EPSILON {
        return None;
    }
    for value in &mut sum {
        *value /= length;
    }
    Some(sum)
}
