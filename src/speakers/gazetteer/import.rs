//! Gazetteers from the files of other projects.

use std::io;
use std::path::{Path, PathBuf};

use super::{KnownPerson, legislators, petrarch, table};
use crate::{Error, ErrorKind, Result, write_atomic};

/// The shape of a foreign file of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PeopleShape {
    /// Actor dictionaries of TABARI and PETRARCH (`*.actors.txt`): actors with dated codes.
    Petrarch,
    /// `legislators-*.yaml` and `executive.yaml` of the congress-legislators project.
    Legislators,
}

/// What an import has done.
#[derive(Debug)]
pub struct PeopleImport {
    /// The people written.
    pub people: usize,
    /// Lines of the foreign files that were left out, each with its reason.
    pub skipped: Vec<Error>,
}

/// Turns foreign files into a gazetteer's CSV file at `to`. `from` is a file, or a folder whose files
/// of this shape are read in order of their names.
///
/// # Errors
/// Where a file cannot be read or has not its shape (the error names the line), holds nobody, or `to` cannot be written.
pub fn import_people(shape: PeopleShape, from: &Path, to: &Path) -> Result<PeopleImport> {
    let mut skipped = Vec::new();
    let mut people: Vec<KnownPerson> = Vec::new();
    for path in files(shape, from)? {
        let bytes = std::fs::read(&path).map_err(|error| Error::new(ErrorKind::Read(error)).at(&path))?;
        // Actor files are ASCII with accidents in old encodings; a name that lost a letter is still a line of its own.
        let text = String::from_utf8_lossy(&bytes);
        let wrong = |(line, problem): (usize, String)| Error::new(ErrorKind::Input(format!("line {line}: {problem}"))).at(&path);
        match shape {
            PeopleShape::Petrarch => {
                let (found, left_out) = petrarch::read(&text);
                people.extend(found);
                skipped.extend(left_out.into_iter().map(wrong));
            }
            PeopleShape::Legislators => people.extend(legislators::read(&text).map_err(wrong)?),
        }
    }
    if people.is_empty() {
        let error = Error::new(ErrorKind::Input("holds no person of this shape".to_owned())).at(from);
        return Err(error.with_hint("actor dictionaries name people by dated codes; legislators are lists of 'id', 'name' and 'terms'"));
    }
    write_atomic(to, |out| table::write(&people, out))?;
    Ok(PeopleImport { people: people.len(), skipped })
}

/// The files to read.
fn files(shape: PeopleShape, from: &Path) -> Result<Vec<PathBuf>> {
    if !from.is_dir() {
        return Ok(vec![from.to_owned()]);
    }
    let failed = |error: io::Error| Error::new(ErrorKind::Read(error)).at(from);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let fits = match shape {
            PeopleShape::Petrarch => name.ends_with(".actors.txt"),
            PeopleShape::Legislators => {
                path.extension().is_some_and(|end| end == "yaml") && (name.starts_with("legislators") || name == "executive.yaml")
            }
        };
        if fits {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        let error = Error::new(ErrorKind::Input("holds no file of this shape".to_owned())).at(from);
        return Err(error.with_hint("name the file itself"));
    }
    Ok(paths)
}
