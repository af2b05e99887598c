//! What became of one article: its analysis, or why there is none.

use std::sync::Arc;

use pyo3::prelude::*;
use sayso::Analysis;
use sayso::ingest::ArticleSource;

use crate::errors::{Shared, exception, status};

/// An article with its analysis.
#[pyclass(frozen, module = "sayso._sayso")]
#[derive(Debug)]
pub(crate) struct Outcome {
    source: ArticleSource,
    result: Result<Analysis, Shared>,
}

impl Outcome {
    pub(crate) fn new(source: ArticleSource, result: sayso::Result<Analysis>) -> Self {
        Self { source, result: result.map_err(Arc::new) }
    }

    pub(crate) fn failed(source: ArticleSource, error: Shared) -> Self {
        Self { source, result: Err(error) }
    }
}

#[pymethods]
impl Outcome {
    #[getter]
    fn id(&self) -> &str {
        &self.source.id
    }

    #[getter]
    fn path(&self) -> &str {
        &self.source.path
    }

    #[getter]
    fn place(&self) -> &str {
        &self.source.place
    }

    /// `analysed`, `failed` or `left out`.
    #[getter]
    fn status(&self) -> &'static str {
        self.result.as_ref().map_or_else(|error| status(error), |_| "analysed")
    }

    /// Why there is no analysis.
    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.result.as_ref().err().map(|error| exception(py, error)).transpose()
    }

    /// The analysis as one line of JSON, the object of `articles/ID.json`.
    fn json(&self, py: Python<'_>) -> PyResult<Option<String>> {
        let Ok(analysis) = &self.result else { return Ok(None) };
        let line = py.detach(|| {
            let mut line = Vec::new();
            sayso::report::write_json(analysis, &mut line).map(|()| line)
        })?;
        Ok(Some(String::from_utf8(line)?))
    }

    /// The text with everything marked, as HTML that stands for itself.
    fn html(&self, py: Python<'_>) -> Option<String> {
        let analysis = self.result.as_ref().ok()?;
        Some(py.detach(|| sayso::report::notebook_html(analysis)))
    }
}
