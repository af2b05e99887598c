//! Puts a finished report in place of a former one.
//!
//! A folder cannot be exchanged for another while it holds files of the user's, or is a mount, so files are moved one by one, in an order
//! that can be taken up again after a power cut or SIGKILL:
//!
//! 1. `.sayso-finished` holds the whole new report. The old manifest goes first, so that nobody takes what follows for a whole report;
//!    then files of the old report that the new one does not have.
//! 2. `.sayso-moving` (renamed from it) holds what is still to be moved. The manifest moves last.
//!
//! Every step can be repeated. So with a manifest a folder holds one whole report, old or new; without one, the new report is whole in
//! parts, and the next run into the folder ends the move before it begins its own.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::atomic::sync_folder;
use super::folder::{ARTICLES, FOLDERS, MANIFEST, remove};
use super::html::{CHARTS, PAGE, chart_files, is_report_file};
use super::json::ARTICLE_LINES;
use super::table_exporter::table_files;
use super::tabular::{PARQUET, SQLITE, XLSX, is_parquet_of_ours};

/// The folder of a report that is whole but not in place.
pub(super) const FINISHED: &str = ".sayso-finished";

const MOVING: &str = ".sayso-moving";

/// The bytes of a file that show whose it is.
const HEAD: u64 = 1024;

/// The tables that earlier versions wrote and that a new report takes away.
const FORMER_TABLES: [&str; 1] = ["theme_assignment.csv"];

/// The names of the files that a report has outside its folders, the manifest last.
pub(super) fn own_files() -> Vec<String> {
    let others = FORMER_TABLES.into_iter().chain([ARTICLE_LINES, XLSX, SQLITE, PAGE, MANIFEST]);
    table_files().into_iter().chain(others.map(str::to_owned)).collect()
}

/// Puts a finished report in `dir` in place, if there is one, which it tells. `before` is called before every change of the disk.
pub(super) fn settle(dir: &Path, before: &mut dyn FnMut() -> io::Result<()>) -> io::Result<bool> {
    let (finished, moving) = (dir.join(FINISHED), dir.join(MOVING));
    let was_moving = moving.is_dir();
    move_in(dir, &moving, before)?;
    if !finished.is_dir() {
        return Ok(was_moving);
    }
    check_writable(dir)?;
    retire(dir, &finished, before)?;
    before()?;
    fs::rename(&finished, &moving)?;
    sync_folder(dir)?;
    move_in(dir, &moving, before).map(|()| true)
}

/// Fails where a folder of a report takes no new files. Asked before anything is changed: a rerun must not cost the old report.
pub(super) fn check_writable(dir: &Path) -> io::Result<()> {
    for folder in [dir.to_owned(), dir.join(ARTICLES)] {
        if folder.is_dir() {
            let tried = tempfile::Builder::new().prefix(".sayso-").tempfile_in(&folder);
            // `tempfile` names its own file, which means nothing to the user.
            tried.map_err(|error| {
                io::Error::new(error.kind(), format!("{}: no file can be made here ({})", folder.display(), error.kind()))
            })?;
        }
    }
    Ok(())
}

/// Takes away the manifest of the old report, and its files that the new one does not have.
fn retire(dir: &Path, finished: &Path, before: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
    if dir.join(MANIFEST).exists() {
        before()?;
        fs::remove_file(dir.join(MANIFEST))?;
        sync_folder(dir)?;
    }
    for name in own_files() {
        if dir.join(&name).exists() && !finished.join(&name).exists() {
            before()?;
            fs::remove_file(dir.join(&name))?;
        }
    }
    for folder in FOLDERS {
        each_name(&dir.join(folder), |name| {
            let old = dir.join(folder).join(name);
            if !finished.join(folder).join(name).exists() && is_ours(folder, &old) {
                before()?;
                fs::remove_file(old)?;
            }
            Ok(())
        })?;
        if !finished.join(folder).exists() && dir.join(folder).exists() {
            // Stays where the user keeps files in it.
            let _ = fs::remove_dir(dir.join(folder));
        }
    }
    Ok(())
}

/// Moves what `moving` holds into `dir`, the manifest last.
fn move_in(dir: &Path, moving: &Path, before: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
    if !moving.is_dir() {
        return Ok(());
    }
    for folder in FOLDERS.into_iter().filter(|folder| moving.join(folder).is_dir()) {
        before()?;
        fs::create_dir_all(dir.join(folder))?;
        each_name(&moving.join(folder), |name| {
            before()?;
            fs::rename(moving.join(folder).join(name), dir.join(folder).join(name))
        })?;
        sync_folder(&dir.join(folder))?;
    }
    for name in own_files() {
        if moving.join(&name).exists() {
            if name == MANIFEST {
                sync_folder(dir)?;
            }
            before()?;
            fs::rename(moving.join(&name), dir.join(&name))?;
        }
    }
    sync_folder(dir)?;
    before()?;
    remove(moving)
}

/// Does something for every name in a folder; nothing where it is missing.
///
/// A folder of a million articles is walked, not listed. A name that is taken away on the way was shown before.
fn each_name(folder: &Path, mut each: impl FnMut(&OsStr) -> io::Result<()>) -> io::Result<()> {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.try_for_each(|entry| each(&entry?.file_name())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether a file in one of a report's folders is ours: it has a name that ours have, and begins as they do.
fn is_ours(folder: &str, path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    match folder {
        CHARTS => chart_files().any(|chart| chart.split_once('/').is_some_and(|(_, chart)| chart == name)),
        ARTICLES => is_article(name, &head(path)),
        PARQUET => is_parquet_of_ours(name),
        _ => is_report_file(name, &head(path)),
    }
}

/// The first bytes of a file; none where it cannot be read.
fn head(path: &Path) -> String {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.map(|_| String::from_utf8_lossy(&head).into_owned()).unwrap_or_default()
}

/// Whether a file is an article's JSON of ours: it begins as ours do and is named after its id, as no copy of the user's is.
fn is_article(name: &str, head: &str) -> bool {
    let Some(stem) = name.strip_suffix(".json") else { return false };
    let mut lines = head.lines().map(str::trim);
    let is_first = lines.next() == Some("{") && lines.next().is_some_and(|line| line.starts_with("\"schema\": \"sayso/"));
    let id = serde_json::to_string(stem).unwrap_or_default();
    is_first && lines.next() == Some(&format!("\"id\": {id},"))
}
