//! The tables in the formats of other programs, made of a report's CSV files: Parquet, an Excel workbook, a SQLite database.

mod parquet;
mod schema;
mod source;
mod sqlite;
#[cfg(test)]
mod tests;
mod views;
mod xlsx;

use std::path::Path;

use super::format::Format;
use super::tables;
use crate::Result;

pub(super) use parquet::{PARQUET, is_ours as is_parquet_of_ours};
pub(super) use source::TableFile;
pub use source::ends;
pub(super) use sqlite::SQLITE;
pub(super) use xlsx::XLSX;

/// A format of all tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableFormat {
    /// A file a table.
    Parquet,
    /// A sheet a table.
    Xlsx,
    /// A database.
    Sqlite,
}

impl TableFormat {
    /// The format of tables that a report's format is.
    pub(crate) fn of(format: Format) -> Option<Self> {
        match format {
            Format::Parquet => Some(Self::Parquet),
            Format::Xlsx => Some(Self::Xlsx),
            Format::Sqlite => Some(Self::Sqlite),
            Format::Csv | Format::Json | Format::Html | Format::Jsonl => None,
        }
    }
}

/// Writes the tables that stand as CSV in the folder `from` in `formats` into the folder `to`; what a format could not hold whole is told.
pub(crate) fn write_tables(from: &Path, formats: &[TableFormat], to: &Path) -> Result<Vec<String>> {
    if formats.is_empty() {
        return Ok(Vec::new());
    }
    let files: Vec<TableFile> = tables::shapes().into_iter().map(|shape| TableFile::open(from, shape)).collect::<Result<_>>()?;
    let mut notes = Vec::new();
    for format in formats {
        match format {
            TableFormat::Parquet => parquet::write(&files, to)?,
            TableFormat::Xlsx => notes.extend(xlsx::write(&files, to)?),
            TableFormat::Sqlite => sqlite::write(&files, to)?,
        }
    }
    Ok(notes)
}
