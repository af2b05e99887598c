//! A report's folder: staging, ownership, and one run at a time.
//!
//! Files are written into `DIR/.sayso-unfinished`, on the same disk as their last place even where `DIR` is a mount of its own. A report
//! that fails is thrown away with that folder, and what stood in `DIR` is untouched. [`settle`](super::settle) puts a finished one in place.
//! `DIR/.sayso-journal` holds the analyses until then; of a run that was killed or interrupted it stays, and `--resume` goes on from it.
//! Files in `DIR` that are not sayso's stay where they are; files of a report's names without sayso's manifest are somebody else's, so
//! the run refuses to begin.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
#[cfg(test)]
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use std::time::Duration;

use super::html::{CHARTS, REPORT_FILES};
use super::settle::{FINISHED, check_writable, own_files, settle};
use super::tabular::PARQUET;
use super::{atomic::sync_folder, schema::SCHEMA};
use crate::{Error, ErrorKind, Result};

/// The file whose presence says that a report is whole.
pub(super) const MANIFEST: &str = "manifest.json";

/// The folder of the articles' JSON.
pub(super) const ARTICLES: &str = "articles";

/// The folders of a report.
pub(super) const FOLDERS: [&str; 4] = [ARTICLES, CHARTS, REPORT_FILES, PARQUET];

const UNFINISHED: &str = ".sayso-unfinished";

/// The journal of a run that is not finished.
const JOURNAL: &str = ".sayso-journal";

/// The longest article id: file systems end names at 255 bytes.
const LONGEST_ID: usize = 240;

/// The folder of a report in the making.
#[derive(Debug)]
pub(super) struct Folder {
    dir: PathBuf,
    /// The topmost folder this run had to make.
    made: Option<PathBuf>,
    /// Held while this run writes here.
    _lock: Option<File>,
    /// Whether the journal outlives this run unless its report is finished.
    pub(super) keeps_journal: bool,
    /// How many bytes may still be written before the disk is "full".
    #[cfg(test)]
    pub(super) room: Option<Arc<AtomicUsize>>,
}

impl Folder {
    /// Begins a report in `dir`; first ends what a run that was killed has left there. Its journal stays.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        let failed = |error| Error::new(ErrorKind::Write(error)).at(dir).with_hint("choose a folder you may write to with -o");
        if dir.exists() && !dir.is_dir() {
            let error = Error::new(ErrorKind::Config("cannot write a report here: a file, not a folder".to_owned())).at(dir);
            return Err(error.with_hint("name a folder with -o; it is made where it is missing"));
        }
        let made = dir.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).last().map(Path::to_owned);
        fs::create_dir_all(dir).map_err(failed)?;
        let folder = Self {
            dir: dir.to_owned(),
            made,
            _lock: lock(dir)?,
            keeps_journal: true,
            #[cfg(test)]
            room: None,
        };
        if settle(dir, &mut || Ok(())).map_err(failed)? {
            // It was killed between its end and this.
            let _ = fs::remove_file(folder.journal());
        }
        check_owner(dir)?;
        check_writable(dir).map_err(failed)?;
        remove(&folder.staging()).and_then(|()| fs::create_dir(folder.staging())).map_err(failed)?;
        Ok(folder)
    }

    /// The folder as the user named it.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Opens a new file, named relative to the report: `quotes.csv`, `articles/ID.json`.
    pub(super) fn create(&self, name: &str) -> Result<StagedFile> {
        check_name(name)?;
        let path = self.staging().join(name);
        let opened = match path.parent() {
            Some(parent) if !parent.is_dir() => fs::create_dir(parent),
            _ => Ok(()),
        };
        let opened = opened.and_then(|()| OpenOptions::new().write(true).create_new(true).open(&path));
        let file = opened.map_err(|error| Error::new(ErrorKind::Write(error)).at(name))?;
        Ok(StagedFile {
            file: BufWriter::new(file),
            #[cfg(test)]
            room: self.room.clone(),
        })
    }

    /// Opens a file for drafts beside the report's, without a name: it is gone when it is closed.
    pub(super) fn create_unnamed(&self) -> io::Result<File> {
        tempfile::tempfile_in(self.staging())
    }

    /// Puts the files in place.
    pub(super) fn commit(self) -> Result<()> {
        let placed = self.seal().and_then(|()| settle(&self.dir, &mut || Ok(())).map(drop));
        placed.map_err(|error| Error::new(ErrorKind::Write(error)).at(&self.dir))
    }

    /// Brings every byte to the disk and declares the report finished: from here on it will be put in place, if not by this run then
    /// by the next.
    pub(super) fn seal(&self) -> io::Result<()> {
        sync_files(&self.staging())?;
        fs::rename(self.staging(), self.dir.join(FINISHED))?;
        sync_folder(&self.dir)?;
        // All it holds stands in the report.
        fs::remove_file(self.journal())
    }

    /// Where the journal of this run is.
    pub(super) fn journal(&self) -> PathBuf {
        Self::journal_in(&self.dir)
    }

    /// Where the journal of a run into `dir` is.
    pub(super) fn journal_in(dir: &Path) -> PathBuf {
        dir.join(JOURNAL)
    }

    /// Takes back a file of the report in the making.
    pub(super) fn remove(&self, name: &str) -> Result<()> {
        fs::remove_file(self.staging().join(name)).map_err(|error| Error::new(ErrorKind::Write(error)).at(name))
    }

    /// Where files are until the report is whole.
    pub(super) fn staging(&self) -> PathBuf {
        self.dir.join(UNFINISHED)
    }
}

impl Drop for Folder {
    /// Takes an unfinished report away, with the folders that were made for it.
    fn drop(&mut self) {
        // Nothing more can be done about a failure here; the next run tries again.
        let _ = fs::remove_dir_all(self.staging());
        if !self.keeps_journal {
            let _ = fs::remove_file(self.journal());
        }
        if let Some(made) = &self.made {
            for folder in self.dir.ancestors().take_while(|folder| folder.starts_with(made)) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

/// A file of a report in the making.
#[derive(Debug)]
pub(super) struct StagedFile {
    file: BufWriter<File>,
    #[cfg(test)]
    room: Option<Arc<AtomicUsize>>,
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(test)]
        if let Some(room) = &self.room {
            let taken = room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(bytes.len()));
            taken.map_err(|_| io::Error::from(io::ErrorKind::StorageFull))?;
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Refuses a name, relative to the report, that is no file's: an article's id may be anything.
pub(super) fn check_name(name: &str) -> Result<()> {
    let file_name = name.split_once('/').filter(|(folder, _)| FOLDERS.contains(folder)).map_or(name, |(_, file_name)| file_name);
    if file_name.starts_with('.') || file_name.len() > LONGEST_ID || file_name.contains(['/', '\\', '\0']) {
        return Err(Error::new(ErrorKind::Config("the article's id is no file name".to_owned())).at(name));
    }
    Ok(())
}

/// Keeps two runs out of one folder. Where the file system has no locks, nothing keeps them out.
///
/// A lock that was just given back may stay for a moment: a child process keeps its parent's files open until its own program starts.
fn lock(dir: &Path) -> Result<Option<File>> {
    const TRIES: usize = 10;
    const PAUSE: Duration = Duration::from_millis(20);
    let Ok(file) = File::open(dir) else { return Ok(None) };
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    let error = Error::new(ErrorKind::Config("another run of sayso is writing here".to_owned())).at(dir);
    Err(error.with_hint("wait for it, or choose another folder with -o"))
}

/// Refuses a folder that holds files of a report's names that no run of sayso has written.
fn check_owner(dir: &Path) -> Result<()> {
    let manifest = fs::read_to_string(dir.join(MANIFEST)).unwrap_or_default();
    let manifest = serde_json::from_str::<serde_json::Value>(&manifest).unwrap_or_default();
    let family = SCHEMA.split('/').next().unwrap_or_default();
    let is_ours = manifest.get("schema").and_then(|schema| schema.as_str()).is_some_and(|schema| schema.split('/').next() == Some(family));
    let mut foreign = own_files().into_iter().filter(|name| {
        let path = dir.join(name);
        path.is_dir() || (path.exists() && !is_ours)
    });
    let is_foreign = |folder: &&str| {
        let folder = dir.join(folder);
        folder.exists() && (!folder.is_dir() || (!is_ours && fs::read_dir(&folder).is_ok_and(|mut it| it.next().is_some())))
    };
    let folders = FOLDERS.into_iter().find(is_foreign);
    let Some(name) = foreign.next().or_else(|| folders.map(str::to_owned)) else { return Ok(()) };
    let error = Error::new(ErrorKind::Config(format!("holds '{name}', which no run of sayso has written"))).at(dir);
    Err(error.with_hint("choose another folder with -o, or move that file away"))
}

/// Brings the files of a folder, and the folder itself, to the disk.
fn sync_files(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync_files(&path)? } else { File::open(&path)?.sync_all()? }
    }
    sync_folder(folder)
}

/// Removes a folder with all it holds, if it is there.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
