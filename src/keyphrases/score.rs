//! The ranking number: early first mention × how much it stands by itself × how often its words are said × length × what the words are ×
//! nearness to the article's other phrases.
//!
//! The recipe (vectors, position, frequency, length) is that of the embedding rankers, `SIFRank` (Sun et al. 2020) and its kin. Three things
//! are this program's own: words are counted, not the phrase, so that what a story calls now *oil spill*, now *the spill* is one matter; a
//! short article's counts say little, so its length in words damps them; and a phrase's vector loses half of its sentence's before it is
//! compared, for a word read in context takes on the context and all phrases of a sentence look alike.

use super::candidate::Candidate;
use crate::{EntityLabel, Reading, TokenKind, cosine, lexicon};

/// Occurrences of one phrase whose vectors are looked up.
const MOST_VECTORS: usize = 8;

/// How strongly each property weighs.
///
/// Begun from a logistic regression on phrases that readers chose (Inspec's abstracts, news stories of DUC 2001), then rounded and moved
/// towards what is said often and towards names, as far as that costs neither set: `models/train/README.md` has the figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    /// Exponent of `head + first token`; negative.
    pub(super) position: f64,
    /// Tokens within which place hardly matters.
    pub(super) head: f64,
    /// Exponent of the share of mentions that stand in no longer phrase.
    pub(super) free: f64,
    /// Exponent of the count of these.
    pub(super) count: f64,
    /// Exponent of the mean count of its words (the geometric one).
    pub(super) frequency: f64,
    /// Divided by the article's words and added to each count: the shorter the text, the less a second mention decides.
    pub(super) damping: f64,
    /// Factor by length in words: one, two, three, four and more.
    pub(super) length: [f64; 4],
    /// Exponent of the characters per word: long words are special ones.
    pub(super) letters: f64,
    /// Factor of *e* to the power of the cosine to the centre of the article's phrases.
    pub(super) similarity: f64,
    /// The share of its sentence's vector that a phrase's loses.
    pub(super) context: f32,
    /// Factor for phrases that are somewhere the whole of a run, not only a part shared by several.
    pub(super) whole: f64,
    /// Factor for phrases that end in a general noun.
    pub(super) general: f64,
    /// Factor for names of one word.
    pub(super) name: f64,
    /// Factor for dates, which come last.
    pub(super) date: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            position: -0.55,
            head: 5.0,
            free: 3.0,
            count: 0.7,
            frequency: 0.85,
            damping: 450.0,
            length: [1.0, 3.5, 3.5, 2.2],
            letters: 0.9,
            similarity: 2.2,
            context: 0.5,
            whole: 5.0,
            general: 0.6,
            name: 2.0,
            date: 0.05,
        }
    }
}

/// Added to mentions before their share is taken, so that a phrase never standing alone keeps a little.
const UNSEEN: f64 = 0.3;

/// Scores the candidates of one article.
#[derive(Debug)]
pub(super) struct Scorer<'a> {
    reading: Reading<'a>,
    weights: &'a Weights,
    smoothing: f64,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(reading: Reading<'a>, weights: &'a Weights) -> Self {
        let words = reading.seg.tokens.iter().filter(|token| token.kind == TokenKind::Word).count();
        Self { reading, weights, smoothing: weights.damping / words.max(1) as f64 }
    }

    /// The part of the score that needs no vector.
    pub(super) fn surface(&self, candidate: &Candidate) -> f64 {
        let weights = self.weights;
        let length = weights.length.get(candidate.len().clamp(1, 4) - 1).copied().unwrap_or(1.0);
        let places = candidate.places();
        let first = places.first().map_or(0, |range| range.start);
        let position = (weights.head + first as f64).powf(weights.position);
        let free = (candidate.free as f64 + UNSEEN) / (places.len() as f64 + UNSEEN);
        let counts: f64 = candidate.words.iter().map(|&count| (count as f64 + self.smoothing).ln()).sum();
        let frequency = (weights.frequency * counts / candidate.words.len().max(1) as f64).exp();
        let count = (candidate.free as f64 + self.smoothing).powf(weights.count);
        position * free.powf(weights.free) * count * frequency * length * self.words(candidate)
    }

    /// What the words themselves add or take.
    fn words(&self, candidate: &Candidate) -> f64 {
        let (reading, weights) = (self.reading, self.weights);
        let first = candidate.first();
        let letters = reading.seg.span_of(first.clone()).map_or(0, |span| reading.slice(span).chars().count());
        let ends_general = first.end.checked_sub(1).is_some_and(|last| lexicon::is_general(&reading.token_text(last).to_lowercase()));
        let label = reading.label(&first);
        let is_date = label == Some(EntityLabel::Date);
        let factors = [
            (candidate.is_whole, weights.whole),
            (ends_general, weights.general),
            (candidate.len() == 1 && label.is_some() && !is_date, weights.name),
            (is_date, weights.date),
        ];
        let factor: f64 = factors.iter().filter(|(applies, _)| *applies).map(|(_, factor)| factor).product();
        (letters.max(1) as f64 / candidate.len().max(1) as f64).powf(weights.letters) * factor
    }

    /// How near each candidate is to the centre of them all, as a factor; 1 where the model gives no vectors.
    pub(super) fn similarities(&self, candidates: &[&Candidate]) -> Vec<f64> {
        let vectors: Vec<Option<Vec<f32>>> = candidates.iter().map(|candidate| self.vector(candidate)).collect();
        let Some(centre) = sum(vectors.iter().flatten().cloned()) else { return vec![1.0; candidates.len()] };
        let nearness = |vector: &Option<Vec<f32>>| vector.as_ref().map_or(0.0, |vector| f64::from(cosine(vector, &centre)));
        vectors.iter().map(|vector| (self.weights.similarity * nearness(vector)).exp()).collect()
    }

    /// A phrase's vector without half of its sentence's, the mean over its first places.
    fn vector(&self, candidate: &Candidate) -> Option<Vec<f32>> {
        let Reading { seg, encoding, .. } = self.reading;
        sum(candidate.occurrences.iter().take(MOST_VECTORS).filter_map(|range| {
            let mut vector = encoding.vector(range.clone())?;
            let sent = seg.sentences.partition_point(|sent| sent.tokens.end <= range.start);
            let context = seg.sentences.get(sent).and_then(|sent| encoding.vector(sent.tokens.clone())).unwrap_or_default();
            vector.iter_mut().zip(context).for_each(|(value, around)| *value -= self.weights.context * around);
            sum(std::iter::once(vector))
        }))
    }
}

impl Reading<'_> {
    /// The label of the name that ends where a phrase ends: *President Nadia Osei* is a person, *Osei plan* is not.
    pub(super) fn label(&self, tokens: &std::ops::Range<usize>) -> Option<EntityLabel> {
        let entities = &self.encoding.entities;
        let at = entities.partition_point(|entity| entity.tokens.end < tokens.end);
        entities.get(at).filter(|entity| entity.tokens.start < tokens.end).map(|entity| entity.label)
    }
}

/// The sum of `vectors` scaled to length one; `None` for no vector or a zero sum.
fn sum(vectors: impl Iterator<Item = Vec<f32>>) -> Option<Vec<f32>> {
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
