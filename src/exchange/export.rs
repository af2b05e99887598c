//! An export in the making, from a report's folder or while articles are analysed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;

use super::jsonl::compact;
use super::output::Output;
use super::record::ArticleRecord;
use super::{ExchangeFormat, Writer};
use crate::report::{TableFormat, write_json, write_tables};
use crate::{Analysis, Error, ErrorKind, Result};

/// The file that says what an export is, and that it is ours to replace.
const MARK: &str = "export.json";

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportCounts {
    /// Articles.
    pub articles: usize,
    /// Their quotations.
    pub quotes: usize,
    /// What a format could not hold whole, as Excel a cell of more than 32,767 characters.
    pub notes: Vec<String>,
}

/// An export in the making; dropped before it is finished, it leaves nothing behind.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// # let dir = tempfile::tempdir().expect("a temporary folder");
/// use sayso::exchange::{ExchangeFormat, Export};
/// let run = dir.path().join("run");
/// let mut report = sayso::Report::create(&run, sayso::report::RunOptions::default())?;
/// let mut export = Export::create(&[ExchangeFormat::Tei], &dir.path().join("out"))?;
/// let analysis = sayso::Pipeline::builder().build()?.analyze_text("Rates will rise, she said.")?;
/// report.add(&analysis)?;
/// export.add(&analysis)?;
/// report.finish()?;
/// assert_eq!(export.finish(&run)?.articles, 1);
/// assert!(dir.path().join("out/tei").is_dir());
/// # Ok(())
/// # }
/// ```
pub struct Export {
    out: Output,
    formats: Vec<ExchangeFormat>,
    writers: Vec<Box<dyn Writer>>,
    tables: Vec<TableFormat>,
    counts: ExportCounts,
}

impl Export {
    /// Begins an export in `formats` into the folder `dir`: a new one, or a former export, which is replaced.
    ///
    /// # Errors
    /// Where `dir` cannot be written or holds files of others.
    pub fn create(formats: &[ExchangeFormat], dir: &Path) -> Result<Self> {
        let out = Output::create(dir, MARK)?;
        let (mut writers, mut tables) = (Vec::new(), Vec::new());
        for format in formats {
            match format.writer() {
                Ok(writer) => writers.push(writer),
                Err(table) => tables.push(table),
            }
        }
        Ok(Self { out, formats: formats.to_vec(), writers, tables, counts: ExportCounts::default() })
    }

    /// Adds an article, in the formats that are not made of tables.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn add(&mut self, analysis: &Analysis) -> Result<()> {
        let mut line = Vec::new();
        write_json(analysis, &mut line).map_err(|error| Error::new(ErrorKind::Write(error)).at(analysis.doc.path()))?;
        let line = String::from_utf8_lossy(&line);
        self.add_record(&parsed(&line, Path::new(analysis.doc.path()))?)
    }

    fn add_record(&mut self, article: &ArticleRecord) -> Result<()> {
        for writer in &mut self.writers {
            writer.add(&mut self.out, article)?;
        }
        self.counts.articles += 1;
        self.counts.quotes += article.quotes.len();
        Ok(())
    }

    /// Puts the export in place; formats of tables are made of those of the whole report in `run`.
    ///
    /// # Errors
    /// Where a file cannot be written, or a table cannot be read.
    pub fn finish(mut self, run: &Path) -> Result<ExportCounts> {
        for writer in self.writers {
            writer.finish(&mut self.out)?;
        }
        self.counts.notes = write_tables(run, &self.tables, self.out.staging())?;
        let names: Vec<&str> = self.formats.iter().map(|format| format.name()).collect();
        let mark = serde_json::json!({ "sayso": env!("CARGO_PKG_VERSION"), "formats": names, "articles": self.counts.articles });
        self.out.write(MARK, format!("{mark:#}\n").as_bytes())?;
        self.out.commit()?;
        Ok(self.counts)
    }
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("out", &self.out).field("formats", &self.formats).finish_non_exhaustive()
    }
}

/// Takes an export in `dir` away, if there is one: it is of articles that are no longer the report's.
///
/// # Errors
/// Where it cannot be removed.
pub fn remove_former(dir: &Path) -> Result<()> {
    if !dir.join(MARK).is_file() {
        return Ok(());
    }
    fs::remove_dir_all(dir).map_err(|error| Error::new(ErrorKind::Write(error)).at(dir))
}

/// Writes the articles and tables of the report in the folder `run` in `formats` into the folder `dir`, which is whole or not there.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// # let dir = tempfile::tempdir().expect("a temporary folder");
/// let run = dir.path().join("run");
/// let mut report = sayso::Report::create(&run, sayso::report::RunOptions::default())?;
/// report.add(&sayso::Pipeline::builder().build()?.analyze_text("Rates will rise, she said.")?)?;
/// report.finish()?;
/// let out = dir.path().join("out");
/// let counts = sayso::exchange::export(&run, &[sayso::exchange::ExchangeFormat::Brat], &out)?;
/// assert_eq!(counts.articles, 1);
/// assert!(std::fs::read_to_string(out.join("brat/text.ann")).is_ok_and(|ann| ann.contains("Content")));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where `run` holds no whole report, or one without its JSON; where `dir` cannot be written or holds files of others.
pub fn export(run: &Path, formats: &[ExchangeFormat], dir: &Path) -> Result<ExportCounts> {
    check_whole(run)?;
    let mut export = Export::create(formats, dir)?;
    if export.writers.is_empty() {
        for row in rows(run)?.into_iter().filter(|row| row.status == "analysed") {
            export.counts.articles += 1;
            export.counts.quotes += row.quotes.unwrap_or_default();
        }
    } else {
        each_article(run, |article| export.add_record(&article))?;
    }
    export.finish(run)
}

/// A row of `articles.csv`; the id's column had another name in the first schema.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(alias = "id")]
    article_id: String,
    status: String,
    quotes: Option<usize>,
}

fn rows(run: &Path) -> Result<Vec<Row>> {
    let table = run.join("articles.csv");
    let wrong = |error: csv::Error| {
        let error = Error::new(ErrorKind::Input(format!("not a table of articles: {error}"))).at(&table);
        error.with_hint("analyse again with --format csv,json")
    };
    let mut reader = csv::Reader::from_path(&table).map_err(wrong)?;
    reader.deserialize().collect::<std::result::Result<_, _>>().map_err(wrong)
}

fn check_whole(run: &Path) -> Result<()> {
    if run.join("manifest.json").is_file() {
        return Ok(());
    }
    let error = Error::new(ErrorKind::Input("holds no whole report".to_owned())).at(run);
    Err(error.with_hint("name a folder that sayso analyze -o has written"))
}

/// Calls `take` with every article of a report, from its `articles.jsonl` where it has one.
fn each_article(run: &Path, mut take: impl FnMut(ArticleRecord) -> Result<()>) -> Result<()> {
    let lines = run.join("articles.jsonl");
    if !lines.is_file() {
        return article_ids(run)?.iter().try_for_each(|id| take(read(run, id)?));
    }
    let file = File::open(&lines).map_err(|error| Error::new(ErrorKind::Read(error)).at(&lines))?;
    BufReader::new(file).lines().try_for_each(|line| {
        let line = line.map_err(|error| Error::new(ErrorKind::Read(error)).at(&lines))?;
        take(parsed(&line, &lines)?)
    })
}

/// The ids of the articles that were analysed, in the report's order: that of `articles.csv`, or of their names where it was not written.
pub(super) fn article_ids(run: &Path) -> Result<Vec<String>> {
    let articles = run.join("articles");
    if !articles.is_dir() {
        let error = Error::new(ErrorKind::Input("the report has no articles/ID.json".to_owned())).at(run);
        return Err(error.with_hint("analyse again with --format csv,json"));
    }
    if run.join("articles.csv").is_file() {
        return Ok(rows(run)?.into_iter().filter(|row| row.status == "analysed").map(|row| row.article_id).collect());
    }
    let entries = fs::read_dir(&articles).map_err(|error| Error::new(ErrorKind::Read(error)).at(&articles))?;
    let mut ids: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(".json")?.to_owned())).collect();
    ids.sort();
    Ok(ids)
}

/// Reads the analysis of an article back.
pub(super) fn read(run: &Path, id: &str) -> Result<ArticleRecord> {
    let path = run.join("articles").join(format!("{id}.json"));
    let text = fs::read_to_string(&path).map_err(|error| Error::new(ErrorKind::Read(error)).at(&path))?;
    parsed(&text, &path)
}

fn parsed(text: &str, path: &Path) -> Result<ArticleRecord> {
    let article = serde_json::from_str::<ArticleRecord>(text).map_err(|error| {
        Error::new(ErrorKind::Input(format!("not an article of a report: {error}"))).at(path).with_hint("analyse again to mend it")
    })?;
    Ok(ArticleRecord { line: compact(text), ..article })
}
