//! The tables of a report, one per file; each says its columns and its rows, none knows a file format.

mod coding;
mod entities;
mod months;
mod quote_speakers;
mod quotes;
mod speakers;
mod theme_by_speaker;
mod theme_cooccurrence;
mod theme_coverage;
mod theme_coverage_long;
mod theme_evidence;
mod theme_quotes;
mod theme_sentences;
mod theme_summary;
mod theme_timeline;
mod theme_totals;

use super::article::Article;
use super::cell::Cell;
use super::column::{Column, TableShape};
use super::{articles, keyphrases, people, quotation_clusters, theme_terms};
use crate::themes::ThemeRates;

/// One table.
pub(super) trait Table: Sync {
    /// The file's name without its ending.
    fn name(&self) -> &'static str;

    /// The columns.
    fn columns(&self) -> &'static [Column];

    /// Whether it counts what articles say, so that a copy of another article may be left out.
    fn counts(&self) -> bool {
        false
    }

    /// The rows of one article; each as long as [`Self::columns`].
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>>;
}

/// A table of the whole run, whose rows stand when its last article is in.
pub(super) trait RunTable {
    /// The file's name without its ending.
    fn name(&self) -> &'static str;

    /// The columns.
    fn columns(&self) -> &'static [Column];

    /// Whether it counts what articles say, so that a copy of another article may be left out.
    fn counts(&self) -> bool {
        true
    }

    /// Counts an article.
    fn add(&mut self, article: &Article<'_>);

    /// The rows, made one after another; each as long as [`Self::columns`].
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_>;
}

/// Every table with rows of single articles.
pub(super) fn all() -> [&'static dyn Table; 10] {
    [
        &quotes::Quotes,
        &quote_speakers::QuoteSpeakers,
        &speakers::Speakers,
        &entities::Entities,
        &theme_coverage::ThemeCoverage,
        &theme_by_speaker::ThemeBySpeaker,
        &theme_cooccurrence::ThemeCooccurrence,
        &theme_sentences::ThemeSentences,
        &theme_quotes::ThemeQuotes,
        &theme_evidence::ThemeEvidence,
    ]
}

/// Every table of the whole run, empty; `rates` are those of a fitted codebook.
pub(super) fn of_run(rates: &ThemeRates) -> [Box<dyn RunTable>; 4] {
    [
        Box::<theme_timeline::ThemeTimeline>::default(),
        Box::new(theme_summary::ThemeSummary::new(rates.clone())),
        Box::<theme_coverage_long::ThemeCoverageLong>::default(),
        Box::<theme_totals::ThemeTotals>::default(),
    ]
}

/// The shapes of all tables: what stands for itself first, what refers to it after.
pub(super) fn shapes() -> Vec<TableShape> {
    let articles = all().into_iter().map(|table| TableShape { name: table.name(), columns: table.columns() });
    let run = of_run(&ThemeRates::new());
    let run = run.iter().map(|table| TableShape { name: table.name(), columns: table.columns() });
    [articles::SHAPE, people::SHAPE, theme_terms::SHAPE]
        .into_iter()
        .chain(articles)
        .chain([keyphrases::SHAPE])
        .chain(run)
        .chain([quotation_clusters::SHAPE])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::articles::OWN;

    const DOCS: &str = include_str!("../../docs/report.md");

    /// The rows `| `name` | type | unit | meaning |` below a table's heading.
    fn documented(table: &str) -> Vec<(String, String)> {
        let columns = DOCS.split("\n## Columns\n").nth(1).expect("a chapter");
        let (_, section) = columns.split_once(&format!("\n### {table}.csv\n")).unwrap_or_else(|| panic!("{table} is described"));
        let section = section.split("\n## ").next().and_then(|section| section.split("\n### ").next()).unwrap_or_default();
        let rows = section.lines().filter(|line| line.starts_with("| `")).map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            assert!(cells.len() == 4 && cells.iter().all(|cell| !cell.is_empty()), "{table}: {line}");
            (cells[0].trim_matches('`').to_owned(), cells[1].to_owned())
        });
        rows.filter(|(name, _)| !name.starts_with(OWN)).collect()
    }

    #[test]
    fn every_column_is_described_with_its_type() {
        for shape in shapes() {
            let columns = shape.columns.iter().map(|column| (column.name.to_owned(), column.kind.name().to_owned()));
            assert_eq!(documented(shape.name), columns.collect::<Vec<_>>(), "{}", shape.name);
            assert!(DOCS.contains(&format!("| `{}.csv` |", shape.name)), "{} is in the list of files", shape.name);
        }
    }
}
