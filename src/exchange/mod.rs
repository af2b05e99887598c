//! Reports in the formats that other programs read: annotation tools, text corpora, qualitative analysis.
//!
//! Formats of articles are made of a report's `articles/ID.json`, read back, and formats of tables of its CSV files. So what is exported while
//! articles are analysed and what is exported from a report later is the same by construction, and nothing in here sees the stages.

mod brat;
mod cas;
mod conll;
mod dna;
mod doccano;
mod export;
mod import;
mod jsonl;
mod label_studio;
mod labels;
mod offsets;
mod output;
mod prodigy;
mod record;
mod recorded;
mod refi;
mod sample;
mod tei;
mod theme_sample;
mod tokens;
mod web_annotation;
mod xml;

#[cfg(test)]
mod tests;

pub use export::{Export, ExportCounts, export, remove_former};
pub use import::{ImportCounts, ImportFormat, import};
pub use recorded::recorded;
pub use sample::{SampleCounts, SampleFormat, SampleOptions, sample};
pub use theme_sample::{ThemeSampleCounts, sample_for_themes};

use std::fmt;
use std::str::FromStr;

use output::Output;
use record::ArticleRecord;

use crate::report::TableFormat;
use crate::{Error, ErrorKind, Result};

/// A format that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExchangeFormat {
    /// One line of JSON an article, the object of `articles/ID.json`.
    Jsonl,
    /// TEI P5: `said`, `rs`, `name`, people and bodies in the header.
    Tei,
    /// W3C Web Annotation Data Model, a page of annotations an article.
    WebAnnotation,
    /// brat standoff: `ID.txt`, `ID.ann` and the configuration.
    Brat,
    /// `CoNLL` 2003: one token a line, entities as `IOB2`.
    Conll2003,
    /// CoNLL-U: sentences and tokens, with entities and quotations in the last column.
    ConllU,
    /// Label Studio: tasks with predictions, and the labelling interface.
    LabelStudio,
    /// Prodigy: tasks with spans and relations.
    Prodigy,
    /// doccano: sequence labelling with relations.
    Doccano,
    /// UIMA CAS XMI with its type system, for `INCEpTION`.
    Cas,
    /// REFI-QDA: a project for `NVivo`, MAXQDA, ATLAS.ti, `QualCoder`, and its codebook.
    Refi,
    /// Statements for the Discourse Network Analyzer: person, organisation, concept.
    Dna,
    /// The report's tables as Parquet, with types and lists.
    Parquet,
    /// The report's tables as sheets of an Excel workbook.
    Xlsx,
    /// The report's tables as a SQLite database with keys, indices and views.
    Sqlite,
}

impl ExchangeFormat {
    /// All formats, by name.
    pub const ALL: &'static [Self] = &[
        Self::Brat,
        Self::Cas,
        Self::Conll2003,
        Self::ConllU,
        Self::Dna,
        Self::Doccano,
        Self::Jsonl,
        Self::LabelStudio,
        Self::Parquet,
        Self::Prodigy,
        Self::Refi,
        Self::Sqlite,
        Self::Tei,
        Self::WebAnnotation,
        Self::Xlsx,
    ];

    /// The name on the command line, and of the folder or file written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Tei => "tei",
            Self::WebAnnotation => "web-annotation",
            Self::Brat => "brat",
            Self::Conll2003 => "conll2003",
            Self::ConllU => "conllu",
            Self::LabelStudio => "label-studio",
            Self::Prodigy => "prodigy",
            Self::Doccano => "doccano",
            Self::Cas => "cas",
            Self::Refi => "refi-qda",
            Self::Dna => "dna",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Sqlite => "sqlite",
        }
    }

    /// Who writes it: article by article, or as tables.
    fn writer(self) -> std::result::Result<Box<dyn Writer>, TableFormat> {
        Ok(match self {
            Self::Jsonl => Box::new(jsonl::Jsonl::default()),
            Self::Tei => Box::new(tei::Tei::default()),
            Self::WebAnnotation => Box::new(web_annotation::WebAnnotation::default()),
            Self::Brat => Box::new(brat::Brat::default()),
            Self::Conll2003 => Box::new(conll::Conll2003::default()),
            Self::ConllU => Box::new(conll::ConllU::default()),
            Self::LabelStudio => Box::new(label_studio::LabelStudio::default()),
            Self::Prodigy => Box::new(prodigy::Prodigy::default()),
            Self::Doccano => Box::new(doccano::Doccano::default()),
            Self::Cas => Box::new(cas::Cas::default()),
            Self::Refi => Box::new(refi::Refi::default()),
            Self::Dna => Box::new(dna::Dna::default()),
            Self::Parquet => return Err(TableFormat::Parquet),
            Self::Xlsx => return Err(TableFormat::Xlsx),
            Self::Sqlite => return Err(TableFormat::Sqlite),
        })
    }
}

impl fmt::Display for ExchangeFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for ExchangeFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = Self::ALL.iter().copied().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|format| format.name()).collect();
            Error::new(ErrorKind::Config(format!("unknown format '{name}'"))).with_hint(format!("formats are {}", names.join(", ")))
        })
    }
}

/// Writes one format. Articles come one after another, in the report's order, and are not kept.
trait Writer {
    /// Adds an article.
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()>;

    /// Writes what only the whole run knows.
    fn finish(self: Box<Self>, out: &mut Output) -> Result<()> {
        let _ = out;
        Ok(())
    }
}
