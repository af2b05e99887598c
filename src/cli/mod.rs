//! The command line: arguments in, results to standard output or files, everything else to standard error.

mod agreement;
#[cfg(target_env = "musl")]
mod allocator;
mod analyze;
mod args;
mod batch_summary;
mod codebook;
mod codebook_fit;
mod completions;
mod each_article;
mod engine;
mod evaluate;
mod exit;
mod export;
mod file_names;
mod format;
mod import;
mod kwic;
mod man;
mod marked_text;
mod messages;
mod people;
mod progress;
mod quotes;
mod reading;
mod running;
mod sample;
mod schema;
mod show;
mod signals;
mod speaker_classes;
#[cfg(test)]
mod specimen;
mod style;
mod summary;
mod table;
mod terminal;
mod themes;
mod train_examples;
mod why;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind as UsageKind;
use sayso::Pipeline;

use args::{Args, Command};
use exit::Exit;
use messages::Messages;

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    quiet_workers();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error).into(),
    };
    let messages = Messages::new();
    let done = match args.command {
        Command::Analyze(args) => analyze::run(&args, &messages),
        Command::Quotes(args) => quotes::run(&args, &messages),
        Command::Show(args) => show::run(&args, &messages),
        Command::Codebook(command) => codebook::run(&command, &messages),
        Command::Kwic(args) => kwic::run(&args, &messages),
        Command::Agreement(args) => agreement::run(&args),
        Command::Export(args) => export::run(&args, &messages),
        Command::Import(args) => import::run(&args, &messages),
        Command::Sample(args) => sample::run(&args, &messages),
        Command::Themes(args) => themes::run(&args, &messages),
        Command::Schema => schema::run(),
        Command::SpeakerClasses => speaker_classes::run(),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::People(command) => people::run(&command, &messages),
        Command::TrainExamples(args) => train_examples::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args, &messages),
    };
    match done {
        Ok(exit) => exit,
        // Whoever reads our output has had enough: not an error (`sayso … | head`).
        Err(error) if exit::is_broken_pipe(&error) => Exit::Done,
        Err(error) => {
            messages.fatal(&error);
            Exit::CouldNotRun
        }
    }
    .into()
}

/// Help and version go to standard output; a wrong use is an error like any other.
fn usage(error: &clap::Error) -> Exit {
    match error.kind() {
        UsageKind::DisplayHelp => {
            // Nobody is left to tell if this fails.
            let _ = error.print();
            Exit::Done
        }
        UsageKind::DisplayVersion => {
            terminal::print_version();
            Exit::Done
        }
        _ => {
            Messages::new().usage(error, &args::help_page());
            Exit::CouldNotRun
        }
    }
}

/// Keeps panics of articles silent here: the batch reports each of them as one line. Other panics are told as usual.
fn quiet_workers() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_worker = std::thread::current().name().is_some_and(|name| name.starts_with(Pipeline::THREAD_PREFIX));
        if !is_worker {
            told(panic);
        }
    }));
}
