//! The command line's grammar and help texts.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueHint};

use super::agreement::AgreementArgs;
use super::codebook::CodebookCommand;
use super::completions::CompletionsArgs;
use super::engine::EngineArgs;
use super::evaluate::EvaluateArgs;
use super::exit::HELP;
use super::export::ExportArgs;
use super::format::OutputFormat;
use super::import::ImportArgs;
use super::kwic::KwicArgs;
use super::man::ManArgs;
use super::people::PeopleCommand;
use super::quotes::QuotesArgs;
use super::reading::ReadArgs;
use super::running::RunArgs;
use super::sample::SampleArgs;
use super::show::ShowArgs;
use super::themes::ThemesArgs;
use super::train_examples::TrainExamplesArgs;

/// Reads policy and news articles and writes down who said what, on which theme, and where it stands in the text.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, arg_required_else_help = false, after_help = HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The help page of the subcommand that was called.
pub(crate) fn help_page() -> String {
    let called = std::env::args_os().nth(1).and_then(|name| name.into_string().ok());
    let known = called.filter(|name| Args::command().find_subcommand(name).is_some());
    known.map_or_else(|| "sayso --help".to_owned(), |name| format!("sayso {name} --help"))
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Analyse articles: quotations, speakers, entities, keyphrases and themes
    Analyze(AnalyzeArgs),
    /// Print an article with its quotations, cues, sources and names marked in place
    Show(ShowArgs),
    /// Print the quotations of articles, filtered by speaker, kind, theme and confidence
    Quotes(QuotesArgs),
    /// Check, propose or print a codebook
    #[command(subcommand)]
    Codebook(CodebookCommand),
    /// Find a term in articles and print it with the words around it
    Kwic(KwicArgs),
    /// Compare the codings of two coders or more: percent agreement, kappa, alpha, precision, recall and F1
    Agreement(AgreementArgs),
    /// Write a report in the formats of annotation tools, corpora and qualitative analysis
    Export(ExportArgs),
    /// Turn annotations that were corrected in another program into gold for sayso evaluate and train-examples
    Import(ImportArgs),
    /// Draw quotations of a report for a person to check
    Sample(SampleArgs),
    /// List the themes that a run has found, rename and merge them, or freeze them into a codebook
    Themes(ThemesArgs),
    /// Print the JSON Schema of the files in a report's articles folder
    Schema,

    /// Print the table of words that class speakers as officials, politicians, experts and so on, to be edited for --speaker-classes
    SpeakerClasses,
    /// Score the program on annotated articles
    Evaluate(EvaluateArgs),
    /// Make a file for --people of other projects' files
    #[command(subcommand)]
    People(PeopleCommand),
    /// Turn annotated articles into examples for training
    TrainExamples(TrainExamplesArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write a folder with a page a command
    Man(ManArgs),
}

/// Options of `sayso analyze`.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct AnalyzeArgs {
    /// Articles, folders or archives of articles, patterns, @LIST (a file that names one file a line), - (standard input)
    #[arg(required_unless_present = "files_from", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) reading: ReadArgs,

    /// Write a report into this folder; without it, a summary is printed
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,

    /// Code themes with this codebook: a file (.toml, .yml, .dic, .cat, .ykd, .lcd, .lc3, .csv) or policy-agenda, innovation-industry,
    /// climate-energy; without it, themes come from headings and keyphrases
    #[arg(long, value_name = "FILE|NAME", value_hint = ValueHint::FilePath)]
    pub(crate) codebook: Option<PathBuf>,

    /// Give a sentence a theme from this probability on, 0 to 1, in place of the codebook's: lower finds more, higher errs less
    #[arg(long, value_name = "P", requires = "codebook", value_parser = probability)]
    pub(crate) min_probability: Option<f64>,

    /// Link speakers to the people of this CSV file (name, aliases, role, organisation, from, to, id)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) people: Option<PathBuf>,

    /// Class speakers (official, politician, expert …) by this CSV file in place of the table that `sayso speaker-classes` prints
    #[arg(long, value_name = "FILE")]
    pub(crate) speaker_classes: Option<PathBuf>,

    /// What to write: csv, json, html, jsonl, parquet, xlsx, sqlite, and what sayso export writes (into DIR/export); several with commas
    /// between [default: csv,json,html]; json without -o prints one line per article
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = OutputFormat::parse)]
    pub(crate) format: Vec<OutputFormat>,

    /// Write CSV without the byte order mark by which Excel knows UTF-8
    #[arg(long)]
    pub(crate) no_bom: bool,

    /// Past this size in megabytes report.html puts its articles into files beside it [default: 10]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) report_max_mb: Option<u32>,

    /// Use this model in place of the one inside the program
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) model: Option<PathBuf>,

    /// Threads to run on [default: one per processor]; results never depend on it
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Stop at the first article that fails, and write no report
    #[arg(long)]
    pub(crate) fail_fast: bool,

    /// Print errors only
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// Name every file that was passed over
    #[arg(long)]
    pub(crate) list_skipped: bool,

    #[command(flatten)]
    pub(crate) run: RunArgs,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,
}

fn probability(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "a probability is a number from 0 to 1".to_owned())
}
