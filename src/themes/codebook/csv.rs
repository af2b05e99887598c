//! A list of terms as CSV: columns `theme` and `term`; `label`, `description`, `parent` and `type` may be added.
//!
//! ```csv
//! theme,term,type
//! ports,port,
//! ports,container terminal,
//! ports,dredg*,
//! ports,port wine,exclude
//! ```
//!
//! `theme` is the id. An empty `type` is told from the term: `/…/` is a pattern, one with `*` or `?` a wildcard, several words are a phrase,
//! one word is a keyword, all as in sayso's own format.

use std::collections::HashMap;

use super::draft::{Draft, DraftTheme, Placed, TermList};
use super::problem::CodebookProblem;

const COLUMNS: [&str; 6] = ["theme", "term", "type", "label", "description", "parent"];
const TYPES: [(&str, TermList); 5] = [
    ("keyword", TermList::Keywords),
    ("phrase", TermList::Phrases),
    ("wildcard", TermList::Wildcards),
    ("pattern", TermList::Patterns),
    ("exclude", TermList::Exclude),
];

/// Reads a list of terms.
pub(super) fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).trim(::csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|column| column.trim_start_matches('\u{feff}').to_lowercase()).collect(),
        Err(error) => {
            draft.problems.push(CodebookProblem::error(1, error.to_string()));
            return draft;
        }
    };
    for column in columns.iter().filter(|column| !COLUMNS.contains(&column.as_str())) {
        draft.problems.push(CodebookProblem::error(1, format!("unknown column `{column}`, expected one of `{}`", COLUMNS.join("`, `"))));
    }
    for column in ["theme", "term"] {
        if !columns.iter().any(|name| name == column) {
            draft.problems.push(CodebookProblem::error(1, format!("there is no column `{column}`")).with_hint("name it in the first line"));
        }
    }
    if !draft.problems.is_empty() {
        return draft;
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    for record in reader.records() {
        match record {
            Ok(record) => row(&mut draft, &mut places, &columns, &record),
            Err(error) => {
                let line = error.position().map_or(1, ::csv::Position::line);
                draft.problems.push(CodebookProblem::error(usize::try_from(line).unwrap_or(1), error.to_string()));
            }
        }
    }
    draft
}

fn row(draft: &mut Draft, places: &mut HashMap<String, usize>, columns: &[String], record: &::csv::StringRecord) {
    let line = record.position().and_then(|position| usize::try_from(position.line()).ok()).unwrap_or(1);
    let cell = |name: &str| {
        let at = columns.iter().position(|column| column == name)?;
        record.get(at).filter(|cell| !cell.is_empty())
    };
    if record.len() != columns.len() {
        let message = format!("the row has {} cells, the header {}", record.len(), columns.len());
        draft.problems.push(CodebookProblem::error(line, message).with_hint("put a cell with a comma in quotation marks"));
        return;
    }
    let Some(id) = cell("theme") else {
        draft.problems.push(CodebookProblem::error(line, "`theme`: the cell is empty").with_hint("write the theme's id in every row"));
        return;
    };
    let place = *places.entry(id.to_owned()).or_insert_with(|| {
        draft.themes.push(DraftTheme::new(Placed::new(id.to_owned(), line)));
        draft.themes.len() - 1
    });
    let Some(theme) = draft.themes.get_mut(place) else { return };
    theme.label = theme.label.take().or_else(|| cell("label").map(str::to_owned));
    theme.description = theme.description.take().or_else(|| cell("description").map(str::to_owned));
    theme.parent = theme.parent.take().or_else(|| cell("parent").map(|parent| Placed::new(parent.to_owned(), line)));
    let Some(term) = cell("term") else { return };
    let known = cell("type").map(|name| (name, TYPES.iter().find(|(known, _)| *known == name)));
    let list = match known {
        None => list_of(term),
        Some((_, Some((_, list)))) => *list,
        Some((name, None)) => {
            let message = format!("`type`: `{name}` is none of keyword, phrase, wildcard, pattern, exclude");
            draft.problems.push(CodebookProblem::error(line, message).with_hint("leave the cell empty to tell it from the term"));
            return;
        }
    };
    theme.add(list, term, line);
}

fn list_of(term: &str) -> TermList {
    if term.len() > 2 && term.starts_with('/') && term.ends_with('/') {
        TermList::Patterns
    } else if term.contains(['*', '?']) {
        TermList::Wildcards
    } else if term.split_whitespace().nth(1).is_some() {
        TermList::Phrases
    } else {
        TermList::Keywords
    }
}
