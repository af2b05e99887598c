//! A report in the making: articles go in one after another, files come out all at once.

use std::path::Path;

use super::article::Article;
use super::exporter::{Exporter, FailedArticle};
use super::folder::Folder;
use super::format::Format;
use super::manifest::{self, Counts, RunOptions};
use super::schema::{FailureJson, PassedOverJson};
use crate::{Analysis, ArticleSource, Error, PassedOver, Result};

/// A report in the making.
///
#[doc = include_str!("../docs/report.md")]
///
/// # Writing one
///
/// Nothing can be seen of it before [`Self::finish`]: rows go to files in a hidden folder inside the report's own. A report that is
/// dropped leaves nothing behind, and what stood there before is untouched. Articles are not kept in memory.
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
    exporters: Vec<Box<dyn Exporter>>,
    folder: Folder,
    options: RunOptions,
    counts: Counts,
    failures: Vec<FailureJson>,
    passed_over: Vec<PassedOverJson>,
}

impl Report {
    /// Starts a report in the folder `dir`, which is made where it is missing.
    ///
    /// # Errors
    /// Where `dir` cannot be written, is a file, is being written by another run, or holds files of a report's names that no run of
    /// sayso has written.
    pub fn create(dir: &Path, mut options: RunOptions) -> Result<Self> {
        if options.formats.is_empty() {
            options.formats = Format::ALL.to_vec();
        }
        options.formats.sort_unstable();
        options.formats.dedup();
        let folder = Folder::open(dir)?;
        Self::in_folder(folder, options)
    }

    pub(super) fn in_folder(folder: Folder, options: RunOptions) -> Result<Self> {
        let mut exporters = Vec::new();
        for format in &options.formats {
            exporters.extend(format.exporters(&folder, options.report_max_mb).map_err(|error| inside(&folder, error))?);
        }
        Ok(Self { exporters, folder, options, counts: Counts::default(), failures: Vec::new(), passed_over: Vec::new() })
    }

    /// Adds an article; articles stand in reports in the order they are added.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn add(&mut self, analysis: &Analysis) -> Result<()> {
        let article = Article::new(analysis);
        for exporter in &mut self.exporters {
            exporter.add(&self.folder, &article).map_err(|error| inside(&self.folder, error))?;
        }
        self.counts.add(&article);
        Ok(())
    }

    /// Adds an article that could not be analysed.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn add_failed(&mut self, source: &ArticleSource, error: &Error) -> Result<()> {
        let failed = FailedArticle { source, error };
        for exporter in &mut self.exporters {
            exporter.add_failed(failed).map_err(|error| inside(&self.folder, error))?;
        }
        if failed.is_left_out() {
            self.counts.left_out += 1;
            return Ok(());
        }
        let place = Some(source.place.clone()).filter(|place| !place.is_empty());
        self.failures.push(FailureJson { path: source.path.clone(), place, error: error.reason() });
        self.counts.failed += 1;
        Ok(())
    }

    /// Adds a file that is not read.
    pub fn add_passed_over(&mut self, over: &PassedOver) {
        self.passed_over.push(PassedOverJson { path: over.path.clone(), kind: over.kind.clone() });
        self.counts.passed_over += 1;
    }

    /// Puts the files in place of those of a former report, the manifest last, and gives the totals.
    ///
    /// # Errors
    /// Where a file cannot be written; a former report then still stands, or its successor is put in place by the next run.
    pub fn finish(self) -> Result<Counts> {
        self.finish_with(Folder::commit)
    }

    pub(super) fn finish_with(self, commit: impl FnOnce(Folder) -> Result<()>) -> Result<Counts> {
        for exporter in self.exporters {
            exporter.finish(&self.folder).map_err(|error| inside(&self.folder, error))?;
        }
        manifest::write(&self.folder, &self.options, &self.counts, &self.failures, &self.passed_over)
            .map_err(|error| inside(&self.folder, error))?;
        commit(self.folder)?;
        Ok(self.counts)
    }
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
