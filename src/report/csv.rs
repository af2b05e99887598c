//! CSV as RFC 4180 has it: UTF-8, a header row, quotes where needed, lines that end in CR LF.

use ::csv::{Terminator, WriterBuilder};

use super::article::Article;
use super::cell::Cell;
use super::exporter::{Exporter, FailedArticle};
use super::folder::{Folder, StagedFile};
use super::tables::Table;
use crate::{Error, ErrorKind, Result};

/// Writes one table as a CSV file, row by row.
pub(super) struct CsvExporter {
    table: &'static dyn Table,
    writer: ::csv::Writer<StagedFile>,
}

impl CsvExporter {
    /// Opens the table's file and writes its header.
    pub(super) fn create(folder: &Folder, table: &'static dyn Table) -> Result<Self> {
        let file = folder.create(&format!("{}.csv", table.name()))?;
        let mut exporter = Self { table, writer: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file) };
        exporter.write(|writer| writer.write_record(table.columns()))?;
        Ok(exporter)
    }

    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.write(|writer| writer.write_record(cells.iter().map(|cell| cell.to_csv().into_owned())))
    }

    fn write(&mut self, write: impl FnOnce(&mut ::csv::Writer<StagedFile>) -> Result<(), ::csv::Error>) -> Result<()> {
        let path = format!("{}.csv", self.table.name());
        write(&mut self.writer).map_err(|error| Error::new(ErrorKind::Write(error.into())).at(path))
    }
}

impl Exporter for CsvExporter {
    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        self.table.rows(article).iter().try_for_each(|row| self.row(row))
    }

    fn add_failed(&mut self, failed: FailedArticle<'_>) -> Result<()> {
        self.table.failed_row(failed).iter().try_for_each(|row| self.row(row))
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.write(|writer| writer.flush().map_err(Into::into))
    }
}
