//! Plain text and Markdown.
//!
//! A plain text becomes the document's text as it is, only decoded; character references and words cut at line ends are read there as in
//! every format. Of Markdown the document's text is the rendered text: headings, list
//! items and block quotes are lines of their own, blank lines stand between blocks, and marks, link targets, pictures and HTML tags are
//! gone. Front matter goes to the metadata of both.

use super::decode::{binary_format, decode};
use super::format::{Each, Format, Input, Likelihood, RawArticle};
use super::{ReadOptions, front_matter, line_ends, markdown};
use crate::Result;

/// A text without marks.
#[derive(Debug)]
pub(super) struct PlainText;

/// A text with marks for headings, lists and emphasis.
#[derive(Debug)]
pub(super) struct Markdown;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        match ending(name) {
            "txt" | "text" => Likelihood::ByName,
            _ if is_text(head) => Likelihood::Possible,
            _ => Likelihood::No,
        }
    }

    fn limit(&self, options: &ReadOptions) -> u64 {
        options.max_bytes
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let _ = each(Ok(read(input, options, false)?));
        Ok(())
    }
}

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn recognizes(&self, _head: &[u8], name: &str) -> Likelihood {
        if matches!(ending(name), "md" | "markdown") { Likelihood::ByName } else { Likelihood::No }
    }

    fn limit(&self, options: &ReadOptions) -> u64 {
        options.max_bytes
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let _ = each(Ok(read(input, options, true)?));
        Ok(())
    }
}

/// Decodes a text and takes its front matter off.
fn read(input: Input<'_>, options: &ReadOptions, is_markdown: bool) -> Result<RawArticle> {
    let bytes = input.bytes(options.max_bytes)?;
    let decoded = decode(&bytes, options.encoding)?;
    let front = front_matter::split(&decoded.text);
    let mut article = if is_markdown {
        let (text, markup) = markdown::render(&line_ends::join_closely(front.body));
        RawArticle { markup, ..RawArticle::new(text, "markdown") }
    } else {
        RawArticle::new(front.body, "text")
    };
    article.metadata = front.metadata;
    article.notes.extend(front.is_broken.then(|| "a part of the front matter could not be read".to_owned()));
    article.decoded(&decoded);
    Ok(article)
}

/// The ending of a file's name, which is in lower case.
pub(in crate::ingest) fn ending(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Whether the first bytes of a file can be those of a text.
pub(super) fn is_text(head: &[u8]) -> bool {
    let has_mark = encoding_rs::Encoding::for_bom(head).is_some();
    let controls = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    binary_format(head).is_none() && !head.is_empty() && (has_mark || (controls * 100 <= head.len() && !head.contains(&0)))
}
