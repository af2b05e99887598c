//! The text of a piece of HTML: a table's cell, an entry of a feed, the body of a letter. Nothing is held for navigation here; whole pages
//! go to the reader of pages.

use std::ops::ControlFlow;

use super::ReadOptions;
use super::format::{Input, RawArticle};
use super::formats::by_name;

/// Tags that end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "blockquote",
    "tr",
    "table",
    "section",
    "article",
    "figure",
    "figcaption",
    "header",
    "footer",
    "pre",
    "hr",
];

/// Elements without words of the article.
const SILENT: &[&str] = &["script", "style", "head", "noscript", "template", "svg"];

/// Whether a text is a piece of HTML: it has a closing tag of a paragraph, or begins with a tag.
pub(super) fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    let lower = start.get(..start.len().min(5)).map(str::to_ascii_lowercase).unwrap_or_default();
    text.contains("</p>") || text.contains("</P>") || text.contains("</div>") || lower.starts_with("<p>") || lower.starts_with("<html")
}

/// Whether bytes are a whole page.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html")
}

/// The article of a page, by the reader of pages; where it finds none, all of the page's words.
pub(super) fn page(html: &str, shown: &str, options: &ReadOptions) -> RawArticle {
    let mut found = None;
    if let Some(format) = by_name("html") {
        let _ = format.read(Input::of_bytes(shown, html.as_bytes()), options, &mut |article| {
            found = article.ok();
            ControlFlow::Break(())
        });
    }
    found.unwrap_or_else(|| RawArticle::new(text(html), "html: all words"))
}

/// The words, a blank line between paragraphs.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    let mut silent: Option<&str> = None;
    while let Some((before, after)) = rest.split_once('<') {
        if silent.is_none() {
            push(&mut text, before);
        }
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !after.starts_with(|ch: char| ch.is_ascii_alphabetic() || matches!(ch, '/' | '!' | '?')) {
            // A sign of arithmetic, no tag.
            if silent.is_none() {
                text.push('<');
            }
            rest = after;
            continue;
        }
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        rest = after;
        let (name, is_end) = tag.strip_prefix('/').map_or((tag, false), |name| (name, true));
        let name = name.split(|ch: char| !ch.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        match silent {
            Some(open) if is_end && open == name => silent = None,
            None if !is_end && !tag.ends_with('/') => silent = SILENT.iter().copied().find(|&element| element == name),
            _ => {}
        }
        if BLOCKS.contains(&name.as_str()) {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        } else if name == "br" {
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
    }
    if silent.is_none() {
        push(&mut text, rest);
    }
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let mut joined = lines.join("\n");
    while joined.contains("\n\n\n") {
        joined = joined.replace("\n\n\n", "\n\n");
    }
    joined
}

/// Adds words with the white space of HTML: any run of it is one space, none begins a line.
fn push(text: &mut String, words: &str) {
    for (at, word) in words.split([' ', '\n', '\t', '\r']).enumerate() {
        if at > 0 && !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
        text.push_str(&htmlize::unescape(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_words_and_paragraphs() {
        for (html, expected) in [
            ("<p>“No,” she said.</p><p>He\n left&nbsp;it.</p>", "“No,” she said.\n\nHe left\u{A0}it."),
            ("One<br/>two <b>three</b>", "One\ntwo three"),
            ("<style>p {}</style><h2>Head</h2>Text &amp; more<!-- no -->", "Head\n\nText & more"),
            ("3 < 4 and <i>so</i>", "3 < 4 and so"),
            ("<p>cut off <a href=\"x", "cut off"),
        ] {
            assert_eq!(text(html), expected);
        }
        assert!(is_html("<p>Yes") && !is_html("a < b") && is_page("<!DOCTYPE html><html>"));
    }
}
