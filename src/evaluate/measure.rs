//! The measures by name, and the run over a gold corpus.

use std::fmt;
use std::path::Path;

use serde::{Serialize, Serializer};

use super::cofenet::Cofenet;
use super::coreference::Coreference;
use super::gold::{self, CofenetRow, GoldDocument};
use super::keyphrases::Keyphrases;
use super::ner::Ner;
use super::people::People;
use super::pronouns::Pronouns;
use super::sentences::Sentences;
use super::spans::Spans;
use super::speakers::Speakers;
use super::units::Units;
use super::{Measurement, Predicted, Scores};
use crate::{Analysis, Document, Error, ErrorKind, Result};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Exact spans of source, cue and content.
    Attribution,
    /// The same on the tokens of the `CofeNet` paper's files (Wang et al., COLING 2022), its table's measure.
    Cofenet,
    /// Contents: exact and overlapping, by kind, and the source of those found.
    Units,
    /// Exact entities by label.
    Ner,
    /// Quotations with the canonical name of their speaker.
    Speakers,
    /// Sentence boundaries by genre.
    Sentences,
    /// Which of two names a pronoun means (GAP).
    Pronouns,
    /// Third-person pronouns resolved to the right coreference chain.
    Coreference,
    /// Keyphrases against chosen ones, and salient entities among them.
    Keyphrases,
    /// Which speakers of several articles are one person.
    People,
}

impl Measure {
    /// All measures.
    pub const ALL: [Self; 10] = [
        Self::Attribution,
        Self::Cofenet,
        Self::Units,
        Self::Ner,
        Self::Speakers,
        Self::Sentences,
        Self::Pronouns,
        Self::Coreference,
        Self::Keyphrases,
        Self::People,
    ];

    /// The measure's name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Cofenet => "cofenet",
            Self::Units => "units",
            Self::Ner => "ner",
            Self::Speakers => "speakers",
            Self::Sentences => "sentences",
            Self::Pronouns => "pronouns",
            Self::Coreference => "coreference",
            Self::Keyphrases => "keyphrases",
            Self::People => "people",
        }
    }

    /// The measure with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether a gold document carries what the measure needs.
    fn fits(self, gold: &GoldDocument) -> bool {
        match self {
            Self::Attribution | Self::Cofenet | Self::Units => gold.layers.attributions,
            Self::Ner => !gold.tokens.is_empty() || gold.layers.entities,
            Self::Speakers => gold.layers.quotations || gold.layers.mentions,
            Self::Sentences => gold.layers.sentences,
            Self::Pronouns => gold.layers.pronouns,
            Self::Coreference => gold.layers.chains || gold.layers.mentions,
            Self::Keyphrases => gold.layers.keyphrases || gold.layers.salience,
            Self::People => gold.layers.people,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Compares articles one by one; [`evaluate`] does it for a whole file.
pub struct Scorer {
    measurement: Box<dyn Measurement + Send>,
}

impl fmt::Debug for Scorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scorer").finish_non_exhaustive()
    }
}

impl Scorer {
    /// Makes a scorer; `rows` are the token rows that [`Measure::Cofenet`] counts, no other measure reads them.
    pub fn new(measure: Measure, rows: Vec<CofenetRow>) -> Self {
        let measurement: Box<dyn Measurement + Send> = match measure {
            Measure::Attribution => Box::new(Spans::default()),
            Measure::Cofenet => Box::new(Cofenet::new(rows)),
            Measure::Units => Box::new(Units::default()),
            Measure::Ner => Box::new(Ner::default()),
            Measure::Speakers => Box::new(Speakers::default()),
            Measure::Sentences => Box::new(Sentences::default()),
            Measure::Pronouns => Box::new(Pronouns::default()),
            Measure::Coreference => Box::new(Coreference::default()),
            Measure::Keyphrases => Box::new(Keyphrases::default()),
            Measure::People => Box::new(People::default()),
        };
        Self { measurement }
    }

    /// Counts one article.
    pub fn add(&mut self, gold: &GoldDocument, analysis: &Analysis) {
        self.measurement.add(gold, Predicted::new(analysis, gold));
    }

    /// The scores of all articles.
    ///
    /// # Errors
    /// Where what was gathered on the way could not be written to the folder for temporary files, or read again.
    pub fn scores(mut self) -> Result<Scores> {
        self.measurement.settle().map_err(ErrorKind::Write)?;
        Ok(self.measurement.scores())
    }
}

impl GoldDocument {
    /// The article as the pipeline takes it.
    pub fn to_document(&self) -> Document {
        Document::new(self.name.clone(), format!("{}.txt", self.name), "", self.text.clone(), self.metadata.clone())
    }
}

/// What [`evaluate`] reads besides the gold corpus.
#[derive(Debug, Clone, Copy, Default)]
pub struct EvaluateOptions<'a> {
    /// The token file of [`Measure::Cofenet`]; the other measures do not read it.
    pub rows: Option<&'a Path>,
    /// Only articles of this split count, by [`GoldDocument::split`].
    pub split: Option<&'a str>,
}

/// Analyses every text of a gold corpus and compares.
///
/// # Errors
///
/// When gold or rows cannot be read, carry no annotation of the kind, or an analysis fails.
///
/// ```no_run
/// use sayso::Pipeline;
/// use sayso::evaluate::{EvaluateOptions, Measure};
///
/// let pipeline = Pipeline::builder().build()?;
/// let scores = sayso::evaluate::evaluate(|doc| pipeline.analyze(doc), Measure::Units, "polnear/dev.jsonl", EvaluateOptions::default())?;
/// print!("{scores}");
/// # Ok::<(), sayso::Error>(())
/// ```
pub fn evaluate<F>(mut analyze: F, measure: Measure, gold: impl AsRef<Path>, options: EvaluateOptions<'_>) -> Result<Scores>
where
    F: FnMut(Document) -> Result<Analysis>,
{
    let path = gold.as_ref();
    let rows = match (measure, options.rows) {
        (Measure::Cofenet, Some(rows)) => gold::load_rows(rows)?,
        (Measure::Cofenet, None) => {
            let kind = ErrorKind::Config("the cofenet measure needs the token rows of the gold file".to_owned());
            return Err(Error::new(kind).with_hint("pass --rows FILE, for example polnear/cofenet_valid.jsonl"));
        }
        _ => Vec::new(),
    };
    let mut scorer = Scorer::new(measure, rows);
    let mut docs = gold::load(path)?;
    docs.retain(|doc| measure.fits(doc) && options.split.is_none_or(|split| split == doc.split));
    if docs.is_empty() {
        let part = options.split.map(|split| format!(" in the split {split:?}")).unwrap_or_default();
        return Err(Error::new(ErrorKind::Gold(format!("holds no annotation that the {measure} measure compares{part}"))).at(path));
    }
    for doc in &docs {
        scorer.add(doc, &analyze(doc.to_document())?);
    }
    scorer.scores()
}
