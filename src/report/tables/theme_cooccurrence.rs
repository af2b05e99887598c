//! `theme_cooccurrence`: one row per pair of themes of an article: how much of it is about both.

use super::{Article, Cell, Column, Table};
use crate::Theme;

pub(super) struct ThemeCooccurrence;

impl Table for ThemeCooccurrence {
    fn name(&self) -> &'static str {
        "theme_cooccurrence"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("theme_a_id"),
                Column::text("theme_a"),
                Column::text("theme_b_id"),
                Column::text("theme_b"),
                Column::count("sentences"),
                Column::count("quotes"),
                Column::decimal("jaccard"),
            ]
        }
    }

    fn counts(&self) -> bool {
        true
    }

    /// Each pair with a sentence or quotation about both once, by id. A theme and the themes it is a part of are no pair: they coincide by
    /// definition.
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let mut themes: Vec<&Theme> = article.analysis.themes.iter().collect();
        themes.sort_by(|a, b| a.id.cmp(&b.id));
        let pairs = themes.iter().enumerate().flat_map(|(at, a)| themes.iter().skip(at + 1).map(move |b| (*a, *b)));
        let is_pair = |(a, b): &(&Theme, &Theme)| !is_part(&themes, a, b) && !is_part(&themes, b, a);
        pairs.filter(is_pair).filter_map(|(a, b)| row(article, a, b)).collect()
    }
}

/// Whether `part` is a part of `whole`, directly or through other themes.
fn is_part(themes: &[&Theme], part: &Theme, whole: &Theme) -> bool {
    let mut parent = part.parent.as_deref();
    // A codebook has no circles; no chain is longer than the list of themes.
    for _ in 0..=themes.len() {
        match parent {
            Some(id) if id == whole.id => return true,
            Some(id) => parent = themes.iter().find(|theme| theme.id == id).and_then(|theme| theme.parent.as_deref()),
            None => return false,
        }
    }
    false
}

/// `jaccard` is the sentences about both as a share of those about either; `None` where nothing is about both.
fn row(article: &Article<'_>, a: &Theme, b: &Theme) -> Option<Vec<Cell>> {
    let shared = |a: &[usize], b: &[usize]| a.iter().filter(|item| b.contains(item)).count();
    let (sentences, quotes) = (shared(&a.sentences, &b.sentences), shared(&a.quotes, &b.quotes));
    if sentences + quotes == 0 {
        return None;
    }
    let either = a.sentences.len() + b.sentences.len() - sentences;
    Some(vec![
        article.id().into(),
        article.metadata("outlet").into(),
        article.metadata("date").into(),
        a.id.as_str().into(),
        a.label.as_str().into(),
        b.id.as_str().into(),
        b.label.as_str().into(),
        sentences.into(),
        quotes.into(),
        (sentences as f64 / either.max(1) as f64).into(),
    ])
}
