//! Sentences with what their meaning is made of, for the trainer of `meaning.safetensors`.

use std::convert::Infallible;
use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use crate::{Batch, Error, ErrorKind, Pipeline, ReadOptions, Result, discover};

/// A sentence as the program reads it in its article, a title or heading too.
#[derive(Debug, Serialize)]
struct Sentence<'a> {
    set: &'a str,
    doc: &'a str,
    text: &'a str,
    /// The unit mean of its token vectors.
    tokens: &'a [f32],
    /// The unit mean of its words' embeddings.
    words: &'a [f32],
}

/// Writes the sentences of the articles at `path`, in any format that articles are read from, as JSON lines, and tells how many.
///
/// # Errors
/// Where nothing can be read at `path`, the model fails or `out` cannot be written; articles that cannot be read are left out.
pub fn write_meanings(pipeline: &Pipeline, set: &str, path: PathBuf, out: &mut impl Write) -> Result<usize> {
    let sources = discover(&[path])?;
    let mut failed = None;
    let mut written = 0;
    let run = Batch::new(pipeline, ReadOptions::default()).run(&sources, |_, outcome| {
        let Ok(analysis) = outcome else { return Ok::<(), Infallible>(()) };
        let inputs = match pipeline.encoder().meaning_inputs(&analysis.doc, &analysis.seg) {
            Ok(inputs) => inputs,
            Err(error) => {
                failed = Some(error);
                return Ok(());
            }
        };
        for (sentence, inputs) in analysis.seg.sentences.iter().zip(&inputs) {
            let Some([tokens, words]) = inputs else { continue };
            let row = Sentence { set, doc: analysis.doc.id(), text: analysis.doc.slice(sentence.span), tokens, words };
            let line = serde_json::to_writer(&mut *out, &row).map_err(std::io::Error::from).and_then(|()| writeln!(out));
            match line {
                Ok(()) => written += 1,
                Err(error) => failed = Some(Error::new(ErrorKind::Write(error))),
            }
        }
        Ok(())
    });
    let Ok(()) = run;
    failed.map_or(Ok(written), Err)
}
