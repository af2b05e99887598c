//! The pipeline as Python holds it: one for each choice of model, codebook, people and threads, shared by all that is asked of it.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyIterator;
use pyo3_arrow::PyRecordBatch;
use pyo3_arrow::input::AnyRecordBatch;
use sayso::report::RunOptions;
use sayso::speakers::{Gazetteer, SpeakerClasses};
use sayso::{Batch, Error, ErrorKind, Result};

use crate::batches::{self, Shape};
use crate::codebook::Codebook;
use crate::document::Document;
use crate::errors::raised;
use crate::options::ReadOptions;
use crate::outcome::Outcome;
use crate::run::{Counting, Sources, run};
use crate::stream::Stream;
use crate::table::Table;

/// All stages, built once.
#[pyclass(frozen, module = "sayso._sayso")]
#[derive(Debug)]
pub(crate) struct Pipeline {
    pipeline: Arc<sayso::Pipeline>,
    /// What it was built of, for manifests.
    record: RunOptions,
}

#[derive(Debug)]
struct Parts<'a> {
    codebook: Option<&'a Codebook>,
    people: Option<PathBuf>,
    speaker_classes: Option<PathBuf>,
    model: Option<PathBuf>,
    threads: Option<usize>,
}

fn checksum(path: &PathBuf) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))?;
    Ok(sayso::sha256(&bytes))
}

fn build(parts: Parts<'_>) -> Result<Pipeline> {
    let mut builder = sayso::Pipeline::builder();
    if let Some(threads) = parts.threads {
        let threads = NonZeroUsize::new(threads);
        builder = builder.threads(
            threads.ok_or_else(|| Error::new(ErrorKind::Config("no threads to run on".to_owned())).with_hint("give threads=1 or more"))?,
        );
    }
    if let Some(path) = &parts.model {
        builder = builder.model(path);
    }
    if let Some(codebook) = parts.codebook {
        builder = builder.codebook(codebook.inner.clone());
    }
    if let Some(path) = &parts.people {
        builder = builder.people(Gazetteer::load(path)?);
    }
    if let Some(path) = &parts.speaker_classes {
        builder = builder.speaker_classes(SpeakerClasses::load(path)?);
    }
    let pipeline = builder.build()?;
    let record = RunOptions {
        model_version: pipeline.encoder().version().to_owned(),
        model_sha256: pipeline.encoder().sha256().to_owned(),
        codebook_sha256: parts.codebook.map(|codebook| codebook.sha256.clone()),
        people_sha256: parts.people.as_ref().map(checksum).transpose()?,
        speaker_classes_sha256: parts.speaker_classes.as_ref().map(checksum).transpose()?,
        engine: pipeline.engine_record().clone(),
        ..RunOptions::default()
    };
    Ok(Pipeline { pipeline: Arc::new(pipeline), record })
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (*, codebook=None, people=None, speaker_classes=None, model=None, threads=None))]
    fn py_new(
        py: Python<'_>,
        codebook: Option<&Codebook>,
        people: Option<PathBuf>,
        speaker_classes: Option<PathBuf>,
        model: Option<PathBuf>,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        let parts = Parts { codebook, people, speaker_classes, model, threads };
        py.detach(|| build(parts)).map_err(|error| raised(py, &error))
    }

    /// How many threads it runs on.
    #[getter]
    fn threads(&self) -> usize {
        self.pipeline.threads()
    }

    /// Analyses one article.
    fn analyze(&self, py: Python<'_>, document: &Document, options: &ReadOptions) -> Outcome {
        match &document.read {
            Err(error) => Outcome::failed(document.source.clone(), Arc::clone(error)),
            Ok(doc) => {
                let result = py.detach(|| Batch::new(&self.pipeline, options.options.clone()).analyze(doc.clone()));
                Outcome::new(document.source.clone(), result)
            }
        }
    }

    /// Analyses documents as they are taken.
    fn stream(&self, documents: &Bound<'_, PyAny>, options: &ReadOptions) -> PyResult<Stream> {
        let documents: Bound<'_, PyIterator> = documents.try_iter()?;
        Ok(Stream::new(Arc::clone(&self.pipeline), options.options.clone(), documents.unbind()))
    }

    /// Analyses all articles of files, or of a table in memory, and gives the tables of the run with its manifest.
    #[pyo3(signature = (source, options, *, name="table", themes=None, strict_people=false, first_copies=false, on_article=None))]
    #[expect(clippy::too_many_arguments, reason = "they are keyword arguments")]
    fn run(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        options: &ReadOptions,
        name: &str,
        themes: Option<usize>,
        strict_people: bool,
        first_copies: bool,
        on_article: Option<Py<PyAny>>,
    ) -> PyResult<(Vec<Table>, String, Option<String>)> {
        let source = match source.extract::<Vec<PathBuf>>() {
            Ok(paths) => Sources::Paths(paths),
            Err(_) => Sources::Rows(source.extract::<AnyRecordBatch>()?.into_reader()?, name.to_owned()),
        };
        let counting = Counting { themes, strict_people, first_copies };
        let options = &options.options;
        let done = py.detach(|| run(&self.pipeline, &self.record, source, options, counting, on_article));
        done.map_err(|stop| stop.raised(py))
    }

    /// Analyses the rows of one record batch, without regard to any other.
    #[pyo3(signature = (batch, options, *, name="table", table=None))]
    fn batch(
        &self,
        py: Python<'_>,
        batch: PyRecordBatch,
        options: &ReadOptions,
        name: &str,
        table: Option<&str>,
    ) -> PyResult<PyRecordBatch> {
        let shape = Shape::named(table).map_err(|error| raised(py, &error))?;
        let (batch, options) = (batch.into_inner(), &options.options);
        let analysed = py.detach(|| batches::analyze(&self.pipeline, options, name, &batch, &shape));
        analysed.map(PyRecordBatch::new).map_err(|stop| stop.raised(py))
    }
}
