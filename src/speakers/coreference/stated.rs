//! What the article says beside a name: what somebody is, and where from. *Norvik, the Finnish carmaker,* is the carmaker later on, and
//! *the Chilean* is the one who was called so.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::descriptions::Description;
use super::{Coreference, Found};
use crate::EntityLabel;
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::noun_phrases::{self, Determiner};
use crate::speakers::referents::{Mention, ReferentKind, Referents};
use crate::speakers::word_view::Words;

/// Words before a name that are read, and behind it.
const BEFORE: usize = 7;
const BEHIND: usize = 14;
/// The names of one referent that are read, from the first.
const MOST_NAMES: usize = 4;
/// What is left of a people's name without its ending, in letters.
const SHORTEST_STEM: usize = 4;

/// What is said beside the names of one referent.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// Nouns and their modifiers, in lower case.
    words: BTreeSet<String>,
    /// Countries and other places, in lower case.
    places: BTreeSet<String>,
}

/// Reads what stands beside the names of persons and organisations.
pub(super) fn read(words: &Words<'_>, referents: &Referents) -> BTreeMap<usize, Stated> {
    let mut all: BTreeMap<usize, (usize, Stated)> = BTreeMap::new();
    for mention in referents.mentions().iter().filter(|mention| mention.kind == MentionKind::Name && !words.is_quoted(mention.words.start))
    {
        if !matches!(referents.kind(mention.referent), Some(ReferentKind::Person | ReferentKind::Body(EntityLabel::Organization))) {
            continue;
        }
        let (names, stated) = all.entry(mention.referent).or_default();
        if *names < MOST_NAMES {
            *names += 1;
            for at in before(words, referents, mention).chain(behind(words, referents, mention)) {
                stated.take(words, at);
            }
        }
    }
    all.into_iter().map(|(referent, (_, stated))| (referent, stated)).collect()
}

/// What stands before a name: its modifiers (*video app Lumio*), or a noun phrase with a comma (*her French counterpart, Luc Bertaud*).
fn before(words: &Words<'_>, referents: &Referents, mention: &Mention) -> Range<usize> {
    let end = mention.words.start;
    let sentence = words.sentence_range(end).start;
    let comma = end.checked_sub(1).filter(|&at| at > sentence && words.text(at) == ",");
    let end = comma.unwrap_or(end);
    let ends = |at: usize| {
        let word = words.lower(at);
        words.is_punctuation(at) && !words.is_possessive(at)
            || noun_phrases::is_verb(words, at)
            || noun_phrases::is_preposition(word)
            || lexicon::subordinates(word)
            || word == "and"
            || referents.person_at(at).is_some()
    };
    let start = (sentence..end).rev().take(BEFORE).take_while(|&at| !ends(at)).last().unwrap_or(end);
    let opens = noun_phrases::is_determiner(words.lower(start)) || lexicon::is_possessive_pronoun(words.lower(start));
    if comma.is_some() && !opens { end..end } else { start..end }
}

/// What stands behind a name: an apposition, *of Germany*, *is a charity*.
fn behind(words: &Words<'_>, referents: &Referents, mention: &Mention) -> Range<usize> {
    let start = words.after_parenthesis(mention.words.end);
    let sentence = words.sentence_range(mention.words.start).end;
    let until = |from: usize| {
        // *a retired midwife*: the tagger takes some modifiers for verbs.
        let is_verb = |at: usize| noun_phrases::is_verb(words, at) && !words.lower(at).ends_with("ed");
        let ends = |at: usize| words.is_punctuation(at) && !words.is_possessive(at) && words.text(at) != "-" || is_verb(at);
        from..(from..sentence.min(from + BEHIND)).find(|&at| ends(at)).unwrap_or(sentence.min(from + BEHIND))
    };
    let opens = |at: usize| noun_phrases::is_determiner(words.lower(at)) || lexicon::is_role_noun(words.lower(at));
    let is_name = |at: usize| referents.person_at(at).is_some() || matches!(referents.body_at(at), Some((_, EntityLabel::Organization)));
    match words.lower(start) {
        "," | "–" | "—" | "(" if opens(start + 1) && !is_name(start + 1) => until(start + 1),
        "is" | "was" if noun_phrases::is_determiner(words.lower(start + 1)) => until(start + 1),
        "of" | "from" if start == mention.words.end && words.is_capital(start + 1 + usize::from(words.lower(start + 1) == "the")) => {
            until(start + 1)
        }
        _ => start..start,
    }
}

impl Stated {
    fn take(&mut self, words: &Words<'_>, at: usize) {
        let lower = words.lower(at);
        if noun_phrases::is_determiner(lower) || words.is_punctuation(at) || words.is_possessive(at) {
            return;
        }
        if words.is_capital(at) {
            self.places.insert(lexicon::country_of(lower).map_or_else(|| lower.to_owned(), str::to_lowercase));
        }
        for part in lower.split('-').chain([lower]) {
            self.words.insert(lexicon::singular(part).unwrap_or_else(|| part.to_owned()));
        }
    }

    /// Whether somebody is said to be of the people or place that a word with a capital names: *Bavarian* of *Bavaria*.
    fn is_of(&self, word: &str) -> bool {
        let (country, stem) = (lexicon::country_of(word).map(str::to_lowercase), stem(word));
        self.places
            .iter()
            .any(|place| Some(place.as_str()) == country.as_deref() || place == word || stem.is_some_and(|stem| place.starts_with(stem)))
    }
}

/// What a people's name is made of: *Bavarian*, *Kasterian*.
fn stem(word: &str) -> Option<&str> {
    let stem = ["ians", "ian", "ese", "ish", "ans", "an", "i"].iter().find_map(|ending| word.strip_suffix(ending));
    stem.filter(|stem| stem.chars().count() >= SHORTEST_STEM && !stem.contains('-'))
}

/// *the Bavarian premier*, *the Japanese company*, *the Chilean*: the latest one who is said to be from there and may be called so.
pub(super) fn origin(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let peoples = state.peoples(description);
    let from_there = |stated: &Stated| !peoples.is_empty() && peoples.iter().all(|people| stated.is_of(people));
    state.stated_so(description, |stated| from_there(stated).then_some(()))
}

/// *the carmaker* of *Norvik, the carmaker*: the one whom the article calls so, the latest of those who share most modifiers.
pub(super) fn stated_kind(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    if !state.peoples(description).is_empty() || lexicon::is_person_noun(&head.noun) {
        return None;
    }
    let modifiers: Vec<&str> = state.core(phrase).filter(|word| !noun_phrases::is_determiner(word) && **word != *head.noun).collect();
    let shares = |stated: &Stated| {
        // *the deputy minister* is not *the minister*.
        let is_rank = |word: &&&str| lexicon::makes_another_role(word) && (**word != "former" || lexicon::is_office(&head.noun));
        if modifiers.iter().filter(is_rank).any(|rank| !stated.words.contains(*rank)) {
            return None;
        }
        let shared = modifiers.iter().filter(|word| word.split('-').any(|part| stated.words.contains(part))).count();
        stated.words.contains(&head.noun).then_some(shared)
    };
    state.stated_so(description, shares)
}

impl Coreference<'_> {
    /// The peoples and places that a definite description of one names, in lower case.
    fn peoples(&self, description: &Description<'_>) -> Vec<&str> {
        let phrase = description.phrase;
        let named = (phrase.words.start + 1..=phrase.head).filter(|&at| self.words.is_capital(at));
        let is_one = phrase.determiner == Determiner::Definite && phrase.possessor.is_none() && !description.head.is_plural;
        // *the Director-General* names no people, capitals or not.
        let is_people = |word: &&str| {
            let is_made_so = stem(word).is_some() && lexicon::role_noun(word).is_none() && !lexicon::is_role_modifier(word);
            lexicon::country_of(word).is_some() || is_made_so
        };
        named.filter(|_| is_one).map(|at| self.words.lower(at)).filter(is_people).collect()
    }

    /// Of those named before a definite description of one that may be called so, the one that fits best, the latest of equals.
    fn stated_so<T: Ord>(&self, description: &Description<'_>, fit: impl Fn(&Stated) -> Option<T>) -> Option<Found> {
        let Description { phrase, head, .. } = *description;
        let is_one = phrase.determiner == Determiner::Definite && phrase.possessor.is_none() && !head.is_plural;
        if !is_one || self.has_complement(phrase) {
            return None;
        }
        let may_be = |referent: usize| match self.referents.kind(referent) {
            Some(ReferentKind::Person) => head.is_human && self.may_be_called(referent, head),
            Some(ReferentKind::Body(EntityLabel::Organization)) => {
                !head.is_human && head.body.is_none_or(|body| body != lexicon::BodyNoun::Document) && self.may_be_kind(referent, &head.noun)
            }
            _ => false,
        };
        let found = self.stated.iter().filter(|(referent, _)| may_be(**referent)).filter_map(|(&referent, stated)| {
            let fit = fit(stated)?;
            Some(((fit, stated.words.contains(&head.noun), self.last_place(referent, phrase.words.start)?), referent))
        });
        found.max().map(|(_, referent)| Found::known(referent))
    }
}
