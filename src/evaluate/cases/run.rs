//! Runs cases: each text goes through the pipeline, or, with a hand-made reading, through the stages behind the model.

use std::fmt;

use rayon::prelude::*;

use super::article::Article;
use super::compare::{Difference, differences};
use super::format::Case;
use super::labels::Labels;
use crate::entities::EntityRecognizer;
use crate::{Analysis, Document, Pipeline, QuoteExtractor, ReadOptions, Reading, Result, Segmenter, SpeakerResolver, read_bytes};

/// How a case came out.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    /// The case.
    pub case: &'a Case,
    /// What did not come out as it asks; empty where it is right.
    pub differences: Vec<Difference>,
}

/// Runs cases on the threads of `pipeline`; the outcomes stand in the order of the cases.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("ferry.toml");
/// let written = r#"
///     [[case]]
///     name = "a minister behind her words"
///     text = "“Prices will fall by May,” said Ana Silva, the finance minister."
///     expect.quotes = [{ content = "Prices will fall", speaker = "Ana Silva", kind = "direct" }]
/// "#;
/// sayso::report::write_atomic(&path, |file| file.write_all(written.as_bytes()))?;
/// let cases = sayso::evaluate::cases::load(&path)?;
/// let outcomes = sayso::evaluate::cases::run(&sayso::Pipeline::builder().build()?, &cases);
/// assert!(outcomes[0].is_right());
/// # Ok(())
/// # }
/// ```
pub fn run<'a>(pipeline: &Pipeline, cases: &'a [Case]) -> Vec<Outcome<'a>> {
    pipeline.pool().install(|| cases.par_iter().map(|case| outcome(pipeline, case)).collect())
}

fn outcome<'a>(pipeline: &Pipeline, case: &'a Case) -> Outcome<'a> {
    let found = analyses(pipeline, case).and_then(|analyses| {
        if let Some(fault) = analyses.iter().find_map(|analysis| analysis.check_spans().err()) {
            return Err(Difference::new("spans that fit the text", fault.to_string()));
        }
        let articles = analyses.iter().map(Article::of).collect::<serde_json::Result<Vec<_>>>();
        articles.map_err(|error| Difference::new("JSON as its schema says", error.to_string()))
    });
    let differences = match found {
        Ok(articles) => differences(&case.expect, &articles),
        Err(difference) => vec![difference],
    };
    Outcome { case, differences }
}

/// What sayso makes of the case's file.
fn analyses(pipeline: &Pipeline, case: &Case) -> Result<Vec<Analysis>, Difference> {
    let no_result = |error: crate::Error| Difference::new("an analysis", error.to_string());
    let doc = document(case).map_err(no_result)?;
    let analysis = match &case.labels {
        None => pipeline.analyze(doc).map_err(no_result)?,
        Some(labels) => by_hand(doc, labels, &QuoteExtractor::new(), &SpeakerResolver::new())
            .map_err(|misfit| Difference::new("labels that fit the text", misfit))?,
    };
    Ok(vec![analysis])
}

/// The article, read as a file of this name would be.
pub(crate) fn document(case: &Case) -> Result<Document> {
    let file = format!("case.{}", case.extension);
    read_bytes(case.text.as_bytes(), &file, "case", &ReadOptions::default())
}

/// The stages that come after the model, on what `labels` say; keyphrases and themes need the model's vectors and are left out.
pub(super) fn by_hand(doc: Document, labels: &Labels, extractor: &QuoteExtractor, resolver: &SpeakerResolver) -> Result<Analysis, String> {
    let seg = Segmenter::new().segment(&doc);
    let encoding = labels.encoding(&doc, &seg)?;
    let reading = Reading { doc: &doc, seg: &seg, encoding: &encoding };
    let entities = EntityRecognizer::new().recognize(&reading);
    let quotes = labels.given_quotes(&doc, &seg)?.unwrap_or_else(|| extractor.extract(&reading));
    let attribution = resolver.resolve(&reading, &entities, &quotes);
    Ok(Analysis { doc, seg, entities, keyphrases: Vec::new(), quotes, attribution, themes: Vec::new(), passages: Vec::new() })
}

impl Outcome<'_> {
    /// Whether everything came out as the case asks.
    pub fn is_right(&self) -> bool {
        self.differences.is_empty()
    }
}

impl fmt::Display for Outcome<'_> {
    /// The case with its text, and what was expected and got.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case { name, kind, place, text, .. } = self.case;
        writeln!(f, "{place}: {name} ({kind})")?;
        writeln!(f, "    text:")?;
        for line in text.trim_end().lines() {
            writeln!(f, "        {line}")?;
        }
        for Difference { expected, got } in &self.differences {
            writeln!(f, "    expected: {expected}")?;
            writeln!(f, "    got: {got}")?;
        }
        Ok(())
    }
}
