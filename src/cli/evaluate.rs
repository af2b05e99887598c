//! `sayso evaluate`: scores the program on annotated articles.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use sayso::{Measure, Pipeline};

use super::engine::EngineArgs;
use super::exit::Exit;

/// What `sayso evaluate` compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(clippy::doc_markdown, reason = "help texts carry no markup")]
pub(crate) enum MeasureArg {
    /// Exact spans of source, cue and content
    Attribution,
    /// The same on the tokens of the CofeNet paper's files; needs --rows
    Cofenet,
    /// Contents: exact and overlapping, by kind, with their sources
    Units,
    /// Named entities by label
    Ner,
    /// Quotations with the canonical name of their speaker
    Speakers,
    /// Sentence boundaries by genre
    Sentences,
    /// Which of two names a pronoun means: GAP's .tsv
    Pronouns,
    /// Third-person pronouns resolved to the right chain: .conll, GUM's .jsonl
    Coreference,
    /// Keyphrases against chosen ones, by their own ranking and by tf-idf; salient entities among them
    Keyphrases,
}

impl From<MeasureArg> for Measure {
    fn from(measure: MeasureArg) -> Self {
        match measure {
            MeasureArg::Attribution => Self::Attribution,
            MeasureArg::Cofenet => Self::Cofenet,
            MeasureArg::Units => Self::Units,
            MeasureArg::Ner => Self::Ner,
            MeasureArg::Speakers => Self::Speakers,
            MeasureArg::Sentences => Self::Sentences,
            MeasureArg::Pronouns => Self::Pronouns,
            MeasureArg::Coreference => Self::Coreference,
            MeasureArg::Keyphrases => Self::Keyphrases,
        }
    }
}

/// Scores the program on annotated articles: precision, recall, F1
#[derive(Debug, Args)]
#[expect(clippy::doc_markdown, reason = "help texts carry no markup")]
pub(crate) struct EvaluateArgs {
    /// What to compare
    #[arg(value_enum)]
    measure: MeasureArg,
    /// Annotated file or folder: .jsonl, .json, .conllu, .tsv with .txt, re3d
    gold: PathBuf,
    /// Token rows of the CofeNet paper, for `cofenet`
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// Compare only the articles of this split, where the corpus has splits
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Print JSON in place of a table
    #[arg(long)]
    json: bool,
    /// A model folder in place of the one inside the program
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Analyses every article of the gold and prints the scores.
pub(crate) fn run(args: &EvaluateArgs) -> anyhow::Result<Exit> {
    let builder = args.engine.apply(Pipeline::builder());
    let pipeline = args.model.iter().fold(builder, sayso::PipelineBuilder::model).build()?;
    let options = sayso::EvaluateOptions { rows: args.rows.as_deref(), split: args.split.as_deref() };
    let scores = sayso::evaluate(|doc| pipeline.analyze(doc), args.measure.into(), &args.gold, options)?;
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &scores).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{scores}")?;
    }
    out.flush().context("cannot write the scores")?;
    Ok(Exit::Done)
}
