//! Runs a pipeline over many articles: in parallel, in input order, and past articles that fail.

use std::any::Any;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use super::journal::{Record, Replay, fingerprint};
use super::ordered::ordered;
use super::sample::Drawn;
use crate::ingest::{ArticleSource, Ids, Incoming, Inputs, ReadOptions, Source, foreign, is_collection, read_source};
use crate::{Analysis, Deadline, Document, Error, ErrorKind, Pipeline, Result};

/// How often a batch that waits for its inputs looks up whether it is to stop.
const LOOK_UP: Duration = Duration::from_millis(100);

/// A pipeline with the way its articles are read.
#[derive(Debug)]
pub struct Batch<'a> {
    pipeline: &'a Pipeline,
    options: ReadOptions,
    replay: Option<Replay>,
    sample: Option<Drawn>,
    time_limit: Option<Duration>,
    stop: Option<Arc<AtomicUsize>>,
    keeps_ids: bool,
}

/// What one thread of the pool does next.
struct Task<'a> {
    work: Work<'a>,
    /// What a former run has made of it.
    recorded: Option<Result<Vec<u8>>>,
}

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
    fingerprint: String,
    analysis: Result<Analysis>,
}

impl<'a> Batch<'a> {
    /// Makes a batch that reads files with `options`.
    pub fn new(pipeline: &'a Pipeline, options: ReadOptions) -> Self {
        Self { pipeline, options, replay: None, sample: None, time_limit: None, stop: None, keeps_ids: false }
    }

    /// Takes from the records of a former run what they hold: these articles are read and compared, not analysed.
    #[must_use]
    pub fn resuming(mut self, replay: Option<Replay>) -> Self {
        self.replay = replay;
        self
    }

    /// Analyses the articles of a sample alone.
    #[must_use]
    pub fn sampled(mut self, sample: Option<Drawn>) -> Self {
        self.sample = sample;
        self
    }

    /// Fails an article that takes longer. The time is looked at when the article is read, after each stage, and after each window of text
    /// that the model reads; a single one of these steps is not cut short.
    #[must_use]
    pub fn time_limit(mut self, limit: Option<Duration>) -> Self {
        self.time_limit = limit;
        self
    }

    /// Begins no more articles once `stop` is not zero; those in hand are finished and delivered.
    #[must_use]
    pub fn until(mut self, stop: Arc<AtomicUsize>) -> Self {
        self.stop = Some(stop);
        self
    }

    /// Leaves every article the first id that it asks for, even where another has it: what a part of a run says then does not depend on the
    /// other parts.
    #[must_use]
    pub fn keeping_ids(mut self) -> Self {
        self.keeps_ids = true;
        self
    }

    /// Analyses one article on the calling thread, with the checks of a batch: one in another language is left out, and a panic of ours is
    /// an error.
    ///
    /// # Errors
    /// Where the article is left out or its analysis fails.
    pub fn analyze(&self, doc: Document) -> Result<Analysis> {
        let (id, wanted) = (doc.id().to_owned(), Vec::new());
        let (path, place) = (doc.path().to_owned(), doc.provenance().place.clone());
        let incoming = Incoming { wanted, path, place, outcome: Ok(doc) };
        let mut analysis = self.outcome(incoming, None, Deadline::after(self.time_limit)).analysis?;
        analysis.doc.identify(id);
        Ok(analysis)
    }

    /// Analyses articles that are at hand and hands on each outcome as [`Self::run`] does; `articles` is asked for the next one on the calling
    /// thread, as far ahead as there are threads for it.
    ///
    /// # Errors
    /// The first error of `deliver`, which ends the batch.
    pub fn run_each<E>(
        self,
        articles: impl IntoIterator<Item = Incoming>,
        deliver: impl FnMut(&ArticleSource, Result<Analysis>) -> Result<(), E>,
    ) -> Result<(), E> {
        let batch = &self;
        let is_stopped = || batch.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed) != 0);
        let tasks = articles.into_iter().take_while(|_| !is_stopped());
        let tasks = tasks.map(|incoming| Task { work: Work::Analyze(Box::new(incoming)), recorded: None });
        ordered(batch.pipeline.pool(), tasks, |task| batch.work(task), batch.identifying(deliver))
    }

    /// Gives every outcome its id before it is delivered.
    fn identifying<E>(
        &self,
        mut deliver: impl FnMut(&ArticleSource, Result<Analysis>) -> Result<(), E>,
    ) -> impl FnMut(Outcome) -> Result<(), E> {
        let mut ids = Ids::default();
        let keeps_ids = self.keeps_ids;
        move |outcome: Outcome| {
            let Outcome { wanted, path, place, fingerprint, mut analysis } = outcome;
            // A file that is no article gets no id.
            let is_article = !matches!(&analysis, Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)));
            let id = match wanted.first() {
                _ if !is_article => String::new(),
                Some(wanted) if keeps_ids => Ids::default().claim(std::slice::from_ref(wanted)),
                _ => ids.claim(&wanted),
            };
            if let Ok(analysis) = &mut analysis {
                analysis.doc.identify(id.clone());
            }
            deliver(&ArticleSource { id, path, place, fingerprint }, analysis)
        }
    }

    /// Analyses every article of `inputs` and hands each outcome to `deliver`, in the order of the inputs, on the calling thread.
    ///
    /// An article that fails, even by a panic of ours, is delivered as an error, and the batch goes on. [`ErrorKind::Resume`] alone should
    /// end it: an input is not what it was in the run that this one goes on from. `deliver` is also where a caller counts progress. At most
    /// four articles per thread are in memory at a time, however many stand in one file.
    ///
    /// # Errors
    /// The first error of `deliver`, which ends the batch.
    pub fn run<E>(mut self, inputs: &Inputs, deliver: impl FnMut(&ArticleSource, Result<Analysis>) -> Result<(), E>) -> Result<(), E> {
        let Inputs { sources, unreadable, .. } = inputs;
        let mut replay = self.replay.take();
        let mut recorded = move || replay.as_mut().and_then(|replay| replay.next().transpose());
        let batch = &self;
        let mut deliver = batch.identifying(deliver);
        for (source, error) in unreadable {
            deliver(batch.outcome(Incoming::failed(source, error.again()), recorded(), Deadline::default()))?;
        }
        let pool = batch.pipeline.pool();
        let (sender, receiver) = sync_channel(pool.current_num_threads());
        std::thread::scope(|scope| {
            // The name keeps its panics silent: they are delivered.
            let thread = std::thread::Builder::new().name(format!("{}reader", Pipeline::THREAD_PREFIX));
            let reader = thread.spawn_scoped(scope, move || feed(sources, batch, &sender));
            if let Err(error) = reader {
                let error = Error::new(ErrorKind::Config(format!("cannot start threads: {error}")));
                let (path, place, fingerprint) = Default::default();
                return deliver(Outcome { wanted: Vec::new(), path, place, fingerprint, analysis: Err(error) });
            }
            let tasks = std::iter::from_fn(move || Some(Task { work: batch.next(&receiver)?, recorded: recorded() }));
            ordered(pool, tasks, |task| batch.work(task), deliver)
        })
    }

    /// What comes next; nothing once the batch is to stop.
    fn next<'b>(&self, receiver: &Receiver<Work<'b>>) -> Option<Work<'b>> {
        loop {
            if self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed) != 0) {
                return None;
            }
            match receiver.recv_timeout(LOOK_UP) {
                Err(RecvTimeoutError::Timeout) => {}
                next => return next.ok(),
            }
        }
    }

    fn work(&self, task: Task<'_>) -> Outcome {
        let deadline = Deadline::after(self.time_limit);
        let incoming = match task.work {
            Work::Analyze(incoming) => *incoming,
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
                incoming.unwrap_or_else(|| Incoming::failed(source, read.err().unwrap_or_else(nothing)))
            }
        };
        self.outcome(incoming, task.recorded, deadline)
    }

    fn outcome(&self, incoming: Incoming, recorded: Option<Result<Vec<u8>>>, deadline: Deadline) -> Outcome {
        let Incoming { wanted, path, place, outcome } = incoming;
        let shown = if place.is_empty() { path.clone() } else { format!("{path}, {place}") };
        let fingerprint = fingerprint(outcome.as_ref());
        let analysis = match recorded {
            Some(bytes) => bytes.and_then(|bytes| recall(&bytes, &shown, &fingerprint)),
            None => outcome.and_then(|doc| {
                self.check_language(&doc).map_err(|error| error.at(&shown))?;
                let placed = |error: Error| if error.path().is_some() { error } else { error.at(&shown) };
                guarded(&shown, || Ok(self.pipeline.explain_by(doc, deadline).map_err(placed)?.0))
            }),
        };
        Outcome { wanted, path, place, fingerprint, analysis }
    }

    /// Models and rules know English: what they would find in other languages is not worth its row.
    fn check_language(&self, doc: &Document) -> Result<()> {
        match foreign(&doc.provenance().language).filter(|_| !self.options.any_language) {
            None => Ok(()),
            Some(language) => {
                let error = Error::new(ErrorKind::LeftOut(format!("in {language}, not in English")));
                Err(error.with_hint("pass --any-language to analyse it all the same"))
            }
        }
    }
}

/// What a former run has made of an article, if it is the same.
fn recall(bytes: &[u8], shown: &str, fingerprint: &str) -> Result<Analysis> {
    let (known, outcome) = match Record::read(bytes)? {
        Record::Analysed { fingerprint, analysis } => (fingerprint, Ok(*analysis)),
        Record::Failed { source, failure } => (source.fingerprint, Err(failure.into())),
    };
    if known == fingerprint {
        return outcome;
    }
    let error = Error::new(ErrorKind::Resume("not the article that was read here before the run was interrupted".to_owned())).at(shown);
    Err(error.with_hint("give the same inputs again, or leave --resume out to begin anew"))
}

/// Hands on what there is to do, as fast as it is taken: files with one article as they are, the articles of collections one by one.
fn feed<'a>(sources: &'a [Source], batch: &Batch<'_>, sender: &SyncSender<Work<'a>>) {
    let mut sample = batch.sample.as_ref().map(Drawn::walk);
    for source in sources {
        if !is_collection(source) {
            let is_wanted = sample.as_mut().is_none_or(|sample| sample.takes_file(&source.id));
            if is_wanted && sender.send(Work::Read(source)).is_err() {
                return;
            }
            continue;
        }
        let mut is_wanted = true;
        let read = guarded(&source.shown, || {
            read_source(source, &batch.options, &mut |incoming| {
                if sample.as_mut().is_some_and(|sample| !sample.takes_article(&incoming)) {
                    return ControlFlow::Continue(());
                }
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
    use crate::testing::STAGES;

    fn incoming(name: &str, text: &str) -> Incoming {
        Incoming { wanted: vec![name.to_owned()], path: name.to_owned(), place: String::new(), outcome: Ok(Document::from_text(text)) }
    }

    /// What each article of a batch comes to, by its path.
    fn outcomes(pipeline: &Pipeline, limit: Option<Duration>, articles: Vec<Incoming>) -> Vec<(String, Result<Analysis>)> {
        let mut outcomes = Vec::new();
        let batch = Batch::new(pipeline, ReadOptions::default()).time_limit(limit);
        let done: Result<(), std::convert::Infallible> = batch.run_each(articles, |source, outcome| {
            outcomes.push((source.path.clone(), outcome));
            Ok(())
        });
        assert!(done.is_ok());
        outcomes
    }

    #[test]
    fn a_defect_in_any_stage_costs_its_article_alone() {
        let pipeline = Pipeline::builder().threads(2.try_into().expect("two")).build().expect("the model loads");
        let good = "“The ferry stays,” said Ana Lind, the harbour master. “It pays for itself,” she said.";
        let pair = |stage: &&str| [incoming(&format!("before {stage}"), good), incoming(stage, &format!("{good} [panic in {stage}]"))];
        let articles = STAGES.iter().flat_map(pair);
        let outcomes = outcomes(&pipeline, None, articles.chain([incoming("last", good)]).collect());
        let undisturbed = pipeline.analyze_text(good).expect("it is analysed");
        assert_eq!(outcomes.len(), 2 * STAGES.len() + 1);
        for (path, outcome) in &outcomes {
            match outcome {
                Ok(analysis) => {
                    assert!(!STAGES.contains(&path.as_str()), "{path} is disturbed");
                    assert_eq!((&analysis.quotes, &analysis.entities), (&undisturbed.quotes, &undisturbed.entities));
                }
                Err(error) => assert_eq!(error.to_string(), format!("{path}: internal error: disturbed in {path}")),
            }
        }
    }

    #[test]
    fn a_stage_that_stalls_is_given_up() {
        let pipeline = Pipeline::builder().build().expect("the model loads");
        let articles = STAGES.iter().map(|stage| incoming(stage, &format!("“The ferry stays,” said Ana Lind. [stall in {stage}]")));
        for (path, outcome) in outcomes(&pipeline, Some(Duration::from_millis(20)), articles.collect()) {
            let error = outcome.expect_err("it took too long");
            assert!(matches!(error.kind(), ErrorKind::Timeout(_)), "{path}: {error}");
        }
    }

    #[test]
    fn reports_a_panic_as_our_bug() {
        let error = guarded::<()>("a.txt", || panic!("index {} out of range", 7)).expect_err("the panic is an error");
        assert_eq!(error.to_string(), "a.txt: internal error: index 7 out of range");
        assert!(error.hint().is_some_and(|hint| hint.contains("bug in sayso")));
    }
}
