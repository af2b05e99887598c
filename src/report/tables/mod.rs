//! The tables of a report, one per file; each says its columns and its rows, none knows a file format.

mod entities;
mod quotation_clusters;
mod quotes;
mod speakers;
mod theme_assignment;
mod theme_by_speaker;
mod theme_cooccurrence;
mod theme_coverage;
mod theme_summary;
mod theme_timeline;

use super::article::Article;
use super::cell::Cell;

/// One table.
pub(super) trait Table: Sync {
    /// The file's name without its ending.
    fn name(&self) -> &'static str;

    /// The columns' names.
    fn columns(&self) -> &'static [&'static str];

    /// Whether it counts what articles say, so that a copy of another article may be left out.
    fn counts(&self) -> bool {
        false
    }

    /// The rows of one article; each as long as [`Self::columns`].
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>>;
}

/// A table of the whole run, whose rows stand when its last article is in.
pub(super) trait RunTable {
    /// The file's name without its ending.
    fn name(&self) -> &'static str;

    /// The columns' names.
    fn columns(&self) -> &'static [&'static str];

    /// Whether it counts what articles say, so that a copy of another article may be left out.
    fn counts(&self) -> bool {
        true
    }

    /// Counts an article.
    fn add(&mut self, article: &Article<'_>);

    /// The rows; each as long as [`Self::columns`].
    fn rows(&self) -> Vec<Vec<Cell>>;
}

/// Every table with rows of single articles.
pub(super) fn all() -> [&'static dyn Table; 7] {
    [
        &quotes::Quotes,
        &speakers::Speakers,
        &entities::Entities,
        &theme_coverage::ThemeCoverage,
        &theme_by_speaker::ThemeBySpeaker,
        &theme_cooccurrence::ThemeCooccurrence,
        &theme_assignment::ThemeAssignment,
    ]
}

/// Every table of the whole run, empty.
pub(super) fn of_run() -> [Box<dyn RunTable>; 3] {
    [
        Box::<theme_timeline::ThemeTimeline>::default(),
        Box::<theme_summary::ThemeSummary>::default(),
        Box::<quotation_clusters::QuotationClusters>::default(),
    ]
}

/// The names of all tables.
pub(super) fn names() -> Vec<&'static str> {
    all().iter().map(|table| table.name()).chain(of_run().iter().map(|table| table.name())).collect()
}
