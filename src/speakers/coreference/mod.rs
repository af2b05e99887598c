//! Follows every pronoun and noun phrase to its referent, from the first word of the document to the last. What is known on the way is
//! this room's alone: rules read it and say what they found, [`Coreference::settle`] writes it down.

mod anaphors;
mod candidates;
mod described_bodies;
mod described_persons;
mod descriptions;
mod pronouns;
mod ranking;
mod role_bodies;
mod stated;

use std::collections::BTreeMap;
use std::ops::Range;

use super::MentionKind;
use super::pronouns::Pronoun;
use super::referents::{Gender, Mention, Referent, Referents};
use super::roles::{self, HeldRole};
use super::rule::{Rule, Rules};
use super::sources::reading::SourceReading;
use super::sources::subject;
use super::word_view::Words;
use crate::Quote;

use anaphors::Anaphor;
pub(super) use anaphors::AnaphorKind;
pub(super) use candidates::Candidate;
pub(super) use ranking::{Features, Ranking};

/// What resolution starts from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) quotes: &'a [Quote],
    /// The words of each quotation's source, as the quotation stage gives them or whole.
    pub(super) ranges: &'a BTreeMap<usize, Range<usize>>,
    pub(super) sources: &'a BTreeMap<usize, SourceReading>,
    /// The trained choice of antecedents, where the model has one.
    pub(super) ranking: Option<Ranking<'a>>,
    pub(super) rules: Rules,
}

/// Whom a source stands for, and why.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) referent: usize,
    pub(super) rule: Rule,
    /// The words the rule rests on.
    pub(super) words: Option<Range<usize>>,
    /// The choice's share of the weight of all candidates, where they were ranked.
    pub(super) share: Option<f64>,
}

/// The state of resolution in one document.
#[derive(Debug)]
pub(super) struct Coreference<'a> {
    words: &'a Words<'a>,
    quotes: &'a [Quote],
    referents: Referents,
    rules: Rules,
    ranking: Option<Ranking<'a>>,
    /// What is said beside names.
    stated: BTreeMap<usize, stated::Stated>,
    /// The quotation whose source holds a word.
    source_words: BTreeMap<usize, usize>,
    /// Mentions of each referent so far.
    counts: BTreeMap<usize, usize>,
    /// Mentions by name in text order, and how many of them are counted.
    names: Vec<(usize, usize)>,
    counted: usize,
    /// The latest unnamed referent with a phrase or noun, by number.
    unnamed: BTreeMap<(bool, String), usize>,
    /// Whom the sources stand for that had to be followed.
    chosen: BTreeMap<usize, Chosen>,
    /// Every pronoun with what it may have meant, where somebody asks for that.
    record: Option<Vec<(usize, Vec<Candidate>)>>,
}

/// Which referents a search may find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// One person, of this gender where the text marks it.
    Person(Option<Gender>),
    /// A body or a document.
    Body,
    /// A place that acts.
    Place,
    /// Several persons, or a body.
    Several,
}

/// Whom a rule found.
#[derive(Debug)]
enum Whom {
    /// Somebody spoken of before.
    Known(usize),
    /// Somebody new.
    New(Box<Referent>),
}

/// What a rule found.
#[derive(Debug)]
struct Found {
    whom: Whom,
    /// The words it rests on; none: the last ones that speak of the referent.
    words: Option<Range<usize>>,
    share: Option<f64>,
    /// A role that the referent has by this.
    role: Option<HeldRole>,
}

impl Found {
    /// Somebody spoken of before.
    fn known(referent: usize) -> Self {
        Self { whom: Whom::Known(referent), words: None, share: None, role: None }
    }

    /// The one a mention speaks of.
    fn mentioned(mention: &Mention) -> Self {
        Self::known(mention.referent).by(mention.words.clone())
    }

    /// With the words it rests on.
    fn by(self, words: Range<usize>) -> Self {
        Self { words: Some(words), ..self }
    }
}

impl<'a> Coreference<'a> {
    /// Follows every anaphor of a document whose names are `referents`.
    pub(super) fn follow(question: &Question<'a>, referents: Referents, is_recorded: bool) -> Self {
        let anaphors = anaphors::find(question.words, &referents, question.sources);
        let mut names: Vec<(usize, usize)> = referents.mentions().iter().map(|mention| (mention.words.start, mention.referent)).collect();
        names.sort_unstable();
        let source_words = question.ranges.iter().flat_map(|(&quote, range)| range.clone().map(move |at| (at, quote))).collect();
        let stated = stated::read(question.words, &referents);
        let mut state = Self {
            stated,
            words: question.words,
            quotes: question.quotes,
            referents,
            rules: question.rules,
            ranking: question.ranking,
            source_words,
            counts: BTreeMap::new(),
            names,
            counted: 0,
            unnamed: BTreeMap::new(),
            chosen: BTreeMap::new(),
            record: is_recorded.then(Vec::new),
        };
        state.vote_on_gender();
        for anaphor in &anaphors {
            state.count_names(anaphor.words.start);
            let found = match &anaphor.kind {
                AnaphorKind::Pronoun(pronoun) => state.pronoun(*pronoun, anaphor),
                AnaphorKind::Nominal(phrase) => state.description(phrase, anaphor.quote),
            };
            if let Some((rule, found)) = found {
                state.settle(anaphor, rule, found);
            }
        }
        state
    }

    /// Everyone the article speaks of, with every mention.
    pub(super) fn referents(&self) -> &Referents {
        &self.referents
    }

    /// Whom a quotation's source stands for, where it had to be followed.
    pub(super) fn chosen(&self, quote: usize) -> Option<&Chosen> {
        self.chosen.get(&quote)
    }

    /// Every pronoun with what it may have meant, where that was asked for.
    pub(super) fn into_record(self) -> Vec<(usize, Vec<Candidate>)> {
        self.record.unwrap_or_default()
    }

    /// Counts the names before `until`.
    fn count_names(&mut self, until: usize) {
        while let Some(&(_, referent)) = self.names.get(self.counted).filter(|(start, _)| *start < until) {
            *self.counts.entry(referent).or_default() += 1;
            self.counted += 1;
        }
    }

    /// Writes down what a rule found of an anaphor.
    fn settle(&mut self, anaphor: &Anaphor, rule: Rule, found: Found) {
        let (words, kind) = match &anaphor.kind {
            AnaphorKind::Nominal(phrase) => (anaphor.words.start..phrase.head + 1, MentionKind::Nominal),
            AnaphorKind::Pronoun(_) => (anaphor.words.clone(), MentionKind::Pronoun),
        };
        let referent = match found.whom {
            Whom::Known(referent) => referent,
            Whom::New(referent) => self.introduce(*referent, rule, words.clone()),
        };
        if let Some((person, role)) = self.referents.all.get_mut(referent).zip(found.role) {
            roles::add(&mut person.roles, role);
        }
        if let Some(quote) = anaphor.quote {
            let last = || self.last_mention(referent, words.start).map(|mention| mention.words.clone());
            let evidence = found.words.or_else(last).or_else(|| Some(words.clone()));
            self.chosen.insert(quote, Chosen { referent, rule, words: evidence, share: found.share });
        }
        self.referents.mention(self.words, Mention { words: words.clone(), referent, kind });
        *self.counts.entry(referent).or_default() += 1;
        let is_subject = matches!(self.words.lower(words.start), "he" | "she");
        if is_subject && self.referents.is_person(referent) {
            let found = roles::of_pronoun(self.words, &self.referents, words.start);
            if let Some(person) = self.referents.all.get_mut(referent) {
                for held in found {
                    roles::add(&mut person.roles, held);
                }
            }
        }
    }

    /// The last mention of a referent before the word at `at`.
    fn last_mention(&self, referent: usize, at: usize) -> Option<&Mention> {
        self.referents.mentions_of(referent).into_iter().rfind(|mention| mention.words.start < at)
    }

    /// How often a referent was mentioned before the anaphor that is being resolved.
    fn mentions_so_far(&self, referent: usize) -> usize {
        self.counts.get(&referent).copied().unwrap_or_default()
    }

    /// The quotation whose source stands last before `at`.
    fn last_source(&self, at: usize) -> Option<usize> {
        self.source_words.range(..at).next_back().map(|(_, &quote)| quote)
    }

    /// Whether a word is part of some quotation's source.
    fn is_source_word(&self, at: usize) -> bool {
        self.source_words.contains_key(&at)
    }

    fn is_source_of(&self, mention: &Mention, quote: usize) -> bool {
        mention.words.clone().any(|at| self.source_words.get(&at) == Some(&quote))
    }

    /// Whether a mention is the subject of its clause: a source, or governed by no verb or preposition and no possessor.
    fn is_subject(&self, mention: &Mention) -> bool {
        let word = self.words.lower(mention.words.start);
        if mention.kind == MentionKind::Pronoun {
            return matches!(word, "he" | "she" | "they" | "it");
        }
        let is_free = self.source_words.contains_key(&mention.words.start) || !subject::is_governed(self.words, mention);
        !self.words.is_possessive(mention.words.end) && is_free
    }

    /// Lets pronouns vote on the gender of a person who stands alone in a sentence.
    fn vote_on_gender(&mut self) {
        let mut start = 0;
        while start < self.words.len() {
            let range = self.words.sentence_range(start);
            let outside = |at: &usize| !self.words.is_quoted(*at);
            let persons: Vec<usize> = range.clone().filter_map(|at| self.referents.person_at(at)).map(|mention| mention.referent).collect();
            let first = range.clone().find(|&at| self.referents.person_at(at).is_some()).unwrap_or(range.end);
            let mut genders = (first..range.end).filter(outside).filter_map(|at| match Pronoun::read(self.words.lower(at)) {
                Some(Pronoun::Personal(gender)) => Some(gender),
                _ => None,
            });
            if let (Some(&person), Some(gender)) = (persons.first(), genders.next())
                && persons.iter().all(|&other| other == person)
                && genders.all(|other| other == gender)
                && let Some(referent) = self.referents.all.get_mut(person)
            {
                referent.gender.vote(gender);
            }
            start = range.end.max(start + 1);
        }
    }
}
