//! Reads a table of words: words as rows, what they are as columns.

use std::collections::HashMap;

/// A table as its file writes it: lines that start with `#` are comments, the first other line names the columns, every other line is a word and its cells,
/// parted by tabs. `-` is an empty cell.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<&'static str>,
    rows: Vec<(&'static str, Vec<&'static str>)>,
}

impl Table {
    pub(super) fn read(text: &'static str) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let columns = lines.next().unwrap_or_default().split('\t').skip(1).collect();
        let rows = lines.map(|line| {
            let mut cells = line.split('\t');
            (cells.next().unwrap_or_default(), cells.collect())
        });
        Self { columns, rows: rows.collect() }
    }

    /// The words that have something in `column`, and what; no words for a column that the table has not.
    pub(super) fn column(&self, column: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        let at = self.columns.iter().position(|name| *name == column);
        self.rows.iter().filter_map(move |(word, cells)| Some((*word, *cells.get(at?).filter(|cell| **cell != "-")?)))
    }

    /// The words that have something in `column`, by word.
    pub(super) fn by_word<T>(&self, column: &str, read: impl Fn(&'static str) -> Option<T>) -> HashMap<&'static str, T> {
        self.column(column).filter_map(|(word, cell)| Some((word, read(cell)?))).collect()
    }
}
