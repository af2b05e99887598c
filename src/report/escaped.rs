//! JSON without raw control characters: those that JSON lets through, DEL and the C1 controls, drive terminals just as those it escapes.

use std::io::{self, Write};

/// Writes JSON on, with `\u009b` for the character; what stands outside of strings has none.
pub(super) struct Escaped<W>(pub(super) W);

impl<W: Write> Write for Escaped<W> {
    /// Takes whole characters only, as `serde_json` writes them.
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        let mut rest = json;
        while let Some((at, length, code)) = first_control(rest) {
            self.0.write_all(rest.get(..at).unwrap_or_default())?;
            write!(self.0, "\\u{code:04x}")?;
            rest = rest.get(at + length..).unwrap_or_default();
        }
        self.0.write_all(rest)?;
        Ok(json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Where the first one stands, its bytes and its code point.
fn first_control(json: &[u8]) -> Option<(usize, usize, u8)> {
    json.iter().enumerate().find_map(|(at, byte)| match (byte, json.get(at + 1)) {
        (0x7f, _) => Some((at, 1, 0x7f)),
        (0xc2, Some(&code @ 0x80..=0x9f)) => Some((at, 2, code)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_escapes_and_come_back() {
        let text = "a\u{7f}b\u{9b}31m ©é\u{a0}\u{80}\u{9f}“c”\u{1b}";
        let mut json = Vec::new();
        serde_json::to_writer_pretty(Escaped(&mut json), &[text]).unwrap();
        let json = String::from_utf8(json).unwrap();
        assert!(json.chars().all(|ch| ch == '\n' || !ch.is_control()), "{json:?}");
        assert!(json.contains("a\\u007fb\\u009b31m ©é"), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
    }
}
