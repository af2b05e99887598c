//! Coreference in the columns of CoNLL-2012: `OntoGUM` (Zhu et al., ACL 2021) and `LitBank` (Bamman et al., LREC 2020).
//!
//! The last column opens and closes mentions: `(3`, `3)`, `(3)`, several with `|`. The text comes from `../dep/NAME.conllu` where that
//! is there, else the words are put together with spaces.

use std::collections::HashMap;
use std::path::Path;

use super::alignment::Characters;
use super::{GoldDocument, GoldMention, Layers, at_line, conllu, read_text, stem};
use crate::{Result, Span};

/// Whether a file begins as one of this format.
pub(super) fn opens(text: &str) -> bool {
    text.trim_start_matches(['#', ' ']).starts_with("begin document")
}

/// Reads the one document of a file.
pub(super) fn read(path: &Path) -> Result<GoldDocument> {
    let file = read_text(path)?;
    let mut words: Vec<(&str, &str)> = Vec::new();
    for (number, line) in (1..).zip(file.lines()).filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let form = if columns.len() > 4 { columns.get(3) } else { columns.get(1) };
        let (Some(&form), Some(&chains)) = (form, columns.last()) else { return Err(at_line(path, number, "fewer than two columns")) };
        words.push((form, chains.trim()));
    }
    let name = stem(path);
    let mut doc = text_of(path, &name)?.unwrap_or_else(|| joined(&words));
    let spans = Characters::new(&doc.text).align(words.iter().map(|(form, _)| *form));
    doc.mentions = mentions(&words, &spans);
    doc.layers = Layers { chains: true, ..doc.layers };
    doc.name = name;
    Ok(doc)
}

/// The document of the same name in the folder `dep` beside the file's own.
fn text_of(path: &Path, name: &str) -> Result<Option<GoldDocument>> {
    let beside = path.parent().and_then(Path::parent).map(|folder| folder.join("dep").join(format!("{name}.conllu")));
    match beside.filter(|path| path.is_file()) {
        Some(path) => Ok(conllu::read(&path)?.into_iter().next()),
        None => Ok(None),
    }
}

/// The words with spaces between, but for those that punctuation takes no space beside.
fn joined(words: &[(&str, &str)]) -> GoldDocument {
    let mut text = String::new();
    for (form, _) in words {
        let adjoins = form.starts_with(['.', ',', ';', ':', '!', '?', ')', '”', '’', '\'']) || text.ends_with(['(', '“', '‘']);
        if !text.is_empty() && !adjoins {
            text.push(' ');
        }
        text.push_str(form);
    }
    GoldDocument { text, ..GoldDocument::default() }
}

fn mentions(words: &[(&str, &str)], spans: &[Option<Span>]) -> Vec<GoldMention> {
    let mut open: HashMap<&str, Vec<Span>> = HashMap::new();
    let mut found = Vec::new();
    for ((_, chains), span) in words.iter().zip(spans) {
        let Some(span) = *span else { continue };
        for part in chains.split('|').flat_map(|part| part.split_inclusive(')')).filter(|part| *part != "_") {
            let entity = part.trim_matches(['(', ')']);
            if part.starts_with('(') {
                open.entry(entity).or_default().push(span);
            }
            if part.ends_with(')')
                && let Some(first) = open.get_mut(entity).and_then(Vec::pop)
            {
                let (entity, kind, status) = (entity.to_owned(), String::new(), String::new());
                found.push(GoldMention { span: first.cover(span), entity, kind, status, wiki: None });
            }
        }
    }
    found.sort_by_key(|mention| (mention.span.start(), std::cmp::Reverse(mention.span.end())));
    found
}
