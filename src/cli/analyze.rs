//! `sayso analyze`: a report in a folder, or a summary on the terminal.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use sayso::{Analysis, Batch, Error, ErrorKind, Format, Gazetteer, Pipeline, ReadOptions, Report, RunOptions, Source};

use super::args::AnalyzeArgs;
use super::codebook::CodebookText;
use super::exit::Exit;
use super::messages::Messages;
use super::progress::Progress;
use super::terminal::{counted, width};
use super::{summary, table};

/// Analyses articles.
pub(crate) fn run(args: &AnalyzeArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let options = args.read.options()?;
    let sources = sayso::discover(&args.paths)?;
    let mut output = Output::planned(args, sources.len())?;
    let codebook = args.codebook.as_deref().map(CodebookText::open).transpose()?;
    let pipeline = pipeline(args, codebook.as_ref())?;
    if let (Output::Report(report), Some(dir)) = (&mut output, &args.output) {
        *report = Some(Box::new(Report::create(dir, run_options(args, &options, &pipeline, codebook.as_ref())?)?));
    }
    let progress = Progress::new(sources.len(), args.quiet);
    let mut tally = Tally::default();
    let ended = Batch::new(&pipeline, options).run(&sources, |source, outcome| {
        let delivered = progress.aside(|| output.take(source, outcome.as_ref(), messages));
        progress.done(&source.shown);
        delivered.map_err(Stop::Output)?;
        tally.add(outcome.is_ok());
        if args.fail_fast && outcome.is_err() { Err(Stop::FirstFailure) } else { Ok(()) }
    });
    drop(progress);
    match ended {
        Err(Stop::Output(error)) => return Err(error),
        Err(Stop::FirstFailure) => return Ok(Exit::CouldNotRun),
        Ok(()) => output.finish()?,
    }
    close(args, messages, tally, sources.len());
    Ok(if tally.failed > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// Why a batch ends early.
enum Stop {
    /// A result could not be written.
    Output(anyhow::Error),
    /// An article failed under `--fail-fast`.
    FirstFailure,
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    analysed: usize,
    failed: usize,
}

impl Tally {
    fn add(&mut self, is_analysed: bool) {
        if is_analysed { self.analysed += 1 } else { self.failed += 1 }
    }
}

/// Where results go.
enum Output {
    /// Into a folder; `None` until the model is loaded.
    Report(Option<Box<Report>>),
    /// One article for people.
    Summary,
    /// Several articles for people, a line each.
    Table,
    /// A line of JSON each, for programs.
    Json,
}

impl Output {
    fn planned(args: &AnalyzeArgs, articles: usize) -> Result<Self, Error> {
        match args.format.as_slice() {
            _ if args.output.is_some() => Ok(Self::Report(None)),
            [] if articles == 1 => Ok(Self::Summary),
            [] => Ok(Self::Table),
            formats if formats.iter().all(|format| *format == Format::Json) => Ok(Self::Json),
            _ => {
                let error = Error::new(ErrorKind::Config("csv and html are several files and need a folder".to_owned()));
                Err(error.with_hint("name the folder with -o"))
            }
        }
    }

    /// Takes one article's outcome; an article that failed is told on standard error.
    fn take(&mut self, source: &Source, outcome: Result<&Analysis, &Error>, messages: &Messages) -> anyhow::Result<()> {
        if let Err(error) = outcome {
            messages.error(error);
        }
        let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
        match (self, outcome) {
            (Self::Report(Some(report)), Ok(analysis)) => report.add(analysis)?,
            (Self::Report(Some(report)), Err(error)) => report.add_failed(source, error)?,
            (Self::Summary, Ok(analysis)) => summary::write(&mut out, analysis, width())?,
            (Self::Table, Ok(analysis)) => table::row(&mut out, analysis, width())?,
            (Self::Json, Ok(analysis)) => sayso::write_json(analysis, &mut out)?,
            (Self::Report(None) | Self::Summary | Self::Table | Self::Json, _) => {}
        }
        Ok(out.flush()?)
    }

    fn finish(self) -> Result<(), Error> {
        if let Self::Report(Some(report)) = self {
            report.finish()?;
        }
        Ok(())
    }
}

fn close(args: &AnalyzeArgs, messages: &Messages, tally: Tally, articles: usize) {
    // One article's summary speaks for itself.
    if args.quiet || (args.output.is_none() && articles == 1) {
        return;
    }
    let failed = if tally.failed > 0 { format!(", {} failed", tally.failed) } else { String::new() };
    let written = args.output.as_ref().map(|dir| format!("; reports written to {}", dir.display())).unwrap_or_default();
    messages.note(format!("{} analysed{failed}{written}", counted(tally.analysed, "article")));
    if args.output.is_none() && args.format.is_empty() {
        messages.hint("pass -o DIR to write every quotation, speaker, entity and theme");
    }
}

fn pipeline(args: &AnalyzeArgs, codebook: Option<&CodebookText>) -> Result<Pipeline, Error> {
    let mut builder = args.engine.apply(Pipeline::builder());
    if let Some(path) = &args.model {
        builder = builder.model(path);
    }
    if let Some(codebook) = codebook {
        builder = builder.codebook(codebook.parse()?);
    }
    if let Some(path) = &args.people {
        builder = builder.people(Gazetteer::load(path)?);
    }
    if let Some(threads) = args.threads {
        builder = builder.threads(threads);
    }
    builder.build()
}

fn run_options(
    args: &AnalyzeArgs,
    options: &ReadOptions,
    pipeline: &Pipeline,
    codebook: Option<&CodebookText>,
) -> anyhow::Result<RunOptions> {
    let encoder = pipeline.encoder();
    Ok(RunOptions {
        model_version: encoder.version().to_owned(),
        model_sha256: encoder.sha256().to_owned(),
        codebook_sha256: codebook.map(|codebook| sayso::sha256(codebook.text.as_bytes())),
        people_sha256: args.people.as_deref().map(sha256).transpose()?,
        encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
        engine: pipeline.engine_record().clone(),
        formats: args.format.clone(),
        report_max_mb: args.report_max_mb,
    })
}

fn sha256(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("{}: cannot read", path.display()))?;
    Ok(sayso::sha256(&bytes))
}
