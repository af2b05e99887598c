//! The analysis that a report holds of an article, read back: what `evaluate` compares without analysing anew.

use std::path::Path;

use super::export::read;
use super::offsets::Offsets;
use super::record::{ArticleRecord, QuoteRecord, SpanRecord, SpeakerRecord};
use crate::{
    Analysis, Attribution, Document, Entity, EntityLabel, Error, ErrorKind, Label, Quote, QuoteKind, Result, Role, Segmentation, Span,
    Speaker, SpeakerKind,
};

/// The analysis of the article `id` in the report in the folder `run`: its text, entities, quotations and speakers. What a report does not
/// keep as it was, such as tokens and rules, is empty.
///
/// # Errors
/// Where the report has no such article, or it cannot be read.
pub fn recorded(run: &Path, id: &str) -> Result<Analysis> {
    if !run.join("articles").join(format!("{id}.json")).is_file() {
        let error = Error::new(ErrorKind::Gold(format!("the report has no article “{id}”"))).at(run);
        return Err(error.with_hint("name the report that the annotations were exported from; it needs its JSON"));
    }
    analysis(&read(run, id)?)
}

fn analysis(article: &ArticleRecord) -> Result<Analysis> {
    let offsets = Offsets::new(&article.text);
    let span = |span: SpanRecord| Span::new(offsets.byte(span.start), offsets.byte(span.end.max(span.start)));
    let entities = article.entities.iter().filter_map(|entity| {
        let mention = |mention: &super::record::MentionRecord| crate::entities::EntityMention {
            span: span(SpanRecord { start: mention.start, end: mention.end }),
            score: shortened(mention.score),
        };
        Some(Entity {
            id: entity.id.clone(),
            label: EntityLabel::from_name(&entity.label)?,
            name: entity.name.clone(),
            mentions: entity.mentions.iter().map(mention).collect(),
        })
    });
    let entities = entities.collect();
    let quotes = article.quotes.iter().map(|quote| self::quote(&article.id, quote, &span)).collect::<Result<Vec<_>>>()?;
    let by_quote = article.quotes.iter().map(|quote| article.speakers.iter().position(|one| Some(&one.id) == quote.speaker.as_ref()));
    let attribution =
        Attribution { by_quote: by_quote.collect(), speakers: article.speakers.iter().map(speaker).collect(), ..Attribution::default() };
    let doc = Document::new(article.id.clone(), article.path.clone(), "", article.text.clone(), article.metadata.clone());
    let (seg, keyphrases, themes) = (Segmentation::default(), Vec::new(), Vec::new());
    Ok(Analysis { doc, seg, entities, keyphrases, quotes, attribution, themes, passages: Vec::new() })
}

#[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1, with four decimals")]
fn shortened(score: f64) -> f32 {
    score as f32
}

fn quote(article: &str, record: &QuoteRecord, span: &impl Fn(SpanRecord) -> Span) -> Result<Quote> {
    let kind = match record.kind.as_str() {
        "direct" => QuoteKind::Direct,
        "indirect" => QuoteKind::Indirect,
        "mixed" => QuoteKind::Mixed,
        other => return Err(Error::new(ErrorKind::Input(format!("{article}: unknown kind of quotation “{other}”")))),
    };
    Ok(Quote {
        id: record.local_id().to_owned(),
        kind,
        content: record.content.iter().map(|&piece| span(piece)).collect(),
        cue: record.cue.map(span),
        cue_class: None,
        source: record.source.map(span),
        confidence: record.confidence,
        rules: Vec::new(),
    })
}

fn speaker(record: &SpeakerRecord) -> Speaker {
    let nowhere = Span::new(0, 0);
    let role = |role: &super::record::RoleRecord| Role { role: role.role.clone(), affiliation: role.affiliation.clone(), span: nowhere };
    Speaker {
        kind: match record.kind.as_str() {
            "person" => SpeakerKind::Person,
            "organization" => SpeakerKind::Organization,
            "document" => SpeakerKind::Document,
            _ => SpeakerKind::Unnamed,
        },
        roles: record.roles.iter().map(role).collect(),
        ..Speaker::named(&record.id, &record.name)
    }
}
