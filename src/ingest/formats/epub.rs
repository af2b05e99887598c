//! EPUB books: the documents of the spine in order, as one article, and the book's properties.

use super::blocks::{article, mark_title};
use super::docx::{note_properties, title};
use super::html::{blocks, parse};
use super::package::{Package, broken, locked, zip_head_has};
use super::xml;
use crate::Result;
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood};
use crate::ingest::plain::ending;

/// EPUB books.
#[derive(Debug)]
pub(crate) struct Epub;

impl Format for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        if zip_head_has(head, &["application/epub+zip"]) {
            Likelihood::ByContent
        } else if ending(name) == "epub" && head.starts_with(b"PK") {
            Likelihood::ByName
        } else {
            Likelihood::No
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let mut package = Package::open(input, options, "EPUB")?;
        if package.optional("META-INF/encryption.xml").is_some_and(|text| text.contains("EncryptedData") && !text.contains("font")) {
            return Err(locked("EPUB"));
        }
        let container = package.part("META-INF/container.xml")?;
        let container = xml::parse(&container)?;
        let root = container.descendants().find(|node| node.tag_name().name() == "rootfile").and_then(|node| node.attribute("full-path"));
        let root = root.ok_or_else(|| broken("EPUB", "META-INF/container.xml names no book"))?.to_owned();
        let book = package.part(&root)?;
        let mut paragraphs = Vec::new();
        for part in spine(&book, &root)? {
            // A part that the list names and the file lacks is passed over, as readers of books do.
            if let Some(text) = package.optional(&part) {
                let tree = parse(&text)?;
                paragraphs.extend(blocks(tree.tree.root()));
            }
        }
        mark_title(&title(&book), &mut paragraphs);
        let mut article = article(&paragraphs, "epub: spine");
        note_properties(&mut article, &book);
        let _ = each(Ok(article));
        Ok(())
    }
}

/// The paths of the book's documents in reading order; tables of contents and covers are left out.
fn spine(book: &str, root: &str) -> Result<Vec<String>> {
    let tree = xml::parse(book)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items = tree.descendants().filter(|node| node.tag_name().name() == "item").collect::<Vec<_>>();
    let mut paths = Vec::new();
    for reference in tree.descendants().filter(|node| node.tag_name().name() == "itemref") {
        let Some(item) = items.iter().find(|item| item.attribute("id") == reference.attribute("idref")) else { continue };
        let href = item.attribute("href").unwrap_or_default();
        let is_apart = item.attribute("properties").is_some_and(|properties| properties.contains("nav"))
            || reference.attribute("linear") == Some("no")
            || ["toc.", "nav.", "cover."].iter().any(|name| href.to_lowercase().rsplit('/').next().unwrap_or_default().starts_with(name));
        if !is_apart {
            let href = percent_decoded(href);
            paths.push(if folder.is_empty() { href } else { format!("{folder}/{href}") });
        }
    }
    Ok(paths)
}

/// A path without its percent signs.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
