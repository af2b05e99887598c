//! A batch in numbers, to be pasted into a mail: articles, quotations, the most quoted people, themes, what failed.

use std::io::{self, Write};

use sayso::report::{PersonTotal, RunTotals, ThemeTotal};

use super::style::{BAR, DIM, HEADING, SPEAKER, styled};
use super::terminal::{column, counted, grouped, harmless, shortened, without_middle, wrapped};

/// How many people, themes and failures are listed.
const MOST: usize = 10;
/// Cells of a theme's bar, and of one where the line is narrow.
const BAR_CELLS: [usize; 2] = [20, 10];
const NARROW: usize = 100;

/// Prints the totals in `width` columns.
pub(super) fn write(out: &mut impl Write, totals: &RunTotals, width: usize) -> io::Result<()> {
    let [direct, indirect, mixed] = totals.quotes_by_kind().map(|(kind, count)| format!("{} {}", grouped(count), kind.name()));
    let quotes = format!("{}: {direct}", counted(totals.quotes(), "quotation"));
    let counts = [counted(totals.articles(), "article"), counted(totals.words(), "word"), quotes, indirect, mixed];
    wrapped(counts, ", ", width).iter().try_for_each(|line| writeln!(out, "{line}"))?;
    let people = totals.people();
    heading(out, !people.is_empty(), "Most quoted people")?;
    people.iter().take(MOST).try_for_each(|person| self::person(out, person, width))?;
    let themes = totals.themes(MOST);
    heading(out, !themes.is_empty(), "Themes, by words")?;
    themes.iter().try_for_each(|theme| self::theme(out, theme, width))?;
    failures(out, totals, width)
}

fn heading(out: &mut impl Write, is_shown: bool, heading: &str) -> io::Result<()> {
    if is_shown { writeln!(out, "\n{}", styled(HEADING, heading)) } else { Ok(()) }
}

/// Name and role, and how often in how many articles.
fn person(out: &mut impl Write, person: &PersonTotal, width: usize) -> io::Result<()> {
    let counts = format!("{} in {}", counted(person.quotes, "quotation"), counted(person.articles, "article"));
    let room = width.saturating_sub(2 + 2 + counts.chars().count());
    let name = shortened(&harmless(&person.name), room).into_owned();
    let role = person.role.as_deref().map(|role| format!(", {}", harmless(role))).unwrap_or_default();
    let left = room.saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str()));
    let role = column(if left > 6 { &role } else { "" }, left);
    writeln!(out, "  {}{}  {counts}", styled(SPEAKER, &name), styled(DIM, &role))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 0 to 1 times the cells of a bar")]
fn theme(out: &mut impl Write, theme: &ThemeTotal, width: usize) -> io::Result<()> {
    let share = theme.share.clamp(0.0, 1.0);
    let [wide, narrow] = BAR_CELLS;
    let cells = if width < NARROW { narrow } else { wide };
    let full = (share * cells as f64).round() as usize;
    let bar = styled(BAR, &"█".repeat(full)) + &styled(DIM, &"░".repeat(cells.saturating_sub(full)));
    let counts = format!("{}, {}", counted(theme.articles, "article"), counted(theme.quotes, "quotation"));
    let label = (width / 3).max(16);
    let room = width.saturating_sub(2 + label + 1 + cells + " 100 %".len() + 2);
    let counts = if counts.chars().count() <= room { format!("  {}", styled(DIM, &counts)) } else { String::new() };
    writeln!(out, "  {} {bar} {:>3.0} %{counts}", column(&harmless(&theme.label), label), share * 100.0)
}

/// The articles that failed, and why.
fn failures(out: &mut impl Write, totals: &RunTotals, width: usize) -> io::Result<()> {
    let failed = totals.failures();
    heading(out, !failed.is_empty(), "Failed")?;
    for (path, reason) in failed.iter().take(MOST) {
        let path = without_middle(&harmless(path), width.saturating_sub(2) / 2);
        let room = width.saturating_sub(2 + unicode_width::UnicodeWidthStr::width(path.as_str()) + 2);
        writeln!(out, "  {path}: {}", shortened(&harmless(reason), room))?;
    }
    if failed.len() > MOST {
        writeln!(out, "  {}", styled(DIM, &format!("and {} more", failed.len() - MOST)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sayso::ingest::ArticleSource;
    use sayso::{Error, ErrorKind};
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::cli::specimen::analysis;

    fn printed(width: usize) -> String {
        let mut totals = RunTotals::default();
        totals.add(&analysis()).expect("temporary files can be written");
        totals.add(&analysis()).expect("temporary files can be written");
        totals.settle().expect("and read");
        for number in 1..=12 {
            let source = ArticleSource {
                id: String::new(),
                path: format!("in/archive-of-2031/{number:02}.txt"),
                place: String::new(),
                fingerprint: String::new(),
            };
            totals.add_failed(&source, &Error::new(ErrorKind::Input("empty".to_owned())));
        }
        let mut out = Vec::new();
        write(&mut out, &totals, width).expect("memory takes everything");
        anstream::adapter::strip_str(&String::from_utf8(out).expect("text is UTF-8")).to_string()
    }

    #[test]
    fn is_worth_pasting() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../tests/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("batch_summary", printed(80)));
        for width in [60, 80, 120] {
            assert!(printed(width).lines().all(|line| line.width() <= width), "{width}");
        }
    }
}
