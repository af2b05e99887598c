//! What a build without the feature `libtorch` says where it is asked for it.

use std::path::Path;

use super::choice::{LibtorchOptions, UserModels};
use super::embedded::{HeadWidths, WeightFile};
use super::engine::{Engine, Supplement};
use crate::{Document, Error, ErrorKind, Keyphrase, Result};

/// There is no engine on libtorch.
pub(crate) fn engine(_: &WeightFile, _: usize, _: HeadWidths, _: &LibtorchOptions) -> Result<Box<dyn Engine>> {
    Err(missing("the engine libtorch is"))
}

/// No model of the user's can be read.
pub(crate) fn supplements(models: &UserModels, _: &LibtorchOptions) -> Result<Vec<Box<dyn Supplement>>> {
    if *models == UserModels::default() { Ok(Vec::new()) } else { Err(missing("models of your own are")) }
}

/// rust-bert's keyphrases, which there are none of.
#[derive(Debug)]
pub(crate) enum KeywordExtractor {}

impl KeywordExtractor {
    pub(crate) fn load(_: &Path, _: &LibtorchOptions) -> Result<Self> {
        Err(missing("rust-bert's keyphrases are"))
    }

    pub(crate) fn extract(&self, _: &Document) -> Result<Vec<Keyphrase>> {
        match *self {}
    }
}

fn missing(what: &str) -> Error {
    let hint = "models/libtorch.sh fetches libtorch and says how to build with it: cargo build --release --features libtorch";
    Error::new(ErrorKind::Config(format!("{what} not in this build"))).with_hint(hint)
}
