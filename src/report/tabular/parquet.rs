//! `parquet/TABLE.parquet`: a file a table, with types and lists.
//!
//! Rows are gathered up to a budget and written as a row group, so memory does not grow with a table. Every column but lists may miss a value;
//! a list may have no members.

use std::fs::{File, OpenOptions, create_dir_all};
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{Type, TypePtr};

use super::super::cell::{Cell, rounded};
use super::super::column::ColumnKind;
use super::super::schema::SCHEMA;
use super::super::tables;
use super::source::{NamedColumn, TableFile, ends};
use crate::{Error, ErrorKind, Result};

/// The folder of the files.
pub(in crate::report) const PARQUET: &str = "parquet";

/// The most rows, and about the most bytes of text, in a row group.
const MOST_ROWS: usize = 100_000;
const MOST_BYTES: usize = 32 << 20;

/// Whether a file in the folder is of our tables.
pub(in crate::report) fn is_ours(name: &str) -> bool {
    name.strip_suffix(".parquet").is_some_and(|stem| tables::shapes().iter().any(|shape| shape.name == stem))
}

/// Writes every table into the folder `parquet` in `to`.
pub(super) fn write(files: &[TableFile], to: &Path) -> Result<()> {
    let dir = to.join(PARQUET);
    create_dir_all(&dir).map_err(|error| Error::new(ErrorKind::Write(error)).at(PARQUET))?;
    files.iter().try_for_each(|table| {
        let name = format!("{PARQUET}/{}.parquet", table.name);
        let file = OpenOptions::new().write(true).create_new(true).open(to.join(&name));
        let file = file.map_err(|error| Error::new(ErrorKind::Write(error)).at(&name))?;
        write_table(table, file, &name)
    })
}

fn write_table(table: &TableFile, file: File, name: &str) -> Result<()> {
    let failed = |error: ParquetError| Error::new(ErrorKind::Write(std::io::Error::other(error))).at(name);
    let schema = schema(table).map_err(failed)?;
    let mut writer = SerializedFileWriter::new(file, schema, properties()).map_err(failed)?;
    let mut group = Group::new(&table.columns);
    table.each_row(|row| {
        group.add(row);
        if group.rows >= MOST_ROWS || group.bytes >= MOST_BYTES {
            group.flush(&mut writer).map_err(failed)?;
            group = Group::new(&table.columns);
        }
        Ok(())
    })?;
    if group.rows > 0 {
        group.flush(&mut writer).map_err(failed)?;
    }
    writer.close().map(|_| ()).map_err(failed)
}

fn properties() -> WriterPropertiesPtr {
    let zstd = ZstdLevel::try_new(3).map_or(Compression::SNAPPY, Compression::ZSTD);
    let version = KeyValue::new("schema".to_owned(), Some(SCHEMA.to_owned()));
    let properties = WriterProperties::builder()
        .set_created_by(concat!("sayso ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(vec![version]))
        .set_compression(zstd);
    Arc::new(properties.build())
}

/// A column is optional; a list is a required group of required texts.
fn schema(table: &TableFile) -> Result<TypePtr, ParquetError> {
    let text = |name: &str, repetition| {
        let builder = Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY).with_logical_type(Some(LogicalType::String));
        builder.with_repetition(repetition).build()
    };
    let plain = |name: &str, kind| Type::primitive_type_builder(name, kind).with_repetition(Repetition::OPTIONAL).build();
    let column = |column: &NamedColumn| {
        let name = column.name.as_str();
        let column = match column.kind {
            ColumnKind::Text => text(name, Repetition::OPTIONAL)?,
            ColumnKind::Count => plain(name, PhysicalType::INT64)?,
            ColumnKind::Decimal => plain(name, PhysicalType::DOUBLE)?,
            ColumnKind::Flag => plain(name, PhysicalType::BOOLEAN)?,
            ColumnKind::List => list(name, text("element", Repetition::REQUIRED)?)?,
            ColumnKind::Spans => {
                let end =
                    |name: &str| Type::primitive_type_builder(name, PhysicalType::INT64).with_repetition(Repetition::REQUIRED).build();
                let ends = vec![Arc::new(end("start")?), Arc::new(end("end")?)];
                list(name, Type::group_type_builder("element").with_repetition(Repetition::REQUIRED).with_fields(ends).build()?)?
            }
        };
        Ok(Arc::new(column))
    };
    let columns: Result<Vec<TypePtr>, ParquetError> = table.columns.iter().map(column).collect();
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(columns?).build()?))
}

/// A column of lists, each there, if without members.
fn list(name: &str, element: Type) -> Result<Type, ParquetError> {
    let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![Arc::new(element)]).build()?;
    let outer = Type::group_type_builder(name).with_repetition(Repetition::REQUIRED).with_logical_type(Some(LogicalType::List));
    outer.with_fields(vec![Arc::new(list)]).build()
}

/// Rows to come in one row group, by column.
struct Group {
    columns: Vec<Values>,
    rows: usize,
    bytes: usize,
}

/// Values of one column, with the levels that say which are missing and, of lists, where one begins.
enum Values {
    Text(Vec<ByteArray>, Vec<i16>),
    Count(Vec<i64>, Vec<i16>),
    Decimal(Vec<f64>, Vec<i16>),
    Flag(Vec<bool>, Vec<i16>),
    List { members: Vec<ByteArray>, levels: Levels },
    Spans { starts: Vec<i64>, ends: Vec<i64>, levels: Levels },
}

/// Where lists begin, and which have members.
#[derive(Default)]
struct Levels {
    present: Vec<i16>,
    repeated: Vec<i16>,
}

impl Levels {
    /// Adds a list of so many members.
    fn add(&mut self, members: usize) {
        if members == 0 {
            self.present.push(0);
            self.repeated.push(0);
        }
        for at in 0..members {
            self.present.push(1);
            self.repeated.push(i16::from(at > 0));
        }
    }
}

impl Group {
    fn new(columns: &[NamedColumn]) -> Self {
        let values = |column: &NamedColumn| match column.kind {
            ColumnKind::Text => Values::Text(Vec::new(), Vec::new()),
            ColumnKind::Count => Values::Count(Vec::new(), Vec::new()),
            ColumnKind::Decimal => Values::Decimal(Vec::new(), Vec::new()),
            ColumnKind::Flag => Values::Flag(Vec::new(), Vec::new()),
            ColumnKind::List => Values::List { members: Vec::new(), levels: Levels::default() },
            ColumnKind::Spans => Values::Spans { starts: Vec::new(), ends: Vec::new(), levels: Levels::default() },
        };
        Self { columns: columns.iter().map(values).collect(), rows: 0, bytes: 0 }
    }

    fn add(&mut self, row: &[Cell]) {
        self.rows += 1;
        for (values, cell) in self.columns.iter_mut().zip(row) {
            self.bytes += values.add(cell);
        }
    }

    fn flush(&self, writer: &mut SerializedFileWriter<File>) -> Result<(), ParquetError> {
        let mut group = writer.next_row_group()?;
        for values in &self.columns {
            for part in 0..values.parts() {
                if let Some(mut column) = group.next_column()? {
                    values.write(part, &mut column)?;
                    column.close()?;
                }
            }
        }
        group.close().map(|_| ())
    }
}

impl Values {
    /// Adds a cell and gives its bytes.
    fn add(&mut self, cell: &Cell) -> usize {
        match (self, cell) {
            (Self::Text(values, present), Cell::Text(text)) => {
                values.push(ByteArray::from(text.as_str()));
                present.push(1);
                text.len()
            }
            (Self::Count(values, present), Cell::Count(count)) => {
                values.push(i64::try_from(*count).unwrap_or(i64::MAX));
                present.push(1);
                8
            }
            (Self::Decimal(values, present), Cell::Decimal(number)) => {
                values.push(rounded(*number));
                present.push(1);
                8
            }
            (Self::Flag(values, present), Cell::Flag(is_so)) => {
                values.push(*is_so);
                present.push(1);
                1
            }
            (Self::List { members, levels }, Cell::List(list)) => {
                levels.add(list.len());
                members.extend(list.iter().map(|member| ByteArray::from(member.as_str())));
                list.iter().map(String::len).sum()
            }
            (Self::Spans { starts, ends: stops, levels }, Cell::List(list)) => {
                levels.add(list.len());
                starts.extend(list.iter().map(|place| ends(place).0));
                stops.extend(list.iter().map(|place| ends(place).1));
                list.len() * 16
            }
            (Self::List { levels, .. } | Self::Spans { levels, .. }, _) => {
                levels.add(0);
                0
            }
            (Self::Text(_, present) | Self::Count(_, present) | Self::Decimal(_, present) | Self::Flag(_, present), _) => {
                present.push(0);
                0
            }
        }
    }

    /// How many columns of the file hold the values.
    fn parts(&self) -> usize {
        if matches!(self, Self::Spans { .. }) { 2 } else { 1 }
    }

    fn write(&self, part: usize, column: &mut SerializedColumnWriter<'_>) -> Result<usize, ParquetError> {
        match self {
            Self::Text(values, present) => column.typed::<ByteArrayType>().write_batch(values, Some(present), None),
            Self::Count(values, present) => column.typed::<Int64Type>().write_batch(values, Some(present), None),
            Self::Decimal(values, present) => column.typed::<DoubleType>().write_batch(values, Some(present), None),
            Self::Flag(values, present) => column.typed::<BoolType>().write_batch(values, Some(present), None),
            Self::List { members, levels } => {
                column.typed::<ByteArrayType>().write_batch(members, Some(&levels.present), Some(&levels.repeated))
            }
            Self::Spans { starts, ends, levels } => {
                let values = if part == 0 { starts } else { ends };
                column.typed::<Int64Type>().write_batch(values, Some(&levels.present), Some(&levels.repeated))
            }
        }
    }
}
