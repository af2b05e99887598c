//! Who the speakers of several articles are: a CSV file with the columns `article_id`, `speaker`, `kind` and `person`, beside a folder
//! `articles` with the texts.

use std::collections::BTreeMap;
use std::path::Path;

use super::{GoldDocument, GoldPerson, Layers, at_line, entries, failed_at_line, stem};
use crate::ingest::{ReadOptions, discover, read_file};
use crate::{Error, ErrorKind, Result};

/// The head line of such a file.
pub(super) const HEAD: &str = "article_id,speaker,kind,person";

/// Reads the table and the articles that it names, in the order of their names.
pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| failed_at_line(path, 1, error))?;
    let mut people: BTreeMap<String, Vec<GoldPerson>> = BTreeMap::new();
    for (line, row) in (2..).zip(reader.records()) {
        let row = row.map_err(|error| failed_at_line(path, line, error))?;
        let [article, name, kind, person] = [0, 1, 2, 3].map(|at| row.get(at).unwrap_or_default().trim().to_owned());
        if [&article, &name, &person].into_iter().any(String::is_empty) {
            return Err(at_line(path, line, "a cell is empty"));
        }
        people.entry(article).or_default().push(GoldPerson { name, is_body: kind == "organization", person });
    }
    let folder = path.with_file_name("articles");
    let files = entries(&folder)?;
    let mut documents = Vec::new();
    for (name, people) in people {
        let Some(file) = files.iter().find(|file| stem(file) == name) else {
            return Err(Error::new(ErrorKind::Gold(format!("there is no article {name}"))).at(&folder));
        };
        let inputs = discover(std::slice::from_ref(file))?;
        let Some(source) = inputs.sources.first() else { continue };
        let doc = read_file(source, &ReadOptions::default())?;
        let layers = Layers { people: true, ..Layers::default() };
        documents.push(GoldDocument {
            name,
            text: doc.text().to_owned(),
            metadata: doc.metadata().clone(),
            layers,
            people,
            ..GoldDocument::default()
        });
    }
    Ok(documents)
}
