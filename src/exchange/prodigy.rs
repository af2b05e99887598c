//! Prodigy: one task a line with tokens, spans (they may overlap, as its `spans` recipes take them) and relations. Offsets are code points.

use serde_json::{Value, json};

use super::Writer;
use super::labels;
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, SpanRecord};
use super::tokens::{range, tokens};
use crate::Result;

#[derive(Debug, Default)]
pub(super) struct Prodigy {}

impl Writer for Prodigy {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.append("prodigy.jsonl", format!("{}\n", task(article)).as_bytes())
    }
}

fn task(article: &ArticleRecord) -> Value {
    let offsets = Offsets::new(&article.text);
    let tokens = tokens(article, &offsets);
    let shown: Vec<Value> = tokens
        .iter()
        .enumerate()
        .map(|(id, &token)| {
            let is_followed = tokens.get(id + 1).is_some_and(|next| next.start > token.end);
            json!({ "id": id, "text": offsets.slice(token), "start": token.start, "end": token.end, "ws": is_followed })
        })
        .collect();
    let (spans, relations) = labels::labelled(article);
    let place = |span: SpanRecord| {
        let within = range(&tokens, span);
        (within.start, within.end.saturating_sub(1).max(within.start))
    };
    let marked: Vec<Value> = spans
        .iter()
        .map(|span| {
            let (first, last) = place(span.span);
            json!({
                "start": span.span.start, "end": span.span.end, "token_start": first, "token_end": last, "label": span.label,
                "id": span.id, "kind": span.kind, "name": span.name,
            })
        })
        .collect();
    let find = |id: &str| spans.iter().find(|span| span.id == id);
    let related: Vec<Value> = relations
        .iter()
        .filter_map(|relation| {
            let (head, child) = (find(&relation.from)?, find(&relation.to)?);
            let side = |span: &labels::Labelled<'_>| {
                let (first, last) = place(span.span);
                json!({ "start": span.span.start, "end": span.span.end, "token_start": first, "token_end": last, "label": span.label })
            };
            let (from, to) = (place(head.span).1, place(child.span).1);
            Some(json!({ "head": from, "child": to, "label": relation.label, "head_span": side(head), "child_span": side(child) }))
        })
        .collect();
    json!({
        "text": article.text, "tokens": shown, "spans": marked, "relations": related,
        "meta": { "article_id": article.id, "path": article.path },
    })
}
