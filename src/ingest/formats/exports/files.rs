//! Exports that are plain text or HTML, told by their first bytes from articles in the same formats.

use super::super::blocks::{Block, Kind, tidy};
use super::super::html::{blocks, decode_html, parse};
use super::{Found, europresse, split};
use crate::ingest::ReadOptions;
use crate::ingest::decode::Decoded;
use crate::ingest::format::{Each, Format, Input, Likelihood};
use crate::{Error, ErrorKind, Result};

/// A Nexis, Factiva or ProQuest export in plain text.
#[derive(Debug)]
pub(crate) struct TextExport;

/// A Nexis, Factiva, ProQuest or Europresse export in HTML.
#[derive(Debug)]
pub(crate) struct HtmlExport;

impl Format for TextExport {
    fn name(&self) -> &'static str {
        "database-txt"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        let head = String::from_utf8_lossy(head);
        let start = head.trim_start_matches('\u{FEFF}').trim_start();
        if start.starts_with(['<', '{']) || start.starts_with("PK") || start.starts_with("%PDF") {
            return Likelihood::No;
        }
        let counted = head.lines().any(super::nexis_labels::is_count) && head.lines().any(|line| is_label(line, true));
        let ended = head.lines().any(super::nexis_labels::is_end) && head.lines().any(|line| is_label(line, false));
        let is_lone = super::nexis::is_lone_text(&head.lines());
        let is_proquest = head.contains("Full text:") && head.contains("Publication title:") && head.contains("ProQuest");
        let coded = |code: &str| head.lines().any(|line| line.trim() == code || line.starts_with(&format!("{code}\t")));
        let is_factiva = coded("HD") && coded("SN") && (coded("LP") || coded("TD"));
        if counted || ended || is_lone || is_proquest || is_factiva { Likelihood::ByContent } else { Likelihood::No }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let decoded = crate::ingest::decode(&bytes, options.encoding)?;
        let text = decoded.text.as_str();
        let blocks = if text.contains("Publication title:") { lines(text) } else { groups(text) };
        hand_on(split(&blocks, "txt"), &decoded, each)
    }
}

impl Format for HtmlExport {
    fn name(&self) -> &'static str {
        "database-html"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        let head = String::from_utf8_lossy(head);
        if !head.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') {
            return Likelihood::No;
        }
        let has = |words: &[&str]| words.iter().all(|word| head.contains(word));
        let is_nexis = has(&["LXNComment"]) || has(&["<DOCFULL>"]) || has(&["DOC_ID_0_"]);
        let is_factiva = has(&["<title>Factiva"]) || has(&["articleParagraph", "Article"]) || has(&["Headline", "<b>HD</b>"]);
        let is_proquest = has(&["ProQuest", "Full text:", "Publication title:"]) || has(&["DocID_", "ProQuest"]);
        let is_europresse = has(&["DocPublicationName"]) || has(&["cedrom-sni.com"]);
        if is_nexis || is_factiva || is_proquest || is_europresse { Likelihood::ByContent } else { Likelihood::No }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let decoded = decode_html(&bytes, options.encoding)?;
        let tree = parse(&decoded.text)?;
        let found = europresse::split(&tree).or_else(|| split(&blocks(tree.tree.root()), "html"));
        hand_on(found, &decoded, each)
    }
}

/// Gives each article; an export without any is an error.
fn hand_on(found: Option<Vec<Found>>, decoded: &Decoded, each: Each<'_>) -> Result<()> {
    let Some(found) = found else {
        let error = Error::new(ErrorKind::Input("looks like a news database's export, but no article is found in it".to_owned()));
        return Err(error.with_hint("download it again with full documents, as text, HTML, RTF or DOCX"));
    };
    for article in found {
        if each(article.map(|article| article.out_of(decoded))).is_break() {
            break;
        }
    }
    Ok(())
}

fn is_label(line: &str, is_old: bool) -> bool {
    use super::nexis_labels::{Label, label};
    matches!(label(&tidy(line), is_old), Some((Label::Key(_) | Label::Body | Label::Trailer(_), ..)))
}

/// Each line is a paragraph, as ProQuest writes them.
fn lines(text: &str) -> Vec<Block> {
    let lines = text.lines().map(tidy).filter(|line| !line.is_empty());
    lines.map(|text| Block { kind: Kind::Paragraph, text }).collect()
}

/// Paragraphs between blank lines, their wrapped lines joined; centred lines stay lines.
fn groups(text: &str) -> Vec<Block> {
    let width = text.lines().map(|line| line.chars().count()).filter(|&width| width <= 100).max().unwrap_or(80);
    let mut blocks = Vec::new();
    let mut open = String::new();
    let mut last = 0;
    for line in text.lines().chain([""]) {
        let words = tidy(line);
        if words.is_empty() {
            if !open.is_empty() {
                blocks.push(Block { kind: Kind::Paragraph, text: tidy(&std::mem::take(&mut open)) });
            }
            continue;
        }
        let first = words.split(' ').next().unwrap_or_default().chars().count();
        let is_centred = line.starts_with("        ");
        // A line is wrapped where the next word would not have fitted.
        let is_wrapped = !is_centred && last + 1 + first > width.saturating_sub(6);
        if !open.is_empty() {
            open.push(if is_wrapped { ' ' } else { '\n' });
        }
        last = line.trim_end().chars().count();
        open.push_str(&words);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_wrapped_lines() {
        let text = "            Example Daily\n          Late Edition\n\nThe bank raised its rates on Monday for the third\ntime, its head said at noon.\n\
            One\nTwo\n";
        let texts: Vec<String> = groups(text).into_iter().map(|block| block.text).collect();
        assert_eq!(
            texts,
            ["Example Daily\nLate Edition", "The bank raised its rates on Monday for the third time, its head said at noon.\nOne\nTwo"]
        );
    }
}
