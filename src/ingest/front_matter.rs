//! Splits the front matter off a Markdown file and makes metadata of it.
//!
//! The common part of YAML (`key: value` between `---`) and TOML (`key = value` between `+++`): one level, quoted or plain values,
//! values that go on on indented lines, lists.

use crate::Metadata;

/// The metadata and the text after the front matter.
pub(super) fn split(text: &str) -> (Metadata, &str) {
    split_at_fence(text).map_or_else(|| (Metadata::new(), text), |(head, separator, body)| (parse(head, separator), body))
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
        if line.trim_end() == fence {
            let head = rest.get(..at)?;
            // A rule of dashes above and below prose is no front matter.
            let has_key = head.lines().any(|line| line.split_once(separator).is_some_and(|(key, _)| is_key(key.trim())));
            return if has_key { Some((head, separator, rest.get(at + line.len()..)?)) } else { None };
        }
        at += line.len();
    }
    None
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 40 && key.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '_' | '-' | '.'))
}

fn parse(head: &str, separator: char) -> Metadata {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let field = line.split_once(separator).filter(|(key, _)| !line.starts_with([' ', '\t', '-']) && is_key(key.trim()));
        match (field, fields.last_mut()) {
            (Some((key, value)), _) => fields.push((key.trim().to_lowercase(), value.trim().to_owned())),
            (None, Some((_, value))) => {
                let item = line.trim().strip_prefix("- ");
                let glue = if value.is_empty() {
                    ""
                } else if item.is_some() {
                    ", "
                } else {
                    " "
                };
                let more = item.map_or_else(|| line.trim().to_owned(), unquoted);
                value.push_str(glue);
                value.push_str(&more);
            }
            (None, None) => {}
        }
    }
    let mut metadata = Metadata::new();
    for (key, value) in fields {
        let value = value_of(&value);
        if !value.is_empty() {
            metadata.entry(name_of(&key).to_owned()).or_insert(value);
        }
    }
    metadata
}

/// One name for what files call by several.
fn name_of(key: &str) -> &str {
    match key {
        "headline" => "title",
        "source_url" | "link" | "canonical" | "canonical_url" | "permalink" => "url",
        "publisher" | "publication" | "source" | "site" | "site_name" | "newspaper" => "outlet",
        "published" | "published_time" | "pubdate" | "publish_date" | "publication_date" => "date",
        "authors" | "by" | "byline" => "author",
        other => other,
    }
}

fn value_of(value: &str) -> String {
    let value = value.strip_prefix(['>', '|']).map_or(value, |rest| rest.trim_start_matches(['-', '+']).trim_start());
    match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => list.split(',').map(|item| unquoted(item.trim())).collect::<Vec<_>>().join(", "),
        None => unquoted(value),
    }
}

fn unquoted(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return value.to_owned() };
    let mut plain = String::new();
    let mut chars = inner.chars();
    while let Some(ch) = chars.next() {
        match (ch, if ch == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 't')) => plain.push(' '),
            ('\\', Some('_')) => plain.push('\u{A0}'),
            ('\\', Some('u')) => {
                let code: String = chars.by_ref().take(4).collect();
                plain.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', Some(escaped)) => plain.push(escaped),
            (ch, _) => plain.push(ch),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_keys_quoted_values_and_lists() {
        let (metadata, body) = split(
            "---\r\ntitle: 'It''s: done'\nsource_url: https://example.org/a\ntags:\n- rates\n- \"tax\\u2019s\"\nsummary: a long\n  story\n---\nBody: text\n",
        );
        let found: Vec<(&str, &str)> = metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let expected = [("summary", "a long story"), ("tags", "rates, tax’s"), ("title", "It's: done"), ("url", "https://example.org/a")];
        assert_eq!(found, expected);
        assert_eq!(body, "Body: text\n");
    }

    #[test]
    fn leaves_a_text_without_front_matter_alone() {
        for text in ["# Title\n", "---\nno end: here\n", "---\nJust prose\n---\nmore", "", "---"] {
            assert_eq!(split(text), (Metadata::new(), text));
        }
    }

    #[test]
    fn reads_toml() {
        let (metadata, body) = split("+++\ndate = 2024-03-06\nauthors = [\"Ann Lee\", 'Bo']\n+++\nText");
        assert_eq!((metadata["date"].as_str(), metadata["author"].as_str(), body), ("2024-03-06", "Ann Lee, Bo", "Text"));
    }
}
