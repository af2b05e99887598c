//! Outside bytes to documents: decoding, formats, limits, ids.
//!
//! A plain text becomes the document's text as it is, only decoded. Of Markdown the document's text is the rendered text: front
//! matter goes to the metadata; headings, list items and block quotes are lines of their own, blank lines stand between blocks, and
//! marks, link targets, pictures and HTML tags are gone.

mod decode;
mod discover;
#[cfg_attr(not(test), expect(dead_code, reason = "the door to them comes next"))]
mod format;
#[cfg_attr(not(test), expect(dead_code, reason = "the door to them comes next"))]
mod formats;
mod front_matter;
mod id;
mod markdown;

pub(crate) use decode::decode;
pub use discover::{Source, discover};

use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::Encoding;

use crate::{Document, Error, ErrorKind, Metadata, Result, sha256};

/// How files become documents.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions {
    /// The encoding of all files; detected for each where none is given.
    pub encoding: Option<&'static Encoding>,
    /// The size of the largest article that is read, in bytes.
    pub max_bytes: u64,
    /// The size of the largest file that is read as one piece and is more than its text (PDF, DOCX, saved pages), in bytes.
    pub max_file_bytes: u64,
}

impl ReadOptions {
    /// The defaults with the encoding that `label` names (`utf-8`, `windows-1252`, `gbk`).
    ///
    /// # Errors
    ///
    /// If no encoding has this name.
    pub fn with_encoding(label: &str) -> Result<Self> {
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            Error::new(ErrorKind::Config(format!("unknown encoding '{label}'"))).with_hint("use a name such as utf-8, windows-1252 or gbk")
        })?;
        Ok(Self { encoding: Some(encoding), ..Self::default() })
    }
}

impl Default for ReadOptions {
    /// Detects the encoding and reads articles of up to 1 MiB, from documents of up to 256 MiB.
    fn default() -> Self {
        Self { encoding: None, max_bytes: 1 << 20, max_file_bytes: 256 << 20 }
    }
}

/// Reads one article; the name of its file tells Markdown from plain text.
///
/// # Errors
///
/// If the file cannot be read, is too large, is empty, is no text, or does not fit the encoding given.
pub fn read_file(source: &Source, options: &ReadOptions) -> Result<Document> {
    let shown = source.shown.as_str();
    let fail = |error| Error::new(ErrorKind::Read(error)).at(shown);
    let file = File::open(&source.path).map_err(fail)?;
    let size = file.metadata().map_err(fail)?.len();
    if size > options.max_bytes {
        return Err(too_large(shown, Some(size), options.max_bytes));
    }
    let mut bytes = Vec::new();
    file.take(options.max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(fail)?;
    read_bytes(&bytes, shown, &source.id, options)
}

/// Makes a document of a file's bytes, with the checks of [`read_file`]; `shown` is its path as reports show it.
///
/// ```
/// let options = sayso::ReadOptions::default();
/// let doc = sayso::read_bytes(b"---\noutlet: Example Daily\n---\n# Rates\n\n*Rates* rose.", "a/rates.md", "rates", &options)?;
/// assert_eq!(doc.text(), "Rates\n\nRates rose.");
/// assert_eq!(doc.metadata()["outlet"], "Example Daily");
/// # Ok::<(), sayso::Error>(())
/// ```
///
/// # Errors
///
/// If the bytes are too many, empty, no text, or do not fit the encoding given.
pub fn read_bytes(bytes: &[u8], shown: &str, id: &str, options: &ReadOptions) -> Result<Document> {
    if bytes.len() as u64 > options.max_bytes {
        return Err(too_large(shown, None, options.max_bytes));
    }
    let text = decode::decode(bytes, options.encoding).map_err(|error| error.at(shown))?;
    let doc = if is_markdown(shown) {
        let (metadata, body) = front_matter::split(&text);
        let (text, markup) = markdown::render(body);
        Document::new(id, shown, sha256(bytes), text, metadata).with_markup(markup)
    } else {
        Document::new(id, shown, sha256(bytes), text, Metadata::new())
    };
    if doc.text().chars().any(|ch| !ch.is_whitespace() && !ch.is_control()) {
        return Ok(doc);
    }
    let hint = "remove the file from the input, or check that it was written whole";
    Err(Error::new(ErrorKind::Input("holds no text".to_owned())).at(shown).with_hint(hint))
}

fn is_markdown(shown: &str) -> bool {
    Path::new(shown).extension().is_some_and(|ext| ext.eq_ignore_ascii_case("md") || ext.eq_ignore_ascii_case("markdown"))
}

fn too_large(shown: &str, size: Option<u64>, max_bytes: u64) -> Error {
    let size = size.map_or_else(|| "more bytes".to_owned(), |size| format!("{size} bytes, more"));
    Error::new(ErrorKind::Input(format!("holds {size} than the limit of {max_bytes}")))
        .at(shown)
        .with_hint("one file is one article: split it, or raise the limit with --max-bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8], options: &ReadOptions) -> String {
        read_bytes(bytes, "a.txt", "a", options).unwrap_err().to_string()
    }

    #[test]
    fn keeps_a_plain_text_as_it_is() {
        let text = "\tRates rose.\r\n\r\nShe said:\u{A0}“No.”\u{2028}";
        let doc = read_bytes(text.as_bytes(), "a.txt", "a", &ReadOptions::default()).unwrap();
        assert_eq!(doc.text(), text);
        assert_eq!(doc.sha256().len(), 64);
    }

    #[test]
    fn refuses_what_is_no_article() {
        let options = ReadOptions { max_bytes: 64, ..ReadOptions::default() };
        for (bytes, expected) in [
            (&b""[..], "a.txt: holds no text"),
            (b" \r\n\t", "a.txt: holds no text"),
            (b"text\0text", "a.txt: not a text file: a zero byte stands at byte 4"),
            (b"%PDF-1.7 and so on", "a.txt: not a text file: it is a PDF document"),
            (&[b'a'; 65], "a.txt: holds more bytes than the limit of 64"),
        ] {
            assert_eq!(message(bytes, &options), expected);
        }
    }

    #[test]
    fn refuses_a_large_file_before_reading_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(5_000_000_000).unwrap();
        let source = Source { path: file.path().to_owned(), shown: "big.txt".to_owned(), id: "big".to_owned() };
        let error = read_file(&source, &ReadOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "big.txt: holds 5000000000 bytes, more than the limit of 1048576");
        assert!(error.hint().unwrap().contains("--max-bytes"));
    }

    #[test]
    fn knows_encodings_by_name() {
        assert_eq!(ReadOptions::with_encoding("latin1").unwrap().encoding, Some(encoding_rs::WINDOWS_1252));
        assert_eq!(ReadOptions::with_encoding("klingon").unwrap_err().to_string(), "unknown encoding 'klingon'");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_a_document_or_an_error(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = read_bytes(&bytes, "a.md", "a", &ReadOptions::default());
        }

        #[test]
        fn markup_stands_on_words(text in "((---\\n|# |- |> |\\n|a: b\\n|[*]{2}|[é_`<>|!()\\[\\]]|    ){0,40})") {
            if let Ok(doc) = read_bytes(text.as_bytes(), "a.md", "a", &ReadOptions::default()) {
                for &(span, _) in doc.markup() {
                    assert!(!doc.slice(span).trim().is_empty());
                }
            }
        }
    }

    #[test]
    fn front_matter_alone_is_no_article() {
        let error = read_bytes(b"---\ntitle: x\n---\n", "a.md", "a", &ReadOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "a.md: holds no text");
    }
}
