//! The tables of a report, one per file; each says its columns and its rows, none knows a file format.

mod articles;
mod entities;
mod keyphrases;
mod quotes;
mod speakers;
mod theme_by_speaker;
mod theme_coverage;

use super::article::Article;
use super::cell::Cell;
use super::exporter::FailedArticle;

/// One table.
pub(super) trait Table: Sync {
    /// The file's name without its ending.
    fn name(&self) -> &'static str;

    /// The columns' names.
    fn columns(&self) -> &'static [&'static str];

    /// The rows of one article; each as long as [`Self::columns`].
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>>;

    /// The row of an article that could not be analysed.
    fn failed_row(&self, failed: FailedArticle<'_>) -> Option<Vec<Cell>> {
        let _ = failed;
        None
    }
}

/// Every table of a report.
pub(super) fn all() -> [&'static dyn Table; 7] {
    [
        &articles::Articles,
        &quotes::Quotes,
        &speakers::Speakers,
        &entities::Entities,
        &keyphrases::Keyphrases,
        &theme_coverage::ThemeCoverage,
        &theme_by_speaker::ThemeBySpeaker,
    ]
}
