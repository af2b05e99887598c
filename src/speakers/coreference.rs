//! Follows every pronoun and noun phrase to its referent, from the first word of the document to the last.

use std::collections::BTreeMap;
use std::ops::Range;

use super::MentionKind;
use super::candidates::Candidate;
use super::cast::{Cast, Mention};
use super::gender::Gender;
use super::mentions::{Anaphor, AnaphorKind, Pronoun, SourceReading};
use super::phrases;
use super::ranking::{self, Ranking};
use super::role_patterns;
use super::roles;
use super::sureness;
use super::words::Words;
use crate::Quote;

/// Sentences that *both* looks back over for two persons.
const PAIR_REACH: usize = 3;

/// The state of resolution in one document.
#[derive(Debug)]
pub(super) struct Coreference<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) cast: Cast,
    pub(super) quotes: &'a [Quote],
    /// The quotation whose source holds a word.
    source_words: BTreeMap<usize, usize>,
    /// Mentions of each referent so far.
    counts: BTreeMap<usize, usize>,
    /// Mentions by name in text order, and how many of them are counted.
    names: Vec<(usize, usize)>,
    counted: usize,
    /// The latest unnamed referent with a phrase or noun, by number.
    pub(super) unnamed: BTreeMap<(bool, String), usize>,
    /// The referent of each quotation's source.
    pub(super) by_quote: BTreeMap<usize, usize>,
    /// How sure the speaker of a quotation is whose source is a pronoun that was ranked.
    pub(super) sure: BTreeMap<usize, f64>,
    /// The trained choice of antecedents, where the model has one.
    pub(super) ranking: Option<Ranking<'a>>,
    /// Every pronoun with what it may have meant, where somebody asks for that.
    pub(super) record: Option<Vec<(usize, Vec<Candidate>)>>,
}

/// Which referents a search may find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// One person, of this gender where the text marks it.
    Person(Option<Gender>),
    /// A body or a document.
    Body,
    /// A place that acts.
    Place,
    /// Several persons, or a body.
    Several,
}

impl<'a> Coreference<'a> {
    /// Starts with the names of `cast`.
    pub(super) fn new(words: &'a Words<'a>, cast: Cast, quotes: &'a [Quote], ranges: &BTreeMap<usize, Range<usize>>) -> Self {
        let mut names: Vec<(usize, usize)> = cast.mentions().iter().map(|mention| (mention.words.start, mention.referent)).collect();
        names.sort_unstable();
        let source_words = ranges.iter().flat_map(|(&quote, range)| range.clone().map(move |at| (at, quote))).collect();
        let mut state = Self {
            words,
            cast,
            quotes,
            source_words,
            counts: BTreeMap::new(),
            names,
            counted: 0,
            unnamed: BTreeMap::new(),
            by_quote: BTreeMap::new(),
            sure: BTreeMap::new(),
            ranking: None,
            record: None,
        };
        state.vote_on_gender();
        state
    }

    /// Resolves `anaphors`, which stand in text order, and the sources that are named outright.
    pub(super) fn run(&mut self, anaphors: &[Anaphor], sources: &BTreeMap<usize, SourceReading>) {
        for (&quote, source) in sources {
            if let SourceReading::Named(referent) = source {
                self.by_quote.insert(quote, *referent);
            }
        }
        for anaphor in anaphors {
            self.count_names(anaphor.words.start);
            let (referent, kind) = match &anaphor.kind {
                AnaphorKind::Pronoun(pronoun) => (self.pronoun(*pronoun, anaphor), MentionKind::Pronoun),
                AnaphorKind::Nominal(phrase) => (self.nominal(phrase, anaphor.quote), MentionKind::Nominal),
            };
            let Some(referent) = referent else { continue };
            self.settle(anaphor, referent, kind);
        }
        self.place_roles();
    }

    /// Counts the names before `until`.
    fn count_names(&mut self, until: usize) {
        while let Some(&(_, referent)) = self.names.get(self.counted).filter(|(start, _)| *start < until) {
            *self.counts.entry(referent).or_default() += 1;
            self.counted += 1;
        }
    }

    fn settle(&mut self, anaphor: &Anaphor, referent: usize, kind: MentionKind) {
        let words = match &anaphor.kind {
            AnaphorKind::Nominal(phrase) => anaphor.words.start..phrase.head + 1,
            AnaphorKind::Pronoun(_) => anaphor.words.clone(),
        };
        self.cast.mention(self.words, Mention { words: words.clone(), referent, kind });
        *self.counts.entry(referent).or_default() += 1;
        if let Some(quote) = anaphor.quote {
            self.by_quote.insert(quote, referent);
        }
        let is_subject = matches!(self.words.lower(words.start), "he" | "she");
        if is_subject && self.cast.is_person(referent) {
            let found = role_patterns::of_pronoun(self.words, &self.cast, words.start);
            if let Some(person) = self.cast.referents.get_mut(referent) {
                for held in found {
                    roles::add(&mut person.roles, held);
                }
            }
        }
    }

    fn pronoun(&mut self, pronoun: Pronoun, anaphor: &Anaphor) -> Option<usize> {
        let at = anaphor.words.start;
        match pronoun {
            Pronoun::Personal(gender) => self.antecedent(anaphor, Wanted::Person(Some(gender))),
            Pronoun::It => self.antecedent(anaphor, Wanted::Body),
            Pronoun::They => self.joined(at).or_else(|| self.antecedent(anaphor, Wanted::Several)),
            Pronoun::Relative => {
                let before = (at.saturating_sub(3)..at).rev().find(|&before| !self.words.is_punctuation(before))?;
                self.cast.at(before).map(|mention| mention.referent)
            }
            Pronoun::First => None,
        }
    }

    fn antecedent(&mut self, anaphor: &Anaphor, wanted: Wanted) -> Option<usize> {
        let at = anaphor.words.start;
        let candidates = self.candidates(at, anaphor.quote, wanted, |_| true);
        let best = match self.ranking {
            Some(ranking) => ranking.best(self.words, at, &candidates, anaphor.quote.is_some()),
            None => ranking::best(&candidates),
        };
        if let Some(record) = &mut self.record {
            record.push((at, candidates));
        }
        let choice = best?;
        if let Some(quote) = anaphor.quote {
            self.sure.insert(quote, sureness::of_ranked(choice.share));
        }
        Some(choice.referent)
    }

    /// The first of two persons that *they* or *both* at `at` most likely means: *Lind and Berg* as a subject shortly before.
    fn joined(&self, at: usize) -> Option<usize> {
        let words = self.words;
        let is_both = words.lower(at) == "both";
        let (sentence, reach) = (words.sentence(at), if is_both { PAIR_REACH } else { 1 });
        let is_near = |mention: &&Mention| mention.words.end <= at && !words.is_quoted(mention.words.start);
        let is_person = |mention: &&Mention| mention.kind == MentionKind::Name && self.cast.is_person(mention.referent);
        let sentences = sentence.saturating_sub(reach)..=sentence;
        let mut named: Vec<&Mention> =
            sentences.flat_map(|sentence| self.cast.in_sentence(sentence)).filter(is_near).filter(is_person).collect();
        named.sort_by_key(|mention| mention.words.start);
        let are_joined = |a: &Mention, b: &Mention| {
            let gap = a.words.end..b.words.start;
            a.referent != b.referent && gap.len() <= 3 && words.lower(gap.start) == "and" && self.is_subject(a)
        };
        let joined = named.windows(2).rev().find_map(|pair| match pair {
            [a, b] if are_joined(a, b) => Some(a.referent),
            _ => None,
        });
        let apart = || {
            let last = named.last().filter(|_| is_both)?.referent;
            named.iter().rev().map(|mention| mention.referent).find(|&other| other != last)
        };
        joined.or_else(apart)
    }

    /// The best candidate for an anaphor at `at`, or none that is good enough.
    pub(super) fn best(&self, at: usize, quote: Option<usize>, wanted: Wanted) -> Option<usize> {
        self.best_of(at, quote, wanted, |_| true)
    }

    /// The same among the referents that `may_be` meant.
    pub(super) fn best_of(&self, at: usize, quote: Option<usize>, wanted: Wanted, may_be: impl Fn(usize) -> bool) -> Option<usize> {
        ranking::best(&self.candidates(at, quote, wanted, may_be)).map(|choice| choice.referent)
    }

    /// How often a referent was mentioned before the anaphor that is being resolved.
    pub(super) fn mentions_so_far(&self, referent: usize) -> usize {
        self.counts.get(&referent).copied().unwrap_or_default()
    }

    /// The quotation whose source stands last before `at`.
    pub(super) fn last_source(&self, at: usize) -> Option<usize> {
        self.source_words.range(..at).next_back().map(|(_, &quote)| quote)
    }

    /// Whether a word is part of some quotation's source.
    pub(super) fn is_source_word(&self, at: usize) -> bool {
        self.source_words.contains_key(&at)
    }

    pub(super) fn is_source_of(&self, mention: &Mention, quote: usize) -> bool {
        mention.words.clone().any(|at| self.source_words.get(&at) == Some(&quote))
    }

    /// Whether a mention is the subject of its clause: a source, or governed by no verb or preposition and no possessor.
    pub(super) fn is_subject(&self, mention: &Mention) -> bool {
        let word = self.words.lower(mention.words.start);
        if mention.kind == MentionKind::Pronoun {
            return matches!(word, "he" | "she" | "they" | "it");
        }
        !self.words.is_possessive(mention.words.end) && (self.source_words.contains_key(&mention.words.start) || !self.is_governed(mention))
    }

    /// Whether a verb or preposition stands before the noun phrase of a mention.
    pub(super) fn is_governed(&self, mention: &Mention) -> bool {
        let words = self.words;
        if mention.kind == MentionKind::Pronoun {
            return matches!(words.lower(mention.words.start), "him" | "them");
        }
        let sentence = words.sentence_range(mention.words.start).start;
        for at in (sentence..mention.words.start).rev().take(6) {
            let word = words.lower(at);
            if phrases::is_preposition(word) && !matches!(word, "that" | "when" | "while" | "because" | "if" | "as" | "who" | "where") {
                return true;
            }
            if phrases::is_verb(words, at) {
                return true;
            }
            if words.is_punctuation(at) && !words.is_possessive(at) || phrases::is_preposition(word) {
                return false;
            }
        }
        false
    }

    /// Lets pronouns vote on the gender of a person who stands alone in a sentence.
    fn vote_on_gender(&mut self) {
        let mut start = 0;
        while start < self.words.len() {
            let range = self.words.sentence_range(start);
            let outside = |at: &usize| !self.words.is_quoted(*at);
            let persons: Vec<usize> = range.clone().filter_map(|at| self.cast.person_at(at)).map(|mention| mention.referent).collect();
            let first = range.clone().find(|&at| self.cast.person_at(at).is_some()).unwrap_or(range.end);
            let mut genders = (first..range.end).filter(outside).filter_map(|at| match Pronoun::read(self.words.lower(at)) {
                Some(Pronoun::Personal(gender)) => Some(gender),
                _ => None,
            });
            if let (Some(&person), Some(gender)) = (persons.first(), genders.next())
                && persons.iter().all(|&other| other == person)
                && genders.all(|other| other == gender)
                && let Some(referent) = self.cast.referents.get_mut(person)
            {
                referent.gender.vote(gender);
            }
            start = range.end.max(start + 1);
        }
    }
}
