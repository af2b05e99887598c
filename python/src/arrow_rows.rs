//! The rows of Arrow tables as articles on their way: every cell as text, as the reader of Parquet files has it.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use sayso::ingest::{Incoming, RowReader};

/// The names of a table's columns.
pub(crate) fn names(schema: &SchemaRef) -> Vec<String> {
    schema.fields().iter().map(|field| field.name().clone()).collect()
}

/// Every cell of a batch as text, row after row.
pub(crate) fn cells(batch: &RecordBatch) -> Result<Vec<Vec<String>>, ArrowError> {
    let mut rows: Vec<Vec<String>> = (0..batch.num_rows()).map(|_| Vec::with_capacity(batch.num_columns())).collect();
    let options = FormatOptions::default();
    for column in batch.columns() {
        let formatter = ArrayFormatter::try_new(column, &options)?;
        for (at, row) in rows.iter_mut().enumerate() {
            row.push(if column.is_null(at) { String::new() } else { text(column, at, &formatter)? });
        }
    }
    Ok(rows)
}

/// Whole numbers that a program holds as floats, as pandas does where one is missing, are whole; the members of a list are joined.
fn text(column: &dyn Array, at: usize, formatter: &ArrayFormatter<'_>) -> Result<String, ArrowError> {
    match column.data_type() {
        DataType::Float64 => Ok(column.as_primitive::<Float64Type>().value(at).to_string()),
        DataType::Float32 => Ok(column.as_primitive::<Float32Type>().value(at).to_string()),
        DataType::List(_) => joined(column.as_list::<i32>().value(at).as_ref()),
        DataType::LargeList(_) => joined(column.as_list::<i64>().value(at).as_ref()),
        _ => formatter.value(at).try_to_string(),
    }
}

fn joined(members: &dyn Array) -> Result<String, ArrowError> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(members, &options)?;
    let texts = (0..members.len()).map(|at| if members.is_null(at) { Ok(String::new()) } else { text(members, at, &formatter) });
    Ok(texts.collect::<Result<Vec<_>, _>>()?.join("; "))
}

/// The articles of a stream of batches.
pub(crate) struct ArrowRows {
    reader: Box<dyn RecordBatchReader + Send>,
    rows: RowReader,
    batch: std::vec::IntoIter<Vec<String>>,
    number: u64,
    /// What has ended the stream before its end.
    failed: Arc<Mutex<Option<ArrowError>>>,
}

impl ArrowRows {
    pub(crate) fn new(reader: Box<dyn RecordBatchReader + Send>, rows: RowReader) -> Self {
        Self { reader, rows, batch: Vec::new().into_iter(), number: 0, failed: Arc::default() }
    }

    /// Where an error of the stream will stand.
    pub(crate) fn failure(&self) -> Arc<Mutex<Option<ArrowError>>> {
        Arc::clone(&self.failed)
    }
}

impl Iterator for ArrowRows {
    type Item = Incoming;

    fn next(&mut self) -> Option<Incoming> {
        loop {
            let Some(row) = self.batch.next() else {
                match self.reader.next()?.and_then(|batch| cells(&batch)) {
                    Ok(rows) => self.batch = rows.into_iter(),
                    Err(error) => {
                        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                        return None;
                    }
                }
                continue;
            };
            self.number += 1;
            // A row without anything is no article, as in a file.
            if let Some(incoming) = self.rows.read(self.number, row) {
                return Some(incoming);
            }
        }
    }
}
