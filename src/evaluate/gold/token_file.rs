//! Worldwide English: `NAME.tsv` with a token and its tag a line, `NAME.txt` with the raw text.

use std::fs;
use std::path::Path;

use super::document::is_space;
use super::{Characters, GoldDocument, Layers, at_line, bio_spans, read_text, region, stem};
use crate::{EntityLabel, Error, ErrorKind, Label, Result, Span};

/// Reads one token file and its text. Columns after the second hold nested entities and are not read.
pub(super) fn read(path: &Path) -> Result<GoldDocument> {
    let tagged = read_text(path)?;
    let raw = path.with_extension("txt");
    let bytes = fs::read(&raw).map_err(|source| Error::new(ErrorKind::Read(source)).at(&raw))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut tokens = Vec::new();
    let mut tags = Vec::new();
    // A CR is an end of line too, as in Python's text files.
    for (number, line) in (1..).zip(tagged.split(['\n', '\r'])) {
        let mut columns = line.split('\t');
        let token = columns.next().unwrap_or_default();
        if token.trim_matches(is_space).is_empty() {
            continue;
        }
        let tag = columns.next().unwrap_or("O");
        if tag != "O" && tag.get(2..).and_then(EntityLabel::from_name).is_none() {
            return Err(at_line(path, number, format_args!("unknown tag {tag:?}")));
        }
        tokens.push(token);
        tags.push(tag);
    }
    let aligned = Characters::new(&text).align(tokens);
    let name = stem(path);
    let entities = entities(&aligned, &tags);
    let annotated = tags.iter().any(|&tag| tag != "O");
    Ok(GoldDocument {
        region: region::region(&name),
        genre: name.rsplit_once('_').map(|(source, _)| source.to_owned()).unwrap_or_default(),
        split: path.parent().map(stem).unwrap_or_default(),
        name,
        text,
        layers: Layers { entities: annotated, ..Layers::default() },
        tokens: aligned,
        entities,
        entity_labels: EntityLabel::ALL.to_vec(),
        ..GoldDocument::default()
    })
}

/// Entities all of whose tokens are found.
fn entities(aligned: &[Option<Span>], tags: &[&str]) -> Vec<(Span, EntityLabel)> {
    let mut entities: Vec<(Span, EntityLabel)> = bio_spans(tags.iter().copied())
        .into_iter()
        .filter_map(|(start, end, label)| {
            let parts: Option<Vec<Span>> = aligned.get(start..end)?.iter().copied().collect();
            let parts = parts?;
            Some((parts.first()?.cover(*parts.last()?), EntityLabel::from_name(label)?))
        })
        .collect();
    entities.sort_unstable();
    entities
}
