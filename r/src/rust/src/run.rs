//! A run over many articles, whose tables stand in a folder of their own until R has them.

use std::path::PathBuf;

use sayso::ingest::{discover_with, ArticleSource, ReadOptions, RowReader};
use sayso::report::{Format, Report, RunOptions, RunThemes, StoredTable};
use sayso::themes::ThemeCount;
use sayso::{Analysis, Batch, Error, ErrorKind, Pipeline};
use tempfile::TempDir;

use crate::stop::Stop;

/// Where articles come from.
#[derive(Debug)]
pub(crate) enum Sources {
    /// Files, folders, patterns.
    Paths(Vec<PathBuf>),
    /// The columns of a data frame, with their names: R's own strings, which stay where they are.
    Rows(Vec<String>, Vec<Vec<&'static str>>),
}

/// An article as the tables name it, and its text as it was analysed; none where it failed.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) text: Option<String>,
}

/// What a run leaves.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) tables: Vec<StoredTable>,
    pub(crate) articles: Vec<Article>,
    pub(crate) manifest: String,
    /// The codebook of the themes that the run has found.
    pub(crate) codebook: Option<String>,
    /// The folder of the tables, which goes with this.
    _folder: TempDir,
}

/// How reports call a data frame.
const NAME: &str = "x";

/// Analyses all articles; `on_article` is called after each, on the calling thread.
pub(crate) fn run(
    pipeline: &Pipeline,
    record: RunOptions,
    sources: Sources,
    options: &ReadOptions,
    themes: Option<usize>,
    mut on_article: impl FnMut() -> Result<(), savvy::Error>,
) -> Result<Done, Stop> {
    let folder = tempfile::Builder::new().prefix("sayso-").tempdir().map_err(|error| Error::new(ErrorKind::Write(error)))?;
    let run_options = RunOptions {
        formats: vec![Format::Csv],
        no_bom: true,
        encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
        themes: themes.map_or(ThemeCount::BySize, ThemeCount::Fixed),
        ..record
    };
    let mut report = Report::create(folder.path(), run_options)?;
    let mut articles = Vec::new();
    let take = |report: &mut Report, source: &ArticleSource, outcome: sayso::Result<Analysis>| -> Result<(), Stop> {
        let text = match outcome {
            Ok(analysis) => {
                report.add(&analysis)?;
                Some(analysis.doc.text().to_owned())
            }
            Err(error) => {
                report.add_failed(source, &error)?;
                None
            }
        };
        articles.push(Article { id: source.id.clone(), text });
        Ok(on_article()?)
    };
    analyze(Batch::new(pipeline, options.clone()), sources, options, &mut report, take)?;
    report.finish()?;
    let manifest = folder.path().join("manifest.json");
    let manifest = std::fs::read_to_string(&manifest).map_err(|error| Error::new(ErrorKind::Read(error)).at(manifest))?;
    let codebook = RunThemes::read(folder.path()).ok().map(|themes| themes.to_codebook());
    Ok(Done { tables: StoredTable::all(folder.path())?, articles, manifest, codebook, _folder: folder })
}

fn analyze(
    batch: Batch<'_>,
    sources: Sources,
    options: &ReadOptions,
    report: &mut Report,
    mut take: impl FnMut(&mut Report, &ArticleSource, sayso::Result<Analysis>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    match sources {
        Sources::Paths(paths) => {
            let inputs = discover_with(&paths, options)?;
            inputs.passed_over.iter().for_each(|over| report.add_passed_over(over));
            batch.run(&inputs, |source, outcome| take(report, source, outcome))
        }
        Sources::Rows(names, columns) => {
            // A row keeps its id even where it holds no article: the rows that come out are those that went in.
            let reader = RowReader::new(NAME, &names, options)?.with_ids_of_content();
            let count = columns.first().map_or(0, Vec::len);
            let cells = |at: usize| columns.iter().map(|column| column.get(at).copied().unwrap_or_default().to_owned()).collect();
            let rows = (1..).zip(0..count).map(|(number, at)| reader.read_any(number, cells(at)));
            batch.run_each(rows, |source, outcome| take(report, source, outcome))
        }
    }
}
