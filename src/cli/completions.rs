//! `sayso completions`: what a shell needs to complete commands, options and values.

use std::io::Write;

use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::exit::Exit;

/// Options of `sayso completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  sayso completions bash > ~/.local/share/bash-completion/completions/sayso\n  \
    sayso completions zsh > ~/.zfunc/_sayso\n  sayso completions fish > ~/.config/fish/completions/sayso.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions.
pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    // Into memory first: the generator ends the program where its output breaks off.
    let mut script = Vec::new();
    generate(args.shell, &mut super::args::Args::command(), "sayso", &mut script);
    let mut out = anstream::stdout().lock();
    out.write_all(&script)?;
    out.flush().context("cannot write the completions")?;
    Ok(Exit::Done)
}
