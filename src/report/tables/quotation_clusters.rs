//! `quotation_clusters`: one row per quotation that several articles have, in the same words or nearly: where it was seen first, and who
//! carries it.

use std::collections::BTreeMap;

use super::{Article, Cell, Column, RunTable};
use crate::Date;

/// The longest list of a row, in entries: memory does not grow with the articles that carry one quotation.
const LONGEST: usize = 50;

/// Gathers the quotations that several articles have.
#[derive(Debug, Default)]
pub(super) struct QuotationClusters {
    /// By their number.
    clusters: BTreeMap<usize, Cluster>,
}

#[derive(Debug, Default)]
struct Cluster {
    /// The first one by date; those without a date come after those with one, equal ones in the order of the run.
    first: Option<Seen>,
    quotes: usize,
    articles: usize,
    /// The last article counted.
    last_article: String,
    outlets: Vec<String>,
    speakers: Vec<String>,
}

#[derive(Debug)]
struct Seen {
    day: Option<Date>,
    date: String,
    article: String,
    quote: String,
    content: String,
}

impl RunTable for QuotationClusters {
    fn name(&self) -> &'static str {
        "quotation_clusters"
    }

    fn columns(&self) -> &'static [Column] {
        const {
            &[
                Column::text("quotation_cluster"),
                Column::text("content"),
                Column::count("quotes"),
                Column::count("articles"),
                Column::text("first_date"),
                Column::text("first_article_id"),
                Column::text("first_quote_id"),
                Column::list("outlets"),
                Column::list("speakers"),
            ]
        }
    }

    /// Copies carry quotations: here they are all of the matter.
    fn counts(&self) -> bool {
        false
    }

    fn add(&mut self, article: &Article<'_>) {
        let date = article.metadata("date");
        let day = Date::find(date, None);
        for (at, quote) in article.analysis.quotes.iter().enumerate() {
            let Some(number) = article.standing.quotations.get(at).copied().flatten() else { continue };
            let cluster = self.clusters.entry(number).or_default();
            cluster.quotes += 1;
            if cluster.articles == 0 || cluster.last_article != article.id() {
                cluster.articles += 1;
                article.id().clone_into(&mut cluster.last_article);
            }
            let is_earlier = |first: &Seen| day.is_some() && first.day.is_none_or(|known| day < Some(known));
            if cluster.first.as_ref().is_none_or(is_earlier) {
                cluster.first = Some(Seen {
                    day,
                    date: date.to_owned(),
                    article: article.id().to_owned(),
                    quote: article.quote_id(quote),
                    content: article.content(quote),
                });
            }
            note(&mut cluster.outlets, article.metadata("outlet"));
            note(&mut cluster.speakers, article.analysis.speaker_of(at).map_or("", |speaker| speaker.name.as_str()));
        }
    }

    /// In the order of the run: by the first quotation of each.
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        Box::new(self.clusters.iter().map(|(number, cluster)| row(*number, cluster)))
    }
}

fn row(number: usize, cluster: &Cluster) -> Vec<Cell> {
    let first = cluster.first.as_ref();
    vec![
        format!("qc{number}").into(),
        first.map(|seen| seen.content.as_str()).into(),
        cluster.quotes.into(),
        cluster.articles.into(),
        first.map(|seen| seen.date.as_str()).into(),
        first.map(|seen| seen.article.as_str()).into(),
        first.map(|seen| seen.quote.as_str()).into(),
        Cell::list(&cluster.outlets),
        Cell::list(&cluster.speakers),
    ]
}

fn note(list: &mut Vec<String>, name: &str) {
    if !name.is_empty() && list.len() < LONGEST && !list.iter().any(|known| known == name) {
        list.push(name.to_owned());
    }
}
