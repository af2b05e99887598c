//! Lexicoder 3 dictionaries: a line `+category`, then its terms, one a line.

use super::draft::{CategoryTree, Draft};

/// Reads a dictionary.
pub(super) fn read(text: &str) -> Draft {
    let mut tree = CategoryTree::new();
    let mut category = None;
    for (number, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
        if let Some(name) = line.strip_prefix('+') {
            category = Some(tree.category(None, name.trim(), number));
        } else if let Some(category) = category.filter(|_| !line.is_empty()) {
            tree.term(category, line, number);
        } else if !line.is_empty() {
            tree.error(number, format!("`{line}` stands before the first category"), "start each category with `+`");
        }
    }
    tree.draft
}
