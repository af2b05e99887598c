//! Everyone and everything an article names, and every place that speaks of them: the store that resolution reads and fills.

pub(in crate::speakers) mod bodies;
mod gender;
pub(in crate::speakers) mod persons;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::EntityLabel;
use crate::speakers::MentionKind;
use crate::speakers::names::PersonName;
use crate::speakers::roles::HeldRole;
use crate::speakers::rule::Rule;
use crate::speakers::word_view::Words;
pub(in crate::speakers) use gender::{Gender, GenderEvidence};

/// What a referent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::speakers) enum ReferentKind {
    /// A named person.
    Person,
    /// A named body, place, group, work or product.
    Body(EntityLabel),
    /// Someone or something the article does not name.
    Unnamed,
}

/// One person, body or unnamed source.
#[derive(Debug, Clone)]
pub(in crate::speakers) struct Referent {
    pub(in crate::speakers) kind: ReferentKind,
    /// The fullest name, or the phrase of an unnamed one.
    pub(in crate::speakers) name: String,
    /// Names of a person as read, in order of first use.
    pub(in crate::speakers) names: Vec<PersonName>,
    /// Head noun of an unnamed one, singular and in lower case.
    pub(in crate::speakers) noun: Option<String>,
    /// Whether it is several (*experts*).
    pub(in crate::speakers) is_plural: bool,
    /// Whether an unnamed one is a person or persons.
    pub(in crate::speakers) is_human: bool,
    /// Evidence of a person's gender.
    pub(in crate::speakers) gender: GenderEvidence,
    /// Roles in order of their evidence.
    pub(in crate::speakers) roles: Vec<HeldRole>,
    /// What found the names, and what made several of them one; in order.
    pub(in crate::speakers) found: Vec<(Rule, Range<usize>)>,
}

impl Referent {
    /// Makes a referent without names and roles.
    pub(in crate::speakers) fn new(kind: ReferentKind, name: String) -> Self {
        let is_human = kind == ReferentKind::Person;
        let is_plural = kind == ReferentKind::Body(EntityLabel::Norp);
        Self {
            kind,
            name,
            names: Vec::new(),
            noun: None,
            is_plural,
            is_human,
            gender: GenderEvidence::default(),
            roles: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Writes down what found a name; the first finding of each rule stays.
    fn note(&mut self, rule: Rule, words: Range<usize>) {
        if self.found.iter().all(|(found, _)| *found != rule) {
            self.found.push((rule, words));
        }
    }
}

/// One place that speaks of a referent.
#[derive(Debug, Clone)]
pub(in crate::speakers) struct Mention {
    /// The words; a person's titles are not among them.
    pub(in crate::speakers) words: Range<usize>,
    /// Index into [`Referents::all`].
    pub(in crate::speakers) referent: usize,
    /// Name, pronoun or nominal.
    pub(in crate::speakers) kind: MentionKind,
}

/// The referents of one article with their mentions.
#[derive(Debug, Default)]
pub(in crate::speakers) struct Referents {
    pub(in crate::speakers) all: Vec<Referent>,
    mentions: Vec<Mention>,
    /// Index of the mention that covers a word.
    by_word: BTreeMap<usize, usize>,
    /// Indices of mentions by referent, in order of entry.
    by_referent: BTreeMap<usize, Vec<usize>>,
    /// Indices of mentions by sentence, in order of entry.
    by_sentence: BTreeMap<usize, Vec<usize>>,
}

impl Referents {
    /// Adds a referent and returns its index.
    pub(in crate::speakers) fn add(&mut self, referent: Referent) -> usize {
        self.all.push(referent);
        self.all.len() - 1
    }

    /// Writes down what found a name of a referent.
    pub(in crate::speakers) fn note(&mut self, referent: usize, rule: Rule, words: Range<usize>) {
        if let Some(known) = self.all.get_mut(referent) {
            known.note(rule, words);
        }
    }

    /// Adds a mention; words that another one holds stay with it.
    pub(in crate::speakers) fn mention(&mut self, words: &Words<'_>, mention: Mention) -> usize {
        let index = self.mentions.len();
        for word in mention.words.clone() {
            self.by_word.entry(word).or_insert(index);
        }
        self.by_sentence.entry(words.sentence(mention.words.start)).or_default().push(index);
        self.by_referent.entry(mention.referent).or_default().push(index);
        self.mentions.push(mention);
        index
    }

    /// All mentions, in order of entry.
    pub(in crate::speakers) fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mention that covers a word.
    pub(in crate::speakers) fn at(&self, word: usize) -> Option<&Mention> {
        self.by_word.get(&word).and_then(|&index| self.mentions.get(index))
    }

    /// The mention by name that covers a word.
    pub(in crate::speakers) fn name_at(&self, word: usize) -> Option<&Mention> {
        self.at(word).filter(|mention| mention.kind == MentionKind::Name)
    }

    /// The mention by name of a person that covers a word.
    pub(in crate::speakers) fn person_at(&self, word: usize) -> Option<&Mention> {
        self.name_at(word).filter(|mention| self.is_person(mention.referent))
    }

    /// The mention by name of a body that covers a word, with the body's label.
    pub(in crate::speakers) fn body_at(&self, word: usize) -> Option<(&Mention, EntityLabel)> {
        let mention = self.name_at(word)?;
        match self.kind(mention.referent) {
            Some(ReferentKind::Body(label)) => Some((mention, label)),
            _ => None,
        }
    }

    /// The kind of a referent.
    pub(in crate::speakers) fn kind(&self, referent: usize) -> Option<ReferentKind> {
        self.all.get(referent).map(|referent| referent.kind)
    }

    /// Whether a referent is a named person.
    pub(in crate::speakers) fn is_person(&self, referent: usize) -> bool {
        self.kind(referent) == Some(ReferentKind::Person)
    }

    /// The mentions of a sentence, in order of entry.
    pub(in crate::speakers) fn in_sentence(&self, sentence: usize) -> impl Iterator<Item = &Mention> {
        self.by_sentence.get(&sentence).into_iter().flatten().filter_map(|&index| self.mentions.get(index))
    }

    /// The mentions of a referent in text order.
    pub(in crate::speakers) fn mentions_of(&self, referent: usize) -> Vec<&Mention> {
        let indices = self.by_referent.get(&referent).into_iter().flatten();
        let mut found: Vec<&Mention> = indices.filter_map(|&index| self.mentions.get(index)).collect();
        found.sort_by_key(|mention| (mention.words.start, mention.words.end));
        found
    }
}
