//! Says what each paragraph is for: title, byline, heading, running text, credit line or furniture.

use super::chars::{is_space, trimmed};
use super::credit::{glued_credit, is_credit};
use super::dateline::dateline;
use super::furniture::is_furniture;
use super::layout::{Block, is_item};
use super::lines::{ends_sentence, is_short, starts_upper, words};
use crate::{Document, Markup, ParagraphKind, Span, lexicon};

/// Gives each block its kind; a credit glued to the last paragraph becomes a block of its own, heading marks are left out.
pub(super) fn classify(doc: &Document, mut blocks: Vec<Block>) -> Vec<Block> {
    let text = doc.text();
    for block in &mut blocks {
        mark_alone(text, block);
        mark_up(doc, block);
    }
    if let Some(title) = find_title(doc, &blocks)
        && let Some(block) = blocks.get_mut(title)
    {
        block.kind = ParagraphKind::Title;
    }
    mark_byline(text, &mut blocks);
    mark_headings(text, &mut blocks);
    split_credit(text, &mut blocks);
    blocks
}

/// Applies the file's own markup.
fn mark_up(doc: &Document, block: &mut Block) {
    let markup = doc.markup();
    let first = markup.partition_point(|(span, _)| span.end() <= block.span.start());
    for (_, mark) in markup.iter().skip(first).take_while(|(span, _)| span.start() < block.span.end()) {
        match mark {
            Markup::Heading => block.kind = ParagraphKind::Heading,
            Markup::ListItem | Markup::BlockQuote => block.is_set_off = true,
        }
    }
}

fn slice<'a>(text: &'a str, block: &Block) -> &'a str {
    text.get(block.span.range()).unwrap_or_default()
}

/// Marks what a block says of itself: a `#` heading, a web address, a date, a rule of stars.
fn mark_alone(text: &str, block: &mut Block) {
    let line = slice(text, block);
    if !block.is_line {
        return;
    }
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    let heading = line.get(marks..).unwrap_or_default();
    if (1..=6).contains(&marks) && heading.starts_with(is_space) && heading.chars().any(char::is_alphanumeric) {
        let start = block.span.start() + line.len() - heading.trim_start_matches(is_space).len();
        block.span = Span::new(start, block.span.end());
        block.kind = ParagraphKind::Heading;
    } else if is_furniture(line) {
        block.kind = ParagraphKind::Furniture;
    }
}

/// The title: the first block that is no furniture, if it is short and looks like one.
fn find_title(doc: &Document, blocks: &[Block]) -> Option<usize> {
    let text = doc.text();
    let (at, block) = blocks.iter().enumerate().find(|(_, block)| block.kind != ParagraphKind::Furniture)?;
    let next = blocks.iter().skip(at + 1).find(|block| block.kind == ParagraphKind::Body)?;
    let line = slice(text, block);
    if block.kind == ParagraphKind::Heading {
        return Some(at);
    }
    if let Some(title) = doc.metadata().get("title") {
        return (title.to_lowercase() == line.to_lowercase()).then_some(at);
    }
    if block.is_set_off
        || !is_short(line, 24)
        || !starts_upper(line)
        || is_item(line)
        || byline(line)
        || dateline(text, block.span).is_some()
    {
        return None;
    }
    let count = words(line).count();
    let is_bare = !ends_sentence(line) && block.is_line;
    let capitals = words(line).filter(|word| starts_upper(word)).count();
    let long_words = words(line).filter(|word| word.chars().count() > 3).count();
    let is_title_case = capitals * 3 >= count * 2 && capitals * 5 >= long_words * 4;
    let is_shorter = line.len() * 3 < next.span.len() * 2 || slice(text, next).len() < line.len() && blocks.len() > at + 2;
    let is_quotation = line.starts_with(['“', '"']) && line.ends_with(['”', '"']);
    let is_titled = is_bare || (block.is_apart && (is_title_case || (count <= 14 && is_shorter && !is_quotation)));
    let has_subtitle = line.ends_with(';') && block.is_line && !block.is_apart;
    (has_subtitle || (is_titled && !line.ends_with([',', ';', ':']))).then_some(at)
}

/// Whether a line names the author: `By Jane Doe`, `Written by Jane Doe`, `Jane Doe, Health Editor`.
fn byline(line: &str) -> bool {
    signed_with_post(line) || signed_with_by(line)
}

/// `Jane Doe, Local Government Editor`.
fn signed_with_post(line: &str) -> bool {
    let Some((name, post)) = line.split_once(',') else { return false };
    let is_name = (2..=4).contains(&words(name).count()) && words(name).all(starts_upper);
    let writes = words(post).last().is_some_and(|last| lexicon::is_writer(&last.to_lowercase()));
    is_name && writes && is_short(line, 10) && !ends_sentence(line)
}

fn signed_with_by(line: &str) -> bool {
    let lower: String = line.chars().take(16).flat_map(char::to_lowercase).collect();
    let Some(opener) = lexicon::byline_opener(&lower) else { return false };
    let names = line.get(opener.len() + 1..).unwrap_or_default();
    let is_name = |word: &str| starts_upper(word) || lexicon::may_stand_in_byline(word);
    is_short(line, 14)
        && !ends_sentence(line)
        && words(names).count() > 1
        && words(names).all(is_name)
        && (opener != "from" || is_title_name(names))
}

fn is_title_name(names: &str) -> bool {
    names.contains(',') && words(names).take(2).all(starts_upper) && names.to_lowercase().contains("correspondent")
}

fn mark_byline(text: &str, blocks: &mut [Block]) {
    let is_head = |block: &&mut Block| block.kind == ParagraphKind::Body && block.is_line;
    if let Some(block) = blocks.iter_mut().take(6).filter(is_head).find(|block| byline(slice(text, block))) {
        block.kind = ParagraphKind::Byline;
    }
}

/// Marks short lines without end marks that stand before running text.
fn mark_headings(text: &str, blocks: &mut [Block]) {
    let candidates: Vec<bool> = blocks.iter().map(|block| is_heading(text, block)).collect();
    for (at, block) in blocks.iter_mut().enumerate().skip(1) {
        let is = |at: Option<usize>| at.and_then(|at| candidates.get(at)).copied().unwrap_or(false);
        let is_listed = is(at.checked_sub(1)) && at > 1 && is(at.checked_sub(2)) || is(Some(at + 1));
        if is(Some(at)) && !is_listed && at + 1 < candidates.len() {
            block.kind = ParagraphKind::Heading;
        }
    }
}

fn is_heading(text: &str, block: &Block) -> bool {
    let line = slice(text, block);
    if block.kind != ParagraphKind::Body || !block.is_line || block.is_set_off || !is_short(line, 12) || is_item(line) {
        return false;
    }
    let is_question = line.ends_with('?') && !line.contains(':') && is_short(line, 8) && block.is_apart;
    let is_quoted = line.contains(['“', '”', '"']) && !line.starts_with(['“', '"', '‘']);
    starts_upper(line)
        && (is_question || !ends_sentence(line))
        && !is_quoted
        && !line.starts_with(['–', '—', '-', '(', '@'])
        && line.chars().any(char::is_alphabetic)
        && !is_credit(line)
        && !byline(line)
}

/// Marks the credit line at the end; cuts it off where it is glued to the last paragraph.
fn split_credit(text: &str, blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut().rev().take(4).filter(|block| block.kind == ParagraphKind::Body) {
        if is_credit(slice(text, block)) {
            block.kind = ParagraphKind::Credit;
            return;
        }
    }
    let Some(at) = blocks.iter().rposition(|block| block.kind == ParagraphKind::Body) else { return };
    let Some(block) = blocks.get_mut(at) else { return };
    let Some(start) = glued_credit(slice(text, block)) else { return };
    let body = text.get(block.span.start()..block.span.start() + start).unwrap_or_default();
    let credit = Block { span: Span::new(block.span.start() + start, block.span.end()), kind: ParagraphKind::Credit, ..*block };
    block.span = trimmed(body, block.span.start());
    blocks.insert(at + 1, credit);
}

#[cfg(test)]
mod tests {
    use crate::{Document, Markup, Metadata, ParagraphKind, Segmenter, Span};

    const BODY: &str = "The bank raised its rates on Monday for the third time, and more is to come, its head said.";

    /// One letter and the text of each paragraph: `T:Rates rise`.
    fn kinds(doc: &Document) -> Vec<String> {
        let letter = |kind| match kind {
            ParagraphKind::Title => 'T',
            ParagraphKind::Byline => 'A',
            ParagraphKind::Heading => 'H',
            ParagraphKind::Body => 'B',
            ParagraphKind::Credit => 'C',
            ParagraphKind::Furniture => 'F',
        };
        let seg = Segmenter::new().segment(doc);
        seg.paragraphs.iter().map(|paragraph| format!("{}:{}", letter(paragraph.kind), doc.slice(paragraph.span))).collect()
    }

    #[test]
    fn tells_the_parts_of_an_article() {
        for (text, expected) in [
            ("Rates rise again\n\nBy Ann Lee and Bo Hall\n\nB.", "T:Rates rise again|A:By Ann Lee and Bo Hall|B:B."),
            ("Rates rise again\n\nAnn Lee-Roe, Local Banking Editor\n\nB.", "T:Rates rise again|A:Ann Lee-Roe, Local Banking Editor|B:B."),
            ("Rates Rise For a Third Time.\r\n\r\nB.\r\n", "T:Rates Rise For a Third Time.|B:B."),
            ("B.\nOutlook for growth\nB.", "B:B.|H:Outlook for growth|B:B."),
            ("B.\n\nWhat comes next?\n\nB.", "B:B.|H:What comes next?|B:B."),
            ("https://example.org/a\n\nFriday, March 8, 2024\n\nB.", "F:https://example.org/a|F:Friday, March 8, 2024|B:B."),
            ("B.\n\nSource: Example News", "B:B.|C:Source: Example News"),
            ("B. –Example Daily exchange item", "B:B.|C:–Example Daily exchange item"),
            ("B. (Reporting by Ann Lee; editing by Bo Hall)", "B:B.|C:(Reporting by Ann Lee; editing by Bo Hall)"),
            ("B. - Reuters", "B:B.|C:- Reuters"),
            ("B. – And so it goes on.", "B:B. – And so it goes on."),
            ("B.\n- milk\n- bread\n- eggs", "B:B.|B:- milk|B:- bread|B:- eggs"),
            ("# Rates\nB.\n## Outlook\nB.\n***\nB.", "T:Rates|B:B.|H:Outlook|B:B.|F:***|B:B."),
            ("ABSTRACT.\u{2029}B.", "F:ABSTRACT.|B:B."),
            ("B.\n\nQ: Is it over?\n\nB.", "B:B.|B:Q: Is it over?|B:B."),
        ] {
            let fill = |text: &str| text.replace("B.", BODY);
            assert_eq!(kinds(&Document::from_text(fill(text))).join("|"), fill(expected), "{text}");
        }
    }

    #[test]
    fn joins_wrapped_lines_only() {
        let wrapped = "The bank raised its rates on Monday for the\nthird time this year, and more is to come,\nits head said. \
            Growth was weak.\n  Prices rose as well, and nobody at the\nbank had seen it coming.";
        let doc = Document::from_text(wrapped);
        assert_eq!(Segmenter::new().segment(&doc).paragraphs.len(), 2);
        let lines = format!("{BODY}\n{BODY} {BODY}\n“No,” she said.\n{BODY}");
        assert_eq!(Segmenter::new().segment(&Document::from_text(lines)).paragraphs.len(), 4);
    }

    #[test]
    fn finds_datelines() {
        for (line, expected) in [
            ("GENEVA, 3 March – The bank rose.", "GENEVA, 3 March –"),
            ("WASHINGTON (AP) -- “No,” he said.", "WASHINGTON (AP) --"),
            ("Colombo, Sri Lanka — The man left.", "Colombo, Sri Lanka —"),
            ("The Coalition – A strong one – won.", ""),
            ("Ann Lee – the chief of the bank – left.", ""),
            ("A well-known man left.", ""),
        ] {
            let doc = Document::from_text(format!("{line} {BODY}"));
            let seg = Segmenter::new().segment(&doc);
            assert_eq!(seg.dateline.map_or("", |span| doc.slice(span)), expected, "{line}");
            assert!(expected.is_empty() || doc.slice(seg.sentences[0].span) == expected);
        }
    }

    #[test]
    fn sections_start_at_headings() {
        let doc = Document::from_text(format!("{BODY}\nOutlook\n{BODY}\n{BODY}\nTalent\n{BODY}"));
        let seg = Segmenter::new().segment(&doc);
        let headings: Vec<&str> = seg.sections.iter().map(|section| section.heading.map_or("", |span| doc.slice(span))).collect();
        assert_eq!(headings, ["", "Outlook", "Talent"]);
        assert_eq!(seg.paragraphs.iter().map(|paragraph| paragraph.section).collect::<Vec<_>>(), [0, 1, 1, 1, 2, 2]);
        assert_eq!(seg.sections[1].span.end(), seg.paragraphs[3].span.end());
    }

    #[test]
    fn follows_the_markup_of_the_file() {
        let text = format!("Short line\n\n{BODY}\n\nOutlook\n\n{BODY}");
        let place = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
        let metadata = Metadata::from([("title".to_owned(), "Another one".to_owned())]);
        let doc = Document::new("a", "a.md", "", text.clone(), metadata)
            .with_markup(vec![(place("Short line"), Markup::ListItem), (place("Outlook"), Markup::Heading)]);
        assert_eq!(kinds(&doc).iter().filter_map(|kind| kind.chars().next()).collect::<String>(), "BBHB");
    }
}
