//! One token a line. `CoNLL` 2003 (Tjong Kim Sang and De Meulder 2003) for entities; CoNLL-U for sentences, entities and quotations.

use std::fmt::Write as _;

use super::Writer;
use super::labels;
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, SpanRecord};
use super::tokens::{self, iob, tokens};
use crate::Result;

#[derive(Debug, Default)]
pub(super) struct Conll2003 {}

impl Writer for Conll2003 {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        let offsets = Offsets::new(&article.text);
        let tokens = tokens(article, &offsets);
        let tags = iob(&tokens, entities(article));
        let mut text = format!("-DOCSTART- -X- -X- O\n# id = {}\n\n", article.id);
        for sentence in &article.sentences {
            let span = SpanRecord { start: sentence.start, end: sentence.end };
            for at in tokens::range(&tokens, span) {
                let (Some(&token), Some(tag)) = (tokens.get(at), tags.get(at)) else { continue };
                let _ = writeln!(text, "{} -X- -X- {tag}", form(offsets.slice(token)));
            }
            text.push('\n');
        }
        out.append("sayso.conll", text.as_bytes())
    }
}

/// The mentions of entities with the label that `CoNLL` 2003 has for them, else their own in capitals.
fn entities(article: &ArticleRecord) -> Vec<(SpanRecord, String)> {
    let mentions = article.entities.iter().flat_map(|entity| entity.mentions.iter().map(move |mention| (entity, mention)));
    let mut found: Vec<(SpanRecord, String)> =
        mentions.map(|(entity, mention)| (SpanRecord { start: mention.start, end: mention.end }, short(&entity.label))).collect();
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    found
}

fn short(label: &str) -> String {
    match label {
        "Person" => "PER".to_owned(),
        "Organization" => "ORG".to_owned(),
        "Location" => "LOC".to_owned(),
        "Facility" => "FAC".to_owned(),
        other => other.to_uppercase(),
    }
}

/// A token as one column: no white space may stand in it.
fn form(token: &str) -> String {
    token.split_whitespace().collect::<Vec<_>>().join("\u{A0}")
}

#[derive(Debug, Default)]
pub(super) struct ConllU {}

impl Writer for ConllU {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        let offsets = Offsets::new(&article.text);
        let tokens = tokens(article, &offsets);
        let named = iob(&tokens, entities(article));
        let parts = iob(&tokens, parts(article));
        let mut text = format!("# newdoc id = {}\n", article.id);
        let mut paragraph = None;
        for (number, sentence) in article.sentences.iter().enumerate() {
            if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
                text.push_str("# newpar\n");
            }
            let span = SpanRecord { start: sentence.start, end: sentence.end };
            let words = offsets.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "# sent_id = {}:s{}\n# text = {words}", article.id, number + 1);
            for (index, at) in tokens::range(&tokens, span).enumerate() {
                let (Some(&token), Some(entity), Some(part)) = (tokens.get(at), named.get(at), parts.get(at)) else { continue };
                let is_glued = tokens.get(at + 1).is_some_and(|next| next.start == token.end && next.start < span.end);
                let misc = misc(token, entity, part, is_glued);
                let _ = writeln!(text, "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", index + 1, form(offsets.slice(token)));
            }
            text.push('\n');
        }
        out.append("sayso.conllu", text.as_bytes())
    }
}

fn misc(token: SpanRecord, entity: &str, part: &str, is_glued: bool) -> String {
    let mut misc = Vec::new();
    if entity != "O" {
        misc.push(format!("NER={entity}"));
    }
    if part != "O" {
        misc.push(format!("Quote={part}"));
    }
    if is_glued {
        misc.push("SpaceAfter=No".to_owned());
    }
    misc.push(format!("end_char={}", token.end));
    misc.push(format!("start_char={}", token.start));
    misc.join("|")
}

/// The parts of quotations, as `Content-q3`.
fn parts(article: &ArticleRecord) -> Vec<(SpanRecord, String)> {
    let (spans, _) = labels::labelled(article);
    let parts = spans.into_iter().filter(|span| matches!(span.label, labels::CONTENT | labels::CUE | labels::SOURCE));
    parts.map(|part| (part.span, format!("{}-{}", part.label, part.id.split('.').next().unwrap_or_default()))).collect()
}
