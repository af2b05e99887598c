//! re3d (Dstl): government texts in `documents.json`, their entities in `entities.json`, one JSON object a line.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::document::SpanReader;
use super::{GoldDocument, Layers, at_line, failed_at_line, json_lines, stem};
use crate::{EntityLabel, Result, Span};

#[derive(Deserialize)]
struct DocumentLine {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct EntityLine {
    #[serde(rename = "documentId")]
    document: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

/// What an annotated type is to us.
enum Meaning {
    Entity(EntityLabel),
    Unsure,
    Nothing,
}

/// Reads one folder. The annotators marked nominal and nested mentions too (*the rebels*, *the President of the United States*):
/// mentions that start with a small letter become [`GoldDocument::unsure`], and of nested ones the longest counts.
pub(super) fn read(folder: &Path) -> Result<Vec<GoldDocument>> {
    let source = stem(folder);
    let mut docs: Vec<GoldDocument> = Vec::new();
    let mut places = HashMap::new();
    for (_, line) in json_lines::<DocumentLine>(&folder.join("documents.json"))? {
        places.insert(line.id.clone(), docs.len());
        docs.push(empty(line, &source));
    }
    let path = folder.join("entities.json");
    let mut marked: Vec<Vec<(Span, String)>> = vec![Vec::new(); docs.len()];
    let readers: Vec<SpanReader<'_>> = docs.iter().map(|doc| SpanReader::new(&doc.text)).collect();
    for (number, line) in json_lines::<EntityLine>(&path)? {
        let place = places.get(&line.document).copied();
        let Some(((reader, doc), list)) = place.and_then(|at| Some((readers.get(at).zip(docs.get(at))?, marked.get_mut(at)?))) else {
            return Err(at_line(&path, number, format_args!("no document {:?} in documents.json", line.document)));
        };
        let span = reader.span(line.begin, line.end).map_err(|error| failed_at_line(&path, number, error))?;
        // A handful of mentions have offsets that do not fit their own words.
        let is_true = doc.slice(span) == line.value && !span.is_empty();
        list.push((span, if is_true { line.kind } else { String::new() }));
    }
    drop(readers);
    for (doc, list) in docs.iter_mut().zip(marked) {
        settle(doc, list);
    }
    Ok(docs)
}

fn empty(line: DocumentLine, source: &str) -> GoldDocument {
    use EntityLabel::{Date, Location, Money, Norp, Organization, Person};
    GoldDocument {
        name: line.id,
        genre: source.to_owned(),
        text: line.text,
        layers: Layers { entities: true, ..Layers::default() },
        entity_labels: vec![Person, Organization, Location, Norp, Date, Money],
        ..GoldDocument::default()
    }
}

/// Chooses entities that do not overlap: longest first, then by place.
fn settle(doc: &mut GoldDocument, mut marked: Vec<(Span, String)>) {
    marked.sort_by_key(|(span, _)| (std::cmp::Reverse(span.len()), span.start()));
    for (span, kind) in marked {
        if doc.entities.iter().any(|(taken, _)| taken.overlaps(span)) {
            continue;
        }
        let meaning = meaning(&kind);
        let words = doc.slice(span);
        let needs_capital = !matches!(meaning, Meaning::Entity(EntityLabel::Date | EntityLabel::Money));
        let is_nominal = words.chars().next().is_some_and(char::is_lowercase) && needs_capital;
        match meaning {
            Meaning::Entity(label) if !is_nominal => doc.entities.push((span, label)),
            Meaning::Entity(_) | Meaning::Unsure => doc.unsure.push(span),
            Meaning::Nothing => {}
        }
    }
    doc.entities.sort_unstable();
    let entities = &doc.entities;
    doc.unsure.retain(|span| !entities.iter().any(|(taken, _)| taken.contains(*span)));
    doc.unsure.sort_unstable();
}

fn meaning(kind: &str) -> Meaning {
    match kind {
        "Person" => Meaning::Entity(EntityLabel::Person),
        "Organisation" => Meaning::Entity(EntityLabel::Organization),
        "Location" => Meaning::Entity(EntityLabel::Location),
        "Nationality" => Meaning::Entity(EntityLabel::Norp),
        "Temporal" => Meaning::Entity(EntityLabel::Date),
        "Money" => Meaning::Entity(EntityLabel::Money),
        "Quantity" => Meaning::Nothing,
        _ => Meaning::Unsure,
    }
}
