//! Says what each paragraph is for: title, byline, heading, running text, credit line or furniture.

use super::bylines::{self, byline};
use super::chars::{is_space, trimmed};
use super::credit::{glued_credit, is_credit};
use super::dateline::dateline;
use super::furniture::is_furniture;
use super::layout::{Block, is_item};
use super::lines::{ends_sentence, is_short, starts_upper, words};
use super::teasers;
use crate::{Document, Markup, ParagraphKind, Span, lexicon};

/// Gives each block its kind; a credit glued to the last paragraph becomes a block of its own, heading marks are left out.
pub(super) fn classify(doc: &Document, mut blocks: Vec<Block>) -> Vec<Block> {
    let text = doc.text();
    for block in &mut blocks {
        mark_alone(text, block);
        mark_up(doc, block);
    }
    mark_nameplate(text, &mut blocks);
    leave_out_slug(text, &mut blocks);
    let title = find_title(doc, &blocks);
    if let Some(block) = title.and_then(|title| blocks.get_mut(title)) {
        block.kind = ParagraphKind::Title;
    }
    bylines::mark(text, &mut blocks);
    teasers::mark(text, &mut blocks, title);
    split_pointers(text, &mut blocks);
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

/// Marks what stands above a title: the paper's name with its date below, the desk (*Opinion*).
fn mark_nameplate(text: &str, blocks: &mut [Block]) {
    let lines: Vec<&str> = blocks.iter().take(8).map(|block| slice(text, block)).collect();
    let is_paper =
        |line: &str| words(line).count() <= 6 && words(line).last().is_some_and(|last| lexicon::names_outlet(&last.to_lowercase()));
    let is_dated = |at: usize| lines.get(at + 1).is_some_and(|next| is_furniture(next) && next.contains(|ch: char| ch.is_ascii_digit()));
    let is_followed = |at: usize| {
        blocks.iter().skip(at + 1).any(|block| block.kind == ParagraphKind::Body && block.is_line && is_short(slice(text, block), 24))
    };
    let Some(at) = blocks.iter().position(|block| block.kind != ParagraphKind::Furniture) else { return };
    let Some(line) = lines.get(at) else { return };
    let is_nameplate = is_paper(line) && starts_upper(line) && !ends_sentence(line) && is_dated(at);
    if (is_nameplate || lexicon::is_menu_word(&line.to_lowercase()))
        && is_followed(at)
        && let Some(block) = blocks.get_mut(at)
    {
        block.kind = ParagraphKind::Furniture;
    }
}

/// Makes blocks of their own of pointers to other stories that are glued to a paragraph.
fn split_pointers(text: &str, blocks: &mut Vec<Block>) {
    for at in (0..blocks.len()).rev() {
        let Some(block) = blocks.get_mut(at).filter(|block| block.kind == ParagraphKind::Body) else { continue };
        let Some(start) = teasers::glued_pointer(slice(text, block)) else { continue };
        let body = text.get(block.span.start()..block.span.start() + start).unwrap_or_default();
        let pointer = Block { span: Span::new(block.span.start() + start, block.span.end()), kind: ParagraphKind::Furniture, ..*block };
        block.span = trimmed(body, block.span.start());
        blocks.insert(at + 1, pointer);
    }
}

/// Leaves out what a wire writes before its headline: `UPDATE 2-Rates rise`, `CORRECTED-Rates rise`.
fn leave_out_slug(text: &str, blocks: &mut [Block]) {
    let Some(block) = blocks.iter_mut().find(|block| block.kind != ParagraphKind::Furniture).filter(|block| block.is_line) else { return };
    let line = slice(text, block);
    let mut start = 0;
    while let Some(slug) = line.get(start..).and_then(slug) {
        start += slug;
    }
    block.span = Span::new(block.span.start() + start, block.span.end());
}

/// The bytes of the slug that `line` starts with, its hyphen included.
fn slug(line: &str) -> Option<usize> {
    let hyphen = line.find('-')?;
    let words = line.get(..hyphen)?.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch == ' ');
    let is_slug =
        !words.is_empty() && words.chars().all(|ch| ch.is_ascii_uppercase() || ch == ' ') && lexicon::is_slug(&words.to_lowercase());
    let is_followed = line.get(hyphen + 1..).is_some_and(|rest| starts_upper(rest.trim_start_matches(['\'', '‘', '’', '"', '“'])));
    (is_slug && is_followed).then_some(hyphen + 1)
}

/// The title: the first block that is no furniture, if it is short and looks like one.
fn find_title(doc: &Document, blocks: &[Block]) -> Option<usize> {
    let text = doc.text();
    let is_aside = |block: &Block| block.kind == ParagraphKind::Furniture || block.is_line && teasers::is_contact(slice(text, block));
    let (at, block) = blocks.iter().enumerate().find(|(_, block)| !is_aside(block))?;
    let next = blocks.iter().skip(at + 1).find(|block| block.kind == ParagraphKind::Body)?;
    let line = slice(text, block);
    if block.kind == ParagraphKind::Heading {
        return Some(at);
    }
    // Short lines above a heading are the desk or the paper.
    let is_above = |line: &str| is_short(line, 8) && !ends_sentence(line);
    let mut head = blocks.iter().enumerate().skip(at).take(4);
    let below = head.find(|(_, block)| block.kind == ParagraphKind::Heading || !is_above(slice(text, block)));
    if let Some((below, _)) = below.filter(|(_, block)| block.kind == ParagraphKind::Heading) {
        return Some(below);
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
            ("The Vik Courier\nMarch 8, 2024\n\nRates rise\n\nB.", "F:The Vik Courier|F:March 8, 2024|T:Rates rise|B:B."),
            ("Rates rise\n\nB. (Read more: ‘No’, says Lee)\n\nB.", "T:Rates rise|B:B.|F:(Read more: ‘No’, says Lee)|B:B."),
            ("Contact: Ann Lee, 555 0101\n\nRates rise\n\nB.", "F:Contact: Ann Lee, 555 0101|T:Rates rise|B:B."),
            ("Opinion\n\nRates rise\n\nB.", "F:Opinion|T:Rates rise|B:B."),
            ("Vik desk\n\n# Rates rise\n\nB.", "B:Vik desk|T:Rates rise|B:B."),
            ("UPDATE 2-Rates rise\n\n(Adds shares)\n\nB.", "T:Rates rise|F:(Adds shares)|B:B."),
            (
                "Rates rise\n\nB.\n\nMost read\n\n‘No’, says Lee\n\n2 hours ago\n\nB.",
                "T:Rates rise|B:B.|F:Most read|F:‘No’, says Lee|F:2 hours ago|B:B.",
            ),
            ("Rates rise\n\nB.\n\nPress contact:\nAnn Lee\n555 0101\n\nB.", "T:Rates rise|B:B.|F:Press contact:|F:Ann Lee|F:555 0101|B:B."),
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
        let short = "Two men were found in the snow near the\npass on Sunday, the head of the team,\nArne de la\nCour, told a meeting of the\n\
            Vik Board. \"We sat,\" he said.\nOutlook\nMore snow is to come, and so is more rain,\nhe said.";
        let doc = Document::from_text(short);
        let seg = Segmenter::new().segment(&doc);
        let starts: Vec<&str> = seg.paragraphs.iter().map(|found| doc.slice(found.span).split('\n').next().unwrap()).collect();
        assert_eq!(starts, ["Two men were found in the snow near the", "Outlook", "More snow is to come, and so is more rain,"]);
    }

    #[test]
    fn joins_the_lines_of_a_narrow_column() {
        let column = "The letter was sent by friends of Arne\nCour, the former head of the Harbour\nBoard of Lower\nVik, on Friday. \"It is late,\" said Arne\n\
            Cour's daughter.";
        assert_eq!(Segmenter::new().segment(&Document::from_text(column)).paragraphs.len(), 1);
        let list = "Ann Lee, mayor\nBo Hall, clerk\nCara Roe, judge\nDan Poe, editor\nEve Low, nurse";
        assert_eq!(Segmenter::new().segment(&Document::from_text(list)).paragraphs.len(), 5);
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
