//! Workbooks (XLSX, XLSB, XLS, ODS): one article a row of every sheet that has a column for the text; read whole.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use super::ReadOptions;
use super::columns::Header;
use super::format::{Each, Format, Input, Likelihood, Place, RawArticle};
use super::plain::ending;
use crate::{Error, ErrorKind, Result};

/// A workbook.
#[derive(Debug)]
pub(super) struct Spreadsheet;

impl Format for Spreadsheet {
    fn name(&self) -> &'static str {
        "spreadsheet"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let is_zip = head.starts_with(b"PK\x03\x04");
        let is_ole = head.starts_with(b"\xD0\xCF\x11\xE0");
        let holds = |words: &[u8]| is_zip && head.windows(words.len()).any(|window| window == words);
        match ending(name) {
            "xlsx" | "xlsm" | "xlsb" | "ods" if is_zip => Likelihood::ByContent,
            "xls" if is_ole => Likelihood::ByContent,
            _ if holds(b"xl/workbook") || holds(b"opendocument.spreadsheet") => Likelihood::ByContent,
            _ => Likelihood::No,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let mut book = open_workbook_auto_from_rs(Cursor::new(&*bytes)).map_err(|error| broken(&error))?;
        let names = book.sheet_names();
        let mut first_problem = None;
        let mut is_any_read = false;
        for (index, name) in names.iter().enumerate() {
            let sheet = match book.worksheet_range(name) {
                Ok(sheet) => sheet,
                Err(error) => {
                    first_problem.get_or_insert(broken(&error));
                    continue;
                }
            };
            let mut rows = sheet.rows();
            let Some(columns) = rows.next() else { continue };
            let columns: Vec<String> = columns.iter().map(text).collect();
            let header = match Header::new("spreadsheet", &columns, &options.columns) {
                Ok(header) => header,
                Err(error) => {
                    first_problem.get_or_insert(error);
                    continue;
                }
            };
            is_any_read = true;
            for (number, row) in (1..).zip(rows) {
                let Some(article) = header.article(row.iter().map(text).collect(), number) else { continue };
                let article = if index == 0 { article } else { on_sheet(article, name) };
                if each(article).is_break() {
                    return Ok(());
                }
            }
        }
        match first_problem {
            Some(problem) if !is_any_read => Err(problem),
            None if !is_any_read => {
                Err(Error::new(ErrorKind::Input("holds no row".to_owned())).with_hint("the first row names the columns"))
            }
            _ => Ok(()),
        }
    }
}

/// Names the sheet of an article that does not stand on the first one.
fn on_sheet(article: Result<RawArticle>, sheet: &str) -> Result<RawArticle> {
    match article {
        Ok(mut article) => {
            article.place = Place::Member(format!("sheet {sheet}"), Box::new(article.place));
            Ok(article)
        }
        Err(error) => {
            let place = error.path().map(|path| path.display().to_string()).unwrap_or_default();
            Err(error.at(format!("sheet {sheet}, {place}")))
        }
    }
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Input(format!("no workbook: {error}"))).with_hint("check that the file was written whole and has no password")
}

/// A cell as text; a date as ISO 8601 has it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::failures;
    use super::*;

    #[test]
    fn what_is_no_workbook_is_told() {
        let options = ReadOptions::default();
        for bytes in [&b"PK\x03\x04cut off"[..], b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b""] {
            let failed = failures(&Spreadsheet, bytes, "a.xlsx", &options);
            assert!(failed.len() == 1 && failed[0].starts_with("no workbook: "), "{failed:?}");
        }
    }
}
