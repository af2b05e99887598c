//! A half-open byte range into one document's text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes `[start, end)` into the text of a [`Document`](crate::Document).
///
/// Both ends stand on `char` borders of the text the span was made for. Spans order by start, then by end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// Makes the span `[start, end)`; an `end` before `start` gives the empty span at `start`.
    ///
    /// ```
    /// let span = sayso::Span::new(3, 8);
    /// assert_eq!((span.start(), span.end(), span.len()), (3, 8, 5));
    /// ```
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The first byte of the span.
    pub fn start(self) -> usize {
        self.start
    }

    /// The byte after the last one of the span.
    pub fn end(self) -> usize {
        self.end
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span as a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}
