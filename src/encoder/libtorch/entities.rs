//! A user's token classification model in the place of the entity head.

use std::path::Path;

use super::family::Task;
use super::folder::ModelFolder;
use super::labels::{LabelTable, Word};
use super::shared::{Rows, SharedNetwork};
use super::subwords::{Sequence, Subwords};
use crate::encoder::choice::{EngineRecord, LibtorchOptions};
use crate::encoder::encoding::Encoding;
use crate::encoder::engine::Supplement;
use crate::{Document, Result, Segmentation};

/// Finds entities with a user's model, sentence by sentence; a word has the label of its first piece, as in training.
#[derive(Debug)]
pub(crate) struct UserEntities {
    network: SharedNetwork,
    subwords: Subwords,
    sha256: String,
    labels: LabelTable,
}

impl UserEntities {
    /// Loads a folder in Hugging Face's format, with a table of its labels where they are not CoNLL's or OntoNotes'.
    pub(crate) fn load(path: &Path, labels: Option<&Path>, options: &LibtorchOptions) -> Result<Self> {
        let folder = ModelFolder::open(path)?;
        let labels = LabelTable::load(&folder, labels)?;
        let (subwords, sha256) = (Subwords::load(&folder)?, folder.sha256()?);
        Ok(Self { network: SharedNetwork::load(&folder, Task::Labels, options)?, subwords, sha256, labels })
    }

    /// The score of each label for each piece.
    #[cfg(test)]
    pub(super) fn logits(&self, sequences: &[Sequence]) -> Result<Vec<Rows>> {
        self.network.read(sequences)
    }

    fn words(&self, sequence: &Sequence, rows: &Rows) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        for (piece, token) in sequence.tokens.iter().enumerate() {
            let Some(token) = *token else { continue };
            if words.last().is_none_or(|word| word.token != token) {
                words.push(Word { token, probabilities: softmax(rows.row(piece).get(..self.labels.len()).unwrap_or_default()) });
            }
        }
        words
    }
}

impl Supplement for UserEntities {
    fn note(&self, record: &mut EngineRecord) {
        record.ner_model_sha256 = Some(self.sha256.clone());
    }

    fn apply(&self, doc: &Document, seg: &Segmentation, encoding: &mut Encoding) -> Result<()> {
        let sequences = self.subwords.cut(doc, seg)?;
        let rows = self.network.read(&sequences)?;
        let found = sequences.iter().zip(&rows).flat_map(|(sequence, rows)| self.labels.spans(&self.words(sequence, rows)));
        encoding.entities = found.collect();
        Ok(())
    }
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / total).collect()
}
