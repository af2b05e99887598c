//! Attributions as JSON lines: one document a line, spans in code points (`PolNeAR`, GUM).

use std::path::Path;

use serde::Deserialize;

use super::document::{SpanReader, trimmed};
use super::{GoldAttribution, GoldDocument, GoldMention, Layers, failed_at_line, json_lines};
use crate::{Result, Span};

type Points = Vec<(usize, usize)>;

#[derive(Deserialize)]
struct Line {
    doc: String,
    text: String,
    #[serde(default)]
    split: String,
    #[serde(default)]
    genre: String,
    #[serde(default)]
    publisher: String,
    attributions: Vec<AttributionEntry>,
    #[serde(default)]
    alt: Vec<Vec<AttributionEntry>>,
    #[serde(default)]
    discard: Points,
    mentions: Option<Vec<MentionEntry>>,
    /// Where each sentence starts.
    sentences: Option<Vec<usize>>,
}

#[derive(Deserialize)]
struct AttributionEntry {
    #[serde(default)]
    source: Points,
    #[serde(default)]
    cue: Points,
    #[serde(default)]
    content: Points,
    source_entity: Option<String>,
    source_wiki: Option<String>,
    #[serde(default)]
    polarity: String,
}

#[derive(Deserialize)]
struct MentionEntry {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    start: usize,
    end: usize,
    #[serde(default)]
    infstat: Option<String>,
    #[serde(default)]
    wiki: Option<String>,
}

/// Reads a file of documents with their attributions.
pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let mut docs = Vec::new();
    for (number, line) in json_lines::<Line>(path)? {
        docs.push(document(line).map_err(|error| failed_at_line(path, number, error))?);
    }
    Ok(docs)
}

fn document(line: Line) -> Result<GoldDocument> {
    let spans = SpanReader::new(&line.text);
    let attributions = attributions(line.attributions, &spans)?;
    let alternatives = line.alt.into_iter().map(|list| self::attributions(list, &spans)).collect::<Result<Vec<_>>>()?;
    let discarded = spans.spans(&line.discard)?;
    let has_mentions = line.mentions.is_some();
    let mentions = line.mentions.unwrap_or_default().into_iter().map(|entry| mention(entry, &spans)).collect::<Result<Vec<_>>>()?;
    let has_sentences = line.sentences.is_some();
    let sentences = sentences(&line.text, &line.sentences.unwrap_or_default(), &spans)?;
    let layers = Layers { attributions: true, mentions: has_mentions, sentences: has_sentences, ..Layers::default() };
    Ok(GoldDocument {
        name: line.doc,
        genre: if line.genre.is_empty() { line.publisher } else { line.genre },
        split: line.split,
        text: line.text,
        layers,
        sentences,
        attributions,
        alternatives,
        discarded,
        mentions,
        ..GoldDocument::default()
    })
}

fn attributions(entries: Vec<AttributionEntry>, spans: &SpanReader<'_>) -> Result<Vec<GoldAttribution>> {
    let read = |entry: AttributionEntry| {
        Ok(GoldAttribution {
            source: spans.spans(&entry.source)?,
            cue: spans.spans(&entry.cue)?,
            content: spans.spans(&entry.content)?,
            source_entity: entry.source_entity,
            source_wiki: entry.source_wiki,
            is_denied: entry.polarity == "negative",
        })
    };
    entries.into_iter().map(read).collect()
}

fn mention(entry: MentionEntry, spans: &SpanReader<'_>) -> Result<GoldMention> {
    Ok(GoldMention {
        span: spans.span(entry.start, entry.end)?,
        entity: entry.id,
        kind: entry.kind,
        status: entry.infstat.unwrap_or_default(),
        wiki: entry.wiki,
    })
}

/// Sentences run from one start to the next, or to the end of the text.
fn sentences(text: &str, starts: &[usize], spans: &SpanReader<'_>) -> Result<Vec<Span>> {
    let mut borders = starts.iter().map(|&start| spans.byte(start)).collect::<Result<Vec<_>>>()?;
    borders.push(text.len());
    let pairs = borders.iter().zip(borders.iter().skip(1));
    Ok(pairs.map(|(&start, &end)| trimmed(text, Span::new(start, end))).filter(|span| !span.is_empty()).collect())
}
