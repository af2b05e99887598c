//! Quotations for the eye: a table where it leaves the words enough room, else a block a quotation.

use std::io::{self, Write};

use anstyle::Style;
use sayso::{Analysis, Quote};

use super::super::file_names::FileNames;
use super::super::style::{DIM, HEADING, SPEAKER, TITLE, styled};
use super::super::terminal::{column, harmless, shortened, wrapped};
use super::speaker;

/// The widths of number, kind, confidence, speaker and cue; the quotation has the rest.
const WIDTHS: [usize; 5] = [3, 8, 4, 22, 12];
const GAP: &str = "  ";
/// Columns of words under which a table is slivers.
const ENOUGH: usize = 40;
/// How far the words of a block stand in.
const INDENT: &str = "     ";
/// Columns of an article's path in its heading.
const PATH: usize = 40;

/// Quotations of one article after another.
#[derive(Debug)]
pub(super) struct Page {
    width: usize,
    /// The columns of the quotation in a table; none where blocks are printed.
    words: Option<usize>,
    names: FileNames,
    articles: usize,
    shown: usize,
}

/// A cell's text before it is cut into lines.
struct Cell {
    text: String,
    style: Style,
    width: usize,
}

impl Page {
    pub(super) fn new(width: usize) -> Self {
        let words = width.saturating_sub(WIDTHS.iter().map(|width| width + GAP.len()).sum());
        Self { width, words: (words >= ENOUGH).then_some(words), names: FileNames::default(), articles: 0, shown: 0 }
    }

    /// Prints the quotations at `quotes`, under the name of their article.
    pub(super) fn add(&mut self, out: &mut impl Write, analysis: &Analysis, quotes: &[usize]) -> io::Result<()> {
        if quotes.is_empty() {
            return Ok(());
        }
        if self.articles > 0 {
            writeln!(out)?;
        }
        self.articles += 1;
        self.shown += quotes.len();
        self.heading(out, analysis)?;
        if let Some(words) = self.words {
            let heads = ["#", "kind", "sure", "speaker", "cue", "quotation"].map(str::to_owned);
            row(out, heads, &[HEADING; 6], words)?;
        }
        for &at in quotes {
            let Some(quote) = analysis.quotes.get(at) else { continue };
            match self.words {
                Some(words) => table_row(out, analysis, at, quote, words)?,
                None => self.block(out, analysis, at, quote)?,
            }
        }
        Ok(())
    }

    /// Says so where there is nothing to print; `all` are the quotations before the filter.
    pub(super) fn finish(&self, out: &mut impl Write, all: usize) -> io::Result<()> {
        match (self.shown, all) {
            (0, 0) => writeln!(out, "{}", styled(DIM, "nobody is quoted")),
            (0, _) => writeln!(out, "{}", styled(DIM, "no quotation is of this kind")),
            _ => Ok(()),
        }
    }

    fn heading(&mut self, out: &mut impl Write, analysis: &Analysis) -> io::Result<()> {
        let place = &analysis.doc.provenance().place;
        let path = if place.is_empty() { analysis.doc.path().to_owned() } else { format!("{}, {place}", analysis.doc.path()) };
        let path = self.names.column(&path, PATH.min(self.width / 2)).trim_end().to_owned();
        let room = self.width.saturating_sub(unicode_width::UnicodeWidthStr::width(path.as_str()) + GAP.len());
        let title = analysis.seg.title.map(|span| harmless(analysis.doc.slice(span))).unwrap_or_default();
        writeln!(out, "{}", format!("{}{GAP}{}", styled(TITLE, &path), styled(DIM, &shortened(&title, room))).trim_end())
    }

    fn block(&self, out: &mut impl Write, analysis: &Analysis, at: usize, quote: &Quote) -> io::Result<()> {
        let number = column(&(at + 1).to_string(), INDENT.len());
        let said = format!("{}{GAP}{:.2}{GAP}", column(quote.kind.name(), 8), quote.confidence);
        let name = speaker(analysis, at, quote);
        let name = shortened(&name, self.width.saturating_sub(number.len() + said.len())).into_owned();
        let left = self.width.saturating_sub(number.len() + said.len() + unicode_width::UnicodeWidthStr::width(name.as_str()) + 3);
        let cue = quote.cue.map(|span| harmless(analysis.doc.slice(span))).filter(|cue| cue.chars().count() <= left);
        let cue = cue.map(|cue| format!(" · {cue}")).unwrap_or_default();
        writeln!(out, "{}{}{}", styled(DIM, &(number + &said)), styled(SPEAKER, &name), styled(DIM, &cue))?;
        for line in wrapped(content(analysis, quote).split(' ').map(str::to_owned), " ", self.width.saturating_sub(INDENT.len())) {
            writeln!(out, "{INDENT}{line}")?;
        }
        Ok(())
    }
}

/// The words of a quotation, on one line.
fn content(analysis: &Analysis, quote: &Quote) -> String {
    quote.content.iter().map(|&span| harmless(analysis.doc.slice(span))).collect::<Vec<_>>().join(" … ")
}

fn table_row(out: &mut impl Write, analysis: &Analysis, at: usize, quote: &Quote, words: usize) -> io::Result<()> {
    let texts = [
        (at + 1).to_string(),
        quote.kind.name().to_owned(),
        format!("{:.2}", quote.confidence),
        speaker(analysis, at, quote),
        quote.cue.map(|span| harmless(analysis.doc.slice(span))).unwrap_or_default(),
        content(analysis, quote),
    ];
    row(out, texts, &[DIM, DIM, DIM, SPEAKER, DIM, Style::new()], words)
}

/// One row, as many lines high as its highest cell.
fn row(out: &mut impl Write, texts: [String; 6], styles: &[Style; 6], rest: usize) -> io::Result<()> {
    let widths = WIDTHS.into_iter().chain([rest]);
    let cells: Vec<Cell> = texts.into_iter().zip(styles).zip(widths).map(|((text, &style), width)| Cell { text, style, width }).collect();
    let lines: Vec<Vec<String>> = cells.iter().map(|cell| wrapped(cell.text.split(' ').map(str::to_owned), " ", cell.width)).collect();
    let height = lines.iter().map(Vec::len).max().unwrap_or_default();
    for line in 0..height {
        // Nothing is filled up after the last cell that has words in this line.
        let filled = lines.iter().rposition(|lines| lines.len() > line).unwrap_or_default();
        let shown = cells.iter().zip(&lines).take(filled + 1).enumerate().map(|(at, (cell, lines))| {
            let text = lines.get(line).map(String::as_str).unwrap_or_default();
            styled(cell.style, &if at == filled { text.to_owned() } else { column(text, cell.width) })
        });
        writeln!(out, "{}", shown.collect::<Vec<_>>().join(GAP))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::cli::specimen::analysis;

    fn printed(width: usize) -> String {
        let (analysis, mut page, mut out) = (analysis(), Page::new(width), Vec::new());
        page.add(&mut out, &analysis, &[0, 1, 2]).expect("memory takes everything");
        page.finish(&mut out, 3).expect("memory takes everything");
        anstream::adapter::strip_str(&String::from_utf8(out).expect("text is UTF-8")).to_string()
    }

    #[test]
    fn narrow_terminals_get_blocks_and_wide_ones_a_table() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../../tests/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("quotes_80", printed(80));
            insta::assert_snapshot!("quotes_120", printed(120));
        });
        for width in [40, 80, 100, 120] {
            assert!(printed(width).lines().all(|line| line.width() <= width), "{width}");
        }
    }

    #[test]
    fn says_why_there_is_nothing() {
        let shown = |all| {
            let mut out = Vec::new();
            Page::new(80).finish(&mut out, all).expect("memory takes everything");
            anstream::adapter::strip_str(&String::from_utf8(out).expect("text is UTF-8")).to_string()
        };
        assert_eq!((shown(0).as_str(), shown(3).as_str()), ("nobody is quoted\n", "no quotation is of this kind\n"));
    }
}
