//! TEI P5: paragraphs, heads, lists and block quotations of the text, and what the header says about it.
//!
//! Left out: notes, figures and their captions, apparatus, deletions, forme work (running heads, page numbers). Of `choice` the
//! regular form is read. A `teiCorpus` holds an article in each `TEI`.

use roxmltree::Node;

use super::blocks::{Block, Blocks, Kind, article, one_line, with_title};
use super::docx::walk;
use super::xml;
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood, Place, RawArticle};
use crate::{Error, ErrorKind, Result};

/// TEI P5.
#[derive(Debug)]
pub(crate) struct Tei;

impl Format for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        let head = String::from_utf8_lossy(head);
        let is_tei = head.contains("<TEI") || head.contains("<teiCorpus") || head.contains(":TEI ");
        let is_xml = head.trim_start_matches('\u{FEFF}').trim_start().starts_with('<');
        if is_xml && is_tei && (head.contains("tei-c.org") || head.contains("teiHeader")) { Likelihood::ByContent } else { Likelihood::No }
    }

    /// A `teiCorpus` holds many.
    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let decoded = crate::ingest::decode(&bytes, options.encoding)?;
        let tree = xml::parse(&decoded.text)?;
        let texts: Vec<Node<'_, '_>> = tree.descendants().filter(|node| node.tag_name().name() == "TEI").collect();
        let is_many = texts.len() > 1;
        for (number, text) in (1..).zip(texts) {
            let place = if is_many { Place::Part(number) } else { Place::Whole };
            if each(read_article(text).map(|article| RawArticle { place, ..article }.out_of(&decoded))).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn read_article(tei: Node<'_, '_>) -> Result<RawArticle> {
    let find = |name: &str| tei.descendants().find(|node| node.tag_name().name() == name);
    let Some(body) = find("body") else {
        let error = Error::new(ErrorKind::Input("the TEI file has a header and no body".to_owned()));
        return Err(error.with_hint("leave it out of the input, or add its text"));
    };
    let mut blocks = read_body(body);
    let header = find("teiHeader");
    let title = header.and_then(|header| path(header, &["fileDesc", "titleStmt", "title"])).unwrap_or_default();
    with_title(&title, &mut blocks);
    let mut article = article(&blocks, "tei: body");
    article.note_metadata("title", &title);
    if let Some(header) = header {
        let source = ["analytic", "monogr", "bibl", "biblStruct"];
        let in_source = |name: &str| {
            let sources = header.descendants().filter(|node| source.contains(&node.tag_name().name()));
            sources.flat_map(|node| node.children()).find(|node| node.tag_name().name() == name)
        };
        let authors: Vec<String> = header
            .descendants()
            .find(|node| node.tag_name().name() == "titleStmt")
            .into_iter()
            .flat_map(|statement| statement.children())
            .filter(|node| node.tag_name().name() == "author")
            .map(|node| words(node))
            .collect();
        article.note_metadata("byline", &authors.join(", "));
        article.note_metadata("byline", &in_source("author").map(words).unwrap_or_default());
        let outlet =
            header.descendants().find(|node| node.tag_name().name() == "title" && matches!(node.attribute("level"), Some("j" | "s")));
        article.note_metadata("outlet", &outlet.map(words).unwrap_or_default());
        article.note_metadata("outlet", &in_source("publisher").map(words).unwrap_or_default());
        let date = |node: Node<'_, '_>| node.attribute("when").map_or_else(|| words(node), str::to_owned);
        let dates = ["sourceDesc", "publicationStmt"];
        for part in dates {
            let part = header.descendants().find(|node| node.tag_name().name() == part);
            let found = part.and_then(|part| part.descendants().find(|node| node.tag_name().name() == "date"));
            article.note_metadata("date", &found.map(date).unwrap_or_default());
        }
        let language = header.descendants().find(|node| node.tag_name().name() == "language");
        article.note_metadata("language", language.and_then(|node| node.attribute("ident")).unwrap_or_default());
        for number in header.descendants().filter(|node| node.tag_name().name() == "idno") {
            let value = words(number);
            let key = if value.starts_with("http") { "url" } else { number.attribute("type").unwrap_or("idno") };
            article.note_metadata(&key.to_lowercase(), &value);
        }
    }
    Ok(article)
}

fn path(node: Node<'_, '_>, names: &[&str]) -> Option<String> {
    let found = names.iter().try_fold(node, |node, name| node.children().find(|child| child.tag_name().name() == *name))?;
    Some(words(found))
}

fn words(node: Node<'_, '_>) -> String {
    let words: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    one_line(&words.replace('\n', " "))
}

fn is_silent(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let is_other_form = matches!(name, "orig" | "sic" | "abbr") && node.parent().is_some_and(|parent| parent.tag_name().name() == "choice");
    is_other_form || matches!(name, "note" | "figure" | "figDesc" | "fw" | "del" | "gap" | "app" | "bibl" | "listBibl" | "teiHeader")
}

fn read_body(body: Node<'_, '_>) -> Vec<Block> {
    let mut blocks = Blocks::default();
    let mut kinds: Vec<Kind> = Vec::new();
    walk(body, &mut |node, is_start| {
        let name = node.tag_name().name();
        if node.is_text() && is_start {
            blocks.push(&node.text().unwrap_or_default().replace('\n', " "));
        }
        let is_cited = name == "quote" && node.children().any(|child| matches!(child.tag_name().name(), "p" | "l" | "lg"));
        let kind = match name {
            "head" => Some(Kind::Heading),
            "item" => Some(Kind::Item),
            "quote" | "cit" if is_cited || name == "cit" => Some(Kind::Quote),
            _ => None,
        };
        let is_block =
            kind.is_some() || matches!(name, "p" | "ab" | "div" | "sp" | "speaker" | "l" | "lg" | "list" | "row" | "byline" | "dateline");
        if is_block {
            let quote = kinds.iter().find(|kind| **kind == Kind::Quote);
            blocks.end(quote.or(kinds.last()).copied().unwrap_or_default());
        }
        match (kind, is_start) {
            (Some(kind), true) => kinds.push(kind),
            (Some(_), false) => {
                kinds.pop();
            }
            _ if name == "lb" && is_start => blocks.push(" "),
            _ => {}
        }
        !is_silent(node)
    });
    blocks.finish()
}
