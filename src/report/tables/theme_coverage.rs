//! `theme_coverage`: one row per theme of an article, largest share first.

use std::collections::BTreeSet;

use super::{Article, Cell, Table};
use crate::Theme;

pub(super) struct ThemeCoverage;

impl Table for ThemeCoverage {
    fn name(&self) -> &'static str {
        "theme_coverage"
    }

    fn columns(&self) -> &'static [&'static str] {
        &[
            "article_id",
            "theme_id",
            "theme",
            "sentences",
            "words",
            "share",
            "quotes",
            "speakers",
            "first",
            "last",
            "evidence",
            "evidence_offsets",
        ]
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        article.analysis.themes.iter().map(|theme| row(article, theme)).collect()
    }
}

/// `first` is where the theme's first sentence starts, `last` where its last one ends; `speakers` counts those the program knows.
fn row(article: &Article<'_>, theme: &Theme) -> Vec<Cell> {
    let analysis = article.analysis;
    let sentence = |index: Option<&usize>| analysis.seg.sentences.get(*index?).map(|sentence| article.points(sentence.span));
    let speaker = |quote: &usize| analysis.attribution.by_quote.get(*quote).copied().flatten();
    let speakers: BTreeSet<usize> = theme.quotes.iter().filter_map(speaker).collect();
    vec![
        article.id().into(),
        theme.id.as_str().into(),
        theme.label.as_str().into(),
        theme.sentences.len().into(),
        theme.words.into(),
        theme.share.into(),
        theme.quotes.len().into(),
        speakers.len().into(),
        sentence(theme.sentences.first()).map(|points| points.start).into(),
        sentence(theme.sentences.last()).map(|points| points.end).into(),
        Cell::list(theme.evidence.iter().map(|evidence| article.text(evidence.span))),
        article.offsets(theme.evidence.iter().map(|evidence| evidence.span)).into(),
    ]
}
