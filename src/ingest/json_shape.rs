//! Tells from its first bytes whether a JSON file holds articles.

use super::names::{self, TEXTS};

/// What the list of articles is called inside an answer.
pub(super) const WRAPPERS: &[&str] = &[
    "articles",
    "results",
    "docs",
    "documents",
    "stories",
    "items",
    "data",
    "hits",
    "news",
    "entries",
    "records",
    "rows",
    "value",
    "response",
];

/// `None` where the bytes are no JSON object or list; else whether it holds articles.
///
/// Articles are objects in a list, an object with a text, or objects in a list of one of the names in [`WRAPPERS`]. What sayso writes
/// itself is none: a report inside a folder is not read again; nor is a gold annotation of an article that stands beside it.
pub(super) fn shape(head: &[u8]) -> Option<bool> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let is_list = match head.first()? {
        b'[' => true,
        b'{' => false,
        _ => return None,
    };
    if head.windows(7).take(256).any(|bytes| bytes == b"\"sayso/") {
        return None;
    }
    let keys = keys(head);
    let is_gold = ["quotations", "speakers"].iter().all(|gold| keys.iter().any(|key| key.depth == 1 && key.name == *gold));
    if keys.is_empty() || is_gold {
        return None;
    }
    let texts = |is_at: &dyn Fn(usize) -> bool| {
        names::find(keys.iter().filter(|key| is_at(key.depth) && key.is_text).map(|key| key.name.as_str()), TEXTS).is_some()
    };
    let is_wrapped = || keys.iter().any(|key| key.depth == 1 && !key.is_text && WRAPPERS.contains(&key.name.as_str()));
    Some(if is_list { texts(&|depth| depth >= 2) } else { texts(&|depth| depth == 1) || (is_wrapped() && texts(&|depth| depth >= 3)) })
}

/// A key of an object.
struct Key {
    name: String,
    /// How many objects and lists are open around it.
    depth: usize,
    /// Whether its value is a text or a list, as an article's text is.
    is_text: bool,
}

/// The keys in JSON that may be cut off.
fn keys(head: &[u8]) -> Vec<Key> {
    let mut keys = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(&byte) = head.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at;
                while head.get(at).is_some_and(|&byte| byte != b'"') {
                    at += if head.get(at) == Some(&b'\\') { 2 } else { 1 };
                }
                let name = head.get(start..at).unwrap_or_default();
                at += 1;
                let rest = head.get(at..).unwrap_or_default().trim_ascii_start();
                if let Some(value) = rest.strip_prefix(b":") {
                    let is_text = matches!(value.trim_ascii_start().first(), Some(b'"'))
                        || value.trim_ascii_start().strip_prefix(b"[").is_some_and(|list| list.trim_ascii_start().starts_with(b"\""));
                    keys.push(Key { name: String::from_utf8_lossy(name).into_owned(), depth, is_text });
                }
            }
            _ => {}
        }
    }
    keys
}
