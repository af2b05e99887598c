//! How much the streams of a PDF may unpack to: looked at before anything is read, as the library unpacks each in one go.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use crate::{Error, ErrorKind, Result};

/// The most that all streams may unpack to, in bytes; less in tests, which should end.
const MOST_UNPACKED: u64 = if cfg!(test) { 4 << 20 } else { 512 << 20 };

/// Refuses a document whose packed streams hold too much, wherever its tables say they are.
///
/// Streams inside streams are looked at too: what unpacks to another packed stream is packed twice.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    let mut left = MOST_UNPACKED;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        let begun = rest.get(at + b"stream".len()..).unwrap_or_default();
        let body = begun.strip_prefix(b"\r\n").or_else(|| begun.strip_prefix(b"\n")).or_else(|| begun.strip_prefix(b"\r"));
        if let Some(body) = body.filter(|body| is_zlib(body) && !is_picture(rest.get(..at).unwrap_or_default())) {
            left = unpack(body, left)?;
        }
        rest = begun;
    }
    Ok(())
}

/// Whether what stands before a stream makes it a picture: those are never unpacked, and may be as large as they like.
fn is_picture(before: &[u8]) -> bool {
    const LONGEST: usize = 4096;
    let near = before.get(before.len().saturating_sub(LONGEST)..).unwrap_or_default();
    let text = String::from_utf8_lossy(near);
    let own = text.rsplit("obj").next().unwrap_or_default();
    let says = |name: &str| own.contains(name);
    (says("/Subtype/Image") || says("/Subtype /Image")) && !says("ObjStm") && !says("XRef")
}

/// Whether bytes begin as zlib's do: deflate with any window, and a check sum of both bytes.
fn is_zlib(bytes: &[u8]) -> bool {
    let [method, flags, ..] = bytes else { return false };
    method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31)
}

/// Counts what a stream unpacks to; gives what may still come.
fn unpack(packed: &[u8], left: u64) -> Result<u64> {
    let mut start = Vec::new();
    let mut unpacked = ZlibDecoder::new(packed).take(left + 1);
    // A stream that is broken ends where it breaks: what was unpacked until then counts.
    let _ = unpacked.by_ref().take(2).read_to_end(&mut start);
    if is_zlib(&start) {
        return unpack_twice(packed, left);
    }
    let _ = io::copy(&mut unpacked, &mut io::sink());
    left.checked_sub(left + 1 - unpacked.limit()).ok_or_else(too_much)
}

fn unpack_twice(packed: &[u8], left: u64) -> Result<u64> {
    let mut unpacked = ZlibDecoder::new(ZlibDecoder::new(packed)).take(left + 1);
    let _ = io::copy(&mut unpacked, &mut io::sink());
    left.checked_sub(left + 1 - unpacked.limit()).ok_or_else(too_much)
}

fn too_much() -> Error {
    let message = format!("the streams of the PDF unpack to more than {} MiB: no article does", MOST_UNPACKED >> 20);
    Error::new(ErrorKind::Input(message)).with_hint("print it to a new PDF, or leave it out")
}

/// Where `word` stands first.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| Some(byte) == word.first())?;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut writer = ZlibEncoder::new(Vec::new(), Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn document(streams: &[Vec<u8>]) -> Vec<u8> {
        let stream = |bytes: &Vec<u8>| [b"<</Filter/FlateDecode>>stream\n", bytes.as_slice(), b"\nendstream\n"].concat();
        [b"%PDF-1.4\n".to_vec(), streams.iter().flat_map(stream).collect()].concat()
    }

    #[test]
    fn refuses_streams_that_unpack_to_too_much() {
        let (small, large) = (vec![b' '; 1 << 20], vec![b' '; 5 << 20]);
        assert!(check(&document(&[packed(&small), packed(&small), b"text".to_vec()])).is_ok());
        for bomb in [
            vec![packed(&large)],
            vec![packed(&small); 5],
            vec![packed(&packed(&large))],
            vec![packed(&large).split_last().map(|(_, cut)| cut.to_vec()).unwrap()],
        ] {
            let error = check(&document(&bomb)).unwrap_err();
            assert_eq!(error.to_string(), "the streams of the PDF unpack to more than 4 MiB: no article does");
            assert!(super::super::read_document(&document(&bomb)).is_err_and(|error| error.to_string().contains("4 MiB")));
        }
        let picture = [b"5 0 obj <</Subtype/Image/Filter/FlateDecode>> stream\n".as_slice(), &packed(&large)].concat();
        assert!(check(&picture).is_ok());
        assert!(check(b"stream").is_ok() && check(b"stream\nx\x9c").is_ok() && check(b"").is_ok());
    }
}
