//! The second engine: libtorch for sayso's own model and for models of the BERT family that a user brings, through `tch` or `rust-bert`.
//!
//! libtorch may call any number of threads its own; here every caller computes on its own thread alone, so that articles run side by
//! side and the order of sums never depends on how many do.

mod batches;
mod bert;
mod copies;
mod deberta;
mod device;
mod embeddings;
mod engine;
mod entities;
mod failure;
mod family;
mod folder;
mod keywords;
mod labels;
mod layers;
mod rust_bert;
mod shared;
mod subwords;
mod weights;

#[cfg(test)]
mod families_tests;
#[cfg(test)]
mod tests;

use super::choice::{LibtorchOptions, UserModels};
use super::embedded::{HeadWidths, WeightFile};
use super::engine::{Engine, Supplement};
use crate::Result;

pub(crate) use self::keywords::KeywordExtractor;

/// sayso's own model on libtorch.
pub(crate) fn engine(file: &WeightFile, heads: usize, widths: HeadWidths, options: &LibtorchOptions) -> Result<Box<dyn Engine>> {
    Ok(Box::new(engine::LibtorchEngine::new(file, heads, widths, options)?))
}

/// The models that a user brings.
pub(crate) fn supplements(models: &UserModels, options: &LibtorchOptions) -> Result<Vec<Box<dyn Supplement>>> {
    let mut loaded: Vec<Box<dyn Supplement>> = Vec::new();
    if let Some(path) = &models.entities {
        loaded.push(Box::new(entities::UserEntities::load(path, models.entity_labels.as_deref(), options)?));
    }
    if let Some(path) = &models.embeddings {
        loaded.push(Box::new(embeddings::UserEmbeddings::load(path, options)?));
    }
    Ok(loaded)
}
