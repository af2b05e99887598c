//! The rows of one record batch and what they say, for engines that run on many machines: what is said of a row depends on that row alone.
//!
//! Either one row for each article with lists of what it says, or the rows of one table, an article that failed with a row that says so.

use std::sync::Arc;

use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use pyo3::prelude::*;
use pyo3_arrow::PySchema;
use sayso::ingest::{ArticleSource, ReadOptions, RowReader};
use sayso::report::{Cell, Column, TableShape, article_rows, article_tables, failed_row};
use sayso::{Analysis, Batch, Error, ErrorKind, Pipeline};

use crate::arrow_rows::{cells, names};
use crate::cells::{Values, field};
use crate::errors::Stop;

/// What only a run knows, or what depends on where a row stands.
const LEFT_OUT: [&str; 8] = ["person_id", "quotation_cluster", "cluster_id", "is_copy_of", "tf_idf", "path", "place", "rule"];

/// What the rows of one table say of their article beside.
const OF_ARTICLE: [&str; 2] = ["status", "note"];

/// What comes out: lists of every table, or the rows of one.
#[derive(Debug)]
pub(crate) struct Shape {
    tables: Vec<TableShape>,
    /// The index of the table whose rows are wanted.
    only: Option<usize>,
}

/// The numbers in an article's own row that lists of these names stand for.
const COUNTED: [&str; 2] = ["quotes", "speakers"];

fn kept(shape: &TableShape) -> impl Iterator<Item = (usize, &'static Column)> {
    let counted: &[&str] = if shape.name == "articles" { &COUNTED } else { &[] };
    shape.columns.iter().enumerate().filter(move |(_, column)| !LEFT_OUT.contains(&column.name) && !counted.contains(&column.name))
}

fn fields(shape: &TableShape) -> Fields {
    kept(shape).map(|(_, column)| field(column.name, column.kind)).collect()
}

impl Shape {
    /// The rows of the table of this name; without one, an article a row.
    pub(crate) fn named(table: Option<&str>) -> sayso::Result<Self> {
        let tables = article_tables();
        let Some(name) = table else { return Ok(Self { tables, only: None }) };
        let only = tables.iter().position(|shape| shape.name == name && name != "articles").ok_or_else(|| {
            let known: Vec<&str> = tables.iter().skip(1).map(|shape| shape.name).collect();
            let error = Error::new(ErrorKind::Config(format!("there is no table '{name}' of single articles")));
            error.with_hint(format!("there are {}; without a name each article is a row", known.join(", ")))
        })?;
        Ok(Self { tables, only: Some(only) })
    }

    fn schema(&self) -> Schema {
        let Some(articles) = self.tables.first() else { return Schema::empty() };
        let status = articles.columns.iter().filter(|column| OF_ARTICLE.contains(&column.name));
        if let Some(shape) = self.only.and_then(|only| self.tables.get(only)) {
            let fields: Vec<_> = fields(shape).iter().map(|field| field.as_ref().clone()).collect();
            return Schema::new(fields.into_iter().chain(status.map(|column| field(column.name, column.kind))).collect::<Vec<_>>());
        }
        let lists = self.tables.iter().skip(1).map(|shape| {
            let row = Field::new("element", DataType::Struct(fields(shape)), false);
            Field::new(shape.name, DataType::List(Arc::new(row)), false)
        });
        Schema::new(kept(articles).map(|(_, column)| field(column.name, column.kind)).chain(lists).collect::<Vec<_>>())
    }
}

/// The schema of what comes out, of every table or of one.
#[pyfunction]
#[pyo3(signature = (table=None))]
pub(crate) fn batch_schema(py: Python<'_>, table: Option<&str>) -> PyResult<PySchema> {
    let shape = Shape::named(table).map_err(|error| crate::errors::raised(py, &error))?;
    Ok(PySchema::new(Arc::new(shape.schema())))
}

/// The rows of one table in the making, without the columns that are left out.
struct Rows {
    columns: Vec<(usize, Values)>,
    fields: Fields,
}

impl Rows {
    fn new(shape: &TableShape) -> Self {
        let columns = kept(shape).map(|(at, column)| (at, Values::new(column.kind))).collect();
        Self { columns, fields: fields(shape) }
    }

    fn add(&mut self, row: &[Cell]) {
        for (at, values) in &mut self.columns {
            values.add(row.get(*at).unwrap_or(&Cell::Empty));
        }
    }

    fn finish(self) -> Result<(Fields, Vec<ArrayRef>), ArrowError> {
        let arrays = self.columns.into_iter().map(|(_, values)| values.finish()).collect::<Result<_, _>>()?;
        Ok((self.fields, arrays))
    }
}

/// What an article says: its own row and those of the other tables.
fn said(source: &ArticleSource, outcome: sayso::Result<Analysis>, tables: usize) -> Vec<Vec<Vec<Cell>>> {
    match outcome {
        Ok(analysis) => article_rows(&analysis),
        Err(error) => {
            let mut rows = vec![Vec::new(); tables];
            if let Some(own) = rows.first_mut() {
                own.push(failed_row(source, &error));
            }
            rows
        }
    }
}

/// Analyses the rows of a batch.
pub(crate) fn analyze(
    pipeline: &Pipeline,
    options: &ReadOptions,
    name: &str,
    batch: &RecordBatch,
    shape: &Shape,
) -> Result<RecordBatch, Stop> {
    let rows = RowReader::new(name, &names(&batch.schema()), options)?.with_ids_of_content();
    let cells = cells(batch).map_err(|error| Error::new(ErrorKind::Input(format!("the table cannot be read: {error}"))).at(name))?;
    let mut articles = Vec::with_capacity(cells.len());
    let incoming = (1..).zip(cells).map(|(number, cells)| rows.read_any(number, cells));
    Batch::new(pipeline, options.clone()).keeping_ids().run_each(incoming, |source, outcome| {
        articles.push(said(source, outcome, shape.tables.len()));
        Python::attach(|py| -> Result<(), Stop> {
            py.check_signals()?;
            Ok(())
        })
    })?;
    let made = if shape.only.is_some() { flat(shape, &articles) } else { nested(shape, &articles) };
    made.map_err(|error| Error::new(ErrorKind::Bug(format!("the rows do not fit their schema: {error}"))).into())
}

/// One row an article, with a list for each table.
fn nested(shape: &Shape, articles: &[Vec<Vec<Vec<Cell>>>]) -> Result<RecordBatch, ArrowError> {
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (at, table) in shape.tables.iter().enumerate() {
        let mut rows = Rows::new(table);
        let of_table = || articles.iter().filter_map(|article| article.get(at));
        of_table().flatten().for_each(|row| rows.add(row));
        let (fields, columns) = rows.finish()?;
        if at == 0 {
            arrays.extend(columns);
            continue;
        }
        let element = Arc::new(Field::new("element", DataType::Struct(fields.clone()), false));
        let members = StructArray::try_new(fields, columns, None)?;
        let offsets = OffsetBuffer::from_lengths(of_table().map(Vec::len));
        arrays.push(Arc::new(ListArray::try_new(element, offsets, Arc::new(members), None)?));
    }
    RecordBatch::try_new(Arc::new(shape.schema()), arrays)
}

/// The rows of one table; an article that failed has one with its id alone.
fn flat(shape: &Shape, articles: &[Vec<Vec<Vec<Cell>>>]) -> Result<RecordBatch, ArrowError> {
    let (Some(own), Some((at, table))) = (shape.tables.first(), shape.only.and_then(|at| Some((at, shape.tables.get(at)?)))) else {
        return RecordBatch::try_new(Arc::new(shape.schema()), Vec::new());
    };
    let place = |shape: &TableShape, name: &str| shape.columns.iter().position(|column| column.name == name);
    let beside: Vec<(usize, &Column)> = own.columns.iter().enumerate().filter(|(_, column)| OF_ARTICLE.contains(&column.name)).collect();
    let (mut rows, id) = (Rows::new(table), place(table, "article_id"));
    let mut told: Vec<Values> = beside.iter().map(|(_, column)| Values::new(column.kind)).collect();
    for article in articles {
        let Some(row) = article.first().and_then(|rows| rows.first()) else { continue };
        let is_analysed = place(own, "status").and_then(|at| row.get(at)) == Some(&Cell::from("analysed"));
        let failed: Vec<Vec<Cell>> = if is_analysed {
            Vec::new()
        } else {
            let cell = |at: usize| if Some(at) == id { row.first().cloned().unwrap_or(Cell::Empty) } else { Cell::Empty };
            vec![(0..table.columns.len()).map(cell).collect()]
        };
        for cells in article.get(at).into_iter().flatten().chain(&failed) {
            rows.add(cells);
            for ((at, _), values) in beside.iter().zip(&mut told) {
                values.add(row.get(*at).unwrap_or(&Cell::Empty));
            }
        }
    }
    let (_, mut arrays) = rows.finish()?;
    for values in told {
        arrays.push(values.finish()?);
    }
    RecordBatch::try_new(Arc::new(shape.schema()), arrays)
}
