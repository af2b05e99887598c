//! `sayso themes`: the themes that a run has found, listed, renamed, merged, and frozen into a codebook.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueHint;
use sayso::report::{RunThemes, write_atomic};

use super::exit::{Exit, HELP};
use super::messages::Messages;
use super::style::{DIM, TITLE, styled};
use super::terminal::{counted, harmless};

/// Options of `sayso themes`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct ThemesArgs {
    /// A folder that sayso analyze -o has written
    #[arg(value_name = "RUN", value_hint = ValueHint::DirPath)]
    run: PathBuf,

    /// Give a theme another name; may be given again
    #[arg(long, value_name = "ID=NAME", value_parser = pair)]
    rename: Vec<(String, String)>,

    /// Make one theme of several, after renaming; may be given again
    #[arg(long, value_name = "ID+ID=NAME", value_parser = pair)]
    merge: Vec<(String, String)>,

    /// Take a theme out, after merging; may be given again
    #[arg(long, value_name = "ID")]
    remove: Vec<String>,

    /// Freeze them: write a codebook for analyze --codebook, which codes the same themes by their terms
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

/// Lists themes, or freezes them.
pub(crate) fn run(args: &ThemesArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let mut themes = RunThemes::read(&args.run)?;
    for (id, label) in &args.rename {
        themes.rename(id, label)?;
    }
    for (ids, label) in &args.merge {
        themes.merge(&ids.split('+').map(str::trim).collect::<Vec<_>>(), label)?;
    }
    for id in &args.remove {
        themes.remove(id)?;
    }
    if let Some(output) = &args.output {
        write_atomic(output, |out| out.write_all(themes.to_codebook().as_bytes()))?;
        messages.note(format!("{} written to {}", counted(themes.all().len(), "theme"), output.display()));
        messages.hint("edit it, then run sayso analyze --codebook with it");
        return Ok(Exit::Done);
    }
    let mut out = anstream::stdout().lock();
    for theme in themes.all() {
        let share = format!("{:.1} % of words, {}", 100.0 * theme.share, counted(theme.articles, "article"));
        writeln!(out, "{}  {}", styled(TITLE, &harmless(&theme.label)), styled(DIM, &format!("{} · {share}", theme.id)))?;
        writeln!(out, "  {}", harmless(&theme.terms.join(", ")))?;
        for example in &theme.examples {
            writeln!(out, "  {}", styled(DIM, &format!("“{}”", harmless(example))))?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((ids, label)) if !ids.trim().is_empty() && !label.trim().is_empty() => Ok((ids.trim().to_owned(), label.trim().to_owned())),
        _ => Err("write ID=NAME".to_owned()),
    }
}
