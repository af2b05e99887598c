//! Turns a file's bytes into text, or says at which byte they are none.
//!
//! A text that is UTF-8 but for a few bytes stays UTF-8: one stray byte, or a file cut inside a character, must not turn every quotation
//! mark of an article into `â€œ`. The bad bytes become U+FFFD and are counted.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::{Error, ErrorKind, Result};

/// A text with what its bytes were read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding's name, as the WHATWG standard has it.
    pub(crate) encoding: &'static str,
    /// How many bytes were replaced by U+FFFD.
    pub(crate) repaired_bytes: usize,
}

impl Decoded {
    /// What the user should know about it.
    pub(crate) fn note(&self) -> Option<String> {
        let bytes = if self.repaired_bytes == 1 { "byte was" } else { "bytes were" };
        (self.repaired_bytes > 0).then(|| format!("{} {bytes} not valid {} and replaced by U+FFFD", self.repaired_bytes, self.encoding))
    }
}

/// Decodes `bytes` in the `encoding` given; else by its byte order mark, as UTF-8, or in the encoding that fits best.
pub(crate) fn decode(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded> {
    if let Some(format) = binary_format(bytes) {
        return Err(input(format!("not a text file: it is {format}")).with_hint("convert it to plain text first"));
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let decoded = match (encoding, marked) {
        (Some(encoding), _) => whole(strict(bytes, encoding).map_err(|at| invalid(encoding, at))?, encoding),
        (None, Some(encoding)) => match strict(bytes, encoding) {
            Ok(text) => whole(text, encoding),
            Err(at) => repaired(bytes, encoding).ok_or_else(|| invalid(encoding, at))?,
        },
        (None, None) => match strict(bytes, UTF_8) {
            Ok(text) => whole(text, UTF_8),
            Err(_) if is_nearly_utf8(bytes) => repaired(bytes, UTF_8).ok_or_else(|| input("not a text file".to_owned()))?,
            Err(at) => detected(bytes, at)?,
        },
    };
    match decoded.text.find('\0') {
        None => Ok(decoded),
        Some(at) => Err(input(format!("not a text file: a zero byte stands at byte {at}"))
            .with_hint("leave it out of the input, or pass --encoding utf-16le if it is UTF-16 without a byte order mark")),
    }
}

/// The encoding of some bytes of a text, for a reader that decodes them piece by piece: UTF-8 where they nearly are, else the best guess.
pub(crate) fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() || is_nearly_utf8(bytes) { UTF_8 } else { guess(bytes) }
}

/// Decodes a piece of a text, whatever stands in it; counts the characters that were replaced.
pub(crate) fn decode_piece<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, str>, usize) {
    let (text, has_bad) = encoding.decode_without_bom_handling(bytes);
    let replaced = if has_bad { text.matches('\u{FFFD}').count() } else { 0 };
    (text, replaced)
}

fn whole(text: String, encoding: &'static Encoding) -> Decoded {
    Decoded { text, encoding: encoding.name(), repaired_bytes: 0 }
}

/// The text with U+FFFD for what does not fit; `None` where so much does not that it is no text.
fn repaired(bytes: &[u8], encoding: &'static Encoding) -> Option<Decoded> {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let repaired_bytes = text.matches('\u{FFFD}').count();
    (repaired_bytes * 50 <= text.chars().count() + 50).then(|| Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        repaired_bytes,
    })
}

/// Whether the bytes are UTF-8 but for a few: at most one bad place for four characters beyond ASCII that are well formed, and no more
/// than one in fifty characters; or whether the only bad place is a character of three bytes or four that the end cuts in two.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad, mut chars, mut is_cut) = (0_usize, 0_usize, 0_usize, false);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|ch| !ch.is_ascii()).count();
        chars += chunk.valid().chars().count();
        bad += usize::from(!chunk.invalid().is_empty());
        is_cut = chunk.invalid().len() > 1;
    }
    let is_seldom = bad * 50 <= chars + 50;
    is_seldom && ((good > 0 && bad <= good.div_ceil(4)) || (bad == 1 && is_cut))
}

fn input(message: String) -> Error {
    Error::new(ErrorKind::Input(message))
}

fn invalid(encoding: &'static Encoding, at: usize) -> Error {
    let hint =
        if encoding == UTF_8 { "pass --encoding windows-1252, or leave it out to detect it" } else { "leave --encoding out to detect it" };
    input(format!("not valid {} at byte {at}", encoding.name())).with_hint(hint)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

fn detected(bytes: &[u8], invalid_at: usize) -> Result<Decoded> {
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(input(format!("not a text file: a zero byte stands at byte {at}")).with_hint("leave it out of the input"));
    }
    let guess = guess(bytes);
    let text = strict(bytes, guess).map_err(|_| {
        input(format!("not valid UTF-8 at byte {invalid_at}, and no other encoding fits")).with_hint("name the encoding with --encoding")
    })?;
    // A text has few control characters; a program or an archive has many, in any encoding.
    let controls = text.chars().filter(|&ch| ch.is_control() && !ch.is_whitespace()).count();
    if controls * 50 > text.chars().count() {
        return Err(input("not a text file: it has many control characters".to_owned()).with_hint("leave it out of the input"));
    }
    Ok(whole(text, guess))
}

/// Decodes all of `bytes` without their byte order mark; else gives the offset of the first byte that does not fit.
fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<String, usize> {
    if encoding == UTF_8 {
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let skipped = bytes.len() - body.len();
        return std::str::from_utf8(body).map(str::to_owned).map_err(|error| error.valid_up_to() + skipped);
    }
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len() * 3));
    let mut read = 0;
    loop {
        let (result, more) = decoder.decode_to_string_without_replacement(bytes.get(read..).unwrap_or_default(), &mut text, true);
        read += more;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(bytes.len() + 64),
            DecoderResult::Malformed(bad, after) => return Err(read.saturating_sub(usize::from(bad) + usize::from(after))),
        }
    }
}

/// The format of a file that is known by its first bytes and is no text.
pub(super) fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    let formats: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\xD0\xCF\x11\xE0", "an office document"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"SQLite format 3", "a database"),
    ];
    formats.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, format)| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_marked_given_and_detected_encodings() {
        let utf16: Vec<u8> = "\u{FEFF}“Šef”".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (gbk, ..) = encoding_rs::GBK.encode("新质生产力是创新起主导作用的先进生产力质态，摆脱传统经济增长方式。");
        for (bytes, encoding, expected) in [
            (&b"\xEF\xBB\xBFa"[..], None, "a"),
            (&utf16, None, "“Šef”"),
            (b"\x93No,\x94 she said in the caf\xE9.", None, "“No,” she said in the café."),
            (b"caf\xE9", Some(encoding_rs::WINDOWS_1252), "café"),
            (&gbk, None, "新质生产力是创新起主导作用的先进生产力质态，摆脱传统经济增长方式。"),
        ] {
            assert_eq!(decode(bytes, encoding).unwrap().text, expected);
        }
    }

    #[test]
    fn a_stray_byte_leaves_utf8_alone() {
        for (bytes, expected, repaired_bytes) in [
            (&b"\xE2\x80\x9CNo,\xE2\x80\x9D she said in the caf\xE9 by the sea."[..], "“No,” she said in the caf\u{FFFD} by the sea.", 1),
            ("“Yes,” he said. “Never".as_bytes().split_last_chunk::<6>().unwrap().0, "“Yes,” he said. \u{FFFD}", 1),
            (b"Prices rose, he said, by \xE2\x82", "Prices rose, he said, by \u{FFFD}", 1),
        ] {
            let decoded = decode(bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.repaired_bytes), (expected, "UTF-8", repaired_bytes));
            assert!(decoded.note().is_some());
        }
        let legacy = decode(b"\x93No,\x94 she said in the caf\xE9.", None).unwrap();
        assert_eq!((legacy.encoding, legacy.repaired_bytes, legacy.note()), ("windows-1252", 0, None));
    }

    #[test]
    fn names_the_byte_that_does_not_fit() {
        for (bytes, encoding, expected) in [
            (&b"caf\xE9 x"[..], UTF_8, "not valid UTF-8 at byte 3"),
            (b"\xEF\xBB\xBFab\xFF", UTF_8, "not valid UTF-8 at byte 5"),
            (b"abc\x81\x20d", encoding_rs::SHIFT_JIS, "not valid Shift_JIS at byte 3"),
        ] {
            let error = decode(bytes, Some(encoding)).unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(error.hint().is_some());
        }
    }

    #[test]
    fn refuses_programs() {
        let bytes: Vec<u8> = (0..4000_u32).map(|at| u8::try_from(at * 7919 % 251 + 1).unwrap()).collect();
        assert!(decode(&bytes, None).is_err());
    }
}
