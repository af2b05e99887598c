//! A model folder in Hugging Face's format: `config.json`, the weights, the tokenizer's files.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tch::Tensor;

use super::failure::Failure;
use super::family::Family;
use super::weights::Weights;
use crate::{Error, ErrorKind, Result, sha256};

const CONFIG: &str = "config.json";
/// Weights in the order they are looked for: those of `transformers`, those of rust-bert.
const WEIGHTS: [&str; 2] = ["model.safetensors", "rust_model.ot"];
/// Longer sequences are slow, and few models have read any.
const LONGEST: usize = 512;

/// A folder whose configuration was read.
#[derive(Debug)]
pub(super) struct ModelFolder {
    path: PathBuf,
    pub(super) config: Value,
    pub(super) family: Family,
}

impl ModelFolder {
    /// Reads `config.json`.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let bytes = read(path, CONFIG)?;
        let config: Value = serde_json::from_slice(&bytes)
            .map_err(|error| wrong(path, format!("cannot read its {CONFIG}: {error}")).on_line(error.line()).caused_by(error))?;
        let named = config.get("model_type").and_then(Value::as_str).unwrap_or_default();
        let family = Family::of(named).ok_or_else(|| {
            wrong(path, format!("a model of type `{named}` cannot be read")).with_hint(format!("there are {}", Family::names()))
        })?;
        Ok(Self { path: path.to_owned(), config, family })
    }

    /// A file in the folder.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// An error about the folder.
    pub(super) fn wrong(&self, why: impl Into<String>) -> Error {
        wrong(&self.path, why.into())
    }

    fn weights_file(&self) -> Result<PathBuf> {
        let found = WEIGHTS.into_iter().map(|name| self.file(name)).find(|path| path.is_file());
        found.ok_or_else(|| {
            let hint = "save it once more with transformers: model.save_pretrained(DIR, safe_serialization=True, max_shard_size=\"100GB\")";
            self.wrong(format!("there is neither {} nor {}", WEIGHTS[0], WEIGHTS[1])).with_hint(hint)
        })
    }

    /// SHA-256 of the weights.
    pub(super) fn sha256(&self) -> Result<String> {
        let path = self.weights_file()?;
        let bytes = std::fs::read(&path).map_err(|source| Error::new(ErrorKind::Read(source)).at(&path))?;
        Ok(sha256(&bytes))
    }

    /// The weights.
    pub(super) fn weights(&self) -> Result<Weights> {
        let path = self.weights_file()?;
        let is_safetensors = path.extension().is_some_and(|extension| extension == "safetensors");
        let read = if is_safetensors { Tensor::read_safetensors(&path) } else { Tensor::load_multi(&path) };
        let tensors = read.map_err(|error| Failure::while_doing("cannot read", error).tell(|why| wrong(&path, why)))?;
        Ok(Weights::new(tensors.into_iter().collect(), self.family.prefix()))
    }

    /// The id that fills up short sequences.
    pub(super) fn padding(&self) -> i64 {
        self.config.get("pad_token_id").and_then(Value::as_i64).unwrap_or(self.family.usual_padding())
    }

    /// The most pieces of a sequence.
    pub(super) fn most_pieces(&self) -> usize {
        let positions = self.config.get("max_position_embeddings").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
        let unused = usize::try_from(self.family.first_position(self.padding())).unwrap_or_default();
        let positions = positions.unwrap_or(LONGEST).saturating_sub(unused);
        positions.clamp(8, LONGEST)
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|source| {
        let hint = "a model folder holds config.json, model.safetensors or rust_model.ot, and tokenizer.json";
        Error::new(ErrorKind::Read(source)).at(path).with_hint(hint)
    })
}

fn wrong(path: &Path, why: String) -> Error {
    Error::new(ErrorKind::Model(why)).at(path)
}
