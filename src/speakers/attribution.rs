//! Numbers the speakers in order of first quotation and gathers what the article says of them.

use super::coreference::Chosen;
use super::lexicon::{self, BodyNoun};
use super::names::fold;
use super::referents::{Referent, ReferentKind, Referents};
use super::rule::Finding;
use super::word_view::Words;
use super::{Attribution, MentionKind, Speaker, SpeakerKind, SpeakerMention};
use crate::EntityLabel;

/// The speakers of the quotations with their names, roles and mentions, and what found them.
pub(super) fn number(words: &Words<'_>, referents: &Referents, chosen: &[Option<Chosen>], joint: &[Vec<usize>]) -> Attribution {
    let mut order: Vec<usize> = Vec::new();
    let mut numbered = |referent: usize| {
        order.iter().position(|&known| known == referent).unwrap_or_else(|| {
            order.push(referent);
            order.len() - 1
        })
    };
    let none = Vec::new();
    let numbers = chosen.iter().enumerate().map(|(quote, chosen)| {
        let speaker = chosen.as_ref().map(|chosen| numbered(chosen.referent));
        (speaker, joint.get(quote).unwrap_or(&none).iter().map(|&referent| numbered(referent)).collect())
    });
    let (by_quote, joint): (Vec<Option<usize>>, Vec<Vec<usize>>) = numbers.unzip();
    let speakers = order.iter().enumerate().map(|(index, &referent)| speaker(words, referents, index, referent)).collect();
    let chains = (0..referents.all.len()).map(|referent| mentions_of(words, referents, referent)).collect();
    let found = order.iter().map(|&referent| found(words, referents, referent)).collect();
    Attribution { speakers, by_quote, joint, found, chains, ..Attribution::default() }
}

/// What found the names of a referent and made them one.
fn found(words: &Words<'_>, referents: &Referents, referent: usize) -> Vec<Finding> {
    let found = referents.all.get(referent).into_iter().flat_map(|known| &known.found);
    found.map(|(rule, range)| Finding { rule: *rule, span: Some(words.span(range)) }).collect()
}

fn speaker(words: &Words<'_>, referents: &Referents, index: usize, referent: usize) -> Speaker {
    let mentions = mentions_of(words, referents, referent);
    let known = referents.all.get(referent);
    let name = known.map(|known| known.name.clone()).unwrap_or_default();
    let mut aliases: Vec<String> = Vec::new();
    for mention in referents.mentions_of(referent).iter().filter(|mention| mention.kind == MentionKind::Name) {
        let alias = words.phrase(&mention.words);
        if fold(&alias) != fold(&name) && aliases.iter().all(|known| fold(known) != fold(&alias)) {
            aliases.push(alias);
        }
    }
    let is_document = known.is_some_and(is_document);
    let (kind, is_metonym) = match known.map(|known| known.kind) {
        Some(ReferentKind::Person) => (SpeakerKind::Person, false),
        Some(ReferentKind::Body(_) | ReferentKind::Unnamed) if is_document => (SpeakerKind::Document, false),
        Some(ReferentKind::Body(label)) => (SpeakerKind::Organization, matches!(label, EntityLabel::Location | EntityLabel::Facility)),
        Some(ReferentKind::Unnamed) | None => (SpeakerKind::Unnamed, false),
    };
    let mut held: Vec<_> = known.map(|known| known.roles.clone()).unwrap_or_default();
    held.sort_by_key(|held| held.words.start);
    let roles = held.into_iter().map(|held| held.role).collect();
    Speaker { kind, is_metonym, aliases, roles, mentions, ..Speaker::named(format!("s{}", index + 1), name) }
}

/// Whether a referent is a text: an unnamed one by its noun, a work by any word of its title (*Clean Water Act*).
fn is_document(referent: &Referent) -> bool {
    let is_text = |word: &str| lexicon::body_noun(&word.to_lowercase()) == Some(BodyNoun::Document);
    match referent.kind {
        ReferentKind::Unnamed => referent.noun.as_deref().is_some_and(is_text),
        ReferentKind::Body(EntityLabel::Misc | EntityLabel::Product) => referent.name.split_whitespace().any(is_text),
        _ => false,
    }
}

fn mentions_of(words: &Words<'_>, referents: &Referents, referent: usize) -> Vec<SpeakerMention> {
    let mentions = referents.mentions_of(referent).into_iter();
    mentions.map(|mention| SpeakerMention { span: words.span(&mention.words), kind: mention.kind }).collect()
}
