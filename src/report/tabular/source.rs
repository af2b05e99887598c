//! A table read back from its CSV file: every cell is what it was when it was written.

use std::fs::File;
use std::path::{Path, PathBuf};

use ::csv::{Reader, StringRecord};

use super::super::articles::OWN;
use super::super::cell::{Cell, as_it_was, members};
use super::super::column::{ColumnKind, TableShape};
use crate::{Error, ErrorKind, Result};

/// A table on the disk.
#[derive(Debug)]
pub(in crate::report) struct TableFile {
    path: PathBuf,
    pub(in crate::report) name: &'static str,
    /// Those that every run has, then the user's own.
    pub(in crate::report) columns: Vec<NamedColumn>,
    /// How many of the columns every run has.
    pub(super) fixed: usize,
}

/// A column as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct NamedColumn {
    pub(in crate::report) name: String,
    pub(in crate::report) kind: ColumnKind,
}

impl TableFile {
    /// Opens the table of this shape in the folder `dir`.
    pub(in crate::report) fn open(dir: &Path, shape: TableShape) -> Result<Self> {
        let path = dir.join(format!("{}.csv", shape.name));
        let mut reader = reader(&path)?;
        let header = reader.headers().map_err(|error| unreadable(&path, &error))?;
        let fixed = shape.columns.len();
        let is_of_this_version = shape.columns.iter().map(|column| column.name).eq(header.iter().take(fixed))
            && header.iter().skip(fixed).all(|name| name.starts_with(OWN));
        if !is_of_this_version {
            let error = Error::new(ErrorKind::Input("the columns are those of another version of sayso".to_owned())).at(&path);
            return Err(error.with_hint("analyse the articles again"));
        }
        let own = header.iter().skip(fixed).map(|name| NamedColumn { name: name.to_owned(), kind: ColumnKind::Text });
        let columns = shape.columns.iter().map(|column| NamedColumn { name: column.name.to_owned(), kind: column.kind });
        Ok(Self { columns: columns.chain(own).collect(), path, name: shape.name, fixed })
    }

    /// Calls `take` with the cells of every row, in order.
    pub(super) fn each_row(&self, mut take: impl FnMut(&[Cell]) -> Result<()>) -> Result<()> {
        self.rows()?.try_for_each(|row| take(&row?))
    }

    /// The cells of every row, in order.
    pub(in crate::report) fn rows(&self) -> Result<Rows> {
        Ok(Rows { reader: reader(&self.path)?, record: StringRecord::new(), path: self.path.clone(), columns: self.columns.clone() })
    }
}

/// The rows of a table that is read.
pub(in crate::report) struct Rows {
    reader: Reader<File>,
    record: StringRecord,
    path: PathBuf,
    columns: Vec<NamedColumn>,
}

impl Rows {
    fn read(&mut self) -> Result<Option<Vec<Cell>>> {
        if !self.reader.read_record(&mut self.record).map_err(|error| unreadable(&self.path, &error))? {
            return Ok(None);
        }
        let cells = self.columns.iter().zip(&self.record).map(|(column, text)| {
            cell(column.kind, text).ok_or_else(|| {
                let line = self.record.position().map_or(0, ::csv::Position::line);
                let reason = format!("line {line}: `{}`: '{text}' is no {}", column.name, what(column.kind));
                Error::new(ErrorKind::Input(reason)).at(&self.path)
            })
        });
        cells.collect::<Result<_>>().map(Some)
    }
}

impl Iterator for Rows {
    type Item = Result<Vec<Cell>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn reader(path: &Path) -> Result<Reader<File>> {
    let file = File::open(path).map_err(|error| {
        let error = Error::new(ErrorKind::Read(error)).at(path);
        error.with_hint("these formats are made of a report's tables: analyse with --format csv")
    })?;
    Ok(Reader::from_reader(file))
}

fn unreadable(path: &Path, error: &::csv::Error) -> Error {
    Error::new(ErrorKind::Input(format!("not a table of a report: {error}"))).at(path)
}

/// The value a CSV file shows so; a list is never missing, as it may have no members.
fn cell(kind: ColumnKind, text: &str) -> Option<Cell> {
    match kind {
        ColumnKind::List | ColumnKind::Spans => Some(Cell::List(members(as_it_was(text)))),
        _ if text.is_empty() => Some(Cell::Empty),
        ColumnKind::Text => Some(Cell::from(as_it_was(text))),
        ColumnKind::Count => text.parse().ok().map(Cell::Count),
        ColumnKind::Decimal => text.parse().ok().map(Cell::Decimal),
        ColumnKind::Flag => text.parse().ok().map(Cell::Flag),
    }
}

/// The two ends of a place as a cell of places shows it, `12..25`; zero and zero where it is none.
///
/// ```
/// assert_eq!(sayso::report::ends("12..25"), (12, 25));
/// ```
pub fn ends(place: &str) -> (i64, i64) {
    let ends = place.split_once("..").and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    ends.unwrap_or_default()
}

fn what(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::List | ColumnKind::Spans => "text",
        ColumnKind::Count => "whole number",
        ColumnKind::Decimal => "number",
        ColumnKind::Flag => "true or false",
    }
}
