//! `theme_coverage`: one row per theme of an article, largest share first.

use super::{Article, Cell, Column, Table};
use crate::{Reason, Span, Theme};

/// How many parts of an article tell the lead and the end from the middle.
const PARTS: usize = 5;

pub(super) struct ThemeCoverage;

impl Table for ThemeCoverage {
    fn name(&self) -> &'static str {
        "theme_coverage"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("theme_id"),
                Column::text("theme"),
                Column::text("parent_id"),
                Column::count("sentences"),
                Column::count("words"),
                Column::decimal("share"),
                Column::count("quotes"),
                Column::count("speakers"),
                Column::count("first"),
                Column::count("last"),
                Column::text("position"),
                Column::list("evidence"),
                Column::spans("evidence_offsets"),
            ]
        }
    }

    fn counts(&self) -> bool {
        true
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        article.analysis.themes.iter().map(|theme| row(article, theme)).collect()
    }
}

/// `first` is where the theme's first sentence starts, `last` where its last one ends; `speakers` counts those the program knows.
fn row(article: &Article<'_>, theme: &Theme) -> Vec<Cell> {
    let analysis = article.analysis;
    let sentence = |index: Option<&usize>| analysis.seg.sentences.get(*index?).map(|sentence| article.points(sentence.span));
    // What a context rests on is listed already: the words it was carried from.
    let said = theme.evidence.iter().filter(|evidence| !matches!(evidence.reason, Reason::Context { .. }));
    let said: Vec<Span> = said.map(|evidence| evidence.span).collect();
    vec![
        article.id().into(),
        article.metadata("outlet").into(),
        article.metadata("date").into(),
        theme.id.as_str().into(),
        theme.label.as_str().into(),
        theme.parent.as_deref().into(),
        theme.sentences.len().into(),
        theme.words.into(),
        theme.share.into(),
        theme.quotes.len().into(),
        article.speakers_on(theme).into(),
        sentence(theme.sentences.first()).map(|points| points.start).into(),
        sentence(theme.sentences.last()).map(|points| points.end).into(),
        position(article, theme).into(),
        Cell::list(said.iter().map(|&span| article.text(span))),
        article.offsets(said.iter().copied()),
    ]
}

/// Where the theme comes up first: `lead` in the first fifth of the article's sentences, `late` in the last fifth, else `middle`.
fn position(article: &Article<'_>, theme: &Theme) -> Option<&'static str> {
    let body: Vec<usize> = article.analysis.seg.body_sentences().collect();
    let at = body.iter().position(|sentence| theme.sentences.binary_search(sentence).is_ok())?;
    Some(match at * PARTS / body.len().max(1) {
        0 => "lead",
        part if part == PARTS - 1 => "late",
        _ => "middle",
    })
}
