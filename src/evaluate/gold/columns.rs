//! Entities by sentence, a token and a tag a line: WNUT 17, Broad Twitter Corpus, `CrossNER`. Each sentence becomes a document.
//!
//! The sets have other labels than ours and leave most of ours unmarked: [`GoldDocument::entity_labels`] says which count.

use std::path::Path;

use super::{GoldDocument, Layers, at_line, bio_spans, read_text, stem};
use crate::{EntityLabel, Error, Result, Span};

/// What a set's label means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One of ours.
    Entity(EntityLabel),
    /// Something that may or may not be one of ours.
    Unsure,
}

/// The labels of all sets; where two sets share a name they mean the same.
fn meaning(label: &str) -> Option<Meaning> {
    use EntityLabel::{Location, Misc, Organization, Person, Product};
    Some(match label {
        "PER" | "person" | "politician" | "researcher" | "writer" | "musicalartist" | "scientist" => Meaning::Entity(Person),
        "ORG" | "corporation" | "group" | "organisation" | "politicalparty" | "university" | "band" => Meaning::Entity(Organization),
        "LOC" | "location" | "country" => Meaning::Entity(Location),
        "product" => Meaning::Entity(Product),
        "creative-work" | "election" | "event" | "award" | "book" | "poem" | "album" | "song" | "conference" => Meaning::Entity(Misc),
        // `misc` holds nationalities besides true miscellany; the others are seldom names.
        "misc" | "magazine" | "academicjournal" | "literarygenre" | "musicgenre" | "musicalinstrument" | "algorithm" | "field"
        | "metrics" | "task" | "programlang" | "astronomicalobject" | "chemicalcompound" | "chemicalelement" | "discipline" | "enzyme"
        | "protein" | "theory" => Meaning::Unsure,
        _ => return None,
    })
}

/// The labels a set marks wherever they occur, told from the names it uses.
fn marked_labels(names: &[&str]) -> Vec<EntityLabel> {
    use EntityLabel::{Location, Organization, Person, Product};
    if names.iter().any(|name| matches!(*name, "corporation" | "creative-work" | "group")) {
        vec![Person, Organization, Location, Product]
    } else {
        vec![Person, Organization, Location]
    }
}

/// Reads a file of sentences set apart by empty lines.
pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let text = read_text(path)?;
    let mut rows: Vec<Vec<(&str, &str)>> = vec![Vec::new()];
    let mut names: Vec<&str> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let Some((token, tag)) = columns(line) else {
            if !line.trim().is_empty() {
                return Err(not_recognised(path, number));
            }
            rows.push(Vec::new());
            continue;
        };
        if tag != "O" {
            let name = tag.get(2..).unwrap_or_default();
            if !(tag.starts_with("B-") || tag.starts_with("I-")) || meaning(name).is_none() {
                return Err(at_line(path, number, format_args!("unknown tag {tag:?}")));
            }
            names.push(name);
        }
        if let Some(row) = rows.last_mut() {
            row.push((token, tag));
        }
    }
    let labels = marked_labels(&names);
    let genre = genre(path);
    rows.retain(|row| !row.is_empty());
    Ok((1..).zip(rows).map(|(number, row)| document(format!("{genre}_{number}"), genre.clone(), &row, labels.clone())).collect())
}

/// Token and tag of a line; `None` for an empty line or any other shape.
fn columns(line: &str) -> Option<(&str, &str)> {
    let (token, tag) = line.split_once('\t')?;
    let (token, tag) = (token.trim(), tag.trim());
    (!token.is_empty() && !tag.is_empty() && !tag.contains('\t')).then_some((token, tag))
}

fn not_recognised(path: &Path, number: usize) -> Error {
    at_line(path, number, "neither empty nor a token and a tag with a tab between").with_hint(
        "annotated files are .jsonl, .json, .conllu, .tsv with a .txt beside, re3d folders, and files of tokens and tags in two columns",
    )
}

/// `btc.dev`, `wnut17train`, `politics_train`: the file's name, with its folder's where the name alone says too little.
fn genre(path: &Path) -> String {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("txt") => format!("{}_{}", path.parent().map(stem).unwrap_or_default(), stem(path)),
        Some("conll" | "annotated") => stem(path),
        _ => path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn document(name: String, genre: String, row: &[(&str, &str)], entity_labels: Vec<EntityLabel>) -> GoldDocument {
    let (row, tokens) = merged_handles(row);
    let mut text = String::new();
    let mut spans = Vec::with_capacity(row.len());
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before)).map_or("", String::as_str);
        if index > 0 && !joins(before, token) {
            text.push(' ');
        }
        spans.push(Span::new(text.len(), text.len() + token.len()));
        text.push_str(token);
    }
    let mut entities = Vec::new();
    let mut unsure = Vec::new();
    for (start, end, label) in bio_spans(row) {
        let parts = spans.get(start..end).unwrap_or_default();
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { continue };
        match meaning(label) {
            Some(Meaning::Entity(label)) => entities.push((first.cover(*last), label)),
            Some(Meaning::Unsure) | None => unsure.push(first.cover(*last)),
        }
    }
    entities.sort_unstable();
    unsure.sort_unstable();
    let tokens = spans.into_iter().map(Some).collect();
    let layers = Layers { entities: true, ..Layers::default() };
    GoldDocument { name, genre, text, layers, tokens, entities, entity_labels, unsure, ..GoldDocument::default() }
}

/// Broad Twitter Corpus cuts `@name` in two entities of one token each: puts it together again. Gives tags and tokens.
fn merged_handles<'r>(row: &[(&'r str, &'r str)]) -> (Vec<&'r str>, Vec<String>) {
    let mut tags: Vec<&str> = Vec::with_capacity(row.len());
    let mut tokens: Vec<String> = Vec::with_capacity(row.len());
    for &(token, tag) in row {
        match tokens.last_mut() {
            Some(last) if last == "@" && tags.last() == Some(&tag) && tag != "O" => last.push_str(token),
            _ => {
                tags.push(tag);
                tokens.push(token.to_owned());
            }
        }
    }
    (tags, tokens)
}

/// Whether running text has no space between two tokens.
fn joins(before: &str, token: &str) -> bool {
    let clings = matches!(
        token,
        "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "'s" | "’s" | "n't" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "..."
    );
    clings || matches!(before, "(" | "[" | "$" | "£" | "€" | "#" | "@")
}
