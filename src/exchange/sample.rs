//! Which quotations of a report a person checks: a random sample, stratified by kind and confidence.
//!
//! Strata get places by the square root of their size (Bankier 1988), two at least, so that rare kinds and unsure quotations are seen often
//! enough. In a stratum those with the smallest hash of seed and id are drawn (permanent random numbers, Ohlsson 1995): the same seed draws
//! the same quotations on every machine, and mostly the same ones when the report grows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde_json::{Value, json};

use super::export::{article_ids, read};
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, QuoteRecord, SpanRecord};
use super::xml::Xml;
use crate::report::{inert, write_atomic};
use crate::{Error, ErrorKind, Result};

/// The file in a folder of Label Studio tasks that says they are ours to replace.
const MARK: &str = ".sayso-sample";
/// Borders of the bands of confidence, with the names of those below them.
const BANDS: [(f64, &str); 3] = [(0.5, "unsure"), (0.8, "fairly sure"), (f64::INFINITY, "sure")];
/// Places that every stratum has at least.
const LEAST: usize = 2;
/// What a person answers with yes or no.
const QUESTIONS: [(&str, &str); 4] = [
    ("is_quotation", "Does someone say, write or think what is marked?"),
    ("content_right", "Are its borders right?"),
    ("speaker_right", "Is the speaker right?"),
    ("kind_right", "Is the kind right?"),
];
const COLUMNS: [&str; 12] =
    ["quote_id", "article_id", "stratum", "stratum_size", "kind", "confidence", "passage", "content", "cue", "source", "speaker", "role"];

/// What a sample is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SampleFormat {
    /// One file, a row a quotation, with empty columns for the answers.
    #[default]
    Csv,
    /// A folder of `tasks.json` and `interface.xml` for Label Studio, whose CSV export has the same columns.
    LabelStudio,
}

impl SampleFormat {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::LabelStudio => "label-studio",
        }
    }
}

impl fmt::Display for SampleFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for SampleFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        let found = [Self::Csv, Self::LabelStudio].into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| Error::new(ErrorKind::Config(format!("unknown format '{name}'"))).with_hint("formats are csv and label-studio"))
    }
}

/// How a sample is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleOptions {
    /// How many quotations; all where a report has no more.
    pub quotes: usize,
    /// The same seed draws the same quotations.
    pub seed: u64,
    /// What is written.
    pub format: SampleFormat,
}

/// What was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleCounts {
    /// Quotations drawn.
    pub drawn: usize,
    /// Quotations of the report.
    pub of: usize,
    /// Strata that have quotations.
    pub strata: usize,
}

/// Draws quotations of the report in the folder `run` and writes them to `out`.
///
/// # Errors
/// Where `run` holds no whole report with its JSON, or no quotation; where `out` cannot be written.
pub fn sample(run: &Path, options: SampleOptions, out: &Path) -> Result<SampleCounts> {
    let ids = article_ids(run)?;
    let mut strata: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for id in &ids {
        let article = read(run, id)?;
        for quote in &article.quotes {
            let quote_id = format!("{id}:{}", quote.local_id());
            let rank = crate::sha256(format!("{}\n{quote_id}", options.seed).as_bytes());
            strata.entry(stratum(quote)).or_default().push((rank, quote_id));
        }
    }
    let sizes: BTreeMap<String, usize> = strata.iter().map(|(stratum, quotes)| (stratum.clone(), quotes.len())).collect();
    let of: usize = sizes.values().sum();
    if of == 0 {
        return Err(Error::new(ErrorKind::Input("the report has no quotation to draw".to_owned())).at(run));
    }
    let places = places(&sizes.values().copied().collect::<Vec<_>>(), options.quotes);
    let mut drawn: BTreeSet<String> = BTreeSet::new();
    for (mut quotes, places) in strata.into_values().zip(places) {
        quotes.sort();
        drawn.extend(quotes.into_iter().take(places).map(|(_, id)| id));
    }
    let mut rows = Vec::new();
    for id in &ids {
        if drawn.range(format!("{id}:")..).next().is_some_and(|first| first.starts_with(&format!("{id}:"))) {
            let article = read(run, id)?;
            let quotes = article.quotes.iter().filter(|quote| drawn.contains(&format!("{id}:{}", quote.local_id())));
            rows.extend(quotes.map(|quote| row(&article, quote, &sizes)));
        }
    }
    match options.format {
        SampleFormat::Csv => write_csv(&rows, out)?,
        SampleFormat::LabelStudio => write_tasks(&rows, out)?,
    }
    Ok(SampleCounts { drawn: rows.len(), of, strata: sizes.len() })
}

/// `indirect, fairly sure`.
fn stratum(quote: &QuoteRecord) -> String {
    let band = BANDS.iter().find(|(border, _)| quote.confidence < *border).map_or("sure", |(_, band)| *band);
    format!("{}, {band}", quote.kind)
}

/// How many of each stratum are drawn: by the square root of its size, [`LEAST`] at least and no more than there are.
fn places(sizes: &[usize], quotes: usize) -> Vec<usize> {
    let quotes = quotes.min(sizes.iter().sum());
    let mut places: Vec<usize> = vec![0; sizes.len()];
    // One place after another to the stratum that is furthest behind its share: Webster's method with floors and ceilings.
    for place in 0..quotes {
        let need = |at: usize, size: usize| {
            let given = places.get(at).copied().unwrap_or_default();
            let is_short = given < LEAST.min(size) && place < LEAST * sizes.len();
            (given < size).then(|| (is_short, (size as f64).sqrt() / (given as f64 + 0.5)))
        };
        let ranked = sizes.iter().enumerate().filter_map(|(at, &size)| Some((need(at, size)?, at)));
        let next =
            ranked.max_by(|((a_short, a), a_at), ((b_short, b), b_at)| a_short.cmp(b_short).then(a.total_cmp(b)).then(b_at.cmp(a_at)));
        if let Some(slot) = next.and_then(|(_, at)| places.get_mut(at)) {
            *slot += 1;
        }
    }
    places
}

fn row(article: &ArticleRecord, quote: &QuoteRecord, sizes: &BTreeMap<String, usize>) -> [String; COLUMNS.len()] {
    let offsets = Offsets::new(&article.text);
    let words = |span: SpanRecord| offsets.slice(span).to_owned();
    let stratum = stratum(quote);
    let size = sizes.get(&stratum).copied().unwrap_or_default();
    let speaker = article.speaker_of(quote);
    let role = speaker.and_then(|speaker| speaker.roles.first()).map(|role| match &role.affiliation {
        Some(body) if role.role.is_empty() => body.clone(),
        Some(body) => format!("{} ({body})", role.role),
        None => role.role.clone(),
    });
    [
        format!("{}:{}", article.id, quote.local_id()),
        article.id.clone(),
        stratum,
        size.to_string(),
        quote.kind.clone(),
        format!("{:.4}", quote.confidence),
        passage(article, quote, &offsets),
        quote.content.iter().map(|&piece| words(piece)).collect::<Vec<_>>().join(" … "),
        quote.cue.map(words).unwrap_or_default(),
        quote.source.map(words).unwrap_or_default(),
        speaker.map(|speaker| speaker.name.clone()).unwrap_or_default(),
        role.unwrap_or_default(),
    ]
}

/// The sentences of a quotation with one before and one after, its pieces between `⟦` and `⟧`.
fn passage(article: &ArticleRecord, quote: &QuoteRecord, offsets: &Offsets<'_>) -> String {
    let span = quote.span();
    let first = article.sentences.partition_point(|sentence| sentence.end <= span.start).saturating_sub(1);
    let after = article.sentences.partition_point(|sentence| sentence.start < span.end);
    let start = article.sentences.get(first).map_or(span.start, |sentence| sentence.start.min(span.start));
    let end = article.sentences.get(after).or(article.sentences.last()).map_or(span.end, |sentence| sentence.end.max(span.end));
    let (mut passage, mut at) = (String::new(), start);
    for piece in &quote.content {
        passage.push_str(offsets.slice(SpanRecord { start: at, end: piece.start }));
        passage.push('⟦');
        passage.push_str(offsets.slice(*piece));
        passage.push('⟧');
        at = piece.end;
    }
    passage.push_str(offsets.slice(SpanRecord { start: at, end }));
    passage.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_csv(rows: &[[String; COLUMNS.len()]], out: &Path) -> Result<()> {
    let answers = QUESTIONS.iter().map(|(question, _)| *question).chain(["note"]);
    write_atomic(out, |file| {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
        table.write_record(COLUMNS.into_iter().chain(answers.clone()))?;
        for row in rows {
            let empty = answers.clone().map(|_| String::new());
            table.write_record(row.iter().map(|cell| inert(cell).into_owned()).chain(empty))?;
        }
        table.flush()
    })
}

fn write_tasks(rows: &[[String; COLUMNS.len()]], dir: &Path) -> Result<()> {
    let mut out = Output::create(dir, MARK)?;
    let tasks: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut data: serde_json::Map<String, Value> =
                COLUMNS.iter().zip(row).map(|(column, cell)| ((*column).to_owned(), json!(cell))).collect();
            let said = COLUMNS.iter().zip(row).filter(|(column, cell)| matches!(**column, "speaker" | "role" | "kind") && !cell.is_empty());
            let said: Vec<&str> = said.map(|(_, cell)| cell.as_str()).collect();
            data.insert("listed_as".to_owned(), json!(said.join(" · ")));
            json!({ "data": data })
        })
        .collect();
    out.write("tasks.json", format!("{:#}\n", Value::from(tasks)).as_bytes())?;
    out.write("interface.xml", interface().as_bytes())?;
    out.write(MARK, b"tasks of sayso sample\n")?;
    out.commit()
}

/// The page that shows a quotation and asks.
fn interface() -> String {
    let mut xml = Xml::default();
    xml.open("View", &[]).line();
    xml.empty("Text", &[("name", Some("passage")), ("value", Some("$passage"))]).line();
    xml.empty("Text", &[("name", Some("listed_as")), ("value", Some("$listed_as"))]).line();
    for (question, asked) in QUESTIONS {
        xml.empty("Header", &[("value", Some(asked)), ("size", Some("5"))]).line();
        let choices =
            [("name", Some(question)), ("toName", Some("passage")), ("choice", Some("single-radio")), ("showInline", Some("true"))];
        xml.open("Choices", &choices).empty("Choice", &[("value", Some("yes"))]).empty("Choice", &[("value", Some("no"))]).close().line();
    }
    xml.empty("TextArea", &[("name", Some("note")), ("toName", Some("passage"))]).line();
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_strata_are_seen() {
        assert_eq!(places(&[400, 100, 4, 1], 20), [11, 6, 2, 1]);
        assert_eq!(places(&[3, 2], 100), [3, 2], "no more than there are");
        assert_eq!(places(&[50, 50, 50], 2), [1, 1, 0], "fewer than strata");
        assert_eq!(places(&[1000, 10], 1000).iter().sum::<usize>(), 1000);
    }
}
