//! `sayso quotes`: quotations for the eye or for programs, filtered; or with `--why` what the rules did.

mod filter;
mod page;
mod rows;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use sayso::{Analysis, Error, ErrorKind, Pipeline, PipelineBuilder, Quote};

use super::codebook::CodebookText;
use super::each_article::each_article;
use super::engine::EngineArgs;
use super::exit::{Exit, HELP};
use super::messages::Messages;
use super::reading::ReadArgs;
use super::terminal::{counted, harmless, width_or};
use super::why;
use filter::FilterArgs;
use page::Page;
use rows::{CsvRows, json_lines};

/// How quotations are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum QuotesFormat {
    /// For the eye: a table, or a block a quotation where the terminal is narrow
    Table,
    /// CSV with a header
    Csv,
    /// A line of JSON a quotation
    Jsonl,
}

/// Options of `sayso quotes`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct QuotesArgs {
    /// Articles, or folders of articles
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    filter: FilterArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t = QuotesFormat::Table)]
    format: QuotesFormat,
    /// Print in this many columns [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
    /// Code themes with this codebook, as sayso analyze does
    #[arg(long, value_name = "FILE|NAME", value_hint = ValueHint::FilePath)]
    codebook: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    /// Use this model in place of the one inside the program
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    model: Option<PathBuf>,
    /// Say for each quotation of one article which rules found it, moved its borders and chose its cue and source, and what they dropped
    #[arg(long, conflicts_with_all = ["speaker", "kind", "theme", "min_confidence", "format"])]
    why: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Prints the quotations.
pub(crate) fn run(args: &QuotesArgs, messages: &Messages) -> anyhow::Result<Exit> {
    if args.why {
        return why(args);
    }
    let pipeline = pipeline(args)?;
    let mut output = Output::new(args)?;
    let (mut all, mut fitting) = (0, 0);
    let count = each_article(&pipeline, &args.read, &args.paths, messages, |analysis| {
        let quotes: Vec<usize> = (0..analysis.quotes.len()).filter(|&at| args.filter.takes(analysis, at)).collect();
        all += analysis.quotes.len();
        fitting += quotes.len();
        output.add(analysis, &quotes)
    })?;
    output.finish(all)?;
    if args.format == QuotesFormat::Table && (count.read > 1 || fitting < all) {
        let of = if fitting < all { format!("{} of {}", fitting, counted(all, "quotation")) } else { counted(all, "quotation") };
        messages.note(format!("{of} in {}", counted(count.read, "article")));
    }
    Ok(if count.failed > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// Where quotations go.
enum Output {
    Page(Page),
    Csv(CsvRows),
    Jsonl,
}

impl Output {
    fn new(args: &QuotesArgs) -> anyhow::Result<Self> {
        Ok(match args.format {
            QuotesFormat::Table => Self::Page(Page::new(width_or(args.width))),
            QuotesFormat::Csv => Self::Csv(CsvRows::new()?),
            QuotesFormat::Jsonl => Self::Jsonl,
        })
    }

    fn add(&mut self, analysis: &Analysis, quotes: &[usize]) -> anyhow::Result<()> {
        let mut out = anstream::AutoStream::auto(io::stdout().lock());
        match self {
            Self::Page(page) => page.add(&mut out, analysis, quotes)?,
            Self::Csv(rows) => rows.add(&mut out, analysis, quotes)?,
            Self::Jsonl => json_lines(&mut out, analysis, quotes)?,
        }
        Ok(out.flush()?)
    }

    fn finish(&mut self, all: usize) -> anyhow::Result<()> {
        if let Self::Page(page) = self {
            page.finish(&mut anstream::stdout().lock(), all)?;
        }
        Ok(())
    }
}

fn pipeline(args: &QuotesArgs) -> anyhow::Result<Pipeline> {
    let codebook = args.codebook.as_deref().map(CodebookText::open).transpose()?;
    let builder = args.model.iter().fold(args.engine.apply(Pipeline::builder()).max_bytes(args.read.max_bytes()), PipelineBuilder::model);
    let codebook = codebook.map(|codebook| codebook.parse()).transpose()?;
    Ok(codebook.into_iter().fold(builder, PipelineBuilder::codebook).build()?)
}

/// Prints what the rules did to one article.
fn why(args: &QuotesArgs) -> anyhow::Result<Exit> {
    let options = args.read.options()?;
    let inputs = sayso::ingest::discover_with(&args.read.inputs(&args.paths), &options)?;
    let [source] = inputs.sources.as_slice() else {
        let error =
            Error::new(ErrorKind::Config(format!("--why tells of one article, here are {}", counted(inputs.sources.len(), "file"))));
        return Err(error.with_hint("name one file").into());
    };
    let (analysis, trail) = pipeline(args)?.explain(sayso::ingest::read_file(source, &options)?)?;
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    why::write(&mut out, &analysis, &trail, width_or(args.width))?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The speaker's name with the words of the article that stand for it, where they are others.
pub(super) fn speaker(analysis: &Analysis, at: usize, quote: &Quote) -> String {
    let name = analysis.speaker_of(at).map(|speaker| harmless(&speaker.name));
    let words = quote.source.map(|span| harmless(analysis.doc.slice(span)));
    match (name, words) {
        (Some(name), Some(words)) if name != words => format!("{name} ({words})"),
        (Some(name), _) => name,
        (None, Some(words)) => format!("? ({words})"),
        (None, None) => "?".to_owned(),
    }
}
