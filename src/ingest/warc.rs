//! Web archives (WARC, also `.gz`): one article a page that was answered with success. Pictures, redirects and the like are passed over.

use std::io::{BufReader, Cursor, Read};

use fastwarc::stream_io::brotli::BrotliReader;
use fastwarc::stream_io::chunked::ChunkedReader;
use fastwarc::stream_io::gzip::{GzipReader, GzipReaderOptions, MAX_WBITS};
use fastwarc::stream_io::zstd::ZstdReader;
use fastwarc::warc::iter::{ArchiveIterator, ArchiveIteratorOptions};
use fastwarc::warc::record::{AutoDecode, SharedWarcRecord, WarcRecord, WarcRecordType};

use super::ReadOptions;
use super::decode::{decode_piece, encoding_of};
use super::format::{Each, Format, Input, Likelihood, Place, RawArticle};
use super::fragment;
use super::plain::ending;
use crate::{Error, ErrorKind, Result};

/// The largest page that is read, in bytes.
const LARGEST_PAGE: u64 = 16 << 20;

/// The largest archive inside another one, in bytes: it is copied to the disk first.
const LARGEST_INNER: u64 = 16 << 30;

/// Pages as a crawler has saved them.
#[derive(Debug)]
pub(super) struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let is_packed = head.starts_with(b"\x1F\x8B") || head.starts_with(b"\x28\xB5\x2F\xFD");
        match ending(name) {
            _ if head.starts_with(b"WARC/") => Likelihood::ByContent,
            _ if is_packed && (name.ends_with(".warc.gz") || name.ends_with(".warc.zst")) => Likelihood::ByContent,
            _ => Likelihood::No,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let shown = input.shown;
        let file = input.seekable(LARGEST_INNER)?;
        let settings =
            ArchiveIteratorOptions { decode_http_payload: AutoDecode::None, quirks_mode: true, ..ArchiveIteratorOptions::default() };
        let mut number = 0;
        let mut count = 0_u64;
        for record in ArchiveIterator::with_options(BufReader::new(file), settings) {
            let record = record.map_err(|error| {
                let error = Error::new(ErrorKind::Input(format!("no web archive: {error}"))).at(format!("record {}", count + 1));
                error.with_hint("check that the file was written whole")
            })?;
            count += 1;
            let article = record.with_mut(|record| page(record, shown, options));
            let Some(article) = article else { continue };
            number += 1;
            let place = Place::Part(number);
            let article = match article {
                Ok(article) => Ok(RawArticle { place, ..article }),
                Err(error) => Err(error.at(place.to_string())),
            };
            if each(article).is_break() {
                return Ok(());
            }
        }
        if count == 0 { Err(Error::new(ErrorKind::Input("no web archive: holds no record".to_owned()))) } else { Ok(()) }
    }
}

/// The page in a record; `None` where it holds none.
fn page(record: &mut WarcRecord, shown: &str, options: &ReadOptions) -> Option<Result<RawArticle>> {
    let is_response = record.record_type() == WarcRecordType::Response;
    if !is_response && record.record_type() != WarcRecordType::Resource {
        return None;
    }
    let is_answered = record.http_headers().is_none_or(|headers| headers.status_code().is_none_or(|code| code == 200));
    let kind =
        record.http_content_type().or_else(|| record.headers().get("Content-Type").map(std::borrow::Cow::into_owned)).unwrap_or_default();
    if !is_answered || !(kind.contains("html") || kind.contains("text/plain")) {
        return None;
    }
    let url = record.headers().get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned()).unwrap_or_default();
    let day = record.headers().get("WARC-Date").map(|date| date.chars().take(10).collect::<String>()).unwrap_or_default();
    let charset = record.http_charset().map(std::borrow::Cow::into_owned);
    let promised = record.content_length();
    let packed = packing(record);
    let bytes = match whole(record, promised).and_then(|bytes| unpacked(bytes, &packed)) {
        Ok(bytes) => bytes,
        Err(error) => return Some(Err(error)),
    };
    let named = charset.and_then(|charset| encoding_rs::Encoding::for_label(charset.as_bytes()));
    let encoding = options.encoding.or(named).unwrap_or_else(|| encoding_of(&bytes));
    let (text, repaired_bytes) = decode_piece(&bytes, encoding);
    let mut article =
        if kind.contains("html") { fragment::page(&text, shown, options) } else { RawArticle::new(text.as_ref(), "warc: plain text") };
    article.encoding = encoding.name();
    article.repaired_bytes = repaired_bytes;
    article.note_metadata("url", &url);
    article.note_metadata("crawled", &day);
    Some(Ok(article))
}

/// How a page was packed, the last way first.
fn packing(record: &WarcRecord) -> Vec<String> {
    let said =
        |name: &str| record.http_headers().and_then(|headers| headers.get(name).map(std::borrow::Cow::into_owned)).unwrap_or_default();
    let ways = [said("Content-Encoding"), said("Transfer-Encoding")].join(",").to_lowercase();
    ways.split(',').map(str::trim).filter(|way| !way.is_empty()).rev().map(str::to_owned).collect()
}

/// The bytes of a page as the archive has them, all that it promises.
fn whole(record: &mut WarcRecord, promised: u64) -> Result<Vec<u8>> {
    let bytes = record.reader_mut().map_or(Ok(Vec::new()), within_limit)?;
    if (bytes.len() as u64) < promised {
        let error = format!("the archive ends within this page: {} of its {promised} bytes are there", bytes.len());
        return Err(Error::new(ErrorKind::Input(error)).with_hint("check that the file was written whole"));
    }
    Ok(bytes)
}

/// Undoes the packings of a page, one after another.
fn unpacked(mut bytes: Vec<u8>, packings: &[String]) -> Result<Vec<u8>> {
    for packing in packings {
        let packed = Cursor::new(bytes);
        bytes = match packing.as_str() {
            "gzip" | "x-gzip" => within_limit(GzipReader::new(packed)),
            "deflate" => {
                within_limit(GzipReader::with_options(packed, GzipReaderOptions { window_bits: MAX_WBITS, ..GzipReaderOptions::default() }))
            }
            "br" => within_limit(BrotliReader::new(packed)),
            "zstd" => within_limit(ZstdReader::new(packed)),
            "chunked" => within_limit(ChunkedReader::new(packed)),
            "identity" => Ok(packed.into_inner()),
            other => Err(Error::new(ErrorKind::Input(format!("the page is packed in a way that is not read: {other}")))),
        }?;
    }
    Ok(bytes)
}

/// All bytes of a page.
fn within_limit(reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_PAGE + 1).read_to_end(&mut bytes).map_err(|error| Error::new(ErrorKind::Read(error)))?;
    if bytes.len() as u64 > LARGEST_PAGE {
        return Err(Error::new(ErrorKind::Input(format!("the page holds more bytes than the limit of {LARGEST_PAGE}"))));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::testing::{articles, failures};
    use super::*;

    fn record(kind: &str, status: &str, body: &str) -> String {
        let http = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Date: 2016-09-12T08:00:00Z\r\n\
             WARC-Target-URI: https://example.org/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    }

    #[test]
    fn reads_pages_alone() {
        let page = record("text/html", "200 OK", "<html><body><p>“No,” she said.</p></body></html>");
        let archive = format!("{}{}{page}", record("image/png", "200 OK", "x"), record("text/html", "404 Not Found", "<p>Gone</p>"));
        let found = articles(&Warc, archive.as_bytes(), "a.warc", &ReadOptions::default());
        assert_eq!(found.len(), 1);
        assert!(found[0].text.contains("“No,” she said."), "{}", found[0].text);
        assert_eq!((found[0].metadata["url"].as_str(), found[0].metadata["crawled"].as_str()), ("https://example.org/1", "2016-09-12"));
        assert_eq!(failures(&Warc, b"", "a.warc", &ReadOptions::default()).len(), 1);
    }

    /// The archive as it is, in a gzip member of its own, and with its page packed.
    fn packings(body: &str) -> [(&'static str, Vec<u8>); 4] {
        let pack = |bytes: &[u8]| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(bytes).and_then(|()| packed.finish()).expect("it is written to memory")
        };
        let plain = record("text/html", "200 OK", body);
        let with_body = |header: &str, body: &[u8]| {
            let http = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n\r\n").as_bytes(), body].concat();
            let head =
                format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n", http.len());
            [head.as_bytes(), &http, b"\r\n\r\n"].concat()
        };
        let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
        [
            ("a.warc.gz", pack(plain.as_bytes())),
            ("a.warc", plain.into_bytes()),
            ("a.warc", with_body("Content-Encoding: gzip", &pack(body.as_bytes()))),
            ("a.warc", with_body("Transfer-Encoding: chunked", chunk.as_bytes())),
        ]
    }

    #[test]
    fn tells_of_an_archive_that_was_cut() {
        // Hardly anything of it can be packed, so that most places lie within the page.
        let words: Vec<String> = (0_u32..800).map(|n| n.wrapping_mul(2_654_435_761).to_string()).collect();
        let words = words.join(" ");
        for (name, whole) in packings(&format!("<html><body><p>“No,” she said. {words}</p></body></html>")) {
            assert_eq!(articles(&Warc, &whole, name, &ReadOptions::default()).len(), 1, "{name}");
            for cut in (whole.len() / 3..whole.len() - 20).step_by(97) {
                let told = failures(&Warc, &whole[..cut], name, &ReadOptions::default());
                assert_eq!(told.len(), 1, "{name} cut at {cut} of {}", whole.len());
            }
        }
    }
}
