//! Factiva: articles as lists of two-letter fields (`HD`, `SN`, `LP`, `TD`), or printed without their codes.

use std::cmp::Ordering;

use super::super::blocks::{Block, Kind, article, one_line, with_title};
use super::{Found, date_in, is_copyright, without_by};
use crate::ingest::format::{Place, RawArticle};
use crate::{Error, ErrorKind};

/// The field codes with the keys they are noted under; fields without a key keep their code.
const CODES: [(&str, &str); 31] = [
    ("SE", "section"),
    ("HD", "title"),
    ("BY", "byline"),
    ("CR", "credit"),
    ("WC", "length"),
    ("PD", "date"),
    ("ET", "time"),
    ("SN", "outlet"),
    ("SC", "source_code"),
    ("NGC", "group"),
    ("GC", "group_code"),
    ("ED", "edition"),
    ("PG", "page"),
    ("VOL", "volume"),
    ("LA", "language"),
    ("CY", "copyright"),
    ("LP", ""),
    ("TD", ""),
    ("CT", "contact"),
    ("RF", "references"),
    ("ART", "graphic"),
    ("CX", "correction"),
    ("CLM", "column"),
    ("CO", "companies"),
    ("IN", "industries"),
    ("NS", "subjects"),
    ("RE", "regions"),
    ("IPC", "ipc"),
    ("IPD", "ipd"),
    ("PUB", "publisher"),
    ("AN", "id"),
];

/// The articles of a Factiva export; none where the paragraphs are no such.
pub(super) fn split(blocks: &[Block], source: &'static str) -> Option<Vec<Found>> {
    let has = |code: &str| blocks.iter().any(|block| code_of(block).is_some_and(|(found, _)| found == code));
    if has("HD") && (has("LP") || has("TD")) && (has("SN") || has("AN")) {
        return Some(coded(blocks, &format!("factiva: {source}, fields")));
    }
    let ends: Vec<usize> = (0..blocks.len()).filter(|&at| blocks.get(at).is_some_and(|block| accession(&block.text).is_some())).collect();
    let mut start = 0;
    let mut found = Vec::new();
    for end in ends {
        let part = blocks.get(start..end).unwrap_or_default();
        let number = accession(blocks.get(end).map_or("", |block| &block.text)).unwrap_or_default();
        if let Some(article) = printed(part, number, &format!("factiva: {source}, printed")) {
            found.push(article);
        } else if found.is_empty() {
            return None;
        }
        start = end + 1;
    }
    (!found.is_empty()).then(|| number(found))
}

fn number(found: Vec<RawArticle>) -> Vec<Found> {
    let places = (1..).map(Place::Part);
    found.into_iter().zip(places).map(|(article, place)| checked(RawArticle { place, ..article })).collect()
}

/// An article without words but its title is none.
fn checked(article: RawArticle) -> Found {
    let title = article.metadata.get("title").cloned().unwrap_or_default();
    if article.text.trim() == one_line(&title) {
        let error = Error::new(ErrorKind::Input(format!("the article ‘{title}’ of the export holds no text")));
        return Err(error.with_hint("Factiva gives some articles as a headline or a picture only; the others are read"));
    }
    Ok(article)
}

/// The code that a paragraph is or starts with, and what follows it on the same line after a gap.
fn code_of(block: &Block) -> Option<(&'static str, &str)> {
    let text = block.text.as_str();
    let (head, rest) = text.split_once([' ', '\n']).unwrap_or((text, ""));
    let (code, _) = CODES.iter().find(|(code, _)| *code == head)?;
    // Only a code alone is sure; `IN` and `BY` begin sentences in capitals too.
    (rest.is_empty() || text.as_bytes().get(head.len()) == Some(&b'\n')).then_some((code, rest))
}

/// Articles as lists of fields; each begins with the first of `SE`, `CLM`, `HD` after an `AN`, `TD` or the like.
fn coded(blocks: &[Block], rule: &str) -> Vec<Found> {
    let mut articles: Vec<Vec<(&'static str, Vec<Block>)>> = Vec::new();
    for block in blocks {
        match code_of(block) {
            Some((code, rest)) => {
                let is_next = |fields: &Vec<(&str, Vec<Block>)>| {
                    let has = |wanted: &str| fields.iter().any(|(code, _)| *code == wanted);
                    has("AN") || has(code) && code == "HD" || has("HD") && matches!(code, "SE" | "CLM")
                };
                if articles.last().is_none_or(is_next) {
                    articles.push(Vec::new());
                }
                if let Some(fields) = articles.last_mut() {
                    let first = (!rest.is_empty()).then(|| Block { kind: block.kind, text: rest.to_owned() });
                    fields.push((code, first.into_iter().collect()));
                }
            }
            None => {
                if let Some((_, values)) = articles.last_mut().and_then(|fields| fields.last_mut()) {
                    values.push(block.clone());
                }
            }
        }
    }
    number(articles.into_iter().filter(|fields| fields.len() > 2).map(|fields| from_fields(fields, rule)).collect())
}

fn from_fields(fields: Vec<(&'static str, Vec<Block>)>, rule: &str) -> RawArticle {
    let mut body = Vec::new();
    let mut notes: Vec<(&str, String)> = Vec::new();
    for (code, values) in fields {
        let key = CODES.iter().find(|(known, _)| *known == code).map_or("", |(_, key)| key);
        match (code, key) {
            ("LP" | "TD", _) => body.extend(values),
            ("AN", _) => {
                // What stands after the last field belongs to the page around the articles.
                let number = values.first().map_or("", |block| block.text.trim());
                notes.push(("id", number.strip_prefix("Document ").unwrap_or(number).to_owned()));
            }
            (_, key) => notes.push((key, values.iter().map(|block| one_line(&block.text)).collect::<Vec<_>>().join(" "))),
        }
    }
    finish(body, notes, rule)
}

fn finish(mut body: Vec<Block>, notes: Vec<(&str, String)>, rule: &str) -> RawArticle {
    let title = notes.iter().find(|(key, _)| *key == "title").map_or("", |(_, title)| title).to_owned();
    with_title(&title, &mut body);
    let mut article = article(&body, rule.to_owned());
    for (key, value) in notes {
        article.note_metadata(key, if key == "byline" { without_by(&value) } else { &value });
    }
    article
}

/// The accession number of the line that ends an article: `Document TEST000020120109e51700030`.
fn accession(text: &str) -> Option<&str> {
    let number = text.trim().strip_prefix("Document ")?;
    let fits = (18..=40).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (fits && number.bytes().filter(u8::is_ascii_digit).count() >= 8).then_some(number)
}

/// Whether a line counts words: `942 words`, `1.204 Wörter`.
fn is_count(text: &str) -> bool {
    let Some((number, unit)) = text.trim().rsplit_once([' ', '\u{A0}']) else { return false };
    let unit = unit.to_lowercase();
    let units = ["words", "word", "mots", "mot", "wörter", "palabras", "parole", "palavras", "woorden", "ord", "слов", "słów", "字"];
    units.contains(&unit.as_str()) && number.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',' | ' ' | '’' | '\''))
}

/// An article printed without codes: `[section] headline [byline]`, word count, date, time, outlet, code, page, language, copyright, text.
fn printed(part: &[Block], number: &str, rule: &str) -> Option<RawArticle> {
    let is_dated = |at: usize| part.get(at + 1).is_some_and(|block| super::is_date_line(&block.text));
    let count = (0..part.len().min(40)).find(|&at| part.get(at).is_some_and(|block| is_count(&block.text)) && is_dated(at))?;
    let text = |at: usize| part.get(at).map_or("", |block| block.text.as_str());
    let mut notes = vec![("length", text(count).to_owned())];
    let above: Vec<&Block> = part.get(..count).unwrap_or_default().iter().rev().take(3).rev().collect();
    let is_byline = |text: &str| {
        text.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "))
            || text.split_whitespace().count() <= 6 && !text.ends_with(['.', '?', '!'])
    };
    match above.as_slice() {
        // Pages mark the headline; what stands above it is the section, below it the byline.
        marked if marked.iter().any(|block| block.kind == Kind::Heading && block.text != "Factiva") => {
            let title = marked.iter().rposition(|block| block.kind == Kind::Heading).unwrap_or(0);
            for (at, block) in marked.iter().enumerate().filter(|(_, block)| !matches!(block.text.as_str(), "Factiva" | "Dow Jones")) {
                let key = match at.cmp(&title) {
                    Ordering::Less => "section",
                    Ordering::Equal => "title",
                    Ordering::Greater => "byline",
                };
                notes.push((key, one_line(&block.text)));
            }
        }
        [title] => notes.push(("title", one_line(&title.text))),
        [title, byline] if is_byline(&byline.text) => {
            notes.extend([("title", one_line(&title.text)), ("byline", byline.text.clone())]);
        }
        [section, title] => notes.extend([("section", one_line(&section.text)), ("title", one_line(&title.text))]),
        [section, title, byline] => {
            notes.extend([("section", one_line(&section.text)), ("title", one_line(&title.text)), ("byline", byline.text.clone())]);
        }
        _ => {}
    }
    notes.push(("date", date_in(text(count + 1)).unwrap_or(text(count + 1)).to_owned()));
    let mut at = count + 2;
    let is_time = |text: &str| text.len() <= 8 && text.contains(':') && text.starts_with(|ch: char| ch.is_ascii_digit());
    if is_time(text(at)) {
        notes.push(("time", text(at).to_owned()));
        at += 1;
    }
    notes.push(("outlet", one_line(text(at))));
    let end = (at + 1..part.len().min(at + 9)).find(|&at| is_copyright(text(at)));
    let body = match end {
        Some(end) => {
            notes.push(("copyright", one_line(text(end))));
            if let Some(language) = end.checked_sub(1).filter(|&language| language > at) {
                notes.push(("language", one_line(text(language))));
            }
            end + 1
        }
        // Without a copyright line the short lines of the header end at the first long one.
        None => (at + 1..part.len()).find(|&at| text(at).split_whitespace().count() > 6).unwrap_or(part.len()),
    };
    notes.push(("id", number.to_owned()));
    Some(finish(part.get(body..).unwrap_or_default().to_vec(), notes, rule))
}
