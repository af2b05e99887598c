//! `theme_timeline`: one row per outlet, month and theme of the run, also where the theme is absent: shares that are added up or averaged over
//! outlets are wrong where rows are missing.

use std::collections::BTreeMap;

use super::months::outlet_and_month;
use super::{Article, Cell, Column, RunTable};

/// The most themes that get a row in every outlet's month: without a codebook nearly every article has themes of its own, and all pairs would
/// be more rows than the articles have sentences.
const MOST_IN_GRID: usize = 500;

/// Counts the themes of each outlet's months.
#[derive(Debug, Default)]
pub(super) struct ThemeTimeline {
    /// By outlet and month: articles and words.
    totals: BTreeMap<(String, String), (usize, usize)>,
    /// By outlet, month and theme id.
    themes: BTreeMap<(String, String, String), Counted>,
    /// By theme id.
    labels: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
struct Counted {
    articles: usize,
    sentences: usize,
    words: usize,
    quotes: usize,
    speakers: usize,
}

impl RunTable for ThemeTimeline {
    fn name(&self) -> &'static str {
        "theme_timeline"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("outlet"),
                Column::text("month"),
                Column::text("theme_id"),
                Column::text("theme"),
                Column::count("articles"),
                Column::count("articles_total"),
                Column::count("sentences"),
                Column::count("words"),
                Column::count("words_total"),
                Column::decimal("share"),
                Column::count("quotes"),
                Column::count("speakers"),
            ]
        }
    }

    fn add(&mut self, article: &Article<'_>) {
        let (outlet, month) = outlet_and_month(article);
        let total = self.totals.entry((outlet.clone(), month.clone())).or_default();
        total.0 += 1;
        total.1 += article.analysis.word_count();
        for theme in &article.analysis.themes {
            let counted = self.themes.entry((outlet.clone(), month.clone(), theme.id.clone())).or_default();
            counted.articles += 1;
            counted.sentences += theme.sentences.len();
            counted.words += theme.words;
            counted.quotes += theme.quotes.len();
            counted.speakers += article.speakers_on(theme);
            if !self.labels.contains_key(&theme.id) {
                self.labels.insert(theme.id.clone(), theme.label.clone());
            }
        }
    }

    /// By outlet, month and theme id. `share` is of all words of the outlet's month; an article without outlet or date has an empty one.
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        if self.labels.len() > MOST_IN_GRID {
            return Box::new(self.themes.iter().map(|((outlet, month, theme), counted)| self.row((outlet, month, theme), counted)));
        }
        Box::new(self.totals.keys().flat_map(move |(outlet, month)| {
            let row = move |theme: &String| {
                let none = Counted::default();
                let counted = self.themes.get(&(outlet.clone(), month.clone(), theme.clone())).unwrap_or(&none);
                self.row((outlet, month, theme), counted)
            };
            self.labels.keys().map(row)
        }))
    }
}

impl ThemeTimeline {
    fn row(&self, (outlet, month, theme): (&String, &String, &String), counted: &Counted) -> Vec<Cell> {
        let (articles, words) = self.totals.get(&(outlet.clone(), month.clone())).copied().unwrap_or_default();
        vec![
            outlet.as_str().into(),
            month.as_str().into(),
            theme.as_str().into(),
            self.labels.get(theme).map(String::as_str).into(),
            counted.articles.into(),
            articles.into(),
            counted.sentences.into(),
            counted.words.into(),
            words.into(),
            (counted.words as f64 / words.max(1) as f64).into(),
            counted.quotes.into(),
            counted.speakers.into(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_month_without_a_theme_has_a_row_of_nothing() {
        let (with, without) = (sample::full(), sample::bare());
        let mut timeline = ThemeTimeline::default();
        timeline.add(&Article::new(&with));
        timeline.add(&Article::new(&without));
        let rows: Vec<Vec<Cell>> = timeline.rows().collect();
        assert_eq!(rows.len(), 2 * 3, "two outlets' months, three themes");
        let absent: Vec<&Vec<Cell>> = rows.iter().filter(|row| row[0] == Cell::from("")).collect();
        assert!(
            absent.iter().all(|row| row[4] == Cell::Count(0) && row[5] == Cell::Count(1) && row[9] == Cell::Decimal(0.0)),
            "{absent:?}"
        );
        assert_eq!(absent[0][3], Cell::from("Boats"));
    }
}
