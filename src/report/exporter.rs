//! What a file format has to do to be part of a report.

use super::article::Article;
use super::folder::Folder;
use crate::speakers::People;
use crate::themes::CorpusThemes;
use crate::{ArticleSource, Error, ErrorKind, Result};

/// Writes one file, or one kind of file, of a report. Articles come one after another and are not kept.
pub(super) trait Exporter {
    /// Adds an article that was analysed.
    fn add(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()>;

    /// Whether copies of other articles are added where the run counts the first of them alone: they are, but where articles are counted.
    fn takes_copies(&self) -> bool {
        true
    }

    /// Adds an article unless it is a copy that is not counted here.
    fn offer(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()> {
        if article.standing.is_left_out && !self.takes_copies() { Ok(()) } else { self.add(folder, article) }
    }

    /// Adds an article that could not be analysed.
    fn add_failed(&mut self, failed: FailedArticle<'_>) -> Result<()> {
        let _ = failed;
        Ok(())
    }

    /// Writes what stands only when the last article is in.
    fn finish(self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()>;
}

/// What stands when the last article is in.
pub(super) struct RunEnd<'a> {
    pub(super) folder: &'a Folder,
    /// The people and bodies of the run.
    pub(super) people: &'a mut People,
    /// The themes of the run, where it has its own.
    pub(super) themes: Option<&'a CorpusThemes>,
    /// What a reader has to be told of a format.
    pub(super) notes: &'a mut Vec<String>,
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
