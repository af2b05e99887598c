//! `sayso.xlsx`: a sheet a table, with a header that stays and filters, and a first sheet that says what is where.
//!
//! Excel holds 1,048,576 rows in a sheet and 32,767 characters in a cell. A table of more rows goes on in a sheet of the same name with a
//! number; a longer cell is cut and says so. Both are told on the first sheet and by the run. Rows go to the disk as they come.

use std::fs::OpenOptions;
use std::path::Path;

use rust_xlsxwriter::{ColNum, DocProperties, ExcelDateTime, Format, RowNum, Workbook, Worksheet, XlsxError};

use super::super::cell::{Cell, joined, rounded};
use super::super::column::ColumnKind;
use super::source::{NamedColumn, TableFile};
use crate::{Error, ErrorKind, Result};

/// The file's name.
pub(in crate::report) const XLSX: &str = "sayso.xlsx";

/// What Excel holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Rows of a sheet, with the header.
    pub(super) rows: RowNum,
    /// UTF-16 units of a cell.
    pub(super) units: usize,
}

/// Excel's own limits.
pub(super) const EXCEL: Limits = Limits { rows: 1_048_576, units: 32_767 };

/// What stands at the end of a cell that is cut.
const CUT: &str = " … [cut: Excel holds no longer cell]";

/// The first sheet's name.
const ABOUT: &str = "about";

/// Writes all tables into one workbook in `to`; what Excel could not hold whole is told.
pub(super) fn write(files: &[TableFile], to: &Path) -> Result<Vec<String>> {
    write_within(EXCEL, files, to)
}

pub(super) fn write_within(limits: Limits, files: &[TableFile], to: &Path) -> Result<Vec<String>> {
    let mut book = Workbook::new();
    // What Excel shows as the day of making: a clock would make equal runs differ.
    let day = ExcelDateTime::from_ymd(1980, 1, 1).map_err(failed)?;
    book.set_properties(&DocProperties::new().set_title("sayso").set_creation_datetime(&day));
    book.set_tempdir(to).map_err(failed)?;
    book.add_worksheet().set_name(ABOUT).map_err(failed)?;
    let mut sheets = Vec::new();
    for table in files {
        sheets.extend(Sheets { table, limits }.write(&mut book)?);
    }
    about(book.worksheet_from_index(0).map_err(failed)?, &sheets).map_err(failed)?;
    let file = OpenOptions::new().write(true).create_new(true).open(to.join(XLSX));
    let file = file.map_err(|error| Error::new(ErrorKind::Write(error)).at(XLSX))?;
    book.save_to_writer(file).map_err(failed)?;
    Ok(sheets.iter().filter_map(Sheet::note).collect())
}

fn failed(error: XlsxError) -> Error {
    let error = match error {
        XlsxError::IoError(error) => error,
        error => std::io::Error::other(error),
    };
    Error::new(ErrorKind::Write(error)).at(XLSX)
}

/// What became of one sheet.
#[derive(Debug)]
struct Sheet {
    name: String,
    rows: usize,
    cut: usize,
    goes_on: bool,
}

impl Sheet {
    /// What Excel could not hold.
    fn note(&self) -> Option<String> {
        let cut = (self.cut > 0).then(|| format!("cells cut to the length that Excel holds: {}", self.cut));
        let goes_on = self.goes_on.then(|| "more rows than Excel holds in a sheet: goes on in the next".to_owned());
        let notes: Vec<String> = cut.into_iter().chain(goes_on).collect();
        (!notes.is_empty()).then(|| format!("{XLSX}, sheet {}: {}", self.name, notes.join("; ")))
    }
}

/// The sheets of one table.
struct Sheets<'a> {
    table: &'a TableFile,
    limits: Limits,
}

impl Sheets<'_> {
    fn write(&self, book: &mut Workbook) -> Result<Vec<Sheet>> {
        let mut sheets = vec![self.open(book, 1)?];
        let mut at: RowNum = 1;
        self.table.each_row(|row| {
            if at >= self.limits.rows {
                let number = sheets.len() + 1;
                close(book, at, self.table.columns.len()).map_err(failed)?;
                if let Some(sheet) = sheets.last_mut() {
                    sheet.goes_on = true;
                }
                sheets.push(self.open(book, number)?);
                at = 1;
            }
            let cut = self.row(last(book).map_err(failed)?, at, row).map_err(failed)?;
            if let Some(sheet) = sheets.last_mut() {
                sheet.rows += 1;
                sheet.cut += cut;
            }
            at += 1;
            Ok(())
        })?;
        close(book, at, self.table.columns.len()).map_err(failed)?;
        Ok(sheets)
    }

    /// A new sheet with its header.
    fn open(&self, book: &mut Workbook, number: usize) -> Result<Sheet> {
        let name = if number == 1 { self.table.name.to_owned() } else { format!("{} ({number})", self.table.name) };
        self.header(book, &name).map_err(failed)?;
        Ok(Sheet { name, rows: 0, cut: 0, goes_on: false })
    }

    fn header(&self, book: &mut Workbook, name: &str) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (at, column) in (0..).zip(&self.table.columns) {
            sheet.set_column_width(at, width(column))?;
            sheet.write_string_with_format(0, at, &column.name, &bold)?;
        }
        Ok(())
    }

    /// Writes a row; says how many of its cells were cut.
    fn row(&self, sheet: &mut Worksheet, at: RowNum, row: &[Cell]) -> Result<usize, XlsxError> {
        let mut cut = 0;
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => cut += usize::from(self.text(sheet, at, column, text)?),
                Cell::List(members) if members.is_empty() => {}
                Cell::List(members) => cut += usize::from(self.text(sheet, at, column, &joined(members))?),
                Cell::Count(count) => {
                    sheet.write_number(at, column, *count as f64)?;
                }
                Cell::Decimal(number) => {
                    sheet.write_number(at, column, rounded(*number))?;
                }
                Cell::Flag(is_so) => {
                    sheet.write_boolean(at, column, *is_so)?;
                }
                Cell::Empty => {}
            }
        }
        Ok(cut)
    }

    /// Writes text as text, whatever it looks like; says whether it was cut.
    fn text(&self, sheet: &mut Worksheet, at: RowNum, column: ColNum, text: &str) -> Result<bool, XlsxError> {
        let short = shortened(text, self.limits.units);
        sheet.write_string(at, column, short.as_deref().unwrap_or(text))?;
        Ok(short.is_some())
    }
}

/// The beginning of a text that is too long, with a note that it is one.
fn shortened(text: &str, units: usize) -> Option<String> {
    // Bytes are never fewer than units.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return None;
    }
    let mut room = units.saturating_sub(CUT.encode_utf16().count());
    let kept = text.chars().take_while(|ch| {
        let fits = ch.len_utf16() <= room;
        room = room.saturating_sub(ch.len_utf16());
        fits
    });
    Some(kept.chain(CUT.chars()).collect())
}

/// The sheet that was added last.
fn last(book: &mut Workbook) -> Result<&mut Worksheet, XlsxError> {
    let count = book.worksheets().len();
    book.worksheet_from_index(count.saturating_sub(1))
}

/// Puts filters on the header of a sheet whose next row would be `rows`.
fn close(book: &mut Workbook, rows: RowNum, columns: usize) -> Result<(), XlsxError> {
    let last_column = ColNum::try_from(columns.saturating_sub(1)).unwrap_or(ColNum::MAX);
    last(book)?.autofilter(0, 0, rows.saturating_sub(1).max(1), last_column).map(|_| ())
}

fn width(column: &NamedColumn) -> f64 {
    match column.kind {
        ColumnKind::Text if ["content", "passage", "text", "title", "words"].contains(&column.name.as_str()) => 50.0,
        ColumnKind::Text | ColumnKind::List | ColumnKind::Spans => 20.0,
        ColumnKind::Count | ColumnKind::Decimal | ColumnKind::Flag => 12.0,
    }
}

fn about(sheet: &mut Worksheet, sheets: &[Sheet]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (at, (name, width)) in (0..).zip([("sheet", 24.0), ("rows", 12.0), ("cells cut", 12.0), ("note", 70.0)]) {
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, name, &bold)?;
    }
    for (at, told) in (1..).zip(sheets) {
        sheet.write_string(at, 0, &told.name)?;
        sheet.write_number(at, 1, told.rows as f64)?;
        sheet.write_number(at, 2, told.cut as f64)?;
        if told.goes_on {
            sheet.write_string(at, 3, "more rows than Excel holds in a sheet: goes on in the next")?;
        }
    }
    let end = RowNum::try_from(sheets.len()).unwrap_or(RowNum::MAX).saturating_add(2);
    sheet.write_string(end, 0, "What each column holds: report.md of sayso, \"What a report holds\".")?;
    Ok(())
}
