//! Several articles on the terminal: one line each.

use std::io::{self, Write};

use sayso::Analysis;

use super::file_names::FileNames;
use super::style::{DIM, styled};
use super::terminal::{grouped, harmless, shortened};

/// Columns of the numbers.
const NUMBERS: usize = 6;

/// Prints one article's line: path, numbers, title.
///
/// The line explains itself, so that there is no header to scroll away.
pub(super) fn row(out: &mut impl Write, analysis: &Analysis, names: &mut FileNames, width: usize) -> io::Result<()> {
    let numbers = [(analysis.word_count(), "word"), (analysis.quotes.len(), "quote"), (analysis.attribution.speakers.len(), "speaker")];
    let numbers = numbers.map(|(number, thing)| {
        // One speaker, and a blank for the letter that many have more.
        let ending = if number == 1 { " " } else { "s" };
        format!("{:>NUMBERS$} {thing}{ending}", grouped(number))
    });
    let numbers = numbers.concat();
    let path_width = (width / 3).max(12);
    let place = &analysis.doc.provenance().place;
    let path = if place.is_empty() { analysis.doc.path().to_owned() } else { format!("{}, {place}", analysis.doc.path()) };
    let path = names.column(&path, path_width);
    let title = analysis.seg.title.map(|span| harmless(analysis.doc.slice(span))).unwrap_or_default();
    let title = shortened(&title, width.saturating_sub(path_width + numbers.len() + 2)).into_owned();
    writeln!(out, "{path}{numbers}  {}", styled(DIM, &title))
}
