//! Factiva's XML of articles (`ppsArticleResponse`, `distdoc`).

use roxmltree::Node;

use super::super::blocks::{Block, Kind, article, one_line, tidy, with_title};
use super::super::xml;
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood, Place, RawArticle};
use crate::{Error, ErrorKind, Result};

/// Factiva's XML.
#[derive(Debug)]
pub(crate) struct FactivaXml;

impl Format for FactivaXml {
    fn name(&self) -> &'static str {
        "factiva-xml"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        let head = String::from_utf8_lossy(head);
        let is_factiva = head.contains("ppsArticleResponse") || head.contains("global.factiva.com") || head.contains("<distdoc");
        if is_factiva && head.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') && !head.contains("<html") {
            Likelihood::ByContent
        } else {
            Likelihood::No
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let decoded = crate::ingest::decode(&bytes, options.encoding)?;
        let tree = xml::parse(&decoded.text)?;
        let mut number = 0;
        for node in tree.descendants().filter(|node| node.tag_name().name() == "article") {
            number += 1;
            if each(read_article(node, number).map(|article| article.out_of(&decoded))).is_break() {
                return Ok(());
            }
        }
        if number == 0 {
            let error = Error::new(ErrorKind::Input("holds no article in its Factiva XML".to_owned()));
            return Err(error.with_hint("download the articles, not the list of headlines"));
        }
        Ok(())
    }
}

fn read_article(node: Node<'_, '_>, number: u64) -> Result<RawArticle> {
    let part = |name: &str| node.children().find(|child| child.tag_name().name() == name);
    let text = |name: &str| part(name).map(|part| one_line(&words(part))).unwrap_or_default();
    let title = text("headline");
    let paragraphs = |name: &str| {
        let nodes = part(name).into_iter().flat_map(|part| part.descendants());
        nodes.filter(|node| node.tag_name().name() == "paragraph").map(|node| tidy(&words(node))).collect::<Vec<_>>()
    };
    let body = [paragraphs("leadParagraph"), paragraphs("tailParagraphs"), paragraphs("body")].concat();
    let mut blocks: Vec<Block> =
        body.into_iter().filter(|text| !text.is_empty()).map(|text| Block { kind: Kind::Paragraph, text }).collect();
    if blocks.is_empty() {
        let error = Error::new(ErrorKind::Input(format!("the article ‘{title}’ of the export holds no text")));
        return Err(error.with_hint("Factiva gives some articles as a headline or a picture only; the others are read"));
    }
    with_title(&title, &mut blocks);
    let mut article = article(&blocks, "factiva: xml");
    article.place = Place::Part(number);
    for (key, name) in [
        ("id", "accessionNo"),
        ("byline", "byline"),
        ("outlet", "sourceName"),
        ("language", "baseLanguage"),
        ("length", "wordCount"),
        ("section", "sectionName"),
        ("column", "columnName"),
        ("page", "pages"),
        ("copyright", "copyright"),
        ("publisher", "publisherName"),
        ("source_code", "sourceCode"),
        ("credit", "credit"),
        ("notes", "notes"),
    ] {
        article.note_metadata(key, super::without_by(&text(name)));
    }
    article.note_metadata("title", &title);
    let date = text("publicationDate");
    article.note_metadata("date", date.split('T').next().unwrap_or_default());
    for (key, name) in [("regions", "region"), ("subjects", "newsSubject"), ("companies", "company"), ("industries", "industry")] {
        let names = node.children().filter(|child| child.tag_name().name() == name).map(|child| one_line(&words(child)));
        article.note_metadata(key, &names.collect::<Vec<_>>().join("; "));
    }
    Ok(article)
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect()
}
