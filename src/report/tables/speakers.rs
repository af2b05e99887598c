//! `speakers`: one row per speaker of an article.

use super::{Article, Cell, Column, Table};
use crate::{Office, QuoteKind, Speaker, SpeakerClass};

pub(super) struct Speakers;

impl Table for Speakers {
    fn name(&self) -> &'static str {
        "speakers"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("speaker_id"),
                Column::text("person_id"),
                Column::text("speaker"),
                Column::list("aliases"),
                Column::list("roles"),
                Column::list("affiliation"),
                Column::text("kind"),
                Column::text("speaker_class"),
                Column::text("gender_in_text"),
                Column::flag("metonym"),
                Column::count("quotes_direct"),
                Column::count("quotes_indirect"),
                Column::count("quotes_mixed"),
                Column::count("words_quoted"),
                Column::text("known_id"),
                Column::list("offices"),
            ]
        }
    }

    fn counts(&self) -> bool {
        true
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let speakers = article.analysis.attribution.speakers.iter().enumerate();
        speakers.map(|(index, speaker)| row(article, index, speaker)).collect()
    }
}

fn row(article: &Article<'_>, index: usize, speaker: &Speaker) -> Vec<Cell> {
    let count = |kind| article.quotes_of(index).filter(|quote| quote.kind == kind).count();
    vec![
        article.id().into(),
        article.metadata("outlet").into(),
        article.metadata("date").into(),
        speaker.id.as_str().into(),
        article.person(index).into(),
        speaker.name.as_str().into(),
        Cell::list(&speaker.aliases),
        Cell::list(speaker.roles.iter().map(|role| role.role.as_str())),
        Cell::list(Article::affiliations(speaker)),
        speaker.kind.name().into(),
        speaker.class.map(SpeakerClass::name).into(),
        speaker.gender_in_text.map(|said| said.gender.name()).into(),
        speaker.is_metonym.into(),
        count(QuoteKind::Direct).into(),
        count(QuoteKind::Indirect).into(),
        count(QuoteKind::Mixed).into(),
        article.quotes_of(index).map(|quote| article.analysis.quoted_words(quote)).sum::<usize>().into(),
        speaker.known.as_ref().map(|known| known.id.as_str()).into(),
        Cell::list(speaker.known.iter().flat_map(|known| &known.offices).map(office)),
    ]
}

/// *mayor (Vik)*
fn office(office: &Office) -> String {
    office.organisation.as_ref().map_or_else(|| office.role.clone(), |body| format!("{} ({body})", office.role))
}
