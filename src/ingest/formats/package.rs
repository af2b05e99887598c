//! Documents that are ZIP packages of XML parts (DOCX, ODT, EPUB): which kind a package is, and its parts, within limits.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use crate::ingest::ReadOptions;
use crate::ingest::format::Input;
use crate::{Error, ErrorKind, Result};

/// How many bytes a part may unpack to for each byte that the whole package has: text in XML shrinks to a tenth, rarely to a hundredth.
const MAX_GROWTH: u64 = 1_000;

/// An opened package.
pub(super) struct Package {
    archive: ZipArchive<File>,
    limit: u64,
    /// What the format is called in messages.
    name: &'static str,
}

impl Package {
    /// Opens a package; `name` is what messages call it.
    pub(super) fn open(input: Input<'_>, options: &ReadOptions, name: &'static str) -> Result<Self> {
        let mut file = input.seekable(options.max_file_bytes)?;
        let size = file.seek(SeekFrom::End(0)).map_err(ErrorKind::Read)?;
        let limit = options.max_file_bytes.min(size.saturating_mul(MAX_GROWTH).max(1 << 20));
        file.seek(SeekFrom::Start(0)).map_err(ErrorKind::Read)?;
        let archive = ZipArchive::new(file).map_err(|error| broken(name, &error.to_string()))?;
        Ok(Self { archive, limit, name })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, part: &str) -> bool {
        self.archive.index_for_name(part).is_some()
    }

    /// A part as text.
    pub(super) fn part(&mut self, part: &str) -> Result<String> {
        let name = self.name;
        let mut entry = self.archive.by_name(part).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.to_lowercase().contains("password") => locked(name),
            error => broken(name, &format!("{part}: {error}")),
        })?;
        let mut bytes = Vec::new();
        let read = entry.by_ref().take(self.limit.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| broken(name, &format!("{part}: {error}")))?;
        if bytes.len() as u64 > self.limit {
            let error = Error::new(ErrorKind::Input(format!("unpacks to more than {} bytes", self.limit)));
            return Err(error.with_hint("such a file is made to fill memory; if it is not, save it again or raise --max-bytes"));
        }
        Ok(crate::ingest::decode(&bytes, None)?.text)
    }

    /// A part as text, where there is one that can be read.
    pub(super) fn optional(&mut self, part: &str) -> Option<String> {
        if self.has(part) { self.part(part).ok() } else { None }
    }
}

/// The error of a package that is not whole.
pub(super) fn broken(name: &str, why: &str) -> Error {
    Error::new(ErrorKind::Input(format!("cannot be read as {name}: {why}")))
        .with_hint("check that the file is whole: open it in its program and save it again")
}

/// The error of a document under a password.
pub(super) fn locked(name: &str) -> Error {
    Error::new(ErrorKind::Input(format!("the {name} file is protected by a password"))).with_hint("save a copy without the password")
}

/// Whether a file starts as the OLE container that Office puts documents with passwords in (and that old DOC files are).
pub(super) fn is_ole(head: &[u8]) -> bool {
    head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Whether a ZIP's first bytes name a part or hold a media type.
pub(super) fn zip_head_has(head: &[u8], words: &[&str]) -> bool {
    head.starts_with(b"PK\x03\x04") && words.iter().any(|word| head.windows(word.len()).any(|window| window == word.as_bytes()))
}
