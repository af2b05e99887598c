//! Attributions as JSON lines: `PolNeAR` and GUM, offsets in code points.

use std::path::Path;

use serde::Deserialize;

use super::{GoldAttribution, GoldDocument, broken, read_text};
use crate::{CodePointOffsets, CodePointSpan, Result, Span};

#[derive(Deserialize)]
struct Row {
    doc: String,
    text: String,
    attributions: Vec<Parts>,
    #[serde(default)]
    discard: Option<Vec<[usize; 2]>>,
}

#[derive(Deserialize)]
struct Parts {
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let text = read_text(path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            let row: Row = serde_json::from_str(line).map_err(|source| broken(path, at + 1, &source.to_string()))?;
            Ok(document(row))
        })
        .collect()
}

fn document(row: Row) -> GoldDocument {
    let offsets = CodePointOffsets::new(&row.text);
    let spans = |pairs: &[[usize; 2]]| -> Vec<Span> {
        let bytes = pairs.iter().map(|&[start, end]| offsets.to_bytes(CodePointSpan { start, end }));
        bytes.map(|span| trim(&row.text, span)).filter(|span| !span.is_empty()).collect()
    };
    let attributions = row.attributions.iter();
    let attributions =
        attributions.map(|parts| GoldAttribution { source: spans(&parts.source), cue: spans(&parts.cue), content: spans(&parts.content) });
    let attributions = Some(attributions.collect());
    let discarded = spans(&row.discard.unwrap_or_default());
    GoldDocument { name: row.doc, attributions, discarded, text: row.text, ..GoldDocument::default() }
}

fn trim(text: &str, span: Span) -> Span {
    let inside = text.get(span.range()).unwrap_or_default();
    let start = span.start() + inside.len() - inside.trim_start().len();
    Span::new(start, start + inside.trim().len())
}
