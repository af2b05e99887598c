//! `quote_speakers`: one row per quotation and speaker, so that those who speak together (*Smith and Jones said*) are all there.

use super::{Article, Cell, Column, Table};
use crate::SpeakerClass;

pub(super) struct QuoteSpeakers;

impl Table for QuoteSpeakers {
    fn name(&self) -> &'static str {
        "quote_speakers"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("quote_id"),
                Column::text("article_id"),
                Column::count("position"),
                Column::decimal("share"),
                Column::text("speaker_id"),
                Column::text("person_id"),
                Column::text("speaker"),
                Column::text("speaker_kind"),
                Column::text("speaker_class"),
                Column::text("role"),
                Column::text("affiliation"),
            ]
        }
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let attribution = &article.analysis.attribution;
        let rows = article.analysis.quotes.iter().enumerate().flat_map(|(index, quote)| {
            let first = attribution.by_quote.get(index).copied().flatten();
            let others = attribution.joint.get(index).into_iter().flatten().copied();
            let speakers: Vec<usize> = first.into_iter().chain(others).collect();
            let share = 1.0 / speakers.len().max(1) as f64;
            let row = move |(position, at): (usize, usize)| {
                let speaker = attribution.speakers.get(at)?;
                let role = speaker.roles.first();
                Some(vec![
                    article.quote_id(quote).into(),
                    article.id().into(),
                    (position + 1).into(),
                    share.into(),
                    speaker.id.as_str().into(),
                    article.person(at).into(),
                    speaker.name.as_str().into(),
                    speaker.kind.name().into(),
                    speaker.class.map(SpeakerClass::name).into(),
                    role.map(|role| role.role.as_str()).into(),
                    role.and_then(|role| role.affiliation.as_deref()).into(),
                ])
            };
            speakers.into_iter().enumerate().filter_map(row).collect::<Vec<_>>()
        });
        rows.collect()
    }
}
