//! `sayso.sqlite`: the tables as a database, with keys that hold, indices and views. Lists are JSON arrays, which `json_each` takes apart; of
//! places in the text, pairs.
//!
//! The file is made of inserts in the tables' order by one version of SQLite, so equal runs give equal bytes.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::super::articles::OWN;
use super::super::cell::{Cell, rounded};
use super::super::column::ColumnKind;
use super::schema::{FILL_THEMES, METADATA, THEMES, keys};
use super::source::{TableFile, ends};
use super::views::VIEWS;
use crate::{Error, ErrorKind, Result};

/// The file's name.
pub(in crate::report) const SQLITE: &str = "sayso.sqlite";

/// Nobody sees the file before it is whole, so nothing has to be undone; memory stays at some megabytes.
const SETTINGS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32000; \
    PRAGMA user_version = 2;";

/// Writes all tables into a new database in `to`.
pub(super) fn write(files: &[TableFile], to: &Path) -> Result<()> {
    let connection = Connection::open(to.join(SQLITE)).map_err(failed)?;
    connection.execute_batch(SETTINGS).map_err(failed)?;
    connection.execute_batch("BEGIN").map_err(failed)?;
    for table in files {
        create(&connection, table).map_err(failed)?;
        if table.name == "articles" {
            connection.execute_batch(METADATA).map_err(failed)?;
        }
        fill(&connection, table)?;
    }
    connection.execute_batch(THEMES).and_then(|()| connection.execute_batch(FILL_THEMES)).map_err(failed)?;
    for table in files {
        for (at, columns) in keys(table.name).indices.iter().enumerate() {
            let sql = format!("CREATE INDEX {}_{} ON {} ({columns})", table.name, at + 1, table.name);
            connection.execute_batch(&sql).map_err(failed)?;
        }
    }
    for (name, query) in VIEWS {
        connection.execute_batch(&format!("CREATE VIEW {name} AS {query}")).map_err(failed)?;
    }
    connection.execute_batch("COMMIT").map_err(failed)?;
    connection.close().map_err(|(_, error)| failed(error))
}

fn failed(error: rusqlite::Error) -> Error {
    Error::new(ErrorKind::Write(std::io::Error::other(error))).at(SQLITE)
}

fn create(connection: &Connection, table: &TableFile) -> rusqlite::Result<()> {
    let columns = table.columns.iter().take(table.fixed).map(|column| {
        let kind = match column.kind {
            ColumnKind::Text | ColumnKind::List | ColumnKind::Spans => "TEXT",
            ColumnKind::Count | ColumnKind::Flag => "INTEGER",
            ColumnKind::Decimal => "REAL",
        };
        format!("\"{}\" {kind}", column.name)
    });
    let parts: Vec<String> = columns.chain(keys(table.name).constraints.iter().map(|&constraint| constraint.to_owned())).collect();
    connection.execute_batch(&format!("CREATE TABLE {} (\n  {}\n)", table.name, parts.join(",\n  ")))
}

/// Columns of the user's own become rows of `article_metadata`: SQL takes no two names that differ in case alone, nor thousands.
fn fill(connection: &Connection, table: &TableFile) -> Result<()> {
    let marks = vec!["?"; table.fixed].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO {} VALUES ({marks})", table.name)).map_err(failed)?;
    let has_own = table.columns.len() > table.fixed;
    let own = has_own.then(|| connection.prepare("INSERT INTO article_metadata VALUES (?, ?, ?)"));
    let mut own = own.transpose().map_err(failed)?;
    table.each_row(|row| {
        insert
            .execute(params_from_iter(table.columns.iter().zip(row).take(table.fixed).map(|(column, cell)| value(column.kind, cell))))
            .map_err(failed)?;
        let Some(own) = &mut own else { return Ok(()) };
        let id = row.first().map_or(Value::Null, |cell| value(ColumnKind::Text, cell));
        for (column, cell) in table.columns.iter().zip(row).skip(table.fixed).filter(|(_, cell)| **cell != Cell::Empty) {
            let name = column.name.strip_prefix(OWN).unwrap_or(&column.name).to_owned();
            own.execute((&id, Value::Text(name), value(column.kind, cell))).map_err(failed)?;
        }
        Ok(())
    })
}

fn value(kind: ColumnKind, cell: &Cell) -> Value {
    match cell {
        Cell::List(places) if kind == ColumnKind::Spans => {
            let places: Vec<[i64; 2]> = places.iter().map(|place| ends(place).into()).collect();
            Value::Text(serde_json::json!(places).to_string())
        }
        Cell::Text(text) => Value::Text(text.clone()),
        Cell::Count(count) => Value::Integer(i64::try_from(*count).unwrap_or(i64::MAX)),
        Cell::Decimal(number) => Value::Real(rounded(*number)),
        Cell::Flag(is_so) => Value::Integer(i64::from(*is_so)),
        Cell::List(members) => Value::Text(serde_json::Value::from(members.as_slice()).to_string()),
        Cell::Empty => Value::Null,
    }
}
