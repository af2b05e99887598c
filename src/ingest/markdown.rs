//! Renders Markdown to plain text, and notes which parts are headings, list items and block quotes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{Markup, Span};

/// The plain text of `source`, a blank line between blocks, with its markup in text order.
pub(super) fn render(source: &str) -> (String, Vec<(Span, Markup)>) {
    let source = without_indents(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut renderer = Renderer::default();
    for event in Parser::new_ext(&source, options) {
        renderer.take(event);
    }
    renderer.finish()
}

#[derive(Debug, Default)]
struct Renderer {
    text: String,
    markup: Vec<(Span, Markup)>,
    /// Kinds of the containers that are open, innermost last, with the place each starts at.
    open: Vec<(Markup, usize)>,
    /// Whether a blank line is due before the next text.
    is_block_due: bool,
    /// Depth of pictures, whose words are not part of the article.
    pictures: usize,
    /// The HTML block being read.
    html: Option<String>,
}

impl Renderer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            // Emphasis marks that close nothing; those meant as text come one by one, escaped.
            Event::Text(text) if text.len() > 1 && text.bytes().all(|byte| byte == b'*') => {}
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("<br")) => self.push("\n"),
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.is_block_due = true,
            },
            Event::Rule => self.is_block_due = true,
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => self.open(Markup::Heading),
            Tag::Item => self.open(Markup::ListItem),
            Tag::BlockQuote(_) => self.open(Markup::BlockQuote),
            Tag::Image { .. } => self.pictures += 1,
            Tag::HtmlBlock => {
                self.is_block_due = true;
                self.html = Some(String::new());
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::Table(_) | Tag::TableRow | Tag::List(_) | Tag::FootnoteDefinition(_) => {
                self.is_block_due = true;
            }
            Tag::TableCell if !self.text.ends_with('\n') && !self.is_block_due => self.push("\t"),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.close(),
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::HtmlBlock => {
                let words = self.html.take().map(|html| words_of_html(&html)).unwrap_or_default();
                self.push(&words);
                self.is_block_due = true;
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => self.is_block_due = true,
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.pictures > 0 || text.is_empty() {
            return;
        }
        let text = if self.is_block_due { text.trim_start() } else { text };
        if self.is_block_due {
            if text.is_empty() {
                return;
            }
            self.is_block_due = false;
            self.text.truncate(self.text.trim_end().len());
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
        }
        self.text.push_str(text);
    }

    fn open(&mut self, kind: Markup) {
        self.is_block_due = true;
        self.open.push((kind, self.text.trim_end().len()));
    }

    fn close(&mut self) {
        self.is_block_due = true;
        let Some((kind, from)) = self.open.pop() else { return };
        let new = self.text.get(from..).unwrap_or_default();
        let start = from + (new.len() - new.trim_start().len());
        let end = self.text.trim_end().len();
        if start < end {
            self.markup.push((Span::new(start, end), kind));
        }
    }

    fn finish(mut self) -> (String, Vec<(Span, Markup)>) {
        self.text.truncate(self.text.trim_end().len());
        self.markup.sort_by_key(|&(span, _)| span);
        (self.text, self.markup)
    }
}

/// The words between the tags of an HTML block, such as a picture's caption.
fn words_of_html(html: &str) -> String {
    let lower = html.trim_start().get(..7).unwrap_or_default().to_lowercase();
    if lower.starts_with("<script") || lower.starts_with("<style") {
        return String::new();
    }
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        let end = if tag.starts_with("!--") { tag.find("-->").map(|at| at + 3) } else { tag.find('>').map(|at| at + 1) };
        rest = end.and_then(|end| tag.get(end..)).unwrap_or_default();
        words.push(' ');
    }
    words.push_str(rest);
    for (entity, ch) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        words = words.replace(entity, ch);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes away the indents that would make code of prose: archives indent the first line of a paragraph by five spaces.
fn without_indents(source: &str) -> String {
    let mut plain = String::with_capacity(source.len());
    let mut is_in_list = false;
    let mut is_in_fence = false;
    let mut is_after_blank = true;
    for line in source.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t', '\u{A0}']);
        let indent: usize = line.chars().take_while(|ch| matches!(ch, ' ' | '\t')).map(|ch| if ch == '\t' { 4 } else { 1 }).sum();
        let is_blank = content.trim().is_empty();
        is_in_fence ^= content.starts_with("```") || content.starts_with("~~~");
        if !is_blank && indent < 4 {
            is_in_list = is_item(content) || (is_in_list && (indent > 0 || !is_after_blank));
        }
        let is_prose = !is_blank && !is_in_fence && !is_in_list && (indent >= 4 || line.starts_with('\u{A0}'));
        plain.push_str(if is_prose { content } else { line });
        is_after_blank = is_blank;
    }
    plain
}

fn is_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line.get(digits..).unwrap_or_default();
    let rest = if digits > 0 { mark.strip_prefix(['.', ')']) } else { mark.strip_prefix(['-', '*', '+']) };
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        render(source).0
    }

    #[test]
    fn leaves_no_marks_in_the_text() {
        for (source, expected) in [
            ("# Rates\n\nThe *bank* **rose**\nrates.", "Rates\n\nThe bank rose rates."),
            ("He [said](https://example.org) `so`.  \nYes.", "He said so.\nYes."),
            ("- one\n- two\n  more\n\nEnd", "one\n\ntwo more\n\nEnd"),
            ("- one\n\n    goes on\n\n  - deep", "one\n\ngoes on\n\ndeep"),
            ("> Quoted\n> words\n\n\\*\\*\\*\n\nNext", "Quoted words\n\n***\n\nNext"),
            ("![picture](a.png) Text<br>more", "Text\nmore"),
            ("<figure>\n<img src=\"a.jpg\">\n<figcaption>A &amp; B</figcaption>\n</figure>\n\nText", "A & B\n\nText"),
            ("     Indented prose\ngoes on.\n\n     NAME", "Indented prose goes on.\n\nNAME"),
            ("| a | b |\n|---|---|\n| c | d |", "a\tb\n\nc\td"),
            ("<!-- note -->\n\nText", "Text"),
            ("Text\n\n---\n\nMore", "Text\n\nMore"),
            ("**Rates rose. **Then they** fell.**", "Rates rose. Then they fell."),
            ("", ""),
        ] {
            assert_eq!(text(source), expected);
        }
    }

    #[test]
    fn notes_headings_items_and_quotations() {
        let (text, markup) = render("## Rates\n\nText\n\n> Quoted\n\n1. one\n");
        let found: Vec<(&str, Markup)> = markup.iter().map(|&(span, kind)| (text.get(span.range()).unwrap(), kind)).collect();
        assert_eq!(found, [("Rates", Markup::Heading), ("Quoted", Markup::BlockQuote), ("one", Markup::ListItem)]);
    }
}
