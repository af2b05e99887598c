//! `manifest.json`: what made the report. No clock, no absolute path, no thread count: equal runs write equal bytes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::article::Article;
use super::escaped::Escaped;
use super::folder::{Folder, MANIFEST};
use super::format::Format;
use super::schema::{FailureJson, ManifestJson, ModelJson, OptionsJson, PassedOverJson, SCHEMA, SampleJson};
use crate::corpus::Settings;
use crate::speakers::PeopleMerge;
use crate::themes::{ThemeCount, ThemeRates};
use crate::{EngineRecord, Error, ErrorKind, Result};

/// What a run was started with, as far as it changes the results.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// The model's version.
    pub model_version: String,
    /// SHA-256 of the model's weights.
    pub model_sha256: String,
    /// SHA-256 of the codebook file.
    pub codebook_sha256: Option<String>,
    /// How often the fitted codebook gave each theme, by its id ([`Codebook::rates`](crate::Codebook::rates)); none where it was not fitted.
    pub theme_rates: ThemeRates,
    /// The least probability that was demanded in place of the codebook's.
    pub min_probability: Option<f64>,
    /// SHA-256 of the file of known people.
    pub people_sha256: Option<String>,
    /// SHA-256 of the table of speaker classes, where it is not the one inside the program.
    pub speaker_classes_sha256: Option<String>,
    /// How many themes the run has, without a codebook.
    pub themes: ThemeCount,
    /// How far speakers of several articles are made one.
    pub people_merge: PeopleMerge,
    /// The encoding that was demanded.
    pub encoding: Option<String>,
    /// What the analyses come from beside the model.
    pub engine: EngineRecord,
    /// What to write; without a format, those of [`Format::DEFAULT`].
    pub formats: Vec<Format>,
    /// The size in megabytes past which `report.html` puts its articles into files beside it; 10 without one.
    pub report_max_mb: Option<u32>,
    /// Whether CSV files go without the byte order mark by which Excel knows UTF-8.
    pub no_bom: bool,
    /// Which of an article's copies are counted.
    pub copies: CopyPolicy,
    /// The sample that the articles are.
    pub sample: Option<SampleRecord>,
    /// What else a run must have in common with one that was interrupted, to go on from it: names and values.
    pub settings: BTreeMap<String, String>,
}

/// Which of an article's copies are counted in coverage, timelines, co-occurrence and of speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CopyPolicy {
    /// All: a story that five papers print is five articles.
    #[default]
    Keep,
    /// The first in the order of the run alone.
    First,
}

/// A sample that was drawn of a run's articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleRecord {
    /// How many articles were drawn.
    pub articles: usize,
    /// Of how many.
    pub of: u64,
    /// The seed.
    pub seed: u64,
}

impl RunOptions {
    /// What a run must have in common with one that was interrupted, to go on from it, in the user's words.
    pub(super) fn to_settings(&self) -> Settings {
        let mut settings = self.settings.clone();
        let formats = self.formats.iter().map(|format| format.name()).collect::<Vec<_>>().join(",");
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        for (name, value) in [
            ("version of sayso", env!("CARGO_PKG_VERSION").to_owned()),
            ("model", format!("{} {}", self.model_version, self.model_sha256)),
            ("--engine", text(&self.engine.engine)),
            ("--ner-model", text(&self.engine.ner_model_sha256)),
            ("--embedding-model", text(&self.engine.embedding_model_sha256)),
            ("--keyphrases", text(&self.engine.keyphrases)),
            ("--codebook", text(&self.codebook_sha256)),
            ("--min-probability", self.min_probability.map(|least| least.to_string()).unwrap_or_default()),
            ("--people", text(&self.people_sha256)),
            ("--speaker-classes", text(&self.speaker_classes_sha256)),
            ("--themes", if let ThemeCount::Fixed(count) = self.themes { count.to_string() } else { String::new() }),
            ("--people-merge", if self.people_merge == PeopleMerge::Strict { "strict" } else { "likely" }.to_owned()),
            ("--encoding", text(&self.encoding)),
            ("--format", formats),
            ("--no-bom", if self.no_bom { "yes".to_owned() } else { String::new() }),
            ("--report-max-mb", self.report_max_mb.map(|mb| mb.to_string()).unwrap_or_default()),
            ("--copies", if self.copies == CopyPolicy::First { "first" } else { "keep" }.to_owned()),
            (
                "--sample",
                self.sample.map(|sample| format!("{} of {}, seed {}", sample.articles, sample.of, sample.seed)).unwrap_or_default(),
            ),
        ] {
            settings.insert(name.to_owned(), value);
        }
        settings
    }
}

/// Totals of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Articles that were analysed.
    pub analysed: usize,
    /// Articles that could not be analysed.
    pub failed: usize,
    /// Articles that were left out on purpose: in another language.
    pub left_out: usize,
    /// Files that are no articles and were not read.
    pub passed_over: usize,
    /// Words of the analysed articles, as [`Analysis::word_count`](crate::Analysis::word_count) counts them.
    pub words: usize,
    /// Their sentences.
    pub sentences: usize,
    /// Their quotations.
    pub quotes: usize,
    /// Their speakers, counted in each article.
    pub speakers: usize,
    /// Their entities, counted in each article.
    pub entities: usize,
    /// Their keyphrases, counted in each article.
    pub keyphrases: usize,
    /// Their themes, counted in each article.
    pub themes: usize,
    /// What a format could not hold whole, as Excel a cell of more than 32,767 characters.
    pub notes: Vec<String>,
}

impl Counts {
    pub(super) fn add(&mut self, article: &Article<'_>) {
        let analysis = article.analysis;
        self.analysed += 1;
        self.words += analysis.word_count();
        self.sentences += analysis.seg.sentences.len();
        self.quotes += analysis.quotes.len();
        self.speakers += analysis.attribution.speakers.len();
        self.entities += analysis.entities.len();
        self.keyphrases += analysis.keyphrases.len();
    }

    fn named(&self) -> BTreeMap<&'static str, usize> {
        BTreeMap::from([
            ("articles", self.analysed + self.failed + self.left_out),
            ("analysed", self.analysed),
            ("failed", self.failed),
            ("left_out", self.left_out),
            ("passed_over", self.passed_over),
            ("words", self.words),
            ("sentences", self.sentences),
            ("quotes", self.quotes),
            ("speakers", self.speakers),
            ("entities", self.entities),
            ("keyphrases", self.keyphrases),
            ("themes", self.themes),
        ])
    }
}

/// Writes the manifest into `folder`.
pub(super) fn write(
    folder: &Folder,
    options: &RunOptions,
    counts: &Counts,
    failures: &[FailureJson],
    passed_over: &[PassedOverJson],
) -> Result<()> {
    let manifest = ManifestJson {
        sayso: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
        model: ModelJson { version: &options.model_version, sha256: &options.model_sha256 },
        options: OptionsJson {
            codebook_sha256: options.codebook_sha256.as_deref(),
            min_probability: options.min_probability,
            people_sha256: options.people_sha256.as_deref(),
            speaker_classes_sha256: options.speaker_classes_sha256.as_deref(),
            themes: if let ThemeCount::Fixed(count) = options.themes { Some(count) } else { None },
            people_merge: (options.people_merge == PeopleMerge::Strict).then_some("strict"),
            encoding: options.encoding.as_deref(),
            engine: options.engine.engine.as_deref(),
            ner_model_sha256: options.engine.ner_model_sha256.as_deref(),
            embedding_model_sha256: options.engine.embedding_model_sha256.as_deref(),
            keyphrases: options.engine.keyphrases.as_deref(),
            report_max_mb: options.report_max_mb,
            copies: (options.copies == CopyPolicy::First).then_some("first"),
            sample: options.sample.map(|SampleRecord { articles, of, seed }| SampleJson { articles, of, seed }),
            no_bom: options.no_bom,
            formats: options.formats.iter().map(|format| format.name()).collect(),
        },
        counts: counts.named(),
        notes: &counts.notes,
        failures,
        passed_over,
    };
    let mut file = folder.create(MANIFEST)?;
    let written = serde_json::to_writer_pretty(Escaped(&mut file), &manifest).map_err(io::Error::from);
    let written = written.and_then(|()| writeln!(file)).and_then(|()| file.flush());
    written.map_err(|error| Error::new(ErrorKind::Write(error)).at(MANIFEST))
}
