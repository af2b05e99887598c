//! GAP (Webster et al., TACL 2018): a pronoun and two names in a paragraph of Wikipedia, tab-separated with a head line.

use std::path::Path;

use super::document::SpanReader;
use super::{GoldDocument, GoldMention, Layers, failed_at_line};
use crate::{ErrorKind, Result};

/// How the head line begins.
pub(super) const HEAD: &str = "ID\tText\tPronoun\t";

/// Reads every paragraph; the pronoun is the first mention, in the chain of its antecedent where one of the names is that.
pub(super) fn read(path: &Path, text: &str) -> Result<Vec<GoldDocument>> {
    let lines = (1..).zip(text.lines()).skip(1).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| document(line).map_err(|error| failed_at_line(path, number, error))).collect()
}

fn document(line: &str) -> Result<GoldDocument> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, text, pronoun, at, a, a_at, a_is, b, b_at, b_is, _] = columns.as_slice() else {
        return Err(ErrorKind::Gold(format!("{} columns where GAP has 11", columns.len())).into());
    };
    let spans = SpanReader::new(text);
    let mention = |words: &str, at: &str, entity: &str| -> Result<GoldMention> {
        let start: usize = at.parse().map_err(|_| ErrorKind::Gold(format!("{at:?} is no offset")))?;
        let span = spans.span(start, start + words.chars().count())?;
        let (entity, kind) = (entity.to_owned(), "person".to_owned());
        Ok(GoldMention { span, entity, kind, status: String::new(), wiki: None })
    };
    let is_true = |value: &str| value.eq_ignore_ascii_case("true");
    let meant = match (is_true(a_is), is_true(b_is)) {
        (true, _) => "A",
        (_, true) => "B",
        _ => "neither",
    };
    Ok(GoldDocument {
        name: id.to_owned(),
        split: id.split('-').next().unwrap_or_default().to_owned(),
        text: text.to_owned(),
        layers: Layers { pronouns: true, ..Layers::default() },
        mentions: vec![mention(pronoun, at, meant)?, mention(a, a_at, "A")?, mention(b, b_at, "B")?],
        ..GoldDocument::default()
    })
}
