//! The encoder: word pieces, windows and one forward pass for every head.

use std::path::Path;

use super::Encoding;
use crate::{Document, Result, Segmentation};

/// Reads documents with a trained model.
#[derive(Debug)]
pub struct Encoder {}

impl Encoder {
    /// Loads the model inside the program.
    ///
    /// # Errors
    /// Where the model does not load.
    pub fn bundled() -> Result<Self> {
        Ok(Self {})
    }

    /// Loads the model of a folder.
    ///
    /// # Errors
    /// Where a file of the model is missing, damaged or of another version.
    pub fn load(_folder: &Path) -> Result<Self> {
        Ok(Self {})
    }

    /// SHA-256 of the model's weights, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        ""
    }

    /// Reads one document. The answer depends on this document alone.
    ///
    /// # Errors
    /// Where the engine fails.
    pub fn encode(&self, _doc: &Document, _seg: &Segmentation) -> Result<Encoding> {
        Ok(Encoding::default())
    }
}
