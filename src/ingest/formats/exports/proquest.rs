//! ProQuest: articles as lists of `Label: value`, with the text under `Full text:`, separated by rules of underscores.

use super::super::blocks::{Block, article, one_line, with_title};
use super::{Found, without_by};
use crate::ingest::format::Place;
use crate::{Error, ErrorKind};

/// Labels with the keys they are noted under, lower-cased; the rest keep their own names.
const LABELS: [(&str, &str); 53] = [
    ("author", "byline"),
    ("publication title", "outlet"),
    ("publication date", "date"),
    ("section", "section"),
    ("document url", "url"),
    ("proquest document id", "id"),
    ("language of publication", "language"),
    ("title", "title"),
    ("document title", "title"),
    ("word count", "length"),
    ("abstract", "abstract"),
    ("abstract (summary)", "abstract"),
    ("full text", ""),
    ("links", "links"),
    ("publication info", "publication_info"),
    ("subject", "subject"),
    ("business indexing term", "business_indexing_term"),
    ("location", "location"),
    ("people", "people"),
    ("person", "people"),
    ("company / organization", "company"),
    ("identifier / keyword", "keyword"),
    ("identifiers and keywords", "keyword"),
    ("classification", "classification"),
    ("alternate title", "alternate_title"),
    ("subtitle", "subtitle"),
    ("column", "column"),
    ("credit", "credit"),
    ("dateline", "dateline"),
    ("publication year", "year"),
    ("year", "year"),
    ("publisher", "publisher"),
    ("first page", "page"),
    ("pages", "pages"),
    ("number of pages", "number_of_pages"),
    ("place of publication", "place_of_publication"),
    ("country of publication", "country"),
    ("publication subject", "publication_subject"),
    ("issn", "issn"),
    ("e-issn", "eissn"),
    ("isbn", "isbn"),
    ("source type", "source_type"),
    ("document type", "document_type"),
    ("document feature", "document_feature"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("supplement", "supplement"),
    ("edition", "edition"),
    ("copyright", "copyright"),
    ("last updated", "last_updated"),
    ("database", "database"),
    ("correspondence author", "correspondence_author"),
    ("doi", "doi"),
];

fn label(text: &str) -> Option<(&'static str, &str)> {
    let (name, value) = text.split_once(':')?;
    let lower = name.trim().to_lowercase();
    LABELS.iter().find(|(label, _)| *label == lower).map(|(_, key)| (*key, value.trim()))
}

fn is_rule(text: &str) -> bool {
    text.len() >= 20 && text.chars().all(|ch| matches!(ch, '_' | ' '))
}

/// Whether a paragraph counts documents: `Document 3 of 500`.
fn is_count(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(words.as_slice(), ["Document", at, "of", all] if number(at) && number(all))
}

/// The articles of a ProQuest export; none where the paragraphs are no such.
pub(super) fn split(blocks: &[Block], source: &'static str) -> Option<Vec<Found>> {
    let has = |key: &str| blocks.iter().any(|block| label(&block.text).is_some_and(|(found, _)| found == key));
    if !(has("outlet") && (has("id") || has("url")) && (has("") || has("abstract"))) {
        return None;
    }
    let rule = format!("proquest: {source}");
    let parts: Vec<&[Block]> = if blocks.iter().any(|block| is_rule(&block.text)) {
        blocks.split(|block| is_rule(&block.text)).collect()
    } else {
        unruled(blocks)
    };
    let parts = parts.into_iter().filter(|part| part.iter().any(|block| label(&block.text).is_some_and(|(key, _)| key == "outlet")));
    Some((1..).zip(parts).map(|(number, part)| read_article(part, number, &rule)).collect())
}

/// Cuts where a list of labels that names the publication is followed by what is no label.
fn unruled(blocks: &[Block]) -> Vec<&[Block]> {
    let mut parts = Vec::new();
    let (mut start, mut is_listed) = (0, false);
    for (at, block) in blocks.iter().enumerate() {
        let key = label(&block.text).map(|(key, _)| key);
        if is_listed && (key.is_none() || is_count(&block.text)) {
            parts.push(blocks.get(start..at).unwrap_or_default());
            (start, is_listed) = (at, false);
        }
        is_listed |= key == Some("database") || key == Some("last_updated");
    }
    parts.push(blocks.get(start..).unwrap_or_default());
    parts
}

fn read_article(part: &[Block], number: u64, rule: &str) -> Found {
    let text_at = part.iter().position(|block| label(&block.text).is_some_and(|(key, _)| key.is_empty()));
    // The list after the text holds nothing but labels, so that a paragraph such as `Title: …` inside it stays.
    let list = part.iter().rposition(|block| label(&block.text).is_none_or(|(key, _)| key.is_empty())).map_or(0, |last| last + 1);
    let head = part.get(..text_at.unwrap_or(list)).unwrap_or_default();
    let mut notes: Vec<(&str, String)> = Vec::new();
    let mut open = None;
    for block in head.iter().chain(part.get(list..).unwrap_or_default()) {
        match label(&block.text) {
            Some((key, value)) => {
                notes.push((key, one_line(value)));
                open = Some(key);
            }
            None if is_count(&block.text) || block.text.starts_with("http") || block.text == "ProQuest document link" => {}
            None if notes.is_empty() => notes.push(("title", one_line(&block.text))),
            None => {
                if let Some((key, value)) = notes.last_mut().filter(|(key, value)| Some(*key) == open && value.is_empty()) {
                    (*key, *value) = (*key, one_line(&block.text));
                }
            }
        }
    }
    let get = |key: &str| notes.iter().find(|(known, value)| *known == key && !value.is_empty()).map_or("", |(_, value)| value.as_str());
    let mut captions = 0;
    let mut body: Vec<Block> = Vec::new();
    for block in part.get(text_at.unwrap_or(list)..list).unwrap_or_default() {
        let text = match label(&block.text) {
            Some(("", value)) => value.trim(),
            _ => block.text.as_str(),
        };
        let lower: String = text.chars().take(16).flat_map(char::to_lowercase).collect();
        if ["caption:", "illustration", "photo:", "photograph"].iter().any(|start| lower.starts_with(start)) {
            captions += 1;
        } else if text.chars().any(char::is_alphanumeric) && lower != "none available." {
            body.push(Block { kind: block.kind, text: text.to_owned() });
        }
    }
    let title = get("title").to_owned();
    let is_abstract = body.is_empty() && !get("abstract").is_empty() && get("abstract") != "None available.";
    if is_abstract {
        body.push(Block { kind: super::super::blocks::Kind::Paragraph, text: get("abstract").to_owned() });
    }
    if body.is_empty() {
        let error = Error::new(ErrorKind::Input(format!("the article ‘{title}’ of the export holds no text")));
        return Err(error.with_hint("download it from ProQuest with its full text"));
    }
    with_title(&title, &mut body);
    let mut article = article(&body, rule.to_owned());
    article.place = Place::Part(number);
    for (key, value) in &notes {
        let value = match *key {
            "byline" => without_by(value),
            // The place of publication stands behind the name: `Example Times; London (UK)`.
            "outlet" => value.split(';').next().unwrap_or_default(),
            _ => value,
        };
        if !matches!(*key, "links" | "") {
            article.note_metadata(key, value);
        }
    }
    if captions > 0 {
        article.notes.push("captions left out".to_owned());
    }
    if is_abstract {
        article.notes.push("no full text: the abstract is read".to_owned());
    }
    Ok(article)
}
