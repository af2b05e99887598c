//! What the reader of a format has to do, and what it gives: articles, one after another, before they get their ids.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

use super::ReadOptions;
use super::decode::Decoded;
use crate::{Error, ErrorKind, Markup, Metadata, Result, Span};

/// How many bytes of a file [`Format::recognizes`] is shown.
pub(crate) const HEAD: usize = 64 << 10;

/// One article as a format's reader gives it.
///
/// Keys of `metadata` that every reader uses for the same thing: `id` (the user's own), `title`, `date`, `outlet`, `byline`, `section`,
/// `url`, `language`, `length`, `kind`. Everything else a file says stands under the file's own name for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RawArticle {
    /// The text: paragraphs separated by blank lines, headings as lines of their own.
    pub(crate) text: String,
    /// Headings, list items and block quotes, in text order.
    pub(crate) markup: Vec<(Span, Markup)>,
    /// What the file says about the article outside the text.
    pub(crate) metadata: Metadata,
    /// Where in its file the article stands.
    pub(crate) place: Place,
    /// Which reader and which of its rules made it: `html: trafilatura`, `csv: column body (guessed)`.
    pub(crate) rule: Cow<'static, str>,
    /// The encoding the bytes were read in; empty where the format knows one only (DOCX, Parquet).
    pub(crate) encoding: &'static str,
    /// How many bad bytes were replaced by U+FFFD.
    pub(crate) repaired_bytes: usize,
    /// What was left out or repaired, in a few words each; told as a warning.
    pub(crate) notes: Vec<String>,
}

impl RawArticle {
    /// A whole file's text without markup or metadata.
    pub(crate) fn new(text: impl Into<String>, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), rule: rule.into(), ..Self::default() }
    }

    /// Notes what the article's bytes were read as.
    pub(crate) fn decoded(&mut self, decoded: &Decoded) {
        self.encoding = decoded.encoding;
        self.repaired_bytes = decoded.repaired_bytes;
        self.notes.extend(decoded.note());
    }

    /// The article with a note of what its bytes were read as.
    pub(crate) fn out_of(mut self, decoded: &Decoded) -> Self {
        self.decoded(decoded);
        self
    }

    /// Adds a piece of metadata, trimmed; what is empty is nothing, and what is known already stays.
    pub(crate) fn note_metadata(&mut self, key: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.metadata.entry(key.to_owned()).or_insert_with(|| value.to_owned());
        }
    }
}

/// Where in its file an article stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Place {
    /// The file is the article.
    #[default]
    Whole,
    /// A row of a table or a line, counted from 1 as the user counts articles (no header).
    Row(u64),
    /// The article of a collection at this place, from 1.
    Part(u64),
    /// A file inside an archive, and where in that file.
    Member(String, Box<Place>),
}

impl Place {
    /// The number of the article in its file, the innermost one where archives are nested.
    pub(crate) fn number(&self) -> Option<u64> {
        match self {
            Self::Whole => None,
            Self::Row(number) | Self::Part(number) => Some(*number),
            Self::Member(_, inside) => inside.number(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Row(number) => write!(f, "row {number}"),
            Self::Part(number) => write!(f, "part {number}"),
            Self::Member(name, inside) if **inside == Self::Whole => f.write_str(name),
            Self::Member(name, inside) => write!(f, "{name}, {inside}"),
        }
    }
}

/// How sure a reader is that a file is of its format. The surest reader reads it; of several, the first in the list of formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likelihood {
    /// It is not.
    No,
    /// It can be read so where the user names it, but nothing says it is meant so: any text as plain text, any ZIP as an archive.
    Possible,
    /// Its name says so, and its first bytes do not deny it.
    ByName,
    /// Its first bytes say so.
    ByContent,
}

impl PartialEq for dyn Format {
    /// Formats have no state: equal names are equal formats.
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for dyn Format {}

/// A reader of one format. It has no state: one value serves all files and threads.
pub(crate) trait Format: fmt::Debug + Sync {
    /// The format's name in reports and messages: `csv`, `html`, `nexis-docx`.
    fn name(&self) -> &'static str;

    /// How sure the reader is, by content first (`head` is the file's first [`HEAD`] bytes) and by name second.
    ///
    /// `name` is the file's name, or its path inside an archive, lower-cased.
    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood;

    /// Whether one file holds many articles. Such files are read by one thread while others analyse; the rest are read in parallel.
    fn is_collection(&self) -> bool {
        false
    }

    /// The most bytes that one file may hold; a collection has no limit but those of its articles.
    fn limit(&self, options: &ReadOptions) -> u64 {
        options.max_file_bytes
    }

    /// Reads articles one after another; a streaming reader holds one at a time.
    ///
    /// An `Err` handed to `each` is one article that failed, after which the file goes on; an `Err` returned ends the file. Errors need not
    /// name the file. `each` says by `Break` that no more is wanted.
    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()>;
}

/// What takes the articles of a file.
pub(crate) type Each<'a> = &'a mut dyn FnMut(Result<RawArticle>) -> ControlFlow<()>;

/// A file's bytes: at hand, on the disk, or as they come.
pub(crate) struct Input<'a> {
    /// The path as reports show it; inside an archive the member's path.
    pub(crate) shown: &'a str,
    content: Content<'a>,
}

enum Content<'a> {
    Bytes(&'a [u8]),
    File(File),
    Stream(Box<dyn Read + 'a>),
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl<'a> Input<'a> {
    /// Bytes in memory.
    pub(crate) fn of_bytes(shown: &'a str, bytes: &'a [u8]) -> Self {
        Self { shown, content: Content::Bytes(bytes) }
    }

    /// A file on the disk.
    pub(crate) fn of_file(shown: &'a str, file: File) -> Self {
        Self { shown, content: Content::File(file) }
    }

    /// Bytes that come once: standard input, a member of a compressed archive.
    pub(crate) fn of_stream(shown: &'a str, stream: impl Read + 'a) -> Self {
        Self { shown, content: Content::Stream(Box::new(stream)) }
    }

    /// The file's name in lower case, as [`Format::recognizes`] takes it.
    pub(crate) fn name(&self) -> String {
        self.shown.to_lowercase()
    }

    /// All bytes, refused beyond `limit`.
    pub(crate) fn bytes(self, limit: u64) -> Result<Cow<'a, [u8]>> {
        let reader: Box<dyn Read + 'a> = match self.content {
            Content::Bytes(bytes) if bytes.len() as u64 <= limit => return Ok(Cow::Borrowed(bytes)),
            Content::Bytes(bytes) => Box::new(bytes),
            Content::File(file) => Box::new(file),
            Content::Stream(stream) => stream,
        };
        let mut bytes = Vec::new();
        reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(ErrorKind::Read)?;
        if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(Cow::Owned(bytes)) }
    }

    /// The bytes as they come; small reads are the caller's to buffer.
    pub(crate) fn reader(self) -> Box<dyn Read + 'a> {
        match self.content {
            Content::Bytes(bytes) => Box::new(bytes),
            Content::File(file) => Box::new(file),
            Content::Stream(stream) => stream,
        }
    }

    /// The bytes where they can be read from any place; what is no file goes to a nameless temporary one first, up to `limit` bytes.
    pub(crate) fn seekable(self, limit: u64) -> Result<File> {
        if let Content::File(file) = self.content {
            return Ok(file);
        }
        let mut file = tempfile::tempfile().map_err(ErrorKind::Write)?;
        let copied = io::copy(&mut self.reader().take(limit.saturating_add(1)), &mut file).map_err(ErrorKind::Read)?;
        if copied > limit {
            return Err(too_large(limit));
        }
        file.rewind().map_err(ErrorKind::Read)?;
        Ok(file)
    }
}

/// The error of a file that is too large to be read as one piece.
pub(crate) fn too_large(limit: u64) -> Error {
    Error::new(ErrorKind::Input(format!("holds more bytes than the limit of {limit}")))
        .with_hint("split it, or raise the limit with --max-bytes")
}
