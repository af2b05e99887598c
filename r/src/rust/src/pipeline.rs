//! The pipeline of a call: codebook, list of people and threads as R names them.

use std::num::NonZeroUsize;
use std::path::Path;

use sayso::report::RunOptions;
use sayso::speakers::Gazetteer;
use sayso::themes::CodebookFormat;
use sayso::{Codebook, Error, ErrorKind, Pipeline, Result};

/// What a pipeline is built of; an empty text and no threads stand for what is not given.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The name of a codebook inside the program, or of a file; with a text, a file name whose end says the text's format.
    pub(crate) codebook: &'a str,
    /// A codebook as text.
    pub(crate) codebook_text: &'a str,
    pub(crate) people: &'a str,
    pub(crate) threads: Option<usize>,
}

/// A codebook with the SHA-256 of its text.
fn codebook(parts: &Parts<'_>) -> Result<Option<(Codebook, String)>> {
    let (text, name) = if !parts.codebook_text.is_empty() {
        (parts.codebook_text.to_owned(), parts.codebook.to_owned())
    } else if parts.codebook.is_empty() {
        return Ok(None);
    } else if let Some(text) = Codebook::shipped(parts.codebook) {
        (text.to_owned(), format!("{}.toml", parts.codebook))
    } else {
        let known: Vec<&str> = Codebook::SHIPPED.iter().map(|(name, _)| *name).collect();
        let hinted = |error: Error| {
            if error.hint().is_some() {
                error
            } else {
                error.with_hint(format!("name a file, or one of {}", known.join(", ")))
            }
        };
        (Codebook::read(Path::new(parts.codebook)).map_err(hinted)?, parts.codebook.to_owned())
    };
    let codebook = Codebook::parse(&text, CodebookFormat::of(Path::new(&name))?).map_err(|error| error.at(&name))?;
    Ok(Some((codebook, sayso::sha256(text.as_bytes()))))
}

fn checksum(path: &str) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))?;
    Ok(sayso::sha256(&bytes))
}

/// Builds the pipeline, and what manifests say of it.
pub(crate) fn build(parts: &Parts<'_>) -> Result<(Pipeline, RunOptions)> {
    let mut builder = Pipeline::builder();
    if let Some(threads) = parts.threads {
        let none = || Error::new(ErrorKind::Config("no threads to run on".to_owned())).with_hint("give threads = 1 or more");
        builder = builder.threads(NonZeroUsize::new(threads).ok_or_else(none)?);
    }
    let mut codebook_sha256 = None;
    if let Some((codebook, sha256)) = codebook(parts)? {
        builder = builder.codebook(codebook);
        codebook_sha256 = Some(sha256);
    }
    let mut people_sha256 = None;
    if !parts.people.is_empty() {
        builder = builder.people(Gazetteer::load(parts.people)?);
        people_sha256 = Some(checksum(parts.people)?);
    }
    let pipeline = builder.build()?;
    let record = RunOptions {
        model_version: pipeline.encoder().version().to_owned(),
        model_sha256: pipeline.encoder().sha256().to_owned(),
        codebook_sha256,
        people_sha256,
        engine: pipeline.engine_record().clone(),
        ..RunOptions::default()
    };
    Ok((pipeline, record))
}
