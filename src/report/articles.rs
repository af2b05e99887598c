//! `articles.csv`: one row per article, failed ones too, with all that files say about them.
//!
//! Which columns of the user's own there are stands when the last article is in, so rows wait in a draft on the disk.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, SeekFrom};

use ::csv::{ReaderBuilder, StringRecord, Writer};

use super::article::Article;
use super::cell::{Cell, inert};
use super::column::{Column, TableShape};
use super::csv::csv_writer;
use super::exporter::{Exporter, FailedArticle, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::{Error, ErrorKind, Metadata, Result};

/// The file's name.
pub(super) const ARTICLE_TABLE: &str = "articles.csv";

const COLUMNS: [Column; 21] = [
    Column::text("article_id"),
    Column::text("path"),
    Column::text("place"),
    Column::text("title"),
    Column::text("outlet"),
    Column::text("date"),
    Column::text("byline"),
    Column::text("section"),
    Column::text("url"),
    Column::text("language"),
    Column::count("words"),
    Column::count("sentences"),
    Column::count("quotes"),
    Column::count("speakers"),
    Column::text("status"),
    Column::text("note"),
    Column::text("rule"),
    Column::text("encoding"),
    Column::count("repaired_bytes"),
    Column::text("cluster_id"),
    Column::text("is_copy_of"),
];

/// The columns that every run has; those of the user's own stand after them.
pub(super) const SHAPE: TableShape = TableShape { name: "articles", columns: &COLUMNS };

/// The metadata that has a column of its own.
const KNOWN: [&str; 6] = ["title", "outlet", "date", "byline", "section", "url"];

/// What the columns of the user's own begin with.
pub(super) const OWN: &str = "meta_";

/// The most of them; files that name more name rubbish. Those that come first are kept.
const MOST_OWN: usize = 2_000;

/// Drafts rows and writes them when the run is done.
pub(super) struct ArticleExporter {
    writer: Writer<StagedFile>,
    draft: Writer<BufWriter<File>>,
    own: BTreeSet<String>,
}

impl ArticleExporter {
    /// Opens the file and its draft.
    pub(super) fn create(folder: &Folder, has_bom: bool) -> Result<Self> {
        let writer = csv_writer(folder, ARTICLE_TABLE, has_bom)?;
        let draft = Writer::from_writer(BufWriter::new(folder.create_unnamed().map_err(|error| failed(error.into()))?));
        Ok(Self { writer, draft, own: BTreeSet::new() })
    }

    fn add_row(&mut self, cells: &[Cell; COLUMNS.len()], own: &Metadata) -> Result<()> {
        for key in own.keys() {
            if self.own.len() < MOST_OWN && !self.own.contains(key) {
                self.own.insert(key.clone());
            }
        }
        let own = serde_json::to_string(own).unwrap_or_default(); // a map of texts is JSON
        let row = cells.iter().map(|cell| cell.to_csv().into_owned()).chain([own]);
        self.draft.write_record(row).map_err(failed)
    }
}

fn failed(error: ::csv::Error) -> Error {
    Error::new(ErrorKind::Write(error.into())).at(ARTICLE_TABLE)
}

fn byline<'a>(article: &Article<'a>) -> &'a str {
    let said = article.metadata("byline");
    if said.is_empty() { article.analysis.seg.byline.map_or("", |span| article.text(span)) } else { said }
}

/// The row of an article.
pub(super) fn row(article: &Article<'_>) -> [Cell; COLUMNS.len()] {
    let analysis = article.analysis;
    let read = analysis.doc.provenance();
    [
        article.id().into(),
        analysis.doc.path().into(),
        read.place.as_str().into(),
        article.title().into(),
        article.metadata("outlet").into(),
        article.metadata("date").into(),
        byline(article).into(),
        article.metadata("section").into(),
        article.metadata("url").into(),
        read.language.as_ref().into(),
        analysis.word_count().into(),
        analysis.seg.sentences.len().into(),
        analysis.quotes.len().into(),
        analysis.attribution.speakers.len().into(),
        "analysed".into(),
        read.notes.join("; ").into(),
        read.rule.as_str().into(),
        read.encoding.as_ref().into(),
        read.repaired_bytes.into(),
        article.standing.cluster.map(|number| format!("c{number}")).into(),
        article.standing.is_copy_of.as_deref().into(),
    ]
}

/// The row of an article that could not be analysed.
pub(super) fn failed_row(failed: FailedArticle<'_>) -> [Cell; COLUMNS.len()] {
    let mut cells: [Cell; COLUMNS.len()] = std::array::from_fn(|_| Cell::Empty);
    let status = if failed.is_left_out() { "left out" } else { "failed" };
    let reason = failed.error.reason();
    let told: [(&str, &str); 5] = [
        ("article_id", &failed.source.id),
        ("path", &failed.source.path),
        ("place", &failed.source.place),
        ("status", status),
        ("note", &reason),
    ];
    for (column, cell) in COLUMNS.iter().zip(&mut cells) {
        if let Some((_, text)) = told.iter().find(|(name, _)| *name == column.name) {
            *cell = Cell::from(*text);
        }
    }
    cells
}

impl Exporter for ArticleExporter {
    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        let analysis = article.analysis;
        let cells = row(article);
        let mut own = analysis.doc.metadata().clone();
        own.retain(|key, value| !(KNOWN.contains(&key.as_str()) || key == "id" && value == article.id()));
        self.add_row(&cells, &own)
    }

    fn add_failed(&mut self, failed: FailedArticle<'_>) -> Result<()> {
        let cells = failed_row(failed);
        self.add_row(&cells, &Metadata::new())
    }

    fn finish(mut self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        self.draft.flush().map_err(|error| failed(error.into()))?;
        let mut draft = self.draft.get_ref().get_ref();
        draft.seek(SeekFrom::Start(0)).map_err(|error| failed(error.into()))?;
        let header = COLUMNS.iter().map(|column| column.name.to_owned()).chain(self.own.iter().map(|key| format!("{OWN}{key}")));
        self.writer.write_record(header).map_err(failed)?;
        let mut rows = ReaderBuilder::new().has_headers(false).from_reader(BufReader::new(draft));
        let mut row = StringRecord::new();
        while rows.read_record(&mut row).map_err(failed)? {
            let own: Metadata = serde_json::from_str(row.iter().next_back().unwrap_or_default()).unwrap_or_default();
            let cells = row.iter().take(COLUMNS.len()).map(str::to_owned);
            let own = self.own.iter().map(|key| own.get(key).map(|value| inert(value).into_owned()).unwrap_or_default());
            self.writer.write_record(cells.chain(own)).map_err(failed)?;
        }
        self.writer.flush().map_err(|error| failed(error.into()))
    }
}
