//! Word pieces: the tokens of a document in the model's vocabulary, each tied to the token it is part of.

use std::ops::Range;

use tokenizers::Tokenizer;

use super::shape::Shape;
use crate::quotation_marks::Marks;
use crate::{Document, Error, ErrorKind, Result, Segmentation, Span, Token};

/// A sentence of more bytes has tokens that are no words.
const LONGEST_SENTENCE: usize = 16 << 10;
/// So many bytes of each of its tokens are cut into pieces.
const LONGEST_TOKEN: usize = 256;

/// One word piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its place in the vocabulary.
    pub(crate) id: i32,
    /// Its token type: shape of its word, inside quotation marks or not.
    pub(crate) token_type: i32,
    /// Index of the token it is part of.
    pub(crate) token: usize,
}

/// The word pieces of one document, in text order.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) all: Vec<Piece>,
    /// For each token where its pieces start in `all`, and one more entry for the end.
    starts: Vec<usize>,
}

impl Pieces {
    /// Where the pieces of a run of tokens stand in `all`.
    pub(crate) fn of_tokens(&self, tokens: Range<usize>) -> Range<usize> {
        let at = |token: usize| self.starts.get(token).copied().unwrap_or(self.all.len());
        at(tokens.start)..at(tokens.end)
    }
}

/// The model's vocabulary.
#[derive(Debug)]
pub(crate) struct WordPieces {
    tokenizer: Tokenizer,
    pub(crate) start: i32,
    pub(crate) separator: i32,
    quotation_mark: i32,
}

impl WordPieces {
    /// Reads a `tokenizer.json`.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self> {
        let wrong = |why: String| Error::new(ErrorKind::Model(format!("cannot read the model's vocabulary: {why}")));
        let unread = |source: tokenizers::Error| wrong(source.to_string()).caused_by(source);
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(unread)?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(unread)?;
        let id = |piece: &str| {
            let id = tokenizer.token_to_id(piece).and_then(|id| i32::try_from(id).ok());
            id.ok_or_else(|| wrong(format!("it has no {piece}")))
        };
        let (start, separator, quotation_mark) = (id("[CLS]")?, id("[SEP]")?, id("\"")?);
        Ok(Self { tokenizer, start, separator, quotation_mark })
    }

    /// Cuts the tokens of a document into pieces, sentence by sentence; refuses a document of more than `most` tokens or pieces before it
    /// takes up more memory than these.
    ///
    /// Every quotation mark becomes the plain `"`, whatever the house style of the text: whether it opens or closes
    /// shows in the token types.
    pub(crate) fn cut(&self, doc: &Document, seg: &Segmentation, marks: &Marks, most: usize) -> Result<Pieces> {
        if seg.tokens.len() > most {
            return Err(too_many(most));
        }
        let mut pieces = Pieces { all: Vec::with_capacity(seg.tokens.len() * 3 / 2), starts: Vec::with_capacity(seg.tokens.len() + 1) };
        for sentence in &seg.sentences {
            self.cut_sentence(doc, seg, sentence.span, sentence.tokens.clone(), marks, &mut pieces)?;
            if pieces.all.len() > most {
                return Err(too_many(most));
            }
        }
        while pieces.starts.len() <= seg.tokens.len() {
            pieces.starts.push(pieces.all.len());
        }
        Ok(pieces)
    }

    /// The pieces of a sentence, with the byte of the sentence that each starts at.
    ///
    /// A token may be as long as the article: a rule of a million stops, a word without an end. Where a sentence has such, each of its tokens is
    /// cut by itself, of its first letters only.
    fn cut_text(&self, doc: &Document, span: Span, tokens: &[Token]) -> Result<Vec<(u32, usize)>> {
        let encode = |text: &str| {
            let why = |source: tokenizers::Error| {
                Error::new(ErrorKind::Model(format!("cannot cut the text into word pieces: {source}"))).caused_by(source)
            };
            self.tokenizer.encode(text, false).map_err(why)
        };
        let mut found = Vec::new();
        if span.len() <= LONGEST_SENTENCE {
            let encoded = encode(doc.slice(span))?;
            found.extend(encoded.get_ids().iter().copied().zip(encoded.get_offsets().iter().map(|offsets| offsets.0)));
        } else {
            for token in tokens {
                let text = doc.slice(token.span);
                let text = text.get(..text.floor_char_boundary(LONGEST_TOKEN)).unwrap_or_default();
                let start = token.span.start() - span.start();
                let encoded = encode(text)?;
                found.extend(encoded.get_ids().iter().copied().zip(encoded.get_offsets().iter().map(|offsets| start + offsets.0)));
            }
        }
        Ok(found)
    }

    fn cut_sentence(
        &self,
        doc: &Document,
        seg: &Segmentation,
        span: Span,
        tokens: Range<usize>,
        marks: &Marks,
        out: &mut Pieces,
    ) -> Result<()> {
        let mut cut = self.cut_text(doc, span, seg.tokens.get(tokens.clone()).unwrap_or_default())?.into_iter().peekable();
        for index in tokens {
            out.starts.push(out.all.len());
            let Some(token) = seg.tokens.get(index) else { continue };
            let shape = Shape::of(doc.slice(token.span));
            let token_type = shape.token_type(marks.is_inside(token.span.start()));
            let is_mark = marks.is_mark(doc, token.span);
            while let Some((id, _)) = cut.next_if(|(_, start)| span.start() + start < token.span.end()) {
                if is_mark && out.starts.last() < Some(&out.all.len()) {
                    continue; // `` and '' are two pieces, but one mark
                }
                let id = if is_mark { self.quotation_mark } else { i32::try_from(id).unwrap_or_default() };
                out.all.push(Piece { id, token_type, token: index });
            }
        }
        Ok(())
    }
}

fn too_many(most: usize) -> Error {
    Error::new(ErrorKind::Input(format!("has more than {most} words, marks and parts of rare words")))
        .with_hint("split it; the limit is two for every seven bytes of --max-bytes, and grows with it")
}
