//! `sayso import`: annotations that were corrected in another program become gold.

use std::path::PathBuf;

use clap::ValueHint;
use sayso::exchange::{ImportFormat, import};

use super::exit::{Exit, HELP};
use super::messages::Messages;
use super::terminal::counted;

/// Options of `sayso import`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct ImportArgs {
    /// What the annotations are: brat, csv, doccano, inception, label-studio, prodigy
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    from: ImportFormat,

    /// The file or folder that the other program exported
    #[arg(value_name = "CORRECTED", value_hint = ValueHint::AnyPath)]
    corrected: PathBuf,

    /// Where the articles are that csv, or brat, speaks of: a report's folder, or one of ID.txt
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    texts: Option<PathBuf>,

    /// Write the gold into this folder: a new one, or one that an import has written, which is replaced
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

/// Imports annotations.
pub(crate) fn run(args: &ImportArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let counts = import(args.from, &args.corrected, args.texts.as_deref(), &args.output)?;
    for note in &counts.notes {
        messages.warning(note);
    }
    let named = if counts.entities > 0 {
        format!(" and {}", counted(counts.entities, "named entity").replace("entitys", "entities"))
    } else {
        String::new()
    };
    let (articles, quotes) = (counted(counts.articles, "article"), counted(counts.quotes, "quotation"));
    messages.note(format!("{articles} with {quotes}{named} written to {}", args.output.display()));
    Ok(Exit::Done)
}

fn format(name: &str) -> Result<ImportFormat, String> {
    name.parse().map_err(|error: sayso::Error| error.hint().unwrap_or("no such format").to_owned())
}
