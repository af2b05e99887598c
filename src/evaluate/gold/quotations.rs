//! Quotations with canonical speakers: one JSON file an article, spans in code points.
//!
//! The text stands in `text`, or in the file `file` (or `NAME.txt`) beside the annotation.

use std::path::Path;

use serde::Deserialize;

use super::document::SpanReader;
use super::{GoldDocument, GoldQuotation, GoldSpeaker, Layers, failed_at_line, read_text, stem};
use crate::{Error, Result, Span};

#[derive(Deserialize)]
struct Article {
    file: Option<String>,
    text: Option<String>,
    quotations: Vec<QuotationEntry>,
    #[serde(default)]
    borderline_not_counted: Vec<BorderlineEntry>,
    #[serde(default)]
    speakers: Vec<SpeakerEntry>,
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
    let quotations: Result<Vec<_>> = article.quotations.into_iter().map(|entry| quotation(entry, &spans)).collect();
    let quotations = quotations.map_err(located)?;
    let borderline = article.borderline_not_counted.into_iter().filter_map(|entry| entry.span);
    let borderline = borderline.map(|points| spans.span(points.start, points.end)).collect::<Result<Vec<_>>>().map_err(located)?;
    let speakers = article
        .speakers
        .into_iter()
        .map(|entry| GoldSpeaker { name: entry.name, roles: entry.roles.into_iter().map(|role| (role.role, role.affiliation)).collect() });
    let speakers = speakers.collect();
    let layers = Layers { quotations: true, ..Layers::default() };
    Ok(GoldDocument { name, text, layers, quotations, speakers, borderline, ..GoldDocument::default() })
}

/// The text that an annotation without `text` is about: its file beside the annotation or one folder up.
fn beside(path: &Path, file: Option<&str>) -> Result<String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = file.map_or_else(|| path.with_extension("txt"), |file| folder.join(file));
    let above = folder.join("..").join(named.file_name().unwrap_or_default());
    read_text(if !named.is_file() && above.is_file() { &above } else { &named })
}

fn quotation(entry: QuotationEntry, spans: &SpanReader<'_>) -> Result<GoldQuotation> {
    let contents = std::iter::once(entry.content)
        .chain(entry.alt_content.unwrap_or_default())
        .map(|content| cut(content, spans))
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

fn cut(content: OneOrMany<Points>, spans: &SpanReader<'_>) -> Result<Vec<Span>> {
    match content {
        OneOrMany::One(points) => Ok(vec![spans.span(points.start, points.end)?]),
        OneOrMany::Many(list) => list.into_iter().map(|points| spans.span(points.start, points.end)).collect(),
    }
}
