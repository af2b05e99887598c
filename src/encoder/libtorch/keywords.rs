//! rust-bert's own keyphrases: its `KeywordExtractionModel`, which ranks runs of words by how close their vector stands to the text's
//! (as `KeyBERT` by Grootendorst 2020).

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rust_bert::pipelines::keywords_extraction::{Keyword, KeywordExtractionConfig, KeywordExtractionModel, KeywordScorerType};
use rust_bert::pipelines::sentence_embeddings::SentenceEmbeddingsConfig;
use rust_bert::resources::{LocalResource, ResourceProvider};

use super::device::{Place, caught, caught_quietly};
use super::failure::Failure;
use super::folder::ModelFolder;
use crate::encoder::choice::LibtorchOptions;
use crate::{Document, Keyphrase, Result, Span};

/// The most keyphrases of an article, as of sayso's own.
const LIMIT: usize = 20;
/// Words of a keyphrase.
const WORDS: (usize, usize) = (1, 3);
/// All runs of words are read in one batch, which grows with the text; the model's view of the text ends earlier anyway.
const MOST_BYTES: usize = 16 << 10;

/// Extracts keyphrases with a user's sentence model.
pub(crate) struct KeywordExtractor {
    place: Place,
    model: Mutex<KeywordExtractionModel<'static>>,
}

impl std::fmt::Debug for KeywordExtractor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeywordExtractor").field("place", &self.place).finish_non_exhaustive()
    }
}

impl KeywordExtractor {
    /// Loads a folder in the format of `sentence-transformers`, whose files rust-bert's pipeline needs all.
    pub(crate) fn load(path: &Path, options: &LibtorchOptions) -> Result<Self> {
        let folder = ModelFolder::open(path)?;
        let place = Place::new(options)?;
        let config = config(&folder, place)?;
        let loaded = caught_quietly(|| place.alone(|| KeywordExtractionModel::new(config).map_err(Failure::of)));
        let model = loaded.and_then(|loaded| loaded).map_err(|failure| failure.tell(|why| folder.wrong(why)))?;
        Ok(Self { place, model: Mutex::new(model) })
    }

    /// The keyphrases of one article, best first.
    pub(crate) fn extract(&self, doc: &Document) -> Result<Vec<Keyphrase>> {
        let text = doc.text();
        let end = (0..=text.len().min(MOST_BYTES)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
        let text = text.get(..end).unwrap_or_default();
        if !text.chars().any(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
        let found = caught(|| self.place.alone(|| model.predict(&[text]).map_err(Failure::of)));
        let found = found.and_then(|found| found).map_err(|failure| failure.said_by("rust-bert"))?;
        let mut phrases: Vec<Keyphrase> = found.into_iter().flatten().map(|keyword| keyphrase(text, &keyword)).collect();
        phrases.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.mentions.cmp(&b.mentions)));
        Ok(phrases)
    }
}

/// Its offsets are bytes.
fn keyphrase(text: &str, keyword: &Keyword) -> Keyphrase {
    let spans = keyword.offsets.iter().map(|offset| Span::new(offset.begin as usize, offset.end as usize));
    let mut mentions: Vec<Span> = spans.filter(|span| text.get(span.start()..span.end()).is_some()).collect();
    mentions.sort();
    let written = mentions.first().and_then(|span| text.get(span.start()..span.end())).unwrap_or(&keyword.text);
    let phrase = written.split_whitespace().collect::<Vec<_>>().join(" ");
    // The order of the batch, and with it the last digits, differ from run to run.
    Keyphrase { phrase, score: (f64::from(keyword.score) * 1e4).round() / 1e4, acronym: None, label: None, mentions }
}

fn config(folder: &ModelFolder, place: Place) -> Result<KeywordExtractionConfig<'static>> {
    let needed = |name: &str| -> Result<Box<dyn ResourceProvider + Send>> {
        let local_path: PathBuf = folder.file(name);
        if local_path.is_file() {
            return Ok(Box::new(LocalResource { local_path }));
        }
        let hint = "rust-bert's keyphrases need a whole folder of sentence-transformers, with vocab.txt or vocab.json and merges.txt";
        Err(folder.wrong(format!("there is no {name}")).with_hint(hint))
    };
    let is_byte_level = folder.file("merges.txt").is_file();
    let transformer_type = folder.family.pipeline().ok_or_else(|| {
        folder
            .wrong("rust-bert's keyphrases cannot use its type")
            .with_hint("bring a sentence model of the type bert, roberta or distilbert")
    })?;
    Ok(KeywordExtractionConfig {
        sentence_embeddings_config: SentenceEmbeddingsConfig {
            modules_config_resource: needed("modules.json")?,
            transformer_type,
            transformer_config_resource: needed("config.json")?,
            transformer_weights_resource: needed("model.safetensors").or_else(|_| needed("rust_model.ot"))?,
            pooling_config_resource: needed("1_Pooling/config.json")?,
            dense_config_resource: None,
            dense_weights_resource: None,
            sentence_bert_config_resource: needed("sentence_bert_config.json")?,
            tokenizer_config_resource: needed("tokenizer_config.json")?,
            tokenizer_vocab_resource: needed(if is_byte_level { "vocab.json" } else { "vocab.txt" })?,
            tokenizer_merges_resource: is_byte_level.then(|| needed("merges.txt")).transpose()?,
            device: place.device,
            kind: Some(place.kind),
        },
        tokenizer_stopwords: None,
        tokenizer_pattern: None,
        tokenizer_forbidden_ngram_chars: None,
        scorer_type: KeywordScorerType::CosineSimilarity,
        ngram_range: WORDS,
        num_keywords: LIMIT,
        diversity: None,
        max_sum_candidates: None,
    })
}
