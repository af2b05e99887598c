//! One text's offsets in each unit that formats count by: code points (as reports do), UTF-16 units and bytes.

use super::record::SpanRecord;

/// Where every code point of a text begins.
#[derive(Debug)]
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// The byte and the UTF-16 unit of each code point, and of the end.
    starts: Vec<(usize, usize)>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut units = 0;
        let mut starts: Vec<(usize, usize)> = text
            .char_indices()
            .map(|(byte, ch)| {
                units += ch.len_utf16();
                (byte, units - ch.len_utf16())
            })
            .collect();
        starts.push((text.len(), units));
        Self { text, starts }
    }

    /// The words of a span; empty where it does not fit the text.
    pub(super) fn slice(&self, span: SpanRecord) -> &'a str {
        self.text.get(self.byte(span.start)..self.byte(span.end)).unwrap_or_default()
    }

    /// The byte a code point begins at; the end for one beyond it.
    pub(super) fn byte(&self, point: usize) -> usize {
        self.starts.get(point).map_or(self.text.len(), |&(byte, _)| byte)
    }

    /// The UTF-16 unit a code point begins at.
    pub(super) fn utf16(&self, point: usize) -> usize {
        self.starts.get(point).or(self.starts.last()).map_or(0, |&(_, unit)| unit)
    }

    /// The code point that begins at a UTF-16 unit; none for the middle of one, and beyond the end.
    pub(super) fn point_of_utf16(&self, unit: usize) -> Option<usize> {
        let point = self.starts.partition_point(|&(_, start)| start < unit);
        self.starts.get(point).filter(|(_, start)| *start == unit).map(|_| point)
    }

    /// The code point that begins at a byte, or the one that holds it.
    pub(super) fn point(&self, byte: usize) -> usize {
        self.starts.partition_point(|&(start, _)| start <= byte).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_every_unit() {
        let text = "a“😀”é";
        let offsets = Offsets::new(text);
        assert_eq!(offsets.slice(SpanRecord { start: 1, end: 4 }), "“😀”");
        assert_eq!((offsets.utf16(2), offsets.utf16(3), offsets.utf16(5), offsets.utf16(9)), (2, 4, 6, 6));
        assert_eq!((offsets.byte(3), offsets.point(8), offsets.point(9)), (8, 3, 3));
        assert_eq!([2, 3, 4, 6, 7].map(|unit| offsets.point_of_utf16(unit)), [Some(2), None, Some(3), Some(5), None]);
        assert_eq!(offsets.slice(SpanRecord { start: 4, end: 2 }), "");
    }
}
