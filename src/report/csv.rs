//! CSV as RFC 4180 has it: UTF-8, a header row, quotes where needed, lines that end in CR LF.

use ::csv::{Terminator, WriterBuilder};

use super::article::Article;
use super::cell::Cell;
use super::exporter::Exporter;
use super::folder::{Folder, StagedFile};
use super::tables::{RunTable, Table};
use crate::{Error, ErrorKind, Result};

/// One CSV file in the making.
struct CsvFile {
    name: String,
    writer: ::csv::Writer<StagedFile>,
}

impl CsvFile {
    /// Opens the table's file and writes its header.
    fn create(folder: &Folder, table: &str, columns: &[&str]) -> Result<Self> {
        let name = format!("{table}.csv");
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(folder.create(&name)?);
        let mut file = Self { name, writer };
        file.write(|writer| writer.write_record(columns))?;
        Ok(file)
    }

    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.write(|writer| writer.write_record(cells.iter().map(|cell| cell.to_csv().into_owned())))
    }

    fn finish(mut self) -> Result<()> {
        self.write(|writer| writer.flush().map_err(Into::into))
    }

    fn write(&mut self, write: impl FnOnce(&mut ::csv::Writer<StagedFile>) -> Result<(), ::csv::Error>) -> Result<()> {
        write(&mut self.writer).map_err(|error| Error::new(ErrorKind::Write(error.into())).at(&self.name))
    }
}

/// Writes one table as a CSV file, row by row.
pub(super) struct CsvExporter {
    table: &'static dyn Table,
    file: CsvFile,
}

impl CsvExporter {
    pub(super) fn create(folder: &Folder, table: &'static dyn Table) -> Result<Self> {
        Ok(Self { table, file: CsvFile::create(folder, table.name(), table.columns())? })
    }
}

impl Exporter for CsvExporter {
    fn takes_copies(&self) -> bool {
        !self.table.counts()
    }

    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        self.table.rows(article).iter().try_for_each(|row| self.file.row(row))
    }

    fn finish(self: Box<Self>, _folder: &Folder) -> Result<()> {
        self.file.finish()
    }
}

/// Writes a table of the whole run as a CSV file, when the run is done.
pub(super) struct RunCsvExporter {
    table: Box<dyn RunTable>,
    file: CsvFile,
}

impl RunCsvExporter {
    pub(super) fn create(folder: &Folder, table: Box<dyn RunTable>) -> Result<Self> {
        let file = CsvFile::create(folder, table.name(), table.columns())?;
        Ok(Self { table, file })
    }
}

impl Exporter for RunCsvExporter {
    fn takes_copies(&self) -> bool {
        !self.table.counts()
    }

    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        self.table.add(article);
        Ok(())
    }

    fn finish(mut self: Box<Self>, _folder: &Folder) -> Result<()> {
        self.table.rows().iter().try_for_each(|row| self.file.row(row))?;
        self.file.finish()
    }
}
