//! Label Studio: a list of tasks whose predictions a person corrects, and the labelling interface that shows them. Offsets are code points.

use serde_json::{Value, json};

use super::Writer;
use super::labels;
use super::offsets::Offsets;
use super::output::Output;
use super::record::ArticleRecord;
use super::xml::Xml;
use crate::Result;

const TASKS: &str = "label-studio/tasks.json";

#[derive(Debug, Default)]
pub(super) struct LabelStudio {
    is_begun: bool,
}

impl Writer for LabelStudio {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        let opening = if std::mem::replace(&mut self.is_begun, true) { ",\n" } else { "[\n" };
        out.append(TASKS, format!("{opening}{}", task(article)).as_bytes())
    }

    fn finish(self: Box<Self>, out: &mut Output) -> Result<()> {
        out.append(TASKS, if self.is_begun { b"\n]\n" } else { b"[]\n" })?;
        out.write("label-studio/interface.xml", interface().as_bytes())
    }
}

fn task(article: &ArticleRecord) -> Value {
    let offsets = Offsets::new(&article.text);
    let (spans, relations) = labels::labelled(article);
    let mut result = Vec::new();
    for span in &spans {
        // A text area's own value is called `text`, as the words of a region are; only it has none of these beside it.
        let with = |key: &str, value: Value| {
            let words = ("text", json!(offsets.slice(span.span)));
            let place = [("start", json!(span.span.start)), ("end", json!(span.span.end)), words, (key, value)];
            place.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<serde_json::Map<String, Value>>().into()
        };
        let mut push = |from: &str, kind: &str, value: Value| {
            result.push(json!({
                "id": span.id, "from_name": from, "to_name": "text", "type": kind, "value": value, "score": span.score,
            }));
        };
        push("label", "labels", with("labels", json!([span.label])));
        if let Some(kind) = span.kind {
            push("kind", "choices", with("choices", json!([kind])));
        }
        if let Some(name) = span.name {
            push("name", "textarea", with("text", json!([name])));
        }
    }
    for relation in &relations {
        result.push(json!({
            "type": "relation", "from_id": relation.from, "to_id": relation.to, "direction": "right", "labels": [relation.label],
        }));
    }
    let mean = |total: f64| if article.quotes.is_empty() { 0.0 } else { total / article.quotes.len() as f64 };
    let score = mean(article.quotes.iter().map(|quote| quote.confidence).sum());
    json!({
        "data": { "text": article.text, "article_id": article.id, "path": article.path },
        "predictions": [{ "model_version": concat!("sayso ", env!("CARGO_PKG_VERSION")), "score": score, "result": result }],
    })
}

fn interface() -> String {
    let mut xml = Xml::default();
    xml.open("View", &[]).line().open("Labels", &[("name", Some("label")), ("toName", Some("text"))]).line();
    for label in labels::ALL {
        xml.empty("Label", &[("value", Some(label))]).line();
    }
    xml.close().line().open("Relations", &[]).line();
    for relation in labels::RELATIONS {
        xml.empty("Relation", &[("value", Some(relation))]).line();
    }
    xml.close().line();
    let text = ("toName", Some("text"));
    xml.empty("Text", &[("name", Some("text")), ("value", Some("$text")), ("granularity", Some("symbol"))]).line();
    xml.open(
        "Choices",
        &[
            ("name", Some("kind")),
            text,
            ("perRegion", Some("true")),
            ("whenTagName", Some("label")),
            ("whenLabelValue", Some(labels::CONTENT)),
        ],
    );
    for kind in ["direct", "indirect", "mixed"] {
        xml.empty("Choice", &[("value", Some(kind))]);
    }
    xml.close().line();
    xml.empty("TextArea", &[("name", Some("name")), text, ("perRegion", Some("true")), ("editable", Some("true"))]).line();
    xml.finish()
}
