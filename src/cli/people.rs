//! `sayso people import`: files of known people for `sayso analyze --people`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};
use sayso::speakers::{PeopleShape, import_people};

use super::exit::Exit;
use super::messages::Messages;
use super::terminal::counted;

/// What to do with files of known people.
#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    /// Turn another project's file of people into one for --people
    Import(ImportArgs),
}

/// Options of `sayso people import`.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The shape of the file
    #[arg(value_enum)]
    shape: ShapeArg,
    /// The file, or a folder of such files
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    path: PathBuf,
    /// The CSV file to write
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShapeArg {
    /// Actor dictionaries of TABARI and PETRARCH: *.actors.txt
    Petrarch,
    /// The congress-legislators project: legislators-*.yaml, executive.yaml
    Legislators,
}

impl From<ShapeArg> for PeopleShape {
    fn from(shape: ShapeArg) -> Self {
        match shape {
            ShapeArg::Petrarch => Self::Petrarch,
            ShapeArg::Legislators => Self::Legislators,
        }
    }
}

/// Imports a file.
pub(crate) fn run(command: &PeopleCommand, messages: &Messages) -> anyhow::Result<Exit> {
    let PeopleCommand::Import(args) = command;
    let import = import_people(args.shape.into(), &args.path, &args.output)?;
    for skipped in &import.skipped {
        messages.note(format!("left out: {skipped}"));
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} written to {}", counted(import.people, "person"), args.output.display())?;
    Ok(Exit::Done)
}
