//! Archives (ZIP, gzip, tar): read through, member by member; nothing is written to the disk under a member's name.
//!
//! Three limits keep an archive from being a weapon: how deep archives may lie in archives, how much a member may unpack to for each byte
//! it takes, and how much an archive may unpack to in all.

use std::cell::Cell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::rc::Rc;

use flate2::read::MultiGzDecoder;

use super::ReadOptions;
use super::format::{Each, Format, Input, Likelihood, Place, RawArticle};
use super::plain::ending;
use super::reader::read_member;
use crate::{Error, ErrorKind, Result};

/// The deepest that archives lie in archives.
const DEEPEST: usize = 3;

/// The most that one byte unpacks to. Deflate itself ends at 1032; texts seldom pass 20.
const MOST_UNPACKED: u64 = 200;

/// What any member may unpack to whatever it takes: small texts of blanks are no weapon.
const ALWAYS_ALLOWED: u64 = 16 << 20;

/// The most that all members of a ZIP archive unpack to for each byte of it: they may overlap, so that each is harmless and all are not.
const MOST_UNPACKED_IN_ALL: u64 = 100;

/// What any archive may unpack to in all, whatever it takes; less in tests, which should end.
const ALWAYS_ALLOWED_IN_ALL: u64 = if cfg!(test) { 48 << 20 } else { 1 << 30 };

/// The most that an archive inside another one may hold: it is copied to the disk first.
const LARGEST_INNER: u64 = 4 << 30;

thread_local! {
    /// How many archives are open around the one that is being read: members are read by the thread that reads their archive.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// A ZIP archive.
#[derive(Debug)]
pub(super) struct Zip;

/// A tar archive.
#[derive(Debug)]
pub(super) struct Tar;

/// A file packed by gzip.
#[derive(Debug)]
pub(super) struct Gzip;

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        match ending(name) {
            _ if !head.starts_with(b"PK\x03\x04") && !head.starts_with(b"PK\x05\x06") => Likelihood::No,
            "zip" => Likelihood::ByName,
            _ => Likelihood::Possible,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let mut file = input.seekable(LARGEST_INNER)?;
        let size = file.seek(SeekFrom::End(0)).and_then(|size| file.rewind().map(|()| size)).map_err(ErrorKind::Read)?;
        let all = Rc::new(Cell::new(ALWAYS_ALLOWED_IN_ALL.max(size.saturating_mul(MOST_UNPACKED_IN_ALL))));
        let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|error| broken("ZIP archive", &error))?;
        let mut members: Vec<(String, usize)> =
            (0..archive.len()).filter_map(|at| Some((archive.name_for_index(at)?.ok()?.into_owned(), at))).collect();
        members.sort();
        one_deeper(|| {
            for (name, at) in members {
                if is_beside(&name) {
                    continue;
                }
                let flow = match archive.by_index(at) {
                    Ok(member) if member.is_dir() => ControlFlow::Continue(()),
                    Ok(member) => {
                        let packed = Packed::Known(member.compressed_size());
                        let member = Unpacking::new(member, packed).of(&all);
                        read_one(&name, member, options, each)
                    }
                    Err(error) => each(Err(broken("member", &error).at(&name))),
                };
                // What is left would only say so again.
                if flow.is_break() || all.get() == 0 {
                    break;
                }
            }
            Ok(())
        })
    }
}

impl Format for Tar {
    fn name(&self) -> &'static str {
        "tar"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        if head.get(257..262) == Some(b"ustar") { Likelihood::ByContent } else { Likelihood::No }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let mut archive = tar::Archive::new(input.reader());
        let entries = archive.entries().map_err(|error| broken("tar archive", &error))?;
        one_deeper(|| {
            for entry in entries {
                let entry = entry.map_err(|error| broken("tar archive", &error))?;
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                if entry.header().entry_type().is_file() && !is_beside(&name) {
                    let size = entry.size();
                    if read_one(&name, Unpacking::new(entry, Packed::Known(size)), options, each).is_break() {
                        break;
                    }
                }
            }
            Ok(())
        })
    }
}

impl Format for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        match ending(name) {
            _ if !head.starts_with(b"\x1F\x8B") => Likelihood::No,
            "gz" | "tgz" => Likelihood::ByName,
            _ => Likelihood::Possible,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let name = input.shown.rsplit('/').next().unwrap_or(input.shown);
        let inner = match name.rsplit_once('.') {
            Some((stem, end)) if end.eq_ignore_ascii_case("gz") => stem.to_owned(),
            Some((stem, end)) if end.eq_ignore_ascii_case("tgz") => format!("{stem}.tar"),
            _ => name.to_owned(),
        };
        let packed = Rc::new(Cell::new(0));
        let counted = Counted { inner: input.reader(), read: packed.clone() };
        let member = Unpacking::new(MultiGzDecoder::new(counted), Packed::SoFar(packed));
        // One file and its packing are one: its articles stand where they would without.
        one_deeper(|| read_member(&inner, member, options, each))
    }
}

/// Reads what lies inside an archive, unless it lies too deep.
fn one_deeper(read: impl FnOnce() -> Result<()>) -> Result<()> {
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        let error = Error::new(ErrorKind::Input(format!("lies more than {DEEPEST} archives deep")));
        return Err(error.with_hint("unpack the outer archive first"));
    }
    DEPTH.set(depth + 1);
    let _outer = Outer(depth);
    read()
}

/// Closes an archive when it is read, even by a panic.
struct Outer(usize);

impl Drop for Outer {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}

/// Reads one member; says whether more is wanted.
fn read_one(name: &str, member: impl Read, options: &ReadOptions, each: Each<'_>) -> ControlFlow<()> {
    let mut is_stopped = false;
    let read = read_member(name, member, options, &mut |article: Result<RawArticle>| {
        let flow = each(inside(name, article));
        is_stopped = flow.is_break();
        flow
    });
    match read {
        _ if is_stopped => ControlFlow::Break(()),
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => each(inside(name, Err(error))),
    }
}

/// Says in which member an article stands.
fn inside(name: &str, article: Result<RawArticle>) -> Result<RawArticle> {
    match article {
        Ok(mut article) => {
            article.place = Place::Member(name.to_owned(), Box::new(article.place));
            Ok(article)
        }
        Err(error) => {
            let place = error.path().map_or_else(|| name.to_owned(), |path| format!("{name}, {}", path.display()));
            Err(error.at(place))
        }
    }
}

/// Whether a member only keeps company: what systems add to archives, and hidden files.
fn is_beside(name: &str) -> bool {
    name.split('/').any(|part| part == "__MACOSX" || (part.starts_with('.') && !matches!(part, "." | "..")))
}

fn broken(what: &str, error: &dyn std::fmt::Display) -> Error {
    let error = Error::new(ErrorKind::Input(format!("no {what}: {error}")));
    error.with_hint("check that the file was written whole and has no password")
}

/// How many bytes a member takes in its archive.
enum Packed {
    Known(u64),
    SoFar(Rc<Cell<u64>>),
}

/// Reads a member until it unpacks to more than it may, or its archive does.
struct Unpacking<R> {
    inner: R,
    packed: Packed,
    unpacked: u64,
    /// What its archive may still unpack to.
    all: Option<Rc<Cell<u64>>>,
}

impl<R> Unpacking<R> {
    fn new(inner: R, packed: Packed) -> Self {
        Self { inner, packed, unpacked: 0, all: None }
    }

    fn of(mut self, all: &Rc<Cell<u64>>) -> Self {
        self.all = Some(Rc::clone(all));
        self
    }
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let refused = |message| Err(io::Error::new(io::ErrorKind::InvalidData, message));
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        let packed = match &self.packed {
            Packed::Known(packed) => *packed,
            Packed::SoFar(packed) => packed.get(),
        };
        if self.unpacked > ALWAYS_ALLOWED.max(packed.saturating_mul(MOST_UNPACKED)) {
            return refused(format!("unpacks to more than {MOST_UNPACKED} times its size: no text does"));
        }
        if let Some(all) = &self.all {
            all.set(all.get().saturating_sub(read as u64));
            if all.get() == 0 && read > 0 {
                let always = ALWAYS_ALLOWED_IN_ALL >> 20;
                let limit = format!("{always} MiB and {MOST_UNPACKED_IN_ALL} times its size");
                return refused(format!("the archive unpacks to more than {limit}: the rest of it is not read"));
            }
        }
        Ok(read)
    }
}

/// Counts the bytes that are read.
struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::super::testing::{articles, failures};
    use super::*;

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut writer = GzEncoder::new(Vec::new(), Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn places(found: &[RawArticle]) -> Vec<String> {
        found.iter().map(|article| article.place.to_string()).collect()
    }

    #[test]
    fn reads_members_in_the_order_of_their_names() {
        let inner = zipped(&[("c.txt", b"Three.")]);
        let archive = zipped(&[
            ("b/two.csv", b"text\nTwo.\nTwo and a half.\n"),
            ("a/one.txt", b"One."),
            ("inner.zip", &inner),
            ("a/picture.png", b"\x89PNG\r\n\x1A\n"),
            ("../../etc/four.txt", b"Four."),
            ("__MACOSX/a/._one.txt", b"x"),
        ]);
        let found = articles(&Zip, &archive, "a.zip", &ReadOptions::default());
        assert_eq!(places(&found), ["../../etc/four.txt", "a/one.txt", "b/two.csv, row 1", "b/two.csv, row 2", "inner.zip, c.txt"]);
        assert_eq!(failures(&Zip, &archive, "a.zip", &ReadOptions::default()), ["a/picture.png: not read: .png"]);
    }

    #[test]
    fn reads_packed_files_and_tar_archives() {
        let found = articles(&Gzip, &gzipped(b"text\nOne.\nTwo.\n"), "a.csv.gz", &ReadOptions::default());
        assert_eq!(places(&found), ["row 1", "row 2"]);
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in [("one.txt", &b"One."[..]), ("two.md", b"# Two")] {
            let mut header = tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            builder.append_data(&mut header, name, bytes).unwrap();
        }
        let packed = gzipped(&builder.into_inner().unwrap());
        assert_eq!(places(&articles(&Gzip, &packed, "a.tgz", &ReadOptions::default())), ["one.txt", "two.md"]);
    }

    #[test]
    fn refuses_bombs() {
        let zeros = vec![b' '; 64 << 20];
        let bomb = zipped(&[("a.csv", &[b"text\n", zeros.as_slice()].concat()), ("b.txt", b"Good.")]);
        let failed = failures(&Zip, &bomb, "a.zip", &ReadOptions::default());
        assert!(failed.len() == 1 && failed[0].contains("200 times its size"), "{failed:?}");
        assert_eq!(articles(&Zip, &bomb, "a.zip", &ReadOptions::default()).len(), 1, "the rest is read");
        let failed = failures(&Gzip, &gzipped(&[b"text\n", zeros.as_slice()].concat()), "a.csv.gz", &ReadOptions::default());
        assert!(failed.len() == 1 && failed[0].contains("200 times its size"), "{failed:?}");
        let nested = (0..4).fold(zipped(&[("a.txt", b"Deep.")]), |inner, _| zipped(&[("inner.zip", &inner)]));
        let failed = failures(&Zip, &nested, "a.zip", &ReadOptions::default());
        assert!(failed.len() == 1 && failed[0].ends_with("lies more than 3 archives deep"), "{failed:?}");
    }

    #[test]
    fn an_archive_ends_where_it_has_unpacked_to_enough() {
        // Each member is small enough for itself.
        let blanks = [b"text\n".as_slice(), &vec![b' '; 15 << 20]].concat();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..6 {
            writer.start_file(format!("{number}.txt"), SimpleFileOptions::default()).unwrap();
            writer.write_all(&blanks).unwrap();
        }
        let bomb = writer.finish().unwrap().into_inner();
        let options = ReadOptions { max_bytes: 16 << 20, ..ReadOptions::default() };
        let failed = failures(&Zip, &bomb, "a.zip", &options);
        let last = failed.last().unwrap();
        assert!(failed.len() == 1 && last.starts_with("3.txt") && last.contains("more than 48 MiB and 100 times its size"), "{failed:?}");
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let archive = zipped(&[("a.txt", b"One.")]);
        for bytes in [&archive[..archive.len() - 10], b"PK\x03\x04", b""] {
            let failed = failures(&Zip, bytes, "a.zip", &ReadOptions::default());
            assert!(failed.len() == 1 && failed[0].starts_with("no ZIP archive: "), "{failed:?}");
        }
        let packed = gzipped("One. ".repeat(1000).as_bytes());
        let failed = failures(&Gzip, &packed[..packed.len() / 2], "a.txt.gz", &ReadOptions::default());
        assert!(failed.len() == 1 && failed[0].starts_with("cannot read: "), "{failed:?}");
    }
}
