//! `theme_summary`: one row per theme and measure of the run: its share of the corpus with a confidence interval.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Article, Cell, Column, RunTable};
use crate::themes::{Measures, ShareBootstrap, ThemeRates};

/// What is counted, in the order of [`Measures`].
const MEASURES: [&str; 4] = ["articles", "sentences", "words", "quotes"];

/// Counts the themes of the corpus.
#[derive(Debug, Default)]
pub(super) struct ThemeSummary {
    totals: [u64; 4],
    themes: BTreeMap<String, Counted>,
    shares: ShareBootstrap<4>,
    rates: ThemeRates,
}

#[derive(Debug)]
struct Counted {
    /// In order of first appearance.
    number: usize,
    label: String,
    parent: Option<String>,
    counts: [u64; 4],
}

fn add(sums: &mut [u64; 4], measures: Measures<4>) {
    sums.iter_mut().zip(measures).for_each(|(sum, measure)| *sum += u64::from(measure));
}

impl ThemeSummary {
    pub(super) fn new(rates: ThemeRates) -> Self {
        Self { rates, ..Self::default() }
    }

    /// The share of sentences corrected for how often the fitted codebook misses the theme and gives it wrongly (adjusted count, Gart & Buck
    /// 1966; Forman, DMKD 2008); none where it does not tell the two apart.
    fn adjusted(&self, id: &str, measure: &str, share: f64) -> Option<f64> {
        const LEAST_DIFFERENCE: f64 = 0.1;
        let (found, given) = self.rates.get(id).filter(|_| measure == "sentences")?;
        (found - given >= LEAST_DIFFERENCE).then(|| ((share - given) / (found - given)).clamp(0.0, 1.0))
    }
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
                Column::decimal("share_adjusted"),
            ]
        }
    }

    fn add(&mut self, article: &Article<'_>) {
        let analysis = article.analysis;
        let measures = |counts: [usize; 3]| {
            let [sentences, words, quotes] = counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
            [1, sentences, words, quotes]
        };
        let total = measures([analysis.seg.body_sentences().count(), analysis.word_count(), analysis.quotes.len()]);
        add(&mut self.totals, total);
        let mut parts = Vec::new();
        for theme in &analysis.themes {
            let number = self.themes.len();
            let (label, parent) = (&theme.label, &theme.parent);
            let new = || Counted { number, label: label.clone(), parent: parent.clone(), counts: [0; 4] };
            let counted = self.themes.entry(theme.id.clone()).or_insert_with(new);
            let part = measures([theme.sentences.len(), theme.words, theme.quotes.len()]);
            add(&mut counted.counts, part);
            parts.push((counted.number, part));
        }
        self.shares.add(total, parts);
    }

    /// The theme with most words first, equal ones by id.
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        let mut themes: Vec<(&String, &Counted)> = self.themes.iter().collect();
        themes.sort_by_key(|(id, Counted { counts: [_, _, words, _], .. })| (Reverse(*words), *id));
        Box::new(themes.into_iter().flat_map(move |(id, counted)| {
            let counts = MEASURES.into_iter().zip(counted.counts.into_iter().zip(self.totals));
            let rows = counts.zip(self.shares.intervals(counted.number));
            rows.map(move |((measure, (count, total)), interval)| {
                let share = if total == 0 { 0.0 } else { count as f64 / total as f64 };
                let adjusted = self.adjusted(id, measure, share);
                vec![
                    id.as_str().into(),
                    counted.label.as_str().into(),
                    counted.parent.as_deref().into(),
                    measure.into(),
                    Cell::whole(count),
                    Cell::whole(total),
                    share.into(),
                    interval.map(|interval| interval.low).into(),
                    interval.map(|interval| interval.high).into(),
                    adjusted.into(),
                ]
            })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_adjusted_where_the_codebook_tells_a_theme() {
        let rates = ThemeRates::from([("sea".to_owned(), (0.7, 0.1)), ("rail".to_owned(), (0.3, 0.25))]);
        let summary = ThemeSummary::new(rates);
        let rows = [
            ("sea", "sentences", 0.4, Some(0.5)),
            ("sea", "sentences", 0.05, Some(0.0)),
            ("sea", "words", 0.4, None),
            ("rail", "sentences", 0.4, None),
            ("air", "sentences", 0.4, None),
        ];
        for (id, measure, share, expected) in rows {
            let found = summary.adjusted(id, measure, share);
            assert!(
                found.zip(expected).is_some_and(|(a, b): (f64, f64)| (a - b).abs() < 1e-9) || found == expected,
                "{id} {measure} {found:?}"
            );
        }
    }
}
