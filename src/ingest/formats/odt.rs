//! OpenDocument texts: paragraphs, headings, lists and quotations of the body, and the document's properties.
//!
//! Left out: notes, comments, text in frames (captions), tracked deletions, tables of contents.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::blocks::{Block, Blocks, Kind, article, mark_title};
use super::docx::{note_properties, title, walk};
use super::package::{Package, locked, zip_head_has};
use super::{exports, xml};
use crate::Result;
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood};
use crate::ingest::plain::ending;

/// OpenDocument texts (ODT).
#[derive(Debug)]
pub(crate) struct Odt;

impl Format for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        if zip_head_has(head, &["application/vnd.oasis.opendocument.text"]) {
            Likelihood::ByContent
        } else if (ending(name) == "odt" || ending(name) == "ott") && head.starts_with(b"PK") {
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
        let mut package = Package::open(input, options, "ODT")?;
        let is_locked = package.optional("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data"));
        if is_locked {
            return Err(locked("ODT"));
        }
        let content = package.part("content.xml")?;
        let tree = xml::parse(&content)?;
        let mut quotes = BTreeMap::new();
        for text in [package.optional("styles.xml").unwrap_or_default(), content.clone()] {
            if let Ok(tree) = xml::parse(&text) {
                note_styles(tree.root_element(), &mut quotes);
            }
        }
        let body = tree
            .descendants()
            .find(|node| node.tag_name().name() == "text" && node.parent().is_some_and(|parent| parent.tag_name().name() == "body"));
        let mut blocks = body.map(|body| read_body(body, &quotes)).unwrap_or_default();
        if let Some(found) = exports::split(&blocks, "odt") {
            for article in found {
                if each(article).is_break() {
                    break;
                }
            }
            return Ok(());
        }
        let properties = package.optional("meta.xml").unwrap_or_default();
        mark_title(&title(&properties), &mut blocks);
        let mut article = article(&blocks, "odt: body");
        note_properties(&mut article, &properties);
        let _ = each(Ok(article));
        Ok(())
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attributes().find(|attribute| attribute.name() == name).map_or("", |attribute| attribute.value())
}

/// Notes what paragraphs of each style are: a style is what its name says, or what the style it is made of is.
fn note_styles(root: Node<'_, '_>, styles: &mut BTreeMap<String, Kind>) {
    for style in root.descendants().filter(|node| node.tag_name().name() == "style") {
        let (name, parent) = (attribute(style, "name"), attribute(style, "parent-style-name"));
        let kind = match name {
            "Quotations" | "Quote" | "Intense_20_Quote" | "Block_20_Quotation" => Some(Kind::Quote),
            "Title" => Some(Kind::Heading),
            _ => styles.get(parent).copied(),
        };
        if let Some(kind) = kind {
            styles.insert(name.to_owned(), kind);
        }
    }
}

fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "note"
            | "annotation"
            | "tracked-changes"
            | "frame"
            | "table-of-content"
            | "sequence-decls"
            | "ruby-text"
            | "forms"
            | "custom-shape"
    )
}

fn read_body(body: Node<'_, '_>, styles: &BTreeMap<String, Kind>) -> Vec<Block> {
    let mut blocks = Blocks::default();
    let mut items = 0_usize;
    walk(body, &mut |node, is_start| {
        let name = node.tag_name().name();
        if node.is_text() && is_start {
            // White space of the file is one space; tidying makes it so.
            blocks.push(&node.text().unwrap_or_default().replace('\n', " "));
        }
        match (name, is_start) {
            ("s", true) => blocks.push(" "),
            ("tab", true) => blocks.push("\t"),
            ("line-break", true) => blocks.push("\n"),
            ("list-item" | "list-header", true) => items += 1,
            ("list-item" | "list-header", false) => items = items.saturating_sub(1),
            ("h", false) => blocks.end(Kind::Heading),
            ("p", false) => {
                let kind = styles.get(attribute(node, "style-name")).copied().unwrap_or_default();
                blocks.end(if kind == Kind::Paragraph && items > 0 { Kind::Item } else { kind });
            }
            _ => {}
        }
        !is_silent(name)
    });
    blocks.finish()
}
