//! Splits the front matter off a text and makes metadata of it: YAML between `---`, TOML between `+++`, labelled lines without either.
//!
//! Lists become one value, `a, b`; a key inside a mapping stands under both names, `image.url`.

use saphyr_parser::{Event, Parser};

use super::{labelled_head, names};
use crate::Metadata;

/// Deepest mapping or list that is read.
const DEEPEST: usize = 8;

/// What stands before a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FrontMatter<'a> {
    pub(super) metadata: Metadata,
    /// The text after it.
    pub(super) body: &'a str,
    /// Whether a part of it could not be read.
    pub(super) is_broken: bool,
}

/// The metadata and the text after the front matter.
pub(super) fn split(text: &str) -> FrontMatter<'_> {
    let whole = FrontMatter { body: text, ..FrontMatter::default() };
    let Some((head, separator, body)) = split_at_fence(text) else {
        let labelled = labelled_head::split(text);
        return labelled.map_or(whole, |(fields, body)| FrontMatter { metadata: names::metadata(fields), body, is_broken: false });
    };
    let (fields, is_broken) = if separator == ':' { yaml(head) } else { toml(head) };
    // A rule of dashes above and below prose is no front matter.
    if fields.is_empty() { whole } else { FrontMatter { metadata: names::metadata(fields), body, is_broken } }
}

fn split_at_fence(text: &str) -> Option<(&str, char, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let (fence, separator) = match first.trim_end() {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence || (separator == ':' && line.trim_end() == "...") {
            let head = rest.get(..at)?;
            let has_key = head.lines().any(|line| line.split_once(separator).is_some_and(|(key, _)| is_key(key.trim())));
            return if has_key { Some((head, separator, rest.get(at + line.len()..)?)) } else { None };
        }
        at += line.len();
    }
    None
}

fn is_key(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'']);
    !key.is_empty() && key.len() <= 60 && key.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '_' | '-' | '.' | ' '))
}

fn toml(head: &str) -> (Vec<(String, String)>, bool) {
    let mut fields = Vec::new();
    match toml::from_str::<toml::Table>(head) {
        Ok(table) => {
            for (key, value) in table {
                toml_value(&key, value, DEEPEST, &mut fields);
            }
            (fields, false)
        }
        Err(_) => (fields, true),
    }
}

fn toml_value(key: &str, value: toml::Value, left: usize, fields: &mut Vec<(String, String)>) {
    match value {
        toml::Value::String(text) => add(fields, key, &text),
        toml::Value::Array(items) if left > 0 => items.into_iter().for_each(|item| toml_value(key, item, left - 1, fields)),
        toml::Value::Table(table) if left > 0 => {
            table.into_iter().for_each(|(inner, value)| toml_value(&format!("{key}.{inner}"), value, left - 1, fields));
        }
        toml::Value::Array(_) | toml::Value::Table(_) => {}
        other => add(fields, key, &other.to_string()),
    }
}

/// The fields of a YAML mapping, and whether a part could not be read.
fn yaml(head: &str) -> (Vec<(String, String)>, bool) {
    let (fields, is_broken) = yaml_fields(head);
    if !is_broken {
        return (fields, false);
    }
    // `title: Rates: what now` is a fault in YAML and common in articles: such values are meant as they stand.
    let (again, is_broken) = yaml_fields(&quoted(head));
    if again.len() >= fields.len() { (again, is_broken) } else { (fields, true) }
}

fn yaml_fields(head: &str) -> (Vec<(String, String)>, bool) {
    let mut fields = Vec::new();
    // What is open around the next event: a mapping with the key whose value comes next, or a list.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut is_key_next = Vec::new();
    for event in Parser::new_from_str(head) {
        let Ok((event, _)) = event else { return (fields, true) };
        if open.len() > DEEPEST {
            return (fields, true);
        }
        match event {
            Event::Scalar(text, ..) if is_key_next.last() == Some(&true) => {
                if let (Some(key), Some(next)) = (open.last_mut(), is_key_next.last_mut()) {
                    *key = Some(text.into_owned());
                    *next = false;
                }
            }
            Event::Scalar(text, ..) => {
                let key = open.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(".");
                if text != "~" && text != "null" {
                    add(&mut fields, &key, &text);
                }
                has_value(&open, &mut is_key_next);
            }
            Event::MappingStart(..) => {
                open.push(Some(String::new()));
                is_key_next.push(true);
            }
            Event::SequenceStart(..) => {
                open.push(None);
                is_key_next.push(false);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                is_key_next.pop();
                has_value(&open, &mut is_key_next);
            }
            Event::Alias(_) => has_value(&open, &mut is_key_next),
            _ => {}
        }
    }
    (fields, false)
}

/// After a value a mapping goes on with a key.
fn has_value(open: &[Option<String>], is_key_next: &mut [bool]) {
    if let (Some(Some(_)), Some(next)) = (open.last(), is_key_next.last_mut()) {
        *next = true;
    }
}

/// Adds a field; of several values with one key, one after another.
fn add(fields: &mut Vec<(String, String)>, key: &str, value: &str) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match fields.iter_mut().find(|(name, _)| name == key) {
        _ if key.is_empty() || value.is_empty() => {}
        Some((_, values)) => {
            values.push_str(", ");
            values.push_str(&value);
        }
        None => fields.push((key.to_owned(), value)),
    }
}

/// The lines `key: value` with the values in quotation marks where they have none.
fn quoted(head: &str) -> String {
    let mut fixed = String::new();
    for line in head.lines() {
        let field = line.split_once(": ").filter(|(key, _)| !key.starts_with([' ', '\t', '-']) && is_key(key));
        match field.map(|(key, value)| (key, value.trim())) {
            Some((key, value)) if !value.starts_with(['"', '\'', '[', '{', '|', '>', '&']) && !value.is_empty() => {
                fixed.extend([key, ": '", &value.replace('\'', "''"), "'\n"]);
            }
            _ => {
                fixed.push_str(line);
                fixed.push('\n');
            }
        }
    }
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<(String, String)> {
        split(text).metadata.into_iter().collect()
    }

    #[test]
    fn reads_keys_quoted_values_and_lists() {
        let text = "---\r\ntitle: 'It''s: done'\nsource_url: https://example.org/a\ntags:\n- rates\n- \"tax\\u2019s\"\nsummary: a long\n  story\nimage:\n  by: Bo\n---\nBody: text\n";
        let found = split(text);
        let expected = [
            ("image.by", "Bo"),
            ("summary", "a long story"),
            ("tags", "rates, tax’s"),
            ("title", "It's: done"),
            ("url", "https://example.org/a"),
        ];
        let metadata: Vec<(&str, &str)> = found.metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(metadata, expected);
        assert_eq!((found.body, found.is_broken), ("Body: text\n", false));
    }

    #[test]
    fn takes_values_that_are_no_yaml_as_they_stand() {
        assert_eq!(
            fields("---\ntitle: Rates: what now?\nby: Ann Lee\n---\nText"),
            [("byline".into(), "Ann Lee".into()), ("title".into(), "Rates: what now?".into())]
        );
        assert_eq!(fields("---\ntitle: @home & *here*\n---\nText"), [("title".into(), "@home & *here*".into())]);
    }

    #[test]
    fn leaves_a_text_without_front_matter_alone() {
        for text in ["# Title\n", "---\nno end: here\n", "---\nJust prose\n---\nmore", "", "---"] {
            assert_eq!(split(text), FrontMatter { body: text, ..FrontMatter::default() });
        }
    }

    #[test]
    fn reads_toml() {
        let text = "+++\ndate = 2024-03-06\nauthors = [\"Ann Lee\", 'Bo']\n[params]\ndepth = 3\n+++\nText";
        let found = split(text);
        assert_eq!((found.metadata["date"].as_str(), found.metadata["byline"].as_str(), found.body), ("2024-03-06", "Ann Lee, Bo", "Text"));
        assert_eq!(found.metadata["params.depth"], "3");
    }
}
