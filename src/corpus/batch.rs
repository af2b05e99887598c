//! Runs a pipeline over many articles: in parallel, in input order, and past articles that fail.

use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};

use super::ordered::ordered;
use crate::ingest::{ArticleSource, Ids, Incoming, Inputs, ReadOptions, Source, foreign, is_collection, read_source};
use crate::{Analysis, Document, Error, ErrorKind, Pipeline, Result};

/// A pipeline with the way its articles are read.
#[derive(Debug)]
pub struct Batch<'a> {
    pipeline: &'a Pipeline,
    options: ReadOptions,
}

/// What one thread of the pool does next.
enum Work<'a> {
    /// Reads the only article of a file, and analyses it.
    Read(&'a Source),
    /// Analyses an article of a collection, which was read already.
    Analyze(Box<Incoming>),
}

/// An article with its analysis.
struct Outcome {
    wanted: Vec<String>,
    path: String,
    place: String,
    analysis: Result<Analysis>,
}

impl<'a> Batch<'a> {
    /// Makes a batch that reads files with `options`.
    pub fn new(pipeline: &'a Pipeline, options: ReadOptions) -> Self {
        Self { pipeline, options }
    }

    /// Analyses every article of `inputs` and hands each outcome to `deliver`, in the order of the inputs, on the calling thread.
    ///
    /// An article that fails, even by a panic of ours, is delivered as an error, and the batch goes on. `deliver` is also where a
    /// caller counts progress. At most four articles per thread are in memory at a time, however many stand in one file.
    ///
    /// # Errors
    /// The first error of `deliver`, which ends the batch.
    pub fn run<E>(&self, inputs: &Inputs, mut deliver: impl FnMut(&ArticleSource, Result<Analysis>) -> Result<(), E>) -> Result<(), E> {
        let Inputs { sources, unreadable, .. } = inputs;
        let mut ids = Ids::default();
        let mut deliver = |outcome: Outcome| {
            let Outcome { wanted, path, place, mut analysis } = outcome;
            // A file that is no article gets no id.
            let is_article = !matches!(&analysis, Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)));
            let id = if is_article { ids.claim(&wanted) } else { String::new() };
            if let Ok(analysis) = &mut analysis {
                analysis.doc.identify(id.clone());
            }
            deliver(&ArticleSource { id, path, place }, analysis)
        };
        for (source, error) in unreadable {
            deliver(self.analyze(Incoming::failed(source, error.again())))?;
        }
        let pool = self.pipeline.pool();
        let (sender, receiver) = sync_channel(pool.current_num_threads());
        std::thread::scope(|scope| {
            // The name keeps its panics silent: they are delivered.
            let thread = std::thread::Builder::new().name(format!("{}reader", Pipeline::THREAD_PREFIX));
            let options = &self.options;
            let reader = thread.spawn_scoped(scope, move || feed(sources, options, &sender));
            if let Err(error) = reader {
                let error = Error::new(ErrorKind::Config(format!("cannot start threads: {error}")));
                return deliver(Outcome { wanted: Vec::new(), path: String::new(), place: String::new(), analysis: Err(error) });
            }
            ordered(pool, receiver.into_iter(), |work| self.work(work), deliver)
        })
    }

    fn work(&self, work: Work<'_>) -> Outcome {
        match work {
            Work::Analyze(incoming) => self.analyze(*incoming),
            Work::Read(source) => {
                let mut incoming = None;
                let read = guarded(&source.shown, || {
                    read_source(source, &self.options, &mut |found| {
                        incoming = Some(found);
                        ControlFlow::Break(())
                    });
                    Ok(())
                });
                let nothing = || Error::new(ErrorKind::Input("holds no article".to_owned()));
                let incoming = incoming.unwrap_or_else(|| Incoming::failed(source, read.err().unwrap_or_else(nothing)));
                self.analyze(incoming)
            }
        }
    }

    fn analyze(&self, incoming: Incoming) -> Outcome {
        let Incoming { wanted, path, place, outcome } = incoming;
        let shown = if place.is_empty() { path.clone() } else { format!("{path}, {place}") };
        let analysis = outcome.and_then(|doc| {
            self.check_language(&doc).map_err(|error| error.at(&shown))?;
            guarded(&shown, || self.pipeline.analyze(doc))
        });
        Outcome { wanted, path, place, analysis }
    }

    /// Models and rules know English: what they would find in other languages is not worth its row.
    fn check_language(&self, doc: &Document) -> Result<()> {
        match foreign(doc.provenance().language).filter(|_| !self.options.any_language) {
            None => Ok(()),
            Some(language) => {
                let error = Error::new(ErrorKind::LeftOut(format!("in {language}, not in English")));
                Err(error.with_hint("pass --any-language to analyse it all the same"))
            }
        }
    }
}

/// Hands on what there is to do, as fast as it is taken: files with one article as they are, the articles of collections one by one.
fn feed<'a>(sources: &'a [Source], options: &ReadOptions, sender: &SyncSender<Work<'a>>) {
    for source in sources {
        if !is_collection(source) {
            if sender.send(Work::Read(source)).is_err() {
                return;
            }
            continue;
        }
        let mut is_wanted = true;
        let read = guarded(&source.shown, || {
            read_source(source, options, &mut |incoming| {
                // Nobody takes it after the batch was ended.
                is_wanted = sender.send(Work::Analyze(Box::new(incoming))).is_ok();
                if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            Ok(())
        });
        if let (Err(error), true) = (read, is_wanted) {
            is_wanted = sender.send(Work::Analyze(Box::new(Incoming::failed(source, error)))).is_ok();
        }
        if !is_wanted {
            return;
        }
    }
}

/// Turns a panic into an error that names the article and asks for a report.
fn guarded<T>(shown: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    // Stages are read-only and hold no locks, so a panic leaves nothing half-changed behind.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let error = Error::new(ErrorKind::Bug(message(panic.as_ref()).to_owned())).at(shown);
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
        let error = guarded::<()>("a.txt", || panic!("index {} out of range", 7)).expect_err("the panic is an error");
        assert_eq!(error.to_string(), "a.txt: internal error: index 7 out of range");
        assert!(error.hint().is_some_and(|hint| hint.contains("bug in sayso")));
    }
}
