//! Prodigy's JSON lines back. Relations point to spans by place; offsets are code points.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::article::{Corrected, CorrectedRelation, CorrectedSpan, read_text, safe_id, wrong};
use crate::Result;
use crate::exchange::record::SpanRecord;

#[derive(Deserialize)]
struct Task {
    text: String,
    #[serde(default)]
    spans: Vec<Spanned>,
    #[serde(default)]
    relations: Vec<Relation>,
    answer: Option<String>,
    #[serde(default)]
    meta: Value,
}

#[derive(Deserialize)]
struct Spanned {
    start: usize,
    end: usize,
    label: String,
    id: Option<String>,
    kind: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Relation {
    label: String,
    head_span: Place,
    child_span: Place,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
struct Place {
    start: usize,
    end: usize,
}

/// Reads an export; what was not accepted is left out.
pub(super) fn read(path: &Path, notes: &mut Vec<String>) -> Result<Vec<Corrected>> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(read_text(path)?.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {number}");
        let task: Task = serde_json::from_str(line)
            .map_err(|error| wrong(path, &place, format_args!("not a task of Prodigy: {error}"), "export with prodigy db-out"))?;
        let id = task.meta.get("article_id").and_then(Value::as_str).map_or_else(|| format!("task-{number}"), safe_id);
        match task.answer.as_deref() {
            None | Some("accept") => found.push(article(path, id, task, &place)?),
            Some(answer) => notes.push(format!("{id}: left out, since it was answered with {answer}")),
        }
    }
    Ok(found)
}

fn article(path: &Path, id: String, task: Task, place: &str) -> Result<Corrected> {
    let mut article = Corrected { id, has_entities: true, path: path.to_owned(), ..Corrected::default() };
    for (at, span) in task.spans.into_iter().enumerate() {
        article.spans.push(CorrectedSpan {
            id: span.id.unwrap_or_else(|| format!("span {}", at + 1)),
            label: span.label,
            pieces: vec![SpanRecord { start: span.start, end: span.end }],
            kind: span.kind,
            name: span.name,
            place: format!("{place}, span {}", at + 1),
        });
    }
    for (at, relation) in task.relations.into_iter().enumerate() {
        let place = format!("{place}, relation {}", at + 1);
        let (from, to) = ends(&article.spans, &relation);
        let (Some(from), Some(to)) = (from, to) else {
            let Place { start, end } = relation.head_span;
            let what = format!("{} from {start}..{end}: no span stands at one of its ends", relation.label);
            return Err(wrong(path, &place, what, "delete the relation, or mark the span"));
        };
        article.relations.push(CorrectedRelation { label: relation.label, from, to, place });
    }
    Ok(Corrected { text: task.text, ..article })
}

/// The ids of the spans at a relation's ends. Where several stand at one place, those of one quotation belong together: `q3.1`, `q3.cue`.
fn ends(spans: &[CorrectedSpan], relation: &Relation) -> (Option<String>, Option<String>) {
    let label = |of: &str| match (relation.label.as_str(), of) {
        ("said_by", "to") => "Source",
        ("cued_by", "to") => "Cue",
        _ => "Content",
    };
    let at = |place: Place, label: &str| -> Vec<&CorrectedSpan> {
        let span = SpanRecord { start: place.start, end: place.end };
        let here = spans.iter().filter(|found| found.cover() == span);
        let (right, other): (Vec<_>, Vec<_>) = here.partition(|found| found.label == label);
        if right.is_empty() { other } else { right }
    };
    let (from, to) = (at(relation.head_span, label("from")), at(relation.child_span, label("to")));
    let of_quote = |span: &CorrectedSpan| span.id.split('.').next().unwrap_or_default().to_owned();
    let together = from.iter().find_map(|one| Some((*one, *to.iter().find(|other| of_quote(one) == of_quote(other))?)));
    let pair = together.or_else(|| from.first().copied().zip(to.first().copied()));
    (pair.map(|(from, _)| from.id.clone()), pair.map(|(_, to)| to.id.clone()))
}
