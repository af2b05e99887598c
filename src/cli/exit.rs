//! Exit codes, and the one failure that is none.

use std::io;
use std::process::ExitCode;

/// The exit codes in `--help`.
pub(crate) const HELP: &str = "Exit codes: 0 all done, 1 finished but some articles failed, 2 could not run, \
    130 or 143 interrupted";

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All done.
    Done,
    /// Finished, but some articles failed.
    SomeFailed,
    /// Wrong usage, configuration, model or output.
    CouldNotRun,
    /// Ended by this signal.
    Interrupted(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::SomeFailed => Self::from(1),
            Exit::CouldNotRun => Self::from(2),
            Exit::Interrupted(signal) => Self::from(128 + signal),
        }
    }
}

/// Whether standard output was closed by its reader.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
