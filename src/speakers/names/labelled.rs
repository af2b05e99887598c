//! The names that the entity stage found, the model's labels beside them, and labels that a form of address puts right.

use std::ops::Range;

use super::{FoundName, NameSources};
use crate::speakers::Rule;
use crate::speakers::lexicon;
use crate::speakers::word_view::Words;
use crate::{EntityLabel, Span};

/// The names of the article's entities.
pub(in crate::speakers) fn of_entities(sources: &NameSources<'_>) -> Vec<FoundName> {
    let mentions = sources.entities.iter().flat_map(|entity| entity.mentions.iter().map(|mention| (mention.span, entity.label)));
    free(sources, Rule::EntityName, mentions)
}

/// The names that the model labelled where the article's entities have none.
pub(in crate::speakers) fn of_model(sources: &NameSources<'_>) -> Vec<FoundName> {
    let reading = sources.reading;
    let labels = reading.encoding.entities.iter();
    let spans = labels.filter_map(|entity| Some((reading.seg.span_of(entity.tokens.clone())?, entity.label)));
    free(sources, Rule::ModelName, spans)
}

/// *MR. DAHL*: whom a form of address precedes is a person, whatever capitals look like to the encoder.
pub(in crate::speakers) fn addressed(sources: &NameSources<'_>) -> Vec<FoundName> {
    let bodies = sources.named.iter().filter(|name| name.label == EntityLabel::Organization);
    let persons = bodies.filter(|name| is_addressed(sources.words, &name.words));
    persons.map(|name| FoundName { words: name.words.clone(), label: EntityLabel::Person, rule: Rule::Addressed }).collect()
}

/// The spans of words that no earlier name holds and that are written like names.
fn free(sources: &NameSources<'_>, rule: Rule, spans: impl Iterator<Item = (Span, EntityLabel)>) -> Vec<FoundName> {
    let mut taken = vec![false; sources.words.len()];
    for name in sources.named {
        taken.get_mut(name.words.clone()).into_iter().flatten().for_each(|taken| *taken = true);
    }
    let mut found = Vec::new();
    for (span, label) in spans {
        let words = sources.words.within(span);
        let needs_capital = matches!(label, EntityLabel::Person | EntityLabel::Organization | EntityLabel::Location | EntityLabel::Norp);
        let has_capital = |ch: char| ch.is_numeric() || ch.is_alphabetic() && !ch.is_lowercase();
        if needs_capital && !sources.reading.slice(span).contains(has_capital) {
            continue;
        }
        let Some(slots) = taken.get_mut(words.clone()).filter(|slots| !slots.is_empty() && !slots.contains(&true)) else { continue };
        slots.fill(true);
        found.push(FoundName { words, label, rule });
    }
    found
}

/// Whether a name is a single word with a form of address, as part of it or right before it.
fn is_addressed(words: &Words<'_>, range: &Range<usize>) -> bool {
    let is_inside = range.len() == 2 && lexicon::is_honorific(words.lower(range.start));
    is_inside || range.len() == 1 && lexicon::is_honorific(words.lower_before(range.start))
}
