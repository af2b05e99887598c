//! Finds the articles that the user's inputs name: files, folders and glob patterns.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use walkdir::{DirEntry, WalkDir};

use super::id::unique_ids;
use crate::{Error, ErrorKind, Result};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where the file is.
    pub path: PathBuf,
    /// The path as reports show it: as the user gave it, never absolute, with `/` between its parts.
    pub shown: String,
    /// The article's id: unique among the sources found together, safe as a file name.
    pub id: String,
}

/// A file with its path relative to the input that named it.
struct Found {
    path: PathBuf,
    relative: String,
    shown: String,
}

/// The articles of `inputs`, in their order and sorted by name within a folder, each file once.
///
/// A file named outright is always taken. Of a folder, and what is below it, the files that end in `.txt`, `.text`, `.md` or
/// `.markdown` are; hidden files and folders never, nor what is named `README` or `LICENSE`. An input that is no path is read as a glob pattern (`corpus/**/*.txt`).
///
/// # Errors
///
/// If an input does not exist, cannot be read, is no pattern, or holds no article.
pub fn discover(inputs: &[PathBuf]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for input in inputs {
        let before = found.len();
        match fs::metadata(input) {
            Ok(metadata) if metadata.is_dir() => walk(input, input, &mut found, |path| is_article(path) && !is_notice(path))?,
            Ok(_) => {
                let relative = input.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.push(Found { path: input.clone(), relative, shown: shown(input) });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(input) => expand(input, &mut found)?,
            Err(error) => {
                let error = Error::new(ErrorKind::Read(error)).at(input);
                return Err(error.with_hint("give a file, a folder, or a pattern in quotation marks, such as 'corpus/**/*.txt'"));
            }
        }
        if found.len() == before {
            return Err(Error::new(ErrorKind::Input("holds no article".to_owned()))
                .at(input)
                .with_hint("articles in a folder end in .txt, .text, .md or .markdown; name other files one by one"));
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|found| seen.insert(fs::canonicalize(&found.path).unwrap_or_else(|_| found.path.clone())));
    let paths: Vec<(&str, &str)> = found.iter().map(|found| (found.relative.as_str(), found.shown.as_str())).collect();
    let ids = unique_ids(&paths);
    Ok(found.into_iter().zip(ids).map(|(found, id)| Source { path: found.path, shown: found.shown, id }).collect())
}

/// Adds the files below `root` that `takes` accepts; `input` is what an error names.
fn walk(root: &Path, input: &Path, found: &mut Vec<Found>, takes: impl Fn(&Path) -> bool) -> Result<()> {
    let is_visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_visible) {
        let entry = match entry {
            Ok(entry) => entry,
            // A link that leads back to its own folder adds nothing, nor does one that leads nowhere.
            Err(error) if error.loop_ancestor().is_some() || is_broken_link(&error) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(input).to_owned();
                return Err(Error::new(ErrorKind::Read(error.into())).at(path));
            }
        };
        let path = entry.path().strip_prefix(".").unwrap_or(entry.path());
        if entry.file_type().is_file() && takes(path) {
            let relative = slashed(entry.path().strip_prefix(root).unwrap_or(path));
            let shown = format!("{}/{relative}", shown(root));
            found.push(Found { path: path.to_owned(), relative, shown: shown.trim_start_matches('/').to_owned() });
        }
    }
    Ok(())
}

fn is_broken_link(error: &walkdir::Error) -> bool {
    error.path().is_some_and(Path::is_symlink) && error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Adds the files that match a glob pattern; `*` does not cross a folder, `**` does.
fn expand(pattern: &Path, found: &mut Vec<Found>) -> Result<()> {
    let text = slashed(pattern);
    let text = text.strip_prefix("./").unwrap_or(&text);
    let glob = GlobBuilder::new(text).literal_separator(true).build().map_err(|error| {
        Error::new(ErrorKind::Config(format!("not a pattern: {}", error.kind())))
            .at(pattern)
            .with_hint("write a plain [ or { as \\[ or \\{")
    })?;
    let matcher = glob.compile_matcher();
    let root: PathBuf = Path::new(text).components().take_while(|part| !is_pattern(Path::new(part))).collect();
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    if !root.is_dir() {
        let error = io::Error::new(io::ErrorKind::NotFound, "no such folder");
        return Err(Error::new(ErrorKind::Read(error)).at(root).with_hint("check the part of the pattern before its first *"));
    }
    let last = text.rsplit('/').next().unwrap_or_default();
    let (names_type, names_notice) = (last.contains('.'), is_notice(Path::new(last)));
    let takes = |path: &Path| (names_type || is_article(path)) && (names_notice || !is_notice(path));
    walk(&root, pattern, found, |path| matcher.is_match(slashed(path)) && takes(path))
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

fn is_article(path: &Path) -> bool {
    let ext = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(ext.as_str(), "txt" | "text" | "md" | "markdown")
}

/// Whether a file speaks of its folder and is no article: `README.md`, `LICENSE-MIT.txt`.
fn is_notice(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let rest = ["readme", "license", "licence"].iter().find_map(|notice| name.strip_prefix(notice));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A path as reports show it; of an absolute path the last part only, so that reports do not depend on the machine.
fn shown(path: &Path) -> String {
    if path.is_absolute() {
        return path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    }
    slashed(path)
}

fn slashed(path: &Path) -> String {
    let mut parts = path.components().filter(|part| *part != Component::CurDir).peekable();
    let mut text = String::new();
    while let Some(part) = parts.next() {
        text.push_str(&part.as_os_str().to_string_lossy());
        if parts.peek().is_some() && part != Component::RootDir {
            text.push('/');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[expect(clippy::disallowed_methods, reason = "a test makes its own input")]
            fs::write(path, "text").unwrap();
        }
        folder
    }

    /// The ids found, and the paths shown below the folder's own name.
    fn found(inputs: &[PathBuf]) -> (Vec<String>, Vec<String>) {
        let sources = discover(inputs).unwrap();
        let shown = sources.iter().map(|source| source.shown.split_once('/').map_or(source.shown.clone(), |(_, rest)| rest.to_owned()));
        (sources.iter().map(|source| source.id.clone()).collect(), shown.collect())
    }

    #[test]
    fn takes_the_articles_of_a_folder_in_order() {
        let folder = folder(&["b.txt", "a/z.MD", "a/.hidden.txt", ".git/c.txt", "data.csv", "c.markdown"]);
        let (ids, shown) = found(&[folder.path().to_owned()]);
        assert_eq!(ids, ["a-z", "b", "c"]);
        assert_eq!(shown, ["a/z.MD", "b.txt", "c.markdown"]);
    }

    #[test]
    fn leaves_notices_out_unless_they_are_named() {
        let folder = folder(&["README.md", "a/readme.txt", "LICENSE-MIT.txt", "Licence.md", "licenses-rise.txt", "readmission.md"]);
        assert_eq!(found(&[folder.path().to_owned()]).0, ["licenses-rise", "readmission"]);
        for (pattern, expected) in [("*.md", vec!["readmission"]), ("README*", vec!["readme"]), ("a/readme.txt", vec!["readme"])] {
            assert_eq!(found(&[folder.path().join(pattern)]).0, expected, "{pattern}");
        }
    }

    #[test]
    fn takes_a_named_file_of_any_kind_once() {
        let folder = folder(&["data.csv", "a.txt"]);
        let named = folder.path().join("data.csv");
        let (ids, _) = found(&[named.clone(), folder.path().to_owned(), named]);
        assert_eq!(ids, ["data", "a"]);
    }

    #[test]
    fn expands_patterns() {
        let folder = folder(&["x/1.txt", "x/y/2.txt", "x/y/3.md", "x/4.csv"]);
        for (pattern, expected) in [("x/*.txt", vec!["1"]), ("**/*.txt", vec!["x-1", "x-y-2"]), ("x/**", vec!["1", "y-2", "y-3"])] {
            assert_eq!(found(&[folder.path().join(pattern)]).0, expected, "{pattern}");
        }
    }

    #[test]
    fn explains_what_is_missing() {
        let folder = folder(&["data.csv"]);
        let cases = [
            ("none.txt", "cannot read"),
            ("", "holds no article"),
            ("*.txt", "holds no article"),
            ("no/*.txt", "no such folder"),
            ("[.txt", "not a pattern"),
        ];
        for (input, expected) in cases {
            let error = discover(&[folder.path().join(input)]).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
            assert!(error.hint().is_some(), "{error}");
        }
    }

    #[test]
    fn shows_relative_paths() {
        for (path, expected) in [("./a/./b.txt", "a/b.txt"), ("../a", "../a"), ("/data/corpus", "corpus"), (".", "")] {
            assert_eq!(shown(Path::new(path)), expected);
        }
    }
}
