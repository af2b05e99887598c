//! Every span of every stage fits its text: over the sample corpus, and over each of its articles as other systems would hand it on.

use std::path::Path;

use rayon::prelude::*;
use sayso::Pipeline;
use sayso::ingest::{ReadOptions, read_bytes};
use unicode_normalization::UnicodeNormalization;

/// A file's text as it is written somewhere else.
type Rewriting = (&'static str, fn(&str) -> String);

const REWRITINGS: [Rewriting; 5] = [
    ("as it is", str::to_owned),
    ("with CRLF line ends", |text| text.replace("\r\n", "\n").replace('\n', "\r\n")),
    ("with emoji", with_emoji),
    ("in decomposed characters", |text| text.nfd().collect()),
    ("with combining marks", with_marks),
];

/// Emoji of one and of several code points: before a mark, behind a full stop, inside a line, at its end.
fn with_emoji(text: &str) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| match at % 4 {
        0 => line.replace(". ", ". 😡 "),
        1 => format!("{line} 👩‍👩‍👧"),
        2 => line.replace('“', "🇪🇨“").replace('"', "\"📉"),
        _ => line.replacen(' ', " 🌊", 3),
    });
    lines.map(|line| line + "\n").collect()
}

/// A mark above every fifth letter.
fn with_marks(text: &str) -> String {
    let mut letters = 0;
    let mut marked = String::new();
    for ch in text.chars() {
        marked.push(ch);
        letters += usize::from(ch.is_alphabetic());
        if ch.is_alphabetic() && letters % 5 == 0 {
            marked.push('\u{308}');
        }
    }
    marked
}

#[test]
fn spans_fit_the_corpus_however_it_is_written() {
    let pipeline = Pipeline::builder().build().unwrap();
    let sources = sayso::ingest::discover(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap().sources;
    let articles: Vec<_> = sources.iter().flat_map(|source| REWRITINGS.iter().map(move |rewriting| (source, rewriting))).collect();
    let faults: Vec<String> = articles
        .par_iter()
        .filter_map(|(source, (how, rewrite))| {
            let text = rewrite(&std::fs::read_to_string(&source.path).unwrap());
            let doc = read_bytes(text.as_bytes(), &source.shown, &source.id, &ReadOptions::default()).unwrap();
            let fault = pipeline.analyze(doc).unwrap().check_spans().err()?;
            Some(format!("{} {how}: {fault}", source.id))
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
