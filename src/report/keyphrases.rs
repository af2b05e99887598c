//! `keyphrases.csv`: one row per keyphrase of an article, best first. How distinctive a phrase is over the run stands when the last article
//! is in, so rows wait in a draft on the disk, each with the keys of its words, and get that column at the end.

use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, SeekFrom};

use ::csv::{ReaderBuilder, StringRecord, Writer};

use super::article::Article;
use super::cell::Cell;
use super::column::{Column, TableShape};
use super::csv::csv_writer;
use super::exporter::{Exporter, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::keyphrases::{ArticleFrequencies, WordKey, phrase_keys};
use crate::{Error, ErrorKind, Keyphrase, Label, Result};

/// The file's name.
pub(super) const KEYPHRASES: &str = "keyphrases.csv";

const COLUMNS: [Column; 11] = [
    Column::text("article_id"),
    Column::count("rank"),
    Column::text("phrase"),
    Column::text("acronym"),
    Column::text("label"),
    Column::count("count"),
    Column::count("in_headings"),
    Column::count("in_quotes"),
    Column::spans("offsets"),
    Column::decimal("score"),
    Column::decimal("tf_idf"),
];

/// The table as other formats see it.
pub(super) const SHAPE: TableShape = TableShape { name: "keyphrases", columns: &COLUMNS };

/// The column of a phrase's number of mentions.
const COUNT: usize = 5;

/// Drafts rows and writes them when the run is done.
pub(super) struct KeyphraseExporter {
    writer: Writer<StagedFile>,
    draft: Writer<BufWriter<File>>,
    run: ArticleFrequencies,
}

impl KeyphraseExporter {
    /// Opens the file and its draft.
    pub(super) fn create(folder: &Folder, has_bom: bool) -> Result<Self> {
        let mut writer = csv_writer(folder, KEYPHRASES, has_bom)?;
        writer.write_record(COLUMNS.map(|column| column.name)).map_err(failed)?;
        let draft = Writer::from_writer(BufWriter::new(folder.create_unnamed().map_err(|error| failed(error.into()))?));
        Ok(Self { writer, draft, run: ArticleFrequencies::default() })
    }

    /// The drafted row with its last cell, which held the keys of its words, filled.
    fn settled(&self, drafted: &StringRecord) -> StringRecord {
        let keys: Vec<WordKey> = drafted.iter().next_back().unwrap_or_default().split(' ').filter_map(|key| key.parse().ok()).collect();
        let count = drafted.get(COUNT).and_then(|count| count.parse().ok()).unwrap_or_default();
        let mut row: StringRecord = drafted.iter().take(COLUMNS.len() - 1).collect();
        row.push_field(&Cell::from(self.run.tf_idf(count, &keys)).to_csv());
        row
    }
}

/// The cells of one keyphrase but the last.
fn cells(article: &Article<'_>, rank: usize, keyphrase: &Keyphrase) -> [Cell; COLUMNS.len() - 1] {
    [
        article.id().into(),
        rank.into(),
        keyphrase.phrase.as_str().into(),
        keyphrase.acronym.as_deref().into(),
        keyphrase.label.map(Label::name).into(),
        keyphrase.mentions.len().into(),
        article.in_headings(&keyphrase.mentions).into(),
        article.in_quotes(&keyphrase.mentions).into(),
        article.offsets(keyphrase.mentions.iter().copied()),
        keyphrase.score.into(),
    ]
}

/// The rows of an article, without what only a run knows of them.
pub(super) fn rows(article: &Article<'_>) -> Vec<Vec<Cell>> {
    let row = |(rank, keyphrase): (usize, &Keyphrase)| cells(article, rank, keyphrase).into_iter().chain([Cell::Empty]).collect();
    (1..).zip(&article.analysis.keyphrases).map(row).collect()
}

fn failed(error: ::csv::Error) -> Error {
    Error::new(ErrorKind::Write(error.into())).at(KEYPHRASES)
}

impl Exporter for KeyphraseExporter {
    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        let (doc, seg) = (&article.analysis.doc, &article.analysis.seg);
        self.run.add(doc, seg);
        for (rank, keyphrase) in (1..).zip(&article.analysis.keyphrases) {
            let keys = keyphrase.first_full().map(|span| phrase_keys(doc, seg, span)).unwrap_or_default();
            let keys = keys.iter().map(u64::to_string).collect::<Vec<_>>().join(" ");
            let cells = cells(article, rank, keyphrase);
            let row = cells.iter().map(|cell| cell.to_csv().into_owned()).chain([keys]);
            self.draft.write_record(row).map_err(failed)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        self.draft.flush().map_err(|error| failed(error.into()))?;
        let mut draft = self.draft.get_ref().get_ref();
        draft.seek(SeekFrom::Start(0)).map_err(|error| failed(error.into()))?;
        let mut rows = ReaderBuilder::new().has_headers(false).from_reader(BufReader::new(draft));
        let mut row = StringRecord::new();
        while rows.read_record(&mut row).map_err(failed)? {
            let settled = self.settled(&row);
            self.writer.write_record(&settled).map_err(failed)?;
        }
        self.writer.flush().map_err(|error| failed(error.into()))
    }
}
