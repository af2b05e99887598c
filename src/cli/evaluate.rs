//! `sayso evaluate`: how well the program does on annotated articles.

use clap::Args;

use super::exit::Exit;

/// Options of `sayso evaluate`.
#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {}

/// Scores the program.
pub(crate) fn run(_args: &EvaluateArgs) -> anyhow::Result<Exit> {
    anyhow::bail!("'sayso evaluate' is not part of this build")
}
