//! Reads files of cases: TOML, grouped by subject, or one JSON object a line.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::format::{Case, Expectation, QuoteWanted};
use super::labels::Labels;
use crate::{Error, ErrorKind, Result};

/// A TOML file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlFile {
    /// The kind of the cases that name none.
    kind: Option<String>,
    case: Vec<Spanned<WrittenCase>>,
}

/// A case as a file has it; `id` and `text` with `ext` are the names in JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCase {
    #[serde(alias = "id")]
    name: String,
    kind: Option<String>,
    text: Option<String>,
    markdown: Option<String>,
    ext: Option<String>,
    labels: Option<Labels>,
    expect: Expectation,
    known_failure: Option<String>,
}

/// Reads the cases of a file, or of all `.toml` and `.jsonl` files below a folder, sorted by path.
///
/// # Errors
///
/// Where a file cannot be read, is neither TOML nor JSON lines, or holds a case that is none.
pub fn load(path: impl AsRef<Path>) -> Result<Vec<Case>> {
    let path = path.as_ref();
    let mut cases = Vec::new();
    for file in files(path)? {
        cases.extend(read(&file)?);
    }
    if cases.is_empty() {
        let error = Error::new(ErrorKind::Gold("holds no cases".to_owned())).at(path);
        return Err(error.with_hint("cases stand in .toml files under [[case]], or one JSON object a line in .jsonl files"));
    }
    Ok(cases)
}

fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::new(ErrorKind::Read(error.into())).at(path))?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|ext| ext == "toml" || ext == "jsonl") {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<Case>> {
    let source = fs::read_to_string(path).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))?;
    let is_jsonl = path.extension().is_some_and(|ext| ext == "jsonl" || ext == "json");
    let cases = if is_jsonl { from_json_lines(&source, path) } else { from_toml(&source, path) };
    cases.map_err(|message| Error::new(ErrorKind::Gold(message)).at(path))
}

fn from_toml(source: &str, path: &Path) -> Result<Vec<Case>, String> {
    let line_at = |at: usize| source.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let file: TomlFile = toml::from_str(source).map_err(|error| {
        let place = error.span().map(|span| format!("line {}: ", line_at(span.start))).unwrap_or_default();
        format!("{place}{}", error.message().replace('\n', ", "))
    })?;
    let kind = file.kind.unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    let cases = file.case.into_iter().map(|case| {
        let line = line_at(case.span().start);
        checked(case.into_inner(), &kind, path, line)
    });
    distinct(cases.collect::<Result<_, _>>()?)
}

fn from_json_lines(source: &str, path: &Path) -> Result<Vec<Case>, String> {
    let lines = source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let kind = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let cases = lines.map(|(at, line)| {
        let case = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
        checked(case, &kind, path, at + 1)
    });
    distinct(cases.collect::<Result<_, _>>()?)
}

/// The case, if it has one text and asks for something.
fn checked(case: WrittenCase, kind: &str, path: &Path, line: usize) -> Result<Case, String> {
    let wrong = |what: &str| Err(format!("line {line}: the case {:?} {what}", case.name));
    let (text, extension) = match (case.text, case.markdown, case.ext) {
        (Some(text), None, ext) => (text, ext.unwrap_or_else(|| "txt".to_owned())),
        (None, Some(markdown), None) => (markdown, "md".to_owned()),
        _ => return wrong("needs either a text or a markdown"),
    };
    if case.expect == Expectation::default() {
        return wrong("asks for nothing");
    }
    let is_nameless = |wanted: &QuoteWanted| wanted.content.is_none() && wanted.whole.is_none();
    if case.expect.quotes.iter().chain(case.expect.articles.iter().flat_map(|article| &article.quotes)).any(is_nameless) {
        return wrong("asks for a quotation without its content");
    }
    Ok(Case {
        name: case.name,
        kind: case.kind.unwrap_or_else(|| kind.to_owned()),
        place: format!("{}:{line}", path.display()),
        text,
        extension,
        labels: case.labels,
        expect: case.expect,
        known_failure: case.known_failure,
    })
}

/// The cases, if no two have one name.
fn distinct(cases: Vec<Case>) -> Result<Vec<Case>, String> {
    let mut names = BTreeSet::new();
    match cases.iter().find(|case| !names.insert(case.name.as_str())) {
        Some(case) => Err(format!("two cases are called {:?}", case.name)),
        None => Ok(cases),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toml(source: &str) -> Result<Vec<Case>, String> {
        from_toml(source, Path::new("cases/quays.toml"))
    }

    #[test]
    fn a_case_knows_its_line_and_its_kind() {
        let cases = toml(
            "[[case]]\nname = \"a\"\ntext = \"It rained.\"\nexpect.all_quotes = []\n\n\
             [[case]]\nname = \"b\"\nkind = \"wet\"\nmarkdown = \"# Rain\"\nexpect.title = \"Rain\"\n",
        )
        .expect("two cases");
        let shown: Vec<_> = cases.iter().map(|case| (case.place.as_str(), case.kind.as_str(), case.extension.as_str())).collect();
        assert_eq!(shown, [("cases/quays.toml:1", "quays", "txt"), ("cases/quays.toml:6", "wet", "md")]);
    }

    #[test]
    fn what_is_no_case_is_refused_with_its_place() {
        for (source, expected) in [
            ("[[case]]\nname = \"a\"\nexpect.title = \"b\"", "line 1: the case \"a\" needs either a text or a markdown"),
            ("[[case]]\nname = \"a\"\ntext = \"b\"\nexpect = {}", "line 1: the case \"a\" asks for nothing"),
            (
                "[[case]]\nname = \"a\"\ntext = \"b\"\nexpect.quotes = [{ speaker = \"c\" }]",
                "line 1: the case \"a\" asks for a quotation without its content",
            ),
            ("[[case]]\nname = \"a\"\ntext = \"b\"\nexpect.quote = []", "unknown field `quote`"),
            (
                "[[case]]\nname = \"a\"\ntext = \"b\"\nexpect.title = \"\"\n[[case]]\nname = \"a\"\ntext = \"b\"\nexpect.title = \"\"",
                "two cases are called \"a\"",
            ),
        ] {
            let error = toml(source).expect_err("no case");
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn json_lines_have_nulls_where_toml_has_empty_names() {
        let line = r#"{"id": "1", "kind": "k", "text": "x", "expect": {"quotes": [{"content": "x", "speaker": null}]}}"#;
        let json = from_json_lines(line, Path::new("c.jsonl")).expect("a case");
        let toml = toml("[[case]]\nname = \"1\"\ntext = \"x\"\nexpect.quotes = [{ content = \"x\", speaker = \"\" }]").expect("a case");
        assert_eq!(json[0].expect, toml[0].expect);
        assert_eq!(json[0].expect.quotes[0].speaker.as_ref().map(|accepted| accepted.0.clone()), Some(vec![None]));
    }
}
