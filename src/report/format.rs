//! The formats of a report: their names.

use std::fmt;
use std::str::FromStr;

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
