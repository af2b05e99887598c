//! doccano: one document a line for sequence labelling with relations and overlapping spans. Offsets are code points.
//!
//! A span has no place for a kind and a name there: they stand in the document's metadata (`quotations`), which doccano keeps.

use serde_json::{Value, json};

use super::Writer;
use super::labels;
use super::output::Output;
use super::record::ArticleRecord;
use crate::Result;

/// Ids of spans and relations are unique in the file.
#[derive(Debug, Default)]
pub(super) struct Doccano {
    documents: usize,
    ids: usize,
}

impl Writer for Doccano {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        let (spans, relations) = labels::labelled(article);
        let first = self.ids + 1;
        let id = |wanted: &str| spans.iter().position(|span| span.id == wanted).map(|at| first + at);
        let entities: Vec<Value> = spans
            .iter()
            .enumerate()
            .map(
                |(at, span)| json!({ "id": first + at, "label": span.label, "start_offset": span.span.start, "end_offset": span.span.end }),
            )
            .collect();
        let after = first + spans.len();
        let related: Vec<Value> = relations
            .iter()
            .enumerate()
            .filter_map(|(at, relation)| {
                Some(json!({ "id": after + at, "from_id": id(&relation.from)?, "to_id": id(&relation.to)?, "type": relation.label }))
            })
            .collect();
        let known: Vec<Value> = spans
            .iter()
            .filter(|span| matches!(span.label, labels::CONTENT | labels::SOURCE))
            .map(
                |span| json!({ "label": span.label, "start": span.span.start, "end": span.span.end, "kind": span.kind, "name": span.name }),
            )
            .collect();
        self.ids += spans.len() + relations.len();
        self.documents += 1;
        let document = json!({
            "id": self.documents, "text": article.text, "entities": entities, "relations": related, "Comments": [],
            "article_id": article.id, "path": article.path, "quotations": known,
        });
        out.append("doccano.jsonl", format!("{document}\n").as_bytes())
    }
}
