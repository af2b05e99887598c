//! `speakers`: one row per speaker of an article.

use super::{Article, Cell, Table};
use crate::{Office, QuoteKind, Speaker};

pub(super) struct Speakers;

impl Table for Speakers {
    fn name(&self) -> &'static str {
        "speakers"
    }

    fn columns(&self) -> &'static [&'static str] {
        &[
            "article_id",
            "speaker_id",
            "speaker",
            "aliases",
            "roles",
            "affiliation",
            "kind",
            "metonym",
            "quotes_direct",
            "quotes_indirect",
            "quotes_mixed",
            "words_quoted",
            "known_id",
            "offices",
        ]
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
        speaker.id.as_str().into(),
        speaker.name.as_str().into(),
        Cell::list(&speaker.aliases),
        Cell::list(speaker.roles.iter().map(|role| role.role.as_str())),
        Cell::list(Article::affiliations(speaker)),
        speaker.kind.name().into(),
        speaker.is_metonym.then_some("true").into(),
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
