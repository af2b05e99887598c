//! A user's sentence model in the place of the text vectors.
//!
//! Each sentence is read by itself, and a token's vector is the mean of its pieces'. So the vector of a sentence's tokens is the model's
//! own sentence vector where that is a mean, and a phrase's is what its words say in their sentence: one pass for all of a text's vectors.

use std::path::Path;

use serde_json::Value;

use super::family::Task;
use super::folder::ModelFolder;
use super::shared::SharedNetwork;
use super::subwords::Subwords;
use crate::encoder::choice::{EngineRecord, LibtorchOptions};
use crate::encoder::encoding::Encoding;
use crate::encoder::engine::Supplement;
use crate::encoder::vectors::TokenVectors;
use crate::{Document, Result, Segmentation};

const POOLING: &str = "1_Pooling/config.json";
const MODULES: &str = "modules.json";

/// Gives words and sentences their vectors with a user's model.
#[derive(Debug)]
pub(crate) struct UserEmbeddings {
    network: SharedNetwork,
    subwords: Subwords,
    sha256: String,
}

impl UserEmbeddings {
    /// Loads a folder in the format of `sentence-transformers`, or a plain one of Hugging Face's.
    pub(crate) fn load(path: &Path, options: &LibtorchOptions) -> Result<Self> {
        let folder = ModelFolder::open(path)?;
        check_modules(&folder)?;
        let (subwords, sha256) = (Subwords::load(&folder)?, folder.sha256()?);
        Ok(Self { network: SharedNetwork::load(&folder, Task::Vectors, options)?, subwords, sha256 })
    }

    /// A vector for each piece.
    #[cfg(test)]
    pub(super) fn states(&self, sequences: &[super::subwords::Sequence]) -> Result<Vec<super::shared::Rows>> {
        self.network.read(sequences)
    }
}

/// Only a mean can be taken apart by words.
fn check_modules(folder: &ModelFolder) -> Result<()> {
    let json = |name: &str| std::fs::read(folder.file(name)).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let hint = "bring a model that takes the mean of its tokens, such as all-MiniLM-L6-v2";
    if json(POOLING).is_some_and(|pooling| pooling.get("pooling_mode_mean_tokens").and_then(Value::as_bool) == Some(false)) {
        return Err(folder.wrong("it does not take the mean of its tokens for a sentence's vector").with_hint(hint));
    }
    let modules = json(MODULES);
    let types = modules.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(|module| module.get("type")?.as_str());
    if let Some(other) =
        types.filter_map(|name| name.rsplit('.').next()).find(|name| !["Transformer", "Pooling", "Normalize"].contains(name))
    {
        return Err(folder.wrong(format!("its module {other} is not supported")).with_hint(hint));
    }
    Ok(())
}

impl Supplement for UserEmbeddings {
    fn note(&self, record: &mut EngineRecord) {
        record.embedding_model_sha256 = Some(self.sha256.clone());
    }

    fn apply(&self, doc: &Document, seg: &Segmentation, encoding: &mut Encoding) -> Result<()> {
        let sequences = self.subwords.cut(doc, seg)?;
        let rows = self.network.read(&sequences)?;
        let width = rows.first().map_or(0, |rows| rows.width);
        let mut sums: Vec<(Vec<f32>, usize)> = vec![(Vec::new(), 0); seg.tokens.len()];
        for (sequence, rows) in sequences.iter().zip(&rows) {
            for (piece, token) in sequence.tokens.iter().enumerate() {
                let Some((sum, count)) = token.and_then(|token| sums.get_mut(token)) else { continue };
                sum.resize(width, 0.0);
                sum.iter_mut().zip(rows.row(piece)).for_each(|(total, value)| *total += value);
                *count += 1;
            }
        }
        encoding.vectors = TokenVectors::with_capacity(width, seg.tokens.len());
        for (mut sum, count) in sums {
            for value in &mut sum {
                *value /= count.max(1) as f32;
            }
            encoding.vectors.push(&sum);
        }
        Ok(())
    }
}
