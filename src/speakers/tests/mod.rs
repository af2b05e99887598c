//! Tests of the whole stage on annotated data and on any labels; what it makes of single texts stands in `tests/cases/rules`.

#![expect(clippy::string_slice, reason = "test texts are cut at borders the test knows")]

mod gap;
mod gum;
mod properties;

use super::Attribution;
use crate::testing::Annotated;
use crate::{EntityLabel, Sentence};

/// The speaker's name of each quotation; `-` where none was found.
pub(super) fn names(attribution: &Attribution) -> Vec<String> {
    let name = |speaker: &Option<usize>| speaker.map_or("-".to_owned(), |at| attribution.speakers[at].name.clone());
    attribution.by_quote.iter().map(name).collect()
}

/// Keeps the longest of entities that overlap.
fn drop_overlaps(annotated: &mut Annotated) {
    let entities = &mut annotated.encoding.entities;
    entities.sort_by_key(|entity| (std::cmp::Reverse(entity.tokens.len()), entity.tokens.start));
    let mut kept: Vec<crate::LabelledSpan<EntityLabel>> = Vec::new();
    for entity in entities.drain(..) {
        if kept.iter().all(|other| other.tokens.end <= entity.tokens.start || entity.tokens.end <= other.tokens.start) {
            kept.push(entity);
        }
    }
    kept.sort_by_key(|entity| entity.tokens.start);
    *entities = kept;
}

/// Cuts sentences at full stops before capitals, whatever the segmenter of the day does.
pub(super) fn split_sentences(annotated: &mut Annotated) {
    let text = annotated.doc.text().to_owned();
    let mut sentences = Vec::new();
    for paragraph in 0..annotated.seg.paragraphs.len() {
        let first = sentences.len();
        for sentence in annotated.seg.sentences[annotated.seg.paragraphs[paragraph].sentences.clone()].iter().cloned() {
            let mut start = sentence.tokens.start;
            for at in sentence.tokens.clone() {
                let end = annotated.seg.tokens[at].span.end();
                let closes = text[..end].ends_with(['.', '?', '!', '”']) && text[..end].trim_end_matches('”').ends_with(['.', '?', '!']);
                let next = text[end..].trim_start_matches(' ');
                let is_border = closes && text[end..].starts_with(' ') && next.starts_with(|ch: char| ch.is_uppercase() || ch == '“');
                let last = text[..end].trim_end_matches(['.', '”']).rsplit([' ', '.']).next().unwrap_or_default();
                let is_short = last.len() == 1 || ["Mr", "Mrs", "Ms", "Dr", "Gov", "Sen", "Gen", "Lt", "Smt"].contains(&last);
                if (is_border && !is_short) || at + 1 == sentence.tokens.end {
                    let span = annotated.seg.span_of(start..at + 1).expect("tokens");
                    sentences.push(Sentence { span, paragraph, tokens: start..at + 1 });
                    start = at + 1;
                }
            }
        }
        annotated.seg.paragraphs[paragraph].sentences = first..sentences.len();
    }
    annotated.seg.sentences = sentences;
}
