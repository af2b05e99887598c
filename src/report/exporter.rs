//! What a file format has to do to be part of a report.

use std::fmt;
use std::str::FromStr;

use super::article::Article;
use super::folder::Folder;
use super::html::HtmlExporter;
use super::json::{JsonExporter, JsonLinesExporter};
use super::manifest::RunOptions;
use super::table_exporter::TableExporter;
use crate::speakers::PeopleOfRun;
use crate::{ArticleSource, Error, ErrorKind, Result};

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Tables, one row per article, quotation, speaker and so on.
    Csv,
    /// One file per article, with every span.
    Json,
    /// A page to look at, and its charts.
    Html,
    /// One file with a line per article, in place of many files.
    Jsonl,
    /// The tables as Parquet, with types and lists.
    Parquet,
    /// The tables as sheets of an Excel workbook.
    Xlsx,
    /// The tables as a database with keys, indices and views.
    Sqlite,
}

impl Format {
    /// All formats, in the order a manifest names them.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Json, Self::Html, Self::Jsonl, Self::Parquet, Self::Xlsx, Self::Sqlite];

    /// What is written where nobody says what to write.
    pub const DEFAULT: &'static [Self] = &[Self::Csv, Self::Json, Self::Html];

    /// The name on the command line and in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Sqlite => "sqlite",
        }
    }
}

/// The exporters that write a report in the formats of `options` into `folder`.
pub(super) fn exporters(folder: &Folder, options: &RunOptions) -> Result<Vec<Box<dyn Exporter>>> {
    let mut exporters: Vec<Box<dyn Exporter>> = Vec::new();
    if let Some(tables) = TableExporter::create(folder, options)? {
        exporters.push(Box::new(tables));
    }
    for format in &options.formats {
        match format {
            Format::Json => exporters.push(Box::new(JsonExporter::new())),
            Format::Jsonl => exporters.push(Box::new(JsonLinesExporter::create(folder)?)),
            Format::Html => exporters.push(Box::new(HtmlExporter::create(folder, options.report_max_mb)?)),
            Format::Csv | Format::Parquet | Format::Xlsx | Format::Sqlite => {} // the exporter of tables writes them
        }
    }
    Ok(exporters)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().copied().find(|format| format.name() == name);
        found.ok_or_else(|| {
            Error::new(ErrorKind::Config(format!("unknown format '{name}'"))).with_hint(format!("formats are {}", names(Self::ALL)))
        })
    }
}

fn names(formats: &[Format]) -> String {
    formats.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
}

/// Writes one file, or one kind of file, of a report. Articles come one after another and are not kept.
pub(super) trait Exporter {
    /// Adds an article that was analysed.
    fn add(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()>;

    /// Whether copies of other articles are added where the run counts the first of them alone: they are, but where articles are counted.
    fn takes_copies(&self) -> bool {
        true
    }

    /// Adds an article unless it is a copy that is not counted here.
    fn offer(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()> {
        if article.standing.is_left_out && !self.takes_copies() { Ok(()) } else { self.add(folder, article) }
    }

    /// Adds an article that could not be analysed.
    fn add_failed(&mut self, failed: FailedArticle<'_>) -> Result<()> {
        let _ = failed;
        Ok(())
    }

    /// Writes what stands only when the last article is in.
    fn finish(self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()>;
}

/// What stands when the last article is in.
pub(super) struct RunEnd<'a> {
    pub(super) folder: &'a Folder,
    /// The persons of the run.
    pub(super) people: &'a PeopleOfRun,
    /// What a reader has to be told of a format.
    pub(super) notes: &'a mut Vec<String>,
}

/// An article that could not be analysed.
#[derive(Debug, Clone, Copy)]
pub(super) struct FailedArticle<'a> {
    pub(super) source: &'a ArticleSource,
    pub(super) error: &'a Error,
}

impl FailedArticle<'_> {
    /// Whether the article was left out on purpose.
    pub(super) fn is_left_out(&self) -> bool {
        matches!(self.error.kind(), ErrorKind::LeftOut(_))
    }
}
