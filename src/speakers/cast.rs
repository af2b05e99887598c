//! Everyone and everything an article names, and every place that speaks of them: the store that resolution reads and fills.

use std::collections::BTreeMap;
use std::ops::Range;

use super::MentionKind;
use super::gender::GenderEvidence;
use super::names::PersonName;
use super::roles::HeldRole;
use super::words::Words;
use crate::EntityLabel;

/// What a referent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferentKind {
    /// A named person.
    Person,
    /// A named body, place, group, work or product.
    Body(EntityLabel),
    /// Someone or something the article does not name.
    Unnamed,
}

/// One person, body or unnamed source.
#[derive(Debug, Clone)]
pub(super) struct Referent {
    pub(super) kind: ReferentKind,
    /// The fullest name, or the phrase of an unnamed one.
    pub(super) name: String,
    /// Names of a person as read, in order of first use.
    pub(super) names: Vec<PersonName>,
    /// Head noun of an unnamed one, singular and in lower case.
    pub(super) noun: Option<String>,
    /// Whether it is several (*experts*).
    pub(super) is_plural: bool,
    /// Whether an unnamed one is a person or persons.
    pub(super) is_human: bool,
    /// Evidence of a person's gender.
    pub(super) gender: GenderEvidence,
    /// Roles in order of their evidence.
    pub(super) roles: Vec<HeldRole>,
}

impl Referent {
    /// Makes a referent without names and roles.
    pub(super) fn new(kind: ReferentKind, name: String) -> Self {
        let is_human = kind == ReferentKind::Person;
        let is_plural = kind == ReferentKind::Body(EntityLabel::Norp);
        Self { kind, name, names: Vec::new(), noun: None, is_plural, is_human, gender: GenderEvidence::default(), roles: Vec::new() }
    }
}

/// One place that speaks of a referent.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The words; a person's titles are not among them.
    pub(super) words: Range<usize>,
    /// Index into [`Cast::referents`].
    pub(super) referent: usize,
    /// Name, pronoun or nominal.
    pub(super) kind: MentionKind,
}

/// The referents of one article with their mentions.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub(super) referents: Vec<Referent>,
    mentions: Vec<Mention>,
    /// Index of the mention that covers a word.
    by_word: BTreeMap<usize, usize>,
    /// Indices of mentions by referent, in order of entry.
    by_referent: BTreeMap<usize, Vec<usize>>,
    /// Indices of mentions by sentence, in order of entry.
    by_sentence: BTreeMap<usize, Vec<usize>>,
}

impl Cast {
    /// Adds a referent and returns its index.
    pub(super) fn add(&mut self, referent: Referent) -> usize {
        self.referents.push(referent);
        self.referents.len() - 1
    }

    /// Adds a mention; words that another one holds stay with it.
    pub(super) fn mention(&mut self, words: &Words<'_>, mention: Mention) -> usize {
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
    pub(super) fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mention that covers a word.
    pub(super) fn at(&self, word: usize) -> Option<&Mention> {
        self.by_word.get(&word).and_then(|&index| self.mentions.get(index))
    }

    /// The mention by name that covers a word.
    pub(super) fn name_at(&self, word: usize) -> Option<&Mention> {
        self.at(word).filter(|mention| mention.kind == MentionKind::Name)
    }

    /// The mention by name of a person that covers a word.
    pub(super) fn person_at(&self, word: usize) -> Option<&Mention> {
        self.name_at(word).filter(|mention| self.is_person(mention.referent))
    }

    /// The mention by name of a body that covers a word, with the body's label.
    pub(super) fn body_at(&self, word: usize) -> Option<(&Mention, EntityLabel)> {
        let mention = self.name_at(word)?;
        match self.kind(mention.referent) {
            Some(ReferentKind::Body(label)) => Some((mention, label)),
            _ => None,
        }
    }

    /// The kind of a referent.
    pub(super) fn kind(&self, referent: usize) -> Option<ReferentKind> {
        self.referents.get(referent).map(|referent| referent.kind)
    }

    /// Whether a referent is a named person.
    pub(super) fn is_person(&self, referent: usize) -> bool {
        self.kind(referent) == Some(ReferentKind::Person)
    }

    /// The mentions of a sentence, in order of entry.
    pub(super) fn in_sentence(&self, sentence: usize) -> impl Iterator<Item = &Mention> {
        self.by_sentence.get(&sentence).into_iter().flatten().filter_map(|&index| self.mentions.get(index))
    }

    /// The mentions of a referent in text order.
    pub(super) fn mentions_of(&self, referent: usize) -> Vec<&Mention> {
        let indices = self.by_referent.get(&referent).into_iter().flatten();
        let mut found: Vec<&Mention> = indices.filter_map(|&index| self.mentions.get(index)).collect();
        found.sort_by_key(|mention| (mention.words.start, mention.words.end));
        found
    }
}
