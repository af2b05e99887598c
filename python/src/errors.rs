//! sayso's errors as exceptions: one class a kind, each with path, line and hint (`sayso/_errors.py`).

use std::sync::Arc;

use pyo3::prelude::*;
use sayso::{Error, ErrorKind};

/// What an article's failure is kept as.
pub(crate) type Shared = Arc<Error>;

/// The class of an error's kind.
fn class(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Read(_) => "ReadError",
        ErrorKind::Write(_) => "WriteError",
        ErrorKind::Input(_) | ErrorKind::Gold(_) => "InputError",
        ErrorKind::PassedOver(_) => "PassedOver",
        ErrorKind::LeftOut(_) => "LeftOut",
        ErrorKind::Model(_) => "ModelError",
        ErrorKind::Config(_) | ErrorKind::Resume(_) => "ConfigError",
        ErrorKind::Timeout(_) => "TimeLimitError",
        ErrorKind::Bug(_) => "InternalError",
        _ => "Error",
    }
}

/// The exception of an error.
pub(crate) fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let class = py.import("sayso._errors")?.getattr(class(error.kind()))?;
    class.call1((error.reason(), error.path(), error.line(), error.hint()))
}

/// The exception of an error, to be raised.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    match exception(py, error) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// What ends a run early: an error of sayso's, or an exception such as `KeyboardInterrupt`.
#[derive(Debug)]
pub(crate) enum Stop {
    Sayso(Error),
    Python(PyErr),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Sayso(error)
    }
}

impl From<PyErr> for Stop {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl Stop {
    /// The exception to raise.
    pub(crate) fn raised(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Sayso(error) => raised(py, &error),
            Self::Python(error) => error,
        }
    }
}

/// What `articles.csv` says of an article that could not be analysed.
pub(crate) fn status(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::LeftOut(_) => "left out",
        ErrorKind::PassedOver(_) => "passed over",
        _ => "failed",
    }
}
