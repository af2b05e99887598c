//! Finds texts of a run that are alike: one wire story in several papers with another headline or some lines cut, one quotation in several
//! articles.
//!
//! Texts are compared by the share of pieces of a few words that they have in common, which `MinHash` estimates from some numbers a text
//! (Broder 1997, *On the resemblance and containment of documents*); texts that share a band of these numbers are compared (Leskovec,
//! Rajaraman and Ullman, *Mining of Massive Datasets*, ch. 3). The numbers wait on the disk; memory is 12 bytes a text.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Rows and bands of a text's numbers: texts alike by .6 meet with probability .98, by .3 with .35 and are then told apart.
const ROWS: usize = 3;
const BANDS: usize = 16;
const NUMBERS: usize = ROWS * BANDS;

/// The share of common pieces from which two texts are alike.
const ALIKE: f64 = 0.6;

/// How many texts of one band a text is compared with.
const MOST_COMPARED: usize = 16;

/// The bytes of a text on the disk: its place in the run and its numbers.
const RECORD: usize = 4 + 4 * NUMBERS;

type Signature = [u32; NUMBERS];

/// What texts are compared by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Words in a row that make a piece.
    shingle: usize,
    /// Texts of fewer pieces say too little.
    fewest: usize,
}

impl Shape {
    /// Articles: from 14 words on.
    pub(crate) const ARTICLES: Self = Self { shingle: 3, fewest: 12 };

    /// Quotations: from 6 words on, so that *yes* or *no comment* in two articles are not one.
    pub(crate) const QUOTATIONS: Self = Self { shingle: 2, fewest: 5 };
}

/// The texts of a run, as far as their likeness is concerned.
#[derive(Debug)]
pub(crate) struct Likeness {
    shape: Shape,
    draft: BufWriter<File>,
    texts: u32,
}

impl Likeness {
    /// Compares by `shape`; numbers wait in `draft`, an empty file.
    pub(crate) fn new(shape: Shape, draft: File) -> Self {
        Self { shape, draft: BufWriter::new(draft), texts: 0 }
    }

    /// Adds the next text of the run.
    pub(crate) fn add(&mut self, text: &str) -> io::Result<()> {
        if let Some(signature) = signature(text, self.shape) {
            self.draft.write_all(&self.texts.to_le_bytes())?;
            signature.iter().try_for_each(|number| self.draft.write_all(&number.to_le_bytes()))?;
        }
        self.add_nothing();
        Ok(())
    }

    /// Adds an article without a text.
    pub(crate) fn add_nothing(&mut self) {
        self.texts = self.texts.saturating_add(1);
    }

    /// For every text the place of the first one that it is like; its own where that is itself.
    pub(crate) fn firsts(self) -> io::Result<Vec<u32>> {
        let mut draft = self.draft.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut firsts: Vec<u32> = (0..self.texts).collect();
        for band in 0..BANDS {
            let keys = keys(&mut draft, band)?;
            for met in keys.chunk_by(|one, other| one.0 == other.0).filter(|met| met.len() > 1) {
                join_alike(&mut draft, met, &mut firsts)?;
            }
        }
        Ok((0..self.texts).map(|at| root(&mut firsts, at)).collect())
    }
}

/// What each record has in a band, with the record's number, sorted: those that share the band stand together.
fn keys(draft: &mut File, band: usize) -> io::Result<Vec<(u32, u32)>> {
    draft.seek(SeekFrom::Start(0))?;
    let mut records = BufReader::with_capacity(1 << 16, draft);
    // One band at a time keeps one table in memory.
    let mut keys: Vec<(u32, u32)> = Vec::new();
    let mut record = [0; RECORD];
    for number in 0.. {
        match records.read_exact(&mut record) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            read => read?,
        }
        let (_, signature) = decoded(&record);
        let rows = signature.iter().skip(band * ROWS).take(ROWS);
        let key = rows.fold(0_u64, |key, &row| mixed(key ^ u64::from(row)));
        keys.push((u32::try_from(key >> 32).unwrap_or_default(), number));
    }
    keys.sort_unstable();
    Ok(keys)
}

/// Makes one of the texts of `met` that are alike: each is compared with the first ones.
fn join_alike(draft: &mut File, met: &[(u32, u32)], firsts: &mut [u32]) -> io::Result<()> {
    let mut others: Vec<(u32, Signature)> = Vec::new();
    let mut record = [0; RECORD];
    for &(_, number) in met {
        draft.seek(SeekFrom::Start(u64::from(number) * RECORD as u64))?;
        draft.read_exact(&mut record)?;
        let (at, signature) = decoded(&record);
        for (other, compared) in &others {
            if are_alike(&signature, compared) {
                join(firsts, at, *other);
            }
        }
        if others.len() < MOST_COMPARED {
            others.push((at, signature));
        }
    }
    Ok(())
}

/// The place of a record's text, and its numbers.
fn decoded(record: &[u8; RECORD]) -> (u32, Signature) {
    let mut words = record.chunks_exact(4).map(|bytes| bytes.try_into().map_or(0, u32::from_le_bytes));
    let at = words.next().unwrap_or_default();
    (at, std::array::from_fn(|_| words.next().unwrap_or_default()))
}

fn are_alike(one: &Signature, other: &Signature) -> bool {
    let equal = one.iter().zip(other).filter(|(one, other)| one == other).count();
    equal as f64 >= ALIKE * NUMBERS as f64
}

fn slot(firsts: &mut [u32], at: u32) -> Option<&mut u32> {
    firsts.get_mut(usize::try_from(at).ok()?)
}

/// The first text of those that `at` is one with.
fn root(firsts: &mut [u32], mut at: u32) -> u32 {
    while let Some(next) = slot(firsts, at).copied().filter(|&next| next != at) {
        // Halves the way for the next one who asks.
        let after = slot(firsts, next).copied().unwrap_or(next);
        if let Some(slot) = slot(firsts, at) {
            *slot = after;
        }
        at = next;
    }
    at
}

fn join(firsts: &mut [u32], one: u32, other: u32) {
    let (one, other) = (root(firsts, one), root(firsts, other));
    if let Some(slot) = slot(firsts, one.max(other)) {
        *slot = one.min(other);
    }
}

/// The smallest value of each hash function over the text's pieces.
fn signature(text: &str, shape: Shape) -> Option<Signature> {
    let words: Vec<u64> = text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
    let mut smallest = [u32::MAX; NUMBERS];
    for piece in words.windows(shape.shingle) {
        let piece = piece.iter().fold(0_u64, |piece, &word| mixed(piece ^ word));
        for (seed, smallest) in (1_u64..).zip(&mut smallest) {
            let value = u32::try_from(mixed(piece ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)) >> 32).unwrap_or(u32::MAX);
            *smallest = value.min(*smallest);
        }
    }
    (words.len() + 1 >= shape.fewest + shape.shingle).then_some(smallest)
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

    fn firsts(shape: Shape, texts: &[&str]) -> Vec<u32> {
        let mut likeness = Likeness::new(shape, tempfile::tempfile().unwrap());
        for text in texts {
            if text.is_empty() { likeness.add_nothing() } else { likeness.add(text).unwrap() }
        }
        likeness.firsts().unwrap()
    }

    fn story(topic: &str, sentences: std::ops::Range<usize>) -> String {
        let sentence =
            |at: usize| format!("On day {at} the {topic} board met in room {} and voted {} times on plan {topic}{at}. ", at * 7, at + 2);
        sentences.map(sentence).collect()
    }

    #[test]
    fn finds_copies_and_leaves_others_alone() {
        let wire = story("ferry", 0..30);
        let shouted = format!("Another headline\n\n{}", wire.to_uppercase());
        let (library, cut, other) = (story("library", 0..30), story("ferry", 2..28), story("ferry", 100..130));
        let texts = [&library, &wire, "", &shouted, &cut, "Yes, she said.", "Yes, she said.", &other];
        assert_eq!(firsts(Shape::ARTICLES, &texts), [0, 1, 2, 1, 1, 5, 6, 7]);
    }

    #[test]
    fn finds_the_same_quotation_and_leaves_short_ones_alone() {
        let texts = [
            "We will rebuild the harbour wall before the autumn storms come.",
            "Yes, of course we will.",
            "“We will rebuild the harbour wall before the autumn storms come,” … “whatever it costs”",
            "Yes, of course we will.",
            "The harbour wall will be left as it is until the spring.",
            "we will rebuild the harbor wall before the autumn storms come",
        ];
        assert_eq!(firsts(Shape::QUOTATIONS, &texts), [0, 1, 0, 3, 4, 0]);
    }
}
