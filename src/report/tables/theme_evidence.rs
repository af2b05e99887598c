//! `theme_evidence`: one row per piece of evidence of a theme of an article: what gave it, where, and how surely.

use super::coding::said;
use super::{Article, Cell, Column, Table};
use crate::{Evidence, Reason, Theme};

pub(super) struct ThemeEvidence;

impl Table for ThemeEvidence {
    fn name(&self) -> &'static str {
        "theme_evidence"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("theme_id"),
                Column::text("theme"),
                Column::text("sentence_id"),
                Column::text("reason"),
                Column::text("term"),
                Column::decimal("strength"),
                Column::text("words"),
                Column::count("words_start"),
                Column::count("words_end"),
                Column::text("words_sentence_id"),
            ]
        }
    }

    /// By theme, largest first, then in text order.
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let themes = article.analysis.themes.iter();
        themes.flat_map(|theme| theme.evidence.iter().map(move |evidence| row(article, theme, evidence))).collect()
    }
}

/// What stands there in so many words has the strength one, where the codebook asks for a probability that, a similarity its cosine.
fn row(article: &Article<'_>, theme: &Theme, evidence: &Evidence) -> Vec<Cell> {
    let seg = &article.analysis.seg;
    let sentence = |start: usize| Cell::from(seg.sentence_at(start).map(|at| article.sentence_id(at)));
    let words = said(evidence);
    let points = words.map(|span| article.points(span));
    let (term, strength) = match &evidence.reason {
        Reason::Term { term, probability } => (Some(term.as_str()), probability.unwrap_or(1.0)),
        Reason::Keyphrase(term) => (Some(term.as_str()), 1.0),
        Reason::Heading => (None, 1.0),
        Reason::Similarity(cosine) => (None, *cosine),
        Reason::Context { probability, .. } => (None, *probability),
    };
    vec![
        article.id().into(),
        article.metadata("outlet").into(),
        article.metadata("date").into(),
        theme.id.as_str().into(),
        theme.label.as_str().into(),
        sentence(evidence.span.start()),
        evidence.reason.name().into(),
        term.into(),
        strength.into(),
        words.map(|span| article.text(span)).into(),
        points.map(|points| points.start).into(),
        points.map(|points| points.end).into(),
        words.map_or(Cell::Empty, |span| sentence(span.start())),
    ]
}
