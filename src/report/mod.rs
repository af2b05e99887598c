//! What a run writes: tables, one JSON file per article, a page to look at and a manifest, in a folder that is whole or not there.

mod article;
mod article_tables;
mod articles;
mod atomic;
mod cell;
mod column;
mod csv;
mod escaped;
mod exporter;
mod exporters;
mod folder;
mod format;
mod html;
mod json;
mod keyphrases;
mod manifest;
mod names;
mod people;
mod quotation_clusters;
mod run_themes;
mod run_totals;
#[cfg(test)]
mod sample;
mod schema;
mod settle;
mod standing;
mod stored_table;
mod table_exporter;
mod tables;
mod tabular;
#[cfg(test)]
mod tests;
mod theme_terms;
mod writer;

pub use article_tables::{article_rows, article_tables, failed_row};
pub(crate) use atomic::sync_folder;
pub use atomic::write_atomic;
pub use cell::{Cell, inert};
pub use column::{Column, ColumnKind, TableShape};
pub use format::Format;
pub use html::notebook_html;
pub use json::write_json;
pub use manifest::{CopyPolicy, Counts, RunOptions, SampleRecord};
pub use run_themes::{RunTheme, RunThemes};
pub use run_totals::{PersonTotal, RunTotals, ThemeTotal};
pub use schema::{SCHEMA, json_schema};
pub use stored_table::StoredTable;
pub use tabular::ends;
pub(crate) use tabular::{TableFormat, write_tables};
pub use writer::Report;
