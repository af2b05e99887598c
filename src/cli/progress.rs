//! The progress bar of a batch: on a terminal only.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// Counts articles on standard error; silent where that is no terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins to count to `articles`; where their number is not known before they are read, without an end.
    pub(crate) fn new(articles: Option<usize>, quiet: bool) -> Self {
        let is_shown = articles != Some(1) && !quiet && std::io::stderr().is_terminal();
        let bar = match articles {
            _ if !is_shown => ProgressBar::hidden(),
            Some(articles) => ProgressBar::new(articles as u64),
            None => ProgressBar::no_length(),
        };
        let style = ProgressStyle::with_template(match articles {
            Some(_) => "sayso: {bar:30.blue} {pos}/{len} articles, {rate}, {eta} left {wide_msg:.dim}",
            None => "sayso: {spinner:.blue} {pos} articles, {rate} {wide_msg:.dim}",
        });
        if let Ok(style) = style {
            let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = write!(out, "{:.1} a second", state.per_sec()); // a bar without a rate is a bar
            };
            bar.set_style(style.with_key("rate", rate));
        }
        Self { bar }
    }

    /// One more article is done.
    pub(crate) fn done(&self, shown: &str) {
        self.bar.set_message(super::terminal::harmless(shown));
        self.bar.inc(1);
    }

    /// All articles are done: the report is written now.
    pub(crate) fn write(&self) {
        self.bar.set_message("writing the report");
    }

    /// Prints something without disturbing the bar.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
