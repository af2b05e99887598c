//! Exports of one small article that has everything difficult: characters beyond the basic plane, CRLF, an interrupted quotation.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::record::{ArticleRecord, SpanRecord};
use super::{ExchangeFormat, export, labels, offsets::Offsets};
use crate::{Document, Metadata, Pipeline, Report, RunOptions};

const TEXT: &str = "Ferry fares rise 😀\r\n\r\nBy Nora Vik\r\n\r\n“We had no choice,” said Ivo Brandt, head of Northline Ferries & Co, “and riders \
    know it.”\r\n\r\nThe union said the \u{1F6A2} fares <hurt> islanders. Ana Lind, a nurse, called the plan “a joke”.\r\n";

pub(super) static RUN: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut metadata = Metadata::new();
    metadata.insert("date".to_owned(), "2031-04-05".to_owned());
    metadata.insert("outlet".to_owned(), "Vik Post".to_owned());
    let doc = Document::new("1-fares", "in/1-fares.txt", "", TEXT, metadata);
    let mut report = Report::create(&folder.path().join("run"), RunOptions::default()).expect("a new folder");
    report.add(&Pipeline::builder().build().expect("the bundled model").analyze(doc).expect("an analysis")).expect("room");
    report.finish().expect("room");
    folder
});

pub(super) fn exported(formats: &[ExchangeFormat]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    export(&RUN.path().join("run"), formats, &out).expect("an export");
    (folder, out)
}

pub(super) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn article() -> ArticleRecord {
    serde_json::from_str(&read(&RUN.path().join("run/articles/1-fares.json"))).expect("an article")
}

/// What the article has, by the report itself.
fn words(article: &ArticleRecord, label: &str) -> Vec<String> {
    let offsets = Offsets::new(&article.text);
    let (spans, _) = labels::labelled(article);
    spans.iter().filter(|span| span.label == label).map(|span| offsets.slice(span.span).to_owned()).collect()
}

#[test]
fn the_sample_is_worth_exporting() {
    let article = article();
    assert_eq!(
        words(&article, labels::CONTENT),
        ["“We had no choice,”", "“and riders know it.”", "the \u{1F6A2} fares <hurt> islanders", "the plan “a joke”"]
    );
}

#[test]
fn brat_offsets_are_code_points_of_its_text() {
    let (_folder, out) = exported(&[ExchangeFormat::Brat]);
    let text: Vec<char> = read(&out.join("brat/1-fares.txt")).chars().collect();
    let ann = read(&out.join("brat/1-fares.ann"));
    let spans: Vec<Vec<&str>> = ann.lines().filter(|line| line.starts_with('T')).map(|line| line.split('\t').collect()).collect();
    assert!(spans.len() > 8, "{ann}");
    for span in spans {
        let (_, places) = span[1].split_once(' ').expect("a label and places");
        let words: Vec<String> = places
            .split(';')
            .map(|place| {
                let (start, end) = place.split_once(' ').expect("two numbers");
                text[start.parse().unwrap()..end.parse().unwrap()].iter().collect()
            })
            .collect();
        assert_eq!(words.join(" "), span[2]);
    }
    assert!(
        ann.contains("\tsaid_by Arg1:T") && ann.contains("\tKind T") && read(&out.join("brat/annotation.conf")).contains("[relations]")
    );
}

#[test]
fn cas_offsets_are_utf16_units_of_its_text() {
    let (_folder, out) = exported(&[ExchangeFormat::Cas]);
    let xmi = read(&out.join("cas/1-fares.xmi"));
    let xml = roxmltree::Document::parse(&xmi).expect("well-formed");
    let units: Vec<u16> = xml.descendants().find_map(|node| node.attribute("sofaString")).expect("a text").encode_utf16().collect();
    assert_eq!(String::from_utf16(&units).unwrap(), TEXT);
    let contents: Vec<String> = xml
        .descendants()
        .filter(|node| node.attribute("part") == Some("Content"))
        .map(|node| {
            let at = |name| node.attribute(name).unwrap().parse::<usize>().unwrap();
            String::from_utf16(&units[at("begin")..at("end")]).unwrap()
        })
        .collect();
    assert_eq!(contents, words(&article(), labels::CONTENT));
    roxmltree::Document::parse(&read(&out.join("cas/TypeSystem.xml"))).expect("well-formed");
}

#[test]
fn tei_nests_and_keeps_the_text() {
    let (_folder, out) = exported(&[ExchangeFormat::Tei]);
    let tei = read(&out.join("tei/1-fares.xml"));
    let xml = roxmltree::Document::parse(&tei).expect("well-formed");
    let said: Vec<String> = xml
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.tei-c.org/ns/1.0", "said")))
        .map(|node| node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect())
        .collect();
    assert_eq!(said, words(&article(), labels::CONTENT));
    let text = xml.descendants().find(|node| node.has_tag_name(("http://www.tei-c.org/ns/1.0", "text"))).expect("a text");
    let all: String = text.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(plain(&all), plain(TEXT));
    assert!(tei.contains("<date when=\"2031-04-05\">") && tei.contains("next=\"#q1.2\"") && tei.contains("prev=\"#q1.1\""), "{tei}");
}

#[test]
fn json_formats_slice_to_their_words() {
    let (_folder, out) =
        exported(&[ExchangeFormat::LabelStudio, ExchangeFormat::Prodigy, ExchangeFormat::Doccano, ExchangeFormat::WebAnnotation]);
    let text: Vec<char> = TEXT.chars().collect();
    let slice = |start: &serde_json::Value, end: &serde_json::Value| {
        text[usize::try_from(start.as_u64().unwrap()).unwrap()..usize::try_from(end.as_u64().unwrap()).unwrap()].iter().collect::<String>()
    };
    let expected = words(&article(), labels::CONTENT);
    let contents = |rows: &serde_json::Value, start: &str, end: &str| {
        let rows =
            rows.as_array().expect("a list").iter().filter(|row| row["label"] == "Content" || row["value"]["labels"][0] == "Content");
        rows.map(
            |row| if row["value"].is_object() { slice(&row["value"][start], &row["value"][end]) } else { slice(&row[start], &row[end]) },
        )
        .collect::<Vec<String>>()
    };
    let json = |name: &str| serde_json::from_str::<serde_json::Value>(&read(&out.join(name))).expect("JSON");
    assert_eq!(contents(&json("label-studio/tasks.json")[0]["predictions"][0]["result"], "start", "end"), expected);
    let prodigy = json("prodigy.jsonl");
    assert_eq!(contents(&prodigy["spans"], "start", "end"), expected);
    for span in prodigy["spans"].as_array().expect("spans") {
        let token = |key: &str| &prodigy["tokens"][usize::try_from(span[key].as_u64().unwrap()).unwrap()];
        assert_eq!((&token("token_start")["start"], &token("token_end")["end"]), (&span["start"], &span["end"]), "{span}");
    }
    assert_eq!(contents(&json("doccano.jsonl")["entities"], "start_offset", "end_offset"), expected);
    for item in json("web-annotation/1-fares.jsonld")["items"].as_array().expect("items") {
        let selector = &item["target"]["selector"];
        assert_eq!(selector[1]["exact"], slice(&selector[0]["start"], &selector[0]["end"]));
    }
    roxmltree::Document::parse(&read(&out.join("label-studio/interface.xml"))).expect("well-formed");
}

#[test]
fn token_formats_hold_every_token_once() {
    let (_folder, out) = exported(&[ExchangeFormat::Conll2003, ExchangeFormat::ConllU]);
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let conll = read(&out.join("sayso.conll"));
    let forms: String = conll.lines().skip(2).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(plain(&forms), plain(TEXT));
    assert!(conll.contains("Ivo -X- -X- B-PER\nBrandt -X- -X- I-PER"), "{conll}");
    let conllu = read(&out.join("sayso.conllu"));
    let text: Vec<char> = TEXT.chars().collect();
    let rows: Vec<Vec<&str>> =
        conllu.lines().filter(|line| line.starts_with(|ch: char| ch.is_ascii_digit())).map(|line| line.split('\t').collect()).collect();
    for row in &rows {
        assert_eq!(row.len(), 10);
        let at = |key: &str| row[9].split('|').find_map(|pair| pair.strip_prefix(key)).unwrap().parse::<usize>().unwrap();
        assert_eq!(text[at("start_char=")..at("end_char=")].iter().collect::<String>(), row[1]);
    }
    assert!(conllu.contains("Quote=B-Content-q1") && conllu.contains("SpaceAfter=No"));
}

#[test]
fn refi_codes_quotations_and_makes_speakers_cases() {
    let (_folder, out) = exported(&[ExchangeFormat::Refi]);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(out.join("refi-qda/sayso.qdpx")).unwrap()).expect("a zip");
    let qde = std::io::read_to_string(zip.by_name("project.qde").expect("a project")).unwrap();
    let xml = roxmltree::Document::parse(&qde).expect("well-formed");
    let named = |name: &'static str| xml.descendants().filter(move |node| node.tag_name().name() == name);
    let source = named("TextSource").next().expect("a source").attribute("plainTextPath").unwrap();
    let text =
        std::io::read_to_string(zip.by_name(&format!("sources/{}", source.trim_start_matches("internal://"))).expect("its text")).unwrap();
    assert_eq!(text, TEXT);
    let text: Vec<char> = text.chars().collect();
    let at = |node: roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap().parse::<usize>().unwrap();
    let selected: Vec<String> =
        named("PlainTextSelection").map(|node| text[at(node, "startPosition")..at(node, "endPosition")].iter().collect()).collect();
    for words in words(&article(), labels::CONTENT) {
        assert!(selected.contains(&words), "{words}: {selected:?}");
    }
    assert!(named("Case").any(|case| case.attribute("name") == Some("Ivo Brandt")), "{qde}");
    let guids: Vec<&str> = xml.descendants().filter_map(|node| node.attribute("guid")).collect();
    assert_eq!(guids.iter().collect::<std::collections::BTreeSet<_>>().len(), guids.len(), "guids are unique");
    for target in xml.descendants().filter_map(|node| node.attribute("targetGUID")) {
        assert!(guids.contains(&target), "{target} is defined");
    }
}

#[test]
fn statements_have_person_organisation_and_place() {
    let (_folder, out) = exported(&[ExchangeFormat::Dna]);
    let table = read(&out.join("dna/statements.csv"));
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let text: Vec<char> = TEXT.chars().collect();
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let brandt = rows.iter().find(|row| &row[5] == "Ivo Brandt").expect("a statement of his");
    assert_eq!((&brandt[3], &brandt[4], &brandt[6]), ("2031-04-05", "Vik Post", "Northline Ferries & Co"));
    assert!(text[brandt[11].parse().unwrap()..brandt[12].parse().unwrap()].iter().collect::<String>().starts_with("“We had"));
}

#[test]
fn jsonl_is_the_articles_json() {
    let (_folder, out) = exported(&[ExchangeFormat::Jsonl]);
    let line = read(&out.join("articles.jsonl"));
    assert_eq!(line.lines().count(), 1);
    let whole: serde_json::Value = serde_json::from_str(&read(&RUN.path().join("run/articles/1-fares.json"))).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), whole);
}

#[test]
fn exports_replace_exports_and_nothing_else() {
    let (_folder, out) = exported(ExchangeFormat::ALL);
    assert!(out.join("tei").is_dir());
    export(&RUN.path().join("run"), &[ExchangeFormat::Jsonl], &out).expect("an export of ours is replaced");
    assert!(!out.join("tei").exists() && out.join("articles.jsonl").exists());
    let others = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(others.path().join("mine")).expect("a folder");
    let error = export(&RUN.path().join("run"), &[ExchangeFormat::Jsonl], others.path()).expect_err("files of others");
    assert!(error.to_string().contains("no export of sayso has written"), "{error}");
    let error = export(others.path(), &[ExchangeFormat::Jsonl], &out).expect_err("no report");
    assert!(error.to_string().contains("holds no whole report"), "{error}");
    let leftovers =
        std::fs::read_dir(out.parent().expect("a parent")).unwrap().filter(|entry| entry.as_ref().unwrap().file_name() != "out").count();
    assert_eq!(leftovers, 0);
}

#[test]
fn a_span_that_does_not_fit_is_empty() {
    assert_eq!(Offsets::new("ab").slice(SpanRecord { start: 5, end: 9 }), "");
}
