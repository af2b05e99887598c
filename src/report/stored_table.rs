//! The tables of a report on the disk, read back with the types of their columns.

use std::path::Path;

use super::cell::Cell;
use super::column::ColumnKind;
use super::tables;
use super::tabular::TableFile;
use crate::Result;

/// A table of a report in a folder.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// # let dir = std::env::temp_dir().join(format!("sayso-stored-{}", std::process::id()));
/// let mut report = sayso::Report::create(&dir, sayso::report::RunOptions::default())?;
/// report.add(&sayso::Pipeline::builder().build()?.analyze_text("Rates will rise, she said.")?)?;
/// report.finish()?;
/// let tables = sayso::report::StoredTable::all(&dir)?;
/// let quotes = tables.iter().find(|table| table.name() == "quotes").expect("a table of quotations");
/// assert_eq!(quotes.columns().next().map(|(name, _)| name), Some("quote_id"));
/// assert_eq!(quotes.rows()?.count(), 1);
/// # std::fs::remove_dir_all(&dir).ok();
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct StoredTable(TableFile);

impl StoredTable {
    /// Opens every table of the report in the folder `dir`, which has them as CSV.
    ///
    /// # Errors
    /// Where one is missing or of another version.
    pub fn all(dir: &Path) -> Result<Vec<Self>> {
        tables::shapes().into_iter().map(|shape| TableFile::open(dir, shape).map(Self)).collect()
    }

    /// The name of its file without the ending.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The columns, the user's own last, each with the type of its values.
    pub fn columns(&self) -> impl Iterator<Item = (&str, ColumnKind)> {
        self.0.columns.iter().map(|column| (column.name.as_str(), column.kind))
    }

    /// The rows, one after another; each as long as [`Self::columns`].
    ///
    /// # Errors
    /// Where the file cannot be read; so does a row that does not fit its columns.
    pub fn rows(&self) -> Result<impl Iterator<Item = Result<Vec<Cell>>> + Send + use<>> {
        self.0.rows()
    }
}
