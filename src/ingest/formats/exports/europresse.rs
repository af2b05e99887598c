//! Europresse: HTML whose classes name outlet, header, title and text, in two layouts (tables; `article` elements since 2015).

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::super::blocks::{Block, article, fold, one_line, with_title};
use super::super::html::{blocks, blocks_without, words};
use super::{Found, date_in, is_copyright, without_by};
use crate::ingest::format::{Place, RawArticle};
use crate::{Error, ErrorKind};

struct Selectors {
    outlet: Selector,
    article: Selector,
    header: Selector,
    title: Selector,
    authors: Selector,
    text: Selector,
    footer: Selector,
}

/// The selectors; none of them can fail to parse.
static SELECTORS: LazyLock<Option<Selectors>> = LazyLock::new(|| {
    let parse = |selector| Selector::parse(selector).ok();
    Some(Selectors {
        outlet: parse(".DocPublicationName")?,
        article: parse("article")?,
        header: parse(".DocHeader")?,
        title: parse(".titreArticleVisu, .TitreArticleVisu, .titreArticle")?,
        authors: parse(".docAuthors")?,
        text: parse(".docOcurrContainer, .DocText")?,
        footer: parse("footer, .publiC-lblNodoc")?,
    })
});

/// The articles of a Europresse page; none where it is no such.
pub(super) fn split(tree: &Html) -> Option<Vec<Found>> {
    let selectors = SELECTORS.as_ref()?;
    let mut found = Vec::new();
    let has_outlet = |node: &ElementRef<'_>| node.select(&selectors.outlet).next().is_some();
    for node in tree.select(&selectors.article).filter(has_outlet) {
        found.push(new_article(node, selectors));
    }
    if found.is_empty() {
        for outlet in tree.select(&selectors.outlet) {
            let cell = outlet.ancestors().filter_map(ElementRef::wrap).find(|node| node.select(&selectors.title).next().is_some());
            found.extend(cell.map(|cell| old_article(cell, selectors)));
        }
    }
    let number = |(at, found): (u64, Found)| {
        found.map(|mut article| {
            article.place = Place::Part(at);
            article
        })
    };
    (!found.is_empty()).then(|| (1..).zip(found).map(number).collect())
}

fn first(node: ElementRef<'_>, selector: &Selector) -> String {
    node.select(selector).next().map(|found| one_line(&words(*found))).unwrap_or_default()
}

/// An `article` element: each part has its class.
fn new_article(node: ElementRef<'_>, selectors: &Selectors) -> Found {
    let text = node.select(&selectors.text).next();
    let body = text.map(|text| blocks(*text)).unwrap_or_default();
    let footer = node.select(&selectors.footer).flat_map(|footer| blocks(*footer)).collect::<Vec<_>>();
    let authors = first(node, &selectors.authors);
    finish(node, selectors, body, &footer, &authors)
}

/// A table cell: title, author and text are told apart by their order.
fn old_article(cell: ElementRef<'_>, selectors: &Selectors) -> Found {
    let all = blocks_without(*cell, |element| {
        element.classes().any(|class| matches!(class, "DocPublicationName" | "DocHeader")) || element.name() == "table"
    });
    let title = fold(&first(cell, &selectors.title));
    let at = all.iter().position(|block| fold(&block.text).ends_with(&title)).map_or(0, |at| at + 1);
    let mut body: Vec<Block> = all.get(at..).unwrap_or_default().to_vec();
    let end = body.iter().position(|block| is_copyright(&block.text) || is_number(&block.text)).unwrap_or(body.len());
    let footer = body.split_off(end);
    let is_author = |block: &Block| {
        let count = block.text.split_whitespace().count();
        count <= 10 && !block.text.ends_with(['.', '!', '?', '»', '”']) && !block.text.contains('\n')
    };
    let authors = match body.as_slice() {
        [author, _, ..] if is_author(author) => one_line(&body.remove(0).text),
        _ => String::new(),
    };
    finish(cell, selectors, body, &footer, &authors)
}

fn is_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("numéro de document")
        || lower.starts_with("document number")
        || lower.starts_with("news·")
        || lower.starts_with("news•")
}

fn finish(node: ElementRef<'_>, selectors: &Selectors, mut body: Vec<Block>, footer: &[Block], authors: &str) -> Found {
    let title = first(node, &selectors.title);
    // A pointer to another story is no part of this one.
    let is_pointer = |block: &Block| {
        let lower: String = block.text.chars().take(14).flat_map(char::to_lowercase).collect();
        (lower.starts_with("lire aussi") || lower.starts_with("lire également") || lower.starts_with("à lire"))
            && block.text.contains("http")
    };
    let before = body.len();
    body.retain(|block| !is_pointer(block));
    let pointers = before - body.len();
    if body.is_empty() {
        let error = Error::new(ErrorKind::Input(format!("the article ‘{title}’ of the export holds no text")));
        return Err(error.with_hint("it may be a picture or a sound only; the other articles are read"));
    }
    with_title(&title, &mut body);
    let mut article: RawArticle = article(&body, "europresse: html");
    article.note_metadata("title", &title);
    article.note_metadata("byline", without_by(authors.trim_end_matches(';')));
    let outlet = first(node, &selectors.outlet);
    let outlet = outlet.split(", no.").next().unwrap_or_default();
    article.note_metadata("outlet", outlet.split(", n°").next().unwrap_or_default());
    note_header(&mut article, &node.select(&selectors.header).map(|part| words(*part)).collect::<Vec<_>>().join(" "));
    for block in footer {
        if is_copyright(&block.text) {
            article.note_metadata("copyright", &one_line(&block.text));
        } else if is_number(&block.text) {
            article.note_metadata("id", block.text.rsplit([':', ' ']).next().unwrap_or_default());
        }
    }
    if pointers > 0 {
        article.notes.push("pointers to other stories left out".to_owned());
    }
    Ok(article)
}

/// `Politique, jeudi 5 octobre 2013, p. 3`: section, date, page.
fn note_header(article: &mut RawArticle, header: &str) {
    let header = one_line(header);
    let Some(date) = date_in(&header) else { return };
    article.note_metadata("date", date);
    let (before, after) = header.split_once(date).unwrap_or_default();
    let section = before.rsplit_once(',').map_or("", |(section, _)| section);
    article.note_metadata("section", section.trim_end_matches([',', ' ']));
    let page = after.split(',').map(str::trim).find_map(|part| part.strip_prefix("p. "));
    article.note_metadata("page", page.unwrap_or_default());
}
