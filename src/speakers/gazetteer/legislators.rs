//! The people of the congress-legislators project: a YAML list in block style, of which names, ids, terms and leadership roles are read.
//! Only what those files use of YAML is understood.

use super::{KnownPerson, Office, day};

/// Types of terms with role and body.
const TERMS: [(&str, &str, &str); 4] = [
    ("sen", "senator", "U.S. Senate"),
    ("rep", "representative", "U.S. House of Representatives"),
    ("prez", "president", "United States"),
    ("viceprez", "vice president", "United States"),
];

/// One list item of a person, with its line: a term or a leadership role.
#[derive(Debug, Default)]
struct Item {
    line: usize,
    list: String,
    values: Vec<(String, String)>,
}

/// A person as far as read.
#[derive(Debug, Default)]
struct Entry {
    line: usize,
    /// Values by `section.key`.
    values: Vec<(String, String)>,
    items: Vec<Item>,
}

/// Reads a file; the error gives the line.
pub(super) fn read(text: &str) -> Result<Vec<KnownPerson>, (usize, String)> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut section = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        let content = line.trim_start_matches(' ');
        if content.is_empty() || content.starts_with('#') || content == "---" {
            continue;
        }
        if content.starts_with('\t') {
            return Err((number, "a tab stands where YAML has spaces".to_owned()));
        }
        let is_item = content.starts_with("- ");
        let indent = line.len() - content.len();
        let content = content.strip_prefix("- ").unwrap_or(content);
        let pair = content.split_once(": ").or_else(|| content.strip_suffix(':').map(|key| (key, "")));
        if indent == 0 && is_item {
            entries.push(Entry { line: number, ..Entry::default() });
        }
        let Some(entry) = entries.last_mut() else {
            return Err((number, "no list of people: the first entry starts with '- '".to_owned()));
        };
        let Some((key, value)) = pair.map(|(key, value)| (key.trim().to_owned(), unquoted(value))) else { continue };
        match (indent, is_item) {
            (0, _) | (2, false) if value.is_empty() => section = key,
            (2, true) => entry.items.push(Item { line: number, list: section.clone(), values: vec![(key, value)] }),
            (4, false) if entry.items.last().is_some_and(|item| item.list == section) => {
                entry.items.last_mut().into_iter().for_each(|item| item.values.push((key.clone(), value.clone())));
            }
            (4, false) => entry.values.push((format!("{section}.{key}"), value)),
            _ => {}
        }
    }
    entries.iter().map(person).collect()
}

fn person(entry: &Entry) -> Result<KnownPerson, (usize, String)> {
    let value = |key: &str| find(&entry.values, key);
    let (Some(first), Some(last)) = (value("name.first"), value("name.last")) else {
        return Err((entry.line, "a person without 'name' of 'first' and 'last'".to_owned()));
    };
    let Some(id) = value("id.bioguide").or_else(|| value("id.govtrack")) else {
        return Err((entry.line, "a person without 'id' of 'bioguide' or 'govtrack'".to_owned()));
    };
    let plain = format!("{first} {last}");
    let name = value("name.official_full").unwrap_or(&plain).to_owned();
    let nickname = value("name.nickname").map(|nickname| format!("{nickname} {last}"));
    let middle = value("name.middle").map(|middle| format!("{first} {middle} {last}"));
    let mut aliases: Vec<String> = Vec::new();
    for alias in [Some(plain), nickname, middle].into_iter().flatten() {
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    let mut offices = Vec::new();
    for item in &entry.items {
        offices.extend(office(item)?);
    }
    Ok(KnownPerson { id: id.to_owned(), name, aliases, offices })
}

fn office(item: &Item) -> Result<Option<Office>, (usize, String)> {
    let value = |key: &str| find(&item.values, key);
    let day = |key: &str| value(key).map(day).transpose().map_err(|problem| (item.line, format!("{key}: {problem}")));
    let (role, organisation) = match item.list.as_str() {
        "terms" => {
            let kind = value("type").unwrap_or_default();
            let Some((_, role, body)) = TERMS.iter().find(|(name, ..)| *name == kind) else {
                return Err((item.line, format!("'{kind}' is no type of term; types are sen, rep, prez, viceprez")));
            };
            ((*role).to_owned(), Some((*body).to_owned()))
        }
        "leadership_roles" => {
            let body = if value("chamber") == Some("senate") { "U.S. Senate" } else { "U.S. House of Representatives" };
            (value("title").unwrap_or_default().to_owned(), Some(body.to_owned()))
        }
        _ => return Ok(None),
    };
    Ok(Some(Office { role, organisation, from: day("start")?, to: day("end")? }))
}

fn find<'v>(values: &'v [(String, String)], key: &str) -> Option<&'v str> {
    values.iter().find(|(known, value)| known == key && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// A scalar without its quotation marks.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    let single = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let double = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    single.map(|text| text.replace("''", "'")).or_else(|| double.map(escaped)).unwrap_or_else(|| value.to_owned())
}

/// The text of a double-quoted scalar: `\xE1` and `\u00e1` are letters.
fn escaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(ch) = chars.next() {
        let length = match (ch, chars.clone().next()) {
            ('\\', Some('x')) => 2,
            ('\\', Some('u')) => 4,
            _ => 0,
        };
        if length == 0 {
            plain.push(if ch == '\\' { chars.next().unwrap_or('\\') } else { ch });
            continue;
        }
        let code: String = chars.by_ref().skip(1).take(length).collect();
        plain.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
    }
    plain
}
