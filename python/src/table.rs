//! A table of a run as Arrow: read from its file batch by batch, as often as it is asked for.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::{PyRecordBatchReader, PySchema};
use sayso::report::{Cell, ColumnKind, StoredTable};
use tempfile::TempDir;

use crate::cells::{Values, field};
use crate::errors::raised;

/// How many rows a batch has at most.
const ROWS: usize = 8_192;

/// A table of a run.
#[pyclass(frozen, module = "sayso._sayso")]
#[derive(Debug)]
pub(crate) struct Table {
    stored: StoredTable,
    schema: SchemaRef,
    /// The folder that the table's file is in, which goes with the last table.
    folder: Arc<TempDir>,
}

impl Table {
    pub(crate) fn new(table: StoredTable, folder: Arc<TempDir>) -> Self {
        let fields: Vec<_> = table.columns().map(|(name, kind)| field(name, kind)).collect();
        let schema = Arc::new(Schema::new(fields));
        Self { stored: table, schema, folder }
    }

    fn reader(&self, py: Python<'_>) -> PyResult<PyRecordBatchReader> {
        let rows = self.stored.rows().map_err(|error| raised(py, &error))?;
        let kinds = self.stored.columns().map(|(_, kind)| kind).collect();
        let reader = TableReader { rows, kinds, schema: Arc::clone(&self.schema), _folder: Arc::clone(&self.folder) };
        Ok(PyRecordBatchReader::new(Box::new(reader)))
    }
}

#[pymethods]
impl Table {
    /// Its name, that of its file without the ending.
    #[getter]
    fn name(&self) -> &'static str {
        self.stored.name()
    }

    /// The names of its columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.stored.columns().map(|(name, _)| name).collect()
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        py.detach(|| self.stored.rows().map(Iterator::count)).map_err(|error| raised(py, &error))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyAny>> {
        let reader = Bound::new(py, self.reader(py)?)?;
        reader.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Bound::new(py, PySchema::new(Arc::clone(&self.schema)))?.call_method0("__arrow_c_schema__")
    }
}

/// The batches of a table.
struct TableReader<R> {
    rows: R,
    kinds: Vec<ColumnKind>,
    schema: SchemaRef,
    _folder: Arc<TempDir>,
}

impl<R: Iterator<Item = sayso::Result<Vec<Cell>>>> Iterator for TableReader<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut columns: Vec<Values> = self.kinds.iter().map(|kind| Values::new(*kind)).collect();
        let mut taken = 0;
        for row in self.rows.by_ref().take(ROWS) {
            match row {
                Ok(cells) => columns.iter_mut().zip(&cells).for_each(|(values, cell)| values.add(cell)),
                Err(error) => return Some(Err(ArrowError::ExternalError(Box::new(error)))),
            }
            taken += 1;
        }
        let arrays = columns.into_iter().map(Values::finish).collect::<Result<Vec<_>, _>>();
        (taken > 0).then(|| RecordBatch::try_new(Arc::clone(&self.schema), arrays?))
    }
}

impl<R: Iterator<Item = sayso::Result<Vec<Cell>>>> RecordBatchReader for TableReader<R> {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
