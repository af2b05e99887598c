//! `articles`: one row per article, failed ones too.

use super::{Article, Cell, FailedArticle, Table};

pub(super) struct Articles;

impl Table for Articles {
    fn name(&self) -> &'static str {
        "articles"
    }

    fn columns(&self) -> &'static [&'static str] {
        &["id", "path", "title", "outlet", "date", "byline", "words", "sentences", "quotes", "speakers", "status"]
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let analysis = article.analysis;
        let seg = &analysis.seg;
        vec![vec![
            article.id().into(),
            analysis.doc.path().into(),
            seg.title.map_or(article.metadata("title"), |span| article.text(span)).into(),
            article.metadata("outlet").into(),
            article.metadata("date").into(),
            seg.byline.map_or(article.metadata("byline"), |span| article.text(span)).into(),
            analysis.word_count().into(),
            seg.sentences.len().into(),
            analysis.quotes.len().into(),
            analysis.attribution.speakers.len().into(),
            "analysed".into(),
        ]]
    }

    fn failed_row(&self, failed: FailedArticle<'_>) -> Option<Vec<Cell>> {
        let mut row = vec![failed.id.into(), failed.path.into()];
        row.resize(self.columns().len() - 1, Cell::Empty);
        row.push("failed".into());
        Some(row)
    }
}
