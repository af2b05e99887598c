//! The encoder: word pieces, windows and one forward pass, decoded into every head's answer.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::antecedents::AntecedentRanker;
use super::choice::{EngineChoice, EngineKind, EngineRecord, UserModels};
use super::config::ModelConfig;
use super::crf::Crf;
use super::embedded::{EmbeddedEngine, HeadWidths, WeightFile};
use super::encoding::{ContentLinks, Encoding, LabelledSpan};
use super::engine::{Engine, Matrix, RawScores, Supplement};
use super::files::{self, ModelFiles};
use super::labels::{AttributionLabel, EntityLabel, Label, Upos};
use super::libtorch;
use super::links::LinkEnd;
use super::meaning::{MeaningHead, Means, SentenceWords};
use super::vectors::TokenVectors;
use super::window::{Window, WindowCutter};
use crate::{Deadline, Document, Error, ErrorKind, Result, Segmentation};

/// A piece's link vectors: the content's and the source's, then the content's and the cue's.
const LINK_PARTS: usize = 4;

/// Reads documents with a trained model: one forward pass per text, every head's answer at once.
#[derive(Debug)]
pub struct Encoder {
    cutter: WindowCutter,
    config: ModelConfig,
    engine: Box<dyn Engine>,
    /// Of all the model's files.
    digest: String,
    antecedents: Option<AntecedentRanker>,
    meaning: Option<MeaningHead>,
    supplements: Vec<Box<dyn Supplement>>,
}

impl Encoder {
    /// Loads the model inside the program.
    ///
    /// # Errors
    /// Where the model does not load, a defect of this build, or there is none inside it (feature `bundled-model`).
    pub fn bundled() -> Result<Self> {
        Self::bundled_on(&EngineChoice::default())
    }

    #[cfg(feature = "bundled-model")]
    pub(crate) fn bundled_on(engine: &EngineChoice) -> Result<Self> {
        Self::assemble(ModelFiles::bundled()?, engine)
    }

    #[cfg(not(feature = "bundled-model"))]
    pub(crate) fn bundled_on(_: &EngineChoice) -> Result<Self> {
        let why = "this build has no model inside".to_owned();
        Err(Error::new(ErrorKind::Model(why)).with_hint("pass --model, or build with the feature bundled-model"))
    }

    /// Loads the model of a folder with `model.safetensors`, `config.json` and `tokenizer.json`.
    ///
    /// # Errors
    /// Where a file is missing, damaged, of another version or with other labels.
    pub fn load(folder: &Path) -> Result<Self> {
        Self::load_on(folder, &EngineChoice::default())
    }

    pub(crate) fn load_on(folder: &Path, engine: &EngineChoice) -> Result<Self> {
        Self::assemble(ModelFiles::read(folder)?, engine).map_err(|error| if error.path().is_some() { error } else { error.at(folder) })
    }

    /// The trained choice among a pronoun's candidates, where the model has one.
    pub(crate) fn antecedents(&self) -> Option<&AntecedentRanker> {
        self.antecedents.as_ref()
    }

    fn assemble(mut files: ModelFiles, choice: &EngineChoice) -> Result<Self> {
        let config = ModelConfig::from_json(&files.take(files::CONFIG))?;
        if files.sum(files::WEIGHTS) != config.model_sha256 {
            let why = format!("{} is damaged: its SHA-256 is not the one in {}", files::WEIGHTS, files::CONFIG);
            return Err(Error::new(ErrorKind::Model(why)).with_hint("copy the model folder again"));
        }
        let widths = HeadWidths {
            tags: 2 + 2 * EntityLabel::ALL.len() + 2 * AttributionLabel::ALL.len() + Upos::ALL.len(),
            links: LINK_PARTS * config.link_width,
        };
        let (file, heads) = (WeightFile::new(files.take(files::WEIGHTS))?, config.attention_heads);
        let engine: Box<dyn Engine> = match choice.kind {
            EngineKind::Embedded => Box::new(EmbeddedEngine::new(&file, heads, widths)?),
            EngineKind::Libtorch => libtorch::engine(&file, heads, widths, &choice.libtorch)?,
        };
        let width = file.floats("heads.bias")?.len().saturating_sub(widths.tags + widths.links);
        let meaning = files.get(files::MEANING).map(|bytes| MeaningHead::new(bytes, file.table("embeddings.words")?, width)).transpose()?;
        Ok(Self {
            cutter: WindowCutter::from_json(&files.take(files::VOCABULARY))?,
            config,
            engine,
            digest: files.digest(),
            supplements: Vec::new(),
            antecedents: files.get(files::ANTECEDENTS).map(AntecedentRanker::from_bytes).transpose()?,
            meaning,
        })
    }

    /// Puts models of the user's in the place of heads of this one.
    pub(crate) fn with_models(mut self, models: &UserModels, choice: &EngineChoice) -> Result<Self> {
        self.supplements = libtorch::supplements(models, &choice.libtorch)?;
        if models.embeddings.is_some() {
            (self.antecedents, self.meaning) = (None, None); // trained on this model's own vectors
        }
        Ok(self)
    }

    /// Reads documents of up to `pieces` tokens and word pieces.
    pub(crate) fn with_most_pieces(self, pieces: usize) -> Self {
        Self { cutter: self.cutter.with_pieces_in_all(pieces), ..self }
    }

    /// SHA-256 over all files of the model, in lower-case hexadecimal: of what `sha256sum` prints for them, sorted by name.
    pub fn sha256(&self) -> &str {
        &self.digest
    }

    /// The model's version.
    pub fn version(&self) -> &str {
        &self.config.version
    }

    /// What the answers come from, beside this model on the engine inside every build.
    pub(crate) fn note(&self, record: &mut EngineRecord) {
        record.engine = self.engine.describe();
        self.supplements.iter().for_each(|supplement| supplement.note(record));
    }

    /// Reads one document. The answer depends on this document alone.
    ///
    /// # Errors
    /// Where the engine fails.
    pub fn encode(&self, doc: &Document, seg: &Segmentation) -> Result<Encoding> {
        self.encode_by(doc, seg, Deadline::default())
    }

    /// Reads a document as far as `deadline` allows: it is looked at after every window.
    pub(crate) fn encode_by(&self, doc: &Document, seg: &Segmentation, deadline: Deadline) -> Result<Encoding> {
        let mut meanings = self
            .meaning
            .as_ref()
            .map_or_else(TokenVectors::default, |head| TokenVectors::with_capacity(head.outputs(), seg.sentences.len()));
        let mut encoding = self.read(doc, seg, deadline, |head, means| meanings.push(&head.vector(&means)))?;
        encoding.meanings = meanings;
        for supplement in &self.supplements {
            supplement.apply(doc, seg, &mut encoding)?;
        }
        Ok(encoding)
    }

    /// What the meaning of each sentence is made of, for training the map; nothing where the model has no map.
    pub(crate) fn meaning_inputs(&self, doc: &Document, seg: &Segmentation) -> Result<Vec<Option<[Vec<f32>; 2]>>> {
        let mut inputs = Vec::new();
        self.read(doc, seg, Deadline::default(), |_, means| inputs.push(means))?;
        Ok(inputs)
    }

    /// One forward pass over every window; hands on what the meaning of each sentence is made of, where the model has a map for it.
    fn read(&self, doc: &Document, seg: &Segmentation, deadline: Deadline, mut each: impl FnMut(&MeaningHead, Means)) -> Result<Encoding> {
        let windows = self.cutter.cut(doc, seg)?;
        let mut encoding = Encoding::default();
        let mut meaning = self.meaning.as_ref().map(|head| head.sentences(seg));
        for windows in windows.chunks(self.engine.windows_at_once().max(1)) {
            let scores = self.engine.run(windows)?;
            if let Some(raw) = scores.first().filter(|_| encoding.vectors.is_empty()) {
                encoding.vectors = TokenVectors::with_capacity(raw.vectors.width(), seg.tokens.len());
            }
            for (window, raw) in windows.iter().zip(&scores) {
                let words = Words::of(window);
                self.decode(&words, window, raw, &mut encoding);
                if let Some(sentences) = &mut meaning {
                    add_words(&words, window, sentences);
                    sentences.close(window.core.end, &encoding.vectors, &mut each);
                }
            }
            deadline.check_before("the next part of its text")?;
        }
        if let Some(sentences) = &mut meaning {
            sentences.close(usize::MAX, &encoding.vectors, &mut each);
        }
        Ok(encoding)
    }

    /// Adds the answers for one window.
    fn decode(&self, words: &Words, window: &Window, raw: &RawScores, encoding: &mut Encoding) {
        let entity_tags = 1 + 2 * EntityLabel::ALL.len();
        let attribution_tags = 1 + 2 * AttributionLabel::ALL.len();
        let rows = words.means(&raw.tags);
        let part =
            |range: Range<usize>| -> Vec<Vec<f32>> { rows.iter().map(|row| row.get(range.clone()).unwrap_or_default().to_vec()).collect() };
        encoding.entities.extend(spans::<EntityLabel>(&self.config.entity, &part(0..entity_tags), words));
        let attributions = spans::<AttributionLabel>(&self.config.attribution, &part(entity_tags..entity_tags + attribution_tags), words);
        self.add_attributions(attributions, words, &raw.links, encoding);
        let upos = part(entity_tags + attribution_tags..rows.first().map_or(0, Vec::len));
        for token in window.core.clone() {
            let word = words.at(token);
            let scores = word.and_then(|word| upos.get(word));
            encoding.upos.push(scores.map_or(Upos::X, |scores| largest(scores)));
            let mean = word.map(|word| words.mean(&raw.vectors, word..word + 1)).unwrap_or_default();
            encoding.vectors.push(&mean);
        }
    }

    /// Links are scored among all spans of the window.
    fn add_attributions(&self, spans: Vec<LabelledSpan<AttributionLabel>>, words: &Words, links: &Matrix, encoding: &mut Encoding) {
        let width = self.config.link_width;
        let end = |span: &LabelledSpan<AttributionLabel>, part: usize| {
            let range = words.at(span.tokens.start).unwrap_or_default()..words.at(span.tokens.end - 1).map_or(0, |last| last + 1);
            let mean = words.mean(links, range.clone());
            LinkEnd { words: range, vector: mean.get(part * width..(part + 1) * width).unwrap_or_default().to_vec() }
        };
        let offset = encoding.attributions.len();
        let candidates = |label: AttributionLabel, part: usize| -> (Vec<usize>, Vec<LinkEnd>) {
            spans.iter().enumerate().filter(|(_, span)| span.label == label).map(|(at, span)| (at + offset, end(span, part))).unzip()
        };
        let (sources, source_ends) = candidates(AttributionLabel::Source, 1);
        let (cues, cue_ends) = candidates(AttributionLabel::Cue, 3);
        for span in &spans {
            let links = if span.label == AttributionLabel::Content {
                let place = |places: &[usize], best: Option<(usize, f32)>| best.and_then(|(at, score)| Some((*places.get(at)?, score)));
                ContentLinks {
                    source: place(&sources, self.config.source.best(&end(span, 0), &source_ends)),
                    cue: place(&cues, self.config.cue.best(&end(span, 2), &cue_ends)),
                }
            } else {
                ContentLinks::default()
            };
            encoding.links.push(links);
        }
        encoding.attributions.extend(spans);
    }
}

/// The words of a window: its tokens with the rows of their pieces.
struct Words {
    tokens: Vec<usize>,
    pieces: Vec<Range<usize>>,
    places: BTreeMap<usize, usize>,
}

impl Words {
    fn of(window: &Window) -> Self {
        let mut words = Self { tokens: Vec::new(), pieces: Vec::new(), places: BTreeMap::new() };
        for (row, token) in window.tokens.iter().enumerate() {
            let Some(token) = *token else { continue };
            if words.tokens.last() == Some(&token) {
                if let Some(pieces) = words.pieces.last_mut() {
                    pieces.end = row + 1;
                }
            } else {
                words.places.insert(token, words.tokens.len());
                words.tokens.push(token);
                words.pieces.push(row..row + 1);
            }
        }
        words
    }

    /// The place of a token among the window's words; `None` for a token without pieces.
    fn at(&self, token: usize) -> Option<usize> {
        self.places.get(&token).copied()
    }

    /// One mean row per word.
    fn means(&self, matrix: &Matrix) -> Vec<Vec<f32>> {
        (0..self.tokens.len()).map(|word| self.mean(matrix, word..word + 1)).collect()
    }

    /// The mean over words of the means over their pieces.
    fn mean(&self, matrix: &Matrix, words: Range<usize>) -> Vec<f32> {
        let mut sum = vec![0.0; matrix.width()];
        let ranges = self.pieces.get(words).unwrap_or_default();
        for pieces in ranges {
            let weight = 1.0 / (pieces.len() * ranges.len()) as f32;
            for row in pieces.clone() {
                for (total, value) in sum.iter_mut().zip(matrix.row(row)) {
                    *total += weight * value;
                }
            }
        }
        sum
    }
}

/// Adds the tokens that belong to this window to their sentences.
fn add_words(words: &Words, window: &Window, sentences: &mut SentenceWords<'_>) {
    for token in window.core.clone() {
        let pieces = words.at(token).and_then(|word| words.pieces.get(word));
        if let Some(ids) = pieces.and_then(|pieces| window.ids.get(pieces.clone())) {
            sentences.add(token, ids);
        }
    }
}

fn spans<L: Label>(crf: &Crf, emissions: &[Vec<f32>], words: &Words) -> Vec<LabelledSpan<L>> {
    let token = |word: usize| words.tokens.get(word).copied().unwrap_or_default();
    let found = crf.decode(emissions).into_iter();
    found
        .filter_map(|span| {
            let tokens = token(span.words.start)..token(span.words.end.saturating_sub(1)) + 1;
            Some(LabelledSpan { label: *L::ALL.get(span.label)?, tokens, score: span.probability })
        })
        .collect()
}

fn largest(scores: &[f32]) -> Upos {
    let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
    best.and_then(|(at, _)| Upos::ALL.get(at).copied()).unwrap_or(Upos::X)
}
