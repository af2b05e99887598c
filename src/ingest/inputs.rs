//! What the user's inputs have come to: files to read, files that cannot be read, files that are no articles.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ReadOptions;
use super::format::Format;
use super::id::Ids;
use super::reader::{Incoming, is_collection, read_source};
use crate::{Document, Error, ErrorKind, Result, sha256};

/// One file to read, which holds an article or many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where the file is.
    pub path: PathBuf,
    /// The path as reports show it: as the user gave it, never absolute, with `/` between its parts.
    pub shown: String,
    /// The id of its article, if there is one and has none of its own: the file's name.
    pub id: String,
    /// What reads it; decided by its first bytes where it is `None`.
    pub(crate) format: Option<&'static dyn Format>,
}

impl Source {
    /// A file whose format its content decides.
    pub fn new(path: impl Into<PathBuf>, shown: impl Into<String>, id: impl Into<String>) -> Self {
        Self { path: path.into(), shown: shown.into(), id: id.into(), format: None }
    }

    pub(super) fn unread(path: PathBuf, shown: String) -> Self {
        Self { path, shown, id: String::new(), format: None }
    }

    pub(super) fn standard_input() -> Self {
        Self::new("-", "stdin", "stdin")
    }

    pub(crate) fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// A file that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// Its path as reports show it.
    pub path: String,
    /// What it is, such as `.png`.
    pub kind: String,
}

/// Where an article comes from, and the id the run has given it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ArticleSource {
    /// The id, unique in the run.
    pub id: String,
    /// The path of its file as reports show it.
    pub path: String,
    /// Where in that file it stands; empty where the file is the article.
    pub place: String,
    /// Tells whether it is still the same: a digest of its text and of what its file says; empty outside a batch.
    pub fingerprint: String,
}

impl ArticleSource {
    /// The path, with the place in it where there is one.
    pub fn shown(&self) -> String {
        if self.place.is_empty() { self.path.clone() } else { format!("{}, {}", self.path, self.place) }
    }
}

/// The files that the user's inputs name.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files to read, in order.
    pub sources: Vec<Source>,
    /// The files that are not read, in order.
    pub passed_over: Vec<PassedOver>,
    /// Entries that cannot be read at all, with the reason.
    pub(crate) unreadable: Vec<(Source, Error)>,
}

impl Inputs {
    /// How many files there are, those that cannot be read too.
    pub fn len(&self) -> usize {
        self.sources.len() + self.unreadable.len()
    }

    /// Tells these inputs from others: how many files, and a digest of their names.
    pub fn describe(&self) -> String {
        let names = self.sources.iter().chain(self.unreadable.iter().map(|(source, _)| source)).map(|source| source.shown.as_str());
        let names = names.collect::<Vec<_>>().join("\n");
        format!("{} files ({})", self.len(), sha256(names.as_bytes()).get(..8).unwrap_or_default())
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every file holds one article, so that [`Self::len`] counts them.
    pub fn are_articles(&self) -> bool {
        !self.sources.iter().any(is_collection)
    }

    /// Reads every article, one after another, and hands it on with its id; [`ErrorKind::PassedOver`]
    /// stands for a file inside an archive that is no article.
    ///
    /// # Errors
    ///
    /// The first error of `each`, which ends the reading.
    pub fn read<E>(&self, options: &ReadOptions, mut each: impl FnMut(ArticleSource, Result<Document>) -> Result<(), E>) -> Result<(), E> {
        let mut ids = Ids::default();
        let mut done = Ok(());
        let mut take = |incoming: Incoming| {
            let (source, outcome) = identified(&mut ids, incoming);
            done = each(source, outcome);
            if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        for (source, error) in &self.unreadable {
            if take(Incoming::failed(source, error.again())).is_break() {
                return done;
            }
        }
        for source in &self.sources {
            let mut is_stopped = false;
            read_source(source, options, &mut |incoming| {
                let flow = take(incoming);
                is_stopped = flow.is_break();
                flow
            });
            if is_stopped {
                break;
            }
        }
        done
    }
}

impl From<Vec<Source>> for Inputs {
    fn from(sources: Vec<Source>) -> Self {
        Self { sources, ..Self::default() }
    }
}

impl IntoIterator for Inputs {
    type Item = Source;
    type IntoIter = std::vec::IntoIter<Source>;

    /// The files to read.
    fn into_iter(self) -> Self::IntoIter {
        self.sources.into_iter()
    }
}

/// Gives an article its id.
fn identified(ids: &mut Ids, incoming: Incoming) -> (ArticleSource, Result<Document>) {
    let Incoming { wanted, path, place, mut outcome } = incoming;
    // A file that is no article gets no id.
    let is_article = !matches!(&outcome, Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)));
    let id = if is_article { ids.claim(&wanted) } else { String::new() };
    if let Ok(doc) = &mut outcome {
        doc.identify(id.clone());
    }
    (ArticleSource { id, path, place, ..ArticleSource::default() }, outcome)
}

/// The kinds of files that were passed over, the most frequent first: `5 .png, 2 notice`.
pub fn kinds(passed_over: &[PassedOver]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for over in passed_over {
        *counts.entry(&over.kind).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
}
