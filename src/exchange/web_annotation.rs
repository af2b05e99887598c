//! W3C Web Annotation Data Model (2017): a page of annotations an article, each with a position and a quote selector. Offsets are code points.

use serde_json::{Value, json};

use super::Writer;
use super::labels;
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, SpanRecord};
use crate::Result;

/// The characters of context that a quote selector carries on each side.
const CONTEXT: usize = 32;

#[derive(Debug, Default)]
pub(super) struct WebAnnotation {}

impl Writer for WebAnnotation {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.write(&format!("web-annotation/{}.txt", article.id), article.text.as_bytes())?;
        out.write(&format!("web-annotation/{}.jsonld", article.id), format!("{:#}\n", page(article)).as_bytes())
    }
}

fn page(article: &ArticleRecord) -> Value {
    let offsets = Offsets::new(&article.text);
    let (spans, relations) = labels::labelled(article);
    let last = article.text.chars().count();
    let id = |local: &str| format!("urn:sayso:{}:{local}", percent(&article.id));
    let items: Vec<Value> = spans
        .iter()
        .map(|span| {
            let mut body = vec![tag(span.label)];
            body.extend(span.kind.map(tag));
            body.extend(span.name.map(|name| json!({ "type": "TextualBody", "purpose": "identifying", "value": name })));
            let linked = relations.iter().filter(|relation| relation.from == span.id);
            body.extend(linked.map(|relation| {
                json!({ "type": "SpecificResource", "purpose": "linking", "source": id(&relation.to), "sayso:relation": relation.label })
            }));
            let before = SpanRecord { start: span.span.start.saturating_sub(CONTEXT), end: span.span.start };
            let after = SpanRecord { start: span.span.end, end: (span.span.end + CONTEXT).min(last) };
            json!({
                "id": id(&span.id), "type": "Annotation", "motivation": "tagging", "body": body,
                "target": { "source": format!("{}.txt", percent(&article.id)), "selector": [
                    { "type": "TextPositionSelector", "start": span.span.start, "end": span.span.end },
                    { "type": "TextQuoteSelector", "exact": offsets.slice(span.span), "prefix": offsets.slice(before), "suffix": offsets.slice(after) },
                ] },
            })
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "sayso": "urn:sayso:" }],
        "id": id("page"), "type": "AnnotationPage",
        "partOf": { "id": id("collection"), "type": "AnnotationCollection", "label": article.path, "total": items.len() },
        "startIndex": 0, "items": items,
    })
}

fn tag(value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": "tagging", "value": value })
}

/// An id as part of an IRI.
fn percent(id: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    id.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
