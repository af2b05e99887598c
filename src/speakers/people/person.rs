//! One person or body of a run: names, roles, and what made several speakers one.

use serde::{Deserialize, Serialize};

use super::evidence::Evidence;
use super::normal::{normal_role, parse};
use crate::speakers::names::fold;
use crate::{Speaker, SpeakerKind};

/// Aliases, roles and merges kept of one person.
const MOST_FORMS: usize = 50;

/// A role with the body it is held in.
pub(crate) type HeldRole = (String, Option<String>);

/// A person or body of the whole run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PersonOfRun {
    kind: SpeakerKind,
    name: String,
    aliases: Vec<String>,
    roles: Vec<HeldRole>,
    known: Option<String>,
    merges: Vec<Merge>,
}

/// Why a name that another article uses is this person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Merge {
    /// What speaks for it.
    pub(crate) evidence: Evidence,
    /// The name of the other article.
    pub(crate) name: String,
}

impl PersonOfRun {
    /// Whoever a speaker of one article is.
    pub(super) fn of(speaker: &Speaker) -> Self {
        let (aliases, roles, merges) = Default::default();
        let known = speaker.known.as_ref().map(|known| known.id.clone());
        let mut person = Self { kind: speaker.kind, name: speaker.name.clone(), aliases, roles, known, merges };
        for alias in &speaker.aliases {
            person.alias(alias);
        }
        for role in &speaker.roles {
            person.role(&role.role, role.affiliation.as_deref());
        }
        person
    }

    /// Person or organization.
    pub(crate) fn kind(&self) -> SpeakerKind {
        self.kind
    }

    /// The id of the gazetteer, where a speaker had one.
    pub(crate) fn known(&self) -> Option<&str> {
        self.known.as_deref()
    }

    /// The fullest name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Other names, in order of first use.
    pub(crate) fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Roles with their bodies, in order of first statement.
    pub(crate) fn roles(&self) -> &[HeldRole] {
        &self.roles
    }

    /// What made speakers of several articles one, beside the same name.
    pub(crate) fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Adds what another article says of the same person under the same name.
    pub(super) fn take(&mut self, other: &Self) {
        self.take_name(&other.name);
        other.aliases.iter().for_each(|alias| self.alias(alias));
        other.roles.iter().for_each(|(role, body)| self.role(role, body.as_deref()));
    }

    /// Takes the kind that more articles have.
    pub(super) fn become_kind(&mut self, kind: SpeakerKind) {
        self.kind = kind;
    }

    /// Adds what other articles say of somebody who is this person by `evidence`.
    pub(super) fn absorb(&mut self, other: Self, evidence: Evidence) {
        self.merge(Merge { evidence, name: other.name.clone() });
        other.merges.iter().for_each(|merge| self.merge(merge.clone()));
        self.take(&other);
        self.known = self.known.take().or(other.known);
    }

    fn merge(&mut self, merge: Merge) {
        if self.merges.len() < MOST_FORMS && !self.merges.contains(&merge) {
            self.merges.push(merge);
        }
    }

    /// Takes a name: as the person's own where it is fuller, else as an alias.
    fn take_name(&mut self, name: &str) {
        if self.is_fuller(name) {
            let former = std::mem::replace(&mut self.name, name.to_owned());
            self.aliases.retain(|alias| fold(alias) != fold(&self.name));
            self.alias(&former);
        } else {
            self.alias(name);
        }
    }

    /// Whether `name` says more than the person's: more parts; as many, and not in capitals; for bodies, more words.
    fn is_fuller(&self, name: &str) -> bool {
        let is_shouted = |name: &str| !name.contains(char::is_lowercase);
        if self.kind == SpeakerKind::Organization {
            return name.split_whitespace().count() > self.name.split_whitespace().count();
        }
        match (parse(name), parse(&self.name)) {
            (Some(new), Some(known)) if new.parts() == known.parts() => is_shouted(&self.name) && !is_shouted(name),
            (Some(new), Some(known)) => new.fullness() > known.fullness(),
            _ => false,
        }
    }

    fn alias(&mut self, alias: &str) {
        let is_new = fold(alias) != fold(&self.name) && self.aliases.iter().all(|known| fold(known) != fold(alias));
        if is_new && self.aliases.len() < MOST_FORMS {
            self.aliases.push(alias.to_owned());
        }
    }

    fn role(&mut self, role: &str, body: Option<&str>) {
        let new = normal_role(role, body);
        let is_known = self.roles.iter().any(|(role, body)| normal_role(role, body.as_deref()) == new);
        if !is_known && self.roles.len() < MOST_FORMS {
            self.roles.push((role.to_owned(), body.map(ToOwned::to_owned)));
        }
    }
}
