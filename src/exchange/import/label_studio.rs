//! Label Studio's JSON export back: the last annotation of each task. Offsets are code points, or UTF-16 units in exports of releases
//! before 1.5: the words that each region carries say which.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::article::{Corrected, CorrectedRelation, CorrectedSpan, read_text, safe_id, wrong};
use crate::Result;
use crate::exchange::offsets::Offsets;
use crate::exchange::record::SpanRecord;

#[derive(Deserialize)]
struct Task {
    id: Option<Value>,
    data: Data,
    annotations: Option<Vec<Annotation>>,
}

#[derive(Deserialize)]
struct Data {
    text: String,
    article_id: Option<String>,
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(default)]
    was_cancelled: bool,
    result: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    value: Value,
    from_id: Option<String>,
    to_id: Option<String>,
    #[serde(default)]
    labels: Vec<String>,
}

/// Reads an export.
pub(super) fn read(path: &Path, notes: &mut Vec<String>) -> Result<Vec<Corrected>> {
    let tasks: Vec<Task> = serde_json::from_str(&read_text(path)?).map_err(|error| {
        let place = format!("line {}", error.line());
        wrong(path, &place, format_args!("not an export of Label Studio: {error}"), "export the project as JSON, not as JSON-MIN or CSV")
    })?;
    let mut found = Vec::new();
    for (number, task) in (1..).zip(tasks) {
        let id = task.data.article_id.clone().or_else(|| task.id.as_ref().map(|id| format!("task-{}", id.to_string().trim_matches('"'))));
        let id = safe_id(&id.unwrap_or_else(|| format!("task-{number}")));
        let place = format!("task {number}");
        let mut annotations: Vec<Annotation> = task.annotations.unwrap_or_default();
        annotations.retain(|annotation| !annotation.was_cancelled);
        if annotations.len() > 1 {
            notes.push(format!("{id}: annotated {} times; the last one counts", annotations.len()));
        }
        let Some(annotation) = annotations.pop() else {
            notes.push(format!("{id}: nobody has annotated it"));
            continue;
        };
        found.push(article(path, id, task.data.text, &annotation.result, &place)?);
    }
    Ok(found)
}

fn article(path: &Path, id: String, text: String, result: &[Item], place: &str) -> Result<Corrected> {
    let mut article = Corrected { id, has_entities: true, path: path.to_owned(), ..Corrected::default() };
    let offsets = Offsets::new(&text);
    for item in result {
        let place = format!("{place}, region {}", item.id);
        match item.kind.as_str() {
            "labels" => article.spans.push(region(path, item, &offsets, place)?),
            "relation" => {
                let shape = || wrong(path, &place, "a relation without its ends", "export the project again");
                let (from, to) = (item.from_id.clone().ok_or_else(shape)?, item.to_id.clone().ok_or_else(shape)?);
                let Some(label) = item.labels.first().cloned() else {
                    let hint = "give it one of said_by, cued_by and continues in Label Studio";
                    return Err(wrong(path, &place, format_args!("the relation from {from} to {to} has no label"), hint));
                };
                article.relations.push(CorrectedRelation { label, from, to, place });
            }
            _ => {}
        }
    }
    for item in result {
        let first = |key: &str| item.value.get(key)?.as_array()?.first()?.as_str().map(str::to_owned);
        for span in article.spans.iter_mut().filter(|span| span.id == item.id) {
            match item.kind.as_str() {
                "choices" => span.kind = first("choices"),
                "textarea" => span.name = first("text").or_else(|| item.value.get("text")?.as_str().map(str::to_owned)),
                _ => {}
            }
        }
    }
    Ok(Corrected { text, ..article })
}

fn region(path: &Path, item: &Item, offsets: &Offsets<'_>, place: String) -> Result<CorrectedSpan> {
    let number = |key: &str| item.value.get(key).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
    let (Some(start), Some(end)) = (number("start"), number("end")) else {
        return Err(wrong(path, &place, "a region without start and end", "its text must be shown by the tag Text, as in interface.xml"));
    };
    let words = item.value.get("text").and_then(Value::as_str);
    let points = SpanRecord { start, end };
    let units = offsets.point_of_utf16(start).zip(offsets.point_of_utf16(end)).map(|(start, end)| SpanRecord { start, end });
    let is_right = |span: &SpanRecord| words.is_none_or(|words| plain(words) == plain(offsets.slice(*span)));
    let Some(span) = [Some(points), units].into_iter().flatten().find(is_right) else {
        let what = format!("the region is “{}”, but the text has “{}” there", words.unwrap_or_default(), offsets.slice(points));
        return Err(wrong(path, &place, what, "the text must be the one that was exported, unchanged"));
    };
    let label = item.value.get("labels").and_then(|labels| labels.get(0)).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(CorrectedSpan { id: item.id.clone(), label, pieces: vec![span], place, ..CorrectedSpan::default() })
}

/// Label Studio shows line breaks as `\n` and may cut white space.
fn plain(words: &str) -> String {
    words.replace("\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
