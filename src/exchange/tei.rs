//! TEI P5 (TEI Consortium): quotations as `said`, sources as `rs`, cues as `seg`, entities as `name`, themes and kinds as categories.
//!
//! ```xml
//! <p><rs type="source" ref="#s1">Ana Lind</rs> <seg type="cue">said</seg> <said who="#s1" direct="true" …>“No.”</said></p>
//! ```
//!
//! Elements of a text must nest and stay in their paragraph: a span that crosses another, or a paragraph's end, is cut there, and its
//! pieces point to each other (`next`, `prev`). The text of an article's paragraphs is complete.

use std::collections::BTreeMap;

use super::Writer;
use super::labels::{self, CONTENT, CUE, SOURCE};
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, ParagraphRecord, SpanRecord, SpeakerRecord};
use super::xml::Xml;
use crate::Result;

#[derive(Debug, Default)]
pub(super) struct Tei {}

impl Writer for Tei {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.write(&format!("tei/{}.xml", article.id), document(article).as_bytes())
    }
}

/// What an element of the text is made of.
#[derive(Debug, Clone)]
struct Mark {
    /// Its id in the document; pieces get `.1`, `.2`, ….
    id: String,
    label: String,
    span: SpanRecord,
    /// Index of its quotation, for parts of one.
    quote: Option<usize>,
}

/// A piece of a mark, as one element.
#[derive(Debug, Clone, Copy)]
struct Piece {
    mark: usize,
    span: SpanRecord,
    /// Its number among the pieces of its quotation's contents, or of its own mark, from 1.
    number: usize,
}

fn document(article: &ArticleRecord) -> String {
    let offsets = Offsets::new(&article.text);
    let mut xml = Xml::document();
    xml.open("TEI", &[("xmlns", Some("http://www.tei-c.org/ns/1.0"))]).line();
    header(&mut xml, article, &offsets);
    let marks = marks(article);
    let (pieces, totals) = pieces(article, &marks);
    let text = Text { article, offsets: &offsets, marks: &marks, pieces: &pieces, totals: &totals };
    xml.open("text", &[("xml:lang", Some("en"))]).open("body", &[]).line();
    text.body(&mut xml);
    xml.close().close().line();
    xml.finish()
}

fn header(xml: &mut Xml, article: &ArticleRecord, offsets: &Offsets<'_>) {
    let title = article.title.map_or(article.id.as_str(), |title| offsets.slice(title));
    xml.open("teiHeader", &[]).line().open("fileDesc", &[]).line();
    xml.open("titleStmt", &[]).leaf("title", &[], title);
    if let Some(author) = article.metadata("byline").or(article.metadata("author")).or(article.byline.map(|span| offsets.slice(span))) {
        xml.leaf("author", &[], author);
    }
    xml.close().line().open("publicationStmt", &[]).leaf("p", &[], "Annotated by sayso; not published.").close().line();
    xml.open("sourceDesc", &[]).open("bibl", &[]).leaf("title", &[], title);
    if let Some(outlet) = article.metadata("outlet") {
        xml.leaf("publisher", &[], outlet);
    }
    if let Some(date) = article.metadata("date") {
        xml.leaf("date", &[("when", is_iso(date).then_some(date))], date);
    }
    if let Some(url) = article.metadata("url").filter(|url| !url.contains(char::is_whitespace)) {
        xml.empty("ref", &[("target", Some(url))]);
    }
    xml.leaf("idno", &[("type", Some("file"))], &article.path);
    xml.close().close().line().close().line();
    categories(xml, article);
    participants(xml, article);
    xml.close().line();
}

/// Whether a date is one of `2031`, `2031-04`, `2031-04-05`.
fn is_iso(date: &str) -> bool {
    matches!(date.len(), 4 | 7 | 10)
        && date.char_indices().all(|(at, ch)| if matches!(at, 4 | 7) { ch == '-' } else { ch.is_ascii_digit() })
}

fn categories(xml: &mut Xml, article: &ArticleRecord) {
    xml.open("encodingDesc", &[]).open("classDecl", &[]).line();
    xml.open("taxonomy", &[("xml:id", Some("kinds"))]);
    for (kind, gloss) in [
        ("direct", "the whole content stands in quotation marks"),
        ("indirect", "the content is reported"),
        ("mixed", "reported, with the source's own words in quotation marks"),
    ] {
        xml.open("category", &[("xml:id", Some(kind))]).leaf("catDesc", &[], gloss).close();
    }
    xml.close().line();
    if !article.themes.is_empty() {
        xml.open("taxonomy", &[("xml:id", Some("themes"))]);
        for (at, theme) in article.themes.iter().enumerate() {
            xml.open("category", &[("xml:id", Some(&format!("t{}", at + 1))), ("n", Some(&theme.id))])
                .leaf("catDesc", &[], &theme.label)
                .close();
        }
        xml.close().line();
    }
    xml.close().close().line();
}

fn participants(xml: &mut Xml, article: &ArticleRecord) {
    if article.speakers.is_empty() {
        return;
    }
    let is_body = |speaker: &&SpeakerRecord| matches!(speaker.kind.as_str(), "organization" | "document");
    let (bodies, people): (Vec<_>, Vec<_>) = article.speakers.iter().partition(is_body);
    xml.open("profileDesc", &[]).open("particDesc", &[]).line();
    if !people.is_empty() {
        xml.open("listPerson", &[]).line();
        for speaker in people {
            let role = (speaker.kind != "person").then_some(speaker.kind.as_str());
            xml.open("person", &[("xml:id", Some(&speaker.id)), ("role", role)]).leaf("persName", &[], &speaker.name);
            for role in &speaker.roles {
                xml.leaf("occupation", &[], &role.role);
                if let Some(body) = &role.affiliation {
                    xml.leaf("affiliation", &[], body);
                }
            }
            xml.close().line();
        }
        xml.close().line();
    }
    if !bodies.is_empty() {
        xml.open("listOrg", &[]).line();
        for speaker in bodies {
            let kind = ("type", Some(speaker.kind.as_str()));
            xml.open("org", &[("xml:id", Some(&speaker.id)), kind]).leaf("orgName", &[], &speaker.name).close().line();
        }
        xml.close().line();
    }
    xml.close().close().line();
}

/// All marks of an article, outer before inner.
fn marks(article: &ArticleRecord) -> Vec<Mark> {
    let (spans, _) = labels::labelled(article);
    let quote_of = |id: &str| article.quotes.iter().position(|quote| Some(quote.local_id()) == id.split('.').next());
    let mut marks: Vec<Mark> = spans
        .into_iter()
        .map(|span| {
            let quote = matches!(span.label, CONTENT | CUE | SOURCE).then(|| quote_of(&span.id)).flatten();
            Mark { id: span.id, label: span.label.to_owned(), span: span.span, quote }
        })
        .collect();
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    marks
}

/// Cuts marks so that they nest and stay in their paragraphs; pieces come in the order their elements open. Beside them how many pieces
/// each chain has.
fn pieces(article: &ArticleRecord, marks: &[Mark]) -> (Vec<Piece>, BTreeMap<String, usize>) {
    let mut found = Vec::new();
    for paragraph in &article.paragraphs {
        let mut waiting: Vec<(usize, SpanRecord)> = marks
            .iter()
            .enumerate()
            .map(|(at, mark)| (at, SpanRecord { start: mark.span.start.max(paragraph.start), end: mark.span.end.min(paragraph.end) }))
            .filter(|(_, span)| span.start < span.end)
            .collect();
        waiting.sort_by_key(|&(at, span)| (std::cmp::Reverse(span.start), span.end, std::cmp::Reverse(at)));
        let mut open: Vec<usize> = Vec::new(); // ends, innermost last
        while let Some((mark, span)) = waiting.pop() {
            open.retain(|&end| end > span.start);
            match open.last().copied().filter(|&end| end < span.end) {
                None => {
                    open.push(span.end);
                    found.push(Piece { mark, span, number: 0 });
                }
                Some(end) => {
                    open.push(end);
                    found.push(Piece { mark, span: SpanRecord { end, ..span }, number: 0 });
                    let rest = SpanRecord { start: end, ..span };
                    let key = |&(at, span): &(usize, SpanRecord)| (std::cmp::Reverse(span.start), span.end, std::cmp::Reverse(at));
                    let place = waiting.partition_point(|other| key(other) <= key(&(mark, rest)));
                    waiting.insert(place, (mark, rest));
                }
            }
        }
    }
    let mut totals = BTreeMap::new();
    for piece in &mut found {
        if let Some(mark) = marks.get(piece.mark) {
            let total: &mut usize = totals.entry(chain(mark)).or_default();
            *total += 1;
            piece.number = *total;
        }
    }
    (found, totals)
}

/// What pieces are linked along: all contents of one quotation, else the mark itself.
fn chain(mark: &Mark) -> String {
    let is_content = mark.label == CONTENT;
    if is_content { mark.id.split('.').next().unwrap_or_default().to_owned() } else { mark.id.clone() }
}

/// An article's text with its elements.
struct Text<'t> {
    article: &'t ArticleRecord,
    offsets: &'t Offsets<'t>,
    marks: &'t [Mark],
    pieces: &'t [Piece],
    totals: &'t BTreeMap<String, usize>,
}

impl Text<'_> {
    /// A division for each heading with what follows it.
    fn body(&self, xml: &mut Xml) {
        xml.open("div", &[]).line();
        let mut is_fresh = true;
        let mut has_text = false;
        for paragraph in &self.article.paragraphs {
            let is_head = matches!(paragraph.kind.as_str(), "title" | "heading");
            if is_head && !is_fresh {
                if !has_text {
                    xml.open("p", &[]).close().line();
                }
                xml.close().line().open("div", &[]).line();
                has_text = false;
            }
            is_fresh = false;
            let is_byline = paragraph.kind == "byline" && !has_text;
            let (name, rend) = match paragraph.kind.as_str() {
                "title" | "heading" => ("head", None),
                "byline" if is_byline => ("byline", None),
                "body" => ("p", None),
                other => ("p", Some(other)),
            };
            has_text |= name == "p";
            xml.open(name, &[("rend", rend)]);
            self.paragraph(xml, paragraph);
            xml.close().line();
        }
        if !has_text {
            xml.open("p", &[]).close().line();
        }
        xml.close().line();
    }

    fn paragraph(&self, xml: &mut Xml, paragraph: &ParagraphRecord) {
        let inside = |piece: &&Piece| paragraph.start <= piece.span.start && piece.span.end <= paragraph.end;
        let (mut at, mut open): (usize, Vec<usize>) = (paragraph.start, Vec::new());
        let words = |from: usize, to: usize| self.offsets.slice(SpanRecord { start: from, end: to });
        for piece in self.pieces.iter().filter(inside) {
            while let Some(end) = open.last().copied().filter(|&end| end <= piece.span.start) {
                xml.text(words(at, end)).close();
                at = end;
                open.pop();
            }
            xml.text(words(at, piece.span.start));
            at = piece.span.start;
            self.element(xml, *piece);
            open.push(piece.span.end);
        }
        while let Some(end) = open.pop() {
            xml.text(words(at, end)).close();
            at = end;
        }
        xml.text(words(at, paragraph.end));
    }

    fn element(&self, xml: &mut Xml, piece: Piece) {
        let Some(mark) = self.marks.get(piece.mark) else { return };
        let chain = chain(mark);
        let total = self.totals.get(&chain).copied().unwrap_or(1);
        let numbered = |number: usize| if total == 1 { chain.clone() } else { format!("{chain}.{number}") };
        let id = numbered(piece.number);
        let next = (piece.number < total).then(|| format!("#{}", numbered(piece.number + 1)));
        let prev = (piece.number > 1).then(|| format!("#{}", numbered(piece.number - 1)));
        let links = [("xml:id", Some(id.as_str())), ("next", next.as_deref()), ("prev", prev.as_deref())];
        let quote = mark.quote.and_then(|quote| self.article.quotes.get(quote));
        let who = quote.and_then(|quote| quote.speaker.as_ref()).map(|speaker| format!("#{speaker}"));
        match (mark.label.as_str(), quote) {
            (CONTENT, Some(quote)) => {
                let themes = self.article.themes.iter().enumerate().filter(|(_, theme)| quote.themes.contains(&theme.id));
                let ana: Vec<String> =
                    [format!("#{}", quote.kind)].into_iter().chain(themes.map(|(at, _)| format!("#t{}", at + 1))).collect();
                let direct = match quote.kind.as_str() {
                    "direct" => "true",
                    "indirect" => "false",
                    _ => "unknown",
                };
                let own = [("who", who.as_deref()), ("direct", Some(direct)), ("ana", Some(&*ana.join(" ")))];
                xml.open("said", &[&links[..], &own[..]].concat());
            }
            (SOURCE, _) => {
                xml.open("rs", &[&links[..], &[("type", Some("source")), ("ref", who.as_deref())][..]].concat());
            }
            (CUE, _) => {
                xml.open("seg", &[&links[..], &[("type", Some("cue"))][..]].concat());
            }
            (label, _) => {
                xml.open("name", &[&links[..], &[("type", Some(label))][..]].concat());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_iso_dates() {
        let dates = ["2031", "2031-04", "2031-04-05", "5 April 2031", "2031-4-5", "20310405"];
        assert_eq!(dates.map(is_iso), [true, true, true, false, false, false]);
    }
}
