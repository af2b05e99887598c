//! Finds the files that the user's inputs name: files, folders, glob patterns, lists of files, standard input.
//!
//! Nothing is passed over in silence: what lies in a folder and is not read is counted, what cannot be read is a failed article.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;
use walkdir::{DirEntry, WalkDir};

use super::ReadOptions;
use super::format::{Format, HEAD, Likelihood};
use super::formats::recognize;
use super::id::ids_of_paths;
use super::inputs::{Inputs, PassedOver, Source};
use super::listing;
use super::reader::kind_of;
use crate::digest::fingerprint;
use crate::{Error, ErrorKind, Result};

/// What the user's inputs have come to so far.
struct Finding<'a> {
    options: &'a ReadOptions,
    sources: Vec<Source>,
    passed_over: Vec<PassedOver>,
    unreadable: Vec<(Source, Error)>,
    /// Files met, so that each is read once.
    seen: HashSet<u128>,
    /// How many of them were named again.
    repeated: usize,
}

/// The files of `inputs`, in their order and sorted by name within a folder, each file once, read as [`ReadOptions::default`] says.
///
/// # Errors
///
/// As [`discover_with`].
pub fn discover(inputs: &[PathBuf]) -> Result<Inputs> {
    discover_with(inputs, &ReadOptions::default())
}

/// The files of `inputs`, in their order and sorted by name within a folder, each file once.
///
/// A file named outright is always taken. Of a folder, and what is below it, the files whose content or name says that a reader knows
/// them are; hidden files and folders never, nor what is named `README` or `LICENSE`. An input that is no path is read as a glob
/// pattern (`corpus/**/*.txt`), `@FILE` as a list of paths, one a line, `-` as standard input.
///
/// # Errors
///
/// If an input does not exist, is no pattern, is a URL or a pipe, or nothing is found that can be read.
pub fn discover_with(inputs: &[PathBuf], options: &ReadOptions) -> Result<Inputs> {
    let mut finding =
        Finding { options, sources: Vec::new(), passed_over: Vec::new(), unreadable: Vec::new(), seen: HashSet::new(), repeated: 0 };
    for input in inputs {
        match listing::path(input) {
            Some(list) => {
                for (path, line) in listing::read(&list)? {
                    // One missing file of a long list is a failed article, not the end.
                    if let Err(error) = finding.add(&path) {
                        let shown = shown(&path);
                        finding
                            .unreadable
                            .push((Source::unread(path, shown), error.with_hint(format!("line {line} of {} names it", list.display()))));
                    }
                }
            }
            None => finding.add(input)?,
        }
    }
    finding.finish()
}

impl Finding<'_> {
    fn add(&mut self, input: &Path) -> Result<()> {
        if input == Path::new("-") {
            self.sources.push(Source::standard_input());
            return Ok(());
        }
        refuse_url(input)?;
        let before = self.count();
        match fs::metadata(input) {
            Ok(metadata) if metadata.is_dir() => self.walk(input, |_| true, false),
            Ok(metadata) if metadata.is_file() => self.take(input.to_owned(), shown(input), true),
            Ok(_) => {
                let error = Error::new(ErrorKind::Config("neither a file nor a folder: reading it may never end".to_owned())).at(input);
                return Err(error.with_hint("send it to standard input: sayso analyze - < PIPE"));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(input) => self.expand(input)?,
            Err(error) => {
                let error = Error::new(ErrorKind::Read(error)).at(input);
                return Err(error.with_hint("give a file, a folder, or a pattern in quotation marks, such as 'corpus/**/*.txt'"));
            }
        }
        if self.count() > before {
            return Ok(());
        }
        let over = super::inputs::kinds(&self.passed_over);
        let over = if over.is_empty() { String::new() } else { format!("; passed over: {over}") };
        let error = Error::new(ErrorKind::Input(format!("holds no article{over}"))).at(input);
        Err(error.with_hint("the README lists the kinds of files that are read"))
    }

    fn count(&self) -> usize {
        self.sources.len() + self.unreadable.len() + self.repeated
    }

    /// Adds the files below `root` that `takes` accepts.
    fn walk(&mut self, root: &Path, takes: impl Fn(&Path) -> bool, is_named: bool) {
        let is_visible = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
        let shown_below = |path: &Path| {
            let relative = slashed(path.strip_prefix(root).unwrap_or(path));
            format!("{}/{relative}", shown(root)).trim_start_matches('/').to_owned()
        };
        for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_visible) {
            match entry {
                Ok(entry) => {
                    let path = entry.path().strip_prefix(".").unwrap_or(entry.path());
                    if !entry.file_type().is_dir() && takes(path) {
                        self.file(path, shown_below(entry.path()), is_named, entry.file_type().is_file());
                    }
                }
                // A link that leads back to its own folder adds nothing.
                Err(error) if error.loop_ancestor().is_some() => {
                    let path = error.path().map(&shown_below).unwrap_or_default();
                    self.passed_over.push(PassedOver { path, kind: "link to its own folder".to_owned() });
                }
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let shown = shown_below(&path);
                    self.unreadable.push((Source::unread(path, shown), Error::new(ErrorKind::Read(error.into()))));
                }
            }
        }
    }

    fn file(&mut self, path: &Path, shown: String, is_named: bool, is_file: bool) {
        let kind = if !is_file {
            Some("pipe or device")
        } else if is_notice(path) && !is_named {
            Some("notice")
        } else {
            None
        };
        match kind {
            Some(kind) => self.passed_over.push(PassedOver { path: shown, kind: kind.to_owned() }),
            None => self.take(path.to_owned(), shown, is_named),
        }
    }

    /// Takes a file if a reader knows it; one that the user has named always, so that it fails where none does.
    fn take(&mut self, path: PathBuf, shown: String, is_named: bool) {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if !self.seen.insert(fingerprint(real.as_os_str().as_encoded_bytes())) {
            self.repeated += 1;
            return;
        }
        let head = match head(&path) {
            Ok(head) => head,
            Err(error) => return self.unreadable.push((Source::unread(path, shown), Error::new(ErrorKind::Read(error)))),
        };
        let found = recognize(&head, &shown);
        let is_meant = |format: &dyn Format, likelihood| {
            is_named || likelihood >= Likelihood::ByName || (format.is_collection() && self.options.columns.text.is_some())
        };
        match found {
            Some((format, likelihood)) if is_meant(format, likelihood) => {
                self.sources.push(Source { format: Some(format), ..Source::unread(path, shown) });
            }
            None if is_named => self.unreadable.push((Source::unread(path, shown), super::reader::unknown(&head))),
            found => {
                let without = if found.is_some_and(|(format, _)| format.is_collection()) { " without articles" } else { "" };
                self.passed_over.push(PassedOver { kind: format!("{}{without}", kind_of(&shown)), path: shown });
            }
        }
    }

    /// Adds the files that match a glob pattern; `*` does not cross a folder, `**` does.
    fn expand(&mut self, pattern: &Path) -> Result<()> {
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
        let takes = |path: &Path| matcher.is_match(slashed(path)) && (names_notice || !is_notice(path));
        self.walk(&root, takes, names_type || names_notice);
        Ok(())
    }

    fn finish(self) -> Result<Inputs> {
        let Self { mut sources, passed_over, mut unreadable, .. } = self;
        let paths: Vec<String> =
            sources.iter().chain(unreadable.iter().map(|(source, _)| source)).map(|source| slashed(&source.path)).collect();
        let ids = ids_of_paths(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        for (source, id) in sources.iter_mut().chain(unreadable.iter_mut().map(|(source, _)| source)).zip(ids) {
            if !source.is_standard_input() {
                source.id = id;
            }
        }
        for (source, error) in &mut unreadable {
            let told = std::mem::replace(error, ErrorKind::Bug(String::new()).into());
            *error = told.at(&source.shown);
        }
        if sources.is_empty() && unreadable.len() == 1 && passed_over.is_empty() {
            // The one input there is: its error is the run's.
            if let Some((_, error)) = unreadable.pop() {
                return Err(error);
            }
        }
        if sources.is_empty() && unreadable.is_empty() {
            let message = format!("no article; passed over: {}", super::inputs::kinds(&passed_over));
            return Err(Error::new(ErrorKind::Input(message)).with_hint("the README lists the kinds of files that are read"));
        }
        Ok(Inputs { sources, passed_over, unreadable })
    }
}

/// A program that reads files cannot fetch pages, and this one never uses the network.
fn refuse_url(input: &Path) -> Result<()> {
    let text = input.to_string_lossy();
    let is_url =
        text.split_once("://").is_some_and(|(scheme, _)| matches!(scheme.to_lowercase().as_str(), "http" | "https" | "ftp" | "s3"));
    if !is_url {
        return Ok(());
    }
    let error = Error::new(ErrorKind::Config("a URL: sayso never uses the network".to_owned())).at(input);
    Err(error.with_hint(format!("fetch the page first, such as with curl -o page.html '{text}', and give the file")))
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
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
        let sources = discover(inputs).unwrap().sources;
        let shown = sources.iter().map(|source| source.shown.split_once('/').map_or(source.shown.clone(), |(_, rest)| rest.to_owned()));
        (sources.iter().map(|source| source.id.clone()).collect(), shown.collect())
    }

    #[test]
    fn takes_the_articles_of_a_folder_in_order() {
        let folder = folder(&["b.txt", "a/z.MD", "a/.hidden.txt", ".git/c.txt", "data.csv", "c.markdown"]);
        let (ids, shown) = found(&[folder.path().to_owned()]);
        assert_eq!(ids, ["z", "b", "c"]);
        assert_eq!(shown, ["a/z.MD", "b.txt", "c.markdown"]);
    }

    #[test]
    fn leaves_notices_out_unless_they_are_named() {
        let folder = folder(&["README.md", "a/readme.txt", "LICENSE-MIT.txt", "Licence.md", "licenses-rise.txt", "readmission.md"]);
        assert_eq!(found(&[folder.path().to_owned()]).0, ["licenses-rise", "readmission"]);
        for (pattern, expected) in [("*.md", vec!["readmission"]), ("README*", vec!["README"]), ("a/readme.txt", vec!["readme"])] {
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
        for (pattern, expected) in [("x/*.txt", vec!["1"]), ("**/*.txt", vec!["1", "2"]), ("x/**", vec!["1", "2", "3"])] {
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
