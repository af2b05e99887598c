//! Which body or document a description means.

use std::collections::BTreeMap;

use super::descriptions::Description;
use super::{Coreference, Found, Wanted};
use crate::EntityLabel;
use crate::speakers::MentionKind;
use crate::speakers::lexicon::{self, BodyNoun, TitledDocument, is_law, is_plan};
use crate::speakers::names::fold;
use crate::speakers::referents::{Mention, Referent, ReferentKind};

/// *the ministry* after *Ministry of Health*: the body named last whose name holds the noun.
pub(super) fn noun_in_name(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let holding = state.is_plain(description).then(|| state.holding_noun(description))?;
    holding.max_by_key(|mention| mention.words.start).map(Found::mentioned)
}

/// *the trade union* after one union with a name, *the global health body* after *World Health Organization*: the modifiers are
/// small, and one body fits.
pub(super) fn described_body(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    let modifiers: Vec<&str> = (phrase.words.start + 1..phrase.head).map(|at| state.words.text(at)).collect();
    let is_described = !modifiers.is_empty() && modifiers.iter().all(|word| word.starts_with(char::is_lowercase));
    if !is_described || state.has_complement(phrase) || phrase.possessor.is_some() {
        return None;
    }
    let shares = |referent: &Referent| {
        let is_shared = |word: &&str| word.len() > 3 && referent.name.split_whitespace().any(|other| fold(other) == fold(word));
        modifiers.iter().any(is_shared)
    };
    let is_organization = |referent: usize| state.referents.kind(referent) == Some(ReferentKind::Body(EntityLabel::Organization));
    let holding = state.holding_noun(description).map(|mention| mention.referent);
    let mut fitting: Vec<usize> = holding.filter(|&referent| is_organization(referent)).collect();
    if fitting.is_empty() && head.body == Some(BodyNoun::Wide) {
        let earlier = state.referents.mentions().iter().filter(|mention| mention.words.start < phrase.words.start);
        let organizations = earlier.map(|mention| mention.referent).filter(|&referent| is_organization(referent));
        fitting = organizations.filter(|&referent| state.referents.all.get(referent).is_some_and(shares)).collect();
    }
    fitting.sort_unstable();
    fitting.dedup();
    match fitting.as_slice() {
        [only] => Some(Found::known(*only)),
        _ => None,
    }
}

/// *the company*: the one that is spoken of.
pub(super) fn salient_body(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    state.is_wide(description).then(|| state.spoken_of(description)).flatten().map(Found::known)
}

/// *the trade body*, *the rebel group*: the one organisation that the sentence before names.
pub(super) fn body_beside(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    if head.body != Some(BodyNoun::Wide) || state.has_complement(phrase) || phrase.possessor.is_some() {
        return None;
    }
    let sentence = state.words.sentence(phrase.words.start);
    let before = sentence.checked_sub(1).into_iter().flat_map(|before| state.referents.in_sentence(before));
    let is_organization = |mention: &&Mention| {
        let is_body = state.referents.kind(mention.referent) == Some(ReferentKind::Body(EntityLabel::Organization));
        is_body && mention.kind == MentionKind::Name && !state.words.is_in_dateline(mention.words.start)
    };
    let mut bodies: Vec<usize> = before.filter(is_organization).map(|mention| mention.referent).collect();
    bodies.sort_unstable();
    bodies.dedup();
    match bodies[..] {
        [only] if state.may_be_kind(only, &head.noun) => Some(Found::known(only)),
        _ => None,
    }
}

/// The organisation that is named most often before the phrase, thrice at least, where nothing is spoken of near it.
pub(super) fn main_body(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    if !state.is_wide(description) || state.spoken_of(description).is_some() {
        return None;
    }
    let at = description.phrase.words.start;
    let is_named = |mention: &&Mention| mention.kind == MentionKind::Name && mention.words.start < at;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for mention in state.referents.mentions().iter().filter(is_named) {
        if state.referents.kind(mention.referent) == Some(ReferentKind::Body(EntityLabel::Organization)) {
            *counts.entry(mention.referent).or_default() += 1;
        }
    }
    let main = counts.into_iter().filter(|&(_, count)| count >= 3).max_by_key(|&(_, count)| count);
    main.map(|(body, _)| Found::known(body))
}

/// The document that was named last: a law, plan or other work by its title.
pub(super) fn latest_document(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    if !state.is_plain(description) || description.head.body != Some(BodyNoun::Document) {
        return None;
    }
    let noun = description.head.noun.as_str();
    let is_document = |referent: &Referent| {
        let holds = |is_wanted: fn(&str) -> bool| referent.name.split_whitespace().any(|word| is_wanted(&fold(word)));
        let is_work = referent.kind == ReferentKind::Body(EntityLabel::Misc) && referent.name.split_whitespace().count() > 2;
        let is_named = matches!(referent.kind, ReferentKind::Body(EntityLabel::Misc | EntityLabel::Organization | EntityLabel::Product));
        is_named
            && match lexicon::titled_document(noun) {
                Some(TitledDocument::Law) => holds(is_law),
                Some(TitledDocument::Plan) => holds(is_plan),
                Some(TitledDocument::Any) => holds(is_law) || holds(is_plan) || is_work,
                Some(TitledDocument::Work) => is_work && !holds(is_law),
                None => false,
            }
    };
    let earlier = state
        .referents
        .mentions()
        .iter()
        .filter(|mention| mention.words.start < description.phrase.words.start && mention.kind == MentionKind::Name);
    let documents = earlier.filter(|mention| state.referents.all.get(mention.referent).is_some_and(is_document));
    documents.max_by_key(|mention| mention.words.start).map(Found::mentioned)
}

/// What a noun may stand for.
fn wanted(description: &Description<'_>) -> Wanted {
    if lexicon::is_place_noun(&description.head.noun) { Wanted::Place } else { Wanted::Body }
}

impl Coreference<'_> {
    /// Whether the phrase is an article with the noun.
    fn is_plain(&self, description: &Description<'_>) -> bool {
        let phrase = description.phrase;
        phrase.head == phrase.words.start + 1 && !self.has_complement(phrase) && phrase.possessor.is_none()
    }

    /// Whether the phrase may stand for whatever body is spoken of.
    fn is_wide(&self, description: &Description<'_>) -> bool {
        self.is_plain(description) && description.head.body == Some(BodyNoun::Wide)
    }

    /// The body, or for a noun for places the place, that is spoken of where the phrase stands and may be called so.
    fn spoken_of(&self, description: &Description<'_>) -> Option<usize> {
        let wanted = wanted(description);
        let may_be = |body: usize| match self.referents.kind(body) {
            Some(ReferentKind::Body(EntityLabel::Organization)) => self.may_be_kind(body, &description.head.noun),
            Some(ReferentKind::Body(_)) => wanted == Wanted::Place,
            _ => false,
        };
        self.best_of(description.phrase.words.start, description.quote, wanted, may_be)
    }

    /// Whether a body's own name speaks for or at least not against a noun: no ministry is a carmaker, and where a body of the state was
    /// named nothing else is *the watchdog*.
    pub(super) fn may_be_kind(&self, body: usize, noun: &str) -> bool {
        let holds = |body: usize, is_told: fn(&str) -> bool| {
            self.referents.all.get(body).is_some_and(|body| {
                matches!(body.kind, ReferentKind::Body(EntityLabel::Organization))
                    && body.name.split_whitespace().any(|word| is_told(&fold(word)))
            })
        };
        let is_public = |body: usize| holds(body, lexicon::is_public_body);
        if lexicon::oversees(noun) {
            return is_public(body) || !(0..self.referents.all.len()).any(is_public);
        }
        let is_company = lexicon::is_trade(noun) && !matches!(noun, "group" | "charity");
        !is_company || !(is_public(body) || holds(body, lexicon::is_association))
    }

    /// The earlier mentions of bodies whose names hold the noun.
    fn holding_noun(&self, description: &Description<'_>) -> impl Iterator<Item = &Mention> {
        let (start, noun) = (description.phrase.words.start, description.head.noun.as_str());
        let holds = move |mention: &&Mention| {
            let referent = self.referents.all.get(mention.referent);
            referent.is_some_and(|referent| {
                let is_body = matches!(referent.kind, ReferentKind::Body(_));
                is_body && referent.name.split_whitespace().any(|word| fold(word) == noun)
            })
        };
        self.referents.mentions().iter().filter(move |mention| mention.words.start < start).filter(holds)
    }
}
