//! Runs a pipeline over many articles: in parallel, in input order, and past articles that fail.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ordered::ordered;
use crate::ingest::{ReadOptions, Source, read_file};
use crate::{Analysis, Error, ErrorKind, Pipeline, Result};

/// A pipeline with the way its articles are read.
#[derive(Debug)]
pub struct Batch<'a> {
    pipeline: &'a Pipeline,
    options: ReadOptions,
}

impl<'a> Batch<'a> {
    /// Makes a batch that reads files with `options`.
    pub fn new(pipeline: &'a Pipeline, options: ReadOptions) -> Self {
        Self { pipeline, options }
    }

    /// Analyses every source and hands each outcome to `deliver`, in the order of `sources`, on the calling thread.
    ///
    /// An article that fails, even by a panic of ours, is delivered as an error, and the batch goes on. `deliver` is also where a
    /// caller counts progress. At most two analyses per thread are in memory at a time.
    ///
    /// # Errors
    /// The first error of `deliver`, which ends the batch.
    pub fn run<E>(&self, sources: &[Source], mut deliver: impl FnMut(&Source, Result<Analysis>) -> Result<(), E>) -> Result<(), E> {
        let work = |index: usize| sources.get(index).map(|source| self.analyze(source));
        ordered(self.pipeline.pool(), sources.len(), work, |index, outcome| match (sources.get(index), outcome) {
            (Some(source), Some(outcome)) => deliver(source, outcome),
            _ => Ok(()),
        })
    }

    fn analyze(&self, source: &Source) -> Result<Analysis> {
        guarded(source, || self.pipeline.analyze(read_file(source, &self.options)?))
    }
}

/// Turns a panic into an error that names the article and asks for a report.
fn guarded<T>(source: &Source, work: impl FnOnce() -> Result<T>) -> Result<T> {
    // Stages are read-only and hold no locks, so a panic leaves nothing half-changed behind.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let error = Error::new(ErrorKind::Bug(message(panic.as_ref()).to_owned())).at(&source.shown);
        Err(error.with_hint("this is a bug in sayso, not in your article: please report it with the text"))
    })
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_a_panic_as_our_bug() {
        let source = Source { path: "a.txt".into(), shown: "a.txt".to_owned(), id: "a".to_owned() };
        let error = guarded::<()>(&source, || panic!("index {} out of range", 7)).expect_err("the panic is an error");
        assert_eq!(error.to_string(), "a.txt: internal error: index 7 out of range");
        assert!(error.hint().is_some_and(|hint| hint.contains("bug in sayso")));
    }
}
