//! Readers of what strangers send.

use std::path::{Path, PathBuf};

use sayso::agreement::Codings;
use sayso::evaluate::{cases, gold as corpora};
use sayso::exchange::ImportFormat;
use sayso::ingest::{ReadOptions, discover_with, read_bytes};
use sayso::speakers::{Gazetteer, PeopleShape, import_people};
use sayso::themes::{CodebookFormat, ThemeCoder};
use sayso::{Codebook, Result};
use tempfile::TempDir;

use crate::{check, labels, named, segmented};

/// A file in a folder of its own.
struct Place {
    folder: TempDir,
    path: PathBuf,
}

impl Place {
    #[expect(clippy::expect_used, clippy::disallowed_methods, reason = "without a temporary file there is nothing to fuzz")]
    fn of(name: &str, bytes: &[u8]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a temporary file");
        Self { folder, path }
    }
}

/// What went wrong names itself.
fn told<T>(outcome: Result<T>) -> Option<T> {
    outcome.inspect_err(|error| assert!(!error.to_string().trim().is_empty(), "an error without words: {error:?}")).ok()
}

/// A file of any format is read or refused, alone and as one of many articles, within the limits that are set.
pub(crate) fn ingest(data: &[u8]) {
    let (name, bytes) = named(data);
    let options = ReadOptions { max_bytes: 64 << 10, max_file_bytes: 1 << 20, any_language: true, ..ReadOptions::default() };
    if let Some(doc) = told(read_bytes(bytes, &name, "a", &options)) {
        assert!(doc.text().len() as u64 <= options.max_bytes, "an article over the limit");
        check(&segmented(doc));
    }
    let place = Place::of(&name, bytes);
    let Some(inputs) = told(discover_with(std::slice::from_ref(&place.path), &options)) else { return };
    let mut ids = std::collections::BTreeSet::new();
    let mut take = |id: String, outcome: Result<sayso::Document>| {
        if let Some(doc) = told(outcome) {
            assert!(ids.insert(id.clone()), "two articles are called {id}");
            check(&segmented(doc));
        }
        if ids.len() < 50 { Ok(()) } else { Err(()) }
    };
    let _ = inputs.read(&options, |source, outcome| take(source.id, outcome)); // a stop after 50
}

/// A codebook is read, or each of its faults has a line; what was read codes an article.
pub(crate) fn codebook(data: &[u8]) {
    let (name, bytes) = named(data);
    let Some(format) = told(CodebookFormat::of(Path::new(&name))) else { return };
    let text = String::from_utf8_lossy(bytes);
    let problems = Codebook::problems(&text, format);
    let lines = text.lines().count().max(1) + 1;
    for problem in &problems {
        assert!((1..=lines).contains(&problem.line) && !problem.message.is_empty(), "{problem:?}");
    }
    let read = told(Codebook::parse(&text, format));
    assert_eq!(read.is_some(), problems.iter().all(|problem| problem.is_note), "{problems:?}");
    if let Some(codebook) = read {
        let article = "The port plan\n\nA new tax on steel and 12 ports, she said, is a crime. The a of and to in is x1 WHO.";
        labels::with_reading(article, &[], |reading| {
            let themes = ThemeCoder::new(Some(codebook)).code(reading, &[], &[]);
            let mut analysis = segmented(reading.doc.clone());
            analysis.themes = themes;
            check(&analysis);
        });
    }
}

/// A list of people is read or refused, sayso's own and those of others.
pub(crate) fn people(data: &[u8]) {
    let (name, bytes) = named(data);
    let place = Place::of(&name, bytes);
    told(Gazetteer::load(&place.path));
    for shape in [PeopleShape::Petrarch, PeopleShape::Legislators] {
        let out = place.folder.path().join("people.csv");
        if told(import_people(shape, &place.path, &out)).is_some_and(|import| import.people > 0) {
            let read = Gazetteer::load(&out).map_err(|error| error.to_string());
            assert!(read.is_ok(), "what was written is not read: {read:?}");
        }
    }
}

/// Annotated texts are read or refused, whatever they call themselves.
pub(crate) fn gold(data: &[u8]) {
    let (name, bytes) = named(data);
    let place = Place::of(&name, bytes);
    told(corpora::load(&place.path));
    told(corpora::load_rows(&place.path));
    told(cases::load(&place.path));
    told(Codings::load(&place.path));
}

/// Corrected annotations become gold that can be read, or are refused.
pub(crate) fn import(data: &[u8]) {
    let (name, bytes) = named(data);
    let place = Place::of(&name, bytes);
    let texts = place.folder.path().join("texts");
    for format in ImportFormat::ALL {
        let out = place.folder.path().join(format.name());
        let path = if *format == ImportFormat::Brat { place.folder.path() } else { place.path.as_path() };
        if told(sayso::exchange::import(*format, path, Some(&texts), &out)).is_some_and(|counts| counts.articles > 0) {
            let read = corpora::load(&out).map_err(|error| error.to_string());
            assert!(read.is_ok(), "what was written is not read: {read:?}");
        }
    }
}
