//! Colours, in one place. `anstream` drops them in a pipe and under `NO_COLOR`.

use anstyle::{AnsiColor, Style};

pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const TITLE: Style = Style::new().bold();
pub(crate) const HEADING: Style = AnsiColor::Green.on_default().bold();
pub(crate) const SPEAKER: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const BAR: Style = AnsiColor::Blue.on_default();
pub(crate) const DIM: Style = Style::new().dimmed();

/// Text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
