//! Stand-ins for stages that other branches write; the lead deletes this file and points `pipeline.rs` and `corpus` at the real ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::{Attribution, Document, Entity, Error, ErrorKind, Keyphrase, Metadata, Quote, Reading, Result, Theme};

/// Finds keyphrases.
#[derive(Debug, Default)]
pub(crate) struct KeyphraseExtractor {}

impl KeyphraseExtractor {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[expect(clippy::unused_self, reason = "a placeholder with the real signature")]
    pub(crate) fn extract(&self, _reading: &Reading<'_>) -> Vec<Keyphrase> {
        Vec::new()
    }
}

/// Finds quotations.
#[derive(Debug, Default)]
pub(crate) struct QuoteExtractor {}

impl QuoteExtractor {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[expect(clippy::unused_self, reason = "a placeholder with the real signature")]
    pub(crate) fn extract(&self, _reading: &Reading<'_>) -> Vec<Quote> {
        Vec::new()
    }
}

/// Finds speakers.
#[derive(Debug, Default)]
pub(crate) struct SpeakerResolver {}

impl SpeakerResolver {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[expect(clippy::unused_self, reason = "a placeholder with the real signature")]
    pub(crate) fn resolve(&self, _reading: &Reading<'_>, _entities: &[Entity], quotes: &[Quote]) -> Attribution {
        Attribution { speakers: Vec::new(), by_quote: vec![None; quotes.len()] }
    }
}

/// Named themes with their words.
#[derive(Debug, Clone)]
pub struct Codebook {}

impl Codebook {
    /// Reads a codebook file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn load(path: &Path) -> Result<Self> {
        std::fs::read_to_string(path).map(|_| Self {}).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))
    }
}

/// Finds themes.
#[derive(Debug, Default)]
pub(crate) struct ThemeCoder {}

impl ThemeCoder {
    pub(crate) fn new(_codebook: Option<Codebook>) -> Self {
        Self::default()
    }

    #[expect(clippy::unused_self, reason = "a placeholder with the real signature")]
    pub(crate) fn code(&self, _reading: &Reading<'_>, _keyphrases: &[Keyphrase], _quotes: &[Quote]) -> Vec<Theme> {
        Vec::new()
    }
}

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// How reports and messages show it.
    pub shown: String,
    /// Its id in reports.
    pub id: String,
}

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The name of the encoding; detected where it is `None`.
    pub encoding: Option<String>,
}

const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Finds the articles of files and folders, in a fixed order.
///
/// # Errors
/// Where an input does not exist or no article is found.
pub fn discover(inputs: &[PathBuf]) -> Result<Vec<Source>> {
    let mut found = BTreeMap::new();
    for input in inputs {
        for entry in walkdir::WalkDir::new(input).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::new(ErrorKind::Read(error.into())).at(input))?;
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|ext| ext == "txt" || ext == "md") {
                let inside = entry.path().strip_prefix(input).ok().filter(|rest| !rest.as_os_str().is_empty());
                let shown = inside.unwrap_or_else(|| input.file_name().map_or(&**input, Path::new)).display().to_string();
                let id = Path::new(&shown).with_extension("").display().to_string().replace(['/', '\\'], "-");
                found.insert(id.clone(), Source { path: entry.path().to_owned(), shown, id });
            }
        }
    }
    if found.is_empty() {
        let shown = inputs.first().map_or(Path::new(""), PathBuf::as_path);
        let error = Error::new(ErrorKind::Input("no articles found".to_owned())).at(shown);
        return Err(error.with_hint("give text files (.txt, .md) or a folder that holds some"));
    }
    Ok(found.into_values().collect())
}

/// Reads one article.
///
/// # Errors
/// Where the file cannot be read or is no text.
pub fn read_file(source: &Source, options: &ReadOptions) -> Result<Document> {
    let input = |why: String| Error::new(ErrorKind::Input(why)).at(&source.shown);
    let bytes = std::fs::read(&source.path).map_err(|error| Error::new(ErrorKind::Read(error)).at(&source.shown))?;
    if bytes.len() > MAX_BYTES {
        return Err(input("longer than 16 MiB".to_owned()).with_hint("split it into one file per article"));
    }
    if bytes.contains(&0) {
        return Err(input("binary file, not text".to_owned()).with_hint("sayso reads text: convert it first"));
    }
    let text = match &options.encoding {
        Some(name) => {
            let encoding = encoding_rs::Encoding::for_label(name.as_bytes())
                .ok_or_else(|| Error::new(ErrorKind::Config(format!("unknown encoding '{name}'"))))?;
            encoding.decode(&bytes).0.into_owned()
        }
        None => String::from_utf8(bytes).map_err(|error| {
            input(format!("not valid UTF-8 at byte {}", error.utf8_error().valid_up_to()))
                .with_hint("pass --encoding windows-1252, or the encoding it was saved in")
        })?,
    };
    if text.trim().is_empty() {
        return Err(input("empty file".to_owned()));
    }
    Ok(Document::new(&*source.id, &*source.shown, "0".repeat(64), text, Metadata::new()))
}
