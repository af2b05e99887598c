//! The same three articles in each format: the same text and what the format says about them; and what is no document.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::super::format::{Input, Place, RawArticle};
use super::{Likelihood, recognize};
use crate::ingest::ReadOptions;
use crate::{Markup, Result};

fn samples(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ingest").join(path)
}

const NAMES: [&str; 3] = ["taiwan-cable-ships", "kenya-health-record", "japan-care-robots"];

/// The paragraphs of one of the three articles as plain text has them.
fn paragraphs(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(samples(&format!("../../corpus/{name}.txt"))).unwrap().replace("\r\n", "\n");
    text.trim().split("\n\n").map(str::to_owned).collect()
}

/// Reads bytes as the surest reader does: its name and what it gives.
fn read(bytes: &[u8], name: &str) -> (&'static str, Vec<Result<RawArticle>>) {
    let head = bytes.get(..super::super::format::HEAD.min(bytes.len())).unwrap();
    let (format, likelihood) = recognize(head, name).unwrap_or_else(|| panic!("no reader for {name}"));
    assert!(likelihood > Likelihood::Possible, "{name}");
    let mut found = Vec::new();
    let mut each = |article| {
        found.push(article);
        ControlFlow::Continue(())
    };
    if let Err(error) = format.read(Input::of_bytes(name, bytes), &ReadOptions::default(), &mut each) {
        found.push(Err(error));
    }
    (format.name(), found)
}

fn read_sample(path: &str) -> (&'static str, Vec<RawArticle>) {
    let bytes = std::fs::read(samples(path)).unwrap();
    let (name, found) = read(&bytes, path);
    (name, found.into_iter().map(|article| article.unwrap_or_else(|error| panic!("{path}: {error}"))).collect())
}

/// What must hold of any article's text.
fn assert_clean(article: &RawArticle, path: &str) {
    let text = &article.text;
    assert_eq!(text.trim(), text, "{path}");
    assert!(!text.contains("\n\n\n") && !text.contains("  "), "{path}: {text}");
    assert!(!text.chars().any(|ch| ch.is_control() && ch != '\n' || matches!(ch, '\u{A0}' | '\u{AD}' | '\u{200B}' | '\u{FEFF}')), "{path}");
    for (span, _) in &article.markup {
        assert!(!text.get(span.range()).unwrap().trim().is_empty(), "{path}");
    }
}

fn metadata<'a>(article: &'a RawArticle, key: &str) -> &'a str {
    article.metadata.get(key).map_or("", String::as_str)
}

#[test]
fn documents_give_the_text_of_the_plain_files() {
    for name in NAMES {
        let expected = paragraphs(name);
        for (ext, format) in
            [("docx", "docx"), ("odt", "odt"), ("rtf", "rtf"), ("epub", "epub"), ("html", "html"), ("pdf", "pdf"), ("tei.xml", "tei")]
        {
            let path = format!("documents/{name}.{ext}");
            let (found, articles) = read_sample(&path);
            assert_eq!((found, articles.len()), (format, 1), "{path}");
            let article = &articles[0];
            assert_clean(article, &path);
            let is_whole = matches!(ext, "docx" | "odt" | "rtf" | "epub" | "pdf");
            let text: Vec<&str> = article.text.split("\n\n").collect();
            if is_whole {
                assert_eq!(text, expected, "{path}");
            } else {
                assert_eq!(text[0], expected[0], "{path}");
                // What finds the main content of a page drops its subheads now and then: a known fault, told in the documentation.
                let is_subhead = |text: &&String| ext == "html" && !text.contains(['.', '?', ':']);
                let lost = |text: &&String| !article.text.contains(*text) && !is_subhead(text);
                let missing: Vec<&String> = expected[2..].iter().filter(lost).collect();
                assert!(missing.len() <= 1, "{path}: {missing:?}");
            }
            assert_eq!(article.markup.first().map(|(_, mark)| *mark), Some(Markup::Heading), "{path}");
            let title = metadata(article, "title");
            assert!(title == expected[0] || title.is_empty() && ext == "pdf", "{path}: {title}");
        }
    }
}

#[test]
fn headings_of_documents_are_marked() {
    for ext in ["docx", "odt", "rtf", "pdf"] {
        let path = format!("documents/japan-care-robots.{ext}");
        let (_, articles) = read_sample(&path);
        let article = &articles[0];
        let headings: Vec<&str> = article.markup.iter().map(|(span, _)| article.text.get(span.range()).unwrap()).collect();
        let expected =
            [paragraphs("japan-care-robots")[0].clone(), "The other side of the table".to_owned(), "Back at the ministry".to_owned()];
        assert_eq!(headings, expected, "{path}");
    }
}

#[test]
fn exports_are_split_into_articles() {
    for (path, format, date) in [
        ("nexis.txt", "database-txt", ["March 12, 2026", "April 22, 2026", "February 1, 2026"]),
        ("nexis.html", "database-html", ["March 12, 2026", "April 22, 2026", "February 1, 2026"]),
        ("nexis.rtf", "rtf", ["March 12, 2026", "April 22, 2026", "February 1, 2026"]),
        ("nexis-uni.docx", "docx", ["March 12, 2026", "April 22, 2026", "February 1, 2026"]),
        ("factiva.html", "database-html", ["12 March 2026", "22 April 2026", "1 February 2026"]),
        ("factiva-printed.html", "database-html", ["12 March 2026", "22 April 2026", "1 February 2026"]),
        ("factiva.rtf", "rtf", ["12 March 2026", "22 April 2026", "1 February 2026"]),
        ("factiva.xml", "factiva-xml", ["2026-03-12", "2026-04-22", "2026-02-01"]),
        ("proquest.txt", "database-txt", ["Mar 12, 2026", "Apr 22, 2026", "Feb 1, 2026"]),
        ("proquest.html", "database-html", ["Mar 12, 2026", "Apr 22, 2026", "Feb 1, 2026"]),
        ("europresse.html", "database-html", ["12 mars 2026", "22 avril 2026", "1 février 2026"]),
        ("europresse-1.html", "database-html", ["12 mars 2026", "22 avril 2026", "1 février 2026"]),
    ] {
        let (found, articles) = read_sample(&format!("exports/{path}"));
        assert_eq!((found, articles.len()), (format, 3), "{path}");
        for (at, article) in articles.iter().enumerate() {
            assert_clean(article, path);
            let plain = paragraphs(NAMES[at]);
            let end = if at == 0 { plain.len() } else { plain.len() - 1 };
            let expected: Vec<&str> = std::iter::once(&plain[0]).chain(&plain[2..end]).map(String::as_str).collect();
            assert_eq!(article.text.split("\n\n").collect::<Vec<_>>(), expected, "{path} {at}");
            let outlet = ["Harbor Courier", "Rift Valley News Agency", "Quarterly of Ageing Policy"][at];
            let byline = ["Liao Pei-shan", "Wangari Mutiso", "Tachibana Mio"][at];
            assert_eq!(metadata(article, "title"), plain[0], "{path}");
            assert_eq!((metadata(article, "outlet"), metadata(article, "byline")), (outlet, byline), "{path}");
            assert_eq!(metadata(article, "date"), date[at], "{path}");
            assert!(metadata(article, "section").to_lowercase().starts_with(["politics", "health", "interview"][at]), "{path}");
            assert_eq!(article.place, Place::Part(at as u64 + 1), "{path}");
            let lost = ["Do not credit me", "All Rights", "droits", "LOAD-DATE", "Load-Date", "Nobody asked us", "certificat", "Document "];
            assert!(lost.iter().all(|words| !article.text.contains(words)), "{path}: {}", article.text);
        }
    }
}

#[test]
fn pages_give_the_article_and_nothing_of_others() {
    let whole = paragraphs("taiwan-cable-ships");
    let mut wrong = BTreeMap::new();
    for entry in std::fs::read_dir(samples("pages")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (format, articles) = read(&std::fs::read(&path).unwrap(), &format!("{name}.html"));
        let article = articles[0].as_ref().unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((format, articles.len()), ("html", 1), "{name}");
        assert_clean(article, &name);
        let wanted: Vec<&str> = match name.as_str() {
            "paywall" => vec![&whole[2], &whole[3]],
            "interview" => vec![&whole[2], &whole[3], &whole[7], &whole[9], "Two ships of 90 meters"],
            "block-quote" => {
                whole[2..].iter().map(String::as_str).chain(["No vessel shall drop anchor within one mile of a cable."]).collect()
            }
            _ => whole[2..].iter().map(String::as_str).collect(),
        };
        let plain = |text: &str| text.replace('’', "'");
        let text = plain(&article.text);
        let missing = wanted.iter().filter(|words| !text.contains(&plain(words))).count();
        let strange = [
            "Trapani",
            "Subscribe",
            "cookies",
            "Sign up",
            "Read also",
            "READ MORE",
            "Share this",
            "All rights",
            "Most popular",
            "floating",
        ];
        let found: Vec<&str> = strange.into_iter().filter(|words| text.contains(words)).collect();
        let twice = wanted.iter().filter(|words| text.matches(&plain(words)).count() > 1).count()
            + usize::from(text.matches("should own the ambulance").count() > 1)
            + usize::from(text.matches("A splicer takes seven years").count() > 1);
        // A page without marked facts has the outlet in its title.
        let title = metadata(article, "title").trim_start_matches("Harbor Courier Online: ");
        if missing + found.len() + twice > 0 || title != whole[0] {
            wrong.insert(name, (missing, found, twice, metadata(article, "title").to_owned()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pages_say_what_they_are() {
    for (name, byline, date, outlet, section) in [
        ("json-ld", "Liao Pei-shan", "2026-03-12", "Harbor Courier", "Politics"),
        ("div-paragraphs", "Liao Pei-shan", "2026-03-12", "Harbor Courier", "Politics"),
        ("microdata", "Liao Pei-shan", "2026-03-12", "", "Politics"),
        ("wordpress", "Liao Pei-shan", "2026-03-12", "Harbor Courier", "Politics"),
        ("amp", "Liao Pei-shan", "2026-03-12", "Harbor Courier", "Politics"),
        ("windows-1252", "", "", "", ""),
    ] {
        let (_, articles) = read_sample(&format!("pages/{name}.html"));
        let found = ["byline", "date", "outlet", "section"].map(|key| metadata(&articles[0], key));
        assert_eq!(found, [byline, date, outlet, section], "{name}");
    }
}

#[test]
fn block_quotations_of_pages_are_marked() {
    let (_, articles) = read_sample("pages/block-quote.html");
    let article = &articles[0];
    let quotes: Vec<&str> = article
        .markup
        .iter()
        .filter(|(_, mark)| *mark == Markup::BlockQuote)
        .map(|(span, _)| article.text.get(span.range()).unwrap())
        .collect();
    assert_eq!(quotes, ["No vessel shall drop anchor within one mile of a cable."]);
}

#[test]
fn columns_are_read_one_after_another() {
    let (_, articles) = read_sample("documents/two-columns-pages.pdf");
    let text = &articles[0].text;
    let expected = [&paragraphs("taiwan-cable-ships")[2..], &paragraphs("kenya-health-record")[2..]].concat();
    // A compound that is cut at its hyphen and stands nowhere else (*gray-/zone*) is joined: a column does not tell.
    let joined = |words: &str| words.replace('-', "");
    let missing: Vec<&String> = expected.iter().filter(|words| !joined(text).contains(&joined(words))).collect();
    assert!(missing.is_empty(), "{missing:#?}\n{text}");
    // The head of the first page differs from the others (it has the date) and stays, as a masthead would.
    assert!(text.matches("HARBOR COURIER").count() <= 1 && !text.contains("Page "), "{text}");
    let (_, articles) = read_sample("documents/sidebar.pdf");
    let missing: Vec<String> =
        paragraphs("taiwan-cable-ships").into_iter().skip(2).filter(|words| !articles[0].text.contains(words)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn bad_documents_are_one_clear_line() {
    let sample = |path: &str| std::fs::read(samples(path)).unwrap();
    let cut = |path: &str| {
        let bytes = sample(path);
        bytes[..bytes.len() / 2].to_vec()
    };
    let ole = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat();
    for (bytes, name, expected) in [
        (cut("documents/kenya-health-record.docx"), "a.docx", "cannot be read as DOCX: "),
        (cut("documents/kenya-health-record.odt"), "a.odt", "cannot be read as ODT: "),
        (cut("documents/kenya-health-record.epub"), "a.epub", "cannot be read as EPUB: "),
        (cut("documents/kenya-health-record.rtf"), "a.rtf", "the RTF file is cut off: its last group does not end"),
        (cut("documents/kenya-health-record.pdf"), "a.pdf", "cannot be read as PDF: "),
        (cut("documents/kenya-health-record.tei.xml"), "a.xml", "holds broken XML: "),
        (cut("exports/factiva.xml"), "a.xml", "holds broken XML: "),
        (ole, "a.docx", "the DOCX file is protected by a password"),
        (sample("documents/scan.pdf"), "a.pdf", "the PDF holds pictures of pages (a scan) and no text"),
        (sample("documents/locked.pdf"), "a.pdf", "the PDF file is protected by a password"),
        (b"not a pdf at all".to_vec(), "a.pdf", "cannot be read as PDF: "),
        (
            b"<!DOCTYPE html><html><body><script>x()</script></body></html>".to_vec(),
            "a.html",
            "the page holds no article: no running text is found in it",
        ),
    ] {
        let (_, found) = read(&bytes, name);
        let error = found.into_iter().find_map(Result::err).unwrap_or_else(|| panic!("{name} is read"));
        let line = error.to_string();
        assert!(line.starts_with(expected) && !line.contains('\n') && !line.ends_with('.'), "{name}: {line}");
        assert!(error.hint().is_some_and(|hint| !hint.is_empty()), "{name}");
    }
}

#[test]
fn hostile_pages_stay_bounded() {
    let start = std::time::Instant::now();
    let text = "<p>The bank raised its rates on Monday for the third time, its head said.</p>";
    for page in [
        format!("<html><body>{}{text}", "<div>".repeat(100_000)),
        format!("<html><body>{}{text}", "<b><i>".repeat(20_000)),
        format!("<html><body>{}{text}", "<div>".repeat(5_000)),
        format!("<html><body><div data-x=\"{}\">{text}{text}</div>", "x".repeat(2_000_000)),
        format!("<html><body><p>{}</p>{text}", "&amp;".repeat(200_000)),
        format!("<html><head><script>{}</script></head><body>{text}", "var x = '<p>no</p>';".repeat(50_000)),
    ] {
        let (_, found) = read(page.as_bytes(), "a.html");
        let fits = match &found[0] {
            Ok(article) => article.text.contains("its head said"),
            Err(error) => error.to_string().starts_with("the page nests more than"),
        };
        assert!(fits, "{found:?}");
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_articles_or_errors(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), at in 0_usize..6) {
        let (name, start) = [("a.html", "<html>"), ("a.rtf", "{\\rtf1"), ("a.pdf", "%PDF-1.4\n"), ("a.docx", "PK"), ("a.odt", "PK"), ("a.epub", "PK")][at];
        let bytes = [start.as_bytes(), &bytes].concat();
        let _ = read(&bytes, name);
    }
}
