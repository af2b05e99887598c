//! From a report's folder to an export's.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::jsonl::compact;
use super::output::Output;
use super::record::ArticleRecord;
use super::{ExchangeFormat, Writer};
use crate::{Error, ErrorKind, Result};

/// The file that says what an export is, and that it is ours to replace.
const MARK: &str = "export.json";

/// What an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExportCounts {
    /// Articles.
    pub articles: usize,
    /// Their quotations.
    pub quotes: usize,
}

/// Writes the articles of the report in the folder `run` in `formats` into the folder `dir`, which is whole or not there.
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
    let ids = article_ids(run)?;
    let mut out = Output::create(dir, MARK)?;
    let mut writers: Vec<Box<dyn Writer>> = formats.iter().map(|format| format.writer()).collect();
    let mut counts = ExportCounts { articles: 0, quotes: 0 };
    for id in ids {
        let article = read(run, &id)?;
        for writer in &mut writers {
            writer.add(&mut out, &article)?;
        }
        counts.articles += 1;
        counts.quotes += article.quotes.len();
    }
    for writer in writers {
        writer.finish(&mut out)?;
    }
    let names: Vec<&str> = formats.iter().map(|format| format.name()).collect();
    let mark = serde_json::json!({ "sayso": env!("CARGO_PKG_VERSION"), "formats": names, "articles": counts.articles });
    out.write(MARK, format!("{mark:#}\n").as_bytes())?;
    out.commit()?;
    Ok(counts)
}

/// A row of `articles.csv`; the id's column had another name in the first schema.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(alias = "id")]
    article_id: String,
    status: String,
}

/// The ids of the articles that were analysed, in the report's order: that of `articles.csv`, or of their names where it was not written.
pub(super) fn article_ids(run: &Path) -> Result<Vec<String>> {
    if !run.join("manifest.json").is_file() {
        let error = Error::new(ErrorKind::Input("holds no whole report".to_owned())).at(run);
        return Err(error.with_hint("name a folder that sayso analyze -o has written"));
    }
    let articles = run.join("articles");
    if !articles.is_dir() {
        let error = Error::new(ErrorKind::Input("the report has no articles/ID.json".to_owned())).at(run);
        return Err(error.with_hint("analyse again with --format csv,json"));
    }
    let table = run.join("articles.csv");
    if table.is_file() {
        let wrong = |error: csv::Error| Error::new(ErrorKind::Input(format!("not a table of articles: {error}"))).at(&table);
        let mut reader = csv::Reader::from_path(&table).map_err(wrong)?;
        let rows: std::result::Result<Vec<Row>, csv::Error> = reader.deserialize().collect();
        let analysed = rows.map_err(wrong)?.into_iter().filter(|row| row.status == "analysed");
        return Ok(analysed.map(|row| row.article_id).collect());
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
    let article = serde_json::from_str::<ArticleRecord>(&text).map_err(|error| {
        Error::new(ErrorKind::Input(format!("not an article of a report: {error}"))).at(&path).with_hint("analyse again to mend it")
    })?;
    Ok(ArticleRecord { line: compact(&text), ..article })
}
