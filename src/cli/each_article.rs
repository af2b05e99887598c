//! Analyses what the user names and hands on one article after another, past those that fail.

use std::path::PathBuf;

use sayso::{Analysis, Batch, ErrorKind, Pipeline};

use super::messages::Messages;
use super::progress::Progress;
use super::reading::ReadArgs;

/// What became of the articles.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) read: usize,
    pub(crate) failed: usize,
}

/// Analyses the articles of `paths` and hands each to `deliver`, in their order; one that fails is told on standard error.
pub(crate) fn each_article(
    pipeline: &Pipeline,
    read: &ReadArgs,
    paths: &[PathBuf],
    messages: &Messages,
    mut deliver: impl FnMut(&Analysis) -> anyhow::Result<()>,
) -> anyhow::Result<Count> {
    let options = read.options()?;
    let inputs = sayso::ingest::discover_with(&read.inputs(paths), &options)?;
    let progress = Progress::new(inputs.are_articles().then_some(inputs.len()), false);
    let mut count = Count::default();
    Batch::new(pipeline, options).run(&inputs, |source, outcome| {
        match &outcome {
            Ok(analysis) => {
                count.read += 1;
                progress.aside(|| deliver(analysis))?;
            }
            Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)) => {}
            Err(error) => {
                progress.aside(|| messages.error(error));
                count.failed += usize::from(!matches!(error.kind(), ErrorKind::LeftOut(_)));
            }
        }
        progress.done(&source.path);
        anyhow::Ok(())
    })?;
    Ok(count)
}
