//! LIWC dictionaries: categories between two lines `%`, then terms with their categories' numbers.
//!
//! ```text
//! %
//! 1<tab>affect
//! <tab>2<tab>posemo          an indented category is a part of the one before (LIWC 2015)
//! %
//! happ*<tab>1<tab>2
//! ```
//!
//! Conditions on neighbouring words (`(02 134)`, `<of>`) have no counterpart and are left out with a note, as quanteda does.

use std::collections::HashMap;

use super::draft::{CategoryTree, Draft};

/// Reads a dictionary.
pub(super) fn read(text: &str) -> Draft {
    let mut tree = CategoryTree::new();
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim().is_empty());
    let hint = "a LIWC dictionary begins with `%`, its numbered categories, and `%`";
    if lines.next().is_none_or(|(_, line)| line.trim() != "%") {
        tree.error(1, "there is no `%` before the categories", hint);
        return tree.draft;
    }
    let mut categories: HashMap<u32, usize> = HashMap::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut is_closed = false;
    for (number, line) in lines.by_ref() {
        if line.trim() == "%" {
            is_closed = true;
            break;
        }
        category(&mut tree, &mut categories, &mut open, line, number);
    }
    if !is_closed {
        tree.error(text.lines().count().max(1), "there is no `%` after the categories", hint);
    }
    for (number, line) in lines {
        term(&mut tree, &categories, line, number);
    }
    tree.draft
}

/// Reads `12<tab>name`; `open` holds the indents of the categories around it.
fn category(tree: &mut CategoryTree, categories: &mut HashMap<u32, usize>, open: &mut Vec<(usize, usize)>, line: &str, number: usize) {
    let indent = line.len() - line.trim_start_matches('\t').len();
    let body = line.trim();
    let split = body.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(body.len());
    let (digits, name) = (body.get(..split).unwrap_or_default(), body.get(split..).unwrap_or_default().trim());
    let Some(code) = digits.parse().ok().filter(|_| !name.is_empty()) else {
        tree.error(number, format!("`{body}` is no number with a category's name"), "write the number, a tab and the name");
        return;
    };
    open.retain(|(outer, _)| *outer < indent);
    let index = tree.category(open.last().map(|(_, parent)| *parent), name, number);
    if categories.insert(code, index).is_some() {
        tree.error(number, format!("there are two categories {code}"), "number each category once");
    }
    open.push((indent, index));
}

/// Reads `word<tab>1<tab>2`.
fn term(tree: &mut CategoryTree, categories: &HashMap<u32, usize>, line: &str, number: usize) {
    if line.contains("<of>") {
        return tree.note(number, "a term with `<of>` is left out");
    }
    // A term may have several words: it ends where only numbers and conditions follow.
    let body = line.trim();
    let parts: Vec<&str> = body.split_whitespace().collect();
    let is_code = |part: &&str| part.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '(' | ')' | '/'));
    let codes_from = parts.len() - parts.iter().rev().take_while(|part| is_code(part)).count();
    let words = parts.get(..codes_from.max(1)).unwrap_or_default().join(" ");
    let mut codes = String::new();
    let mut depth = 0_usize;
    for ch in parts.get(codes_from.max(1)..).unwrap_or_default().join(" ").chars() {
        match ch {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '/' => codes.push(' '),
            _ if depth == 0 => codes.push(ch),
            _ => {}
        }
    }
    if body.contains('(') && codes_from < parts.len() {
        tree.note(number, format!("the condition of `{words}` is left out"));
    }
    if codes.trim().is_empty() {
        return tree.error(number, format!("`{words}` has no category"), "write the term, a tab and its categories' numbers");
    }
    for code in codes.split_whitespace() {
        match code.parse().ok().and_then(|code: u32| categories.get(&code)) {
            Some(&index) => tree.term(index, &words, number),
            None => tree.error(number, format!("`{words}`: there is no category {code}"), "list the category between the lines `%`"),
        }
    }
}
