//! `quotes`: one row per quotation.

use super::{Article, Cell, Table};
use crate::{Quote, Speaker};

pub(super) struct Quotes;

impl Table for Quotes {
    fn name(&self) -> &'static str {
        "quotes"
    }

    fn columns(&self) -> &'static [&'static str] {
        &[
            "quote_id",
            "article_id",
            "kind",
            "content",
            "content_start",
            "content_end",
            "cue",
            "source",
            "source_start",
            "source_end",
            "speaker_id",
            "speaker",
            "role",
            "affiliation",
            "speaker_confidence",
            "speaker_basis",
            "section",
            "themes",
            "confidence",
            "quotation_cluster",
        ]
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        article.analysis.quotes.iter().enumerate().map(|(index, quote)| row(article, index, quote)).collect()
    }
}

/// An interrupted quotation's content runs from the start of its first piece to the end of its last.
fn row(article: &Article<'_>, index: usize, quote: &Quote) -> Vec<Cell> {
    let source = quote.source.map(|span| article.points(span));
    let speaker: Option<&Speaker> = article.analysis.speaker_of(index);
    let role = speaker.and_then(|speaker| speaker.roles.first());
    vec![
        article.quote_id(quote).into(),
        article.id().into(),
        quote.kind.name().into(),
        article.content(quote).into(),
        quote.content.first().map(|span| article.points(*span).start).into(),
        quote.content.last().map(|span| article.points(*span).end).into(),
        quote.cue.map(|span| article.text(span)).into(),
        quote.source.map(|span| article.text(span)).into(),
        source.map(|points| points.start).into(),
        source.map(|points| points.end).into(),
        speaker.map(|speaker| speaker.id.as_str()).into(),
        speaker.map(|speaker| speaker.name.as_str()).into(),
        role.map(|role| role.role.as_str()).into(),
        role.and_then(|role| role.affiliation.as_deref()).into(),
        article.analysis.speaker_confidence(index).into(),
        article.analysis.speaker_basis(index).first().map(|finding| finding.rule.name()).into(),
        article.heading(quote).into(),
        Cell::list(article.analysis.themes_of(index).map(|theme| theme.label.as_str())),
        quote.confidence.into(),
        article.quotation_cluster(index).into(),
    ]
}
