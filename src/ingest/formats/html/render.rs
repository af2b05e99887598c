//! The paragraphs of an HTML tree: what of it is text, where one ends, and what it is.
//!
//! Walks without recursion, so that a page of a hundred thousand nested tags costs no stack.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::Node;

use super::super::blocks::{Block, Blocks, Kind};

/// The paragraphs below `node`.
pub(in crate::ingest::formats) fn blocks(node: NodeRef<'_, Node>) -> Vec<Block> {
    blocks_without(node, |_| false)
}

/// The paragraphs below `node`, without the elements that `leave_out` names.
pub(in crate::ingest::formats) fn blocks_without(
    node: NodeRef<'_, Node>,
    leave_out: impl Fn(&scraper::node::Element) -> bool,
) -> Vec<Block> {
    let mut renderer = Renderer::default();
    let mut skipped = None;
    for edge in node.traverse() {
        match edge {
            Edge::Open(open) if skipped.is_none() => match open.value() {
                Node::Element(element) if is_silent(element.name()) || leave_out(element) => skipped = Some(open.id()),
                Node::Element(element) => renderer.open(element),
                Node::Text(text) => renderer.text(text),
                _ => {}
            },
            Edge::Close(close) => {
                if skipped == Some(close.id()) {
                    skipped = None;
                } else if skipped.is_none()
                    && let Node::Element(element) = close.value()
                {
                    renderer.close(element.name());
                }
            }
            Edge::Open(_) => {}
        }
    }
    renderer.blocks.finish()
}

/// The words below `node` on one line.
pub(in crate::ingest::formats) fn words(node: NodeRef<'_, Node>) -> String {
    let lines: Vec<String> = blocks(node).into_iter().map(|block| block.text.replace('\n', " ")).collect();
    lines.join(" ")
}

/// Elements whose text nobody sees.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "noscript"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "select"
            | "button"
            | "textarea"
    )
}

#[derive(Default)]
struct Renderer {
    blocks: Blocks,
    /// Open headings, list items and block quotations, the innermost last.
    kinds: Vec<(&'static str, Kind)>,
    /// Open `pre` elements, where line breaks count.
    preformatted: usize,
}

impl Renderer {
    fn open(&mut self, element: &scraper::node::Element) {
        let name = element.name();
        if name == "br" {
            self.blocks.push("\n");
            return;
        }
        if is_block(name) {
            self.end();
        } else if matches!(name, "td" | "th") {
            self.blocks.end_cell();
        }
        self.preformatted += usize::from(name == "pre");
        if let Some(kind) = kind(name) {
            self.kinds.push(kind);
        } else if name == "div" && element.attr("id") == Some("hd") {
            // So Factiva marks headlines.
            self.kinds.push(("div", Kind::Heading));
        }
    }

    fn close(&mut self, name: &str) {
        if is_block(name) {
            self.end();
        }
        self.preformatted -= usize::from(name == "pre" && self.preformatted > 0);
        if let Some(at) = self.kinds.iter().rposition(|(open, _)| *open == name) {
            self.kinds.truncate(at);
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.blocks.push(text);
        } else {
            self.blocks.push(&text.replace(['\n', '\r', '\u{B}', '\u{C}'], " "));
        }
    }

    /// A block quotation goes for all it holds, a heading for the rest.
    fn end(&mut self) {
        let quote = self.kinds.iter().find(|(_, kind)| *kind == Kind::Quote);
        self.blocks.end(quote.or(self.kinds.last()).map_or(Kind::Paragraph, |(_, kind)| *kind));
    }
}

fn kind(name: &str) -> Option<(&'static str, Kind)> {
    Some(match name {
        "h1" => ("h1", Kind::Heading),
        "h2" => ("h2", Kind::Heading),
        "h3" => ("h3", Kind::Heading),
        "h4" => ("h4", Kind::Heading),
        "h5" => ("h5", Kind::Heading),
        "h6" => ("h6", Kind::Heading),
        "li" => ("li", Kind::Item),
        "blockquote" => ("blockquote", Kind::Quote),
        _ => return None,
    })
}

fn is_block(name: &str) -> bool {
    kind(name).is_some()
        || matches!(
            name,
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "ul" | "ol" | "dl" | "dt" | "dd"
        )
        || matches!(
            name,
            "table" | "tr" | "caption" | "pre" | "figure" | "figcaption" | "address" | "center" | "hr" | "form" | "fieldset" | "body"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(html: &str) -> String {
        let tree = scraper::Html::parse_fragment(html);
        let letter = |kind| match kind {
            Kind::Paragraph => 'P',
            Kind::Heading => 'H',
            Kind::Item => 'I',
            Kind::Quote => 'Q',
        };
        blocks(tree.tree.root()).iter().map(|block| format!("{}:{}", letter(block.kind), block.text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tells_paragraphs_and_what_they_are() {
        for (html, expected) in [
            ("<h2>Rates</h2><p>One <b>bold</b>\nword.</p>Loose<div>Block</div>", "H:Rates|P:One bold word.|P:Loose|P:Block"),
            ("<ul><li>one</li><li><p>two</p></li></ul>three", "I:one|I:two|P:three"),
            ("<blockquote><p>“No,” he said.</p><h3>x</h3></blockquote><p>y", "Q:“No,” he said.|Q:x|P:y"),
            ("a<br>b<br><br>c", "P:a\nb|P:c"),
            ("<script>x()</script><style>.a{}</style><p>A &amp; B&nbsp;&#x27;c&#x27; is&shy;land</p>", "P:A & B 'c' island"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "P:a b|P:c"),
            ("<pre>a\nb</pre>", "P:a\nb"),
        ] {
            assert_eq!(render(html), expected, "{html}");
        }
    }
}
