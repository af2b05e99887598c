//! Stretches of running text that are about one thing.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::stem::stem;
use crate::{Analysis, Reading, Span, Upos, cosine, lexicon};

/// A passage of which so large a share of its nouns, verbs and adjectives are words of talk, *thank*, *everybody*, *laughter*, is about nothing.
const MOST_TALK: f64 = 0.5;
/// A passage ends with the paragraph that brings it to this many words.
const ENOUGH_WORDS: usize = 60;

/// Consecutive sentences of running text, in one section, with what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Indices of its sentences.
    pub sentences: Range<usize>,
    /// Words of its running text.
    pub words: usize,
    /// What its sentences are about, each by its words: a vector of length 127.
    pub vector: Vec<i8>,
    /// Hashes of the stems of its nouns, verbs and adjectives, in their order, with how often they stand there.
    pub words_said: Vec<(u32, u8)>,
}

impl Passage {
    /// Cuts the running text of an article; nothing where the model gives no vectors. Greetings and mere talk are no passages.
    pub(crate) fn cut(reading: &Reading<'_>) -> Vec<Self> {
        let mut passages: Vec<Self> = Vec::new();
        let mut open: Option<Open> = None;
        for sentence in reading.seg.body_sentences() {
            let Some(sent) = reading.seg.sentences.get(sentence) else { continue };
            let section = reading.seg.paragraphs.get(sent.paragraph).map_or(0, |paragraph| paragraph.section);
            let words = reading.seg.word_count(sent.tokens.clone());
            let is_full = |open: &Open| open.section != section || open.words >= ENOUGH_WORDS && open.paragraph != sent.paragraph;
            if open.as_ref().is_some_and(is_full) {
                passages.extend(open.take().and_then(|open| open.close(reading)));
            }
            let part = open.get_or_insert(Open { sentences: sentence..sentence, section, paragraph: sent.paragraph, words: 0 });
            part.sentences.end = sentence + 1;
            part.paragraph = sent.paragraph;
            part.words += words;
        }
        passages.extend(open.and_then(|open| open.close(reading)));
        passages
    }
}

impl Passage {
    /// Whether it has a noun, verb or adjective of this stem.
    pub(super) fn says(&self, stem: &str) -> bool {
        let hash = hash(stem);
        self.words_said.binary_search_by_key(&hash, |(word, _)| *word).is_ok()
    }

    /// Where it stands, in bytes; `None` where it is not one of `analysis`.
    pub(super) fn span(&self, analysis: &Analysis) -> Option<Span> {
        let sentences = analysis.seg.sentences.get(self.sentences.clone())?;
        Some(sentences.first()?.span.cover(sentences.last()?.span))
    }
}

/// A passage that may still grow.
struct Open {
    sentences: Range<usize>,
    section: usize,
    /// That of its last sentence.
    paragraph: usize,
    words: usize,
}

impl Open {
    fn close(self, reading: &Reading<'_>) -> Option<Passage> {
        let sentences = reading.seg.sentences.get(self.sentences.clone())?;
        if is_talk(reading, sentences.iter().flat_map(|sent| sent.tokens.clone())) {
            return None;
        }
        let vector = meaning(reading, self.sentences.clone())?.into_iter().map(quantized).collect();
        let words_said = words_said(reading, sentences.iter().flat_map(|sent| sent.tokens.clone()));
        Some(Passage { sentences: self.sentences, words: self.words, vector, words_said })
    }
}

/// The unit vector of what the sentences are about, each by its words.
fn meaning(reading: &Reading<'_>, sentences: Range<usize>) -> Option<Vec<f32>> {
    let mut sum: Vec<f32> = Vec::new();
    for sentence in sentences {
        let words = reading.seg.sentences.get(sentence).map_or(0, |sent| reading.seg.word_count(sent.tokens.clone()));
        let Some(vector) = reading.encoding.meaning(reading.seg, sentence) else { continue };
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(&vector).for_each(|(total, value)| *total += words as f32 * value);
    }
    let length = cosine(&sum, &sum).sqrt();
    (length > f32::EPSILON).then(|| sum.into_iter().map(|value| value / length).collect())
}

/// Whether the words are hardly about anything.
fn is_talk(reading: &Reading<'_>, tokens: impl Iterator<Item = usize>) -> bool {
    let (mut content, mut talk) = (0_u32, 0_u32);
    for token in tokens.filter(|token| is_content(reading, *token)) {
        content += 1;
        talk += u32::from(lexicon::is_spoken(&reading.token_text(token).to_lowercase()));
    }
    content == 0 || f64::from(talk) > f64::from(content) * MOST_TALK
}

/// Whether a token says what something is about, by its part of speech.
fn is_content(reading: &Reading<'_>, token: usize) -> bool {
    matches!(reading.encoding.upos(token), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb)
}

fn words_said(reading: &Reading<'_>, tokens: impl Iterator<Item = usize>) -> Vec<(u32, u8)> {
    let mut said: BTreeMap<u32, u8> = BTreeMap::new();
    for token in tokens {
        let text = reading.token_text(token);
        if is_content(reading, token) && text.chars().filter(|ch| ch.is_alphabetic()).count() > 2 {
            let count = said.entry(hash(&stem(text))).or_default();
            *count = count.saturating_add(1);
        }
    }
    said.into_iter().collect()
}

/// The hash by which a stem is counted.
#[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
pub(super) fn hash(word: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish() as u32
}

#[expect(clippy::cast_possible_truncation, reason = "parts of a unit vector stay within 127")]
fn quantized(part: f32) -> i8 {
    (part * 127.0).round().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    #[test]
    fn greetings_are_mere_talk() {
        let tags =
            [("Thank", Upos::Verb), ("Welcome", Upos::Verb), ("everybody", Upos::Noun), ("ferry", Upos::Noun), ("stays", Upos::Verb)];
        let is_talk = |text: &str| {
            let annotated = Annotated::new(text).tags(&tags);
            super::is_talk(&annotated.reading(), 0..annotated.seg.tokens.len())
        };
        assert!(is_talk("Welcome, everybody. Thank you.") && is_talk("But then, why not?"));
        assert!(!is_talk("Thank you. The ferry stays.") && !is_talk("The ferry stays."));
    }
}
