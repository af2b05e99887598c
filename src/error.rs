//! The one error of the library: what was attempted, on which file, at which place, why, and what the user can do.

use std::fmt;
use std::path::{Path, PathBuf};

/// What a fallible sayso call returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder could not be read.
    #[error("cannot read")]
    Read(#[source] std::io::Error),
    /// A file or folder could not be written.
    #[error("cannot write")]
    Write(#[source] std::io::Error),
    /// An input is not text that sayso reads.
    #[error("{0}")]
    Input(String),
    /// A file that is no article: its kind, such as `.png`.
    #[error("not read: {0}")]
    PassedOver(String),
    /// An article that the run leaves out on purpose, and why.
    #[error("left out: {0}")]
    LeftOut(String),
    /// A model does not load, or does not fit this program.
    #[error("{0}")]
    Model(String),
    /// A configuration, codebook or option is wrong.
    #[error("{0}")]
    Config(String),
    /// Annotated data does not have the shape its format demands.
    #[error("{0}")]
    Gold(String),
    /// A run cannot go on from the one that was interrupted.
    #[error("cannot resume: {0}")]
    Resume(String),
    /// An article took longer than it may.
    #[error("{0}")]
    Timeout(String),
    /// A stage panicked: a bug of ours.
    #[error("internal error: {0}")]
    Bug(String),
}

/// An error with the file and place it happened at, and a hint where the user can act.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    line: Option<usize>,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Makes an error that belongs to no file.
    pub fn new(kind: ErrorKind) -> Self {
        Self { kind, path: None, line: None, hint: None, cause: None }
    }

    /// Names the file or folder.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_owned());
        self
    }

    /// Notes the line it happened at, counted from 1; the message names it itself.
    #[must_use]
    pub fn on_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Keeps the error it comes from as its source; the message says what that was.
    #[must_use]
    pub(crate) fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Says what the user can do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error again: of a cause that the system gave, its kind and its words.
    pub(crate) fn again(&self) -> Self {
        let io = |source: &std::io::Error| std::io::Error::new(source.kind(), source.to_string());
        let kind = match &self.kind {
            ErrorKind::Read(source) => ErrorKind::Read(io(source)),
            ErrorKind::Write(source) => ErrorKind::Write(io(source)),
            ErrorKind::Input(text) => ErrorKind::Input(text.clone()),
            ErrorKind::PassedOver(text) => ErrorKind::PassedOver(text.clone()),
            ErrorKind::LeftOut(text) => ErrorKind::LeftOut(text.clone()),
            ErrorKind::Model(text) => ErrorKind::Model(text.clone()),
            ErrorKind::Config(text) => ErrorKind::Config(text.clone()),
            ErrorKind::Gold(text) => ErrorKind::Gold(text.clone()),
            ErrorKind::Resume(text) => ErrorKind::Resume(text.clone()),
            ErrorKind::Timeout(text) => ErrorKind::Timeout(text.clone()),
            ErrorKind::Bug(text) => ErrorKind::Bug(text.clone()),
        };
        Self { kind, path: self.path.clone(), line: self.line, hint: self.hint.clone(), cause: None }
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The file or folder it happened at.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The line of the file it happened at, counted from 1, where there is one.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// What went wrong and why, without the path.
    pub fn reason(&self) -> String {
        match &self.kind {
            ErrorKind::Read(source) | ErrorKind::Write(source) => format!("{}: {source}", self.kind),
            kind => kind.to_string(),
        }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.reason())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Read(source) | ErrorKind::Write(source) => Some(source),
            _ => self.cause.as_deref().map(|cause| cause as &(dyn std::error::Error + 'static)),
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self::new(kind)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use crate::{Codebook, CodebookFormat, CodebookProblem, Codings, Error, ErrorKind};

    #[test]
    fn errors_keep_their_cause_and_line() {
        let io = Error::new(ErrorKind::Read(std::io::ErrorKind::NotFound.into()));
        assert!(io.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>));
        let faulty = Codebook::parse("[[theme]]\nid = \"trade\"\nkeyword = 1\n", CodebookFormat::Toml).unwrap_err();
        assert!(faulty.source().is_some_and(<dyn std::error::Error>::is::<CodebookProblem>), "{faulty:?}");
        assert_eq!(faulty.line(), Some(3));
        let codings = Codings::from_csv("unit,theme\na,x\n,y\n", "ana").unwrap_err();
        assert_eq!((codings.line(), codings.source().is_some()), (Some(3), false), "{codings}");
    }
}
