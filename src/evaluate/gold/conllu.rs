//! Universal Dependencies (CoNLL-U): the text is put together again from `# text`, paragraphs from `# newpar`.

use std::path::Path;

use super::{GoldDocument, broken, read_text};
use crate::{Label, Result, Span, Upos};

pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let content = read_text(path)?;
    let mut docs: Vec<GoldDocument> = Vec::new();
    let mut starts_paragraph = false;
    let mut at = 0;
    let mut covered = 0; // the last word of a multi-word token
    for (number, line) in content.lines().enumerate() {
        if let Some(name) = line.strip_prefix("# newdoc id = ") {
            docs.push(GoldDocument {
                name: name.trim().to_owned(),
                upos: Some(Vec::new()),
                sentences: Some(Vec::new()),
                ..GoldDocument::default()
            });
            starts_paragraph = false;
        } else if line.starts_with("# newpar") {
            starts_paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            let doc = docs.last_mut().ok_or_else(|| broken(path, number + 1, "a sentence before the first `# newdoc id`"))?;
            if !doc.text.is_empty() {
                doc.text.push_str(if starts_paragraph { "\n\n" } else { " " });
            }
            at = doc.text.len();
            doc.text.push_str(text);
            doc.sentences.get_or_insert_default().push(Span::new(at, doc.text.len()));
            starts_paragraph = false;
            covered = 0;
        } else if line.starts_with(|ch: char| ch.is_ascii_digit()) {
            let doc = docs.last_mut().ok_or_else(|| broken(path, number + 1, "a word before the first `# newdoc id`"))?;
            word(doc, line, &mut at, &mut covered).ok_or_else(|| broken(path, number + 1, "a word that is not in `# text`"))?;
        }
    }
    Ok(docs)
}

/// Places one row; a multi-word token (*don't*) is cut where its words' forms say so, else its first word stands for it.
fn word(doc: &mut GoldDocument, line: &str, at: &mut usize, covered: &mut usize) -> Option<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    let (id, form, tag) = (*columns.first()?, *columns.get(1)?, *columns.get(3)?);
    if id.contains('.') {
        return Some(());
    }
    if let Some((_, last)) = id.split_once('-') {
        *covered = last.parse().ok()?;
        return Some(());
    }
    let ahead = doc.text.get(*at..)?;
    let Some(found) = ahead.find(form) else {
        return (id.parse::<usize>().ok()? <= *covered).then_some(()); // a contraction's full form
    };
    let span = Span::new(*at + found, *at + found + form.len());
    if found > 40 && id.parse::<usize>().ok()? <= *covered {
        return Some(());
    }
    *at = span.end();
    if let Some(upos) = Upos::from_name(tag) {
        doc.upos.get_or_insert_default().push((span, upos));
    }
    Some(())
}
