//! brat standoff (Stenetorp et al. 2012): `ID.txt` beside `ID.ann`, offsets in code points, and the configuration that shows them.
//!
//! brat takes no line break inside an annotation: a span over several lines becomes fragments (`T1\tContent 0 12;14 30\t…`).

use std::fmt::Write as _;

use super::Writer;
use super::labels::{self, Labelled};
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, SpanRecord};
use crate::Result;

#[derive(Debug, Default)]
pub(super) struct Brat {}

impl Writer for Brat {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.write(&format!("brat/{}.txt", article.id), article.text.as_bytes())?;
        out.write(&format!("brat/{}.ann", article.id), standoff(article).as_bytes())
    }

    fn finish(self: Box<Self>, out: &mut Output) -> Result<()> {
        out.write("brat/annotation.conf", configuration().as_bytes())
    }
}

fn standoff(article: &ArticleRecord) -> String {
    let offsets = Offsets::new(&article.text);
    let (spans, relations) = labels::labelled(article);
    let mut ann = String::new();
    let number = |id: &str| spans.iter().position(|span| span.id == id).map(|at| at + 1);
    for (at, span) in spans.iter().enumerate() {
        line(&mut ann, at + 1, span, &offsets);
    }
    for (at, relation) in relations.iter().enumerate() {
        if let (Some(from), Some(to)) = (number(&relation.from), number(&relation.to)) {
            let _ = writeln!(ann, "R{}\t{} Arg1:T{from} Arg2:T{to}", at + 1, relation.label);
        }
    }
    let kinds = spans.iter().enumerate().filter_map(|(at, span)| Some((at + 1, span.kind?)));
    for (number, (target, kind)) in kinds.enumerate() {
        let _ = writeln!(ann, "A{}\tKind T{target} {kind}", number + 1);
    }
    let named = spans.iter().enumerate().filter_map(|(at, span)| Some((at + 1, span.name?)));
    for (number, (target, name)) in named.enumerate() {
        let _ = writeln!(ann, "#{}\tAnnotatorNotes T{target}\t{}", number + 1, one_line(name));
    }
    ann
}

fn line(ann: &mut String, number: usize, span: &Labelled<'_>, offsets: &Offsets<'_>) {
    let parts = fragments(offsets.slice(span.span), span.span.start);
    let places: Vec<String> = parts.iter().map(|part| format!("{} {}", part.start, part.end)).collect();
    let words: Vec<&str> = parts.iter().map(|&part| offsets.slice(part)).collect();
    let _ = writeln!(ann, "T{number}\t{} {}\t{}", span.label, places.join(";"), words.join(" "));
}

/// A text's lines without outer white space, as code points of the article.
fn fragments(text: &str, start: usize) -> Vec<SpanRecord> {
    let (mut found, mut at) = (Vec::new(), start);
    for line in text.split(['\n', '\r']) {
        let length = line.chars().count();
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = at + line.chars().take_while(|ch| ch.is_whitespace()).count();
            found.push(SpanRecord { start: from, end: from + trimmed.chars().count() });
        }
        at += length + 1;
    }
    found
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn configuration() -> String {
    let mut relations = String::new();
    for (relation, to) in [(labels::SAID_BY, labels::SOURCE), (labels::CUED_BY, labels::CUE), (labels::CONTINUES, labels::CONTENT)] {
        let _ = writeln!(relations, "{relation}\tArg1:{}, Arg2:{to}", labels::CONTENT);
    }
    format!(
        "[entities]\n{}\n\n[relations]\n{relations}<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n\
         Kind\tArg:{}, Value:direct|indirect|mixed\n",
        labels::ALL.join("\n"),
        labels::CONTENT
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_over_lines_becomes_fragments() {
        let spans = |text| fragments(text, 10).iter().map(|span| (span.start, span.end)).collect::<Vec<_>>();
        assert_eq!(spans("“One.\r\n\r\n “Two.”"), [(10, 15), (20, 26)]);
        assert_eq!(spans("one"), [(10, 13)]);
    }
}
