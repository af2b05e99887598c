//! A run over many articles, whose tables stand in a folder of their own until the last of them is gone.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use arrow_array::RecordBatchReader;
use pyo3::prelude::*;
use sayso::ingest::{ArticleSource, ReadOptions, RowReader, discover_with};
use sayso::report::{CopyPolicy, Format, RunOptions, RunThemes, StoredTable};
use sayso::speakers::PeopleMerge;
use sayso::themes::ThemeCount;
use sayso::{Analysis, Batch, Error, ErrorKind, Pipeline, Report};

use crate::arrow_rows::{ArrowRows, names};
use crate::errors::Stop;
use crate::table::Table;

/// Where articles come from.
pub(crate) enum Sources {
    /// Files, folders, patterns.
    Paths(Vec<PathBuf>),
    /// A table in memory, and how reports call it.
    Rows(Box<dyn RecordBatchReader + Send>, String),
}

/// How the run counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counting {
    pub(crate) themes: Option<usize>,
    pub(crate) strict_people: bool,
    pub(crate) first_copies: bool,
}

/// The tables, the manifest, and the codebook of the themes that the run has found.
pub(crate) type Done = (Vec<Table>, String, Option<String>);

/// Analyses all articles and opens the tables.
pub(crate) fn run(
    pipeline: &Pipeline,
    record: &RunOptions,
    sources: Sources,
    options: &ReadOptions,
    counting: Counting,
    on_article: Option<Py<PyAny>>,
) -> Result<Done, Stop> {
    let folder = tempfile::Builder::new().prefix("sayso-").tempdir().map_err(|error| Error::new(ErrorKind::Write(error)))?;
    let run_options = RunOptions {
        formats: vec![Format::Csv],
        no_bom: true,
        encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
        themes: counting.themes.map_or(ThemeCount::BySize, ThemeCount::Fixed),
        people_merge: if counting.strict_people { PeopleMerge::Strict } else { PeopleMerge::Likely },
        copies: if counting.first_copies { CopyPolicy::First } else { CopyPolicy::Keep },
        ..record.clone()
    };
    let mut report = Report::create(folder.path(), run_options)?;
    let take = |report: &mut Report, source: &ArticleSource, outcome: sayso::Result<Analysis>| -> Result<(), Stop> {
        match outcome {
            Ok(analysis) => report.add(&analysis)?,
            Err(error) => report.add_failed(source, &error)?,
        }
        Python::attach(|py| {
            py.check_signals()?;
            on_article.as_ref().map_or(Ok(()), |call| call.call0(py).map(drop))
        })?;
        Ok(())
    };
    let batch = Batch::new(pipeline, options.clone());
    match sources {
        Sources::Paths(paths) => {
            let inputs = discover_with(&paths, options)?;
            inputs.passed_over.iter().for_each(|over| report.add_passed_over(over));
            batch.run(&inputs, |source, outcome| take(&mut report, source, outcome))?;
        }
        Sources::Rows(reader, name) => {
            let rows = RowReader::new(&name, &names(&reader.schema()), options)?;
            let rows = ArrowRows::new(reader, rows);
            let failure = rows.failure();
            batch.run_each(rows, |source, outcome| take(&mut report, source, outcome))?;
            if let Some(error) = failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
                return Err(Error::new(ErrorKind::Input(format!("the table cannot be read to its end: {error}"))).at(name).into());
            }
        }
    }
    report.finish()?;
    let manifest = folder.path().join("manifest.json");
    let manifest = std::fs::read_to_string(&manifest).map_err(|error| Error::new(ErrorKind::Read(error)).at(manifest))?;
    let themes = RunThemes::read(folder.path()).ok().map(|themes| themes.to_codebook());
    let folder = Arc::new(folder);
    let tables = StoredTable::all(folder.path())?.into_iter().map(|table| Table::new(table, Arc::clone(&folder)));
    Ok((tables.collect(), manifest, themes))
}
