//! The way back: what people corrected in another program becomes gold, one `ID.json` an article, which `evaluate` scores and
//! `train-examples` takes.

mod article;
mod brat;
mod csv;
mod doccano;
mod gold;
mod inception;
mod label_studio;
mod prodigy;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use article::Corrected;

use super::output::Output;
use crate::{Error, ErrorKind, Result};

/// The file in a folder of gold that says where it is from, and that it is ours to replace.
const MARK: &str = ".sayso-gold";

/// A format that corrected annotations come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportFormat {
    /// brat standoff: `ID.ann` beside `ID.txt`.
    Brat,
    /// Label Studio's JSON export.
    LabelStudio,
    /// Prodigy's JSON lines, as `db-out` writes them.
    Prodigy,
    /// doccano's JSON lines.
    Doccano,
    /// UIMA CAS XMI, as `INCEpTION` exports it.
    Inception,
    /// A corrected `quotes.csv`.
    Csv,
}

impl ImportFormat {
    /// All formats, by name.
    pub const ALL: &'static [Self] = &[Self::Brat, Self::Csv, Self::Doccano, Self::Inception, Self::LabelStudio, Self::Prodigy];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brat => "brat",
            Self::LabelStudio => "label-studio",
            Self::Prodigy => "prodigy",
            Self::Doccano => "doccano",
            Self::Inception => "inception",
            Self::Csv => "csv",
        }
    }
}

impl fmt::Display for ImportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for ImportFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().copied().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
            Error::new(ErrorKind::Config(format!("unknown format '{name}'"))).with_hint(format!("formats are {}", names.join(", ")))
        })
    }
}

/// What an import made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// Articles.
    pub articles: usize,
    /// Their quotations.
    pub quotes: usize,
    /// Mentions of named entities.
    pub entities: usize,
    /// What was not taken, and why.
    pub notes: Vec<String>,
}

/// Writes the corrected annotations at `path` as gold into the folder `dir`, which is whole or not there.
///
/// `texts` says where the articles of [`ImportFormat::Csv`] are, a report's folder or one of `ID.txt`, and those of
/// [`ImportFormat::Brat`] where they do not lie beside the annotations.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// # let dir = tempfile::tempdir().expect("a temporary folder");
/// # let (run, out, gold) = (dir.path().join("run"), dir.path().join("out"), dir.path().join("gold"));
/// # let mut report = sayso::Report::create(&run, sayso::report::RunOptions::default())?;
/// # report.add(&sayso::Pipeline::builder().build()?.analyze_text("“Rates will rise,” she said.")?)?;
/// # report.finish()?;
/// use sayso::exchange::{ExchangeFormat, ImportFormat, export, import};
///
/// export(&run, &[ExchangeFormat::Brat], &out)?;
/// // … someone corrects the files in brat …
/// let counts = import(ImportFormat::Brat, &out.join("brat"), None, &gold)?;
/// assert_eq!((counts.articles, counts.quotes), (1, 1));
/// assert!(sayso::evaluate::gold::load(&gold)?[0].layers.quotations);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where a file cannot be read, does not have the shape of its format, or has an annotation that is none of sayso's; the error names file,
/// place and remedy. Where `dir` cannot be written or holds files of others.
pub fn import(format: ImportFormat, path: &Path, texts: Option<&Path>, dir: &Path) -> Result<ImportCounts> {
    let mut counts = ImportCounts::default();
    let corrected = match format {
        ImportFormat::Brat => brat::read(path, texts),
        ImportFormat::LabelStudio => label_studio::read(path, &mut counts.notes),
        ImportFormat::Prodigy => prodigy::read(path, &mut counts.notes),
        ImportFormat::Doccano => doccano::read(path),
        ImportFormat::Inception => inception::read(path),
        ImportFormat::Csv => csv::read(path, texts),
    }?;
    if corrected.is_empty() {
        let error = Error::new(ErrorKind::Gold("holds no corrected article".to_owned())).at(path);
        return Err(error.with_hint(format!("give what the other program exported, in the format {format}")));
    }
    let mut out = Output::create(dir, MARK)?;
    for article in last_of_each(corrected, &mut counts.notes) {
        let gold = gold::assembled(&article, &mut counts.notes)?;
        counts.articles += 1;
        counts.quotes += gold.quotations.len();
        counts.entities += gold.entities.as_ref().map_or(0, Vec::len);
        out.write(&format!("{}.json", article.id), format!("{}\n", gold.to_json()).as_bytes())?;
    }
    let mark = serde_json::json!({ "sayso": env!("CARGO_PKG_VERSION"), "from": format.name(), "articles": counts.articles });
    out.write(MARK, format!("{mark}\n").as_bytes())?;
    out.commit()?;
    Ok(counts)
}

/// An article that several people annotated stands several times: the last one counts.
fn last_of_each(corrected: Vec<Corrected>, notes: &mut Vec<String>) -> Vec<Corrected> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Corrected> = Vec::new();
    for article in corrected {
        if let Some(former) = at.get(&article.id).and_then(|&at| kept.get_mut(at)) {
            notes.push(format!("{}: annotated more than once; the last one counts", article.id));
            *former = article;
        } else {
            at.insert(article.id.clone(), kept.len());
            kept.push(article);
        }
    }
    kept
}
