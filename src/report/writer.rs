//! A report in the making: articles go in one after another, files come out all at once.

use std::path::Path;
use std::sync::mpsc::sync_channel;

use super::article::Article;
use super::exporter::{FailedArticle, RunEnd};
use super::exporters::exporters;
use super::folder::{ARTICLES, Folder, check_name};
use super::format::Format;
use super::manifest::{self, Counts, RunOptions};
use super::run_totals::RunTotals;
use super::schema::{FailureJson, PassedOverJson};
use super::standing::{Gathering, Standings};
use crate::corpus::{Journal, Record, Replay};
use crate::{Analysis, ArticleSource, Error, ErrorKind, PassedOver, Result};

/// How many records are read ahead while the report is written.
const AHEAD: usize = 4;

/// Is shown every article as the report has it.
type Show<'a> = &'a mut dyn FnMut(&Analysis) -> Result<()>;

/// A report in the making.
///
#[doc = include_str!("../docs/report.md")]
///
/// # Writing one
///
/// Nothing can be seen of it before [`Self::finish`]: analyses go to a hidden journal in the report's own folder, and files are made of it
/// when the last article is in, as some of what they say is known only then. A report that is dropped leaves nothing behind but, where it
/// was asked to, that journal, and what stood there before is untouched. Articles are not kept in memory.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let dir = std::env::temp_dir().join(format!("sayso-doc-{}", std::process::id()));
/// let mut report = sayso::Report::create(&dir, sayso::report::RunOptions::default())?;
/// report.add(&sayso::Pipeline::builder().build()?.analyze_text("Rates will rise, she said.")?)?;
/// let counts = report.finish()?;
/// assert_eq!(counts.analysed, 1);
/// assert!(dir.join("quotes.csv").exists() && dir.join("articles/text.json").exists());
/// # std::fs::remove_dir_all(&dir).ok();
/// # Ok(())
/// # }
/// ```
pub struct Report {
    folder: Folder,
    options: RunOptions,
    counts: Counts,
    failures: Vec<FailureJson>,
    passed_over: Vec<PassedOverJson>,
    journal: Journal,
    gathering: Gathering,
    keeps_journal: bool,
}

impl Report {
    /// Starts a report in the folder `dir`, which is made where it is missing. What a run that was interrupted has left there is thrown away.
    ///
    /// # Errors
    /// Where `dir` cannot be written, is a file, is being written by another run, or holds files of a report's names that no run of
    /// sayso has written.
    pub fn create(dir: &Path, options: RunOptions) -> Result<Self> {
        Self::in_folder(Folder::open(dir)?, options)
    }

    /// Goes on with the report of a run that was interrupted, if there is one in `dir`; else it starts one. The articles are added once more
    /// in the same order; of the [`Replay`] a [`Batch`](crate::Batch) learns what the former run has made of them.
    ///
    /// # Errors
    /// As [`Self::create`], and with [`ErrorKind::Resume`] where that run had other options.
    pub fn resume(dir: &Path, options: RunOptions) -> Result<(Self, Option<Replay>)> {
        let (folder, options) = (Folder::open(dir)?, with_formats(options));
        let journal = Journal::resume(&folder.journal(), &options.to_settings()).map_err(|error| inside(&folder, error))?;
        match journal {
            Some(journal) => {
                let replay = journal.replay()?;
                Ok((Self::with_journal(folder, options, journal)?, Some(replay)))
            }
            None => Ok((Self::in_folder(folder, options)?, None)),
        }
    }

    /// How many articles a run that was interrupted has left in `dir`.
    pub fn unfinished(dir: &Path) -> u64 {
        Journal::count(&Folder::journal_in(dir))
    }

    pub(super) fn in_folder(mut folder: Folder, options: RunOptions) -> Result<Self> {
        let options = with_formats(options);
        let journal = Journal::begin(&folder.journal(), &options.to_settings())?;
        folder.keeps_journal = false;
        Self::with_journal(folder, options, journal)
    }

    fn with_journal(folder: Folder, options: RunOptions, journal: Journal) -> Result<Self> {
        let gathering = Gathering::new(&folder).map_err(|error| inside(&folder, ErrorKind::Write(error).into()))?;
        let (counts, failures, passed_over) = Default::default();
        Ok(Self { folder, options, counts, failures, passed_over, journal, gathering, keeps_journal: false })
    }

    /// Keeps what is done, so that [`Self::resume`] can go on from it, where the report is dropped or fails; or does not.
    pub fn keep_unfinished(&mut self, keeps: bool) {
        self.keeps_journal = keeps;
        self.folder.keeps_journal &= keeps;
    }

    /// Adds an article; articles stand in reports in the order they are added.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn add(&mut self, analysis: &Analysis) -> Result<()> {
        let article = Article::new(analysis);
        let added = check_name(&format!("{ARTICLES}/{}.json", article.id())).and_then(|()| self.journal.add(analysis));
        let added = added.and_then(|()| self.gathering.add(&article).map_err(|error| ErrorKind::Write(error).into()));
        added.map_err(|error| inside(&self.folder, error))?;
        self.folder.keeps_journal |= self.keeps_journal;
        self.counts.add(&article);
        Ok(())
    }

    /// Adds an article that could not be analysed, or a file inside an archive that is none.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn add_failed(&mut self, source: &ArticleSource, error: &Error) -> Result<()> {
        self.journal.add_failed(source, error).map_err(|error| inside(&self.folder, error))?;
        self.folder.keeps_journal |= self.keeps_journal;
        self.gathering.add_failed();
        match error.kind() {
            ErrorKind::PassedOver(kind) => {
                self.add_passed_over(&PassedOver { path: source.shown(), kind: kind.clone() });
            }
            ErrorKind::LeftOut(_) => self.counts.left_out += 1,
            _ => {
                let place = Some(source.place.clone()).filter(|place| !place.is_empty());
                self.failures.push(FailureJson { path: source.path.clone(), place, error: error.reason() });
                self.counts.failed += 1;
            }
        }
        Ok(())
    }

    /// Adds a file that is not read.
    pub fn add_passed_over(&mut self, over: &PassedOver) {
        self.passed_over.push(PassedOverJson { path: over.path.clone(), kind: over.kind.clone() });
        self.counts.passed_over += 1;
    }

    /// Writes the files and puts them in place of those of a former report, the manifest last, and gives the totals.
    ///
    /// # Errors
    /// Where a file cannot be written; a former report then still stands, or its successor is put in place by the next run.
    pub fn finish(self) -> Result<Counts> {
        self.finish_each(&mut RunTotals::default(), |_| Ok(()))
    }

    /// The same; `totals` count every article, and `each` is shown it, as the report has it: with the themes and people of the run.
    ///
    /// # Errors
    /// As [`Self::finish`], and the first of `each`.
    pub fn finish_each(self, totals: &mut RunTotals, mut each: impl FnMut(&Analysis) -> Result<()>) -> Result<Counts> {
        self.finish_with(totals, &mut each, Folder::commit)
    }

    pub(super) fn finish_with(self, totals: &mut RunTotals, each: Show<'_>, commit: impl FnOnce(Folder) -> Result<()>) -> Result<Counts> {
        let Self { folder, options, mut counts, failures, passed_over, journal, gathering, .. } = self;
        let mut notes = Vec::new();
        let written = || {
            let standings = gathering.settle(&options).map_err(ErrorKind::Write)?;
            let mut each = |analysis: &Analysis| {
                counts.themes += analysis.themes.len();
                each(analysis)
            };
            write(&folder, &options, &journal, standings, (totals, &mut each), &mut notes)?;
            counts.notes = notes;
            manifest::write(&folder, &options, &counts, &failures, &passed_over)
        };
        written().map_err(|error| inside(&folder, error))?;
        commit(folder)?;
        Ok(counts)
    }
}

fn with_formats(mut options: RunOptions) -> RunOptions {
    if options.formats.is_empty() {
        options.formats = Format::DEFAULT.to_vec();
    }
    options.formats.sort_unstable();
    options.formats.dedup();
    options
}

/// Writes every file but the manifest, of the records of the journal.
fn write(
    folder: &Folder,
    options: &RunOptions,
    journal: &Journal,
    mut standings: Standings,
    (totals, each): (&mut RunTotals, Show<'_>),
    notes: &mut Vec<String>,
) -> Result<()> {
    let mut exporters = exporters(folder, options)?;
    let records = journal.replay()?.records();
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(AHEAD);
        // One thread reads, this one writes.
        let reader = std::thread::Builder::new().spawn_scoped(scope, move || {
            for record in records {
                if sender.send(record).is_err() {
                    break;
                }
            }
        });
        reader.map_err(|error| Error::new(ErrorKind::Config(format!("cannot start threads: {error}"))))?;
        receiver.into_iter().try_for_each(|record| match record? {
            Record::Analysed { mut analysis, .. } => {
                if let Some(themes) = standings.themes() {
                    themes.assign(&mut analysis);
                }
                each(&analysis)?;
                let standing = standings.next(&analysis);
                let article = Article::of_run(&analysis, standing);
                totals.add_of_run(&article);
                exporters.iter_mut().try_for_each(|exporter| exporter.offer(folder, &article))
            }
            Record::Failed { source, failure } => {
                standings.pass();
                let error = Error::from(failure);
                if matches!(error.kind(), ErrorKind::PassedOver(_)) {
                    return Ok(());
                }
                let failed = FailedArticle { source: &source, error: &error };
                exporters.iter_mut().try_for_each(|exporter| exporter.add_failed(failed))
            }
        })
    })?;
    let (mut people, themes) = standings.into_parts();
    totals.rank(&mut people)?;
    let mut end = RunEnd { folder, people: &mut people, themes: themes.as_ref(), notes };
    exporters.into_iter().try_for_each(|exporter| exporter.finish(&mut end))
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Report").field("folder", &self.folder).field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// Names the file by the folder the user gave.
fn inside(folder: &Folder, error: Error) -> Error {
    let path = error.path().map_or_else(|| folder.dir().to_owned(), |path| folder.dir().join(path));
    error.at(path)
}
