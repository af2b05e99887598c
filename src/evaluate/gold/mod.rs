//! Readers of annotated corpora: one file per format, all giving [`GoldDocument`].

mod alignment;
mod attributions;
mod chains;
mod columns;
mod conllu;
mod document;
mod gap;
mod keyphrases;
mod people;
mod quotations;
mod re3d;
mod region;
mod rows;
mod salience;
mod token_file;

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Error, ErrorKind, Result};

pub use document::{GoldAttribution, GoldDocument, GoldMention, GoldPerson, GoldQuotation, GoldSpeaker, Layers, SalientEntity};
pub use rows::{CofenetRow, load_rows};

pub(super) use alignment::{Characters, bio_spans, locate};
pub(super) use document::trimmed;

/// Reads annotated texts, recognising the format by the path and the head of the file.
///
/// | path | format |
/// |---|---|
/// | `*.jsonl` | attributions with their texts (`PolNeAR`, GUM), or keyphrases with theirs |
/// | `*.conllu`, or a folder of them | CoNLL-U: sentences, paragraphs, parts of speech; salient entities (GUM) |
/// | `*.tsv` beside a `*.txt`, or a folder of them | entities of Worldwide English |
/// | `*.tsv` with GAP's head line | ambiguous pronouns (GAP) |
/// | `*.conll`, or a folder of them | coreference chains (`OntoGUM`, `LitBank`) |
/// | a folder with `documents.json`, or of such folders | entities of re3d |
/// | `*.json` with `quotations`, or a folder of them | quotations with canonical speakers, and what `sayso import` writes |
/// | `*.csv` with `article_id,speaker,kind,person`, beside `articles/` | who the speakers of several articles are |
/// | any other file of two columns | entities by sentence: WNUT 17, Broad Twitter Corpus, `CrossNER` |
///
/// Documents come in the order of the file, files in the order of their names.
///
/// # Errors
///
/// When a file cannot be read, or does not have the shape of its format; the error names the file and, by line where there are lines,
/// the place.
///
/// ```no_run
/// let gold = sayso::evaluate::gold::load("polnear/dev.jsonl")?;
/// assert!(gold.iter().all(|doc| doc.layers.attributions));
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn load(path: impl AsRef<Path>) -> Result<Vec<GoldDocument>> {
    let path = path.as_ref();
    if path.is_dir() {
        return load_folder(path);
    }
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("jsonl") if keyphrases::is_keyphrases(path)? => keyphrases::read(path),
        Some("jsonl") => attributions::read(path),
        Some("conllu") => conllu::read(path),
        Some("conll") if chains::opens(&read_text(path)?) => Ok(vec![chains::read(path)?]),
        Some("tsv") => match read_text(path)? {
            text if text.starts_with(gap::HEAD) => gap::read(path, &text),
            _ => Ok(vec![token_file::read(path)?]),
        },
        Some("json") => Ok(vec![quotations::read(path)?]),
        Some("csv") if read_text(path)?.starts_with(people::HEAD) => people::read(path),
        _ => columns::read(path),
    }
}

fn load_folder(folder: &Path) -> Result<Vec<GoldDocument>> {
    if folder.join("documents.json").is_file() {
        return re3d::read(folder);
    }
    let entries = entries(folder)?;
    for extension in ["conllu", "conll", "tsv", "json"] {
        let files: Vec<&PathBuf> = entries.iter().filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
        if files.is_empty() {
            continue;
        }
        // A token file without its text cannot be read: some sets have lost a few.
        let readable = files.into_iter().filter(|path| extension != "tsv" || path.with_extension("txt").is_file());
        let docs: Vec<Vec<GoldDocument>> = readable.map(load).collect::<Result<_>>()?;
        return Ok(docs.concat());
    }
    let folders: Vec<&PathBuf> = entries.iter().filter(|path| path.join("documents.json").is_file()).collect();
    if folders.is_empty() {
        let kind = ErrorKind::Gold("no annotated file in this folder".to_owned());
        return Err(Error::new(kind).at(folder).with_hint("give a file, or a folder of .conllu, .tsv with .txt, or .json files"));
    }
    let docs: Vec<Vec<GoldDocument>> = folders.into_iter().map(|folder| re3d::read(folder)).collect::<Result<_>>()?;
    Ok(docs.concat())
}

/// Everything in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::new(ErrorKind::Read(source)).at(folder);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A whole UTF-8 file, without its byte order mark.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|source| Error::new(ErrorKind::Read(source)).at(path))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The file's name without folder and extension.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Puts file and line (counted from 1) before what is wrong with it.
fn at_line(path: &Path, line: usize, problem: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Gold(format!("line {line}: {problem}"))).at(path).on_line(line)
}

/// Puts file and line before an error that keeps from reading on.
fn failed_at_line(path: &Path, line: usize, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    at_line(path, line, &error).caused_by(error)
}

/// Reads one value per line of a JSON lines file; the line number (from 1) goes along.
fn json_lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<(usize, T)>> {
    let text = read_text(path)?;
    let mut values = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')).filter(|(_, line)| !line.trim().is_empty()) {
        values.push((number, serde_json::from_str(line).map_err(|error| failed_at_line(path, number, error))?));
    }
    Ok(values)
}

#[cfg(test)]
mod tests;
