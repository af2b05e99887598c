//! `sayso analyze`: a report in a folder, or a summary on the terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::Context;
use sayso::corpus::Replay;
use sayso::exchange::{Export, remove_former};
use sayso::ingest::{ArticleSource, Inputs, PassedOver, ReadOptions, kinds};
use sayso::report::{Format, RunOptions, RunTotals};
use sayso::speakers::{Gazetteer, SpeakerClasses};
use sayso::{Analysis, Batch, Error, ErrorKind, Pipeline, Report};

use super::args::AnalyzeArgs;
use super::codebook::CodebookText;
use super::exit::Exit;
use super::file_names::FileNames;
use super::format::{OutputFormat, of_others, of_report};
use super::messages::Messages;
use super::progress::Progress;
use super::signals::Signals;
use super::terminal::{counted, width};
use super::{batch_summary, summary, table};

/// Analyses articles.
pub(crate) fn run(args: &AnalyzeArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let options = args.reading.options()?;
    let inputs = sayso::ingest::discover_with(&args.reading.inputs(&args.paths), &options)?;
    let is_one = inputs.are_articles() && inputs.len() == 1;
    let mut output = Output::planned(args, is_one)?;
    let codebook = args.codebook.as_deref().map(CodebookText::open).transpose()?;
    let pipeline = pipeline(args, codebook.as_ref())?;
    let drawn = args.run.draw(&inputs, &options)?;
    let run_options = run_options(args, &options, &pipeline, codebook.as_ref())?;
    let run_options = RunOptions { sample: args.run.sample_record(drawn.as_ref()), settings: settings(args, &inputs), ..run_options };
    let replay = output.open(args, run_options, messages)?;
    let expected = drawn.as_ref().map(|drawn| drawn.articles).or_else(|| inputs.are_articles().then_some(inputs.len()));
    let progress =
        Progress::new(expected.map(|articles| articles.min(args.run.max_articles.map_or(articles, NonZeroUsize::get))), args.quiet);
    let (mut tally, mut totals) = (Tally::default(), RunTotals::default());
    for over in &inputs.passed_over {
        output.pass_over(over);
        tally.pass_over(over.clone());
    }
    let signals = Signals::listen();
    let batch = Batch::new(&pipeline, options).resuming(replay).sampled(drawn).time_limit(args.run.article_timeout).until(signals.flag());
    let ended = batch.run(&inputs, |source, outcome| {
        if let Some(over) = outcome.as_ref().err().and_then(|error| passed_over(source, error)) {
            tally.pass_over(over);
            return output.take(source, outcome.as_ref(), messages).map_err(Stop::Output);
        }
        if matches!(&outcome, Err(error) if matches!(error.kind(), ErrorKind::Resume(_))) {
            return Err(Stop::Output(outcome.err().map_or_else(|| anyhow::anyhow!("cannot resume"), Into::into)));
        }
        match &outcome {
            // A report's are counted when it is written, with the themes and people of the whole run.
            Ok(analysis) if matches!(output, Output::Table(_)) => totals.add(analysis).map_err(|error| Stop::Output(error.into()))?,
            Ok(_) => {}
            Err(error) => totals.add_failed(source, error),
        }
        let delivered = progress.aside(|| {
            tally.tell(source, outcome.as_ref(), args, messages);
            output.take(source, outcome.as_ref(), messages)
        });
        progress.done(&source.path);
        delivered.map_err(Stop::Output)?;
        let is_failure = tally.add(outcome.as_ref().map(|_| ()));
        match args.run.max_articles {
            _ if args.fail_fast && is_failure => Err(Stop::FirstFailure),
            Some(most) if tally.articles() >= most.get() => Err(Stop::Enough),
            _ => Ok(()),
        }
    });
    progress.write();
    match ended {
        Err(Stop::Output(error)) => return Err(error),
        Err(Stop::FirstFailure) => {
            output.forget();
            return Ok(Exit::CouldNotRun);
        }
        Ok(()) if signals.received().is_some() => {
            drop(progress);
            return Ok(interrupted(args, messages, &tally, signals.received().unwrap_or_default()));
        }
        Ok(()) | Err(Stop::Enough) => {
            let is_for_people = !matches!(output, Output::Json | Output::Summary);
            output.finish(&mut totals)?.iter().for_each(|note| messages.warning(note));
            totals.settle()?;
            if is_for_people && !is_one && !args.quiet {
                print_totals(&totals, args.output.is_none())?;
            }
        }
    }
    drop(progress);
    close(args, messages, &tally, is_one);
    Ok(if tally.failed > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// Says what is done and how to go on.
fn interrupted(args: &AnalyzeArgs, messages: &Messages, tally: &Tally, signal: u8) -> Exit {
    messages.note(format!("interrupted: {} done", counted(tally.articles(), "article")));
    match &args.output {
        Some(dir) if tally.articles() > 0 => {
            messages.hint(format!("the same command with --resume goes on from there; what is done waits in {}", dir.display()));
        }
        _ => {}
    }
    Exit::Interrupted(signal)
}

/// Options that change what a report says, beside those in its manifest: a run goes on only with the same.
fn settings(args: &AnalyzeArgs, inputs: &Inputs) -> BTreeMap<String, String> {
    let limit = args.run.max_articles.map(|most| most.to_string()).unwrap_or_default();
    let mut settings = args.reading.settings();
    let others = of_others(&args.format).iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    settings.insert("--max-articles".to_owned(), limit);
    settings.insert("--format of other programs".to_owned(), others);
    settings.insert("list of inputs".to_owned(), inputs.describe());
    settings
}

/// Why a batch ends early.
enum Stop {
    /// A result could not be written.
    Output(anyhow::Error),
    /// An article failed under `--fail-fast`.
    FirstFailure,
    /// As many articles are done as `--max-articles` wants.
    Enough,
}

/// A file inside an archive that is no article.
fn passed_over(source: &ArticleSource, error: &Error) -> Option<PassedOver> {
    let ErrorKind::PassedOver(kind) = error.kind() else { return None };
    Some(PassedOver { path: source.shown(), kind: kind.clone() })
}

/// What became of the articles.
#[derive(Debug, Default)]
struct Tally {
    analysed: usize,
    failed: usize,
    left_out: usize,
    passed_over: Vec<PassedOver>,
    /// The guesses told so far.
    told: BTreeSet<String>,
}

impl Tally {
    /// Counts an article; says whether it failed.
    fn add(&mut self, outcome: Result<(), &Error>) -> bool {
        match outcome {
            Ok(()) => self.analysed += 1,
            Err(error) if matches!(error.kind(), ErrorKind::LeftOut(_)) => self.left_out += 1,
            Err(_) => {
                self.failed += 1;
                return true;
            }
        }
        false
    }

    /// All articles so far.
    fn articles(&self) -> usize {
        self.analysed + self.failed + self.left_out
    }

    fn pass_over(&mut self, over: PassedOver) {
        self.passed_over.push(over);
    }

    /// Tells which columns were guessed, once for each guess, and what was repaired.
    fn tell(&mut self, source: &ArticleSource, outcome: Result<&Analysis, &Error>, args: &AnalyzeArgs, messages: &Messages) {
        let Ok(analysis) = outcome else { return };
        let read = analysis.doc.provenance();
        if args.quiet {
            return;
        }
        if read.rule.contains("(guessed)") && self.told.insert(format!("{}\n{}", source.path, read.rule)) {
            messages.note(format!("{}: {}; name another with --text-column", source.path, read.rule));
        }
        if read.repaired_bytes > 0 {
            let place = if source.place.is_empty() { String::new() } else { format!(", {}", source.place) };
            messages.warning(format!("{}{place}: {}", source.path, read.notes.join("; ")));
        }
    }
}

/// The folder inside a report where formats of other programs go.
const EXPORT: &str = "export";

/// The formats that can be printed: an article a line.
const LINES: [OutputFormat; 2] = [OutputFormat::Report(Format::Json), OutputFormat::Report(Format::Jsonl)];

/// A report in the making, and what is made for other programs beside it. What is dropped first lies in the folder of the other.
struct Written<'a> {
    export: Option<Export>,
    report: Report,
    dir: &'a Path,
}

impl<'a> Written<'a> {
    fn around(report: Report, dir: &'a Path, args: &AnalyzeArgs) -> Result<Self, Error> {
        let others = of_others(&args.format);
        let export = (!others.is_empty()).then(|| Export::create(&others, &dir.join(EXPORT))).transpose()?;
        Ok(Self { export, report, dir })
    }

    /// Puts everything in place, the report first: what is made for other programs is of its articles, a former export of others.
    fn finish(self, totals: &mut RunTotals) -> Result<Vec<String>, Error> {
        let mut export = self.export;
        let each = |analysis: &Analysis| export.as_mut().map_or(Ok(()), |export| export.add(analysis));
        let mut notes = self.report.finish_each(totals, each)?.notes;
        match export {
            Some(export) => notes.extend(export.finish(self.dir)?.notes),
            None => remove_former(&self.dir.join(EXPORT))?,
        }
        Ok(notes)
    }
}

/// Where results go.
enum Output<'a> {
    /// Into a folder; `None` until the model is loaded.
    Report(Option<Box<Written<'a>>>),
    /// One article for people.
    Summary,
    /// Several articles for people, a line each.
    Table(FileNames),
    /// A line of JSON each, for programs.
    Json,
}

impl<'a> Output<'a> {
    fn planned(args: &AnalyzeArgs, is_one: bool) -> Result<Self, Error> {
        match args.format.as_slice() {
            _ if args.output.is_some() => Ok(Self::Report(None)),
            [] if is_one => Ok(Self::Summary),
            [] => Ok(Self::Table(FileNames::default())),
            formats if formats.iter().all(|format| LINES.contains(format)) => Ok(Self::Json),
            _ => {
                let error = Error::new(ErrorKind::Config("formats other than json are files and need a folder".to_owned()));
                Err(error.with_hint("name the folder with -o"))
            }
        }
    }

    /// Opens the report, or goes on with the one that a run has left; what that has done is given back.
    fn open(&mut self, args: &'a AnalyzeArgs, options: RunOptions, messages: &Messages) -> Result<Option<Replay>, Error> {
        let (Self::Report(written), Some(dir)) = (self, &args.output) else { return Ok(None) };
        let (shown, left) = (dir.display(), Report::unfinished(dir));
        let articles = counted(usize::try_from(left).unwrap_or(usize::MAX), "article");
        let (mut report, replay) = if args.run.resume {
            Report::resume(dir, options)?
        } else {
            let report = Report::create(dir, options)?;
            if left > 0 {
                messages.warning(format!("{shown}: an interrupted run of {articles} is thrown away: --resume was not given"));
            }
            (report, None)
        };
        report.keep_unfinished(true);
        *written = Some(Box::new(Written::around(report, dir, args)?));
        match &replay {
            _ if !args.run.resume || args.quiet => {}
            Some(_) => messages.note(format!("{shown}: goes on after {articles}")),
            None => messages.note(format!("{shown}: no interrupted run here, so this one begins anew")),
        }
        Ok(replay)
    }

    /// Leaves nothing behind to go on from.
    fn forget(&mut self) {
        if let Self::Report(Some(written)) = self {
            written.report.keep_unfinished(false);
        }
    }

    /// Takes one article's outcome; an article that failed is told on standard error.
    fn take(&mut self, source: &ArticleSource, outcome: Result<&Analysis, &Error>, messages: &Messages) -> anyhow::Result<()> {
        match outcome {
            // Counted at the end: a thousand lines would say no more.
            Err(error) if matches!(error.kind(), ErrorKind::LeftOut(_) | ErrorKind::PassedOver(_)) => {}
            Err(error) => messages.error(error),
            Ok(_) => {}
        }
        let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
        match (self, outcome) {
            (Self::Report(Some(written)), Ok(analysis)) => written.report.add(analysis)?,
            (Self::Report(Some(written)), Err(error)) => written.report.add_failed(source, error)?,
            (Self::Summary, Ok(analysis)) => summary::write(&mut out, analysis, width())?,
            (Self::Table(names), Ok(analysis)) => table::row(&mut out, analysis, names, width())?,
            (Self::Json, Ok(analysis)) => sayso::report::write_json(analysis, &mut out)?,
            (Self::Report(None) | Self::Summary | Self::Table(_) | Self::Json, _) => {}
        }
        Ok(out.flush()?)
    }

    /// Notes a file that is not read.
    fn pass_over(&mut self, over: &PassedOver) {
        if let Self::Report(Some(report)) = self {
            report.report.add_passed_over(over);
        }
    }

    /// Puts results in place; what the reader has to be told of them comes back.
    fn finish(self, totals: &mut RunTotals) -> Result<Vec<String>, Error> {
        if let Self::Report(Some(written)) = self { written.finish(totals) } else { Ok(Vec::new()) }
    }
}

/// Prints the batch in numbers, apart from the rows above it.
fn print_totals(totals: &RunTotals, has_rows: bool) -> anyhow::Result<()> {
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    if has_rows && totals.articles() > 0 {
        writeln!(out)?;
    }
    batch_summary::write(&mut out, totals, width())?;
    Ok(out.flush()?)
}

fn close(args: &AnalyzeArgs, messages: &Messages, tally: &Tally, is_one: bool) {
    if args.list_skipped {
        for over in &tally.passed_over {
            messages.note(format!("passed over: {} ({})", over.path, over.kind));
        }
    }
    // One article's summary speaks for itself.
    if args.quiet || (args.output.is_none() && is_one && tally.left_out + tally.passed_over.len() == 0) {
        return;
    }
    let mut parts = vec![format!("{} analysed", counted(tally.analysed, "article"))];
    if tally.failed > 0 {
        parts.push(format!("{} failed", tally.failed));
    }
    if tally.left_out > 0 {
        parts.push(format!("{} not in English left out (--any-language takes them)", tally.left_out));
    }
    if !tally.passed_over.is_empty() {
        let more = if args.list_skipped { "" } else { " (--list-skipped names them)" };
        parts.push(format!("{} passed over: {}{more}", tally.passed_over.len(), kinds(&tally.passed_over)));
    }
    let written = args.output.as_ref().map(|dir| format!("; reports written to {}", dir.display())).unwrap_or_default();
    messages.note(format!("{}{written}", parts.join(", ")));
    if args.output.is_none() && args.format.is_empty() {
        messages.hint("pass -o DIR to write every quotation, speaker, entity and theme");
    }
}

fn pipeline(args: &AnalyzeArgs, codebook: Option<&CodebookText>) -> Result<Pipeline, Error> {
    let mut builder = args.engine.apply(Pipeline::builder()).max_bytes(args.reading.max_bytes());
    if let Some(path) = &args.model {
        builder = builder.model(path);
    }
    if let Some(codebook) = codebook {
        let codebook = codebook.parse()?;
        builder = builder.codebook(match args.min_probability {
            Some(least) => codebook.with_min_probability(Some(least)),
            None => codebook,
        });
    }
    if let Some(path) = &args.people {
        builder = builder.people(Gazetteer::load(path)?);
    }
    if let Some(path) = &args.speaker_classes {
        builder = builder.speaker_classes(SpeakerClasses::load(path)?);
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
        min_probability: args.min_probability,
        theme_rates: codebook.map(|codebook| codebook.parse().map(|codebook| codebook.rates())).transpose()?.unwrap_or_default(),
        people_sha256: args.people.as_deref().map(sha256).transpose()?,
        speaker_classes_sha256: args.speaker_classes.as_deref().map(sha256).transpose()?,
        people_merge: args.run.people_merge(),
        themes: args.run.themes(),
        encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
        engine: pipeline.engine_record().clone(),
        formats: of_report(&args.format),
        no_bom: args.no_bom,
        report_max_mb: args.report_max_mb,
        copies: args.run.copies(),
        ..RunOptions::default()
    })
}

fn sha256(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("{}: cannot read", path.display()))?;
    Ok(sayso::sha256(&bytes))
}
