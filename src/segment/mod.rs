//! Finds an article's parts: title, byline, headings, paragraphs, sentences and tokens.

mod bylines;
mod captions;
mod chars;
mod credit;
mod dateline;
mod furniture;
mod kinds;
mod labels;
mod layout;
mod lines;
mod sentence;
mod teasers;
mod token;
mod web;

pub(crate) use token::clitic_start;

use std::ops::Range;

use layout::Block;

use crate::{Document, Paragraph, ParagraphKind, Section, Segmentation, Sentence, Span, Token};

/// The longest sentence, in tokens; no prose comes near it, and of what does the pieces are read one by one.
const LONGEST_SENTENCE: usize = 400;

/// Cuts documents into paragraphs, sentences and tokens.
///
/// Between tokens stand only white space, control characters and characters without width; every other character belongs to
/// exactly one token, but for the marks of a Markdown heading line.
///
/// ```
/// let doc = sayso::Document::from_text("“Is it late?” she asked. The U.S. envoy didn’t answer.");
/// let seg = sayso::segment::Segmenter::new().segment(&doc);
/// assert_eq!(seg.sentences.len(), 2);
/// assert_eq!(doc.slice(seg.sentences[1].span), "The U.S. envoy didn’t answer.");
/// ```
///
/// What goes on for more than 400 tokens without an end is cut into sentences of at most as many.
#[derive(Debug, Clone, Default)]
pub struct Segmenter {}

impl Segmenter {
    /// Makes a segmenter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds the parts of `doc`.
    pub fn segment(&self, doc: &Document) -> Segmentation {
        let text = doc.text();
        let blocks = kinds::classify(doc, layout::blocks(text));
        let bodies = blocks.iter().filter(|block| block.kind == ParagraphKind::Body);
        let dateline = bodies.take(3).find_map(|body| dateline::dateline(text, body.span));
        let mut seg = Segmentation { dateline, ..Segmentation::default() };
        for block in &blocks {
            push_section(&mut seg, block);
            push_paragraph(&mut seg, text, block);
        }
        let first = |kind| seg.paragraphs.iter().find(|paragraph| paragraph.kind == kind).map(|paragraph| paragraph.span);
        seg.title = first(ParagraphKind::Title);
        let bylines = || seg.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Byline);
        seg.byline = bylines().map(|paragraph| paragraph.span).reduce(Span::cover);
        seg.credit = first(ParagraphKind::Credit);
        seg
    }
}

/// Opens a section at a heading and at the first paragraph, and lets the section reach to the end of the block.
fn push_section(seg: &mut Segmentation, block: &Block) {
    let is_heading = block.kind == ParagraphKind::Heading;
    if is_heading || seg.sections.is_empty() {
        seg.sections.push(Section { heading: is_heading.then_some(block.span), span: block.span });
    } else if let Some(section) = seg.sections.last_mut() {
        section.span = section.span.cover(block.span);
    }
}

/// A sentence in pieces of at most [`LONGEST_SENTENCE`] tokens, cut behind the last comma or semicolon of each where there is one: what looks at
/// all pairs of a sentence's words takes no longer for a text without full stops.
fn bounded<'s>(text: &'s str, tokens: &'s [Token], sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> + 's {
    let mut rest = sentence;
    std::iter::from_fn(move || {
        let start = rest.start;
        let is_end =
            |at: &usize| tokens.get(*at).and_then(|token| text.get(token.span.range())).is_some_and(|text| matches!(text, "," | ";"));
        let limit = start + LONGEST_SENTENCE;
        let end = if rest.end <= limit { rest.end } else { (start + 1..limit).rev().find(is_end).map_or(limit, |at| at + 1) };
        rest.start = end;
        (start < end).then_some(start..end)
    })
}

/// Adds a paragraph with its sentences; a dateline is a sentence of its own.
fn push_paragraph(seg: &mut Segmentation, text: &str, block: &Block) {
    let first_token = seg.tokens.len();
    let first_sentence = seg.sentences.len();
    token::tokenize(text, block.span, &mut seg.tokens);
    let dateline = seg.dateline.filter(|&dateline| block.span.contains(dateline));
    let body = dateline.map_or(first_token, |dateline| seg.tokens.partition_point(|token| token.span.start() < dateline.end()));
    let sentences = sentence::split(text, seg.tokens.get(body..).unwrap_or_default());
    let sentences = sentences.into_iter().map(|range| range.start + body..range.end + body);
    let sentences = std::iter::once(first_token..body).chain(sentences);
    let sentences: Vec<Range<usize>> = sentences.flat_map(|sentence| bounded(text, &seg.tokens, sentence)).collect();
    for tokens in sentences {
        if let Some(span) = seg.span_of(tokens.clone()) {
            seg.sentences.push(Sentence { span, paragraph: seg.paragraphs.len(), tokens });
        }
    }
    seg.paragraphs.push(Paragraph {
        span: block.span,
        kind: block.kind,
        section: seg.sections.len().saturating_sub(1),
        sentences: first_sentence..seg.sentences.len(),
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::chars::is_space;
    use super::*;

    /// Every character that is no space stands in one token, tokens tile sentences, sentences tile paragraphs.
    fn assert_tiled(doc: &Document, seg: &Segmentation) {
        let is_blank = |from, to| doc.text().get(from..to).is_some_and(|between| between.chars().all(is_space));
        let mut end = 0;
        for (at, paragraph) in seg.paragraphs.iter().enumerate() {
            assert!(end <= paragraph.span.start() && !paragraph.span.is_empty());
            assert!(doc.text().get(paragraph.span.range()).is_some());
            end = paragraph.span.end();
            let mut place = paragraph.span.start();
            for sent in &seg.sentences[paragraph.sentences.clone()] {
                assert_eq!(sent.paragraph, at);
                for token in &seg.tokens[sent.tokens.clone()] {
                    assert!(sent.span.contains(token.span) && !token.span.is_empty());
                    assert!(is_blank(place, token.span.start()));
                    assert!(!doc.slice(token.span).contains(is_space));
                    place = token.span.end();
                }
            }
            assert!(is_blank(place, end));
        }
        assert_eq!(seg.sentences.iter().map(|sent| sent.tokens.len()).sum::<usize>(), seg.tokens.len());
        assert!(seg.sections.iter().all(|section| section.span.end() <= doc.text().len()));
    }

    fn segmented(text: &str) -> (Document, Segmentation) {
        let doc = Document::from_text(text);
        let seg = Segmenter::new().segment(&doc);
        assert_tiled(&doc, &seg);
        (doc, seg)
    }

    proptest! {
        #[test]
        fn any_text_is_tiled(text in r#"([a-zA-Zé.,?!'"“”‘’()\[\]#@/:…–—1-3習\n\r\t -]|\PC|http://|U\.S\. |\u{2028}|\u{301}|\u{200B}){0,200}"#) {
            segmented(&text);
        }

        #[test]
        fn any_lines_are_tiled(lines in prop::collection::vec(r"(By |GENEVA — |# |– |\(Reuters\)|[A-Za-z ]{0,30}[.?]?){0,4}", 0..12)) {
            segmented(&lines.join("\n"));
        }
    }

    #[test]
    fn a_long_line_takes_no_long_time() {
        let start = std::time::Instant::now();
        for text in ["\"", "'s", ". ", "(-", "[", "a.", "a-", "U.S. ", "http://", "a@", "\u{301}", "a\n", "x y"] {
            segmented(&text.repeat(200_000));
        }
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
