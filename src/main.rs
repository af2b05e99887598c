//! The `sayso` program: reads articles, writes down who said what.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
