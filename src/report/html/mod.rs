//! `report.html`: the run as a page to look at, with nothing to install and nothing to fetch; `charts/`: its pictures and their specifications.
//!
//! Articles come one after another. What the page needs of each goes to drafts on the disk: its [`fragment()`], and a row for each quotation.
//! When the run is done the page is put together: if all of it keeps to the budget of `--report-max-mb`, articles stand in the page; else they
//! go into files beside it, `report-files/001.html` and so on, to which the page links, as a page on a disk cannot fetch.

mod charts;
mod files;
mod fragment;
mod index;
mod marks;
mod notebook;
mod overview;
mod page;
mod policy;
mod reasons;
mod tally;
#[cfg(test)]
mod tests;
mod visible;
mod voices;

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use self::charts::{Chart, Drawing};
use self::files::{FILES, Plan, planned};
use self::fragment::{article_anchor, encoded, fragment};
use self::index::{CUTS, QuoteRows};
use self::tally::Tally;
use self::visible::script_json;
use super::article::Article;
use super::exporter::{Exporter, FailedArticle, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::{Error, ErrorKind, Result};

pub(super) use self::files::{FILES as REPORT_FILES, is_ours as is_report_file};
pub use self::notebook::notebook_html;

/// The page's name.
pub(super) const PAGE: &str = "report.html";

/// The folder of the charts.
pub(super) const CHARTS: &str = "charts";

/// How large a page may grow where nobody says otherwise, in megabytes.
pub(super) const DEFAULT_MAX_MB: u32 = 10;

/// The names of all files that charts may have.
pub(super) fn chart_files() -> impl Iterator<Item = String> {
    charts::NAMES.into_iter().flat_map(|name| [format!("{CHARTS}/{name}.vl.json"), format!("{CHARTS}/{name}.svg")])
}

/// Drafts articles and writes the page when the run is done.
pub(super) struct HtmlExporter {
    page: StagedFile,
    fragments: BufWriter<File>,
    /// The bytes of each fragment.
    sizes: Vec<u64>,
    rows: QuoteRows,
    tally: Tally,
    /// The most bytes of the page.
    budget: u64,
}

impl HtmlExporter {
    /// Opens the page and its drafts.
    pub(super) fn create(folder: &Folder, max_mb: Option<u32>) -> Result<Self> {
        let draft = || folder.create_unnamed().map_err(failed);
        Ok(Self {
            page: folder.create(PAGE)?,
            fragments: BufWriter::new(draft()?),
            sizes: Vec::new(),
            rows: QuoteRows::new(draft()?),
            tally: Tally::default(),
            budget: u64::from(max_mb.unwrap_or(DEFAULT_MAX_MB)) * 1_000_000,
        })
    }

    fn draft(&mut self, article: &Article<'_>) -> io::Result<()> {
        let at = self.tally.articles.len();
        let numbers = self.tally.add(article);
        if at == self.tally.articles.len() {
            return Ok(()); // it is not listed
        }
        self.rows.add(article, at, &numbers)?;
        let fragment = fragment(article)?;
        self.sizes.push(fragment.len() as u64);
        self.fragments.write_all(fragment.as_bytes())
    }

    /// Puts the page together.
    fn write(self, folder: &Folder, pieces: &[(Chart, Drawing)]) -> Result<()> {
        let Self { mut page, fragments, sizes, rows, tally, budget } = self;
        let mut fragments = fragments.into_inner().map_err(|error| failed(error.into_error()))?;
        fragments.seek(SeekFrom::Start(0)).map_err(failed)?;
        let living = pieces.iter().map(|(chart, drawing)| script_json(&drawing.vega).map(|json| (chart.name.to_owned(), json)));
        let living = living.collect::<serde_json::Result<Vec<(String, String)>>>().map_err(|error| failed(error.into()))?;
        let fixed = |plan: &Plan, cut: usize| -> serde_json::Result<Frame> {
            let overview = overview::overview(&tally, pieces, &notes(&tally, plan, cut));
            Ok(Frame {
                head: page::head_of_report(&overview),
                before: page::before_articles(&links(&tally, plan)),
                after: page::after_articles(&living, &index::lists(&tally, &plan.files, cut)?),
                end: page::end_of_report(),
            })
        };
        let mut plan = Plan::inside(&sizes);
        let mut cut = CUTS[0];
        let mut frame = fixed(&plan, cut).map_err(|error| failed(error.into()))?;
        if frame.len() + rows.size(cut) + sizes.iter().sum::<u64>() > budget {
            plan = planned(&sizes);
            frame = fixed(&plan, cut).map_err(|error| failed(error.into()))?;
            cut = rows.cut_for(budget.saturating_sub(frame.len()));
            frame = fixed(&plan, cut).map_err(|error| failed(error.into()))?;
        }
        let inside = (plan.count == 0).then_some(&mut fragments);
        frame.write(&mut page, inside, rows, cut).map_err(failed)?;
        write_files(folder, &plan, &sizes, fragments)
    }
}

/// The parts of the page around its articles and rows.
struct Frame {
    head: String,
    before: String,
    after: String,
    end: String,
}

impl Frame {
    /// Writes a page: its parts, its articles where they stand in it, the rows of its quotations.
    fn write(&self, page: &mut impl Write, articles: Option<&mut File>, rows: QuoteRows, cut: usize) -> io::Result<()> {
        page.write_all(self.head.as_bytes())?;
        page.write_all(self.before.as_bytes())?;
        if let Some(articles) = articles {
            io::copy(articles, page)?;
        }
        page.write_all(self.after.as_bytes())?;
        rows.write(cut, page)?;
        page.write_all(self.end.as_bytes())?;
        page.flush()
    }

    fn len(&self) -> u64 {
        (self.head.len() + self.before.len() + self.after.len() + self.end.len()) as u64
    }
}

/// What a reader has to know of how the page was made.
fn notes(tally: &Tally, plan: &Plan, cut: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let (listed, all) = (tally.articles.len(), tally.count);
    if listed < all {
        notes.push(format!(
            "Counts and charts are of all {all} articles. The first {listed} are listed here, with their quotations, speakers and texts; all stand \
             in the tables and in the folder articles.",
        ));
    }
    if plan.count > 0 {
        notes.push(format!(
            "This run is too large for one page of the size that was set: its articles stand in {} files in the folder {FILES} beside this \
             page, and open by their links. Keep the folder with the page.",
            plan.count
        ));
    }
    match cut {
        usize::MAX => {}
        0 => notes.push("The list of quotations leaves out their words, which stand in the articles and in quotes.csv.".to_owned()),
        cut => notes.push(format!("The list of quotations shows the first {cut} characters of each; all words stand in the articles.")),
    }
    notes
}

/// Links to all articles, with their titles.
fn links(tally: &Tally, plan: &Plan) -> Vec<(String, String)> {
    let link = |(listed, &file): (&tally::Listed, &usize)| {
        let anchor = article_anchor(&encoded(&listed.id));
        let link = if file == 0 { format!("#{anchor}") } else { format!("{}#{anchor}", files::name(file)) };
        (link, listed.title.clone())
    };
    tally.articles.iter().zip(&plan.files).map(link).collect()
}

/// Writes the files beside the page, each with its articles.
fn write_files(folder: &Folder, plan: &Plan, sizes: &[u64], mut fragments: File) -> Result<()> {
    for number in 1..=plan.count {
        let name = files::name(number);
        let size: u64 = sizes.iter().zip(&plan.files).filter(|(_, file)| **file == number).map(|(size, _)| size).sum();
        let mut file = folder.create(&name)?;
        let written = file.write_all(page::head_of_file(number, plan.count).as_bytes());
        let written = written.and_then(|()| io::copy(&mut Read::by_ref(&mut fragments).take(size), &mut file));
        let written = written.and_then(|_| file.write_all(page::end_of_file().as_bytes())).and_then(|()| file.flush());
        written.map_err(|error| Error::new(ErrorKind::Write(error)).at(&name))?;
    }
    Ok(())
}

/// Writes the specifications of the charts and their pictures.
fn write_charts(folder: &Folder, pieces: &[(Chart, Drawing)]) -> Result<()> {
    for (chart, drawing) in pieces {
        let spec = serde_json::to_string_pretty(&chart.spec()).map_err(|error| failed(error.into()))?;
        for (ending, contents) in [("vl.json", &spec), ("svg", &drawing.svg)] {
            let name = format!("{CHARTS}/{}.{ending}", chart.name);
            let mut file = folder.create(&name)?;
            let written = writeln!(file, "{contents}").and_then(|()| file.flush());
            written.map_err(|error| Error::new(ErrorKind::Write(error)).at(&name))?;
        }
    }
    Ok(())
}

fn failed(error: io::Error) -> Error {
    Error::new(ErrorKind::Write(error)).at(PAGE)
}

impl Exporter for HtmlExporter {
    fn takes_copies(&self) -> bool {
        false
    }

    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        self.draft(article).map_err(failed)
    }

    fn add_failed(&mut self, article: FailedArticle<'_>) -> Result<()> {
        self.tally.add_failed(article);
        Ok(())
    }

    fn finish(mut self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()> {
        let folder = end.folder;
        self.tally.voices.name(end.people).map_err(failed)?;
        let charts = charts::all(&self.tally);
        let specs: Vec<_> = charts.iter().map(Chart::spec).collect();
        let drawings = charts::draw(&specs, &charts::config())?;
        let pieces: Vec<(Chart, Drawing)> = charts.into_iter().zip(drawings).collect();
        write_charts(folder, &pieces)?;
        self.write(folder, &pieces)
    }
}
