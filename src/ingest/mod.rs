//! Outside bytes to documents: decoding, formats, limits, ids.
//!
//! Each format has one reader behind one trait; which one reads a file is decided by its first bytes and then by its name.

mod archive;
mod bounded;
mod columnar;
mod columns;
mod dates;
mod decode;
mod delimited;
mod discover;
mod feed;
mod format;
mod formats;
mod fragment;
mod front_matter;
mod id;
mod inputs;
mod json;
mod json_shape;
mod labelled_head;
mod language;
mod line_ends;
mod listing;
mod mail;
mod markdown;
mod names;
mod plain;
mod posts;
mod reader;
mod references;
mod rows;
mod spreadsheet;
#[cfg(test)]
mod testing;
mod transcode;
mod warc;

pub use columns::Columns;
pub(crate) use decode::decode;
pub use discover::{discover, discover_with};
pub(crate) use id::Ids;
pub use inputs::{ArticleSource, Inputs, PassedOver, Source, kinds};
pub(crate) use language::foreign;
pub use reader::Incoming;
pub(crate) use reader::{is_collection, read_source};
pub use rows::RowReader;

use std::ops::ControlFlow;

use encoding_rs::Encoding;

use crate::{DateOrder, Document, Error, ErrorKind, Result, sha256};

/// How files become documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of all files; detected for each where none is given.
    pub encoding: Option<&'static Encoding>,
    /// The size of the largest article that is read, in bytes.
    pub max_bytes: u64,
    /// The size of the largest file that is read as one piece and is more than its text (PDF, DOCX, saved pages), in bytes.
    pub max_file_bytes: u64,
    /// The columns of tables; guessed where none are named.
    pub columns: Columns,
    /// How to read 3/4/2016; without it, it is no date.
    pub date_order: Option<DateOrder>,
    /// Whether a run takes articles that are not in English.
    pub any_language: bool,
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
        Self {
            encoding: None,
            max_bytes: 1 << 20,
            max_file_bytes: 256 << 20,
            columns: Columns::default(),
            date_order: None,
            any_language: false,
        }
    }
}

/// Reads a file that holds one article, in the format that its content and name say.
///
/// # Errors
///
/// If the file cannot be read, is too large, is empty, is of no known format, or holds more than one article.
pub fn read_file(source: &Source, options: &ReadOptions) -> Result<Document> {
    let mut found: Option<Result<Document>> = None;
    let mut count = 0_usize;
    read_source(source, options, &mut |incoming| {
        count += 1;
        found.get_or_insert(incoming.outcome);
        if count < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    match found {
        Some(Ok(mut doc)) if count == 1 => {
            doc.identify(source.id.clone());
            Ok(doc)
        }
        Some(Ok(_)) => {
            let error = Error::new(ErrorKind::Input("holds more than one article".to_owned())).at(&source.shown);
            Err(error.with_hint("sayso analyze reads them all"))
        }
        Some(Err(error)) => Err(error),
        None => Err(Error::new(ErrorKind::Input("holds no article".to_owned())).at(&source.shown)),
    }
}

/// Makes a document of the bytes of a file that holds one article, with the checks of [`read_file`]; `shown` is its path as reports
/// show it.
///
/// ```
/// let options = sayso::ingest::ReadOptions::default();
/// let doc = sayso::ingest::read_bytes(b"---\noutlet: Example Daily\n---\n# Rates\n\n*Rates* rose.", "a/rates.md", "rates", &options)?;
/// assert_eq!(doc.text(), "Rates\n\nRates rose.");
/// assert_eq!(doc.metadata()["outlet"], "Example Daily");
/// # Ok::<(), sayso::Error>(())
/// ```
///
/// # Errors
///
/// If the bytes are too many, empty, of no known format, or do not fit the encoding given.
pub fn read_bytes(bytes: &[u8], shown: &str, id: &str, options: &ReadOptions) -> Result<Document> {
    let head = bytes.get(..format::HEAD.min(bytes.len())).unwrap_or_default();
    let found = formats::recognize(head, shown).map(|(format, _)| format);
    let format = found.ok_or_else(|| reader::unknown(head).at(shown))?;
    let mut article = None;
    format
        .read(format::Input::of_bytes(shown, bytes), options, &mut |raw| {
            article = Some(raw);
            ControlFlow::Break(())
        })
        .map_err(|error| error.at(shown))?;
    let raw =
        article.unwrap_or_else(|| Err(Error::new(ErrorKind::Input("holds no article".to_owned())))).map_err(|error| error.at(shown))?;
    let mut doc = reader::document(raw, shown, Some(&sha256(bytes)), options).map_err(|error| error.at(shown))?;
    doc.identify(id.to_owned());
    Ok(doc)
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
            (b"%PDF-1.7 and so on", "a.txt: cannot be read as PDF: couldn't parse input: invalid file header"),
            (&[b'a'; 65], "a.txt: holds more bytes than the limit of 64"),
        ] {
            assert_eq!(message(bytes, &options), expected);
        }
    }

    #[test]
    fn refuses_a_large_file_before_reading_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(5_000_000_000).unwrap();
        let source = Source::new(file.path(), "big.txt", "big");
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
