//! `theme_timeline`: one row per outlet, month and theme of the run.

use std::collections::BTreeMap;

use super::{Article, Cell, RunTable};
use crate::Date;

/// Counts the themes of each outlet's months.
#[derive(Debug, Default)]
pub(super) struct ThemeTimeline {
    /// By outlet and month: articles and words.
    totals: BTreeMap<(String, String), (usize, usize)>,
    /// By outlet, month and theme id.
    themes: BTreeMap<(String, String, String), Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    label: String,
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

    fn columns(&self) -> &'static [&'static str] {
        &[
            "outlet",
            "month",
            "theme_id",
            "theme",
            "articles",
            "articles_total",
            "sentences",
            "words",
            "words_total",
            "share",
            "quotes",
            "speakers",
        ]
    }

    fn add(&mut self, article: &Article<'_>) {
        let outlet = article.metadata("outlet").to_owned();
        let date = Date::find(article.metadata("date"), None).and_then(Date::to_month);
        let month = date.map(|month| month.to_string()).unwrap_or_default();
        let total = self.totals.entry((outlet.clone(), month.clone())).or_default();
        total.0 += 1;
        total.1 += article.analysis.word_count();
        for theme in &article.analysis.themes {
            let counted = self.themes.entry((outlet.clone(), month.clone(), theme.id.clone())).or_default();
            if counted.label.is_empty() {
                counted.label.clone_from(&theme.label);
            }
            counted.articles += 1;
            counted.sentences += theme.sentences.len();
            counted.words += theme.words;
            counted.quotes += theme.quotes.len();
            counted.speakers += article.speakers_on(theme);
        }
    }

    /// By outlet, month and theme id. `share` is of all words of the outlet's month; an article without outlet or date has an empty one.
    fn rows(&self) -> Vec<Vec<Cell>> {
        let row = |((outlet, month, theme), counted): (&(String, String, String), &Counted)| {
            let (articles, words) = self.totals.get(&(outlet.clone(), month.clone())).copied().unwrap_or_default();
            vec![
                outlet.as_str().into(),
                month.as_str().into(),
                theme.as_str().into(),
                counted.label.as_str().into(),
                counted.articles.into(),
                articles.into(),
                counted.sentences.into(),
                counted.words.into(),
                words.into(),
                (counted.words as f64 / words.max(1) as f64).into(),
                counted.quotes.into(),
                counted.speakers.into(),
            ]
        };
        self.themes.iter().map(row).collect()
    }
}
