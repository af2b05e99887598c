//! `meaning.safetensors`: what a sentence is about, as one vector that meets the vector of a theme's description.
//!
//! The encoder's own vectors are trained beside quotations and names, and what a whole sentence is about fades in them. A linear map of two
//! means brings it back: of the sentence's token vectors, read in its article, and of its words' embeddings, read alone (Arora et al., ICLR
//! 2017, show how much these hold). It was trained toward the vectors of all-MiniLM-L6-v2 and on pairs of a text and its official subject
//! heading (`models/train/meaning.py`).

use super::embedded::{Table, WeightFile};
use super::vectors::{TokenVectors, dot, unit};
use crate::{Error, ErrorKind, Result, Segmentation};

/// The map from both means to the vector.
#[derive(Debug)]
pub(super) struct MeaningHead {
    /// The embeddings of word pieces.
    pieces: Table,
    /// One row for each number of the vector: over the mean of token vectors, then over that of embeddings.
    weights: Vec<f32>,
    bias: Vec<f32>,
    /// The width of a token vector.
    width: usize,
}

/// What a sentence's meaning is made of: the unit means of its token vectors and of its words' embeddings; none without a word.
pub(super) type Means = Option<[Vec<f32>; 2]>;

/// The sums of the words' embeddings of the sentences of an article that are being read; a long article has many that are not.
#[derive(Debug)]
pub(super) struct SentenceWords<'a> {
    head: &'a MeaningHead,
    seg: &'a Segmentation,
    /// Sentences that are read to their end.
    done: usize,
    /// Of those after.
    sums: Vec<f32>,
    piece: Vec<f32>,
}

impl MeaningHead {
    /// Reads the file's bytes; `pieces` are the model's embeddings, `width` the width of its token vectors.
    pub(super) fn new(bytes: &[u8], pieces: Table, width: usize) -> Result<Self> {
        let file = WeightFile::new(bytes.to_vec())?;
        let (table, bias) = (file.table("meaning.weight")?, file.floats("meaning.bias")?);
        let mut weights = Vec::with_capacity(bias.len() * table.width());
        (0..bias.len()).for_each(|row| table.push_row(row, &mut weights));
        if table.width() != width + pieces.width() || weights.len() != bias.len() * table.width() {
            let why = "meaning.safetensors does not fit the model's vectors".to_owned();
            return Err(Error::new(ErrorKind::Model(why)).with_hint("copy the model folder again"));
        }
        Ok(Self { pieces, weights, bias, width })
    }

    /// Begins an article.
    pub(super) fn sentences<'a>(&'a self, seg: &'a Segmentation) -> SentenceWords<'a> {
        SentenceWords { head: self, seg, done: 0, sums: Vec::new(), piece: Vec::new() }
    }

    /// The numbers of a vector.
    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The vector of a sentence; zero without a word.
    pub(super) fn vector(&self, means: &Means) -> Vec<f32> {
        let Some([tokens, words]) = means else { return Vec::new() };
        let rows = self.weights.chunks_exact(self.width + self.pieces.width()).zip(&self.bias);
        rows.map(|(row, bias)| {
            let (by_token, by_word) = row.split_at(self.width);
            bias + dot(by_token, tokens) + dot(by_word, words)
        })
        .collect()
    }
}

impl SentenceWords<'_> {
    /// Adds the mean of the embeddings of a token's `pieces`.
    pub(super) fn add(&mut self, token: usize, pieces: &[i32]) {
        let sentence = self.seg.sentences.partition_point(|sent| sent.tokens.end <= token);
        let width = self.head.pieces.width();
        let Some(start) = sentence.checked_sub(self.done).map(|open| open * width) else { return };
        if self.sums.len() < start + width {
            self.sums.resize(start + width, 0.0);
        }
        let Some(sum) = self.sums.get_mut(start..start + width) else { return };
        for &id in pieces {
            self.piece.clear();
            self.head.pieces.push_row(id.try_into().unwrap_or_default(), &mut self.piece);
            for (total, value) in sum.iter_mut().zip(&self.piece) {
                *total += value / pieces.len() as f32;
            }
        }
    }

    /// Hands on, in order, what the sentences are made of that end before token `end`; `tokens` are the vectors of all tokens so far.
    pub(super) fn close(&mut self, end: usize, tokens: &TokenVectors, mut each: impl FnMut(&MeaningHead, Means)) {
        let width = self.head.pieces.width();
        let closed = self.seg.sentences.iter().skip(self.done).take_while(|sent| sent.tokens.end <= end).count();
        let mut sums = self.sums.chunks_exact(width);
        for sent in self.seg.sentences.iter().skip(self.done).take(closed) {
            let sum = sums.next();
            let means = || Some([tokens.mean(sent.tokens.clone())?, unit(sum?.to_vec())?]);
            each(self.head, means());
        }
        self.sums.drain(..self.sums.len().min(closed * width));
        self.done += closed;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Encoder;
    use super::super::vectors::cosine;
    use crate::{Document, Segmenter};

    fn meaning(text: &str) -> Vec<f32> {
        let (doc, encoder) = (Document::from_text(text), Encoder::bundled().expect("the model loads"));
        let seg = Segmenter::new().segment(&doc);
        encoder.encode(&doc, &seg).expect("an encoding").meaning(&seg, 0).expect("a vector")
    }

    #[test]
    fn a_sentence_is_nearer_to_what_it_is_about() {
        let themes =
            ["Health: hospitals, doctors and medicines", "Transport: roads, railways and ports", "Education: schools and teachers"];
        let rows = [
            ("Nurses will be paid more in the wards of the north.", 0),
            ("The bridge will carry trains from the spring.", 1),
            ("Pupils are to learn a second language from the age of six.", 2),
        ];
        let themes: Vec<Vec<f32>> = themes.iter().map(|theme| meaning(theme)).collect();
        for (text, expected) in rows {
            let vector = meaning(text);
            assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-4, "{text}");
            let nearest = (0..themes.len()).max_by(|&a, &b| cosine(&themes[a], &vector).total_cmp(&cosine(&themes[b], &vector)));
            assert_eq!(nearest, Some(expected), "{text}");
        }
    }
}
