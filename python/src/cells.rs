//! The cells of tables as Arrow arrays, with the types that the tables' Parquet files have.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Int64Array, ListArray, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use sayso::report::{Cell, ColumnKind, ends};

/// The name of a list's members, as in Parquet files.
const ELEMENT: &str = "element";

fn text_element() -> Field {
    Field::new(ELEMENT, DataType::Utf8, false)
}

fn places() -> Fields {
    Fields::from(vec![Field::new("start", DataType::Int64, false), Field::new("end", DataType::Int64, false)])
}

fn place_element() -> Field {
    Field::new(ELEMENT, DataType::Struct(places()), false)
}

/// The field of a column; only lists are never missing.
pub(crate) fn field(name: &str, kind: ColumnKind) -> Field {
    match kind {
        ColumnKind::Text => Field::new(name, DataType::Utf8, true),
        ColumnKind::Count => Field::new(name, DataType::Int64, true),
        ColumnKind::Decimal => Field::new(name, DataType::Float64, true),
        ColumnKind::Flag => Field::new(name, DataType::Boolean, true),
        ColumnKind::List => Field::new(name, DataType::List(Arc::new(text_element())), false),
        ColumnKind::Spans => Field::new(name, DataType::List(Arc::new(place_element())), false),
    }
}

/// The values of one column in the making.
#[derive(Debug)]
pub(crate) enum Values {
    Text(StringBuilder),
    Count(Int64Builder),
    Decimal(Float64Builder),
    Flag(BooleanBuilder),
    List(ListBuilder<StringBuilder>),
    Spans { starts: Vec<i64>, ends: Vec<i64>, lengths: Vec<usize> },
}

impl Values {
    pub(crate) fn new(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Text(StringBuilder::new()),
            ColumnKind::Count => Self::Count(Int64Builder::new()),
            ColumnKind::Decimal => Self::Decimal(Float64Builder::new()),
            ColumnKind::Flag => Self::Flag(BooleanBuilder::new()),
            ColumnKind::List => Self::List(ListBuilder::new(StringBuilder::new()).with_field(text_element())),
            ColumnKind::Spans => Self::Spans { starts: Vec::new(), ends: Vec::new(), lengths: Vec::new() },
        }
    }

    /// Adds a cell; one of another type is missing.
    pub(crate) fn add(&mut self, cell: &Cell) {
        match (self, cell) {
            (Self::Text(values), Cell::Text(text)) => values.append_value(text),
            (Self::Text(values), _) => values.append_null(),
            (Self::Count(values), Cell::Count(count)) => values.append_value(i64::try_from(*count).unwrap_or(i64::MAX)),
            (Self::Count(values), _) => values.append_null(),
            (Self::Decimal(values), Cell::Decimal(number)) => values.append_value(*number),
            (Self::Decimal(values), _) => values.append_null(),
            (Self::Flag(values), Cell::Flag(is_so)) => values.append_value(*is_so),
            (Self::Flag(values), _) => values.append_null(),
            (Self::List(values), cell) => {
                if let Cell::List(members) = cell {
                    for member in members {
                        values.values().append_value(member);
                    }
                }
                values.append(true);
            }
            (Self::Spans { starts, ends: stops, lengths }, cell) => {
                let members = if let Cell::List(members) = cell { members.as_slice() } else { &[] };
                starts.extend(members.iter().map(|place| ends(place).0));
                stops.extend(members.iter().map(|place| ends(place).1));
                lengths.push(members.len());
            }
        }
    }

    /// The array of what was added.
    pub(crate) fn finish(self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(mut values) => Arc::new(values.finish()),
            Self::Count(mut values) => Arc::new(values.finish()),
            Self::Decimal(mut values) => Arc::new(values.finish()),
            Self::Flag(mut values) => Arc::new(values.finish()),
            Self::List(mut values) => Arc::new(values.finish()),
            Self::Spans { starts, ends, lengths } => {
                let columns: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(starts)), Arc::new(Int64Array::from(ends))];
                let members = StructArray::try_new(places(), columns, None)?;
                let offsets = arrow_buffer::OffsetBuffer::from_lengths(lengths);
                Arc::new(ListArray::try_new(Arc::new(place_element()), offsets, Arc::new(members), None)?)
            }
        })
    }
}
