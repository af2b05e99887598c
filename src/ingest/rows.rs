//! Rows that a program holds in memory, read as articles just as the rows of a file's table are.

use super::columns::Header;
use super::reader::incoming;
use super::{Incoming, ReadOptions, Source};
use crate::{Error, ErrorKind, Result, sha256};

/// Makes articles of the rows of a table in memory.
///
/// ```
/// use sayso::ingest::{ReadOptions, RowReader};
/// let columns = ["doc_id", "body", "outlet"].map(str::to_owned);
/// let rows = RowReader::new("table", &columns, &ReadOptions::default())?;
/// let cells = ["a-1", "Rates rose, she said.", "Gazette"].map(str::to_owned).to_vec();
/// let (source, doc) = rows.read(1, cells).expect("the row is not empty").into_document();
/// assert_eq!((source.id.as_str(), doc?.metadata()["outlet"].as_str()), ("a-1", "Gazette"));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Debug)]
pub struct RowReader {
    header: Header,
    source: Source,
    options: ReadOptions,
    ids_of_content: bool,
}

impl RowReader {
    /// Understands the columns of the table that reports call `name`.
    ///
    /// # Errors
    /// Where a column that `options` name is not there, none looks like the articles' text, or there are too many.
    pub fn new(name: &str, columns: &[String], options: &ReadOptions) -> Result<Self> {
        let header = Header::new("table", columns, &options.columns).map_err(|error| error.at(name))?;
        Ok(Self { header, source: Source::new(name, name, name), options: options.clone(), ids_of_content: false })
    }

    /// Gives an article without an id of its own one that is made of its cells, not of the number of its row: the same wherever the row stands.
    /// A row that holds no article keeps its id as well.
    #[must_use]
    pub fn with_ids_of_content(mut self) -> Self {
        self.ids_of_content = true;
        self
    }

    /// The article of a row, or why it holds none, an empty row too.
    pub fn read_any(&self, number: u64, cells: Vec<String>) -> Incoming {
        let wanted = self.ids_of_content.then(|| self.header.id_in(&cells).map_or_else(|| self.made_of(&cells), str::to_owned));
        let read = self.read(number, cells);
        let nothing = || Incoming::failed(&self.source, Error::new(ErrorKind::Input("the row is empty".to_owned())));
        let mut incoming = read.unwrap_or_else(nothing);
        incoming.wanted = wanted.map_or(incoming.wanted, |wanted| vec![wanted]);
        incoming
    }

    fn made_of(&self, cells: &[String]) -> String {
        let digest = sha256(cells.join("\u{1f}").as_bytes());
        format!("{}-{}", self.source.id, digest.get(..16).unwrap_or_default())
    }

    /// The article of a row, rows counted from 1; nothing where every cell is empty.
    pub fn read(&self, number: u64, cells: Vec<String>) -> Option<Incoming> {
        self.header.article(cells, number).map(|raw| incoming(&self.source, raw, None, &self.options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_articles_and_bad_ones_are_told() {
        let columns = ["text", "id"].map(str::to_owned);
        let rows = RowReader::new("survey", &columns, &ReadOptions::default()).unwrap();
        let read = |text: &str, id: &str| rows.read(3, vec![text.to_owned(), id.to_owned()]).map(Incoming::into_document);
        let (source, doc) = read("He said no.", "x/1").unwrap();
        assert_eq!((source.id.as_str(), source.shown().as_str(), doc.unwrap().id()), ("x-1", "survey, row 3", "x-1"));
        assert_eq!(read("He said no.", "").unwrap().0.id, "survey-3");
        assert_eq!(read(" ", "7").unwrap().1.unwrap_err().to_string(), "survey, row 3: the text column is empty");
        assert!(read("", " ").is_none());
        let rows = rows.with_ids_of_content();
        let id = |number: u64, text: &str, id: &str| rows.read_any(number, vec![text.to_owned(), id.to_owned()]).into_document().0.id;
        assert_eq!([id(1, "He said no.", "x"), id(2, "", "y")], ["x", "y"]);
        assert_eq!(id(1, "He said no.", ""), id(2, "He said no.", ""));
        assert_ne!(id(1, "He said no.", ""), id(1, "", ""));
        assert!(RowReader::new("survey", &["a".to_owned()], &ReadOptions::default()).is_err());
    }
}
