//! Windows: the stretches of text that the model reads at once.
//!
//! Whole paragraphs are packed greedily; a paragraph longer than a window is cut at sentence borders, a sentence longer
//! than a window at words. `[SEP]` stands between paragraphs.

use std::ops::Range;

use super::pieces::{Pieces, WordPieces};
use crate::quotation_marks::Marks;
use crate::{Document, Result, Segmentation};

/// The most word pieces of a window, `[CLS]` and `[SEP]`s included.
///
/// Longer windows found fewer quotations (`PolNeAR` dev, exact content F1: 70.0 at 128, 69.6 at 160, 69.2 at 224, 68.6 at 320), and so
/// did a sentence of context before a cut.
pub(crate) const MAX_PIECES: usize = 128;

/// The most tokens, and the most word pieces, of one document: a good third more than a mebibyte of English has.
///
/// Time and memory go by pieces, of which a mebibyte of brackets has five times as many.
pub(crate) const MAX_PIECES_IN_ALL: usize = 300_000;

/// What the model reads at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Window {
    /// Vocabulary ids, `[CLS]` first.
    pub(crate) ids: Vec<i32>,
    /// Token types, as many as ids.
    pub(crate) token_types: Vec<i32>,
    /// For each id the token it is part of; `None` for `[CLS]` and `[SEP]`.
    pub(crate) tokens: Vec<Option<usize>>,
    /// The tokens this window answers for.
    pub(crate) core: Range<usize>,
}

/// Cuts documents into windows.
#[derive(Debug)]
pub(crate) struct WindowCutter {
    vocabulary: WordPieces,
    most: usize,
    most_in_all: usize,
}

impl WindowCutter {
    /// Reads the model's `tokenizer.json`.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self> {
        Ok(Self { vocabulary: WordPieces::from_json(json)?, most: MAX_PIECES, most_in_all: MAX_PIECES_IN_ALL })
    }

    /// Cuts windows of at most `pieces` word pieces instead.
    pub(crate) fn with_pieces(self, pieces: usize) -> Self {
        Self { most: pieces, ..self }
    }

    /// Reads documents of up to `pieces` tokens and word pieces.
    pub(crate) fn with_pieces_in_all(self, pieces: usize) -> Self {
        Self { most_in_all: pieces, ..self }
    }

    /// The windows of a document; every token belongs to the core of exactly one.
    ///
    /// # Errors
    /// Where the document has too many pieces ([`ErrorKind::Input`](crate::ErrorKind)).
    pub(crate) fn cut(&self, doc: &Document, seg: &Segmentation) -> Result<Vec<Window>> {
        let pieces = self.vocabulary.cut(doc, seg, &Marks::find(doc, seg), self.most_in_all)?;
        Ok(pack(seg, &pieces, &self.vocabulary, self.most))
    }
}

fn pack(seg: &Segmentation, pieces: &Pieces, vocabulary: &WordPieces, most: usize) -> Vec<Window> {
    let mut packer = Packer { pieces, vocabulary, most, done: Vec::new(), open: Window::default() };
    for paragraph in &seg.paragraphs {
        let sentences = seg.sentences.get(paragraph.sentences.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { continue };
        let tokens = first.tokens.start..last.tokens.end;
        if packer.size(&tokens) + 2 <= most {
            packer.add_whole(tokens);
            continue;
        }
        packer.close(tokens.start);
        for sentence in sentences {
            packer.add_sentence(sentence.tokens.clone());
        }
        packer.separate();
    }
    packer.close(seg.tokens.len());
    packer.done
}

struct Packer<'a> {
    pieces: &'a Pieces,
    vocabulary: &'a WordPieces,
    most: usize,
    done: Vec<Window>,
    open: Window,
}

impl Packer<'_> {
    fn size(&self, tokens: &Range<usize>) -> usize {
        self.pieces.of_tokens(tokens.clone()).len()
    }

    fn has_room(&self, tokens: &Range<usize>) -> bool {
        self.open.ids.len().max(1) + self.size(tokens) < self.most
    }

    fn add_whole(&mut self, paragraph: Range<usize>) {
        if !self.has_room(&paragraph) {
            self.close(paragraph.start);
        }
        self.push(paragraph);
        self.separate();
    }

    fn add_sentence(&mut self, sentence: Range<usize>) {
        if !self.has_room(&sentence) {
            self.close(sentence.start);
        }
        for token in sentence {
            if !self.has_room(&(token..token + 1)) {
                self.close(token); // a sentence longer than a window
            }
            self.push(token..token + 1);
        }
    }

    fn push(&mut self, tokens: Range<usize>) {
        if self.open.ids.is_empty() {
            self.open.core.start = self.done.last().map_or(0, |window| window.core.end);
            self.open.ids.push(self.vocabulary.start);
            self.open.token_types.push(0);
            self.open.tokens.push(None);
        }
        let range = self.pieces.of_tokens(tokens);
        for piece in self.pieces.all.get(range).unwrap_or_default() {
            if self.open.ids.len() + 1 >= self.most {
                return; // one token of more than a window's pieces: its first ones stand for it
            }
            self.open.ids.push(piece.id);
            self.open.token_types.push(piece.token_type);
            self.open.tokens.push(Some(piece.token));
        }
    }

    fn separate(&mut self) {
        self.open.ids.push(self.vocabulary.separator);
        self.open.token_types.push(0);
        self.open.tokens.push(None);
    }

    /// Ends the open window before token `next`.
    fn close(&mut self, next: usize) {
        if self.open.ids.is_empty() {
            return;
        }
        if self.open.tokens.last().is_some_and(Option::is_some) {
            self.separate();
        }
        self.open.core.end = next;
        self.done.push(std::mem::take(&mut self.open));
    }
}
