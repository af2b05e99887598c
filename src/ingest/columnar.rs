//! Parquet: one article a row, read row group by row group.

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::ReadOptions;
use super::columns::{Header, MOST_COLUMNS};
use super::format::{Each, Format, Input, Likelihood};
use crate::{Error, ErrorKind, Result};

/// A table of columns.
#[derive(Debug)]
pub(super) struct Parquet;

impl Format for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        if head.starts_with(b"PAR1") { Likelihood::ByContent } else { Likelihood::No }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let file = input.seekable(options.max_file_bytes.saturating_mul(64))?;
        let reader = SerializedFileReader::new(file).map_err(|error| broken(&error))?;
        let schema = reader.metadata().file_metadata().schema();
        let columns: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).take(MOST_COLUMNS + 1).collect();
        let header = Header::new(self.name(), &columns, &options.columns)?;
        let rows = reader.get_row_iter(None).map_err(|error| broken(&error))?;
        for (number, row) in (1..).zip(rows) {
            // A page that cannot be read ends the file: what follows has lost its place.
            let row = row.map_err(|error| broken(&error).at(format!("row {number}")))?;
            let cells = row.into_columns().into_iter().map(|(_, field)| text(&field)).collect();
            let Some(article) = header.article(cells, number) else { continue };
            if each(article).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Input(format!("no Parquet file: {error}"))).with_hint("check that the file was written whole")
}

fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::ListInternal(list) => list.elements().iter().map(text).collect::<Vec<_>>().join("; "),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::failures;
    use super::*;

    #[test]
    fn what_is_no_table_is_told() {
        for bytes in [&b"PAR1"[..], b"PAR1 and nothing PAR1", b""] {
            let failed = failures(&Parquet, bytes, "a.parquet", &ReadOptions::default());
            assert!(failed.len() == 1 && failed[0].starts_with("no Parquet file: "), "{failed:?}");
        }
    }
}
