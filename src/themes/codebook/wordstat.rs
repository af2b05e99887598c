//! `WordStat` categorisation dictionaries: one name a line, indented below its category; a term ends in its weight.
//!
//! ```text
//! ECONOMY
//! <tab>TRADE
//! <tab><tab>TARIFF* (1)
//! <tab><tab>FREE_TRADE (1)
//! ```
//!
//! Weights are not used: every term counts once. `_` stands for a blank.

use super::draft::{CategoryTree, Draft};

/// Reads a dictionary.
pub(super) fn read(text: &str) -> Draft {
    let mut tree = CategoryTree::new();
    // The indents of the categories around a line, with their indices.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        let name = line.trim();
        if name.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        open.retain(|(outer, _)| *outer < indent);
        let parent = open.last().map(|(_, parent)| *parent);
        match (weighted(name), parent) {
            (Some(term), _) if term.starts_with('@') => tree.note(number, format!("the rule `{term}` is left out")),
            (Some(term), Some(parent)) => tree.term(parent, &term.replace('_', " "), number),
            (Some(term), None) => tree.error(number, format!("`{term}` stands in no category"), "indent it below its category"),
            (None, _) => {
                let index = tree.category(parent, name, number);
                open.push((indent, index));
            }
        }
    }
    tree.draft
}

/// The term of `TERM (1)`; `None` for the name of a category.
fn weighted(name: &str) -> Option<&str> {
    let (term, weight) = name.strip_suffix(')')?.rsplit_once('(')?;
    weight.trim().parse::<f64>().ok()?;
    Some(term.trim()).filter(|term| !term.is_empty())
}
