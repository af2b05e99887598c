//! Annotated corpora in one shape, whatever their file format.

mod attribution;
mod conllu;
mod tokens;

use std::path::Path;

use crate::{EntityLabel, Error, ErrorKind, Result, Span, Upos};

/// One annotated article. A layer that its corpus does not annotate is `None`.
#[derive(Debug, Clone, Default)]
pub(crate) struct GoldDocument {
    /// The name other files of the corpus know it by.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) attributions: Option<Vec<GoldAttribution>>,
    /// Stretches that the annotators set aside.
    pub(crate) discarded: Vec<Span>,
    pub(crate) entities: Option<Vec<(Span, EntityLabel)>>,
    pub(crate) upos: Option<Vec<(Span, Upos)>>,
    pub(crate) sentences: Option<Vec<Span>>,
}

/// One annotated attribution; each part may be interrupted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GoldAttribution {
    pub(crate) source: Vec<Span>,
    pub(crate) cue: Vec<Span>,
    pub(crate) content: Vec<Span>,
}

/// Reads a corpus: a `.jsonl` file of attributions, a `.conllu` file, or a folder of `NAME.tsv` beside `NAME.txt` or of
/// `.conllu` files; in order of names.
///
/// # Errors
/// Where the path holds no known format, or a file breaks its format; the message names file and line.
pub(crate) fn load(path: &Path) -> Result<Vec<GoldDocument>> {
    let extension = |path: &Path| path.extension().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    if !path.is_dir() {
        return match extension(path).as_str() {
            "jsonl" => attribution::read(path),
            "conllu" => conllu::read(path),
            _ => Err(Error::new(ErrorKind::Gold("not a known corpus format".to_owned()))
                .at(path)
                .with_hint("give a .jsonl, a .conllu or a folder")),
        };
    }
    let listing = std::fs::read_dir(path).map_err(|source| Error::new(ErrorKind::Read(source)).at(path))?;
    let mut files: Vec<_> = listing.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.sort();
    let mut docs = Vec::new();
    for file in files {
        match extension(&file).as_str() {
            "tsv" if file.with_extension("txt").exists() => docs.push(tokens::read(&file)?),
            "conllu" => docs.extend(conllu::read(&file)?),
            _ => {}
        }
    }
    if docs.is_empty() {
        return Err(Error::new(ErrorKind::Gold("no annotated file in this folder".to_owned())).at(path));
    }
    Ok(docs)
}

fn read_text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|source| Error::new(ErrorKind::Read(source)).at(path))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn broken(path: &Path, line: usize, why: &str) -> Error {
    Error::new(ErrorKind::Gold(format!("line {line}: {why}"))).at(path)
}
