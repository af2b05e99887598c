//! Which column of a table is the article's text, and which are its id, title, date and outlet: named by the user, else guessed from usual
//! names. The guess is told.

use std::borrow::Cow;

use super::format::{Place, RawArticle};
use super::fragment;
use super::names::{self, KNOWN, TEXTS};
use crate::{Error, ErrorKind, Metadata, Result};

/// The most columns a table may have.
pub(super) const MOST_COLUMNS: usize = 10_000;

/// The columns that the user names; the rest is guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The article's text.
    pub text: Option<String>,
    /// The user's own id of the article.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
}

impl Columns {
    /// The columns of metadata that are named, with the names they get.
    fn named(&self) -> [(&'static str, Option<&str>); 4] {
        [("id", self.id.as_deref()), ("title", self.title.as_deref()), ("date", self.date.as_deref()), ("outlet", self.outlet.as_deref())]
    }
}

/// A table's columns, understood.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// What each column is in the metadata; `None` for the text.
    roles: Vec<Option<String>>,
    rule: Cow<'static, str>,
}

impl Header {
    /// Understands the columns of a table of this format.
    pub(super) fn new(format: &str, columns: &[String], chosen: &Columns) -> Result<Self> {
        if columns.len() > MOST_COLUMNS {
            let message = format!("has {} columns, more than the limit of {MOST_COLUMNS}", columns.len());
            return Err(Error::new(ErrorKind::Input(message)).with_hint("keep the columns that describe the articles"));
        }
        let (text, is_guessed) = match &chosen.text {
            Some(name) => (position(columns, name)?, false),
            None => (names::find(columns.iter().map(String::as_str), TEXTS).ok_or_else(|| no_text(columns))?, true),
        };
        let mut roles: Vec<Option<String>> = columns.iter().map(|column| Some(column.trim().to_owned())).collect();
        for (role, aliases) in KNOWN {
            let own = chosen.named().into_iter().find(|(name, _)| name == role).and_then(|(_, column)| column);
            let found = match own {
                Some(column) => Some(position(columns, column)?),
                None => names::find_key(columns.iter().map(String::as_str), role, aliases),
            };
            let free = found.filter(|&at| at != text && roles.get(at) == Some(&columns.get(at).map(|column| column.trim().to_owned())));
            if let Some(slot) = free.and_then(|at| roles.get_mut(at)) {
                *slot = Some((*role).to_owned());
            }
        }
        let known = |role: &&(&str, &[&str])| roles.iter().flatten().any(|name| name == role.0);
        let others: Vec<&str> = KNOWN.iter().filter(known).map(|(role, _)| *role).collect();
        if let Some(slot) = roles.get_mut(text) {
            *slot = None;
        }
        let name = columns.get(text).map(String::as_str).unwrap_or_default().trim();
        let guessed = if is_guessed { " (guessed)" } else { "" };
        let others = if others.is_empty() { String::new() } else { format!("; found {}", others.join(", ")) };
        Ok(Self { roles, rule: format!("{format}: text in column {name}{guessed}{others}").into() })
    }

    /// The user's own id in a row.
    pub(super) fn id_in<'a>(&self, cells: &'a [String]) -> Option<&'a str> {
        let at = self.roles.iter().position(|role| role.as_deref() == Some("id"))?;
        cells.get(at).map(|cell| cell.trim()).filter(|id| !id.is_empty())
    }

    /// The article in a row; `None` where every cell is empty.
    pub(super) fn article(&self, cells: Vec<String>, number: u64) -> Option<Result<RawArticle>> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut metadata = Metadata::new();
        let mut text = None;
        for (at, cell) in cells.into_iter().enumerate() {
            match self.roles.get(at) {
                Some(None) => text = Some(cell),
                Some(Some(role)) if !cell.trim().is_empty() => {
                    metadata.entry(role.clone()).or_insert_with(|| cell.trim().to_owned());
                }
                _ => {}
            }
        }
        let place = Place::Row(number);
        Some(match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                // Content systems export their pages' HTML.
                let is_html = fragment::is_html(&text);
                let text = if is_html { fragment::text(&text) } else { text };
                let notes = if is_html { vec!["HTML tags taken out".to_owned()] } else { Vec::new() };
                Ok(RawArticle { text, metadata, place, rule: self.rule.clone(), notes, ..RawArticle::default() })
            }
            None => Err(Error::new(ErrorKind::Input("the text column is empty".to_owned())).at(place.to_string())),
        })
    }
}

fn position(columns: &[String], name: &str) -> Result<usize> {
    let exact = columns.iter().position(|column| column.trim() == name.trim());
    exact.or_else(|| columns.iter().position(|column| column.trim().eq_ignore_ascii_case(name.trim()))).ok_or_else(|| {
        Error::new(ErrorKind::Input(format!("has no column '{name}'"))).with_hint(format!("its columns are {}", listed(columns)))
    })
}

fn no_text(columns: &[String]) -> Error {
    Error::new(ErrorKind::Input("no column looks like the articles' text".to_owned()))
        .with_hint(format!("name it with --text-column; the columns are {}", listed(columns)))
}

/// Some names of columns for a message.
fn listed(columns: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut names: Vec<String> = columns.iter().take(SHOWN).map(|column| column.trim().chars().take(40).collect()).collect();
    if columns.len() > SHOWN {
        names.push(format!("{} more", columns.len() - SHOWN));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(columns: &[&str], chosen: &Columns) -> Result<Header> {
        let columns: Vec<String> = columns.iter().map(|&column| column.to_owned()).collect();
        Header::new("csv", &columns, chosen)
    }

    #[test]
    fn guesses_columns_and_says_so() {
        let header = header(&["Doc_ID", "Headline", "Body", "Publication", "score"], &Columns::default()).unwrap();
        let cells = ["7", "Rates rise", "She said no.", "Gazette", "0.5"].map(str::to_owned).to_vec();
        let article = header.article(cells, 3).unwrap().unwrap();
        assert_eq!(article.rule, "csv: text in column Body (guessed); found id, title, outlet");
        assert_eq!((article.text.as_str(), article.place), ("She said no.", Place::Row(3)));
        let found: Vec<(&str, &str)> = article.metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(found, [("id", "7"), ("outlet", "Gazette"), ("score", "0.5"), ("title", "Rates rise")]);
    }

    #[test]
    fn the_users_choice_wins() {
        let chosen = Columns { text: Some("lead".to_owned()), id: Some("text".to_owned()), ..Columns::default() };
        let header = header(&["text", "lead"], &chosen).unwrap();
        let article = header.article(vec!["a-1".to_owned(), "He said no.".to_owned()], 1).unwrap().unwrap();
        assert_eq!((article.text.as_str(), article.metadata["id"].as_str()), ("He said no.", "a-1"));
        assert_eq!(article.rule, "csv: text in column lead; found id");
    }

    #[test]
    fn says_what_is_missing() {
        let columns = |text: &str| Columns { text: Some(text.to_owned()), ..Columns::default() };
        for (names, chosen, message, hint) in [
            (
                &["a", "b"][..],
                Columns::default(),
                "no column looks like the articles' text",
                "name it with --text-column; the columns are a, b",
            ),
            (&["a", "b"], columns("body"), "has no column 'body'", "its columns are a, b"),
        ] {
            let error = header(names, &chosen).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.hint()), (message, Some(hint)));
        }
        let many: Vec<&str> = vec!["x"; MOST_COLUMNS + 1];
        assert!(header(&many, &Columns::default()).unwrap_err().to_string().starts_with("has 10001 columns"));
        let header = header(&["text", "id"], &Columns::default()).unwrap();
        assert!(header.article(vec![" ".to_owned(), String::new()], 1).is_none());
        assert_eq!(
            header.article(vec![" ".to_owned(), "7".to_owned()], 1).unwrap().unwrap_err().to_string(),
            "row 1: the text column is empty"
        );
    }
}
