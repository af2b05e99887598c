//! Headlines that say who says what with a colon: `Lind: Ferry will run by May`, `Ferry will run by May: mayor`.
//!
//! `Vik: A harbour in three pictures` names a place and holds no verb; nobody speaks.

use super::assembly::{self, Draft};
use super::labels;
use super::scene::Scene;
use crate::{AttributionLabel, EntityLabel, ParagraphKind, Span, Upos};

/// The longest name in a headline, in words.
const LONGEST_NAME: usize = 5;
/// Fewer words say nothing.
const LEAST_WORDS: usize = 3;
/// Verbs by which a headline foretells or demands: what a body's name before a colon needs.
const MODALS: [&str; 10] = ["will", "to", "must", "should", "may", "can", "could", "would", "won’t", "can’t"];
/// The same for a person's name.
const BEING: [&str; 6] = ["is", "are", "was", "were", "has", "have"];

/// Adds the headlines that no quotation touches.
pub(super) fn add(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    for (at, paragraph) in scene.reading.seg.paragraphs.iter().enumerate() {
        let is_headline = matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Heading);
        let place = drafts.partition_point(|draft| draft.span().end() <= paragraph.span.start());
        let is_free = drafts.get(place).is_none_or(|draft| draft.span().start() >= paragraph.span.end());
        if let Some((content, name)) = is_headline.then(|| read(scene, paragraph.span)).flatten().filter(|_| is_free) {
            let source = assembly::link_by_layout(name, AttributionLabel::Source, at);
            found.push(Draft::by_layout(&[(content, at)], Some(source), None));
        }
    }
    assembly::supersede(drafts, found);
}

/// The content of a headline and the name before or behind it.
fn read(scene: &Scene<'_>, line: Span) -> Option<(Span, Span)> {
    if let Some(heading) = labels::before_colon(scene, line, LONGEST_NAME)
        && let content = scene.trim(Span::new(heading.after, line.end()))
        && speaks(scene, heading.label, content)
    {
        return Some((content, heading.label));
    }
    let text = scene.slice(line);
    let colon = text.rfind(':')?;
    let name = scene.trim(Span::new(line.start() + colon + 1, line.end()));
    let content = scene.trim(Span::new(line.start(), line.start() + colon));
    ((1..=LONGEST_NAME).contains(&scene.words(name)) && speaks(scene, name, content)).then_some((content, name))
}

/// Whether every word is written large; the last one may be an office (*Vik mayor*).
fn is_large(scene: &Scene<'_>, name: Span) -> bool {
    let is_name = |word: &str| labels::is_capital(word) || labels::is_office(word);
    scene.word_spans(name).all(|word| is_name(scene.slice(word)))
}

/// Whether `name` is a name alone, and `content` a clause.
fn speaks(scene: &Scene<'_>, name: Span, content: Span) -> bool {
    let words: Vec<String> = scene.word_spans(content).map(|word| scene.slice(word).to_lowercase()).collect();
    let first = scene.word_spans(name).next().map(|word| scene.slice(word));
    if words.len() < LEAST_WORDS || !is_large(scene, name) || first.is_none_or(labels::is_notice) || scene.slice(content).ends_with('?') {
        return false;
    }
    let tokens = scene.reading.seg.tokens_in(content);
    let has_verb = || tokens.into_iter().any(|token| matches!(scene.reading.encoding.upos(token), Upos::Verb | Upos::Aux));
    let has = |list: &[&str]| words.iter().skip(1).any(|word| list.contains(&word.as_str()));
    let holds_office = scene.word_spans(name).last().is_some_and(|word| labels::is_office(scene.slice(word)));
    let is_person = holds_office || labels::holds_name(scene, name, &[EntityLabel::Person]);
    let is_body = labels::holds_name(scene, name, &[EntityLabel::Organization]);
    (is_person && (has(&MODALS) || has(&BEING) || has_verb())) || (is_body && has(&MODALS))
}
