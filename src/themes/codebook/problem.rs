//! What is wrong with a codebook, and where.

use std::fmt;

/// One thing that a codebook says wrongly, or that its author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodebookProblem {
    /// The line of the file, from 1.
    pub line: usize,
    /// Whether the codebook can be used all the same.
    pub is_note: bool,
    /// What is wrong: the field, the value and why.
    pub message: String,
    /// What the author can do.
    pub hint: Option<String>,
}

impl CodebookProblem {
    /// Something that keeps the codebook from being used.
    pub(super) fn error(line: usize, message: impl Into<String>) -> Self {
        Self { line, is_note: false, message: message.into(), hint: None }
    }

    /// Something that is left out or may be meant otherwise.
    pub(super) fn note(line: usize, message: impl Into<String>) -> Self {
        Self { is_note: true, ..Self::error(line, message) }
    }

    #[must_use]
    pub(super) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for CodebookProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for CodebookProblem {}
