//! `theme_summary`: one row per theme and measure of the run: its share of the corpus with a confidence interval.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Article, Cell, Column, RunTable};
use crate::themes::{Interval, Measures, share_intervals};

/// What is counted, in the order of [`Measures`].
const MEASURES: [&str; 4] = ["articles", "sentences", "words", "quotes"];

/// Themes beyond this many, by words, get no interval: without a codebook nearly every article has themes of its own.
const MOST_WITH_INTERVAL: usize = 500;

/// Counts the themes of the corpus.
#[derive(Debug, Default)]
pub(super) struct ThemeSummary {
    /// One entry an article.
    totals: Vec<Measures<4>>,
    themes: BTreeMap<String, Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    label: String,
    parent: Option<String>,
    /// The indices of its articles with what is counted there.
    parts: Vec<(u32, Measures<4>)>,
}

impl Counted {
    fn sum(&self) -> [u64; 4] {
        sum(self.parts.iter().map(|(_, measures)| measures))
    }
}

fn sum<'a>(measures: impl Iterator<Item = &'a Measures<4>>) -> [u64; 4] {
    measures.fold([0; 4], |total, measures| {
        std::array::from_fn(|at| total.get(at).copied().unwrap_or(0) + measures.get(at).copied().map_or(0, u64::from))
    })
}

impl RunTable for ThemeSummary {
    fn name(&self) -> &'static str {
        "theme_summary"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("theme_id"),
                Column::text("theme"),
                Column::text("parent_id"),
                Column::text("measure"),
                Column::count("count"),
                Column::count("total"),
                Column::decimal("share"),
                Column::decimal("share_low"),
                Column::decimal("share_high"),
            ]
        }
    }

    fn add(&mut self, article: &Article<'_>) {
        let analysis = article.analysis;
        let measures = |counts: [usize; 3]| {
            let [sentences, words, quotes] = counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
            [1, sentences, words, quotes]
        };
        let at = u32::try_from(self.totals.len()).unwrap_or(u32::MAX);
        self.totals.push(measures([analysis.seg.body_sentences().count(), analysis.word_count(), analysis.quotes.len()]));
        for theme in &analysis.themes {
            let counted = self.themes.entry(theme.id.clone()).or_default();
            if counted.parts.is_empty() {
                counted.label.clone_from(&theme.label);
                counted.parent.clone_from(&theme.parent);
            }
            counted.parts.push((at, measures([theme.sentences.len(), theme.words, theme.quotes.len()])));
        }
    }

    /// The theme with most words first, equal ones by id.
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        let mut themes: Vec<(&String, &Counted, [u64; 4])> = self.themes.iter().map(|(id, counted)| (id, counted, counted.sum())).collect();
        themes.sort_by_key(|(id, _, [_, _, words, _])| (Reverse(*words), *id));
        let parts: Vec<&[(u32, Measures<4>)]> =
            themes.iter().take(MOST_WITH_INTERVAL).map(|(_, counted, _)| counted.parts.as_slice()).collect();
        let intervals = share_intervals(&self.totals, &parts);
        let totals = sum(self.totals.iter());
        let mut rows = Vec::new();
        for (place, (id, counted, counts)) in themes.into_iter().enumerate() {
            let intervals = intervals.get(place).copied().unwrap_or_default();
            for (((measure, count), total), interval) in MEASURES.into_iter().zip(counts).zip(totals).zip(intervals) {
                rows.push(row((id, counted), measure, (count, total), interval));
            }
        }
        Box::new(rows.into_iter())
    }
}

fn row((id, counted): (&String, &Counted), measure: &str, (count, total): (u64, u64), interval: Option<Interval>) -> Vec<Cell> {
    vec![
        id.as_str().into(),
        counted.label.as_str().into(),
        counted.parent.as_deref().into(),
        measure.into(),
        Cell::whole(count),
        Cell::whole(total),
        (if total == 0 { 0.0 } else { count as f64 / total as f64 }).into(),
        interval.map(|interval| interval.low).into(),
        interval.map(|interval| interval.high).into(),
    ]
}
