//! How a test says that it could not check what it is for: to who runs it, and at the end of `tests/gate.sh`, which reads the file written here. The one way to
//! leave a test early; the tests in `tests/` take this file in by its path.

use std::fs::{OpenOptions, create_dir_all};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Says that what `what` names is not checked, and why.
pub(crate) fn skipped(what: &str) {
    let line = format!("skipped: {what}\n");
    eprint!("{line}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    // One write of one line, since tests of several programs add theirs at once.
    let noted = create_dir_all(&folder)
        .and_then(|()| OpenOptions::new().create(true).append(true).open(folder.join("skipped.txt")))
        .and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = noted {
        eprintln!("target/skipped.txt: {error}");
    }
}

/// A file or folder of the data beside the repository, which is not ours to ship; where it is absent, says so.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !found.exists() {
        skipped(&format!("../shared/{path} is not here"));
    }
    found.exists().then_some(found)
}
