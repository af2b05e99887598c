//! The columns of tables: a name, and what type its values have. A file format maps the types to its own; the tables name them.

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// The type of its values.
    pub kind: ColumnKind,
}

/// The type of a column's values; every value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, ids, names of a closed set, days and months.
    Text,
    /// A whole number of no less than nothing: counts, offsets, numbers of sentences.
    Count,
    /// A share, score or confidence.
    Decimal,
    /// True or false.
    Flag,
    /// Several texts.
    List,
    /// Several places in the text, each from a first code point to the one after the last: `12..25`.
    Spans,
}

impl ColumnKind {
    /// The name in `docs/report.md`.
    #[cfg(test)]
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "count",
            Self::Decimal => "number",
            Self::Flag => "flag",
            Self::List => "list",
            Self::Spans => "spans",
        }
    }
}

impl Column {
    pub(super) const fn text(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Text }
    }

    pub(super) const fn count(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Count }
    }

    pub(super) const fn decimal(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Decimal }
    }

    pub(super) const fn flag(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Flag }
    }

    pub(super) const fn spans(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Spans }
    }

    pub(super) const fn list(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::List }
    }
}

/// A table as other formats see it: its name and its columns.
#[derive(Debug, Clone, Copy)]
pub struct TableShape {
    /// The name of its file without the ending.
    pub name: &'static str,
    /// The columns that every run has, in their order.
    pub columns: &'static [Column],
}
