//! Records that wait on the disk until they are asked for by their numbers, so that what a run remembers of each article, person or
//! quotation takes some bytes of memory, not its words.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// How much is read at a time: records that follow each other come in one go.
const WINDOW: usize = 1 << 12;

/// The bytes that give a record's length.
const HEAD: usize = 4;

/// Records in a file without a name, each under its number.
#[derive(Debug)]
pub(crate) struct Draft<T> {
    file: BufWriter<File>,
    /// Where each record begins.
    starts: Vec<u64>,
    end: u64,
    /// The part of the file that was read last, and where it begins.
    window: Vec<u8>,
    window_start: u64,
    has_unwritten: bool,
    record: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned> Draft<T> {
    /// Begins in an empty file.
    pub(crate) fn new(file: File) -> Self {
        Self {
            file: BufWriter::new(file),
            starts: Vec::new(),
            end: 0,
            window: Vec::new(),
            window_start: 0,
            has_unwritten: false,
            record: PhantomData,
        }
    }

    /// How many records there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds a record, under the next number.
    pub(crate) fn push(&mut self, record: &T) -> io::Result<()> {
        let start = self.write(record)?;
        self.starts.push(start);
        Ok(())
    }

    /// Puts a record in place of that with the number `at`.
    pub(crate) fn put(&mut self, at: usize, record: &T) -> io::Result<()> {
        let start = self.write(record)?;
        if let Some(place) = self.starts.get_mut(at) {
            *place = start;
        }
        Ok(())
    }

    /// Reads a record.
    ///
    /// # Errors
    /// Where there is none, and where the file cannot be read.
    pub(crate) fn get(&mut self, at: usize) -> io::Result<T> {
        let start = *self.starts.get(at).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        let head = self.bytes(start, HEAD)?;
        let length = head.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let record = self.bytes(start + HEAD as u64, usize::try_from(length).unwrap_or_default())?;
        postcard::from_bytes(record).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
    }

    fn write(&mut self, record: &T) -> io::Result<u64> {
        let bytes = postcard::to_allocvec(record).map_err(|error| io::Error::other(error.to_string()))?;
        let length = u32::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let start = self.end;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&bytes)?;
        self.end += (HEAD + bytes.len()) as u64;
        self.has_unwritten = true;
        Ok(start)
    }

    /// Some bytes of the file. What was read once is never written again, so a window stays true.
    fn bytes(&mut self, start: u64, length: usize) -> io::Result<&[u8]> {
        let place = |window_start: u64| start.checked_sub(window_start).and_then(|at| usize::try_from(at).ok());
        let is_there = place(self.window_start).is_some_and(|at| at + length <= self.window.len());
        if !is_there {
            if self.has_unwritten {
                self.file.flush()?;
                self.has_unwritten = false;
            }
            let file = self.file.get_mut();
            file.seek(SeekFrom::Start(start))?;
            self.window.clear();
            self.window_start = start;
            file.take(length.max(WINDOW) as u64).read_to_end(&mut self.window)?;
            file.seek(SeekFrom::End(0))?;
        }
        let at = place(self.window_start).unwrap_or_default();
        self.window.get(at..at + length).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}

/// Records with a key each, which come back key by key.
#[derive(Debug)]
pub(crate) struct KeyedDraft<T> {
    records: Draft<T>,
    keys: Vec<u32>,
}

impl<T: Serialize + DeserializeOwned> KeyedDraft<T> {
    /// Begins in an empty file.
    pub(crate) fn new(file: File) -> Self {
        Self { records: Draft::new(file), keys: Vec::new() }
    }

    /// Adds a record.
    pub(crate) fn add(&mut self, key: u32, record: &T) -> io::Result<()> {
        self.keys.push(key);
        self.records.push(record)
    }

    /// What becomes of the records of each key, in the order of keys: `start` takes the first record of a key, `add` the others in the order they
    /// were added.
    pub(crate) fn folded<S>(mut self, start: impl Fn(T) -> S, add: impl Fn(&mut S, T)) -> impl Iterator<Item = io::Result<(u32, S)>> {
        let mut order: Vec<(u32, usize)> = std::mem::take(&mut self.keys).into_iter().zip(0..).collect();
        order.sort_unstable();
        let mut order = order.into_iter().peekable();
        let mut next = move || {
            let Some((key, first)) = order.next() else { return Ok(None) };
            let mut folded = start(self.records.get(first)?);
            while let Some((_, at)) = order.next_if(|(other, _)| *other == key) {
                add(&mut folded, self.records.get(at)?);
            }
            Ok(Some((key, folded)))
        };
        std::iter::from_fn(move || next().transpose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_whole_whatever_came_between() {
        let mut draft = Draft::new(tempfile::tempfile().unwrap());
        let long = |at: usize| "word ".repeat(at * 97);
        for at in 0..50 {
            draft.push(&(at, long(at))).unwrap();
        }
        for at in [3, 49, 0, 48] {
            assert_eq!(draft.get(at).unwrap(), (at, long(at)));
        }
        draft.put(3, &(3, "short".to_owned())).unwrap();
        draft.push(&(50, String::new())).unwrap();
        assert_eq!((draft.get(3).unwrap(), draft.get(4).unwrap()), ((3, "short".to_owned()), (4, long(4))));
        assert_eq!((draft.len(), draft.get(50).unwrap()), (51, (50, String::new())));
        assert!(draft.get(51).is_err());
    }

    #[test]
    fn keyed_records_are_folded_key_by_key() {
        let mut draft = KeyedDraft::new(tempfile::tempfile().unwrap());
        for (key, word) in [(2, "a"), (0, "b"), (2, "c"), (1, "d"), (0, "e")] {
            draft.add(key, &word.to_owned()).unwrap();
        }
        let found: Vec<(u32, String)> = draft.folded(|word| word, |words, word| words.push_str(&word)).collect::<io::Result<_>>().unwrap();
        assert_eq!(found, [(0, "be".to_owned()), (1, "d".to_owned()), (2, "ac".to_owned())]);
    }
}
