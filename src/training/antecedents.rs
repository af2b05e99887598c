//! What the antecedent ranker learns from: every pronoun that resolution follows, its candidates, and which of them the gold calls right.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::gold::{self, GoldDocument, GoldMention};
use crate::{Error, ErrorKind, Pipeline, Reading, Result, Span};

/// One document: the vectors of its pronouns and candidates, and the choices among them.
#[derive(Debug, Serialize)]
struct Example<'a> {
    set: &'a str,
    doc: &'a str,
    genre: &'a str,
    split: &'a str,
    /// The names of the candidates' features, in order.
    features: &'a [&'static str],
    vectors: Vec<Vec<f32>>,
    choices: Vec<Choice>,
}

#[derive(Debug, Serialize)]
struct Choice {
    /// Index into the document's vectors.
    pronoun: usize,
    word: String,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Serialize)]
struct Candidate {
    /// Index into the document's vectors.
    vector: usize,
    features: Vec<f32>,
    /// Whether it is what the pronoun means; `None` where the gold does not say.
    is_right: Option<bool>,
}

/// Writes the choices of a corpus under the name `set`; returns how many. Documents of another split are left out.
///
/// # Errors
/// Where the corpus or its analysis fails, or `out` cannot be written.
pub fn write_antecedents(pipeline: &Pipeline, set: &str, path: &Path, split: &str, out: &mut dyn Write) -> Result<usize> {
    let failed = |source: std::io::Error| Error::new(ErrorKind::Write(source));
    let mut written = 0;
    let features = crate::speakers::antecedent_features();
    for gold in gold::load(path)?.iter().filter(|gold| gold.split.is_empty() || split == "all" || gold.split == split) {
        let example = pipeline.read(&gold.to_document(), |reading, resolved| {
            let mut table = Table { reading, vectors: Vec::new(), places: BTreeMap::new() };
            let choices: Vec<Choice> = resolved.iter().filter_map(|anaphora| choice(gold, &mut table, anaphora)).collect();
            Example { set, doc: &gold.name, genre: &gold.genre, split: &gold.split, features: &features, vectors: table.vectors, choices }
        })?;
        if example.choices.is_empty() {
            continue;
        }
        serde_json::to_writer(&mut *out, &example).map_err(|source| failed(source.into()))?;
        out.write_all(b"\n").map_err(failed)?;
        written += example.choices.len();
    }
    Ok(written)
}

/// The vectors asked for so far.
struct Table<'r> {
    reading: &'r Reading<'r>,
    vectors: Vec<Vec<f32>>,
    places: BTreeMap<Span, usize>,
}

impl Table<'_> {
    fn place(&mut self, span: Span) -> usize {
        *self.places.entry(span).or_insert_with(|| {
            let vector = self.reading.encoding.vector(self.reading.seg.tokens_in(span)).unwrap_or_default();
            self.vectors.push(vector.into_iter().map(|value| (value * 1e4).round() / 1e4).collect());
            self.vectors.len() - 1
        })
    }
}

fn choice(gold: &GoldDocument, table: &mut Table<'_>, anaphora: &crate::speakers::Anaphora) -> Option<Choice> {
    let pronoun = gold.mentions.iter().find(|mention| mention.span == anaphora.pronoun)?;
    if gold.layers.pronouns && gold.mentions.first().is_none_or(|first| first.span != pronoun.span) {
        return None;
    }
    let judge = |span: Span| if gold.layers.pronouns { is_named(gold, pronoun, span) } else { Some(is_in_chain(gold, pronoun, span)) };
    let candidates: Vec<Candidate> = anaphora
        .candidates
        .iter()
        .map(|(span, features)| Candidate { vector: table.place(*span), features: features.clone(), is_right: judge(*span) })
        .collect();
    let word = gold.slice(pronoun.span).to_lowercase();
    Some(Choice { pronoun: table.place(pronoun.span), word, candidates })
}

/// Whether the smallest gold mention around a candidate is in the pronoun's chain.
fn is_in_chain(gold: &GoldDocument, pronoun: &GoldMention, span: Span) -> bool {
    let around = gold.mentions.iter().filter(|mention| mention.span.overlaps(span));
    around.min_by_key(|mention| (mention.span.len(), mention.span)).is_some_and(|mention| mention.entity == pronoun.entity)
}

/// Whether a candidate is the name that GAP calls right, another occurrence of it, or neither name; unknown where it shares a word
/// with a name, is a pronoun, or where the pronoun means somebody else than the two.
fn is_named(gold: &GoldDocument, pronoun: &GoldMention, span: Span) -> Option<bool> {
    let text = gold.slice(span);
    let names = gold.mentions.get(1..).unwrap_or_default();
    if let Some(name) = names.iter().find(|name| name.span.overlaps(span) || gold.slice(name.span) == text) {
        return Some(name.entity == pronoun.entity);
    }
    let shares =
        |name: &&GoldMention| text.split_whitespace().any(|word| gold.slice(name.span).split_whitespace().any(|other| other == word));
    let is_name = text.starts_with(char::is_uppercase) && text.chars().count() > 3;
    (pronoun.entity != "neither" && is_name && names.iter().find(shares).is_none()).then_some(false)
}
