//! What fails inside this engine before it is known which file or run it belongs to: why, in a line, and the error that it comes from.

use crate::{Error, ErrorKind};

/// The error that a failure comes from.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why something failed.
#[derive(Debug)]
pub(super) struct Failure {
    why: String,
    cause: Option<Cause>,
}

impl Failure {
    /// A failure that its cause tells by itself.
    pub(super) fn of(cause: impl Into<Cause>) -> Self {
        let cause = cause.into();
        Self { why: first_line(&cause.to_string()), cause: Some(cause) }
    }

    /// The same, with what was attempted.
    pub(super) fn while_doing(attempt: &str, cause: impl Into<Cause>) -> Self {
        let failure = Self::of(cause);
        Self { why: format!("{attempt}: {}", failure.why), ..failure }
    }

    /// Why, without what was attempted.
    pub(super) fn why(&self) -> &str {
        &self.why
    }

    /// The error that the user sees, of which `say` makes the message and place; its source is the cause.
    pub(super) fn tell(self, say: impl FnOnce(String) -> Error) -> Error {
        let error = say(self.why);
        match self.cause {
            Some(cause) => error.caused_by(cause),
            None => error,
        }
    }

    /// The same for what a library said while it computed.
    pub(super) fn said_by(self, library: &str) -> Error {
        self.tell(|why| Error::new(ErrorKind::Model(format!("{library}: {why}"))))
    }
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self { why, cause: None }
    }
}

impl From<&str> for Failure {
    fn from(why: &str) -> Self {
        why.to_owned().into()
    }
}

/// The first line of what libtorch says; the others are its call stack.
pub(super) fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    line.trim_start_matches("Internal torch error: ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn the_error_that_is_told_keeps_its_cause() {
        let cause = || std::io::Error::other("Internal torch error: shape mismatch\nat line 7 of libtorch");
        let error = Failure::of(cause()).said_by("libtorch");
        assert_eq!(error.to_string(), "libtorch: shape mismatch");
        assert!(error.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>), "{error:?}");
        let error = Failure::while_doing("cannot read", cause()).tell(|why| ErrorKind::Model(why).into());
        assert_eq!((error.to_string().as_str(), error.source().is_some()), ("cannot read: shape mismatch", true));
        let error = Failure::from("it has no [CLS]").tell(|why| ErrorKind::Model(why).into());
        assert_eq!((error.to_string().as_str(), error.source().is_some()), ("it has no [CLS]", false));
    }
}
