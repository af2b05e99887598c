//! doccano's JSON lines back. It has no place for kinds and names: those that the export put into the metadata are taken for contents and
//! sources that still stand where they stood, or overlap where they were moved. Offsets are code points.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::article::{Corrected, CorrectedRelation, CorrectedSpan, read_text, safe_id, wrong};
use crate::Result;
use crate::exchange::record::SpanRecord;

#[derive(Deserialize)]
struct Line {
    text: String,
    id: Option<Value>,
    article_id: Option<String>,
    /// Projects with relations.
    entities: Option<Vec<Entity>>,
    #[serde(default)]
    relations: Vec<Relation>,
    /// Projects without.
    label: Option<Vec<(usize, usize, String)>>,
    #[serde(default)]
    quotations: Vec<Known>,
    /// Releases that keep metadata by itself.
    #[serde(default)]
    meta: Value,
}

#[derive(Deserialize)]
struct Entity {
    id: i64,
    label: String,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Deserialize)]
struct Relation {
    from_id: i64,
    to_id: i64,
    #[serde(rename = "type")]
    kind: String,
}

/// What the export knew of a content or source.
#[derive(Deserialize, Clone)]
struct Known {
    label: String,
    start: usize,
    end: usize,
    kind: Option<String>,
    name: Option<String>,
}

/// Reads an export.
pub(super) fn read(path: &Path) -> Result<Vec<Corrected>> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(read_text(path)?.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {number}");
        let line: Line = serde_json::from_str(line).map_err(|error| {
            let what = format!("not a document of doccano: {error}");
            wrong(path, &place, what, "export the project as JSONL, with relations where it has them")
        })?;
        found.push(article(path, line, number, &place));
    }
    Ok(found)
}

fn article(path: &Path, line: Line, number: usize, place: &str) -> Corrected {
    let from_meta = |key: &str| line.meta.get(key).cloned();
    let id = line.article_id.clone().or_else(|| from_meta("article_id")?.as_str().map(str::to_owned));
    let id = id.or_else(|| line.id.as_ref().map(|id| format!("document-{}", id.to_string().trim_matches('"'))));
    let known = if line.quotations.is_empty() {
        from_meta("quotations").and_then(|known| serde_json::from_value(known).ok()).unwrap_or_default()
    } else {
        line.quotations.clone()
    };
    let plain = line.label.unwrap_or_default().into_iter().enumerate();
    let plain = plain.map(|(at, (start, end, label))| (format!("label {}", at + 1), label, SpanRecord { start, end }));
    let linked = line.entities.unwrap_or_default().into_iter();
    let linked = linked.map(|one| (one.id.to_string(), one.label, SpanRecord { start: one.start_offset, end: one.end_offset }));
    let spans = linked.chain(plain).map(|(id, label, span)| {
        let known = known_of(&known, &label, span);
        let (kind, name) = (known.and_then(|known| known.kind.clone()), known.and_then(|known| known.name.clone()));
        let place = format!("{place}, {label} {}..{}", span.start, span.end);
        CorrectedSpan { id, label, pieces: vec![span], kind, name, place }
    });
    let relations = line.relations.into_iter().map(|relation| CorrectedRelation {
        label: relation.kind,
        from: relation.from_id.to_string(),
        to: relation.to_id.to_string(),
        place: place.to_owned(),
    });
    Corrected {
        id: safe_id(&id.unwrap_or_else(|| format!("document-{number}"))),
        spans: spans.collect(),
        relations: relations.collect(),
        has_entities: true,
        path: path.to_owned(),
        text: line.text,
    }
}

/// What was known of a span that stood here, or of the one with most of the same text.
fn known_of<'k>(known: &'k [Known], label: &str, span: SpanRecord) -> Option<&'k Known> {
    let shared = |one: &Known| one.end.min(span.end).saturating_sub(one.start.max(span.start));
    let alike = known.iter().filter(|one| one.label == label && 2 * shared(one) > (span.end - span.start.min(span.end)));
    alike.max_by_key(|one| ((one.start, one.end) == (span.start, span.end), shared(one), std::cmp::Reverse(one.start)))
}
