//! `theme_terms.csv`: the themes that a run without a codebook has found, one row each, written when the last article is in.

use super::article::Article;
use super::cell::Cell;
use super::column::{Column, TableShape};
use super::csv::csv_writer;
use super::exporter::{Exporter, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::themes::CorpusThemes;
use crate::{Error, ErrorKind, Result};

/// The file's name.
pub(super) const THEME_TERMS: &str = "theme_terms.csv";

const COLUMNS: [Column; 4] = [Column::text("theme_id"), Column::text("theme"), Column::list("terms"), Column::list("examples")];

/// The table as other formats see it.
pub(super) const SHAPE: TableShape = TableShape { name: "theme_terms", columns: &COLUMNS };

/// Writes the themes at the end.
pub(super) struct ThemeTermsExporter {
    writer: ::csv::Writer<StagedFile>,
}

impl ThemeTermsExporter {
    /// Opens the file.
    pub(super) fn create(folder: &Folder, has_bom: bool) -> Result<Self> {
        Ok(Self { writer: csv_writer(folder, THEME_TERMS, has_bom)? })
    }
}

impl Exporter for ThemeTermsExporter {
    fn add(&mut self, _folder: &Folder, _article: &Article<'_>) -> Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()> {
        let failed = |error: ::csv::Error| Error::new(ErrorKind::Write(error.into())).at(THEME_TERMS);
        self.writer.write_record(COLUMNS.map(|column| column.name)).map_err(failed)?;
        for theme in end.themes.into_iter().flat_map(CorpusThemes::all) {
            let row: [Cell; 4] =
                [theme.id.as_str().into(), theme.label.as_str().into(), Cell::list(&theme.terms), Cell::list(&theme.examples)];
            self.writer.write_record(row.iter().map(|cell| cell.to_csv().into_owned())).map_err(failed)?;
        }
        self.writer.flush().map_err(|error| failed(error.into()))
    }
}
