//! What a file format has to do to be part of a report.

use super::article::Article;
use super::folder::Folder;
use crate::{ArticleSource, Error, ErrorKind, Result};

/// Writes one file, or one kind of file, of a report. Articles come one after another and are not kept.
pub(super) trait Exporter {
    /// Adds an article that was analysed.
    fn add(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()>;

    /// Adds an article that could not be analysed.
    fn add_failed(&mut self, failed: FailedArticle<'_>) -> Result<()> {
        let _ = failed;
        Ok(())
    }

    /// Writes what stands only when the last article is in.
    fn finish(self: Box<Self>, folder: &Folder) -> Result<()>;
}

/// An article that could not be analysed.
#[derive(Debug, Clone, Copy)]
pub(super) struct FailedArticle<'a> {
    pub(super) source: &'a ArticleSource,
    pub(super) error: &'a Error,
}

impl FailedArticle<'_> {
    /// Whether the article was left out on purpose.
    pub(super) fn is_left_out(&self) -> bool {
        matches!(self.error.kind(), ErrorKind::LeftOut(_))
    }
}
