//! `sayso train-examples`: annotated corpora to the windows the trainer reads.

use clap::Args;

use super::exit::Exit;

/// Options of `sayso train-examples`.
#[derive(Debug, Args)]
pub(crate) struct TrainExamplesArgs {}

/// Writes examples.
pub(crate) fn run(_args: &TrainExamplesArgs) -> anyhow::Result<Exit> {
    anyhow::bail!("'sayso train-examples' is not part of this build")
}
