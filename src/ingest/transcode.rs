//! Text of a demanded or marked encoding as UTF-8, as it comes; without either, the bytes as they are.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

/// Reads bytes of any encoding as UTF-8.
pub(super) struct Utf8Reader<R> {
    inner: R,
    demanded: Option<&'static Encoding>,
    state: State,
    /// What was read and not yet handed on.
    ready: Vec<u8>,
    at: usize,
}

enum State {
    Unknown,
    AsIs,
    Decoding(Box<Decoder>),
    Ended,
}

const CHUNK: usize = 16 << 10;

impl<R: Read> Utf8Reader<R> {
    pub(super) fn new(inner: R, demanded: Option<&'static Encoding>) -> Self {
        Self { inner, demanded, state: State::Unknown, ready: Vec::new(), at: 0 }
    }

    /// Reads the first bytes and finds out what they are.
    fn begin(&mut self) -> io::Result<()> {
        let mut first = Vec::new();
        self.inner.by_ref().take(3).read_to_end(&mut first)?;
        let marked = Encoding::for_bom(&first).map(|(encoding, _)| encoding);
        if let Some(encoding) = self.demanded.or(marked).filter(|encoding| *encoding != UTF_8) {
            let mut decoder = encoding.new_decoder_with_bom_removal();
            self.ready = decoded(&mut decoder, &first, false);
            self.state = State::Decoding(Box::new(decoder));
        } else {
            self.ready = first.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(first);
            self.state = State::AsIs;
        }
        Ok(())
    }
}

fn decoded(decoder: &mut Decoder, bytes: &[u8], is_last: bool) -> Vec<u8> {
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16));
    let _ = decoder.decode_to_string(bytes, &mut text, is_last); // the text has room for all of it
    text.into_bytes()
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = self.ready.get(self.at..).unwrap_or_default();
            if !left.is_empty() {
                let count = left.len().min(buffer.len());
                for (to, from) in buffer.iter_mut().zip(left) {
                    *to = *from;
                }
                self.at += count;
                return Ok(count);
            }
            self.at = 0;
            self.ready.clear();
            match &mut self.state {
                State::Unknown => self.begin()?,
                State::AsIs => return self.inner.read(buffer),
                State::Decoding(decoder) => {
                    let mut chunk = vec![0; CHUNK];
                    let read = self.inner.read(&mut chunk)?;
                    chunk.truncate(read);
                    self.ready = decoded(decoder, &chunk, read == 0);
                    if read == 0 {
                        self.state = State::Ended;
                    }
                }
                State::Ended => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_utf8() {
        let text = "“Šef” ".repeat(5000);
        let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [(text.clone().into_bytes(), None), (utf16, None), (format!("\u{FEFF}{text}").into_bytes(), None)] {
            let mut found = String::new();
            Utf8Reader::new(bytes.as_slice(), encoding).read_to_string(&mut found).unwrap();
            assert_eq!(found, text);
        }
        let mut found = String::new();
        Utf8Reader::new(&b"caf\xE9"[..], Some(encoding_rs::WINDOWS_1252)).read_to_string(&mut found).unwrap();
        assert_eq!(found, "café");
    }
}
