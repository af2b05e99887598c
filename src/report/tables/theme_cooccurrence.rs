//! `theme_cooccurrence`: one row per pair of themes of an article: how much of it is about both.

use std::cmp::Ordering;

use super::{Article, Cell, Column, Table};
use crate::Theme;

/// How many themes of an article have pairs: those with the largest shares of it. More would be more pairs than anybody reads.
const MOST: usize = 300;

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
        let mut themes: Vec<&Theme> = article.analysis.themes.iter().take(MOST).collect();
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

/// How many numbers stand in both; both in rising order.
fn shared(mut a: &[usize], mut b: &[usize]) -> usize {
    let mut count = 0;
    while let (Some((first, rest)), Some((other, others))) = (a.split_first(), b.split_first()) {
        let order = first.cmp(other);
        count += usize::from(order == Ordering::Equal);
        a = if order == Ordering::Greater { a } else { rest };
        b = if order == Ordering::Less { b } else { others };
    }
    count
}

/// `jaccard` is the sentences about both as a share of those about either; `None` where nothing is about both.
fn row(article: &Article<'_>, a: &Theme, b: &Theme) -> Option<Vec<Cell>> {
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

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn shared_numbers_are_counted_once() {
        for (a, b, expected) in [(&[][..], &[1][..], 0), (&[1, 2, 5], &[2, 3, 5, 9], 2), (&[4], &[4], 1), (&[7, 8], &[1, 2], 0)] {
            assert_eq!((shared(a, b), shared(b, a)), (expected, expected), "{a:?} {b:?}");
        }
    }
}
