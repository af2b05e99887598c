//! Several articles on the terminal: one line each.

use std::io::{self, Write};

use sayso::Analysis;

use super::style::{DIM, styled};
use super::terminal::{column, grouped, harmless, shortened};

/// Columns of the numbers.
const NUMBERS: usize = 6;

/// Prints one article's line: path, numbers, title.
///
/// The line explains itself, so that there is no header to scroll away.
pub(super) fn row(out: &mut impl Write, analysis: &Analysis, width: usize) -> io::Result<()> {
    let numbers = [(analysis.word_count(), "words"), (analysis.quotes.len(), "quotes"), (analysis.attribution.speakers.len(), "speakers")];
    let numbers: Vec<String> = numbers.iter().map(|(number, thing)| format!("{:>NUMBERS$} {thing}", grouped(*number))).collect();
    let numbers = numbers.concat();
    let path_width = (width / 3).max(12);
    let path = column(&harmless(analysis.doc.path()), path_width);
    let title = analysis.seg.title.map(|span| harmless(analysis.doc.slice(span))).unwrap_or_default();
    let title = shortened(&title, width.saturating_sub(path_width + numbers.len() + 2)).into_owned();
    writeln!(out, "{path}{numbers}  {}", styled(DIM, &title))
}
