//! Articles of files of every format, one after another. A thread reads ahead a little.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};

use pyo3::prelude::*;
use sayso::ErrorKind;
use sayso::ingest::{ArticleSource, discover_with};

use crate::LOOK_UP;
use crate::document::Document;
use crate::errors::raised;
use crate::options::ReadOptions;

/// How many articles are read ahead.
const AHEAD: usize = 4;

/// The articles of files.
#[pyclass(frozen, module = "sayso._sayso")]
#[derive(Debug)]
pub(crate) struct Reader {
    /// What a thread has read; it ends when this is gone.
    articles: Mutex<Option<Receiver<Document>>>,
}

/// Reads the articles of files, folders, patterns and archives. Where there is none at all, that is raised, or with `tolerant` an article that
/// could not be read.
#[pyfunction]
#[pyo3(signature = (paths, options, *, tolerant=false))]
pub(crate) fn read(py: Python<'_>, paths: Vec<PathBuf>, options: &ReadOptions, tolerant: bool) -> PyResult<Reader> {
    let options = options.options.clone();
    let (sender, receiver) = sync_channel(AHEAD);
    let inputs = match py.detach(|| discover_with(&paths, &options)) {
        Ok(inputs) => inputs,
        Err(error) if tolerant => {
            let path = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
            let id = paths.first().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy().into_owned();
            // There is room for it.
            let _ = sender.send(Document::new(ArticleSource { id, path, ..ArticleSource::default() }, Err(error)));
            return Ok(Reader { articles: Mutex::new(Some(receiver)) });
        }
        Err(error) => return Err(raised(py, &error)),
    };
    let thread = std::thread::Builder::new().name("sayso-reader".to_owned());
    thread.spawn(move || {
        let _ended = inputs.read(&options, |source, read| match read {
            Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)) => Ok(()),
            // Nobody takes what comes after the reader is gone.
            read => sender.send(Document::new(source, read)).map_err(|_| ()),
        });
    })?;
    Ok(Reader { articles: Mutex::new(Some(receiver)) })
}

#[pymethods]
impl Reader {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Document>> {
        loop {
            let next = py.detach(|| {
                let articles = self.articles.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                articles.as_ref().map_or(Err(RecvTimeoutError::Disconnected), |articles| articles.recv_timeout(LOOK_UP))
            });
            match next {
                Ok(document) => return Ok(Some(document)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            }
        }
    }
}
