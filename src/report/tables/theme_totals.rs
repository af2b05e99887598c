//! `theme_totals`: one row per outlet, month, kind of speaker and measure of the run: the denominators of `theme_coverage_long`, whole however
//! many themes there are.

use std::collections::BTreeMap;

use super::months::{Counts, SLOTS, add, of_article, outlet_and_month};
use super::{Article, Cell, Column, RunTable};

/// Counts each outlet's months.
#[derive(Debug, Default)]
pub(super) struct ThemeTotals {
    months: BTreeMap<(String, String), Counts>,
}

impl RunTable for ThemeTotals {
    fn name(&self) -> &'static str {
        "theme_totals"
    }

    fn columns(&self) -> &'static [Column] {
        const { &[Column::text("outlet"), Column::text("month"), Column::text("speaker_kind"), Column::text("measure"), Column::count("total")] }
    }

    fn add(&mut self, article: &Article<'_>) {
        let counts = self.months.entry(outlet_and_month(article)).or_insert([0; SLOTS.len()]);
        add(counts, &of_article(article));
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        Box::new(self.months.iter().flat_map(|((outlet, month), counts)| {
            SLOTS.iter().zip(counts).map(move |((kind, measure), total)| {
                vec![outlet.as_str().into(), month.as_str().into(), (*kind).into(), (*measure).into(), Cell::whole(*total)]
            })
        }))
    }
}
