//! Makes article ids out of paths: unique in a run, the same in every run over the same input, safe as file names.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// Longest id, in characters, before a suffix that makes it unique.
const LONGEST: usize = 80;

/// One id for each pair of a path relative to its input and the path as shown.
///
/// The relative path decides; where several files would share an id, the shown path does; where they still would, a hash follows.
pub(super) fn unique_ids(paths: &[(&str, &str)]) -> Vec<String> {
    let mut ids: Vec<String> = paths.iter().map(|(relative, _)| slug(relative)).collect();
    for at in shared(&ids) {
        if let (Some(id), Some((_, shown))) = (ids.get_mut(at), paths.get(at)) {
            *id = slug(shown);
        }
    }
    for at in shared(&ids) {
        if let (Some(id), Some((_, shown))) = (ids.get_mut(at), paths.get(at)) {
            let hash = Sha256::digest(shown.as_bytes());
            let number = hash.iter().take(6).fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
            *id = format!("{id}-{number:012x}");
        }
    }
    ids
}

/// Indices of the ids that occur more than once.
fn shared(ids: &[String]) -> Vec<usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    ids.iter().enumerate().filter(|(_, id)| counts.get(id.as_str()).is_some_and(|&count| count > 1)).map(|(at, _)| at).collect()
}

/// Lower-case letters, digits, `_` and single hyphens; accents and the file's extension are left out.
fn slug(path: &str) -> String {
    let stem = path.rsplit_once('.').filter(|(stem, ext)| !stem.is_empty() && !ext.contains('/')).map_or(path, |(stem, _)| stem);
    let mut slug = String::new();
    for ch in stem.nfkd().filter(|&ch| !unicode_normalization::char::is_combining_mark(ch)).flat_map(char::to_lowercase) {
        if ch.is_alphanumeric() || ch == '_' {
            slug.push(ch);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let short: String = slug.chars().take(LONGEST).collect();
    let short = short.trim_end_matches('-');
    // Windows keeps these names for devices.
    let is_device = matches!(short, "con" | "prn" | "aux" | "nul")
        || (short.len() == 4 && (short.starts_with("com") || short.starts_with("lpt")) && short.ends_with(|ch: char| ch.is_ascii_digit()));
    if short.is_empty() {
        "article".to_owned()
    } else if is_device {
        format!("{short}-article")
    } else {
        short.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_safe_names() {
        for (path, expected) in [
            ("economy/2024-03-06 Šefčovič.txt", "economy-2024-03-06-sefcovic"),
            ("a.b/c", "a-b-c"),
            ("../x.md", "x"),
            ("nul.txt", "nul-article"),
            ("….txt", "article"),
            (".txt", "txt"),
            ("习近平.txt", "习近平"),
        ] {
            assert_eq!(slug(path), expected, "{path}");
        }
        assert_eq!(slug(&"x".repeat(300)).len(), LONGEST);
    }

    #[test]
    fn shared_ids_become_different() {
        let ids = unique_ids(&[("1.txt", "a/1.txt"), ("1.txt", "b/1.txt"), ("2.txt", "a/2.txt"), ("2.md", "a/2.md")]);
        assert_eq!(ids.first().map(String::as_str), Some("a-1"));
        assert!(ids[2].starts_with("a-2-") && ids[3].starts_with("a-2-") && ids[2] != ids[3]);
    }
}
