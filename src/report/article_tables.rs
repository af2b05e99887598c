//! The rows that one article has in the tables of a report, for programs that put tables together themselves: engines that run on many machines.
//!
//! They are those of a run but for what only a run knows: persons, clusters, tf-idf, and themes that were found without a codebook.

use super::article::Article;
use super::articles;
use super::cell::{Cell, rounded};
use super::column::TableShape;
use super::exporter::FailedArticle;
use super::{keyphrases, tables};
use crate::{Analysis, ArticleSource, Error};

/// The tables that hold rows of single articles: `articles`, with one row for each, then the others.
pub fn article_tables() -> Vec<TableShape> {
    let others = tables::all().into_iter().map(|table| TableShape { name: table.name(), columns: table.columns() });
    [articles::SHAPE].into_iter().chain(others).chain([keyphrases::SHAPE]).collect()
}

/// The rows of one article in each of [`article_tables`].
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let analysis = sayso::Pipeline::builder().build()?.analyze_text("Rates will rise, said Ana Lind.")?;
/// let rows = sayso::report::article_rows(&analysis);
/// let quotes = sayso::report::article_tables().iter().position(|table| table.name == "quotes").expect("a table of quotations");
/// assert_eq!((rows[0].len(), rows[quotes].len()), (1, 1));
/// # Ok(())
/// # }
/// ```
pub fn article_rows(analysis: &Analysis) -> Vec<Vec<Vec<Cell>>> {
    let article = Article::new(analysis);
    let others = tables::all().into_iter().map(|table| table.rows(&article));
    let tables = [vec![articles::row(&article).into()]].into_iter().chain(others).chain([keyphrases::rows(&article)]);
    tables.map(|rows| rows.into_iter().map(as_stored).collect()).collect()
}

/// The row in `articles` of one that could not be analysed.
pub fn failed_row(source: &ArticleSource, error: &Error) -> Vec<Cell> {
    as_stored(articles::failed_row(FailedArticle { source, error }).into())
}

/// The cells as they would be read back from a file.
fn as_stored(row: Vec<Cell>) -> Vec<Cell> {
    let cell = |cell: Cell| match cell {
        Cell::Text(text) if text.is_empty() => Cell::Empty,
        Cell::Decimal(number) => Cell::Decimal(rounded(number)),
        other => other,
    };
    row.into_iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Report, RunOptions, StoredTable, sample};
    use super::*;
    use crate::ErrorKind;

    /// What only a run knows.
    const OF_RUN: [&str; 5] = ["person_id", "quotation_cluster", "cluster_id", "is_copy_of", "tf_idf"];

    #[test]
    fn rows_are_those_of_a_run_but_for_what_a_run_knows() {
        let folder = tempfile::tempdir().unwrap();
        let analysis = sample::full();
        let source = ArticleSource { id: "b".to_owned(), path: "b.txt".to_owned(), ..ArticleSource::default() };
        let error = Error::new(ErrorKind::Input("binary file, not text".to_owned()));
        let mut report = Report::create(folder.path(), RunOptions::default()).unwrap();
        report.add(&analysis).unwrap();
        report.add_failed(&source, &error).unwrap();
        report.finish().unwrap();
        let stored = StoredTable::all(folder.path()).unwrap();
        let mut rows = article_rows(&analysis);
        rows[0].push(failed_row(&source, &error));
        for (shape, rows) in article_tables().iter().zip(rows) {
            let table = stored.iter().find(|table| table.name() == shape.name).expect(shape.name);
            let names: Vec<&str> = shape.columns.iter().map(|column| column.name).collect();
            let known = |row: Vec<Cell>| {
                let cells = names.iter().zip(row).filter(|(name, _)| !OF_RUN.contains(name)).map(|(_, cell)| cell);
                cells.collect::<Vec<Cell>>()
            };
            let expected: Vec<Vec<Cell>> = table.rows().unwrap().map(|row| known(row.unwrap())).collect();
            assert_eq!(rows.into_iter().map(known).collect::<Vec<_>>(), expected, "{}", shape.name);
            assert!(!expected.is_empty(), "{}: the sample has rows", shape.name);
        }
    }
}
