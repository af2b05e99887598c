//! Which article stands in which file when a page would grow too large: neighbours together, up to about a megabyte a file.

use super::page::MARK;

/// The folder of the files beside the page.
pub(in crate::report) const FILES: &str = "report-files";

/// The bytes of articles after which a file is closed.
const ENOUGH: u64 = 1_000_000;

/// Where articles stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// For each article the number of its file; 0 for the page itself.
    pub(super) files: Vec<usize>,
    /// How many files there are.
    pub(super) count: usize,
}

impl Plan {
    /// All articles in the page.
    pub(super) fn inside(sizes: &[u64]) -> Self {
        Self { files: vec![0; sizes.len()], count: 0 }
    }
}

/// All articles in files, in their order.
pub(super) fn planned(sizes: &[u64]) -> Plan {
    let (mut number, mut filled) = (1, 0);
    let files = sizes.iter().map(|size| {
        if filled > 0 && filled + size > ENOUGH {
            number += 1;
            filled = 0;
        }
        filled += size;
        number
    });
    let files: Vec<usize> = files.collect();
    Plan { count: files.last().copied().unwrap_or(0), files }
}

/// The name of a file, with its folder.
pub(super) fn name(number: usize) -> String {
    format!("{FILES}/{number:03}.html")
}

/// Whether a file is one that sayso has written: it is named so and begins so.
pub(in crate::report) fn is_ours(name: &str, head: &str) -> bool {
    let is_numbered = name.strip_suffix(".html").is_some_and(|stem| stem.len() >= 3 && stem.bytes().all(|byte| byte.is_ascii_digit()));
    is_numbered && head.starts_with(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_files_one_after_another() {
        assert_eq!(planned(&[400_000, 500_000, 200_000, 3_000_000, 1]), Plan { files: vec![1, 1, 2, 3, 4], count: 4 });
        assert_eq!(planned(&[]), Plan { files: vec![], count: 0 });
        assert_eq!(name(7), "report-files/007.html");
    }

    #[test]
    fn knows_its_own() {
        assert!(is_ours("001.html", "<!DOCTYPE html><html lang=\"en\" data-sayso-report>"));
        assert!(!is_ours("notes.html", "<!DOCTYPE html><html lang=\"en\" data-sayso-report>") && !is_ours("001.html", "<!DOCTYPE html>"));
    }
}
