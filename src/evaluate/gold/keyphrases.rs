//! Keyphrases that readers chose, as JSON lines: one document a line with `doc`, `text` and `keyphrases`.

use std::path::Path;

use serde::Deserialize;

use super::{GoldDocument, Layers, json_lines, read_text};
use crate::Result;

#[derive(Deserialize)]
struct Line {
    doc: String,
    text: String,
    keyphrases: Vec<String>,
}

/// Whether the first line of a file has keyphrases.
pub(super) fn is_keyphrases(path: &Path) -> Result<bool> {
    let text = read_text(path)?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    Ok(serde_json::from_str::<serde_json::Value>(first).is_ok_and(|line| line.get("keyphrases").is_some()))
}

/// Reads a file of documents with their keyphrases.
pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let layers = Layers { keyphrases: true, ..Layers::default() };
    let document = |Line { doc, text, keyphrases }| GoldDocument { name: doc, text, layers, keyphrases, ..GoldDocument::default() };
    Ok(json_lines::<Line>(path)?.into_iter().map(|(_, line)| document(line)).collect())
}
