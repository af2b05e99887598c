//! Lists of files: `@list.txt`, one path a line; blank lines and lines that begin with `#` say nothing.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::{Error, ErrorKind, Result};

/// The list that an input names; `None` where it names something else. A file whose own name begins with `@` is that file.
pub(super) fn path(input: &Path) -> Option<PathBuf> {
    let list = input.to_str()?.strip_prefix('@')?;
    (!list.is_empty() && !input.exists()).then(|| PathBuf::from(list))
}

/// The paths in a list, each with its line.
pub(super) fn read(list: &Path) -> Result<Vec<(PathBuf, usize)>> {
    let mut text = String::new();
    let read = if list == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(list).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| Error::new(ErrorKind::Read(error)).at(list).with_hint("a list names one file a line, in UTF-8"))?;
    let lines = text.trim_start_matches('\u{FEFF}').lines().zip(1..).map(|(line, number)| (line.trim(), number));
    let paths: Vec<(PathBuf, usize)> =
        lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#')).map(|(line, number)| (PathBuf::from(line), number)).collect();
    if paths.is_empty() {
        return Err(Error::new(ErrorKind::Input("names no file".to_owned())).at(list).with_hint("a list names one file a line"));
    }
    Ok(paths)
}
