//! `sayso man`: manual pages, made of the help texts.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory, ValueHint};
use clap_mangen::Man;
use sayso::report::write_atomic;
use sayso::{Error, ErrorKind};

use super::exit::Exit;
use super::messages::Messages;
use super::terminal::counted;

/// Options of `sayso man`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  sayso man | man -l -\n  sayso man -o ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// Write a page a command into this folder; without it, the main page is printed
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: Option<PathBuf>,
}

/// Prints or writes the pages.
pub(crate) fn run(args: &ManArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let mut command = super::args::Args::command();
    command.build();
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|error| Error::new(ErrorKind::Write(error)).at(folder))?;
        let pages = write(&command, "sayso", folder)?;
        messages.note(format!("{} written to {}", counted(pages, "page"), folder.display()));
    } else {
        let mut out = anstream::stdout().lock();
        out.write_all(&page(&command)?)?;
        out.flush()?;
    }
    Ok(Exit::Done)
}

/// Writes the page of a command and of those below it; says how many.
fn write(command: &Command, name: &str, folder: &Path) -> anyhow::Result<usize> {
    let page = page(command)?;
    write_atomic(&folder.join(format!("{name}.1")), |file| file.write_all(&page))?;
    let below = command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    below
        .map(|command| write(command, &format!("{name}-{}", command.get_name()), folder))
        .sum::<anyhow::Result<usize>>()
        .map(|below| below + 1)
}

fn page(command: &Command) -> std::io::Result<Vec<u8>> {
    let command = command.clone().disable_help_subcommand(true);
    let mut page = Vec::new();
    // No day of writing: equal programs write equal pages.
    Man::new(command).manual("sayso").render(&mut page)?;
    Ok(page)
}
