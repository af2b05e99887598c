//! One name for what files call by several: `headline` is a title, `publication` an outlet, `webPublicationDate` a date.

use crate::Metadata;

/// The keys that every reader fills alike, each with what files call it, the surest name first.
pub(super) const KNOWN: &[(&str, &[&str])] = &[
    ("id", &["article_id", "doc_id", "document_id", "docid", "id", "_id", "uid", "uuid", "guid", "accession_number", "an", "key"]),
    ("title", &["title", "headline", "heading", "article_title", "web_title", "headline_main", "hed", "hd"]),
    (
        "date",
        &[
            "date",
            "published",
            "published_at",
            "published_time",
            "publication_date",
            "date_published",
            "publish_date",
            "published_date",
            "pub_date",
            "pubdate",
            "web_publication_date",
            "article_date",
            "datetime",
            "timestamp",
            "created_at",
            "created",
        ],
    ),
    (
        "outlet",
        &[
            "outlet",
            "publication",
            "publisher",
            "newspaper",
            "source_name",
            "media_outlet",
            "outlet_name",
            "source_title",
            "media_name",
            "media",
            "journal",
            "site_name",
            "site",
            "source",
        ],
    ),
    ("byline", &["byline", "author", "authors", "by", "byline_original", "author_name", "writer", "journalist", "creator"]),
    ("section", &["section", "section_name", "category", "desk", "rubric", "news_desk"]),
    ("url", &["url", "web_url", "article_url", "source_url", "link", "permalink", "canonical", "canonical_url"]),
    ("language", &["language", "lang"]),
];

/// What the article's text is called, the surest name first.
pub(super) const TEXTS: &[&str] = &[
    "text",
    "full_text",
    "fulltext",
    "article_text",
    "body_text",
    "article_body",
    "main_text",
    "maintext",
    "body",
    "content",
    "article_content",
    "article",
    "story",
    "clean_text",
    "cleaned_text",
    "plain_text",
    "plaintext",
    "raw_text",
    "content_text",
    "text_content",
    "document",
    "transcript",
    "paragraphs",
    "texte",
    "texto",
    "testo",
    "volltext",
];

/// The index of the field that stands for a key of [`KNOWN`]. An id is known by its whole name only: `source.id` is the outlet's.
pub(super) fn find_key<'a>(fields: impl Iterator<Item = &'a str> + Clone, key: &str, aliases: &[&str]) -> Option<usize> {
    if key != "id" {
        return find(fields, aliases);
    }
    let names: Vec<String> = fields.map(normal).collect();
    aliases.iter().find_map(|alias| names.iter().position(|name| name == alias))
}

/// The key that a label above a text stands for, whatever it is called there; an id is no such label.
pub(super) fn known_key(label: &str) -> Option<&'static str> {
    let label = normal(label);
    KNOWN.iter().find(|(key, aliases)| *key != "id" && aliases.contains(&label.as_str())).map(|(key, _)| *key)
}

/// The index of the field that is named so: by its whole name first, then by its last part (`fields.bodyText`).
pub(super) fn find<'a>(fields: impl Iterator<Item = &'a str>, aliases: &[&str]) -> Option<usize> {
    let fields: Vec<&str> = fields.collect();
    let by = |name: fn(&str) -> String| {
        let names: Vec<String> = fields.iter().copied().map(name).collect();
        aliases.iter().find_map(|alias| names.iter().position(|name| name == alias))
    };
    by(normal).or_else(|| by(last_part))
}

/// The last part of a field's name; nothing where it belongs to a picture or the like, which has titles and addresses of its own.
fn last_part(field: &str) -> String {
    let mut parts = field.rsplit('.');
    let last = parts.next().unwrap_or(field);
    let is_apart = parts.any(|part| {
        matches!(normal(part).as_str(), "image" | "images" | "media" | "multimedia" | "thumbnail" | "video" | "logo" | "photo")
    });
    if is_apart { String::new() } else { normal(last) }
}

/// Metadata out of a file's own fields: known ones by their one name, the rest by their own.
pub(super) fn metadata(fields: Vec<(String, String)>) -> Metadata {
    let fields: Vec<(String, String)> = fields.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let mut names: Vec<Option<&str>> = vec![None; fields.len()];
    for (name, aliases) in KNOWN {
        let free = |at: &usize| names.get(*at).is_some_and(Option::is_none);
        let found = find_key(fields.iter().map(|(key, _)| key.as_str()), name, aliases).filter(free);
        if let Some(slot) = found.and_then(|at| names.get_mut(at)) {
            *slot = Some(name);
        }
    }
    let mut metadata = Metadata::new();
    // Known names first: an own key that is spelled like one does not take its place.
    for is_known in [true, false] {
        for ((key, value), name) in fields.iter().zip(&names).filter(|(_, name)| name.is_some() == is_known) {
            metadata.entry(name.unwrap_or(key).to_owned()).or_insert_with(|| value.trim().to_owned());
        }
    }
    metadata
}

/// A field's name in lower case with `_` between its words: `bodyText`, `Body Text` and `body-text` are one.
fn normal(name: &str) -> String {
    let mut normal = String::new();
    let mut is_after_lower = false;
    for ch in name.trim().trim_start_matches('\u{FEFF}').chars() {
        if ch.is_alphanumeric() {
            if ch.is_uppercase() && is_after_lower {
                normal.push('_');
            }
            normal.extend(ch.to_lowercase());
        } else if !normal.is_empty() && !normal.ends_with('_') {
            normal.push('_');
        }
        is_after_lower = ch.is_lowercase() || ch.is_ascii_digit();
    }
    normal.truncate(normal.trim_end_matches('_').len());
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_however_they_are_spelled() {
        for (name, expected) in [
            ("bodyText", "body_text"),
            (" Body Text ", "body_text"),
            ("\u{FEFF}DOC_ID", "doc_id"),
            ("source.name", "source_name"),
            ("(URL)", "url"),
        ] {
            assert_eq!(normal(name), expected);
        }
        let find = |fields: &[&str], aliases| super::find(fields.iter().copied(), aliases);
        assert_eq!(find(&["article", "Body"], TEXTS), Some(1));
        assert_eq!(find(&["webTitle", "fields.bodyText"], TEXTS), Some(1));
        assert_eq!(find(&["a", "b"], TEXTS), None);
    }

    #[test]
    fn what_is_no_known_key_keeps_its_name() {
        let fields = [("Publication", "Gazette"), ("source", "wire"), ("headline", "Rates rise"), ("Score", "3"), ("note", " ")];
        let metadata = metadata(fields.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec());
        let found: Vec<(&str, &str)> = metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(found, [("Score", "3"), ("outlet", "Gazette"), ("source", "wire"), ("title", "Rates rise")]);
    }
}
