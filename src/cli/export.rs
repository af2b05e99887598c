//! `sayso export`: a report in the formats that other programs read.

use std::path::PathBuf;

use clap::ValueHint;
use sayso::exchange::{ExchangeFormat, export};

use super::exit::{Exit, HELP};
use super::messages::Messages;
use super::terminal::counted;

/// Options of `sayso export`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct ExportArgs {
    /// A folder that sayso analyze -o has written
    #[arg(value_name = "RUN", value_hint = ValueHint::DirPath)]
    run: PathBuf,

    /// What to write: brat, cas, conll2003, conllu, dna, doccano, jsonl, label-studio, parquet, prodigy, refi-qda, sqlite, tei,
    /// web-annotation, xlsx
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', required = true, value_parser = format)]
    format: Vec<ExchangeFormat>,

    /// Write into this folder: a new one, or one that an export has written, which is replaced
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

/// Exports a report.
pub(crate) fn run(args: &ExportArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let mut formats = args.format.clone();
    formats.sort_unstable();
    formats.dedup();
    let counts = export(&args.run, &formats, &args.output)?;
    let (articles, quotes) = (counted(counts.articles, "article"), counted(counts.quotes, "quotation"));
    messages.note(format!("{articles} with {quotes} written to {}", args.output.display()));
    counts.notes.iter().for_each(|note| messages.warning(note));
    Ok(Exit::Done)
}

fn format(name: &str) -> Result<ExchangeFormat, String> {
    name.parse().map_err(|error: sayso::Error| error.hint().unwrap_or("no such format").to_owned())
}
