//! `sayso evaluate`: scores the program on annotated articles.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum, ValueHint};
use sayso::evaluate::cases::CaseScores;
use sayso::evaluate::{CheckedSample, Measure};
use sayso::{Error, ErrorKind, Pipeline};

use super::engine::EngineArgs;
use super::exit::Exit;
use super::terminal::harmless;

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
    /// Which speakers of several articles are one person, by pairs and by B³
    People,
    /// Small texts with what must come out of them: .toml, .jsonl
    Cases,
}

impl MeasureArg {
    /// The measure over a gold corpus; none for cases, which carry their own texts.
    fn over_gold(self) -> Option<Measure> {
        match self {
            Self::Attribution => Some(Measure::Attribution),
            Self::Cofenet => Some(Measure::Cofenet),
            Self::Units => Some(Measure::Units),
            Self::Ner => Some(Measure::Ner),
            Self::Speakers => Some(Measure::Speakers),
            Self::Sentences => Some(Measure::Sentences),
            Self::Pronouns => Some(Measure::Pronouns),
            Self::Coreference => Some(Measure::Coreference),
            Self::Keyphrases => Some(Measure::Keyphrases),
            Self::People => Some(Measure::People),
            Self::Cases => None,
        }
    }
}

/// Scores the program on annotated articles: precision, recall, F1
#[derive(Debug, Args)]
#[expect(clippy::doc_markdown, reason = "help texts carry no markup")]
pub(crate) struct EvaluateArgs {
    /// What to compare
    #[arg(value_enum, required_unless_present = "sample")]
    measure: Option<MeasureArg>,
    /// Annotated file or folder: .jsonl, .json, .conllu, .tsv with .txt, re3d; for `cases` one or more
    #[arg(required_unless_present = "sample", value_name = "GOLD", value_hint = ValueHint::AnyPath)]
    gold: Vec<PathBuf>,
    /// Print the error rate of a sample that sayso sample drew and a person has checked, with its interval
    #[arg(long, value_name = "CSV", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["measure", "gold", "run", "rows", "split", "kind", "model"])]
    sample: Option<PathBuf>,
    /// Compare what this report holds in place of analysing anew: attribution, units, ner and speakers
    #[arg(long, value_name = "RUN", value_hint = ValueHint::DirPath)]
    run: Option<PathBuf>,
    /// Token rows of the CofeNet paper, for `cofenet`
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// Compare only the articles of this split, where the corpus has splits
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Compare only the cases of this kind (may be repeated)
    #[arg(long, value_name = "NAME")]
    kind: Vec<String>,
    /// Print each case that fails: its text, what was expected and what was got
    #[arg(short, long)]
    verbose: bool,
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
    if let Some(sample) = &args.sample {
        return print(args, &CheckedSample::read(sample)?, "");
    }
    let Some(measure) = args.measure.and_then(MeasureArg::over_gold) else { return cases(args) };
    let [gold] = args.gold.as_slice() else {
        return Err(wrong_use(format!("{measure} reads one file or folder"), "put the files into one folder").into());
    };
    if args.verbose || !args.kind.is_empty() {
        return Err(wrong_use("only cases are told one by one and have kinds".to_owned(), "leave out -v and --kind").into());
    }
    let options = sayso::evaluate::EvaluateOptions { rows: args.rows.as_deref(), split: args.split.as_deref() };
    let scores = if let Some(run) = &args.run {
        if !matches!(measure, Measure::Attribution | Measure::Units | Measure::Ner | Measure::Speakers) {
            return Err(wrong_use(format!("a report does not hold what {measure} compares"), "leave out --run").into());
        }
        sayso::evaluate::evaluate(|doc| sayso::exchange::recorded(run, doc.id()), measure, gold, options)?
    } else {
        let pipeline = pipeline(args)?;
        sayso::evaluate::evaluate(|doc| pipeline.analyze(doc), measure, gold, options)?
    };
    print(args, &scores, "")
}

/// Runs cases and prints how many are right.
fn cases(args: &EvaluateArgs) -> anyhow::Result<Exit> {
    if args.rows.is_some() || args.split.is_some() || args.run.is_some() {
        return Err(wrong_use("cases have neither rows nor splits nor a report".to_owned(), "leave out --rows, --split and --run").into());
    }
    let mut cases = Vec::new();
    for path in &args.gold {
        cases.extend(sayso::evaluate::cases::load(path)?);
    }
    cases.retain(|case| args.kind.is_empty() || args.kind.contains(&case.kind));
    if cases.is_empty() {
        return Err(wrong_use("no case is of this kind".to_owned(), "kinds are what the table without --kind lists").into());
    }
    let outcomes = sayso::evaluate::cases::run(&pipeline(args)?, &cases);
    let told = outcomes.iter().filter(|outcome| args.verbose && !outcome.is_right()).map(|outcome| outcome.to_string() + "\n");
    print(args, &CaseScores::of(&outcomes), &told.collect::<String>())
}

fn pipeline(args: &EvaluateArgs) -> sayso::Result<Pipeline> {
    let builder = args.engine.apply(Pipeline::builder());
    args.model.iter().fold(builder, sayso::PipelineBuilder::model).build()
}

fn wrong_use(what: String, hint: &str) -> Error {
    Error::new(ErrorKind::Config(what)).with_hint(hint)
}

fn print(args: &EvaluateArgs, scores: &(impl serde::Serialize + std::fmt::Display), told: &str) -> anyhow::Result<Exit> {
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, scores).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}{scores}", harmless_lines(told))?;
    }
    out.flush().context("cannot write the scores")?;
    Ok(Exit::Done)
}

/// Texts of files may hold control characters, which a terminal obeys.
fn harmless_lines(told: &str) -> String {
    let shown = told.lines().map(|line| " ".repeat(line.len() - line.trim_start_matches(' ').len()) + &harmless(line) + "\n");
    shown.collect()
}
