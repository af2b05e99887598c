//! What a noun phrase stands for: *the minister* is who holds that role, *a senior official* is nobody named.

use std::ops::Range;

use super::anaphors::is_age;
use super::{Coreference, Found, Whom};
use super::{described_bodies as bodies, described_persons as persons, stated};
use crate::speakers::lexicon::{self, BodyNoun};
use crate::speakers::names::fold;
use crate::speakers::noun_phrases::{Determiner, Phrase};
use crate::speakers::referents::{Referent, ReferentKind};
use crate::speakers::rule::Rule;

/// The head noun of a phrase.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) noun: String,
    pub(super) is_plural: bool,
    pub(super) is_human: bool,
    pub(super) body: Option<BodyNoun>,
}

/// A noun phrase as the rules read it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Description<'p> {
    pub(super) phrase: &'p Phrase,
    pub(super) head: &'p Head,
    /// The quotation whose source it is.
    pub(super) quote: Option<usize>,
}

/// What kind of referent a description can have, by its determiner and head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// *the minister*
    Person,
    /// *Dykes will hold: minister*
    BareSource,
    /// *the ministry*
    Body,
    /// *the experts*, *officials*, *some farmers*
    Others,
    /// *a farmer*: nobody spoken of before.
    OneOfMany,
}

/// Finds whom a description means.
type DescriptionRule = fn(&Coreference<'_>, &Description<'_>) -> Option<Found>;

/// A rule with the shapes of the descriptions it reads; every description where it names none.
type Step = (Rule, &'static [Shape], DescriptionRule);

/// The rules for descriptions, in order: the first one that finds somebody decides.
#[rustfmt::skip]
const DESCRIPTIONS: [Step; 22] = [
    // Whose words a source is says outright who speaks, whatever else the noun may mean.
    (Rule::Possessor, &[], possessor),
    // A number among those described alike says outright which one is meant.
    (Rule::Ordinal, &[], ordinal),
    // A people's name tells two of one role apart.
    (Rule::Origin, &[Shape::Person, Shape::Body], stated::origin),
    // The very noun of a stated role leaves the least doubt.
    (Rule::RoleHolder, &[Shape::Person], persons::role_holder),
    (Rule::BareRole, &[Shape::BareSource], persons::bare_role),
    (Rule::NounInName, &[Shape::Body], bodies::noun_in_name),
    (Rule::DescribedBody, &[Shape::Body], bodies::described_body),
    // What the article calls somebody comes before whoever else might be called so.
    (Rule::StatedKind, &[Shape::Person, Shape::Body, Shape::Others], stated::stated_kind),
    // *A ministry official … The official …*: an unnamed bearer of the noun comes before a named holder of a narrower one.
    (Rule::SameDescription, &[Shape::Person, Shape::BareSource, Shape::Body, Shape::Others], same_description),
    // Whom the sentence before speaks of is nearer than who holds a narrower role somewhere.
    (Rule::PersonBeside, &[Shape::Person], persons::person_beside),
    (Rule::WiderRole, &[Shape::Person], persons::wider_role),
    // No role fits from here on: first what is stated of somebody, then who is merely spoken of.
    (Rule::SharedField, &[Shape::Person], persons::shared_field),
    (Rule::SameAge, &[Shape::Person], persons::same_age),
    (Rule::SalientPerson, &[Shape::Person], persons::salient_person),
    (Rule::RolelessPerson, &[Shape::Person], persons::roleless_person),
    (Rule::TradeOfLast, &[Shape::Person], persons::trade_of_last),
    // A document by its kind comes before any body, since documents have no other way to be meant.
    (Rule::LatestDocument, &[Shape::Body], bodies::latest_document),
    (Rule::SalientBody, &[Shape::Body], bodies::salient_body),
    // Behind the noun alone, which may mean any: with other words before it only what was named last.
    (Rule::BodyBeside, &[Shape::Body], bodies::body_beside),
    // Only where nothing near fits.
    (Rule::MainBody, &[Shape::Body], bodies::main_body),
    // Nobody before the phrase: whoever the next sentences name.
    (Rule::LeadIn, &[], persons::lead_in),
    // Whom no rule found stays unnamed.
    (Rule::NewDescription, &[], new_description),
];

impl Coreference<'_> {
    /// The referent of a noun phrase. Sources always have one; other phrases only where they help to follow later pronouns.
    pub(super) fn description(&self, phrase: &Phrase, quote: Option<usize>) -> Option<(Rule, Found)> {
        let head = self.head(phrase);
        let shape = Shape::of(phrase, &head, quote);
        let description = Description { phrase, head: &head, quote };
        self.first(&description, |shapes| shapes.is_empty() || shapes.contains(&shape))
    }

    /// The body that a definite noun phrase stands for.
    pub(super) fn definite_body(&self, phrase: &Phrase, head: &Head) -> Option<usize> {
        let description = Description { phrase, head, quote: None };
        match self.first(&description, |shapes| shapes.contains(&Shape::Body))?.1.whom {
            Whom::Known(body) => Some(body),
            Whom::New(_) => None,
        }
    }

    fn first(&self, description: &Description<'_>, is_fit: impl Fn(&[Shape]) -> bool) -> Option<(Rule, Found)> {
        let fitting = DESCRIPTIONS.iter().filter(|(rule, shapes, _)| self.rules.has(*rule) && is_fit(shapes));
        fitting.map(|&(rule, _, find)| (rule, find)).find_map(|(rule, find)| Some((rule, find(self, description)?)))
    }

    pub(super) fn head(&self, phrase: &Phrase) -> Head {
        let word = self.words.lower(phrase.head);
        let body = lexicon::body_noun(word);
        if let Some((noun, is_plural)) = lexicon::role_noun(word) {
            return Head { noun: noun.to_owned(), is_plural, is_human: true, body: None };
        }
        // *The Chilean*, *the Frenchwoman*: one of a people.
        let is_one_of_people = self.words.is_capital(phrase.head) && lexicon::is_one_of_people(word);
        let is_aged = self.core(phrase).any(is_age) || is_one_of_people;
        let is_human = is_aged || lexicon::is_person_noun(word) || lexicon::means_some_person(word);
        let plural = lexicon::singular(word).filter(|_| body.is_none() || lexicon::body_noun(word) != Some(BodyNoun::Narrow));
        let is_plural = plural.is_some() || lexicon::means_many(word);
        Head { noun: plural.unwrap_or_else(|| word.to_owned()), is_plural, is_human: is_human || word == "people", body }
    }

    /// The words from the start of a phrase to its head, in lower case.
    pub(super) fn core(&self, phrase: &Phrase) -> impl Iterator<Item = &str> {
        (phrase.words.start..=phrase.head).map(|at| self.words.lower(at))
    }

    /// The bodies and countries a phrase names (*the French president*, *the head of Acme*).
    pub(super) fn places(&self, phrase: &Phrase) -> Vec<String> {
        phrase
            .words
            .clone()
            .filter_map(|at| {
                let country = lexicon::country_of(self.words.text(at)).filter(|_| self.words.is_capital(at)).map(str::to_owned);
                let named = |(mention, _): (&crate::speakers::referents::Mention, _)| {
                    self.referents.all.get(mention.referent).map(|body| body.name.clone()).unwrap_or_default()
                };
                country.or_else(|| self.referents.body_at(at).map(named))
            })
            .collect()
    }

    pub(super) fn has_complement(&self, phrase: &Phrase) -> bool {
        // *the mother of three* is any mother.
        let is_count = self.words.lower(phrase.head + 1) == "of"
            && matches!(self.words.lower(phrase.head + 2), "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten");
        let governs = matches!(self.words.lower(phrase.head + 1), "of" | "for" | "at" | "from" | "with" | "in");
        governs && !is_count && phrase.words.end > phrase.head + 1
    }

    /// Where a referent was last mentioned before the word at `at`.
    pub(super) fn last_place(&self, referent: usize, at: usize) -> Option<usize> {
        self.referents.mentions_of(referent).into_iter().map(|mention| mention.words.start).filter(|&place| place < at).max()
    }

    /// The phrase without relative clauses, appositions and outer marks.
    fn phrase_text(&self, phrase: &Phrase) -> String {
        let words = self.words;
        let start = phrase.words.clone().find(|&at| !words.is_punctuation(at)).unwrap_or(phrase.words.start);
        let is_time = |at: usize| words.lower(at).ends_with("day") || matches!(words.lower(at), "year" | "month" | "week");
        let cuts = |at: &usize| match words.lower(*at) {
            "on" | "last" | "this" => is_time(at + 1),
            word => matches!(word, "," | "who" | "which" | "—" | "–" | "(" | ":" | ";" | "”" | "\""),
        };
        let end = (phrase.head + 1..phrase.words.end).find(cuts).unwrap_or(phrase.words.end);
        words.phrase(&(start..end))
    }

    /// Adds somebody unnamed, whom later descriptions find by phrase and noun.
    pub(super) fn introduce(&mut self, mut referent: Referent, rule: Rule, words: Range<usize>) -> usize {
        let noun = referent.noun.as_deref().unwrap_or_default();
        // *Charity warns*: whom a headline means the text names.
        let is_of_headline = self.words.paragraph(words.start) == 0 && lexicon::body_noun(noun).is_some();
        if is_of_headline {
            referent.found.push((rule, words));
            return self.referents.add(referent);
        }
        for key in [phrase_key(&referent.name), noun_key(noun)] {
            self.unnamed.insert((referent.is_plural, key), self.referents.all.len());
        }
        referent.found.push((rule, words));
        self.referents.add(referent)
    }
}

impl Shape {
    fn of(phrase: &Phrase, head: &Head, quote: Option<usize>) -> Self {
        let is_one = head.is_human && !head.is_plural;
        match phrase.determiner {
            Determiner::Definite if is_one => Self::Person,
            // A bare *senior official* of a transcript is no minister.
            Determiner::Bare if is_one && quote.is_some() => Self::BareSource,
            Determiner::Definite if head.body.is_some() && !head.is_plural => Self::Body,
            Determiner::Indefinite if !head.is_plural => Self::OneOfMany,
            _ => Self::Others,
        }
    }
}

/// The person whose words the phrase names.
fn possessor(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    let possessor = phrase.possessor.clone().filter(|_| lexicon::is_utterance(&head.noun))?;
    let mention = state.referents.at(possessor.end.checked_sub(1)?)?;
    let is_speaker = matches!(state.referents.kind(mention.referent), Some(ReferentKind::Person | ReferentKind::Body(_)));
    is_speaker.then(|| Found::mentioned(mention))
}

/// An unnamed referent with the same noun (definite phrases) or the same words.
pub(super) fn same_description(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    let is_definite = phrase.determiner == Determiner::Definite;
    let is_plain = is_definite && phrase.possessor.is_none() && phrase.head == phrase.words.start + 1;
    let by_text = state.unnamed.get(&(head.is_plural, phrase_key(&state.phrase_text(phrase)))).copied();
    let by_noun = is_plain.then(|| state.unnamed.get(&(head.is_plural, noun_key(&head.noun)))).flatten().copied();
    by_text.max(by_noun).map(Found::known)
}

/// *The first official* behind *a senior official … another official*: by number among the unnamed ones with this noun.
fn ordinal(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    let number = state.core(phrase).find_map(|word| ["first", "second", "third"].iter().position(|number| *number == word))?;
    let is_alike = |known: &Referent| known.kind == ReferentKind::Unnamed && !known.is_plural && known.noun.as_deref() == Some(&head.noun);
    let all = state.referents.all.iter().enumerate();
    let alike: Vec<usize> = all.filter(|(_, known)| is_alike(known)).map(|(at, _)| at).collect();
    let is_definite = phrase.determiner == Determiner::Definite && head.is_human && alike.len() > 1;
    alike.get(number).copied().filter(|_| is_definite).map(Found::known)
}

/// Somebody the article does not name: sources, and *a farmer* whom a later pronoun may mean.
fn new_description(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, quote } = *description;
    let introduces = quote.is_some() || phrase.determiner == Determiner::Indefinite;
    let mut referent = Referent::new(ReferentKind::Unnamed, state.phrase_text(phrase));
    referent.noun = Some(head.noun.clone());
    referent.is_plural = head.is_plural;
    referent.is_human = head.is_human;
    introduces.then(|| Found { whom: Whom::New(Box::new(referent)), words: None, share: None, role: None })
}

/// The key of a phrase: *a chief inspector* and *the chief inspector* have one.
fn phrase_key(phrase: &str) -> String {
    let folded = fold(phrase);
    let bare = ["the ", "a ", "an "].iter().find_map(|determiner| folded.strip_prefix(determiner));
    bare.unwrap_or(&folded).to_owned()
}

/// The key of any phrase with this noun; no folded phrase holds a colon.
fn noun_key(noun: &str) -> String {
    format!(":{noun}")
}
