//! `theme_totals`: one row per outlet, month, kind and class of speaker and measure of the run: the denominators of
//! `theme_coverage_long`, whole however many themes there are.

use std::collections::BTreeMap;

use super::months::{Counts, Slot, outlet_and_month, slots};
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
        const {
            &[
                Column::text("outlet"),
                Column::text("month"),
                Column::text("speaker_kind"),
                Column::text("speaker_class"),
                Column::text("measure"),
                Column::count("total"),
            ]
        }
    }

    fn add(&mut self, article: &Article<'_>) {
        self.months.entry(outlet_and_month(article)).or_default().add(&Counts::of_article(article));
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        let slots = slots(self.months.values());
        Box::new(self.months.iter().flat_map(move |((outlet, month), counts)| {
            let row = move |slot: &Slot| {
                let total = Cell::whole(counts.get(*slot));
                vec![outlet.as_str().into(), month.as_str().into(), slot.kind().into(), slot.class().into(), slot.measure().into(), total]
            };
            slots.iter().map(row).collect::<Vec<_>>()
        }))
    }
}
