//! `quotation_clusters.csv`: one row per quotation that several articles have, in the same words or nearly: where it was seen first, and who
//! carries it.

use serde::{Deserialize, Serialize};

use super::article::Article;
use super::cell::Cell;
use super::column::{Column, TableShape};
use super::csv::csv_writer;
use super::exporter::{Exporter, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::draft::KeyedDraft;
use crate::{Date, Error, ErrorKind, Result};

/// The file's name.
pub(super) const QUOTATION_CLUSTERS: &str = "quotation_clusters.csv";

const COLUMNS: [Column; 9] = [
    Column::text("quotation_cluster"),
    Column::text("content"),
    Column::count("quotes"),
    Column::count("articles"),
    Column::text("first_date"),
    Column::text("first_article_id"),
    Column::text("first_quote_id"),
    Column::list("outlets"),
    Column::list("speakers"),
];

/// The table as other formats see it.
pub(super) const SHAPE: TableShape = TableShape { name: "quotation_clusters", columns: &COLUMNS };

/// The longest list of a row, in entries.
const LONGEST: usize = 50;

/// Drafts the quotations that several articles have, and writes them cluster by cluster at the end.
pub(super) struct QuotationClusterExporter {
    writer: ::csv::Writer<StagedFile>,
    /// By the number of their cluster.
    carried: KeyedDraft<Carried>,
}

/// One article's quotation.
#[derive(Debug, Serialize, Deserialize)]
struct Carried {
    article: String,
    quote: String,
    date: String,
    content: String,
    outlet: String,
    speaker: String,
}

#[derive(Debug)]
struct Cluster {
    /// The first one by date; those without a date come after those with one, equal ones in the order of the run.
    first: Carried,
    day: Option<Date>,
    quotes: usize,
    articles: usize,
    /// The last article counted.
    last_article: String,
    outlets: Vec<String>,
    speakers: Vec<String>,
}

impl QuotationClusterExporter {
    /// Opens the file and its draft.
    pub(super) fn create(folder: &Folder, has_bom: bool) -> Result<Self> {
        let draft = folder.create_unnamed().map_err(|error| failed(error.into()))?;
        Ok(Self { writer: csv_writer(folder, QUOTATION_CLUSTERS, has_bom)?, carried: KeyedDraft::new(draft) })
    }
}

fn failed(error: ::csv::Error) -> Error {
    Error::new(ErrorKind::Write(error.into())).at(QUOTATION_CLUSTERS)
}

impl Cluster {
    fn new(carried: Carried) -> Self {
        let (outlets, speakers) = ([carried.outlet.as_str()], [carried.speaker.as_str()]);
        let named = |names: [&str; 1]| names.into_iter().filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect();
        Self {
            day: Date::find(&carried.date, None),
            quotes: 1,
            articles: 1,
            last_article: carried.article.clone(),
            outlets: named(outlets),
            speakers: named(speakers),
            first: carried,
        }
    }

    fn add(&mut self, carried: Carried) {
        self.quotes += 1;
        if self.last_article != carried.article {
            self.articles += 1;
            self.last_article.clone_from(&carried.article);
        }
        note(&mut self.outlets, &carried.outlet);
        note(&mut self.speakers, &carried.speaker);
        let day = Date::find(&carried.date, None);
        if day.is_some() && self.day.is_none_or(|known| day < Some(known)) {
            (self.day, self.first) = (day, carried);
        }
    }

    fn row(&self, number: u32) -> [Cell; COLUMNS.len()] {
        [
            format!("qc{number}").into(),
            self.first.content.as_str().into(),
            self.quotes.into(),
            self.articles.into(),
            self.first.date.as_str().into(),
            self.first.article.as_str().into(),
            self.first.quote.as_str().into(),
            Cell::list(&self.outlets),
            Cell::list(&self.speakers),
        ]
    }
}

fn note(list: &mut Vec<String>, name: &str) {
    if !name.is_empty() && list.len() < LONGEST && !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}

/// Copies carry quotations: here they are all of the matter.
impl Exporter for QuotationClusterExporter {
    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        for (at, quote) in article.analysis.quotes.iter().enumerate() {
            let number = article.standing.quotations.get(at).copied().flatten().and_then(|number| u32::try_from(number).ok());
            let Some(number) = number else { continue };
            let carried = Carried {
                article: article.id().to_owned(),
                quote: article.quote_id(quote),
                date: article.metadata("date").to_owned(),
                content: article.content(quote),
                outlet: article.metadata("outlet").to_owned(),
                speaker: article.analysis.speaker_of(at).map_or_else(String::new, |speaker| speaker.name.clone()),
            };
            self.carried.add(number, &carried).map_err(|error| failed(error.into()))?;
        }
        Ok(())
    }

    /// In the order of the run: by the first quotation of each.
    fn finish(mut self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        self.writer.write_record(COLUMNS.map(|column| column.name)).map_err(failed)?;
        for cluster in self.carried.folded(Cluster::new, Cluster::add) {
            let (number, cluster) = cluster.map_err(|error| failed(error.into()))?;
            self.writer.write_record(cluster.row(number).iter().map(|cell| cell.to_csv().into_owned())).map_err(failed)?;
        }
        self.writer.flush().map_err(|error| failed(error.into()))
    }
}
