//! `sayso codebook`: checks a codebook, proposes one from a corpus, prints those inside the program.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueHint};
use sayso::ingest::ReadOptions;
use sayso::report::write_atomic;
use sayso::themes::{CodebookFormat, CodebookProposal};
use sayso::{Batch, Codebook, Error, ErrorKind, Pipeline};

use super::codebook_fit::{self, FitArgs};
use super::exit::{Exit, HELP};
use super::messages::Messages;
use super::progress::Progress;
use super::terminal::{counted, harmless};

/// What to do with a codebook.
#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Name every problem of a codebook with its line
    #[command(after_help = "Exit codes: 0 it can be used, 1 it has problems, 2 could not run")]
    Check {
        /// The codebook (.toml, .yml, .dic, .cat, .ykd, .lcd, .lc3, .csv)
        #[arg(value_name = "FILE|NAME", value_hint = ValueHint::FilePath)]
        codebook: PathBuf,
    },
    /// Propose a codebook from the keyphrases and headings of a corpus, for a person to edit
    #[command(after_help = HELP)]
    New {
        /// Articles, or folders of articles
        #[arg(long, required = true, num_args = 1.., value_name = "PATH", value_hint = ValueHint::AnyPath)]
        from: Vec<PathBuf>,
        /// Write it to this file; without it, it is printed
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Fit a codebook to sentences that people have coded, and print how good it is then
    Fit(FitArgs),
    /// Print a codebook that is inside the program
    Show {
        /// policy-agenda, innovation-industry or climate-energy
        name: String,
    },
}

/// A codebook's text, out of a file or the program.
#[derive(Debug)]
pub(crate) struct CodebookText {
    shown: PathBuf,
    pub(crate) text: String,
    format: CodebookFormat,
}

impl CodebookText {
    /// Opens the codebook inside the program that is named `name`, or else the file.
    pub(crate) fn open(name: &Path) -> Result<Self, Error> {
        if let Some(text) = name.to_str().and_then(Codebook::shipped) {
            return Ok(Self { shown: name.to_owned(), text: text.to_owned(), format: CodebookFormat::Toml });
        }
        let text = Codebook::read(name).map_err(|error| error.with_hint(format!("name a file, or one of {}", names())))?;
        Ok(Self { shown: name.to_owned(), text, format: CodebookFormat::of(name)? })
    }

    /// Its text in sayso's own format.
    pub(crate) fn toml(&self) -> Result<&str, Error> {
        if self.format == CodebookFormat::Toml {
            return Ok(&self.text);
        }
        let error = Error::new(ErrorKind::Config("only a codebook in sayso's own format can be fitted".to_owned())).at(&self.shown);
        Err(error.with_hint("write its themes as [[theme]] tables in a .toml file"))
    }

    pub(crate) fn parse(&self) -> Result<Codebook, Error> {
        Codebook::parse(&self.text, self.format).map_err(|error| error.at(&self.shown))
    }
}

/// Runs the subcommand.
pub(crate) fn run(command: &CodebookCommand, messages: &Messages) -> anyhow::Result<Exit> {
    match command {
        CodebookCommand::Check { codebook } => check(&CodebookText::open(codebook)?, messages),
        CodebookCommand::New { from, output } => propose(from, output.as_deref(), messages),
        CodebookCommand::Fit(args) => codebook_fit::run(args, messages),
        CodebookCommand::Show { name } => {
            let text = Codebook::shipped(name).ok_or_else(|| {
                let error = Error::new(ErrorKind::Config(format!("there is no codebook `{name}` inside the program")));
                error.with_hint(format!("there are {}", names()))
            })?;
            let mut out = anstream::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(Exit::Done)
        }
    }
}

/// The codebooks inside the program.
fn names() -> String {
    let names: Vec<&str> = Codebook::SHIPPED.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

fn check(codebook: &CodebookText, messages: &Messages) -> anyhow::Result<Exit> {
    let problems = Codebook::problems(&codebook.text, codebook.format);
    let shown = harmless(&codebook.shown.display().to_string());
    let mut out = anstream::stdout().lock();
    for problem in &problems {
        let kind = if problem.is_note { "note" } else { "error" };
        let hint = problem.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        writeln!(out, "{shown}:{}: {kind}: {}{}", problem.line, harmless(&problem.message), harmless(&hint))?;
    }
    out.flush()?;
    let notes = problems.iter().filter(|problem| problem.is_note).count();
    let errors = problems.len() - notes;
    if errors > 0 {
        messages.note(format!("{shown}: {}, {}", counted(errors, "problem"), counted(notes, "note")));
        return Ok(Exit::SomeFailed);
    }
    let sound = codebook.parse()?;
    let size = format!("{}, {}", counted(sound.themes().len(), "theme"), counted(sound.terms(), "term"));
    messages.note(format!("{shown}: {size}, no problem, {}", counted(notes, "note")));
    Ok(Exit::Done)
}

fn propose(from: &[PathBuf], output: Option<&Path>, messages: &Messages) -> anyhow::Result<Exit> {
    let sources = sayso::ingest::discover(from)?;
    let pipeline = Pipeline::builder().build()?;
    let progress = Progress::new(sources.are_articles().then_some(sources.len()), false);
    let mut proposal = CodebookProposal::new();
    let (mut read, mut failed) = (0_usize, 0_usize);
    let done: Result<(), std::convert::Infallible> = Batch::new(&pipeline, ReadOptions::default()).run(&sources, |source, outcome| {
        match outcome {
            Ok(analysis) => {
                proposal.add(&analysis);
                read += 1;
            }
            Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)) => {}
            Err(error) => {
                progress.aside(|| messages.error(&error));
                failed += 1;
            }
        }
        progress.done(&source.path);
        Ok(())
    });
    let Ok(()) = done;
    drop(progress);
    let text = proposal.to_toml();
    if let Some(path) = output {
        write_atomic(path, |file| file.write_all(text.as_bytes()))?;
        messages.note(format!("{} read; proposal written to {}", counted(read, "article"), path.display()));
    } else {
        let mut out = anstream::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
    }
    Ok(if failed > 0 { Exit::SomeFailed } else { Exit::Done })
}
