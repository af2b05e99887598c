//! `theme_coverage_long`: one row per outlet, month, theme, kind and class of speaker and measure of the run, each with its total: which theme
//! got how much, by whom, when, and who is missing.
//!
//! Rows of nothing are what tells who is missing, and without them totals cannot be added up. So all combinations have a row where that
//! stays below [`MOST_IN_GRID`] rows; past that only what is there has one, and totals are those of `theme_totals`.

use std::collections::BTreeMap;

use super::months::{Counts, outlet_and_month, slots};
use super::{Article, Cell, Column, RunTable};

/// The most rows of a table with all combinations.
const MOST_IN_GRID: usize = 200_000;

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
                Column::text("speaker_class"),
                Column::text("measure"),
                Column::count("count"),
                Column::count("total"),
                Column::decimal("share"),
            ]
        }
    }

    fn add(&mut self, article: &Article<'_>) {
        let next = self.months.len();
        let (month, total) = self.months.entry(outlet_and_month(article)).or_insert_with(|| (next, Counts::default()));
        total.add(&Counts::of_article(article));
        for theme in &article.analysis.themes {
            let next = self.themes.len();
            let named = || Named { number: next, label: theme.label.clone(), parent: theme.parent.clone() };
            let number = match self.themes.get(&theme.id) {
                Some(named) => named.number,
                None => self.themes.entry(theme.id.clone()).or_insert_with(named).number,
            };
            self.counts.entry((*month, number)).or_default().add(&Counts::of_theme(article, theme));
        }
    }

    /// By outlet, month and theme id, then by kind and class of speaker.
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        let slots = slots(self.months.values().map(|(_, totals)| totals));
        let is_grid = self.months.len().saturating_mul(self.themes.len()).saturating_mul(slots.len()) <= self.most;
        let mut by_number: Vec<(usize, &str, &Named)> =
            self.themes.iter().enumerate().map(|(place, (id, named))| (place, id.as_str(), named)).collect();
        by_number.sort_unstable_by_key(|(_, _, named)| named.number);
        Box::new(self.months.iter().flat_map(move |((outlet, month), (number, totals))| {
            let there = self.counts.range((*number, 0)..=(*number, usize::MAX));
            let mut there: Vec<_> = there.filter_map(|((_, theme), counts)| Some((*by_number.get(*theme)?, Some(counts)))).collect();
            there.sort_unstable_by_key(|((place, ..), _)| *place);
            let counted: Vec<(&str, &Named, Option<&Counts>)> = if is_grid {
                self.themes.iter().map(|(id, named)| (id.as_str(), named, self.counts.get(&(*number, named.number)))).collect()
            } else {
                there.into_iter().map(|((_, id, named), counts)| (id, named, counts)).collect()
            };
            let slots = slots.clone();
            counted.into_iter().flat_map(move |(id, named, counts)| {
                let counted =
                    slots.clone().into_iter().map(move |slot| (slot, counts.map_or(0, |counts| counts.get(slot)), totals.get(slot)));
                counted.filter(move |(_, count, _)| is_grid || *count > 0).map(move |(slot, count, total)| {
                    vec![
                        outlet.as_str().into(),
                        month.as_str().into(),
                        id.into(),
                        named.label.as_str().into(),
                        named.parent.as_deref().into(),
                        slot.kind().into(),
                        slot.class().into(),
                        slot.measure().into(),
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

    /// The columns of what is counted and of its total.
    const COUNT: usize = 8;
    const TOTAL: usize = 9;

    fn sum(rows: &[Vec<Cell>], column: usize, theme: &str, voice: [&str; 2], measure: &str) -> usize {
        let wanted = [theme, voice[0], voice[1], measure].map(Cell::from);
        let rows = rows.iter().filter(|row| [row[2].clone(), row[5].clone(), row[6].clone(), row[7].clone()] == wanted);
        rows.map(|row| if let Cell::Count(count) = row[column] { count } else { panic!("a count") }).sum()
    }

    fn of(analyses: &[&crate::Analysis], most: usize) -> Vec<Vec<Cell>> {
        let mut table = ThemeCoverageLong { most, ..ThemeCoverageLong::default() };
        for analysis in analyses {
            table.add(&Article::new(analysis));
        }
        table.rows().collect()
    }

    #[test]
    fn adding_over_outlets_gives_the_truth() {
        let (with, without) = (sample::full(), sample::bare());
        let rows = of(&[&with, &without], MOST_IN_GRID);
        let words = with.word_count() + without.word_count();
        let all = ["all", "all"];
        assert_eq!((sum(&rows, COUNT, "boats", all, "words"), sum(&rows, TOTAL, "boats", all, "words")), (11, words));
        let politician = ["person", "politician"];
        assert_eq!((sum(&rows, COUNT, "taxes", politician, "quotes"), sum(&rows, TOTAL, "taxes", politician, "quotes")), (1, 1));
        assert_eq!((sum(&rows, COUNT, "boats", politician, "quotes"), sum(&rows, TOTAL, "boats", politician, "quotes")), (0, 1));
        assert_eq!(sum(&rows, COUNT, "taxes", ["unknown", "unknown"], "quotes"), 1);
    }

    #[test]
    fn a_row_says_who_is_missing_from_the_whole_run() {
        let (with, without) = (sample::full(), sample::bare());
        let rows = of(&[&with, &without], MOST_IN_GRID);
        let citizens: Vec<_> = rows.iter().filter(|row| row[6] == Cell::from("citizen")).collect();
        assert_eq!(citizens.len(), 2 * 3 * 3, "of two outlets' months three measures of three themes");
        assert!(citizens.iter().all(|row| row[COUNT] == Cell::Count(0)), "{citizens:?}");
    }

    #[test]
    fn a_table_that_would_grow_too_large_has_what_is_there_alone() {
        let (with, without) = (sample::full(), sample::bare());
        let whole = of(&[&without, &with], MOST_IN_GRID).len();
        assert_eq!(of(&[&without, &with], whole).len(), whole);
        let rows = of(&[&without, &with], whole - 1);
        assert!(!rows.is_empty() && rows.iter().all(|row| row[COUNT] != Cell::Count(0)), "{rows:?}");
        let ids: Vec<&Cell> = rows.iter().map(|row| &row[2]).collect();
        assert!(ids.is_sorted_by(|a, b| format!("{a:?}") <= format!("{b:?}")), "{ids:?}");
        assert_eq!(sum(&rows, COUNT, "boats", ["all", "all"], "words"), 11);
    }
}
