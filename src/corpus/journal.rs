//! The journal of a run: one record for every article that is done, in the order of the inputs, on the disk before the next one is asked for.
//!
//! It is all that a run keeps. Its report is written from it when the last article is in; after SIGKILL or a power cut `--resume` goes on
//! behind its last whole record. The file is a line of magic, then records: length (4 bytes, little endian), the first 8 bytes of the
//! payload's SHA-256, payload (postcard). The first one holds the settings of the run. A record that was cut off or damaged ends what is
//! taken: it and all behind it are made anew.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Analysis, ArticleSource, Document, Error, ErrorKind, Result, sha256};

const MAGIC: &[u8] = b"sayso journal 4\n";

/// The bytes before a payload: its length and its checksum.
const HEAD: usize = 12;

/// No article comes near it: what claims to be longer is damaged.
const LONGEST: u32 = 1 << 30;

/// How often the disk is made to hold what was written: a power cut costs no more than this.
const SYNC: Duration = Duration::from_secs(10);

/// By name what a run was started with: a run that goes on from its journal must agree.
pub(crate) type Settings = BTreeMap<String, String>;

/// What became of an article.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Record {
    /// It was analysed.
    Analysed {
        /// Tells whether it is still the same article.
        fingerprint: String,
        analysis: Box<Analysis>,
    },
    /// It was not.
    Failed { source: ArticleSource, failure: Failure },
}

/// The same, borrowed: both are written alike.
#[derive(Debug, Serialize)]
enum RecordRef<'a> {
    Analysed { fingerprint: &'a str, analysis: &'a Analysis },
    Failed { source: &'a ArticleSource, failure: Failure },
}

/// Why an article has no analysis.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Failure {
    /// It is no article.
    PassedOver(String),
    /// It was left out on purpose.
    LeftOut(String, Shown),
    /// Anything else, in words.
    Failed(String, Shown),
}

/// What an error shows besides its reason: path and hint.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Shown {
    /// As it is shown: a path may hold bytes that no text has.
    path: Option<String>,
    hint: Option<String>,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let shown = || Shown { path: error.path().map(|path| path.display().to_string()), hint: error.hint().map(str::to_owned) };
        match error.kind() {
            ErrorKind::PassedOver(kind) => Self::PassedOver(kind.clone()),
            ErrorKind::LeftOut(why) => Self::LeftOut(why.clone(), shown()),
            _ => Self::Failed(error.reason(), shown()),
        }
    }
}

impl From<Failure> for Error {
    /// The same words again; what they came from is lost.
    fn from(failure: Failure) -> Self {
        let (kind, shown) = match failure {
            Failure::PassedOver(kind) => (ErrorKind::PassedOver(kind), Shown::default()),
            Failure::LeftOut(why, shown) => (ErrorKind::LeftOut(why), shown),
            Failure::Failed(reason, shown) => (ErrorKind::Input(reason), shown),
        };
        let error = shown.path.iter().fold(Error::new(kind), Error::at);
        shown.hint.into_iter().fold(error, Error::with_hint)
    }
}

/// Tells whether an input is the same as when its record was made: its place, its text and all that its file says, not its id.
pub(crate) fn fingerprint(outcome: Result<&Document, &Error>) -> String {
    match outcome {
        Ok(doc) => {
            let parts = (doc.path(), doc.sha256(), doc.text(), doc.metadata(), doc.markup(), doc.provenance());
            postcard::to_allocvec(&parts).map_or_else(|_| String::new(), |bytes| sha256(&bytes))
        }
        Err(error) => sha256(error.reason().as_bytes()),
    }
}

/// A journal that is written.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    /// Records that a former run has left here and this one has still to pass by.
    to_pass: u64,
    synced: Instant,
}

impl Journal {
    /// Begins a journal, in place of one that may be there.
    pub(crate) fn begin(path: &Path, settings: &Settings) -> Result<Self> {
        let begun = || {
            let _ = fs::remove_file(path);
            let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
            file.write_all(MAGIC)?;
            write_frame(&mut file, &encoded(settings)?)?;
            Ok(file)
        };
        let file = begun().map_err(|error: io::Error| failed(path, error))?;
        Ok(Self { path: path.to_owned(), file, to_pass: 0, synced: Instant::now() })
    }

    /// Goes on with the journal that is there, if there is one.
    ///
    /// # Errors
    /// With [`ErrorKind::Resume`] where it belongs to a run with other settings.
    pub(crate) fn resume(path: &Path, settings: &Settings) -> Result<Option<Self>> {
        let Some((found, end, records)) = survey(path).map_err(|error| failed(path, error))? else { return Ok(None) };
        if let Some(what) = difference(&found, settings) {
            let error = Error::new(ErrorKind::Resume(what));
            return Err(error.with_hint("give the same options and inputs again, or leave --resume out to begin anew"));
        }
        let opened = || {
            let mut file = OpenOptions::new().write(true).open(path)?;
            file.set_len(end)?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        };
        let file = opened().map_err(|error| failed(path, error))?;
        Ok(Some(Self { path: path.to_owned(), file, to_pass: records, synced: Instant::now() }))
    }

    /// How many articles a journal holds; none where there is no journal.
    pub(crate) fn count(path: &Path) -> u64 {
        survey(path).ok().flatten().map_or(0, |(.., records)| records)
    }

    /// Writes that an article was analysed.
    pub(crate) fn add(&mut self, analysis: &Analysis) -> Result<()> {
        if self.passes() {
            return Ok(());
        }
        let fingerprint = fingerprint(Ok(&analysis.doc));
        self.append(&RecordRef::Analysed { fingerprint: &fingerprint, analysis })
    }

    /// Writes that an article was not analysed.
    pub(crate) fn add_failed(&mut self, source: &ArticleSource, error: &Error) -> Result<()> {
        if self.passes() { Ok(()) } else { self.append(&RecordRef::Failed { source, failure: error.into() }) }
    }

    /// Whether the next record stands here already.
    fn passes(&mut self) -> bool {
        let is_known = self.to_pass > 0;
        self.to_pass = self.to_pass.saturating_sub(1);
        is_known
    }

    fn append(&mut self, record: &RecordRef<'_>) -> Result<()> {
        let mut written = || {
            write_frame(&mut self.file, &encoded(record)?)?;
            if self.synced.elapsed() >= SYNC {
                self.file.sync_data()?;
                self.synced = Instant::now();
            }
            Ok(())
        };
        written().map_err(|error: io::Error| Error::new(ErrorKind::Write(error)))
    }

    /// Reads all records from the first on.
    pub(crate) fn replay(&self) -> Result<Replay> {
        Replay::open(&self.path).map_err(|error| failed(&self.path, error))
    }
}

/// The records of a journal, in order.
#[derive(Debug)]
pub struct Replay {
    file: BufReader<File>,
    path: PathBuf,
    /// Where the records end that were there when reading began.
    end: u64,
    at: u64,
}

impl Replay {
    fn open(path: &Path) -> io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let end = file.get_ref().metadata()?.len();
        let mut replay = Self {
            path: path.to_owned(),
            end,
            at: MAGIC.len() as u64,
            file: {
                file.seek_relative(i64::try_from(MAGIC.len()).unwrap_or_default())?;
                file
            },
        };
        replay.frame()?; // the settings
        Ok(replay)
    }

    fn frame(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.at >= self.end {
            return Ok(None);
        }
        let frame = read_frame(&mut self.file)?;
        self.at += frame.as_ref().map_or(0, |payload| (HEAD + payload.len()) as u64);
        Ok(frame)
    }

    /// The next record as its bytes, for [`Record::read`].
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>> {
        match self.frame() {
            Ok(None) if self.at < self.end => Err(failed(&self.path, io::ErrorKind::InvalidData.into())),
            read => read.map_err(|error| failed(&self.path, error)),
        }
    }
}

impl Replay {
    /// All records, for the run that has written them.
    pub(crate) fn records(mut self) -> impl Iterator<Item = Result<Record>> {
        std::iter::from_fn(move || {
            let bytes = self.next().transpose()?;
            Some(bytes.and_then(|bytes| postcard::from_bytes(&bytes).map_err(|_| failed(&self.path, io::ErrorKind::InvalidData.into()))))
        })
    }
}

impl Record {
    /// Reads a record of a former run, whose spans then fit its text.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        let damaged = || Error::new(ErrorKind::Resume("the journal holds what no run of sayso has written".to_owned()));
        let hint = "leave --resume out to begin anew";
        let record: Self = postcard::from_bytes(bytes).map_err(|_| damaged().with_hint(hint))?;
        match &record {
            Self::Analysed { analysis, .. } if analysis.check_spans().is_err() => Err(damaged().with_hint(hint)),
            _ => Ok(record),
        }
    }
}

fn encoded<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    postcard::to_allocvec(value).map_err(io::Error::other)
}

fn failed(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Write(error)).at(path)
}

fn checksum(payload: &[u8]) -> [u8; 8] {
    let digest = Sha256::digest(payload);
    std::array::from_fn(|at| digest.get(at).copied().unwrap_or_default())
}

/// Writes head and payload with one call: a kill cuts between calls, never inside one that is small.
fn write_frame(file: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).ok().filter(|length| *length <= LONGEST);
    let length = length.ok_or_else(|| io::Error::other("the analysis of an article is too large for the journal"))?;
    let mut frame = Vec::with_capacity(HEAD + payload.len());
    frame.extend_from_slice(&length.to_le_bytes());
    frame.extend_from_slice(&checksum(payload));
    frame.extend_from_slice(payload);
    file.write_all(&frame)
}

/// The next payload; none at the end, and where what follows is cut off or damaged.
fn read_frame(file: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let Some((length, expected)) = head.split_at_checked(4).filter(|_| head.len() == HEAD) else { return Ok(None) };
    let length = length.try_into().map_or(u32::MAX, u32::from_le_bytes);
    if length > LONGEST {
        return Ok(None);
    }
    let mut payload = Vec::new();
    file.by_ref().take(length.into()).read_to_end(&mut payload)?;
    Ok(Some(payload).filter(|payload| payload.len() == length as usize && checksum(payload) == expected))
}

/// The settings of a journal, the length of what is whole of it, and how many records that holds; `None` where no journal is.
fn survey(path: &Path) -> io::Result<Option<(Settings, u64, u64)>> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => BufReader::with_capacity(1 << 20, opened?),
    };
    let mut magic = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic)?;
    if magic != MAGIC {
        return Ok(None);
    }
    let Some(settings) = read_frame(&mut file)? else { return Ok(None) };
    let mut end = (MAGIC.len() + HEAD + settings.len()) as u64;
    let Ok(settings) = postcard::from_bytes(&settings) else { return Ok(None) };
    let mut records = 0;
    while let Some(payload) = read_frame(&mut file)? {
        end += (HEAD + payload.len()) as u64;
        records += 1;
    }
    Ok(Some((settings, end, records)))
}

/// The first setting that differs, in words.
fn difference(found: &Settings, now: &Settings) -> Option<String> {
    let mut names = found.keys().chain(now.keys());
    let name = names.find(|name| found.get(*name) != now.get(*name))?;
    let said = |settings: &Settings| settings.get(name).filter(|value| !value.is_empty()).map_or_else(|| "none".to_owned(), Clone::clone);
    Some(format!("the interrupted run has another {name}: {}, not {}", said(found), said(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(model: &str) -> Settings {
        Settings::from([("model".to_owned(), model.to_owned()), ("--encoding".to_owned(), String::new())])
    }

    fn source(number: usize) -> ArticleSource {
        ArticleSource { path: format!("{number}.txt"), fingerprint: number.to_string(), ..ArticleSource::default() }
    }

    fn add(journal: &mut Journal, numbers: std::ops::Range<usize>) {
        for number in numbers {
            let error = Error::new(ErrorKind::LeftOut(format!("reason {number}"))).at("x.txt").with_hint("do this");
            journal.add_failed(&source(number), &error).unwrap();
        }
    }

    fn paths(journal: &Journal) -> Vec<String> {
        let path = |record: Result<Record>| match record.unwrap() {
            Record::Failed { source, failure } => {
                let error = Error::from(failure);
                assert!(matches!(error.kind(), ErrorKind::LeftOut(_)) && error.hint() == Some("do this"), "{error:?}");
                source.path
            }
            Record::Analysed { .. } => unreachable!("none was analysed"),
        };
        journal.replay().unwrap().records().map(path).collect()
    }

    #[test]
    fn goes_on_behind_the_last_whole_record_wherever_it_was_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        add(&mut Journal::begin(&path, &settings("m")).unwrap(), 0..3);
        let whole = fs::read(&path).unwrap();
        let mut counts = Vec::new();
        for end in 0..=whole.len() {
            fs::remove_file(&path).unwrap();
            OpenOptions::new().write(true).create_new(true).open(&path).unwrap().write_all(&whole[..end]).unwrap();
            let count = Journal::count(&path);
            counts.push(count);
            let Some(mut journal) = Journal::resume(&path, &settings("m")).unwrap() else {
                assert_eq!(count, 0);
                continue;
            };
            add(&mut journal, 0..3); // those that are there are passed by
            assert_eq!(fs::read(&path).unwrap(), whole, "cut at byte {end}");
            assert_eq!(paths(&journal), ["0.txt", "1.txt", "2.txt"]);
        }
        assert!(counts.is_sorted() && counts.first() == Some(&0) && counts.last() == Some(&3));
    }

    #[test]
    fn a_damaged_record_ends_what_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        add(&mut Journal::begin(&path, &settings("m")).unwrap(), 0..3);
        let whole = fs::read(&path).unwrap();
        for at in MAGIC.len()..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            fs::remove_file(&path).unwrap();
            OpenOptions::new().write(true).create_new(true).open(&path).unwrap().write_all(&damaged).unwrap();
            assert!(Journal::count(&path) < 3, "byte {at}");
        }
    }

    #[test]
    fn says_which_setting_differs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        add(&mut Journal::begin(&path, &settings("m1")).unwrap(), 0..1);
        let error = Journal::resume(&path, &settings("m2")).unwrap_err();
        assert_eq!(error.to_string(), "cannot resume: the interrupted run has another model: m1, not m2");
        let mut other = settings("m1");
        other.insert("--encoding".to_owned(), "utf-8".to_owned());
        let error = Journal::resume(&path, &other).unwrap_err();
        assert_eq!(error.to_string(), "cannot resume: the interrupted run has another --encoding: none, not utf-8");
        assert_eq!(Journal::count(&path), 1, "a refusal costs nothing");
        assert!(Journal::resume(&folder.path().join("none"), &other).unwrap().is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_journal_or_none(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal");
            let mut file = OpenOptions::new().write(true).create_new(true).open(&path).unwrap();
            file.write_all(MAGIC).unwrap();
            file.write_all(&bytes).unwrap();
            proptest::prop_assert_eq!(Journal::count(&path), 0);
            let _ = Record::read(&bytes);
        }
    }
}
