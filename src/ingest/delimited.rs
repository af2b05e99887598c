//! CSV and TSV: one article a row, read as they come.
//!
//! The separator is the one of `,` `;` tab and `|` that cuts the header and the first rows into the same number of cells. A row is
//! decoded by itself, so that a file put together of several encodings keeps all its letters.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8};

use super::ReadOptions;
use super::bounded::{Allowance, Bounded};
use super::columns::{Header, MOST_COLUMNS};
use super::decode::{decode_piece, encoding_of};
use super::format::{Each, Format, Input, Likelihood, RawArticle};
use super::names::{self, TEXTS};
use super::plain::{ending, is_text};
use super::transcode::Utf8Reader;
use crate::{Error, ErrorKind, Result};

/// Cells between commas, semicolons, tabs or bars.
#[derive(Debug)]
pub(super) struct Delimited;

impl Format for Delimited {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let is_named = matches!(ending(name), "csv" | "tsv" | "tab");
        // A text may hold commas: under another name it is a table only where its first line names an article's text.
        match separator(&in_utf8(head), is_named) {
            Some(found) if found.has_text_column && matches!(ending(name), "txt" | "text" | "dat" | "") => Likelihood::ByContent,
            Some(found) if found.has_text_column && is_named => Likelihood::ByContent,
            _ if is_named && is_text(head) => Likelihood::Possible,
            _ => Likelihood::No,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let name = input.name();
        let is_tabbed = matches!(ending(&name), "tsv" | "tab");
        let mut reader = BufReader::with_capacity(64 << 10, Utf8Reader::new(input.reader(), options.encoding));
        let head = head(&mut reader)?;
        let delimiter = separator(&head, matches!(ending(&name), "csv" | "tsv" | "tab"))
            .map_or(if is_tabbed { b'\t' } else { b',' }, |found| found.delimiter);
        let allowance = Allowance::default();
        let bounded = Bounded::new(std::io::Cursor::new(head).chain(reader), &allowance, "a row (a quotation mark may be open)");
        let mut rows = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bounded);
        let mut record = ByteRecord::new();
        if !next(&mut rows, &mut record, &allowance)? {
            return Err(Error::new(ErrorKind::Input("holds no row".to_owned())).with_hint("the first row names the columns"));
        }
        let columns: Vec<String> = cells(&record, None).0;
        let header = Header::new(self.name(), &columns, &options.columns)?;
        let mut number = 0;
        while next(&mut rows, &mut record, &allowance)? {
            number += 1;
            let article =
                if record.len() > MOST_COLUMNS { Some(Err(too_wide(record.len(), number))) } else { article(&header, &record, number) };
            if article.is_some_and(|article| each(article).is_break()) {
                break;
            }
        }
        Ok(())
    }
}

fn article(header: &Header, record: &ByteRecord, number: u64) -> Option<Result<RawArticle>> {
    let is_utf8 = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
    let encoding = if is_utf8 { UTF_8 } else { encoding_of(record.as_slice()) };
    let (cells, repaired_bytes) = cells(record, Some(encoding));
    let article = header.article(cells, number)?;
    Some(article.map(|mut article| {
        article.encoding = encoding.name();
        article.repaired_bytes = repaired_bytes;
        article.notes.extend(
            (repaired_bytes > 0).then(|| format!("{repaired_bytes} bytes were not valid {} and replaced by U+FFFD", encoding.name())),
        );
        article
    }))
}

/// The first bytes of a file as the reader gets them: a byte order mark may say that they are UTF-16.
fn in_utf8(head: &[u8]) -> Cow<'_, [u8]> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) if encoding != UTF_8 => Cow::Owned(encoding.decode(head).0.into_owned().into_bytes()),
        _ => Cow::Borrowed(head),
    }
}

/// The cells of a row, and how many bytes were replaced.
fn cells(record: &ByteRecord, encoding: Option<&'static Encoding>) -> (Vec<String>, usize) {
    let encoding = encoding.unwrap_or_else(|| encoding_of(record.as_slice()));
    let mut repaired = 0;
    let cells = record.iter().map(|cell| {
        let (text, replaced) = decode_piece(cell, encoding);
        repaired += replaced;
        text.into_owned()
    });
    (cells.collect(), repaired)
}

fn too_wide(cells: usize, number: u64) -> Error {
    Error::new(ErrorKind::Input(format!("has {cells} cells, more than the limit of {MOST_COLUMNS}"))).at(format!("row {number}"))
}

/// Reads the next row and gives it the whole limit of its own.
fn next<R: Read>(rows: &mut csv::Reader<R>, record: &mut ByteRecord, allowance: &Allowance) -> Result<bool> {
    allowance.renew();
    rows.read_byte_record(record).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::new(ErrorKind::Read(error)),
        kind => Error::new(ErrorKind::Input(format!("no table: {kind:?}"))),
    })
}

/// The first bytes of a file, to look at.
fn head(reader: &mut impl Read) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(super::format::HEAD as u64).read_to_end(&mut head).map_err(ErrorKind::Read)?;
    Ok(head)
}

/// What separates the cells of a table.
struct Separator {
    delimiter: u8,
    has_text_column: bool,
}

/// The separator of a table that begins so; `None` where there is none, and for any other text than a table's where no separator cuts the
/// rows alike. A table that its name declares may have rows that are not.
fn separator(head: &[u8], is_named: bool) -> Option<Separator> {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mut best: Option<((bool, bool, usize), u8)> = None;
    for delimiter in [b',', b'\t', b';', b'|'] {
        let mut rows = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head);
        let rows: Vec<ByteRecord> = rows.byte_records().take(20).map_while(std::result::Result::ok).collect();
        // The head may end inside its last row.
        let whole = if rows.len() > 2 { rows.len() - 1 } else { rows.len() };
        let Some((first, rest)) = rows.get(..whole).and_then(<[ByteRecord]>::split_first) else { continue };
        let is_even = rest.iter().all(|row| row.len() == first.len());
        let has_text_column = rows.len() > 1 && names::find(cells(first, None).0.iter().map(String::as_str), TEXTS).is_some();
        // A column alone is a table by its name only: any text may begin with the line *Story*.
        let is_table = if is_named { is_even || has_text_column } else { is_even && first.len() > 1 };
        let rank = (has_text_column, is_even, first.len());
        // A table that its name declares may be too wide, which is said when it is read.
        if is_table && (is_named || first.len() <= MOST_COLUMNS) && best.is_none_or(|(best, _)| rank > best) {
            best = Some((rank, delimiter));
        }
    }
    best.map(|((has_text_column, ..), delimiter)| Separator { delimiter, has_text_column })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{articles, failures};
    use super::*;

    #[test]
    fn reads_rows_with_any_separator() {
        for table in [
            "id,text,score\n1,\"She said, “No.”\",3\n2,\"Two\nlines\",4\n",
            "id;text;score\n1;She said, “No.”;3\n2;\"Two\nlines\";4\n",
            "id\ttext\tscore\r\n1\tShe said, “No.”\t3\r\n2\t\"Two\nlines\"\t4\r\n",
            "\u{FEFF}id|text|score\n1|She said, “No.”|3\n\n2|\"Two\nlines\"|4\n",
        ] {
            let found = articles(&Delimited, table.as_bytes(), "a.csv", &ReadOptions::default());
            let shown: Vec<(&str, &str)> = found.iter().map(|article| (article.metadata["id"].as_str(), article.text.as_str())).collect();
            assert_eq!(shown, [("1", "She said, “No.”"), ("2", "Two\nlines")], "{table}");
            assert_eq!(found[0].metadata["score"], "3");
        }
    }

    #[test]
    fn knows_a_table_by_its_first_line() {
        for (head, name, expected) in [
            ("id,text\n1,Yes\n", "a.txt", Likelihood::ByContent),
            ("Well, yes, he said\nAnd so, well, it went\n", "a.txt", Likelihood::No),
            ("text, and more text\n\nNo table at all.\n", "a.txt", Likelihood::No),
            ("anything", "a.csv", Likelihood::Possible),
            ("text\nOne.\n", "a.csv", Likelihood::ByContent),
            ("text\nOne.\n", "a.txt", Likelihood::No),
            ("id,text\n1,Yes, he said\n2,No\n", "a.csv", Likelihood::ByContent),
            ("id,text\n1,Yes\n", "a.md", Likelihood::No),
        ] {
            assert_eq!(Delimited.recognizes(head.as_bytes(), name), expected, "{head}");
        }
    }

    #[test]
    fn a_row_is_decoded_by_itself() {
        let mut table = "id,text\n1,Café “one”\n".as_bytes().to_vec();
        table.extend(b"2,\"\x93Caf\xE9 two,\x94 he said\"\n");
        table.extend("3,Café “three” ".as_bytes());
        table.extend(b"\xE9 end\n");
        let found = articles(&Delimited, &table, "a.csv", &ReadOptions::default());
        let shown: Vec<(&str, &str, usize)> =
            found.iter().map(|article| (article.text.as_str(), article.encoding, article.repaired_bytes)).collect();
        assert_eq!(
            shown,
            [("Café “one”", "UTF-8", 0), ("“Café two,” he said", "windows-1252", 0), ("Café “three” \u{FFFD} end", "UTF-8", 1)]
        );
    }

    #[test]
    fn reads_utf16_tables() {
        let table: Vec<u8> = "\u{FEFF}id\ttext\n1\tCafé\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(articles(&Delimited, &table, "a.csv", &ReadOptions::default())[0].text, "Café");
    }

    #[test]
    fn bad_rows_fail_alone() {
        let table = format!("id,text\n1,\n2,Yes\n3,{}\n4,End\n", ",".repeat(MOST_COLUMNS));
        assert_eq!(
            failures(&Delimited, table.as_bytes(), "a.csv", &ReadOptions::default()),
            ["row 1: the text column is empty", "row 3: has 10002 cells, more than the limit of 10000"]
        );
        assert_eq!(articles(&Delimited, table.as_bytes(), "a.csv", &ReadOptions::default()).len(), 2);
        assert_eq!(failures(&Delimited, b"", "a.csv", &ReadOptions::default()), ["holds no row"]);
        let wide = "x,".repeat(1_000_000);
        assert_eq!(
            failures(&Delimited, wide.as_bytes(), "a.csv", &ReadOptions::default()),
            ["has 1000001 columns, more than the limit of 10000"]
        );
    }
}
