//! The token rows of the `CofeNet` paper (Wang et al., COLING 2022): a sentence a line, with BIO tags of source, cue and content.

use std::path::Path;

use serde::Deserialize;

use super::{at_line, json_lines};
use crate::Result;

#[derive(Deserialize)]
struct Line {
    id: String,
    tokens: Vec<String>,
    labels: Vec<String>,
}

/// One sentence of an article as one person annotated it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CofenetRow {
    /// The article's name, as in [`GoldDocument::name`](super::GoldDocument::name).
    pub doc: String,
    /// Who annotated it.
    pub annotator: String,
    /// Words with Penn Treebank marks.
    pub tokens: Vec<String>,
    /// One BIO tag a token: `O`, `B-source`, `I-content` and so on.
    pub labels: Vec<String>,
}

/// Reads the rows of all annotators.
///
/// # Errors
///
/// When the file cannot be read, a line has no annotator in its id (`ARTICLE_ANNOTATOR`), or not one label a token.
pub fn load_rows(path: impl AsRef<Path>) -> Result<Vec<CofenetRow>> {
    let path = path.as_ref();
    let mut rows = Vec::new();
    for (number, line) in json_lines::<Line>(path)? {
        let Some((doc, annotator)) = line.id.rsplit_once('_') else {
            return Err(at_line(path, number, format_args!("the id {:?} names no annotator after its last `_`", line.id)));
        };
        if line.tokens.len() != line.labels.len() {
            return Err(at_line(path, number, format_args!("{} tokens but {} labels", line.tokens.len(), line.labels.len())));
        }
        rows.push(CofenetRow { doc: doc.to_owned(), annotator: annotator.to_owned(), tokens: line.tokens, labels: line.labels });
    }
    Ok(rows)
}
