//! Finds copies among the articles of a run: one wire story in several papers, with another headline or some lines cut.
//!
//! Texts are compared by the share of word triples that they have in common, which `MinHash` estimates from a few numbers a text (Broder
//! 1997, *On the resemblance and containment of documents*); texts that share a band of these numbers are compared (Leskovec, Rajaraman
//! and Ullman, *Mining of Massive Datasets*, ch. 3). Memory is 192 bytes an article.

use std::collections::HashMap;

/// Rows and bands of a text's numbers: texts alike by .6 meet with probability .98, by .3 with .35 and are then told apart.
const ROWS: usize = 3;
const BANDS: usize = 16;
const NUMBERS: usize = ROWS * BANDS;

/// Words in a row that make a piece of text.
const SHINGLE: usize = 3;

/// The share of common pieces from which a text is a copy.
const ALIKE: f64 = 0.6;

/// Texts of fewer pieces say too little.
const FEWEST: usize = 12;

/// How many texts of one band a text is compared with.
const MOST_COMPARED: usize = 16;

type Signature = [u32; NUMBERS];

/// The texts of a run, as far as copies are concerned.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    signatures: Vec<Option<Signature>>,
}

impl Copies {
    /// Adds the next text of the run.
    pub(crate) fn add(&mut self, text: &str) {
        self.signatures.push(signature(text));
    }

    /// Adds an article without a text.
    pub(crate) fn add_nothing(&mut self) {
        self.signatures.push(None);
    }

    /// For every text the index of the first one it is a copy of; its own where that is itself.
    pub(crate) fn firsts(&self) -> Vec<usize> {
        let mut firsts: Vec<usize> = (0..self.signatures.len()).collect();
        for band in 0..BANDS {
            // One band at a time keeps one table in memory.
            let mut met: HashMap<&[u32], Vec<usize>> = HashMap::new();
            for (at, signature) in self.signatures.iter().enumerate() {
                let Some(signature) = signature else { continue };
                let others = met.entry(signature.get(band * ROWS..(band + 1) * ROWS).unwrap_or_default()).or_default();
                for &other in others.iter() {
                    if self.are_alike(at, other) {
                        join(&mut firsts, at, other);
                    }
                }
                if others.len() < MOST_COMPARED {
                    others.push(at);
                }
            }
        }
        (0..firsts.len()).map(|at| root(&mut firsts, at)).collect()
    }

    fn are_alike(&self, one: usize, other: usize) -> bool {
        let (Some(Some(one)), Some(Some(other))) = (self.signatures.get(one), self.signatures.get(other)) else { return false };
        let equal = one.iter().zip(other).filter(|(one, other)| one == other).count();
        equal as f64 >= ALIKE * NUMBERS as f64
    }
}

/// The first text of the copies that `at` belongs to.
fn root(firsts: &mut [usize], mut at: usize) -> usize {
    while let Some(&next) = firsts.get(at).filter(|&&next| next != at) {
        // Halves the way for the next one who asks.
        let after = firsts.get(next).copied().unwrap_or(next);
        if let Some(slot) = firsts.get_mut(at) {
            *slot = after;
        }
        at = next;
    }
    at
}

fn join(firsts: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(firsts, one), root(firsts, other));
    if let Some(slot) = firsts.get_mut(one.max(other)) {
        *slot = one.min(other);
    }
}

/// The smallest value of each hash function over the text's pieces.
fn signature(text: &str) -> Option<Signature> {
    let words: Vec<u64> = text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
    let mut smallest = [u32::MAX; NUMBERS];
    for piece in words.windows(SHINGLE) {
        let piece = piece.iter().fold(0_u64, |piece, &word| mixed(piece ^ word));
        for (seed, smallest) in (1_u64..).zip(&mut smallest) {
            let value = u32::try_from(mixed(piece ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 32).unwrap_or(u32::MAX);
            *smallest = value.min(*smallest);
        }
    }
    (words.len() >= FEWEST + SHINGLE - 1).then_some(smallest)
}

/// FNV-1a over the word's letters in lower case: the same on every machine.
fn hash(word: &str) -> u64 {
    word.chars()
        .flat_map(char::to_lowercase)
        .fold(0xCBF2_9CE4_8422_2325, |hash, ch| (hash ^ u64::from(u32::from(ch))).wrapping_mul(0x0100_0000_01B3))
}

/// The last steps of `MurmurHash3`: every bit of the result depends on every bit of `bits`.
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    bits = (bits ^ (bits >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    bits ^ (bits >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(topic: &str, sentences: std::ops::Range<usize>) -> String {
        let sentence =
            |at: usize| format!("On day {at} the {topic} board met in room {} and voted {} times on plan {topic}{at}. ", at * 7, at + 2);
        sentences.map(sentence).collect()
    }

    #[test]
    fn finds_copies_and_leaves_others_alone() {
        let mut copies = Copies::default();
        let wire = story("ferry", 0..30);
        copies.add(&story("library", 0..30));
        copies.add(&wire);
        copies.add_nothing();
        copies.add(&format!("Another headline\n\n{}", wire.to_uppercase()));
        copies.add(&story("ferry", 2..28));
        copies.add("Yes, she said.");
        copies.add("Yes, she said.");
        copies.add(&story("ferry", 100..130));
        assert_eq!(copies.firsts(), [0, 1, 2, 1, 1, 5, 6, 7]);
    }
}
