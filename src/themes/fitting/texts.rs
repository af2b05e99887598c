//! The texts of coded sentences where their articles are not at hand: the columns `text`, `before` and `after` that `sayso sample
//! --for-themes` writes beside the units.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Codebook, Document, Error, ErrorKind, Result, Span};

/// A coded sentence with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedText {
    before: String,
    text: String,
    after: String,
}

impl CodedText {
    /// The texts of a file of codings, by their units; none where it has no column `text`.
    ///
    /// # Errors
    /// Where the file cannot be read or a row has another number of cells than the header.
    pub fn load(path: &Path) -> Result<BTreeMap<String, Self>> {
        Self::from_csv(&Codebook::read(path)?).map_err(|error| error.at(path))
    }

    fn from_csv(text: &str) -> Result<BTreeMap<String, Self>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let wrong = |error: csv::Error| Error::new(ErrorKind::Gold(format!("cannot read the codings: {error}"))).caused_by(error);
        let header = reader.headers().map_err(wrong)?.clone();
        let column = |wanted: &str| header.iter().position(|name| name.trim_start_matches('\u{feff}').eq_ignore_ascii_case(wanted));
        let unit = ["unit", "sentence_id", "quote_id"].into_iter().find_map(column);
        let (Some(unit), Some(text)) = (unit, column("text")) else { return Ok(BTreeMap::new()) };
        let (before, after) = (column("before"), column("after"));
        let mut found = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned();
            found.insert(cell(Some(unit)), Self { before: cell(before), text: cell(Some(text)), after: cell(after) });
        }
        Ok(found)
    }

    /// The sentence with what stands around it as an article, and where it stands in there.
    pub fn to_document(&self) -> (Document, Span) {
        let parts = [&self.before, &self.text, &self.after];
        let start = if self.before.is_empty() { 0 } else { self.before.len() + 1 };
        let whole: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
        (Document::from_text(whole.join("\n")), Span::new(start, start + self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stands_between_its_neighbours() {
        let csv = "unit,theme,before,text,after\na:s2,,It rained.,\"Fares, she said, rise.\",\nb:s1,x,,Ports close.,Ships wait.\n";
        let texts = CodedText::from_csv(csv).expect("texts");
        for (unit, expected) in [("a:s2", "Fares, she said, rise."), ("b:s1", "Ports close.")] {
            let (doc, span) = texts[unit].to_document();
            assert_eq!(doc.slice(span), expected);
        }
        assert_eq!(CodedText::from_csv("unit,theme\na:s1,x\n").expect("no texts"), BTreeMap::new());
    }
}
