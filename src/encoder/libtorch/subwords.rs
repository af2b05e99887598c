//! The pieces of a user's model: a document's sentences in the model's own vocabulary, each piece tied to the token it is part of.

use std::ops::Range;
use std::path::Path;

use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::processors::bert::BertProcessing;
use tokenizers::{Encoding as Pieces, Tokenizer, TruncationParams};

use super::failure::Failure;
use super::folder::ModelFolder;
use crate::{Document, Error, ErrorKind, Result, Segmentation};

const TOKENIZER: &str = "tokenizer.json";
const WORDS: &str = "vocab.txt";

/// What a user's model reads at once: a sentence, or part of one longer than the model reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) ids: Vec<i64>,
    /// For each piece the token it is part of; none for the model's own marks.
    pub(super) tokens: Vec<Option<usize>>,
}

/// A user's tokenizer.
#[derive(Debug)]
pub(super) struct Subwords {
    tokenizer: Tokenizer,
}

impl Subwords {
    /// Reads the tokenizer of `folder`: `tokenizer.json`, or the `vocab.txt` of word pieces.
    pub(super) fn load(folder: &ModelFolder) -> Result<Self> {
        let unreadable =
            |path: &Path, failure: Failure| failure.tell(|why| Error::new(ErrorKind::Model(format!("cannot read: {why}"))).at(path));
        let (whole, words) = (folder.file(TOKENIZER), folder.file(WORDS));
        let mut tokenizer = if whole.is_file() {
            Tokenizer::from_file(&whole).map_err(|error| unreadable(&whole, Failure::of(error)))?
        } else if words.is_file() {
            word_pieces(folder, &words).map_err(|failure| unreadable(&words, failure))?
        } else {
            let hint = "make it with transformers: AutoTokenizer.from_pretrained(DIR, use_fast=True).save_pretrained(DIR)";
            return Err(folder.wrong(format!("there is neither {TOKENIZER} nor {WORDS}")).with_hint(hint));
        };
        tokenizer.with_padding(None);
        let most = TruncationParams { max_length: folder.most_pieces(), ..TruncationParams::default() };
        tokenizer
            .with_truncation(Some(most))
            .map_err(|error| Failure::while_doing("its tokenizer cannot be used", error).tell(|why| folder.wrong(why)))?;
        Ok(Self { tokenizer })
    }

    /// The sentences of a document.
    pub(super) fn cut(&self, doc: &Document, seg: &Segmentation) -> Result<Vec<Sequence>> {
        let mut cut = Vec::with_capacity(seg.sentences.len());
        for sentence in &seg.sentences {
            let text = doc.slice(sentence.span);
            let failed = |error: tokenizers::Error| {
                Failure::while_doing("cannot cut the text into pieces", error).tell(|why| Error::new(ErrorKind::Model(why)))
            };
            let pieces = self.tokenizer.encode(text, true).map_err(failed)?;
            let place = Place { text, start: sentence.span.start(), seg, tokens: sentence.tokens.clone() };
            cut.push(place.sequence(&pieces));
            cut.extend(pieces.get_overflowing().iter().map(|rest| place.sequence(rest)));
        }
        Ok(cut)
    }
}

/// Where a sentence stands in its document.
struct Place<'a> {
    text: &'a str,
    start: usize,
    seg: &'a Segmentation,
    tokens: Range<usize>,
}

impl Place<'_> {
    fn sequence(&self, pieces: &Pieces) -> Sequence {
        let mut next = self.tokens.start;
        let places = pieces.get_offsets().iter().zip(pieces.get_special_tokens_mask());
        let tokens = places.map(|(&(start, end), &is_mark)| {
            if is_mark == 1 || start == end {
                return None;
            }
            // A piece may hold the blank before its word.
            let piece = self.text.get(start..end).unwrap_or_default();
            let start = self.start + start + (piece.len() - piece.trim_start().len());
            while next < self.tokens.end && self.seg.tokens.get(next).is_some_and(|token| token.span.end() <= start) {
                next += 1;
            }
            (next < self.tokens.end).then_some(next)
        });
        Sequence { tokens: tokens.collect(), ids: pieces.get_ids().iter().map(|&id| i64::from(id)).collect() }
    }
}

/// The tokenizer of BERT, for folders older than `tokenizer.json`.
fn word_pieces(folder: &ModelFolder, words: &Path) -> Result<Tokenizer, Failure> {
    let settings = std::fs::read(folder.file("tokenizer_config.json")).ok();
    let settings: serde_json::Value = settings.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
    let is_lower = settings.get("do_lower_case").and_then(serde_json::Value::as_bool).unwrap_or(true);
    let model = WordPiece::from_file(&words.to_string_lossy()).build().map_err(Failure::of)?;
    let mut tokenizer = Tokenizer::new(model);
    let mark = |name: &str| tokenizer.token_to_id(name).map(|id| (name.to_owned(), id)).ok_or_else(|| format!("it has no {name}"));
    let marks = BertProcessing::new(mark("[SEP]")?, mark("[CLS]")?);
    tokenizer.with_normalizer(Some(BertNormalizer::new(true, true, None, is_lower))).map_err(Failure::of)?;
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    tokenizer.with_post_processor(Some(marks));
    Ok(tokenizer)
}
