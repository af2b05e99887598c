//! Reads a table of words: words as rows, what they are as columns.
//!
//! ```text
//! # Words for people: what they are, what they do.
//! @office   the columns, each with what it says of a word
//! mayor     office     title     ← the cells, parted by tabs; only those that are filled
//! mayoress  role       gender=f
//! ```
//!
//! Most words have one or two of a dozen columns, so a row names the columns it fills instead of leaving the others empty: a new column touches no other row.

use std::collections::{HashMap, HashSet};

/// A table of the vocabulary.
#[derive(Debug)]
pub(super) struct Table {
    /// The columns, as the head of the file declares them.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rows to them"))]
    pub(super) columns: Vec<&'static str>,
    /// The words, each with its filled columns and what stands in them; nothing, where being filled is all that is said.
    pub(super) rows: Vec<(&'static str, Vec<(&'static str, &'static str)>)>,
}

impl Table {
    /// Reads the text of a table; a test holds the shipped ones to their shape.
    pub(super) fn read(text: &'static str) -> Self {
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut cells = line.split('\t');
            let first = cells.next().unwrap_or_default();
            match first.strip_prefix('@') {
                Some(column) => columns.push(column),
                None => rows.push((first, cells.map(|cell| cell.split_once('=').unwrap_or((cell, ""))).collect())),
            }
        }
        Self { columns, rows }
    }

    /// The words that fill `column`, with what stands there, in the order of the file.
    pub(super) fn column(&self, column: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.rows.iter().filter_map(move |(word, cells)| cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| (*word, *cell)))
    }

    /// The words that fill `column`.
    pub(super) fn words(&self, column: &str) -> HashSet<&'static str> {
        self.column(column).map(|(word, _)| word).collect()
    }

    /// What `read` makes of the cells of `column`, by word.
    pub(super) fn values<T>(&self, column: &str, read: impl Fn(&'static str) -> Option<T>) -> HashMap<&'static str, T> {
        self.column(column).filter_map(|(word, cell)| Some((word, read(cell)?))).collect()
    }
}

/// Questions whether a word fills a column of a table.
macro_rules! questions {
    ($table:ident: $($(#[$doc:meta])* $name:ident = $column:literal;)+) => {$(
        $(#[$doc])*
        pub(crate) fn $name(word: &str) -> bool {
            static WORDS: std::sync::LazyLock<std::collections::HashSet<&str>> = std::sync::LazyLock::new(|| $table.words($column));
            WORDS.contains(word)
        }
    )+};
}

pub(super) use questions;
