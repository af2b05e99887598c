//! Byte offsets (inside) to Unicode code points (in outputs). The two are different types, so they cannot be mixed.

use super::Span;

/// A half-open range of Unicode code points, as outputs show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePointSpan {
    /// The first code point.
    pub start: usize,
    /// The code point after the last one.
    pub end: usize,
}

/// Converts between bytes and code points of one text, in logarithmic time.
#[derive(Debug, Clone)]
pub struct CodePointOffsets {
    /// For every `char` of more than one byte: (byte after it, surplus bytes so far).
    surplus: Vec<(usize, usize)>,
}

impl CodePointOffsets {
    /// Indexes `text`.
    ///
    /// ```
    /// let offsets = sayso::document::CodePointOffsets::new("“Growth”");
    /// let span = offsets.to_code_points(sayso::Span::new(3, 9));
    /// assert_eq!((span.start, span.end), (1, 7));
    /// ```
    pub fn new(text: &str) -> Self {
        let mut surplus = Vec::new();
        let mut total = 0;
        for (at, ch) in text.char_indices().filter(|(_, ch)| ch.len_utf8() > 1) {
            total += ch.len_utf8() - 1;
            surplus.push((at + ch.len_utf8(), total));
        }
        Self { surplus }
    }

    /// The code points a byte span covers.
    pub fn to_code_points(&self, span: Span) -> CodePointSpan {
        CodePointSpan { start: self.code_point(span.start()), end: self.code_point(span.end()) }
    }

    /// The byte span that a range of code points covers; the reverse of [`Self::to_code_points`].
    pub fn to_bytes(&self, span: CodePointSpan) -> Span {
        Span::new(self.byte(span.start), self.byte(span.end))
    }

    fn code_point(&self, byte: usize) -> usize {
        let before = self.surplus.partition_point(|&(end, _)| end <= byte);
        byte - before.checked_sub(1).and_then(|last| self.surplus.get(last)).map_or(0, |&(_, total)| total)
    }

    fn byte(&self, code_point: usize) -> usize {
        let before = self.surplus.partition_point(|&(end, total)| end - total <= code_point);
        code_point + before.checked_sub(1).and_then(|last| self.surplus.get(last)).map_or(0, |&(_, total)| total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_border_converts_there_and_back() {
        let text = "a“b”—習近平 Šefčovič 😀.";
        let offsets = CodePointOffsets::new(text);
        for (points, (byte, _)) in text.char_indices().enumerate() {
            let span = Span::new(byte, text.len());
            let expected = CodePointSpan { start: points, end: text.chars().count() };
            assert_eq!(offsets.to_code_points(span), expected);
            assert_eq!(offsets.to_bytes(expected), span);
        }
    }
}
