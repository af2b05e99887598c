//! Speakers of a run that are one by their names and roles alone, and whether two such groups may be one person.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::matter::{self, Matter};
use super::normal::{is_acronym, normal_body, normal_role, parse, share_body, share_noun, share_office, sorted};
use super::person::{HeldRole, PersonOfRun};
use crate::speakers::GenderInText;
use crate::speakers::lexicon;
use crate::speakers::names::PersonName;
use crate::{Speaker, SpeakerKind};

/// Articles kept of one group.
pub(super) const MOST_ARTICLES: usize = 200;

/// Speakers of a run that are one.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Group {
    pub(super) person: PersonOfRun,
    /// The numbers of their articles.
    articles: Vec<u32>,
    matter: Matter,
    gender: Option<GenderInText>,
}

/// How the roles of two groups stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Roles {
    /// Both have some, and none is shared.
    Differ,
    /// One of them has none.
    Open,
    /// A noun is shared that many bear: *analyst*.
    Noun,
    /// An office that has one holder, or a body, is shared.
    Office,
}

impl Group {
    /// A group of one speaker of the article with this number, which is about `matter`.
    pub(super) fn new(person: PersonOfRun, article: u32, matter: Matter, gender: Option<GenderInText>) -> Self {
        Self { person, articles: vec![article], matter, gender }
    }

    /// Takes another speaker with the same key, of the same article or a later one.
    pub(super) fn take(&mut self, other: &Self) {
        self.person.take(&other.person);
        self.articles.extend(&other.articles);
        self.articles.dedup();
        self.matter.add(&other.matter);
        self.gender = self.gender.or(other.gender);
    }

    /// Takes all that `other` knows.
    pub(super) fn absorb(&mut self, other: Self, evidence: super::Evidence) {
        if other.articles.len() > self.articles.len() {
            self.person.become_kind(other.person.kind());
        }
        self.person.absorb(other.person, evidence);
        self.articles.extend(other.articles);
        self.articles.sort_unstable();
        self.articles.dedup();
        self.articles.truncate(MOST_ARTICLES);
        self.matter.add(&other.matter);
        self.gender = self.gender.or(other.gender);
    }

    /// The parts of the name, for persons.
    pub(super) fn parsed(&self) -> Option<PersonName> {
        if self.person.kind() == SpeakerKind::Person { parse(self.person.name()) } else { None }
    }

    /// How well a single name names this person, by any of the full names that articles use.
    pub(super) fn named_by(&self, short: &PersonName) -> u8 {
        let names = std::iter::once(self.person.name()).chain(self.person.aliases().iter().map(String::as_str));
        let fit = |name: &str| parse(name).filter(|name| !name.is_short()).map_or(0, |name| name.named_by(short));
        names.map(fit).max().unwrap_or_default()
    }

    /// How many articles the person speaks in, as far as they are kept.
    pub(super) fn articles(&self) -> usize {
        self.articles.len()
    }

    /// Whether the person holds an office whose holder newspapers name by the surname alone.
    pub(super) fn is_known_by_surname(&self) -> bool {
        let is_told = |word: &str| lexicon::is_known_by_surname(word);
        self.person.roles().iter().any(|(role, _)| role.to_lowercase().split_whitespace().any(is_told))
    }

    /// Whether the article that names both keeps them apart, the list of people does, or one is *she* and the other *he*.
    pub(super) fn is_another(&self, other: &Self) -> bool {
        let known = self.person.known().zip(other.person.known()).is_some_and(|(a, b)| a != b);
        // *They* may be said of either.
        let told = |group: &Self| group.gender.filter(|gender| *gender != GenderInText::They);
        let gender = told(self).zip(told(other)).is_some_and(|(a, b)| a != b);
        let article = || self.articles.iter().any(|article| other.articles.binary_search(article).is_ok());
        known || gender || article()
    }

    /// How their roles stand to each other.
    pub(super) fn roles(&self, other: &Self) -> Roles {
        let (mine, others) = (self.person.roles(), other.person.roles());
        if mine.is_empty() || others.is_empty() {
            return Roles::Open;
        }
        let pairs = mine.iter().flat_map(|a| others.iter().map(move |b| (a, b)));
        let of_pair = |((role, body), (other, other_body)): (&HeldRole, &HeldRole)| {
            let bodies = body.as_deref().zip(other_body.as_deref());
            let is_shared = bodies.is_some_and(|(a, b)| share_body(a, b));
            match () {
                () if is_shared || bodies.is_none() && share_office(role, other) => Roles::Office,
                () if share_noun(role, other) => Roles::Noun,
                () => Roles::Differ,
            }
        };
        pairs.map(of_pair).max().unwrap_or(Roles::Differ)
    }

    /// How much the names tell that the articles of both name, their own left out.
    pub(super) fn shared_matter(&self, other: &Self, frequencies: &matter::Frequencies) -> f64 {
        let own = |group: &Self| matter::hashes(group.person.name(), group.person.kind() == SpeakerKind::Person);
        let own: Vec<u32> = [own(self), own(other)].concat();
        self.matter.shared(&other.matter, &own, frequencies)
    }
}

/// What two speakers have in common who are one from the start: the full name and all roles, or a surname with a role in the same body.
/// `None` for who may be somebody else in each article.
pub(super) fn key(speaker: &Speaker) -> Option<u64> {
    let mut roles: Vec<_> = speaker.roles.iter().map(|role| normal_role(&role.role, role.affiliation.as_deref())).collect();
    roles.sort_unstable();
    roles.dedup();
    let mut hasher = DefaultHasher::new();
    match speaker.kind {
        SpeakerKind::Person => {
            let name = parse(&speaker.name)?;
            let is_held = roles.iter().any(|(role, body)| !role.is_empty() && body.is_some());
            if name.is_short() && speaker.known.is_none() && !is_held {
                return None;
            }
            (sorted(&name), roles).hash(&mut hasher);
        }
        SpeakerKind::Organization if is_acronym(&speaker.name) => return None,
        SpeakerKind::Organization => normal_body(&speaker.name).hash(&mut hasher),
        SpeakerKind::Document | SpeakerKind::Unnamed => return None,
    }
    (speaker.kind, speaker.known.as_ref().map(|known| &known.id)).hash(&mut hasher);
    Some(hasher.finish())
}
