//! `quotes`: one row per quotation.

use super::{Article, Cell, Column, Table};
use crate::{CueClass, Quote, Speaker, SpeakerClass};

pub(super) struct Quotes;

impl Table for Quotes {
    fn name(&self) -> &'static str {
        "quotes"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("quote_id"),
                Column::text("article_id"),
                Column::text("outlet"),
                Column::text("date"),
                Column::text("title"),
                Column::text("kind"),
                Column::text("content"),
                Column::count("content_start"),
                Column::count("content_end"),
                Column::text("cue"),
                Column::text("cue_class"),
                Column::text("source"),
                Column::count("source_start"),
                Column::count("source_end"),
                Column::text("speaker_id"),
                Column::text("person_id"),
                Column::text("speaker"),
                Column::text("speaker_kind"),
                Column::text("speaker_class"),
                Column::text("gender_in_text"),
                Column::text("role"),
                Column::text("affiliation"),
                Column::decimal("speaker_confidence"),
                Column::text("speaker_basis"),
                Column::text("section"),
                Column::count("paragraph"),
                Column::count("sentence"),
                Column::decimal("position"),
                Column::text("passage"),
                Column::list("themes"),
                Column::decimal("confidence"),
                Column::text("quotation_cluster"),
            ]
        }
    }

    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        article.analysis.quotes.iter().enumerate().map(|(index, quote)| row(article, index, quote)).collect()
    }
}

/// Paragraphs and sentences are numbered from one, as in a sentence's id. An interrupted quotation's content runs from the start of its first piece to the end of its last.
fn row(article: &Article<'_>, index: usize, quote: &Quote) -> Vec<Cell> {
    let source = quote.source.map(|span| article.points(span));
    let speaker: Option<&Speaker> = article.analysis.speaker_of(index);
    let role = speaker.and_then(|speaker| speaker.roles.first());
    let number = |index: Option<usize>| Cell::from(index.map(|index| index + 1));
    vec![
        article.quote_id(quote).into(),
        article.id().into(),
        article.metadata("outlet").into(),
        article.metadata("date").into(),
        article.title().into(),
        quote.kind.name().into(),
        article.content(quote).into(),
        quote.content.first().map(|span| article.points(*span).start).into(),
        quote.content.last().map(|span| article.points(*span).end).into(),
        quote.cue.map(|span| article.text(span)).into(),
        quote.cue_class.map(CueClass::name).into(),
        quote.source.map(|span| article.text(span)).into(),
        source.map(|points| points.start).into(),
        source.map(|points| points.end).into(),
        speaker.map(|speaker| speaker.id.as_str()).into(),
        article.person_quoted(index).into(),
        speaker.map(|speaker| speaker.name.as_str()).into(),
        speaker.map(|speaker| speaker.kind.name()).into(),
        speaker.and_then(|speaker| speaker.class).map(SpeakerClass::name).into(),
        speaker.and_then(|speaker| speaker.gender_in_text).map(|said| said.gender.name()).into(),
        role.map(|role| role.role.as_str()).into(),
        role.and_then(|role| role.affiliation.as_deref()).into(),
        article.analysis.speaker_confidence(index).into(),
        article.analysis.speaker_basis(index).first().map(|finding| finding.rule.name()).into(),
        article.heading(quote).into(),
        number(article.paragraph(quote)),
        number(article.sentence(quote)),
        article.position(quote).into(),
        article.passage(quote).into(),
        Cell::list(article.analysis.themes_of(index).map(|theme| theme.label.as_str())),
        quote.confidence.into(),
        article.quotation_cluster(index).into(),
    ]
}
