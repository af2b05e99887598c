//! The formats that `--format` of `sayso analyze` takes: those of a report, and those of other programs, which go to its folder `export`.

use sayso::exchange::ExchangeFormat;
use sayso::report::Format;

/// One format of a run's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    /// A part of the report.
    Report(Format),
    /// An export beside it.
    Exchange(ExchangeFormat),
}

impl OutputFormat {
    /// Reads a format's name; the error names those there are.
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        let of_report = name.parse().map(Self::Report);
        of_report.or_else(|_| name.parse().map(Self::Exchange)).map_err(|_: sayso::Error| format!("formats are {}", names()))
    }
}

/// All names: the report's first, then those of other programs.
fn names() -> String {
    let of_report: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let others = ExchangeFormat::ALL.iter().map(|format| format.name()).filter(|name| !of_report.contains(name));
    of_report.iter().copied().chain(others).collect::<Vec<_>>().join(", ")
}

/// Those of `formats` that are parts of a report. Formats of other programs are made of its JSON, so that is written where nothing else is.
pub(crate) fn of_report(formats: &[OutputFormat]) -> Vec<Format> {
    let found = formats.iter().filter_map(|format| if let OutputFormat::Report(format) = format { Some(*format) } else { None });
    let found: Vec<Format> = found.collect();
    if found.is_empty() && !formats.is_empty() { vec![Format::Json] } else { found }
}

/// Those of `formats` that other programs read, each once.
pub(crate) fn of_others(formats: &[OutputFormat]) -> Vec<ExchangeFormat> {
    let found = formats.iter().filter_map(|format| if let OutputFormat::Exchange(format) = format { Some(*format) } else { None });
    let mut found: Vec<ExchangeFormat> = found.collect();
    found.sort_unstable();
    found.dedup();
    found
}
