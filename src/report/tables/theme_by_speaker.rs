//! `theme_by_speaker`: one row per theme and speaker of an article: who is quoted on what, and how much.

use super::{Article, Cell, Column, Table};
use crate::Theme;

pub(super) struct ThemeBySpeaker;

impl Table for ThemeBySpeaker {
    fn name(&self) -> &'static str {
        "theme_by_speaker"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("theme_id"),
                Column::text("theme"),
                Column::text("speaker_id"),
                Column::text("person_id"),
                Column::text("speaker"),
                Column::text("speaker_kind"),
                Column::text("role"),
                Column::count("quotes"),
                Column::count("words"),
                Column::decimal("share"),
            ]
        }
    }

    fn counts(&self) -> bool {
        true
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        article.analysis.themes.iter().flat_map(|theme| rows(article, theme)).collect()
    }
}

/// `words` are those quoted of the speaker on the theme, `share` their share of all words quoted on it in the article. Speakers stand in
/// order of first quotation; quotations whose speaker is unknown make the last row, without a speaker.
fn rows(article: &Article<'_>, theme: &Theme) -> Vec<Vec<Cell>> {
    let attribution = &article.analysis.attribution;
    let quotes = theme.quotes.iter().filter_map(|&index| {
        let quote = article.analysis.quotes.get(index)?;
        Some((attribution.by_quote.get(index).copied().flatten(), article.analysis.quoted_words(quote)))
    });
    let quotes: Vec<(Option<usize>, usize)> = quotes.collect();
    let total: usize = quotes.iter().map(|(_, words)| words).sum();
    let speakers = (0..attribution.speakers.len()).map(Some).chain([None]);
    let row = |speaker: Option<usize>| {
        let words: Vec<usize> = quotes.iter().filter(|(by, _)| *by == speaker).map(|(_, words)| *words).collect();
        let sum: usize = words.iter().sum();
        let known = speaker.and_then(|speaker| attribution.speakers.get(speaker));
        (!words.is_empty()).then(|| {
            vec![
                article.id().into(),
                article.metadata("outlet").into(),
                article.metadata("date").into(),
                theme.id.as_str().into(),
                theme.label.as_str().into(),
                known.map(|speaker| speaker.id.as_str()).into(),
                speaker.and_then(|speaker| article.person(speaker)).into(),
                known.map(|speaker| speaker.name.as_str()).into(),
                known.map(|speaker| speaker.kind.name()).into(),
                known.and_then(|speaker| speaker.roles.first()).map(|role| role.role.as_str()).into(),
                words.len().into(),
                sum.into(),
                (sum as f64 / total.max(1) as f64).into(),
            ]
        })
    };
    speakers.filter_map(row).collect()
}
