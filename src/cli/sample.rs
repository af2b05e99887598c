//! `sayso sample`: quotations of a report for a person to check, or sentences to code.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueHint;
use sayso::exchange::{SampleFormat, SampleOptions, sample, sample_for_themes};

use super::exit::{Exit, HELP};
use super::messages::Messages;
use super::terminal::counted;

/// Options of `sayso sample`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct SampleArgs {
    /// A folder that sayso analyze -o has written
    #[arg(value_name = "RUN", value_hint = ValueHint::DirPath)]
    run: PathBuf,

    /// How many quotations to draw
    #[arg(long, value_name = "N", default_value = "100")]
    quotes: NonZeroUsize,

    /// Draw so many sentences to code by theme instead, half at random, half those that sayso is least sure of
    #[arg(long, value_name = "N", conflicts_with_all = ["quotes", "format"], num_args = 0..=1, default_missing_value = "200")]
    for_themes: Option<NonZeroUsize>,

    /// The same seed draws the same ones
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// What to write: csv, a table; or label-studio, a folder of tasks
    #[arg(long, value_name = "FORMAT", default_value_t = SampleFormat::Csv, value_parser = format)]
    format: SampleFormat,

    /// The file, or the folder for Label Studio, to write
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    output: PathBuf,
}

/// Draws a sample.
pub(crate) fn run(args: &SampleArgs, messages: &Messages) -> anyhow::Result<Exit> {
    if let Some(sentences) = args.for_themes {
        let counts = sample_for_themes(&args.run, sentences.get(), args.seed, &args.output)?;
        let drawn = format!("{} drawn at random and {} least sure", counts.random, counts.unsure);
        messages.note(format!("{drawn} of {} written to {}", counted(counts.of, "sentence"), args.output.display()));
        messages.hint("write themes' ids in its last column, a row more for each further theme, then run sayso codebook fit");
        return Ok(Exit::Done);
    }
    let options = SampleOptions { quotes: args.quotes.get(), seed: args.seed, format: args.format };
    let counts = sample(&args.run, options, &args.output)?;
    let strata = if counts.strata == 1 { "1 stratum".to_owned() } else { format!("{} strata", counts.strata) };
    messages.note(format!("{} of {} in {strata} written to {}", counts.drawn, counted(counts.of, "quotation"), args.output.display()));
    messages.hint("answer yes or no in its last columns, then run sayso evaluate --sample on it");
    Ok(Exit::Done)
}

fn format(name: &str) -> Result<SampleFormat, String> {
    name.parse().map_err(|error: sayso::Error| error.hint().unwrap_or("no such format").to_owned())
}
