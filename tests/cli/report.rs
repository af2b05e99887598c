//! Reports as the program writes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use super::{FERRY, LIBRARY, Place, code, names, text};

const FILES: [&str; 23] = [
    "articles",
    "articles.csv",
    "charts",
    "entities.csv",
    "keyphrases.csv",
    "manifest.json",
    "people.csv",
    "quotation_clusters.csv",
    "quote_speakers.csv",
    "quotes.csv",
    "report.html",
    "speakers.csv",
    "theme_by_speaker.csv",
    "theme_cooccurrence.csv",
    "theme_coverage.csv",
    "theme_coverage_long.csv",
    "theme_evidence.csv",
    "theme_quotes.csv",
    "theme_sentences.csv",
    "theme_summary.csv",
    "theme_terms.csv",
    "theme_timeline.csv",
    "theme_totals.csv",
];

/// Every file under `dir`, by its path in it.
pub(super) fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    entries.map(|entry| (entry.path().strip_prefix(dir).unwrap().display().to_string(), fs::read(entry.path()).unwrap())).collect()
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

#[test]
fn writes_a_report_and_says_so() {
    let place = Place::with_articles();
    let output = place.run(&["analyze", "in", "-o", "reports/run1"]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).starts_with("2 articles, "), "{}", text(&output.stdout));
    assert_eq!(text(&output.stderr), "sayso: 2 articles analysed; reports written to reports/run1\n");
    assert_eq!(names(&place.path("reports/run1")), FILES);
    assert_eq!(names(&place.path("reports/run1/articles")), ["ferry.json", "library.json"]);
}

#[test]
fn reports_are_equal_bytes_for_any_number_of_threads() {
    let mut place = Place::new();
    for number in 0..12 {
        place = place.file(&format!("in/{number:02}.txt"), if number % 2 == 0 { FERRY } else { LIBRARY });
    }
    place = place.file("in/07b.txt", "");
    let mut reports = ["1", "2", "5"].map(|threads| {
        let output = place.run(&["analyze", "in", "-o", threads, "--threads", threads]);
        assert_eq!(code(&output), 1);
        files(&place.path(threads))
    });
    assert_eq!(reports[0], reports[1]);
    assert_eq!(reports[0], reports[2]);
    // Nor does a report know where it was made.
    let manifest = String::from_utf8(reports[0].remove("manifest.json").unwrap()).unwrap();
    assert!(!manifest.contains(place.dir.path().to_str().unwrap()) && !manifest.contains("threads"), "{manifest}");
}

#[test]
fn writes_the_formats_asked_for() {
    let place = Place::with_articles();
    place.run(&["analyze", "in", "-o", "csv", "--format", "csv"]);
    let is_table = |name: &&str| has_ending(name, "csv") || *name == "manifest.json";
    let tables = FILES.into_iter().filter(is_table);
    assert_eq!(names(&place.path("csv")), tables.collect::<Vec<_>>());
    place.run(&["analyze", "in", "-o", "json", "--format", "json"]);
    assert_eq!(names(&place.path("json")), ["articles", "manifest.json"]);
    place.run(&["analyze", "in", "-o", "html", "--format", "html"]);
    assert_eq!(names(&place.path("html")), ["charts", "manifest.json", "report.html"]);
    place.run(&["analyze", "in", "-o", "tables", "--format", "jsonl,parquet,xlsx,sqlite"]);
    assert_eq!(names(&place.path("tables")), ["articles.jsonl", "manifest.json", "parquet", "sayso.sqlite", "sayso.xlsx"]);
    assert_eq!(fs::read_to_string(place.path("tables/articles.jsonl")).unwrap().lines().count(), 2);
}

#[test]
fn tables_are_equal_whether_a_run_writes_them_or_an_export() {
    let place = Place::with_articles();
    place.run(&["analyze", "in", "-o", "run", "--format", "csv,jsonl,parquet,xlsx,sqlite", "--codebook", "policy-agenda"]);
    let output = place.run(&["export", "run", "--format", "parquet,xlsx,sqlite,brat", "-o", "out"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let (run, out) = (files(&place.path("run")), files(&place.path("out")));
    let is_table = |name: &&String| has_ending(name, "parquet") || name.starts_with("sayso.");
    let tables: Vec<&String> = run.keys().filter(is_table).collect();
    assert_eq!(tables.len(), 21, "nineteen tables, a workbook, a database: {tables:?}");
    for name in tables {
        assert!(run[name] == out[name], "{name}");
    }
    assert!(out.contains_key("brat/ferry.ann"), "articles come from articles.jsonl");
}

#[test]
fn formats_of_other_programs_go_beside_the_report_and_do_not_outlive_it() {
    let place = Place::with_articles();
    let output = place.run(&["analyze", "in", "-o", "run", "--format", "brat,csv,json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    place.run(&["export", "run", "--format", "brat", "-o", "out"]);
    assert_eq!(files(&place.path("run/export")), files(&place.path("out")));
    place.run(&["analyze", "in/ferry.txt", "-o", "run", "--format", "tei"]);
    assert_eq!(names(&place.path("run")), ["articles", "export", "manifest.json"]);
    assert_eq!(names(&place.path("run/export")), ["export.json", "tei"]);
    place.run(&["analyze", "in", "-o", "run", "--format", "csv"]);
    assert!(!place.path("run/export").exists());
}

#[test]
fn excel_knows_csv_as_utf_8() {
    let place = Place::with_articles();
    for (args, has_bom) in [(&["-o", "with"][..], true), (&["-o", "without", "--no-bom"], false)] {
        place.run(&[&["analyze", "in", "--format", "csv"][..], args].concat());
        for (name, contents) in files(&place.path(args[1])).iter().filter(|(name, _)| has_ending(name, "csv")) {
            assert_eq!(contents.starts_with(b"\xef\xbb\xbf"), has_bom, "{name}");
        }
    }
}

#[test]
fn a_failed_article_is_a_line_and_a_row() {
    let place = Place::with_articles().file("in/empty.txt", "");
    let output = place.run(&["analyze", "in", "-o", "run"]);
    assert_eq!(code(&output), 1);
    let messages = text(&output.stderr);
    assert!(
        messages.contains("sayso: error: in/empty.txt: ")
            && messages.contains("sayso: 2 articles analysed, 1 failed; reports written to run\n")
    );
    let table = fs::read_to_string(place.path("run/articles.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let column = rows.headers().unwrap().iter().position(|column| column == "status").unwrap();
    let status: Vec<String> = rows.records().map(Result::unwrap).map(|row| format!("{} {}", &row[0], &row[column])).collect();
    assert_eq!(status, ["empty failed", "ferry analysed", "library analysed"]);
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(place.path("run/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["counts"]["failed"], 1);
    assert_eq!(manifest["failures"][0]["path"], "in/empty.txt");
}

#[test]
fn fail_fast_writes_no_report() {
    let place = Place::with_articles().file("in/empty.txt", "");
    let output = place.run(&["analyze", "in", "-o", "run", "--fail-fast"]);
    assert_eq!(code(&output), 2);
    assert!(!place.path("run").exists());
}

#[test]
fn a_killed_run_leaves_the_old_report_whole() {
    let mut place = Place::with_articles();
    place.run(&["analyze", "in", "-o", "run"]);
    let old = files(&place.path("run"));
    for number in 0..300 {
        place = place.file(&format!("many/{number:03}.txt"), FERRY.repeat(5));
    }
    for wait in [1, 10, 40, 90, 160] {
        let mut child = place.command(&["analyze", "many", "-o", "run", "--quiet"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut found = files(&place.path("run"));
        found.retain(|name, _| !name.starts_with(".sayso-"));
        // Whether the run had ended its work is a matter of luck, half a report never is: a manifest stands by its own files alone.
        if let Some(manifest) = found.get("manifest.json")
            && manifest == &old["manifest.json"]
        {
            assert_eq!(found, old, "killed after {wait} ms");
        }
    }
    place.run(&["analyze", "in", "-o", "run"]);
    assert_eq!(files(&place.path("run")), old, "the next run clears up");
}

#[test]
fn links_speakers_to_known_people() {
    let place = Place::new()
        .file("in/fares.md", "---\ndate: 2024-06-01\n---\n# Fares\n\n“Fares will rise,” said Ivo Brandt, the transport minister.\n")
        .file("people.csv", "name,role,organisation,from,to,id\nIvo Brandt,minister,Norda,2023-01-01,2024-12-31,N7\n")
        .file("bad.csv", "name,from\nIvo Brandt,soon\n");
    let output = place.run(&["analyze", "in", "-o", "out", "--people", "people.csv"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    for name in ["out/speakers.csv", "out/people.csv"] {
        assert!(fs::read_to_string(place.path(name)).unwrap().contains("N7"), "{name}");
    }
    assert!(fs::read_to_string(place.path("out/speakers.csv")).unwrap().contains("minister (Norda)"));
    let output = place.run(&["analyze", "in", "-o", "out", "--people", "bad.csv"]);
    let expected =
        "sayso: error: bad.csv: line 2: from: 'soon' is no day\nsayso: hint: write days as 2031-04-05, or leave the cell empty\n";
    assert_eq!((code(&output), text(&output.stderr).as_str()), (2, expected));
}

#[test]
fn imports_people() {
    let place = Place::new().file("norda.actors.txt", "NORDA_ [NRD]\nIVO_BRANDT_\n\t[NRDGOV >soon]\n\t[NRDGOV 230101-241231]\n");
    let output = place.run(&["people", "import", "petrarch", "norda.actors.txt", "-o", "people.csv"]);
    let note = "sayso: left out: norda.actors.txt: line 3: 'soon' is no date; dates are written YYMMDD or YYYYMMDD\n";
    assert_eq!(
        (code(&output), text(&output.stdout).as_str(), text(&output.stderr).as_str()),
        (0, "1 person written to people.csv\n", note)
    );
    assert!(fs::read_to_string(place.path("people.csv")).unwrap().contains("Ivo Brandt,,government official,Norda,2023-01-01,2024-12-31"));
}
