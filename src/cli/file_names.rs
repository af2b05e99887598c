//! Names of files in a column: two files that would be cut to the same name stay apart.

use std::collections::HashMap;

use unicode_width::UnicodeWidthStr;

use super::terminal::{column, harmless, without_middle};

/// The names shown so far.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    /// The file that each shown name stands for.
    by_shown: HashMap<String, String>,
    /// How many files were cut to each name.
    cut: HashMap<String, usize>,
    /// The name of each file, for rows of the same one.
    by_file: HashMap<String, String>,
}

impl FileNames {
    /// A file's name in a column of `width`, which no other file has: what is too long loses its middle, and where that leaves two the
    /// same the later ones get a number, `reports/2031-0…rice~2.txt`.
    pub(crate) fn column(&mut self, path: &str, width: usize) -> String {
        if let Some(shown) = self.by_file.get(path) {
            return shown.clone();
        }
        let name = harmless(path);
        let mut shown = column(&without_middle(&name, width), width);
        while self.by_shown.contains_key(&shown) {
            let count = self.cut.entry(without_middle(&name, width)).or_insert(1);
            *count += 1;
            let number = format!("~{count}");
            shown = column(&(without_middle(&name, width.saturating_sub(number.width())) + &number), width);
        }
        self.by_shown.insert(shown.clone(), path.to_owned());
        self.by_file.insert(path.to_owned(), shown.clone());
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_never_have_one_name() {
        let mut names = FileNames::default();
        assert_eq!(names.column("in/ferry.txt", 16), "in/ferry.txt    ");
        assert_eq!(names.column("articles/factiva-2031-0001.txt", 16), "article…0001.txt");
        assert_eq!(names.column("articles/factiva-2031-0002.txt", 16), "article…0002.txt");
        assert_eq!(names.column("articles/nexis-2031-0001.txt", 16), "articl…001.txt~2");
        assert_eq!(names.column("articles/agency-2031-0001.txt", 16), "articl…001.txt~3");
        assert_eq!(names.column("articles/factiva-2031-0001.txt", 16), "article…0001.txt", "the same file again");
    }

    #[test]
    fn many_files_of_one_cut_stay_apart() {
        let mut names = FileNames::default();
        let mut shown: Vec<String> =
            (0..500).map(|number| names.column(&format!("articles/{number:04}/text-of-the-article.txt"), 14)).collect();
        assert!(shown.iter().all(|name| name.width() == 14));
        shown.sort();
        shown.dedup();
        assert_eq!(shown.len(), 500);
    }
}
