//! A corrected article in one shape, whichever program it comes from: labelled spans in code points, and relations between them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::exchange::record::SpanRecord;
use crate::{Error, ErrorKind, Result};

/// What a person left of an article's annotations.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Corrected {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) spans: Vec<CorrectedSpan>,
    pub(super) relations: Vec<CorrectedRelation>,
    /// Whether the format shows named entities: where it does, none means that there is none.
    pub(super) has_entities: bool,
    /// The file it was read from.
    pub(super) path: PathBuf,
}

/// A labelled span, of one piece or several.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CorrectedSpan {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) pieces: Vec<SpanRecord>,
    /// Direct, indirect or mixed, where the format says so.
    pub(super) kind: Option<String>,
    /// Who said it, where the format says so.
    pub(super) name: Option<String>,
    /// Where it stands in its file, for messages: `line 7`, `task 3, region q1.1`.
    pub(super) place: String,
}

impl CorrectedSpan {
    /// From the start of the first piece to the end of the last.
    pub(super) fn cover(&self) -> SpanRecord {
        let start = self.pieces.first().map_or(0, |span| span.start);
        SpanRecord { start, end: self.pieces.last().map_or(start, |span| span.end) }
    }
}

/// A relation between two spans, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CorrectedRelation {
    pub(super) label: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) place: String,
}

/// Something wrong at a place of a file, and what to do.
pub(super) fn wrong(path: &Path, place: &str, what: impl std::fmt::Display, hint: impl Into<String>) -> Error {
    let what = if place.is_empty() { what.to_string() } else { format!("{place}: {what}") };
    Error::new(ErrorKind::Gold(what)).at(path).with_hint(hint)
}

/// A whole file in UTF-8, as it is but for a byte order mark.
pub(super) fn read_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        wrong(path, &format!("byte {}", error.utf8_error().valid_up_to()), "not valid UTF-8", "export it again as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The file, or the files of a folder and those below it with one of these endings, by name.
pub(super) fn files(path: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::new(ErrorKind::Read(error.into())).at(path))?;
        let is_wanted = entry.path().extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending));
        if entry.file_type().is_file() && is_wanted {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

/// A file's name without its ending.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A name that a file can have, of an id that another program may have changed.
pub(super) fn safe_id(id: &str) -> String {
    let safe: String = id.chars().map(|ch| if ch.is_control() || "/\\:*?\"<>|".contains(ch) { '-' } else { ch }).collect();
    let safe = safe.trim_matches(|ch: char| ch == '.' || ch.is_whitespace()).to_owned();
    if safe.is_empty() { "article".to_owned() } else { safe }
}
