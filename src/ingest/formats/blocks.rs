//! The paragraphs of a formatted document, before they are one text: what white space means, and which characters are no text.
//!
//! Every reader of documents ends here, so that the same article gives the same text in each format: runs of white space are one space
//! (no-break and typographic spaces too), soft hyphens, zero-width spaces and control characters are gone, a forced line break is a line
//! break, and two of them are the end of a paragraph.

use std::borrow::Cow;

use super::super::format::RawArticle;
use crate::{Markup, Span};

/// What a paragraph is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A quotation set off from the text.
    Quote,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// The words, tidy; lines are forced breaks.
    pub(super) text: String,
}

impl Block {
    /// The lines between forced breaks.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }
}

/// A document's paragraphs as they come.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    done: Vec<Block>,
    open: String,
}

impl Blocks {
    /// Adds characters to the paragraph being read.
    pub(super) fn push(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends a cell of a table: a short first one in capitals is a label and stands alone, the others stand side by side.
    pub(super) fn end_cell(&mut self) {
        let cell = self.open.trim();
        if !cell.is_empty() && cell.len() <= 4 && cell.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.end(Kind::Paragraph);
        } else {
            self.open.push('\t');
        }
    }

    /// Ends the paragraph being read; two forced breaks end one as well.
    pub(super) fn end(&mut self, kind: Kind) {
        let text = tidy(&self.open);
        self.open.clear();
        for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            self.done.push(Block { kind, text: part.to_owned() });
        }
    }

    /// All paragraphs; what is still open is running text.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.end(Kind::Paragraph);
        self.done
    }
}

/// Makes an article of its paragraphs.
pub(super) fn article(blocks: &[Block], rule: impl Into<Cow<'static, str>>) -> RawArticle {
    let mut article = RawArticle::new(String::new(), rule);
    for block in blocks.iter().filter(|block| !block.text.is_empty()) {
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(&block.text);
        let mark = match block.kind {
            Kind::Paragraph => continue,
            Kind::Heading => Markup::Heading,
            Kind::Item => Markup::ListItem,
            Kind::Quote => Markup::BlockQuote,
        };
        article.markup.push((Span::new(start, article.text.len()), mark));
    }
    article
}

/// Puts the title before the paragraphs, as their heading, unless one of the first says it already.
pub(super) fn with_title(title: &str, blocks: &mut Vec<Block>) {
    let title = one_line(title);
    if !mark_title(&title, blocks) && !title.is_empty() {
        blocks.insert(0, Block { kind: Kind::Heading, text: title });
    }
}

/// Marks the one of the first paragraphs that is the title as a heading; says whether there is one.
pub(super) fn mark_title(title: &str, blocks: &mut [Block]) -> bool {
    let title = fold(title);
    let found = blocks.iter_mut().take(3).find(|block| !title.is_empty() && fold(&block.text) == title);
    found.map(|block| block.kind = Kind::Heading).is_some()
}

/// A text without case, white space and marks, to compare by.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A tidy text on one line.
pub(super) fn one_line(text: &str) -> String {
    tidy(text).split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text with white space and stray characters put in order; see the file's head.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                tidy.truncate(tidy.trim_end_matches(' ').len());
                if !tidy.is_empty() && !tidy.ends_with("\n\n") {
                    tidy.push('\n');
                }
            }
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFC}' => {}
            ch if ch.is_whitespace() => {
                if !tidy.is_empty() && !tidy.ends_with([' ', '\n']) {
                    tidy.push(' ');
                }
            }
            ch if ch.is_control() => {}
            ch => tidy.push(ch),
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_white_space_and_stray_characters() {
        for (text, expected) in [
            ("  a\u{A0}\u{202F}b \t c ", "a b c"),
            ("co\u{AD}op\u{200B}er\u{FEFF}ate", "cooperate"),
            ("a \r\n b\n\n\n\nc\u{2028}d", "a\nb\n\nc\nd"),
            ("a\u{0}\u{7}\u{9F}b", "ab"),
            ("\n\n", ""),
        ] {
            assert_eq!(tidy(text), expected, "{text:?}");
        }
    }

    #[test]
    fn marks_stand_on_their_paragraphs() {
        let mut blocks = Blocks::default();
        for (text, kind) in [("Rates", Kind::Heading), ("One.\n\nTwo.", Kind::Paragraph), ("“No.”", Kind::Quote), (" \n", Kind::Item)] {
            blocks.push(text);
            blocks.end(kind);
        }
        blocks.push("Open");
        let article = article(&blocks.finish(), "test");
        assert_eq!(article.text, "Rates\n\nOne.\n\nTwo.\n\n“No.”\n\nOpen");
        let marked: Vec<&str> = article.markup.iter().map(|(span, _)| article.text.get(span.range()).unwrap()).collect();
        assert_eq!(marked, ["Rates", "“No.”"]);
    }

    #[test]
    fn says_the_title_once() {
        let block = |text: &str| Block { kind: Kind::Paragraph, text: text.to_owned() };
        let mut blocks = vec![block("RATES RISE!"), block("The bank rose.")];
        with_title("Rates rise", &mut blocks);
        assert_eq!((blocks.len(), blocks[0].kind), (2, Kind::Heading));
        with_title("Another\n title", &mut blocks);
        assert_eq!(blocks[0].text, "Another title");
    }
}
