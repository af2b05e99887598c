//! Quotations with canonical speakers: one JSON file an article, spans in code points; named entities where it lists them.
//!
//! The text stands in `text`, or in the file `file` (or `NAME.txt`) beside the annotation.

use std::path::Path;

use serde::Deserialize;

use super::document::SpanReader;
use super::{GoldAttribution, GoldDocument, GoldQuotation, GoldSpeaker, Layers, failed_at_line, read_text, stem};
use crate::{EntityLabel, Error, ErrorKind, Label, Result, Span};

#[derive(Deserialize)]
struct Article {
    file: Option<String>,
    text: Option<String>,
    quotations: Vec<QuotationEntry>,
    #[serde(default)]
    borderline_not_counted: Vec<BorderlineEntry>,
    #[serde(default)]
    speakers: Vec<SpeakerEntry>,
    entities: Option<Vec<EntityEntry>>,
}

#[derive(Deserialize)]
struct EntityEntry {
    start: usize,
    end: usize,
    label: String,
}

#[derive(Deserialize)]
struct SpeakerEntry {
    name: String,
    #[serde(default)]
    roles: Vec<RoleEntry>,
}

#[derive(Deserialize)]
struct RoleEntry {
    role: String,
    affiliation: Option<String>,
}

#[derive(Deserialize)]
struct QuotationEntry {
    content: OneOrMany<Points>,
    cue: Option<Part>,
    source: Option<Part>,
    alt_content: Option<Vec<OneOrMany<Points>>>,
    speaker: String,
    speaker_alt: Option<Vec<String>>,
    alt_speakers: Option<Vec<String>>,
    co_speakers: Option<Vec<String>>,
    kind: String,
    alt_kinds: Option<Vec<String>>,
    source_type: Option<String>,
    tier: Option<String>,
}

#[derive(Deserialize)]
struct BorderlineEntry {
    span: Option<Points>,
}

#[derive(Deserialize, Clone, Copy)]
struct Points {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

/// A cue or source: its places, or words alone, which say nothing of where they stand.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Places(OneOrMany<Points>),
    Other(serde::de::IgnoredAny),
}

impl Part {
    fn spans(part: Option<&Self>, spans: &SpanReader<'_>) -> Result<Vec<Span>> {
        match part {
            Some(Self::Places(places)) => cut(places, spans),
            Some(Self::Other(_)) | None => Ok(Vec::new()),
        }
    }
}

/// Reads one annotated article.
pub(super) fn read(path: &Path) -> Result<GoldDocument> {
    let json = read_text(path)?;
    let article: Article = serde_json::from_str(&json).map_err(|error| failed_at_line(path, error.line(), error))?;
    let name = article.file.as_deref().map_or_else(|| stem(path), |file| stem(Path::new(file)));
    let text = match &article.text {
        Some(text) => text.clone(),
        None => beside(path, article.file.as_deref())?,
    };
    let spans = SpanReader::new(&text);
    let located = |error: Error| error.at(path);
    let attributions = article.quotations.iter().map(|entry| attribution(entry, &spans)).collect::<Result<Vec<_>>>().map_err(located)?;
    let has_places = attributions.is_empty() || attributions.iter().any(|part| !part.source.is_empty() || !part.cue.is_empty());
    let entities = article.entities.as_deref().map(|entries| entities(entries, &spans)).transpose().map_err(located)?;
    let quotations: Result<Vec<_>> = article.quotations.into_iter().map(|entry| quotation(entry, &spans)).collect();
    let quotations = quotations.map_err(located)?;
    let borderline = article.borderline_not_counted.into_iter().filter_map(|entry| entry.span);
    let borderline = borderline.map(|points| spans.span(points.start, points.end)).collect::<Result<Vec<_>>>().map_err(located)?;
    let speakers = article
        .speakers
        .into_iter()
        .map(|entry| GoldSpeaker { name: entry.name, roles: entry.roles.into_iter().map(|role| (role.role, role.affiliation)).collect() });
    let speakers = speakers.collect();
    let layers = Layers { quotations: true, attributions: has_places, entities: entities.is_some(), ..Layers::default() };
    let entity_labels = if layers.entities { EntityLabel::ALL.to_vec() } else { Vec::new() };
    let entities = entities.unwrap_or_default();
    let attributions = if has_places { attributions } else { Vec::new() };
    Ok(GoldDocument {
        name,
        text,
        layers,
        entities,
        entity_labels,
        attributions,
        quotations,
        speakers,
        borderline,
        ..GoldDocument::default()
    })
}

/// The text that an annotation without `text` is about: its file beside the annotation or one folder up.
fn beside(path: &Path, file: Option<&str>) -> Result<String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = file.map_or_else(|| path.with_extension("txt"), |file| folder.join(file));
    let above = folder.join("..").join(named.file_name().unwrap_or_default());
    read_text(if !named.is_file() && above.is_file() { &above } else { &named })
}

/// The preferred content with its source and cue.
fn attribution(entry: &QuotationEntry, spans: &SpanReader<'_>) -> Result<GoldAttribution> {
    let (source, cue) = (Part::spans(entry.source.as_ref(), spans)?, Part::spans(entry.cue.as_ref(), spans)?);
    Ok(GoldAttribution { source, cue, content: cut(&entry.content, spans)?, ..GoldAttribution::default() })
}

fn entities(entries: &[EntityEntry], spans: &SpanReader<'_>) -> Result<Vec<(Span, EntityLabel)>> {
    let mut entities = Vec::new();
    for entry in entries {
        let label = EntityLabel::from_name(&entry.label).ok_or_else(|| ErrorKind::Gold(format!("unknown label {:?}", entry.label)))?;
        entities.push((spans.span(entry.start, entry.end)?, label));
    }
    entities.sort_unstable();
    Ok(entities)
}

fn quotation(entry: QuotationEntry, spans: &SpanReader<'_>) -> Result<GoldQuotation> {
    let contents = std::iter::once(entry.content)
        .chain(entry.alt_content.unwrap_or_default())
        .map(|content| cut(&content, spans))
        .collect::<Result<_>>()?;
    let others = [entry.speaker_alt, entry.alt_speakers, entry.co_speakers].into_iter().flatten().flatten();
    Ok(GoldQuotation {
        contents,
        speakers: std::iter::once(entry.speaker).chain(others).collect(),
        kinds: std::iter::once(entry.kind).chain(entry.alt_kinds.unwrap_or_default()).collect(),
        source_type: entry.source_type.unwrap_or_default(),
        is_core: entry.tier.is_none_or(|tier| tier == "core"),
    })
}

fn cut(content: &OneOrMany<Points>, spans: &SpanReader<'_>) -> Result<Vec<Span>> {
    match content {
        OneOrMany::One(points) => Ok(vec![spans.span(points.start, points.end)?]),
        OneOrMany::Many(list) => list.iter().map(|points| spans.span(points.start, points.end)).collect(),
    }
}
