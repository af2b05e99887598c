//! `theme_coverage_long`: one row per outlet, month, theme, kind of speaker and measure of the run, each with its total: which theme got how
//! much, by whom, when, and who is missing.
//!
//! Rows of nothing are what tells who is missing, and without them totals cannot be added up. So all combinations have a row where that
//! stays below [`MOST_IN_GRID`] rows; past that only what is there has one, and totals are those of `theme_totals`.

use std::collections::BTreeMap;

use super::months::{Counts, SLOTS, add, of_article, of_theme, outlet_and_month};
use super::{Article, Cell, Column, RunTable};

/// The most rows of a table with all combinations.
const MOST_IN_GRID: usize = 100_000;

const NONE: Counts = [0; SLOTS.len()];

/// Counts the themes of each outlet's months.
#[derive(Debug)]
pub(super) struct ThemeCoverageLong {
    /// By outlet and month: a number, and what is counted whatever the theme.
    months: BTreeMap<(String, String), (usize, Counts)>,
    /// By id.
    themes: BTreeMap<String, Named>,
    /// By the numbers of month and theme.
    counts: BTreeMap<(usize, usize), Counts>,
    most: usize,
}

#[derive(Debug)]
struct Named {
    number: usize,
    label: String,
    parent: Option<String>,
}

impl Default for ThemeCoverageLong {
    fn default() -> Self {
        Self { months: BTreeMap::new(), themes: BTreeMap::new(), counts: BTreeMap::new(), most: MOST_IN_GRID }
    }
}

impl RunTable for ThemeCoverageLong {
    fn name(&self) -> &'static str {
        "theme_coverage_long"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("outlet"),
                Column::text("month"),
                Column::text("theme_id"),
                Column::text("theme"),
                Column::text("parent_id"),
                Column::text("speaker_kind"),
                Column::text("measure"),
                Column::count("count"),
                Column::count("total"),
                Column::decimal("share"),
            ]
        }
    }

    fn add(&mut self, article: &Article<'_>) {
        let next = self.months.len();
        let (month, total) = self.months.entry(outlet_and_month(article)).or_insert((next, NONE));
        add(total, &of_article(article));
        for theme in &article.analysis.themes {
            let next = self.themes.len();
            let named = || Named { number: next, label: theme.label.clone(), parent: theme.parent.clone() };
            let number = match self.themes.get(&theme.id) {
                Some(named) => named.number,
                None => self.themes.entry(theme.id.clone()).or_insert_with(named).number,
            };
            add(self.counts.entry((*month, number)).or_insert(NONE), &of_theme(article, theme));
        }
    }

    /// By outlet, month and theme id, then in the order of [`SLOTS`].
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        let is_grid = self.months.len().saturating_mul(self.themes.len()).saturating_mul(SLOTS.len()) <= self.most;
        let mut by_number: Vec<(usize, &str, &Named)> =
            self.themes.iter().enumerate().map(|(place, (id, named))| (place, id.as_str(), named)).collect();
        by_number.sort_unstable_by_key(|(_, _, named)| named.number);
        Box::new(self.months.iter().flat_map(move |((outlet, month), (number, totals))| {
            let there = self.counts.range((*number, 0)..=(*number, usize::MAX));
            let mut there: Vec<_> = there.filter_map(|((_, theme), counts)| Some((*by_number.get(*theme)?, counts))).collect();
            there.sort_unstable_by_key(|((place, ..), _)| *place);
            let counted: Box<dyn Iterator<Item = (&str, &Named, &Counts)> + '_> = if is_grid {
                let counts = move |named: &Named| self.counts.get(&(*number, named.number)).unwrap_or(&NONE);
                Box::new(self.themes.iter().map(move |(id, named)| (id.as_str(), named, counts(named))))
            } else {
                Box::new(there.into_iter().map(|((_, id, named), counts)| (id, named, counts)))
            };
            counted.flat_map(move |(id, named, counts)| {
                let slots = SLOTS.iter().zip(counts.iter().zip(totals)).filter(move |(_, (count, _))| is_grid || **count > 0);
                slots.map(move |((kind, measure), (&count, &total))| {
                    vec![
                        outlet.as_str().into(),
                        month.as_str().into(),
                        id.into(),
                        named.label.as_str().into(),
                        named.parent.as_deref().into(),
                        (*kind).into(),
                        (*measure).into(),
                        Cell::whole(count),
                        Cell::whole(total),
                        (total > 0).then(|| count as f64 / total as f64).into(),
                    ]
                })
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn sum(rows: &[Vec<Cell>], column: usize, theme: &str, kind: &str, measure: &str) -> usize {
        let wanted = [theme, kind, measure].map(Cell::from);
        let rows = rows.iter().filter(|row| [row[2].clone(), row[5].clone(), row[6].clone()] == wanted);
        rows.map(|row| if let Cell::Count(count) = row[column] { count } else { panic!("a count") }).sum()
    }

    #[test]
    fn adding_over_outlets_gives_the_truth() {
        let (with, without) = (sample::full(), sample::bare());
        let mut table = ThemeCoverageLong::default();
        table.add(&Article::new(&with));
        table.add(&Article::new(&without));
        let rows: Vec<Vec<Cell>> = table.rows().collect();
        assert_eq!(rows.len(), 2 * 3 * SLOTS.len(), "two outlets' months, three themes");
        let words = with.word_count() + without.word_count();
        assert_eq!((sum(&rows, 7, "boats", "all", "words"), sum(&rows, 8, "boats", "all", "words")), (11, words));
        assert_eq!((sum(&rows, 7, "taxes", "person", "quotes"), sum(&rows, 8, "taxes", "person", "quotes")), (1, 1));
        assert_eq!(sum(&rows, 7, "boats", "person", "quotes"), 0, "a row says who is missing");
        assert_eq!(sum(&rows, 8, "boats", "person", "quotes"), 1);
        assert_eq!(sum(&rows, 7, "taxes", "unknown", "quotes"), 1);
    }

    #[test]
    fn a_table_that_would_grow_too_large_has_what_is_there_alone() {
        let (with, without) = (sample::full(), sample::bare());
        let mut table = ThemeCoverageLong { most: 2 * 3 * SLOTS.len() - 1, ..ThemeCoverageLong::default() };
        table.add(&Article::new(&without));
        table.add(&Article::new(&with));
        let rows: Vec<Vec<Cell>> = table.rows().collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row[7] != Cell::Count(0)), "{rows:?}");
        let ids: Vec<&Cell> = rows.iter().map(|row| &row[2]).collect();
        assert!(ids.is_sorted_by(|a, b| format!("{a:?}") <= format!("{b:?}")), "{ids:?}");
        assert_eq!(sum(&rows, 7, "boats", "all", "words"), 11);
    }
}
