//! Makes article ids: the user's own or the file's name, unique in a run and fit to be a file's name by construction.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::digest::fingerprint;

/// Longest id, in bytes, before a suffix that makes it unique: file systems end names at 255 bytes.
const LONGEST: usize = 200;

/// The ids given so far. Two that differ in case or accents' coding alone are one to some file systems, so they are one here.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// For every id given, the number that the next one of its kind gets.
    taken: HashMap<u128, u32>,
}

impl Ids {
    /// Gives the first of `wanted` that is free; else the last of them with a number.
    pub(crate) fn claim(&mut self, wanted: &[String]) -> String {
        let wanted: Vec<String> = if wanted.is_empty() { vec![file_safe("")] } else { wanted.iter().map(|id| file_safe(id)).collect() };
        for id in &wanted {
            if self.take(id) {
                return id.clone();
            }
        }
        let stem = wanted.last().map_or("article", String::as_str);
        loop {
            let number = self.taken.entry(key(stem)).and_modify(|next| *next += 1).or_insert(1);
            let id = format!("{stem}-{number}");
            if self.take(&id) {
                return id;
            }
        }
    }

    fn take(&mut self, id: &str) -> bool {
        let is_free = !self.taken.contains_key(&key(id));
        if is_free {
            self.taken.insert(key(id), 1);
        }
        is_free
    }
}

/// What is equal for names that some file system holds for one.
fn key(id: &str) -> u128 {
    fingerprint(id.nfkd().flat_map(char::to_lowercase).collect::<String>().as_bytes())
}

/// One id for each path, in order: the file's stem; of files in different folders that share one, with as many of their folders before it
/// as tell them apart.
///
/// Files of one folder that differ in their ending alone get the same id: [`Ids`] tells them apart.
pub(super) fn ids_of_paths(paths: &[&str]) -> Vec<String> {
    let mut depths = vec![1; paths.len()];
    let mut ids: Vec<String> = paths.iter().map(|path| tail(path, 1)).collect();
    // More folders cannot tell files apart that lie in one.
    let whole: Vec<u128> = paths.iter().map(|path| key(stem(path))).collect();
    loop {
        let mut met: HashMap<u128, (u128, bool)> = HashMap::new();
        for (id, &whole) in ids.iter().zip(&whole) {
            met.entry(key(id)).and_modify(|(first, is_mixed)| *is_mixed |= *first != whole).or_insert((whole, false));
        }
        let mut has_changed = false;
        for ((id, depth), path) in ids.iter_mut().zip(&mut depths).zip(paths) {
            if met.get(&key(id)).is_some_and(|(_, is_mixed)| *is_mixed) {
                *depth += 1;
                let longer = tail(path, *depth);
                has_changed |= longer != *id;
                *id = longer;
            }
        }
        if !has_changed {
            return ids;
        }
    }
}

/// The last `depth` parts of a path, without the file's extension.
fn tail(path: &str, depth: usize) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && !matches!(*part, "." | "..")).collect();
    let kept = parts.get(parts.len().saturating_sub(depth)..).unwrap_or_default();
    file_safe(stem(&kept.join("-")))
}

/// A file's name without its extension; of `.tar.gz` and the like without both.
pub(super) fn stem(name: &str) -> &str {
    let cut =
        |name: &str| name.rfind('.').filter(|&at| at > 0 && name.len() - at <= 10 && !name.get(at..).unwrap_or_default().contains(' '));
    let Some(at) = cut(name) else { return name };
    let (stem, ext) = name.split_at_checked(at).unwrap_or((name, ""));
    let is_packed = matches!(ext.to_lowercase().as_str(), ".gz");
    match cut(stem).filter(|_| is_packed).and_then(|at| stem.split_at_checked(at)) {
        Some((inner, ext)) if matches!(ext.to_lowercase().as_str(), ".tar" | ".warc" | ".csv" | ".tsv" | ".jsonl" | ".json" | ".mbox") => {
            inner
        }
        _ => stem,
    }
}

/// The id as any file system takes it: letters, digits, `_`, `.` and single hyphens, in composed form, no longer than [`LONGEST`] bytes.
pub(super) fn file_safe(id: &str) -> String {
    let mut safe = String::new();
    for ch in id.nfc() {
        if ch.is_alphanumeric() || matches!(ch, '_' | '.') || unicode_normalization::char::is_combining_mark(ch) {
            safe.push(ch);
        } else if !safe.is_empty() && !safe.ends_with('-') {
            safe.push('-');
        }
    }
    let trimmed = safe.trim_end_matches(['-', '.']).trim_start_matches(['-', '.']);
    let short = if trimmed.len() > LONGEST {
        // What is cut off still tells ids apart.
        let end = (0..=LONGEST - 13).rev().find(|&end| trimmed.is_char_boundary(end)).unwrap_or(0);
        format!("{}-{:012x}", trimmed.get(..end).unwrap_or_default(), fingerprint(id.as_bytes()) >> 80)
    } else {
        trimmed.to_owned()
    };
    if short.is_empty() {
        "article".to_owned()
    } else if is_device(&short) {
        format!("{short}-article")
    } else {
        short
    }
}

/// Whether Windows keeps this name for a device, with any extension.
fn is_device(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or_default().to_lowercase();
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul")
        || (name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt")) && name.ends_with(|ch: char| ch.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_safe_names() {
        for (id, expected) in [
            ("2024-03-06 Šefčovič", "2024-03-06-Šefčovič"),
            ("a/b: c?", "a-b-c"),
            ("../x", "x"),
            ("NUL", "NUL-article"),
            ("con.2024", "con.2024-article"),
            ("…", "article"),
            ("", "article"),
            (".hidden.", "hidden"),
            ("习近平", "习近平"),
        ] {
            assert_eq!(file_safe(id), expected, "{id}");
        }
        let long: Vec<String> = ["一", "二"].iter().map(|end| file_safe(&("长".repeat(79) + end))).collect();
        assert!(long[0].len() <= LONGEST && long[0] != long[1], "{long:?}");
        assert_eq!(file_safe(&"x".repeat(200)).len(), 200);
    }

    #[test]
    fn names_lose_their_extension_alone() {
        for (name, expected) in [
            ("a.txt", "a"),
            ("U.S. and E.U. agree", "U.S. and E.U. agree"),
            ("wire.tar.gz", "wire"),
            ("notes", "notes"),
            (".txt", ".txt"),
            ("v1.2.html", "v1.2"),
        ] {
            assert_eq!(stem(name), expected, "{name}");
        }
    }

    #[test]
    fn folders_tell_equal_names_apart() {
        let ids = |paths: &[&str]| ids_of_paths(paths).join(" ");
        assert_eq!(ids(&["in/a/Report.txt", "in/b/other.txt"]), "Report other");
        assert_eq!(ids(&["/x/a/1.txt", "/x/b/1.txt", "2.txt"]), "a-1 b-1 2");
        assert_eq!(ids(&["/d/2023/articles/1.txt", "/d/2024/articles/1.txt"]), "2023-articles-1 2024-articles-1");
        assert_eq!(ids(&["/data/in/a.txt", "/data/in/a.md", "/data/in/b.txt"]), "a a b");
        assert_eq!(ids(&["x/a.txt", "x/a.md", "y/a.txt"]), "x-a x-a y-a");
    }

    #[test]
    fn ids_are_unique_whatever_is_wanted() {
        let mut ids = Ids::default();
        let mut claim = |wanted: &[&str]| ids.claim(&wanted.iter().map(|&id| id.to_owned()).collect::<Vec<_>>());
        assert_eq!(claim(&["a"]), "a");
        assert_eq!(claim(&["A"]), "A-2");
        assert_eq!(claim(&["a", "b-a"]), "b-a");
        assert_eq!(claim(&["a-3"]), "a-3");
        assert_eq!(claim(&["a"]), "a-4");
        assert_eq!(claim(&["e\u{301}"]), "é");
        assert_eq!(claim(&["é"]), "é-2");
        assert_eq!(claim(&[]), "article");
    }
}
