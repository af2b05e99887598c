//! Whole pages: what they hold, that they hold no more, and that they keep to their size.

#![expect(clippy::disallowed_methods, reason = "tests put files of others where reports go")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::report::{Format, Report, RunOptions, sample};
use crate::{Analysis, ArticleSource, Error, ErrorKind};

fn options(report_max_mb: Option<u32>) -> RunOptions {
    RunOptions { formats: vec![Format::Html], report_max_mb, ..RunOptions::default() }
}

fn write(dir: &Path, articles: &[Analysis], report_max_mb: Option<u32>) {
    let mut report = Report::create(dir, options(report_max_mb)).unwrap();
    for analysis in articles {
        report.add(analysis).unwrap();
    }
    let source = ArticleSource { id: "broken".to_owned(), path: "<b>broken</b>.txt".to_owned(), ..ArticleSource::default() };
    report.add_failed(&source, &Error::new(ErrorKind::Input("binary file, not text".to_owned()))).unwrap();
    report.finish().unwrap();
}

fn files(dir: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    let named = entries.map(|entry| {
        let name = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(entry.path()).unwrap())
    });
    named.collect()
}

/// The blocks of JSON of a page, which every parser of JSON must read.
fn blocks(page: &str) -> Vec<serde_json::Value> {
    let starts = page.split("type=\"application/json\"").skip(1);
    let jsons = starts.map(|rest| rest.split_once('>').unwrap().1.split_once("</script>").unwrap().0);
    jsons.map(|json| serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json:.200}"))).collect()
}

#[test]
fn writes_a_page_and_its_charts() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &[sample::full(), sample::named("second"), sample::bare()], None);
    let files = files(dir.path());
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| !name.starts_with("charts/")).collect();
    assert_eq!(names, ["manifest.json", "report.html"]);
    for chart in ["quotations", "speakers", "bodies", "classes", "theme_coverage", "themes_by_kind_of_speaker"] {
        let svg = files.get(&format!("charts/{chart}.svg")).unwrap_or_else(|| panic!("{chart}: {:?}", files.keys()));
        assert!(svg.starts_with("<svg "), "{chart}");
        let spec: serde_json::Value = serde_json::from_str(&files[&format!("charts/{chart}.vl.json")]).unwrap();
        assert!(spec["data"]["values"].as_array().is_some_and(|rows| !rows.is_empty()), "{chart}");
    }
    // One month, one outlet, one speaker on a theme, and no word of anybody's gender: nothing to draw.
    for chart in ["themes_over_time", "themes_by_outlet", "themes_by_speaker", "women_and_men"] {
        assert!(!files.contains_key(&format!("charts/{chart}.svg")), "{chart}");
    }
    let page = &files["report.html"];
    assert!(page.contains("&lt;b&gt;broken&lt;/b&gt;.txt") && page.contains("binary file, not text"));
    assert!(page.contains("id=\"q-second:q2\""));
    assert!(blocks(page).len() > 8);
}

#[test]
fn a_page_names_no_address_it_could_fetch_and_no_handler() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &[sample::full(), sample::hostile()], None);
    let page = fs::read_to_string(dir.path().join("report.html")).unwrap();
    let markup = page.split("<script>").next().unwrap();
    let values = regex::Regex::new("\"[^\"]*\"").unwrap();
    let tags = regex::Regex::new("<[a-zA-Z][^>]*>").unwrap();
    for tag in tags.find_iter(&values.replace_all(markup, "\"\"")) {
        for forbidden in [" src=", " on", " style=", "<link", "<iframe", "<img", "<base", "<object", "<form"] {
            assert!(!tag.as_str().contains(forbidden), "{forbidden} in {}", tag.as_str());
        }
    }
    // Charts name their own parts: `clip-path="url(#clip1)"`.
    assert!(!markup.contains('\u{202E}') && !markup.replace("url(#", "").contains("url(") && !markup.contains("@import"));
    // The page's three scripts, and nobody else's.
    assert_eq!(page.matches("<script>").count(), 3);
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(policy.matches("sha256-").count(), 4);
    assert!(!policy.contains("unsafe") && policy.starts_with("default-src 'none'"), "{policy}");
    assert!(page.find("Content-Security-Policy").unwrap() < page.find("<style").unwrap());
}

#[test]
fn equal_runs_write_equal_pages() {
    let articles = [sample::full(), sample::hostile(), sample::named("c")];
    let [first, second] = [(); 2].map(|()| {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &articles, None);
        files(dir.path())
    });
    assert!(first == second);
}

#[test]
fn a_large_run_puts_its_articles_beside_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let articles: Vec<Analysis> = (0..300).map(|at| sample::named(&format!("a{at}"))).collect();
    write(dir.path(), &articles, Some(1));
    let written = files(dir.path());
    let page = &written["report.html"];
    assert!(page.len() < 1_000_000, "{}", page.len());
    assert!(page.contains("articles stand in 2 files in the folder report-files") && !page.contains("id=\"a-a0\""));
    assert!(page.contains("href=\"report-files/001.html#a-a0\"") && page.contains("href=\"report-files/002.html#a-a299\""));
    let beside = &written["report-files/001.html"];
    assert!(beside.contains("id=\"a-a0\"") && beside.contains("id=\"q-a0:q1\"") && beside.contains("../report.html#articles"));
    assert!(written["report-files/002.html"].contains("id=\"a-a299\""));
    // A small run takes the files away again, but no file of the user's.
    fs::write(dir.path().join("report-files/notes.html"), "mine").unwrap();
    write(dir.path(), &articles[..1], None);
    let names: Vec<String> = files(dir.path()).into_keys().filter(|name| !name.starts_with("charts/")).collect();
    assert_eq!(names, ["manifest.json", "report-files/notes.html", "report.html"]);
}

#[test]
fn an_empty_run_has_a_page() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &[], None);
    let files = files(dir.path());
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), ["manifest.json", "report.html"]);
    assert!(blocks(&files["report.html"]).len() == 2);
}
