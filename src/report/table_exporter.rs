//! Every table of a report: written as CSV while articles come, and made into other formats of that CSV when the last one is in.
//!
//! So a table is the same in every format by construction, whether it is written by the run or exported from its report later, and memory
//! does not grow with its rows.

use super::article::Article;
use super::articles::{ARTICLE_TABLE, ArticleExporter};
use super::csv::{CsvExporter, RunCsvExporter};
use super::exporter::{Exporter, FailedArticle, RunEnd};
use super::folder::Folder;
use super::format::Format;
use super::keyphrases::{KEYPHRASES, KeyphraseExporter};
use super::manifest::RunOptions;
use super::people::{PEOPLE, PeopleExporter};
use super::quotation_clusters::{QUOTATION_CLUSTERS, QuotationClusterExporter};
use super::tables;
use super::tabular::{TableFormat, write_tables};
use super::theme_terms::{THEME_TERMS, ThemeTermsExporter};
use crate::Result;

/// Writes the tables.
pub(super) struct TableExporter {
    tables: Vec<Box<dyn Exporter>>,
    formats: Vec<TableFormat>,
    keeps_csv: bool,
}

impl TableExporter {
    /// Opens the tables' files; none where no format of `options` has tables.
    pub(super) fn create(folder: &Folder, options: &RunOptions) -> Result<Option<Self>> {
        let formats: Vec<TableFormat> = options.formats.iter().filter_map(|format| TableFormat::of(*format)).collect();
        let keeps_csv = options.formats.contains(&Format::Csv);
        if formats.is_empty() && !keeps_csv {
            return Ok(None);
        }
        let has_bom = !options.no_bom;
        let mut exporters: Vec<Box<dyn Exporter>> = Vec::new();
        for table in tables::all() {
            exporters.push(Box::new(CsvExporter::create(folder, table, has_bom)?));
        }
        for table in tables::of_run(&options.theme_rates) {
            exporters.push(Box::new(RunCsvExporter::create(folder, table, has_bom)?));
        }
        exporters.push(Box::new(ArticleExporter::create(folder, has_bom)?));
        exporters.push(Box::new(KeyphraseExporter::create(folder, has_bom)?));
        exporters.push(Box::new(PeopleExporter::create(folder, has_bom)?));
        exporters.push(Box::new(QuotationClusterExporter::create(folder, has_bom)?));
        exporters.push(Box::new(ThemeTermsExporter::create(folder, has_bom)?));
        Ok(Some(Self { tables: exporters, formats, keeps_csv }))
    }
}

/// The files of all tables.
pub(super) fn table_files() -> Vec<String> {
    let tables = tables::shapes().into_iter().map(|shape| format!("{}.csv", shape.name));
    let mut files: Vec<String> = tables.collect();
    debug_assert!(
        [ARTICLE_TABLE, KEYPHRASES, PEOPLE, QUOTATION_CLUSTERS, THEME_TERMS].iter().all(|file| files.iter().any(|name| name == file))
    );
    files.sort();
    files
}

impl Exporter for TableExporter {
    fn add(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()> {
        self.tables.iter_mut().try_for_each(|table| table.offer(folder, article))
    }

    fn add_failed(&mut self, failed: FailedArticle<'_>) -> Result<()> {
        self.tables.iter_mut().try_for_each(|table| table.add_failed(failed))
    }

    fn finish(self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()> {
        for table in self.tables {
            table.finish(end)?;
        }
        let staging = end.folder.staging();
        end.notes.extend(write_tables(&staging, &self.formats, &staging)?);
        if !self.keeps_csv {
            table_files().iter().try_for_each(|name| end.folder.remove(name))?;
        }
        Ok(())
    }
}
