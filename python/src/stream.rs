//! Articles analysed as somebody takes them: in their order, some ahead, never more than a few in memory.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyIterator;
use sayso::ingest::ReadOptions;
use sayso::{Batch, Error, ErrorKind, Pipeline};

use crate::LOOK_UP;
use crate::document::Document;
use crate::outcome::Outcome;

/// The outcomes of articles, in their order.
#[pyclass(module = "sayso._sayso")]
#[derive(Debug)]
pub(crate) struct Stream {
    pipeline: Arc<Pipeline>,
    options: Arc<ReadOptions>,
    /// Where articles come from; nothing once it has ended.
    articles: Option<Py<PyIterator>>,
    waiting: VecDeque<Mutex<Receiver<Outcome>>>,
    /// What the iterator has raised, for after what came before it.
    raised: Option<PyErr>,
    is_stopped: Arc<AtomicBool>,
}

impl Stream {
    pub(crate) fn new(pipeline: Arc<Pipeline>, options: ReadOptions, articles: Py<PyIterator>) -> Self {
        let (waiting, options) = (VecDeque::new(), Arc::new(options));
        Self { pipeline, options, articles: Some(articles), waiting, raised: None, is_stopped: Arc::default() }
    }

    /// Gives the threads more to do, up to two articles each.
    fn fill(&mut self, py: Python<'_>) {
        while self.waiting.len() < 2 * self.pipeline.threads() {
            let Some(articles) = &self.articles else { return };
            let next = articles.bind(py).clone().next().transpose();
            match next
                .and_then(|next| next.map(|next| next.cast::<Document>().map_err(PyErr::from).map(|doc| self.begin(doc.get()))).transpose())
            {
                Ok(Some(receiver)) => self.waiting.push_back(Mutex::new(receiver)),
                Ok(None) => self.articles = None,
                Err(error) => (self.articles, self.raised) = (None, Some(error)),
            }
        }
    }

    /// Begins the analysis of an article.
    fn begin(&self, document: &Document) -> Receiver<Outcome> {
        let (sender, receiver) = sync_channel(1);
        let source = document.source.clone();
        match &document.read {
            Err(error) => {
                let _ = sender.send(Outcome::failed(source, Arc::clone(error)));
            }
            Ok(doc) => {
                let (doc, options, is_stopped) = (doc.clone(), Arc::clone(&self.options), Arc::clone(&self.is_stopped));
                self.pipeline.spawn(move |pipeline| {
                    if !is_stopped.load(Ordering::Relaxed) {
                        // The receiver is gone only after a stop, when nobody wants the result.
                        let result = Batch::new(pipeline, ReadOptions::clone(&options)).analyze(doc);
                        let _ = sender.send(Outcome::new(source, result));
                    }
                });
            }
        }
        receiver
    }
}

#[pymethods]
impl Stream {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Outcome>> {
        self.fill(py);
        let Some(receiver) = self.waiting.pop_front() else { return self.raised.take().map_or(Ok(None), Err) };
        loop {
            let next = py.detach(|| receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK_UP));
            match next {
                Ok(outcome) => return Ok(Some(outcome)),
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(interrupt) = py.check_signals() {
                        self.close();
                        return Err(interrupt);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let lost = Error::new(ErrorKind::Bug("a thread has ended without a result".to_owned()));
                    return Err(crate::errors::raised(py, &lost));
                }
            }
        }
    }

    /// Begins no more articles.
    fn close(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        self.articles = None;
        self.waiting.clear();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}
