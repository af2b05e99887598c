//! PDF files with a text layer: columns in reading order, paragraphs rebuilt, running heads and page numbers left out.
//!
//! `pdf-extract` gives each glyph and its place; words, lines, columns and paragraphs are put together here, because its own plain text
//! knows no columns, and `pdf_oxide`, which does, takes longer to build than the rest of the program.

mod bounds;
mod disarm;
mod glyphs;
mod layout;
mod paragraphs;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, Object, output_doc_page};

use super::blocks::{article, one_line, with_title};
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood, RawArticle};
use crate::ingest::plain::ending;
use crate::{Error, ErrorKind, Result};

/// PDF files.
#[derive(Debug)]
pub(crate) struct Pdf;

/// A book of more pages is no article; it also bounds what a made-up page tree can cost.
const MAX_PAGES: usize = 2_000;

/// A page with more glyphs is a drawing.
const MAX_GLYPHS: usize = 200_000;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let start = head.get(..1024).unwrap_or(head);
        if start.windows(5).any(|window| window == b"%PDF-") && !start.starts_with(b"PK") {
            Likelihood::ByContent
        } else if ending(name) == "pdf" {
            Likelihood::ByName
        } else {
            Likelihood::No
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let _ = each(read_document(&bytes));
        Ok(())
    }
}

fn read_document(bytes: &[u8]) -> Result<RawArticle> {
    bounds::check(bytes)?;
    // The libraries that read PDF stop on some broken files where they should give an error.
    let loaded = catch_unwind(|| Document::load_mem(bytes)).map_err(|_| broken("its structure cannot be followed"))?;
    let mut document = loaded.map_err(|error| match error.to_string() {
        why if why.to_lowercase().contains("decrypt") || why.to_lowercase().contains("password") => locked(),
        why => broken(&why),
    })?;
    // Many files are locked against changes only: they open with the empty password.
    let opened = catch_unwind(AssertUnwindSafe(|| !document.is_encrypted() || document.decrypt("").is_ok())).unwrap_or(false);
    if !opened || document.trailer.get(b"Encrypt").is_ok() {
        return Err(locked());
    }
    disarm::disarm(&mut document);
    let pages = document.get_pages();
    let mut lines = Vec::new();
    let (mut glyph_count, mut broken_pages) = (0, 0);
    for number in pages.keys().take(MAX_PAGES) {
        let mut page = glyphs::Page::default();
        let drawn = catch_unwind(AssertUnwindSafe(|| output_doc_page(&document, &mut page, *number)));
        broken_pages += usize::from(!matches!(drawn, Ok(Ok(()))));
        glyph_count += page.glyphs.len();
        lines.push(layout::lines(&page));
    }
    if glyph_count == 0 && broken_pages > 0 {
        return Err(broken("none of its pages can be read"));
    }
    if glyph_count < 40 * usize::from(pages.len() > 1) + 10 {
        let error = Error::new(ErrorKind::Input("the PDF holds pictures of pages (a scan) and no text".to_owned()));
        return Err(error.with_hint("give it a text layer first: ocrmypdf SCAN.pdf TEXT.pdf"));
    }
    let mut blocks = paragraphs::paragraphs(lines);
    let title = property(&document, b"Title");
    if !is_made_up(&title) && blocks.iter().take(6).any(|block| super::blocks::fold(&block.text) == super::blocks::fold(&title)) {
        with_title(&title, &mut blocks);
    }
    let mut article = article(&blocks, "pdf: text layer");
    if !is_made_up(&title) {
        article.note_metadata("title", &title);
    }
    article.note_metadata("byline", &property(&document, b"Author"));
    article.note_metadata("keywords", &property(&document, b"Keywords"));
    article.note_metadata("created", &date(&property(&document, b"CreationDate")));
    if broken_pages > 0 {
        article.notes.push(format!("{broken_pages} of {} pages could not be read whole", pages.len()));
    }
    if pages.len() > MAX_PAGES {
        article.notes.push(format!("only the first {MAX_PAGES} of {} pages are read", pages.len()));
    }
    Ok(article)
}

fn broken(why: &str) -> Error {
    let why = why.trim_end_matches('.');
    let mut first = why.chars();
    let why: String = first.next().into_iter().flat_map(char::to_lowercase).chain(first).collect();
    Error::new(ErrorKind::Input(format!("cannot be read as PDF: {why}")))
        .with_hint("check that the file is whole: open it in a viewer, and print it to a new PDF")
}

fn locked() -> Error {
    Error::new(ErrorKind::Input("the PDF file is protected by a password".to_owned()))
        .with_hint("save a copy without the password: qpdf --decrypt --password=… LOCKED.pdf OPEN.pdf")
}

/// A property of the document, in the encoding its first bytes name.
fn property(document: &Document, key: &[u8]) -> String {
    let info = document.trailer.get(b"Info").and_then(|info| match info {
        Object::Reference(id) => document.get_dictionary(*id),
        info => info.as_dict(),
    });
    let Ok(Object::String(bytes, _)) = info.and_then(|info| info.get(key)) else { return String::new() };
    let text = match bytes.strip_prefix(b"\xFE\xFF") {
        Some(bytes) => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    one_line(&text)
}

/// Whether a title is the name of a file or of nothing, as programs write it.
fn is_made_up(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [".doc", ".docx", ".indd", ".qxd", ".pdf", ".rtf", ".odt", ".tex", ".html"].iter().any(|ext| lower.ends_with(ext));
    lower.is_empty() || is_file || lower.starts_with("microsoft word") || lower.starts_with("untitled") || lower == "anonymous"
}

/// `D:20260312…` as a date.
fn date(printed: &str) -> String {
    let digits: String = printed.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    match (digits.get(..4), digits.get(4..6), digits.get(6..8)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => String::new(),
    }
}
