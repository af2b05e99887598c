//! CSV as RFC 4180 has it: UTF-8, a header row, quotes where needed, lines that end in CR LF.
//!
//! A byte order mark stands first, as Excel opens a file by double click as UTF-8 only where it does. pandas, polars, DuckDB, readr and R's own
//! `read.csv` take it for what it is (`tests/tables.sh`); `--no-bom` leaves it out.

use std::io::Write;

use ::csv::{Terminator, WriterBuilder};

use super::article::Article;
use super::cell::Cell;
use super::column::Column;
use super::exporter::{Exporter, RunEnd};
use super::folder::{Folder, StagedFile};
use super::tables::{RunTable, Table};
use crate::{Error, ErrorKind, Result};

/// What tells Excel that a file is UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// Opens the CSV file `name` of a report.
pub(super) fn csv_writer(folder: &Folder, name: &str, has_bom: bool) -> Result<::csv::Writer<StagedFile>> {
    let mut file = folder.create(name)?;
    if has_bom {
        file.write_all(BOM).map_err(|error| Error::new(ErrorKind::Write(error)).at(name))?;
    }
    Ok(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file))
}

/// One CSV file in the making.
struct CsvFile {
    name: String,
    writer: ::csv::Writer<StagedFile>,
}

impl CsvFile {
    /// Opens the table's file and writes its header.
    fn create(folder: &Folder, table: &str, columns: &[Column], has_bom: bool) -> Result<Self> {
        let name = format!("{table}.csv");
        let writer = csv_writer(folder, &name, has_bom)?;
        let mut file = Self { name, writer };
        file.write(|writer| writer.write_record(columns.iter().map(|column| column.name)))?;
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
    pub(super) fn create(folder: &Folder, table: &'static dyn Table, has_bom: bool) -> Result<Self> {
        Ok(Self { table, file: CsvFile::create(folder, table.name(), table.columns(), has_bom)? })
    }
}

impl Exporter for CsvExporter {
    fn takes_copies(&self) -> bool {
        !self.table.counts()
    }

    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        self.table.rows(article).iter().try_for_each(|row| self.file.row(row))
    }

    fn finish(self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        self.file.finish()
    }
}

/// Writes a table of the whole run as a CSV file, when the run is done.
pub(super) struct RunCsvExporter {
    table: Box<dyn RunTable>,
    file: CsvFile,
}

impl RunCsvExporter {
    pub(super) fn create(folder: &Folder, table: Box<dyn RunTable>, has_bom: bool) -> Result<Self> {
        let file = CsvFile::create(folder, table.name(), table.columns(), has_bom)?;
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

    fn finish(mut self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        self.table.rows().try_for_each(|row| self.file.row(&row))?;
        self.file.finish()
    }
}
