//! What a run writes: tables, one JSON file per article, a page to look at and a manifest, in a folder that is whole or not there.

mod article;
mod articles;
mod atomic;
mod cell;
mod csv;
mod exporter;
mod folder;
mod format;
mod html;
mod json;
mod keyphrases;
mod manifest;
mod names;
mod people;
#[cfg(test)]
mod sample;
mod schema;
mod settle;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use atomic::sync_folder;
pub use atomic::write_atomic;
pub use cell::inert;
pub use format::Format;
pub use json::write_json;
pub use manifest::{Counts, RunOptions};
pub use schema::{SCHEMA, json_schema};
pub use writer::Report;
