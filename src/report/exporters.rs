//! Which exporters write a report in its formats.

use super::exporter::Exporter;
use super::folder::Folder;
use super::format::Format;
use super::html::HtmlExporter;
use super::json::{JsonExporter, JsonLinesExporter};
use super::manifest::RunOptions;
use super::table_exporter::TableExporter;
use crate::Result;

/// The exporters that write a report in the formats of `options` into `folder`.
pub(super) fn exporters(folder: &Folder, options: &RunOptions) -> Result<Vec<Box<dyn Exporter>>> {
    let mut exporters: Vec<Box<dyn Exporter>> = Vec::new();
    if let Some(tables) = TableExporter::create(folder, options)? {
        exporters.push(Box::new(tables));
    }
    for format in &options.formats {
        match format {
            Format::Json => exporters.push(Box::new(JsonExporter::new())),
            Format::Jsonl => exporters.push(Box::new(JsonLinesExporter::create(folder)?)),
            Format::Html => exporters.push(Box::new(HtmlExporter::create(folder, options.report_max_mb)?)),
            Format::Csv | Format::Parquet | Format::Xlsx | Format::Sqlite => {} // the exporter of tables writes them
        }
    }
    Ok(exporters)
}
