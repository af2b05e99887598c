//! Messages on standard error: `sayso: error: …`, `sayso: hint: …`, and a closing line.

use std::fmt::Display;
use std::io::Write;

use anstyle::Style;

use super::style::{ERROR, HINT, styled};
use super::terminal::harmless;

/// Tells the user what happened. Every message is one line.
#[derive(Debug, Default)]
pub(crate) struct Messages {}

impl Messages {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// An error of the library, with its hint.
    pub(crate) fn error(&self, error: &sayso::Error) {
        self.labelled("error", ERROR, error);
        if let Some(hint) = error.hint() {
            self.hint(hint);
        }
    }

    /// Something that went on, though not as it should.
    pub(crate) fn warning(&self, warning: impl Display) {
        self.labelled("warning", HINT, warning);
    }

    /// What the user can do.
    pub(crate) fn hint(&self, hint: impl Display) {
        self.labelled("hint", HINT, hint);
    }

    /// Anything else, such as the closing line.
    pub(crate) fn note(&self, note: impl Display) {
        self.line(&harmless(&note.to_string()));
    }

    /// The error that ends the run.
    pub(crate) fn fatal(&self, error: &anyhow::Error) {
        match error.downcast_ref::<sayso::Error>() {
            Some(error) => self.error(error),
            None => self.labelled("error", ERROR, format!("{error:#}")),
        }
    }

    /// A wrong use of the command line, in our words: clap's first paragraph, then its tip or a pointer to `help`, the page that was called for.
    pub(crate) fn usage(&self, error: &clap::Error, help: &str) {
        let text = error.render().to_string();
        let (what, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
        self.labelled("error", ERROR, what.trim_start_matches("error:"));
        // "to pass '--x' as a value, use '-- --x'" helps nobody who mistyped an option.
        let tip = rest.lines().find_map(|line| line.trim().strip_prefix("tip:")).filter(|tip| tip.contains("similar"));
        self.hint(tip.map_or_else(|| format!("{help} shows how sayso is used"), |tip| tip.trim().to_owned()));
    }

    fn labelled(&self, label: &str, style: Style, message: impl Display) {
        self.line(&format!("{} {}", styled(style, &format!("{label}:")), harmless(&message.to_string())));
    }

    #[expect(clippy::unused_self, reason = "a message has a place to go, even if there is one only")]
    fn line(&self, line: &str) {
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(anstream::stderr(), "sayso: {line}");
    }
}
