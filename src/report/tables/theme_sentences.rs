//! `theme_sentences`: one row per sentence of running text and theme of it; a sentence without a theme has one row without one.
//!
//! This is the coding itself, in the shape that `sayso agreement` reads: a person codes the same sentences, and the two files are compared.

use super::coding::Coding;
use super::{Article, Cell, Column, Table};

pub(super) struct ThemeSentences;

impl Table for ThemeSentences {
    fn name(&self) -> &'static str {
        "theme_sentences"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("sentence_id"),
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::count("paragraph"),
                Column::count("sentence"),
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

    /// Sentences in text order, each with its themes, largest first.
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let analysis = article.analysis;
        let coding = Coding::new(article);
        let sentences = analysis.seg.body_sentences().filter_map(|at| Some((at, analysis.seg.sentences.get(at)?)));
        let rows = sentences.flat_map(|(at, sent)| {
            let points = article.points(sent.span);
            let unit: Vec<Cell> = vec![
                article.sentence_id(at).into(),
                article.id().into(),
                article.metadata("outlet").into(),
                article.metadata("date").into(),
                (sent.paragraph + 1).into(),
                (at + 1).into(),
                points.start.into(),
                points.end.into(),
                article.text(sent.span).into(),
            ];
            coding.rows(&unit, &[sent.span], analysis.themes_of_sentence(at))
        });
        rows.collect()
    }
}
