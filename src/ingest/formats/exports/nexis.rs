//! Nexis and LexisNexis: the old export (`1 of 200 DOCUMENTS`, labels in capitals) and that of Nexis Uni (`Body`, `End of Document`).

use super::super::blocks::{Block, Kind, article, one_line, with_title};
use super::nexis_labels::{Label, is_count, is_end, label};
use super::{Found, date_in, is_copyright, is_date_line, without_by};
use crate::ingest::format::{Place, RawArticle};
use crate::{Error, ErrorKind};

/// The articles of a Nexis export; none where the paragraphs are no such.
pub(super) fn split(blocks: &[Block], source: &'static str) -> Option<Vec<Found>> {
    let counts: Vec<usize> = (0..blocks.len()).filter(|&at| blocks.get(at).is_some_and(|block| is_count(&block.text))).collect();
    if !counts.is_empty() {
        let ends = counts.iter().skip(1).copied().chain([blocks.len()]);
        let parts = counts.iter().zip(ends).map(|(&start, end)| blocks.get(start + 1..end).unwrap_or_default());
        let rule = format!("nexis: {source}, counted documents");
        return Some(number(parts.map(|part| old_article(part, &rule))));
    }
    if is_lone(blocks) {
        return Some(number([old_article(blocks, &format!("nexis: {source}, one document"))].into_iter()));
    }
    let has_labels = blocks.iter().any(|block| matches!(label(&block.text, false), Some((Label::Body | Label::Key("length"), ..))));
    if !has_labels || !blocks.iter().any(|block| is_end(&block.text)) {
        return None;
    }
    let rule = format!("nexis: {source}, Nexis Uni");
    let blocks = &apart(blocks);
    let parts = blocks.split(|block| is_end(&block.text)).filter(|part| part.iter().any(|block| label(&block.text, false).is_some()));
    Some(number(parts.map(|part| new_article(part, &rule))))
}

/// Whether the paragraphs are one article of the old export without a counter: its length and another label, in capitals.
fn is_lone(blocks: &[Block]) -> bool {
    is_lone_text(&blocks.iter().map(|block| block.text.as_str()))
}

/// The same of the first lines of a file.
pub(super) fn is_lone_text<'a>(lines: &(impl Iterator<Item = &'a str> + Clone)) -> bool {
    let labels = || lines.clone().filter_map(|line| label(line.trim(), true));
    let has_length = labels().any(|(label, _, value)| label == Label::Key("length") && value.starts_with(|ch: char| ch.is_ascii_digit()));
    has_length && labels().filter(|(label, ..)| matches!(label, Label::Key(_) | Label::Trailer(_))).count() > 1
}

/// The paragraphs, those of several header lines cut into their lines: outlet and date, labels one below the other.
fn apart(blocks: &[Block]) -> Vec<Block> {
    let is_of_header = |line: &str| label(line, false).is_some() || is_date_line(line);
    let lines = |block: &Block| -> Vec<Block> {
        let is_header = block.lines().nth(1).is_some() && block.lines().any(is_of_header);
        if is_header {
            block.lines().map(|line| Block { text: line.trim().to_owned(), ..block.clone() }).collect()
        } else {
            vec![block.clone()]
        }
    };
    blocks.iter().flat_map(lines).collect()
}

/// Says which place each article has; counting goes on over those that failed.
fn number(found: impl Iterator<Item = Found>) -> Vec<Found> {
    (1..)
        .zip(found)
        .map(|(at, found)| {
            found.map(|mut article| {
                article.place = Place::Part(at);
                article
            })
        })
        .collect()
}

/// What is known of an article before its text.
#[derive(Default)]
struct Header {
    fields: Vec<(String, String)>,
}

impl Header {
    fn add(&mut self, key: impl Into<String>, value: &str) {
        let (key, value) = (key.into(), one_line(value));
        if !value.is_empty() {
            self.fields.push((key, value));
        }
    }

    fn get(&self, key: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value)
    }

    /// Makes the article: its title first, then its body, all else as metadata.
    fn article(&self, body: &[Block], rule: &str) -> Found {
        if body.is_empty() {
            let title = self.get("title");
            let error = Error::new(ErrorKind::Input(format!("the article ‘{title}’ of the export holds no text")));
            return Err(error.with_hint("it may be a picture or a table only; the other articles are read"));
        }
        let mut blocks = body.to_vec();
        with_title(self.get("title"), &mut blocks);
        let mut article: RawArticle = article(&blocks, rule.to_owned());
        for (key, value) in &self.fields {
            match key.as_str() {
                "byline" => article.note_metadata("byline", without_by(value)),
                "date" => article.note_metadata("date", date_in(value).unwrap_or(value)),
                key => article.note_metadata(key, value),
            }
        }
        if !self.get("graphic").is_empty() {
            article.notes.push("captions left out".to_owned());
        }
        Ok(article)
    }
}

/// An article of the old export: copyright, outlet, date and headline without labels, then labels, text, labels, copyright.
fn old_article(part: &[Block], rule: &str) -> Found {
    let mut header = Header::default();
    let mut at = head_lines(part, &mut header);
    // Some exports print no `LENGTH`; the header ends with its last label in any case.
    while let Some(block) = part.get(at) {
        match label(&block.text, true) {
            Some((Label::Key(_), key, value)) => header.add(key, value),
            Some((Label::Body, _, value)) => {
                at += usize::from(value.is_empty());
                break;
            }
            _ if is_copyright(&block.text) => header.add("copyright", &block.text),
            _ => break,
        }
        at += 1;
    }
    let body = read_body(part.get(at..).unwrap_or_default(), &mut header, true);
    header.article(&body, rule)
}

/// Outlet, date, edition and headline; gives the place of the first label.
fn head_lines(part: &[Block], header: &mut Header) -> usize {
    let is_label = |block: &Block| matches!(label(&block.text, true), Some((Label::Key(_) | Label::Body, ..)));
    let first_label = part.iter().position(is_label).unwrap_or(part.len().min(4));
    for block in part.iter().take(first_label) {
        let first = block.lines().next().unwrap_or_default();
        if is_copyright(&block.text) {
            header.add("copyright", &block.text);
        } else if header.get("date").is_empty() && is_date_line(first) {
            header.add("date", first);
            let edition: Vec<&str> = block.lines().skip(1).map(str::trim).collect();
            header.add("edition", edition.join(" ").trim_end_matches(';'));
            let printed = first.rsplit(',').next().filter(|last| last.contains("Edition"));
            header.add("edition", printed.unwrap_or_default());
        } else if header.get("outlet").is_empty() && header.get("date").is_empty() {
            header.add("outlet", &block.text);
        } else if header.get("title").is_empty() {
            header.add("title", &block.text);
        } else {
            header.add("subtitle", &block.text);
        }
    }
    first_label
}

/// An article of Nexis Uni: title, outlet and date above the labels (and above them, in the first one, the cover sheet).
fn new_article(part: &[Block], rule: &str) -> Found {
    let mut header = Header::default();
    let is_label = |block: &Block| matches!(label(&block.text, false), Some((Label::Key(_) | Label::Body, ..)));
    let date = part.iter().position(is_label).and_then(|first| {
        (0..first).rev().find(|&at| part.get(at).is_some_and(|block| is_date_line(&block.text) && !is_copyright(&block.text)))
    });
    let date = date.or_else(|| date_before_labels(part));
    if let Some(date) = date {
        let text = |at: Option<usize>| at.and_then(|at| part.get(at)).map_or("", |block| block.text.as_str());
        header.add("date", text(Some(date)));
        header.add("outlet", text(date.checked_sub(1)));
        header.add("title", text(date.checked_sub(2)));
    }
    let mut at = date.map_or(0, |date| date + 1);
    while let Some(block) = part.get(at) {
        at += 1;
        match label(&block.text, false) {
            Some((Label::Key(_), key, value)) => header.add(key, value),
            Some((Label::Body, ..)) => break,
            _ if is_copyright(&block.text) => header.add("copyright", &block.text),
            _ if header.get("length").is_empty() => header.add("edition", &block.text),
            _ => {
                at -= 1;
                break;
            }
        }
    }
    let body = read_body(part.get(at..).unwrap_or_default(), &mut header, false);
    header.article(&body, rule)
}

/// A label-like line of the cover sheet (`Section: …` in a search) may stand above the title: the last date above `Length` or `Body`.
fn date_before_labels(part: &[Block]) -> Option<usize> {
    let is_anchor = |block: &Block| matches!(label(&block.text, false), Some((Label::Key("length") | Label::Body, ..)));
    let anchor = part.iter().position(is_anchor)?;
    (0..anchor).rev().find(|&at| part.get(at).is_some_and(|block| is_date_line(&block.text) && !is_copyright(&block.text)))
}

/// The text, up to the labels after it, which are noted.
fn read_body(rest: &[Block], header: &mut Header, is_old: bool) -> Vec<Block> {
    let is_trailer = |block: &Block| matches!(label(&block.text, is_old), Some((Label::Trailer(_), ..)));
    let end = rest.iter().position(is_trailer).unwrap_or(rest.len());
    let mut open = String::new();
    for block in rest.get(end..).unwrap_or_default() {
        match label(&block.text, is_old) {
            Some((_, key, value)) => {
                header.add(key.clone(), value);
                open = key;
            }
            None if is_copyright(&block.text) => header.add("copyright", &block.text),
            None if !open.is_empty() && header.get(&open).is_empty() => header.add(open.clone(), &block.text),
            None => {}
        }
    }
    let body = rest.get(..end).unwrap_or_default();
    let kept = body.iter().rposition(|block| !is_copyright(&block.text)).map_or(0, |last| last + 1);
    let mut body: Vec<Block> = body.iter().take(kept).cloned().collect();
    if let Some(first) = body.first_mut()
        && let Some((Label::Body, _, value)) = label(&first.text, is_old)
    {
        first.text = value.to_owned();
    }
    body.retain(|block| !block.text.is_empty());
    for block in &mut body {
        let is_bare = block.kind == Kind::Paragraph && block.text.chars().all(|ch| !ch.is_alphanumeric());
        if is_bare {
            block.text.clear();
        }
    }
    body.retain(|block| !block.text.is_empty());
    body
}
