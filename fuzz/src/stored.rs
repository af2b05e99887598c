//! Files of sayso's own that may come back damaged: models, and the journal of a run that was interrupted.
//!
//! The first line of an input says which file is changed and from which byte on (`model.safetensors 1200`); the rest is put there.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sayso::encoder::Encoder;
use sayso::ingest::{ReadOptions, discover};
use sayso::report::RunOptions;
use sayso::segment::Segmenter;
use sayso::{Batch, Document, ErrorKind, Pipeline, Report};
use tempfile::TempDir;

const TEXT: &str = "The port\n\n“We came early,” said Ana Lind, the mayor of Vik. She left at nine.\n";

/// Writes the rest of the input over a file's bytes; `None` where the first line names no file of the folder.
#[expect(clippy::disallowed_methods, reason = "a damaged file is what is wanted")]
fn damage(folder: &Path, names: &[&str], data: &[u8]) -> Option<()> {
    let end = data.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = data.split_at(end);
    let line = std::str::from_utf8(line).ok()?;
    let (name, from) = line.split_once(' ').unwrap_or((line, "0"));
    let path = folder.join(names.iter().find(|known| **known == name)?);
    let mut bytes = std::fs::read(&path).ok()?;
    let (from, rest) = (from.parse::<usize>().ok()?.min(bytes.len()), rest.get(1..).unwrap_or_default());
    let to = bytes.len().min(from + rest.len());
    bytes.splice(from..to, rest.iter().copied());
    std::fs::remove_file(&path).ok()?; // it may be a link to the file that ships
    std::fs::write(&path, bytes).ok()
}

/// A damaged model is refused, or reads an article all the same; without the list of checksums, which would refuse every one.
#[expect(clippy::expect_used, reason = "without a temporary folder there is nothing to fuzz")]
pub(crate) fn model(data: &[u8]) {
    const FILES: &[&str] = &["antecedents.safetensors", "config.json", "meaning.safetensors", "model.safetensors", "tokenizer.json"];
    let shipped = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../models/minilm-l6-attribution"));
    let folder = TempDir::new().expect("a temporary folder");
    for name in FILES {
        std::os::unix::fs::symlink(shipped.join(name), folder.path().join(name)).expect("a link");
    }
    if damage(folder.path(), FILES, data).is_none() {
        return;
    }
    match Encoder::load(folder.path()) {
        Err(error) => assert!(matches!(error.kind(), ErrorKind::Model(_) | ErrorKind::Read(_)), "{error:?}"),
        Ok(encoder) => {
            let doc = Document::from_text(TEXT);
            let seg = Segmenter::new().segment(&doc);
            if let Ok(encoding) = encoder.encode(&doc, &seg) {
                assert_eq!(encoding.upos.len(), seg.tokens.len());
            }
        }
    }
}

/// A run whose journal was damaged is refused, or ends with a report of the one article that there is.
#[expect(clippy::expect_used, clippy::disallowed_methods, reason = "without a temporary folder there is nothing to fuzz")]
pub(crate) fn journal(data: &[u8]) {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| Pipeline::builder().threads(std::num::NonZeroUsize::MIN).build().expect("the shipped model"));
    let folder = TempDir::new().expect("a temporary folder");
    let (article, run) = (folder.path().join("a.txt"), folder.path().join("run"));
    std::fs::write(&article, TEXT).expect("a temporary file");
    let inputs = discover(&[article]).expect("an article");
    let mut report = Report::create(&run, RunOptions::default()).expect("a report");
    report.keep_unfinished(true);
    Batch::new(pipeline, ReadOptions::default()).run(&inputs, |_, outcome| report.add(&outcome?)).expect("the article is read");
    drop(report);
    if damage(&run, &[".sayso-journal"], data).is_none() {
        return;
    }
    let Ok((mut report, replay)) = Report::resume(&run, RunOptions::default()) else { return };
    let batch = Batch::new(pipeline, ReadOptions::default()).resuming(replay);
    if batch.run(&inputs, |_, outcome| report.add(&outcome?)).is_ok() {
        assert!(report.finish().is_ok_and(|counts| counts.analysed == 1), "an article was lost");
    }
}
