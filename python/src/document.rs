//! One article as it was read, or why it could not be.

use std::collections::BTreeMap;
use std::sync::Arc;

use pyo3::prelude::*;
use sayso::ingest::{ArticleSource, Incoming, RowReader};
use sayso::{Error, ErrorKind};

use crate::errors::{Shared, exception, raised, status};
use crate::options::ReadOptions;

/// An article that was read and not analysed yet.
#[pyclass(frozen, module = "sayso")]
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) source: ArticleSource,
    pub(crate) read: Result<sayso::Document, Shared>,
}

impl Document {
    /// An article with the id that its reader gave it.
    pub(crate) fn new(source: ArticleSource, read: sayso::Result<sayso::Document>) -> Self {
        Self { source, read: read.map_err(Arc::new) }
    }

    fn of(incoming: Incoming) -> Self {
        let (source, read) = incoming.into_document();
        Self::new(source, read)
    }
}

#[pymethods]
impl Document {
    /// An article of a text and of what is known about it; `metadata` may name its title, date, outlet and more.
    #[new]
    #[pyo3(signature = (text, *, id="text", metadata=None, options=None))]
    fn py_new(
        py: Python<'_>,
        text: String,
        id: &str,
        metadata: Option<BTreeMap<String, String>>,
        options: Option<&ReadOptions>,
    ) -> PyResult<Self> {
        let mut columns = vec!["text".to_owned()];
        let is_empty = text.trim().is_empty();
        let mut cells = vec![text];
        for (key, value) in metadata.into_iter().flatten().filter(|(key, _)| key != "text" && key != "id") {
            columns.push(key);
            cells.push(value);
        }
        let mut options = options.map(|options| options.options.clone()).unwrap_or_default();
        options.columns = sayso::ingest::Columns { text: Some("text".to_owned()), ..sayso::ingest::Columns::default() };
        let rows = RowReader::new(id, &columns, &options).map_err(|error| raised(py, &error))?;
        let (source, read) = rows.read_any(1, cells).into_document();
        // A text of its own is no row.
        let nothing = |error: Error| if is_empty { Error::new(ErrorKind::Input("holds no text".to_owned())).at(id) } else { error };
        let read = read.map_err(nothing).map(|doc| {
            let provenance = sayso::document::Provenance { place: String::new(), rule: "text".to_owned(), ..doc.provenance().clone() };
            let (sha256, text, metadata) = (doc.sha256().to_owned(), doc.text().to_owned(), doc.metadata().clone());
            sayso::Document::new("", id, sha256, text, metadata).with_markup(doc.markup().to_vec()).with_provenance(provenance)
        });
        Ok(match read {
            Ok(doc) => Self::of(Incoming::new(id, doc)),
            Err(error) => Self::new(ArticleSource { id: id.to_owned(), path: id.to_owned(), ..source }, Err(error)),
        })
    }

    /// The id: the user's own, or made of the file's name.
    #[getter]
    fn id(&self) -> &str {
        &self.source.id
    }

    /// The path of its file as reports show it.
    #[getter]
    fn path(&self) -> &str {
        &self.source.path
    }

    /// Where in that file it stands; empty where the file is the article.
    #[getter]
    fn place(&self) -> &str {
        &self.source.place
    }

    /// The text; empty where it could not be read.
    #[getter]
    fn text(&self) -> &str {
        self.read.as_ref().map_or("", |doc| doc.text())
    }

    /// What its file says about it: title, date, outlet, own columns.
    #[getter]
    fn metadata(&self) -> BTreeMap<String, String> {
        self.read.as_ref().map_or_else(|_| BTreeMap::new(), |doc| doc.metadata().clone())
    }

    /// The language that its text is in, `eng` for English (ISO 639-3); empty where that cannot be told.
    #[getter]
    fn language(&self) -> &str {
        self.read.as_ref().map_or("", |doc| doc.provenance().language.as_ref())
    }

    /// `read`, `failed` or `passed over`.
    #[getter]
    fn status(&self) -> &'static str {
        self.read.as_ref().map_or_else(|error| status(error), |_| "read")
    }

    /// Why it could not be read.
    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.read.as_ref().err().map(|error| exception(py, error)).transpose()
    }

    fn __repr__(&self) -> String {
        match &self.read {
            Ok(doc) => format!("<sayso.Document {:?}: {} characters>", self.source.id, doc.text().chars().count()),
            Err(error) => format!("<sayso.Document {:?}: {}: {}>", self.source.id, status(error), error.reason()),
        }
    }
}
