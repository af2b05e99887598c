//! The formats of a report: their names, and which exporters write each of them.

use std::fmt;
use std::str::FromStr;

use super::articles::ArticleExporter;
use super::csv::{CsvExporter, RunCsvExporter};
use super::exporter::Exporter;
use super::folder::Folder;
use super::html::HtmlExporter;
use super::json::JsonExporter;
use super::keyphrases::KeyphraseExporter;
use super::people::PeopleExporter;
use super::tables;
use crate::{Error, ErrorKind, Result};

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Tables, one row per article, quotation, speaker and so on.
    Csv,
    /// One file per article, with every span.
    Json,
    /// A page to look at, and its charts.
    Html,
}

impl Format {
    /// All formats, in the order a manifest names them.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Json, Self::Html];

    /// The name on the command line and in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// The exporters that write this format into `folder`; a page of more megabytes than `page_max` is parted.
    pub(super) fn exporters(self, folder: &Folder, page_max: Option<u32>) -> Result<Vec<Box<dyn Exporter>>> {
        match self {
            Self::Csv => {
                let open = |table| CsvExporter::create(folder, table).map(|exporter| Box::new(exporter) as Box<dyn Exporter>);
                let open_run = |table| RunCsvExporter::create(folder, table).map(|exporter| Box::new(exporter) as Box<dyn Exporter>);
                let articles_file = ArticleExporter::create(folder).map(|exporter| Box::new(exporter) as Box<dyn Exporter>);
                let keyphrases = KeyphraseExporter::create(folder).map(|exporter| Box::new(exporter) as Box<dyn Exporter>);
                let people = PeopleExporter::create(folder).map(|exporter| Box::new(exporter) as Box<dyn Exporter>);
                let articles = tables::all().into_iter().map(open);
                articles.chain(tables::of_run().into_iter().map(open_run)).chain([articles_file, keyphrases, people]).collect()
            }
            Self::Json => Ok(vec![Box::new(JsonExporter::new())]),
            Self::Html => Ok(vec![Box::new(HtmlExporter::create(folder, page_max)?)]),
        }
    }
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
        found.ok_or_else(|| Error::new(ErrorKind::Config(format!("unknown format '{name}'"))).with_hint("formats are csv, json and html"))
    }
}
