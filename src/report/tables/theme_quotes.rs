//! `theme_quotes`: one row per quotation and theme of it; a quotation without a theme has one row without one.

use super::coding::Coding;
use super::{Article, Cell, Column, Table};

pub(super) struct ThemeQuotes;

impl Table for ThemeQuotes {
    fn name(&self) -> &'static str {
        "theme_quotes"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("quote_id"),
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("kind"),
                Column::count("start"),
                Column::count("end"),
                Column::text("text"),
                Column::text("theme_id"),
                Column::text("theme"),
                Column::decimal("probability"),
                Column::list("reasons"),
                Column::list("evidence"),
            ]
        }
    }

    /// Quotations in text order, each with its themes, largest first.
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let analysis = article.analysis;
        let coding = Coding::new(article);
        let rows = analysis.quotes.iter().enumerate().flat_map(|(at, quote)| {
            let unit: Vec<Cell> = vec![
                article.quote_id(quote).into(),
                article.id().into(),
                article.metadata("outlet").into(),
                article.metadata("date").into(),
                quote.kind.name().into(),
                quote.content.first().map(|span| article.points(*span).start).into(),
                quote.content.last().map(|span| article.points(*span).end).into(),
                article.content(quote).into(),
            ];
            coding.rows(&unit, &quote.content, analysis.themes_of(at))
        });
        rows.collect()
    }
}
