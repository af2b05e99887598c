//! Which sentences of a report a person codes by theme, to fit a codebook to (`sayso codebook fit`).
//!
//! Half are drawn at random, so that what they show holds for the report; half are those of which the program is least sure (uncertainty
//! sampling, Lewis & Gale, SIGIR 1994), theme by theme in turn, so that rare themes are seen. Those with the smallest hash of seed and id
//! come first: the same seed draws the same sentences. What the program gave them is not written: it would lead the coder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::export::{article_ids, read};
use super::offsets::Offsets;
use super::record::{ArticleRecord, SpanRecord};
use crate::report::{inert, write_atomic};
use crate::{Error, ErrorKind, Result};

/// Sentences shown before and after a drawn one.
const AROUND: usize = 3;
const COLUMNS: [&str; 7] = ["unit", "article_id", "drawn", "before", "text", "after", "theme"];

/// What was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeSampleCounts {
    /// Sentences drawn at random.
    pub random: usize,
    /// Sentences drawn because the program is least sure of a theme of theirs.
    pub unsure: usize,
    /// Sentences of running text in the report.
    pub of: usize,
}

/// A sentence by its article and its place there.
type Unit = (String, usize);

/// Draws `sentences` sentences of the report in the folder `run` and writes them to `out`, a CSV file whose column `theme` a coder fills: the
/// id of a theme, a row more with the same unit for each further one, nothing for none.
///
/// # Errors
/// Where `run` holds no whole report with its JSON, or no sentence; where `out` cannot be written.
pub fn sample_for_themes(run: &Path, sentences: usize, seed: u64, out: &Path) -> Result<ThemeSampleCounts> {
    let mut at_random: Vec<(String, Unit)> = Vec::new();
    let mut unsure: BTreeMap<String, Vec<(u64, String, Unit)>> = BTreeMap::new();
    for id in &article_ids(run)? {
        let article = read(run, id)?;
        for at in body(&article) {
            let rank = crate::sha256(format!("{seed}\n{id}:s{}", at + 1).as_bytes());
            for (theme, probability) in probabilities(&article, at) {
                // Bits of a number that is not negative sort as it does.
                unsure.entry(theme.to_owned()).or_default().push((probability.to_bits(), rank.clone(), (id.clone(), at)));
            }
            at_random.push((rank, (id.clone(), at)));
        }
    }
    let of = at_random.len();
    if of == 0 {
        return Err(Error::new(ErrorKind::Input("the report has no sentence to draw".to_owned())).at(run));
    }
    at_random.sort();
    let mut drawn: BTreeMap<Unit, &str> = BTreeMap::new();
    let by_theme: Vec<Vec<Unit>> = unsure
        .into_values()
        .map(|mut units| {
            units.sort();
            units.into_iter().map(|(_, _, unit)| unit).collect()
        })
        .collect();
    let longest = by_theme.iter().map(Vec::len).max().unwrap_or_default();
    for unit in (0..longest).flat_map(|turn| by_theme.iter().filter_map(move |units| units.get(turn))) {
        if drawn.len() >= sentences / 2 {
            break;
        }
        drawn.insert(unit.clone(), "unsure");
    }
    let unsure = drawn.len();
    for (_, unit) in at_random {
        if drawn.len() >= sentences {
            break;
        }
        drawn.entry(unit).or_insert("random");
    }
    write(run, &drawn, out)?;
    Ok(ThemeSampleCounts { random: drawn.len() - unsure, unsure, of })
}

/// The places of an article's sentences of running text.
fn body(article: &ArticleRecord) -> impl Iterator<Item = usize> {
    let is_body = |paragraph: usize| article.paragraphs.get(paragraph).is_some_and(|paragraph| paragraph.kind == "body");
    article.sentences.iter().enumerate().filter(move |(_, sentence)| is_body(sentence.paragraph)).map(|(at, _)| at)
}

/// The themes of a sentence that were given by a probability, each with the largest.
fn probabilities(article: &ArticleRecord, at: usize) -> impl Iterator<Item = (&str, f64)> {
    let span = article.sentences.get(at).map_or(0..0, |sentence| sentence.start..sentence.end);
    article.themes.iter().filter_map(move |theme| {
        let here = theme.evidence.iter().filter(|evidence| span.contains(&evidence.start));
        let largest = here.filter_map(|evidence| evidence.probability).max_by(f64::total_cmp)?;
        Some((theme.id.as_str(), largest))
    })
}

fn write(run: &Path, drawn: &BTreeMap<Unit, &str>, out: &Path) -> Result<()> {
    let mut rows: Vec<[String; COLUMNS.len()]> = Vec::new();
    let ids: BTreeSet<&str> = drawn.keys().map(|(id, _)| id.as_str()).collect();
    for id in ids {
        let article = read(run, id)?;
        let offsets = Offsets::new(&article.text);
        let words = |range: std::ops::Range<usize>| {
            let found = article.sentences.get(range).unwrap_or_default();
            let span = found.first().zip(found.last()).map(|(first, last)| SpanRecord { start: first.start, end: last.end });
            span.map(|span| offsets.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
        };
        for ((_, at), why) in drawn.range((id.to_owned(), 0)..=(id.to_owned(), usize::MAX)) {
            let after = (at + 1)..(at + 1 + AROUND).min(article.sentences.len());
            let unit = format!("{id}:s{}", at + 1);
            rows.push([
                unit,
                id.to_owned(),
                (*why).to_owned(),
                words(at.saturating_sub(AROUND)..*at),
                words(*at..at + 1),
                words(after),
                String::new(),
            ]);
        }
    }
    write_atomic(out, |file| {
        let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
        table.write_record(COLUMNS)?;
        for row in &rows {
            table.write_record(row.iter().map(|cell| inert(cell).into_owned()))?;
        }
        table.flush()
    })
}
