//! Single files that are whole or not there: temporary file in the same folder → write → fsync → rename.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::Builder;

use crate::{Error, ErrorKind, Result};

/// Writes the file `path` so that nobody ever sees half of it: what stood there stays until the new contents are on the disk.
///
/// The file gets the mode of a normal new file. Where `write` fails, `path` is untouched and nothing is left behind.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let path = std::env::temp_dir().join(format!("sayso-atomic-{}.txt", std::process::id()));
/// sayso::report::write_atomic(&path, |file| file.write_all(b"whole"))?;
/// assert_eq!(std::fs::read(&path).ok().as_deref(), Some(&b"whole"[..]));
/// # std::fs::remove_file(&path).ok();
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where `write` fails, or the folder of `path` cannot be written.
pub fn write_atomic(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    replace(path, write).map_err(|error| Error::new(ErrorKind::Write(error)).at(path))
}

fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".sayso-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask, as for any new file
    fs::metadata(folder)?;
    // `tempfile` adds the path of the temporary file to its errors, which means nothing to the user: keep the kind alone.
    let file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    let mut buffer = BufWriter::new(file);
    write(&mut buffer)?;
    let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes renames inside `folder` last through a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems open no folder as a file, and need not.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A writer that fails at byte `left`.
    struct Failing<'a> {
        inner: &'a mut dyn Write,
        left: usize,
    }

    impl Write for Failing<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.left == 0 {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            let written = self.inner.write(&bytes[..bytes.len().min(self.left)])?;
            self.left -= written;
            Ok(written)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.inner.flush()
        }
    }

    fn files(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn keeps_the_old_file_when_the_writer_fails_at_any_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        let (old, new) = ("the old report", "a new report that is longer");
        for left in 0..=new.len() {
            write_atomic(&path, |file| file.write_all(old.as_bytes())).unwrap();
            let written = write_atomic(&path, |file| Failing { inner: file, left }.write_all(new.as_bytes()));
            let expected = if left < new.len() { old } else { new };
            assert_eq!(written.is_ok(), left == new.len());
            assert_eq!(fs::read_to_string(&path).unwrap(), expected);
            assert_eq!(files(folder.path()), ["report.txt"]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn has_the_mode_of_a_normal_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (normal, ours) = (folder.path().join("normal"), folder.path().join("ours"));
        fs::OpenOptions::new().write(true).create_new(true).open(&normal).unwrap();
        write_atomic(&ours, |_| Ok(())).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&normal));
    }

    #[test]
    fn names_the_file_that_cannot_be_written() {
        let error = write_atomic(Path::new("/no/such/folder/file"), |_| Ok(())).expect_err("no folder");
        assert_eq!(error.to_string(), "/no/such/folder/file: cannot write: No such file or directory (os error 2)");
    }
}
