//! Where an export goes: a folder that is whole or not there.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use crate::report::sync_folder;
use crate::{Error, ErrorKind, Result};

/// An export in the making. Dropped before [`Self::commit`] it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Output {
    dir: PathBuf,
    staging: TempDir,
    open: BTreeMap<String, BufWriter<File>>,
}

impl Output {
    /// Begins an export to `dir`: a new or empty folder, or a former export, which the new one replaces. The file `mark` says what it is,
    /// and that it is ours to replace.
    pub(super) fn create(dir: &Path, mark: &str) -> Result<Self> {
        let failed = |error| Error::new(ErrorKind::Write(error)).at(dir).with_hint("choose a folder you may write to with -o");
        let is_free = match fs::read_dir(dir) {
            Ok(mut entries) => dir.join(mark).is_file() || entries.next().is_none(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !is_free {
            let error = Error::new(ErrorKind::Config("holds files that no export of sayso has written".to_owned())).at(dir);
            return Err(error.with_hint("choose a new folder with -o"));
        }
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(failed)?;
        let staging = Builder::new().prefix(".sayso-export-").tempdir_in(parent).map_err(|error| failed(error.kind().into()))?;
        Ok(Self { dir: dir.to_owned(), staging, open: BTreeMap::new() })
    }

    /// Writes a file at once, named relative to the export: `tei/ID.xml`.
    pub(super) fn write(&mut self, name: &str, contents: &[u8]) -> Result<()> {
        self.make(name).and_then(|mut file| file.write_all(contents)).map_err(|error| Error::new(ErrorKind::Write(error)).at(name))
    }

    /// Adds to a file that grows article by article.
    pub(super) fn append(&mut self, name: &str, contents: &[u8]) -> Result<()> {
        if !self.open.contains_key(name) {
            let file = self.make(name).map_err(|error| Error::new(ErrorKind::Write(error)).at(name))?;
            self.open.insert(name.to_owned(), BufWriter::new(file));
        }
        let written = self.open.get_mut(name).map_or(Ok(()), |file| file.write_all(contents));
        written.map_err(|error| Error::new(ErrorKind::Write(error)).at(name))
    }

    /// Where files are until the export is whole.
    pub(super) fn staging(&self) -> &Path {
        self.staging.path()
    }

    /// A new file that only this export sees.
    pub(super) fn make(&self, name: &str) -> io::Result<File> {
        let path = self.staging.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    /// Puts the export in place of a former one.
    pub(super) fn commit(mut self) -> Result<()> {
        let dir = self.dir.clone();
        self.place().map_err(|error| Error::new(ErrorKind::Write(error)).at(dir))
    }

    fn place(&mut self) -> io::Result<()> {
        for (_, mut file) in std::mem::take(&mut self.open) {
            file.flush()?;
        }
        let ready = self.staging.path();
        for entry in walkdir::WalkDir::new(ready) {
            let entry = entry?;
            if entry.file_type().is_file() {
                File::open(entry.path())?.sync_all()?;
            }
        }
        open_to_others(ready)?;
        let parent = ready.parent().unwrap_or(Path::new(".")).to_owned();
        // A former export makes room only when the new one is whole; a rename does not replace a folder that holds files.
        let former = Builder::new().prefix(".sayso-former-").tempdir_in(&parent)?;
        if self.dir.exists() {
            fs::rename(&self.dir, former.path().join("export"))?;
        }
        fs::rename(ready, &self.dir)?;
        sync_folder(&parent)
    }
}

/// Temporary folders are for their owner alone; an export is a folder like any other.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    // The mode that a new folder gets here: the umask can be seen only by making one.
    let probe = folder.join(".mode");
    fs::DirBuilder::new().mode(0o777).create(&probe)?;
    let mode = fs::metadata(&probe)?.permissions().mode();
    fs::remove_dir(&probe)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}
