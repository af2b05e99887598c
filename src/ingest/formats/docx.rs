//! Word documents: the paragraphs of the body, with their headings, lists and quotations by style, and the document's properties.
//!
//! Left out: headers and footers, footnotes, comments, text boxes, deleted text, field codes. Nexis and Factiva exports are split.

use std::collections::BTreeMap;
use std::io::Read as _;

use roxmltree::Node;

use super::blocks::{Block, Blocks, Kind, article, mark_title, one_line};
use super::package::{Package, is_ole, locked, zip_head_has};
use super::{exports, xml};
use crate::Result;
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood, RawArticle};

/// Word documents (DOCX).
#[derive(Debug)]
pub(crate) struct Docx;

impl Format for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let is_named = [".docx", ".docm", ".dotx"].iter().any(|ext| name.ends_with(ext));
        if zip_head_has(head, &["word/document.xml", "word/_rels", "word/styles.xml"]) {
            Likelihood::ByContent
        } else if is_named && (head.starts_with(b"PK") || is_ole(head)) {
            Likelihood::ByName
        } else {
            Likelihood::No
        }
    }

    /// An export of a news database comes in this format too, and holds many articles.
    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let mut file = input.seekable(options.max_file_bytes)?;
        let mut start = [0; 8];
        let is_locked = file.read_exact(&mut start).is_ok() && is_ole(&start);
        if is_locked {
            return Err(locked("DOCX"));
        }
        let mut package = Package::open(Input::of_file("", file), options, "DOCX")?;
        let document = package.part("word/document.xml")?;
        let styles = package.optional("word/styles.xml").and_then(|text| styles(&text)).unwrap_or_default();
        let tree = xml::parse(&document)?;
        let mut blocks = read_body(tree.root_element(), &styles);
        if let Some(found) = exports::split(&blocks, "docx") {
            for article in found {
                if each(article).is_break() {
                    break;
                }
            }
            return Ok(());
        }
        let properties = package.optional("docProps/core.xml").unwrap_or_default();
        mark_title(&title(&properties), &mut blocks);
        let mut article = article(&blocks, "docx: body");
        note_properties(&mut article, &properties);
        let _ = each(Ok(article));
        Ok(())
    }
}

/// The title among a document's properties.
pub(super) fn title(properties: &str) -> String {
    let Ok(tree) = xml::parse(properties) else { return String::new() };
    let title = tree.descendants().find(|node| node.tag_name().name() == "title").and_then(|node| node.text());
    one_line(title.unwrap_or_default())
}

/// Title, author and date of Dublin Core properties, as DOCX, ODT and EPUB have them.
pub(super) fn note_properties(article: &mut RawArticle, properties: &str) {
    let Ok(tree) = xml::parse(properties) else { return };
    for (key, name) in [
        ("title", "title"),
        ("byline", "creator"),
        ("byline", "initial-creator"),
        ("date", "created"),
        ("date", "creation-date"),
        ("date", "date"),
        ("language", "language"),
        ("outlet", "publisher"),
        ("keywords", "keywords"),
        ("subject", "subject"),
        ("description", "description"),
    ] {
        let Some(node) = tree.descendants().find(|node| node.tag_name().name() == name) else { continue };
        let value = one_line(node.descendants().find_map(|node| node.text()).unwrap_or_default());
        let value = if key == "date" { value.split('T').next().unwrap_or_default() } else { &value };
        article.note_metadata(key, value);
    }
}

/// What paragraphs of each style are, by the styles' ids.
fn styles(text: &str) -> Option<BTreeMap<String, Kind>> {
    let tree = xml::parse(text).ok()?;
    let mut styles = BTreeMap::new();
    for style in tree.descendants().filter(|node| node.tag_name().name() == "style") {
        let id = attribute(style, "styleId").unwrap_or_default();
        let name = child(style, "name").and_then(|name| attribute(name, "val")).unwrap_or_default().to_lowercase();
        let level = style.descendants().find(|node| node.tag_name().name() == "outlineLvl").and_then(|node| attribute(node, "val"));
        let is_heading = name.starts_with("heading") || name == "title" || level.is_some_and(|level| level != "9");
        let is_list =
            name.starts_with("list") && !name.contains("continue") || style.descendants().any(|node| node.tag_name().name() == "numPr");
        if is_heading && name != "subtitle" {
            styles.insert(id.to_owned(), Kind::Heading);
        } else if name.contains("quot") || name == "block text" {
            styles.insert(id.to_owned(), Kind::Quote);
        } else if is_list {
            styles.insert(id.to_owned(), Kind::Item);
        }
    }
    Some(styles)
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// What is no running text: text boxes (drawn twice, once for old programs), deletions, notes.
fn is_silent(name: &str) -> bool {
    matches!(name, "txbxContent" | "del" | "moveFrom" | "instrText" | "Fallback" | "pict" | "drawing" | "object" | "sdtPr" | "rt")
}

fn read_body(root: Node<'_, '_>, styles: &BTreeMap<String, Kind>) -> Vec<Block> {
    let mut blocks = Blocks::default();
    walk(root, &mut |node, is_start| {
        let name = node.tag_name().name();
        match (name, is_start) {
            ("t", true) => blocks.push(node.text().unwrap_or_default()),
            ("tab", true) if node.parent().is_some_and(|parent| parent.tag_name().name() == "r") => blocks.push("\t"),
            ("br" | "cr", true) => blocks.push("\n"),
            ("noBreakHyphen", true) => blocks.push("-"),
            ("p", false) => blocks.end(kind(node, styles)),
            _ => {}
        }
        !is_silent(name)
    });
    blocks.finish()
}

fn kind(paragraph: Node<'_, '_>, styles: &BTreeMap<String, Kind>) -> Kind {
    let Some(properties) = child(paragraph, "pPr") else { return Kind::Paragraph };
    let style = child(properties, "pStyle").and_then(|style| attribute(style, "val"));
    let known = style.and_then(|style| styles.get(style)).copied();
    let numbered = child(properties, "numPr").and_then(|number| child(number, "numId")).and_then(|id| attribute(id, "val"));
    match known {
        Some(Kind::Heading) => Kind::Heading,
        _ if numbered.is_some_and(|id| id != "0") => Kind::Item,
        Some(kind) => kind,
        None => Kind::Paragraph,
    }
}

/// Visits elements and their ends in order without recursion; `visit` says whether to go inside.
pub(super) fn walk<'a, 'input>(root: Node<'a, 'input>, visit: &mut impl FnMut(Node<'a, 'input>, bool) -> bool) {
    let mut at = root;
    loop {
        let inside = visit(at, true);
        if inside && let Some(child) = at.first_child() {
            at = child;
            continue;
        }
        loop {
            visit(at, false);
            if at == root {
                return;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            let Some(parent) = at.parent() else { return };
            at = parent;
        }
    }
}
