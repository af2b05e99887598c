//! Hand-made analyses and temporary files for the tests of this module.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Measure, Scorer, Scores};
use crate::{Analysis, Attribution, Document, GoldAttribution, GoldDocument, Quote, QuoteKind, Segmentation, Span};

pub(super) use crate::testing::{shared, skipped};

/// Writes a file below `folder`, with the folders it needs.
pub(super) fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a temporary folder");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).open(&path).expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room for a small file");
    path
}

pub(super) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A quotation by its words; empty words for a missing part.
pub(super) fn quote(text: &str, source: &str, cue: &str, content: &str) -> Quote {
    let find = |words: &str| {
        let start = text.find(words).expect("the words stand in the text");
        Span::new(start, start + words.len())
    };
    let optional = |words: &str| (!words.is_empty()).then(|| find(words));
    Quote {
        id: String::new(),
        kind: QuoteKind::Indirect,
        content: vec![find(content)],
        cue: optional(cue),
        cue_class: None,
        source: optional(source),
        confidence: 1.0,
        rules: Vec::new(),
    }
}

/// An analysis without sentences, entities and speakers.
pub(super) fn analysis(doc: Document, quotes: Vec<Quote>) -> Analysis {
    Analysis {
        doc,
        seg: Segmentation::default(),
        entities: Vec::new(),
        keyphrases: Vec::new(),
        attribution: Attribution { speakers: Vec::new(), by_quote: vec![None; quotes.len()], ..Attribution::default() },
        quotes,
        themes: Vec::new(),
        passages: Vec::new(),
    }
}

/// The scores of one text.
pub(super) fn scored(measure: Measure, text: &str, gold: &[Quote], predicted: &[Quote]) -> Scores {
    let attribution = |quote: &Quote| GoldAttribution {
        source: quote.source.into_iter().collect(),
        cue: quote.cue.into_iter().collect(),
        content: quote.content.clone(),
        ..GoldAttribution::default()
    };
    let gold = GoldDocument {
        name: "text".to_owned(),
        text: text.to_owned(),
        attributions: gold.iter().map(attribution).collect(),
        ..GoldDocument::default()
    };
    let mut scorer = Scorer::new(measure, Vec::new());
    scorer.add(&gold, &analysis(gold.to_document(), predicted.to_vec()));
    scorer.scores().expect("nothing is read")
}
