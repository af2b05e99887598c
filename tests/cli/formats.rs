//! Every format from outside: the same three articles give the same quotations, and what is wrong with a file is one clear line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{FERRY, LIBRARY, Place, code, text};

/// The samples, by what they hold.
const ALL_THREE: [&str; 19] = [
    "alerts.mbox",
    "answer.json",
    "articles.csv",
    "articles.csv.gz",
    "articles.jsonl",
    "articles.ods",
    "articles.parquet",
    "articles.tar.gz",
    "articles.tsv",
    "articles.xlsx",
    "articles.zip",
    "atom.xml",
    "feed.xml",
    "list.json",
    "pages.warc",
    "pages.warc.gz",
    "semicolons.txt",
    "utf16.csv",
    "zstd.parquet",
];

fn samples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// A place with every sample in `in`.
fn with_samples() -> Place {
    let entries = fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path());
    entries.fold(Place::new(), |place, path| {
        let name = format!("in/{}", path.file_name().unwrap().to_str().unwrap());
        place.file(&name, fs::read(path).unwrap())
    })
}

/// What somebody said, as far as it does not depend on where it stands.
fn quotations(article: &Value) -> Vec<String> {
    let names: BTreeMap<&str, &str> = article["speakers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|speaker| (speaker["id"].as_str().unwrap(), speaker["name"].as_str().unwrap()))
        .collect();
    let quotes = article["quotes"].as_array().unwrap().iter();
    let shown = quotes.map(|quote| {
        let content: Vec<&str> = quote["content"].as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap()).collect();
        format!("{} {:?}: {}", quote["kind"], quote["speaker"].as_str().map(|id| names.get(id)), content.join(" … "))
    });
    shown.collect()
}

#[test]
fn the_same_articles_give_the_same_quotations_in_every_format() {
    let place = with_samples();
    let output = place.run(&["analyze", "in", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in text(&output.stdout).lines() {
        let article: Value = serde_json::from_str(line).unwrap();
        by_file.entry(article["path"].as_str().unwrap().trim_start_matches("in/").to_owned()).or_default().push(article);
    }
    let of = |name: &str| quotations(&by_file[name][0]);
    let mut expected = [of("ferry.txt"), of("library.txt"), of("bridge.txt")];
    assert!(expected.iter().all(|quotes| quotes.len() >= 2), "{expected:?}");
    assert_eq!(of("front.txt"), expected[0]);
    assert_eq!(of("letter.eml"), expected[0]);
    expected.sort();
    for name in ALL_THREE {
        let mut found: Vec<Vec<String>> = by_file.get(name).map(|articles| articles.iter().map(quotations).collect()).unwrap_or_default();
        found.sort();
        assert_eq!(found, expected, "{name}");
    }
    let mut ids: Vec<&str> = by_file.values().flatten().map(|article| article["id"].as_str().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are unique");
}

#[test]
fn metadata_comes_out_where_it_went_in() {
    let place = with_samples();
    let output = place.run(&["analyze", "in", "-o", "run", "--format", "csv"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let table = fs::read_to_string(place.path("run/articles.csv")).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("cli_formats_articles_csv", table.trim_start_matches('\u{feff}')));
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let place = Place::with_articles()
        .file("in/a.png", b"\x89PNG\r\n\x1A\n")
        .file("in/b.png", b"\x89PNG\r\n\x1A\n")
        .file("in/codes.csv", "unit,theme\na,b\n")
        .file("in/README.md", "# Read me");
    let output = place.run(&["analyze", "in", "-o", "run", "--list-skipped"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 0, "{messages}");
    assert!(messages.contains("sayso: passed over: in/a.png (.png)\n"), "{messages}");
    assert!(
        messages
            .ends_with("sayso: 2 articles analysed, 4 passed over: 2 .png, 1 .csv without articles, 1 notice; reports written to run\n"),
        "{messages}"
    );
    let manifest: Value = serde_json::from_str(&fs::read_to_string(place.path("run/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["counts"]["passed_over"], 4);
    assert_eq!(manifest["passed_over"][0]["path"], "in/README.md");
    let output = place.run(&["analyze", "in/a.png"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).starts_with("sayso: error: in/a.png: not a text file: it is a picture\n"), "{}", text(&output.stderr));
}

#[test]
fn inputs_come_by_list_standard_input_and_pattern() {
    use std::io::Write;
    use std::process::Stdio;
    let place = Place::with_articles().file("list.txt", "# mine\nin/ferry.txt\n\nin/gone.txt\n");
    for list in [&["@list.txt"][..], &["--files-from", "list.txt"]] {
        let output = place.run(&[&["analyze"][..], list, &["--format", "json"]].concat());
        let messages = text(&output.stderr);
        assert_eq!((code(&output), text(&output.stdout).lines().count()), (1, 1), "{messages}");
        assert!(messages.contains("line 4 of list.txt names it"), "{messages}");
    }
    let mut child = place.command(&["analyze", "-", "--format", "json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"id,text\n7,\"\xE2\x80\x9CNo,\xE2\x80\x9D said Ivo Brandt.\"\n").unwrap();
    let article: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!((article["id"].as_str(), article["path"].as_str()), (Some("7"), Some("stdin")));
    assert_eq!(article["quotes"][0]["id"], "7:q1");
    let output = place.run(&["analyze", "https://example.org/a.html"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).starts_with("sayso: error: https://example.org/a.html: a URL: sayso never uses the network\n"));
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_hang_the_run() {
    let place = Place::new();
    assert!(std::process::Command::new("mkfifo").arg(place.path("pipe")).status().unwrap().success());
    let output = place.run(&["analyze", "pipe"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).starts_with("sayso: error: pipe: neither a file nor a folder"), "{}", text(&output.stderr));
}

#[test]
fn one_bad_byte_is_told_and_changes_nothing_else() {
    let mut bytes = FERRY.as_bytes().to_vec();
    bytes.extend(b"\xE9\n");
    let place = Place::new().file("in/good.txt", FERRY).file("in/bad.txt", bytes).file("in/library.txt", LIBRARY);
    let output = place.run(&["analyze", "in", "-o", "run"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 0, "{messages}");
    assert!(messages.contains("sayso: warning: in/bad.txt: 1 byte was not valid UTF-8 and replaced by U+FFFD\n"), "{messages}");
    let quotes = |id: &str| {
        let json = fs::read_to_string(place.path(&format!("run/articles/{id}.json"))).unwrap();
        quotations(&serde_json::from_str(&json).unwrap())
    };
    assert_eq!(quotes("bad"), quotes("good"));
    let table = fs::read_to_string(place.path("run/articles.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let columns: Vec<usize> = ["encoding", "repaired_bytes"]
        .iter()
        .map(|name| rows.headers().unwrap().iter().position(|column| column == *name).unwrap())
        .collect();
    let row = rows.records().next().unwrap().unwrap();
    assert_eq!((row.get(columns[0]), row.get(columns[1])), (Some("UTF-8"), Some("1")));
}

#[test]
fn equal_names_get_different_ids() {
    let place = Place::new().file("a/1.txt", FERRY).file("b/1.txt", LIBRARY);
    let (one, other) = (place.path("a/1.txt"), place.path("b/1.txt"));
    let output = place.run(&["analyze", one.to_str().unwrap(), other.to_str().unwrap(), "-o", "run"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert_eq!(super::names(&place.path("run/articles")), ["a-1.json", "b-1.json"]);
}

#[test]
fn other_languages_are_left_out_and_told() {
    let german = "Der Minister sagte am Montag, dass die Brücke bis zum Frühjahr für Reparaturen gesperrt werde.\n\n„Wir hatten keine Wahl“, sagte Ivo Brandt, der die Fähren betreibt.\n";
    let place = Place::with_articles().file("in/german.txt", german);
    let output = place.run(&["analyze", "in", "-o", "run"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 0, "{messages}");
    assert!(messages.contains("2 articles analysed, 1 not in English left out (--any-language takes them); reports"), "{messages}");
    let table = fs::read_to_string(place.path("run/articles.csv")).unwrap();
    assert!(table.contains("german,in/german.txt") && table.contains("left out,\"left out: in German, not in English\""), "{table}");
    let output = place.run(&["analyze", "in", "-o", "all", "--any-language"]);
    assert!(text(&output.stderr).contains("3 articles analysed"), "{}", text(&output.stderr));
}

#[test]
fn bad_tables_are_one_line_and_the_rest_is_done() {
    let place = Place::with_articles()
        .file("in/empty-column.csv", "id,text\n1,\n")
        .file("cut.xlsx", b"PK\x03\x04cut off")
        .file("no-column.csv", "unit,theme\na,b\n")
        .file("wide.csv", "x,".repeat(1_000_000));
    let output = place.run(&["analyze", "in", "cut.xlsx", "no-column.csv", "wide.csv", "-o", "run"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 1, "{messages}");
    for expected in [
        "sayso: error: in/empty-column.csv, row 1: the text column is empty\n",
        "sayso: error: cut.xlsx: no workbook: ",
        "sayso: error: no-column.csv: no column looks like the articles' text\n",
        "sayso: error: wide.csv: has 1000001 columns, more than the limit of 10000\n",
    ] {
        assert_eq!(messages.matches(expected).count(), 1, "{expected}: {messages}");
    }
    assert!(messages.ends_with("sayso: 2 articles analysed, 4 failed; reports written to run\n"), "{messages}");
    let output = place.run(&["analyze", "no-column.csv", "--text-column", "theme", "--format", "json"]);
    assert_eq!((code(&output), text(&output.stdout).lines().count()), (0, 1));
}

#[test]
fn a_run_can_end_early() {
    let place = Place::new().file("many.csv", format!("id,text\n{}", "1,Yes he said.\n".repeat(500)));
    let output = place.run(&["analyze", "many.csv", "-o", "run", "--max-articles", "3"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert_eq!(super::names(&place.path("run/articles")), ["1.json", "many-1-2.json", "many-1.json"]);
}

/// The samples of documents and of exports.
fn documents() -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest");
    let files = ["documents", "exports"].iter().flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    files.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn files_that_are_cut_off_or_something_else_are_told_and_the_rest_is_done() {
    let mut place = Place::with_articles();
    let samples = fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path()).chain(documents());
    let mut names = Vec::new();
    for sample in samples {
        let (name, whole) = (sample.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&sample).unwrap());
        let cut = whole.get(..whole.len() / 2).unwrap();
        let other = [b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".as_slice(), &[0; 64]].concat();
        for (kind, bytes) in [("cut", cut), ("other", &other)] {
            place = place.file(&format!("in/{kind}-{name}"), bytes);
            names.push(format!("in/{kind}-{name}"));
        }
    }
    let output = place.run(&["analyze", "in", "-o", "run", "--format", "csv", "--any-language"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 1, "{messages}");
    assert!(!messages.contains("internal error"), "{messages}");
    let manifest: Value = serde_json::from_slice(&fs::read(place.path("run/manifest.json")).unwrap()).unwrap();
    let mut rows = csv::Reader::from_path(place.path("run/articles.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    for name in &names {
        let is_row = rows.iter().any(|row| &row[1] == name);
        let is_over =
            manifest["passed_over"].as_array().unwrap().iter().any(|over| over["path"].as_str().unwrap().starts_with(name.as_str()));
        assert!(is_row || is_over, "{name} is passed over in silence");
    }
    for good in ["in/ferry.txt", "in/library.txt"] {
        assert!(rows.iter().any(|row| &row[1] == good && row.iter().any(|cell| cell == "analysed")), "{good}");
    }
    let failed = rows.iter().filter(|row| row.iter().any(|cell| cell == "failed")).count();
    assert_eq!(messages.matches("sayso: error: ").count(), failed, "one line for each failed row: {messages}");
}

#[test]
fn rows_in_two_encodings_are_both_read() {
    let rows = [
        b"id,text\na,\"The caf\xc3\xa9 will open again, said the owner of the place on Monday.\"\n".as_slice(),
        b"b,\"The caf\xe9 will close again, said the owner of the place on Friday.\"\n",
    ];
    let place = Place::new().file("in/mixed.csv", rows.concat());
    let output = place.run(&["analyze", "in", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let read = text(&output.stdout).lines().filter(|line| line.contains("\"text\":\"The café will ")).count();
    assert_eq!(read, 2, "{}", text(&output.stdout));
}
