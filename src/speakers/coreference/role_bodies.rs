//! Which body a role is held in, where the words beside it do not say: a possessor, an acronym, a noun for a body that is named elsewhere.

use std::ops::Range;

use super::{Coreference, Wanted};
use crate::EntityLabel;
use crate::speakers::lexicon::{self, BodyNoun};
use crate::speakers::names::fold;
use crate::speakers::noun_phrases::Phrase;
use crate::speakers::referents::ReferentKind;
use crate::speakers::roles::HeldRole;

impl Coreference<'_> {
    /// Gives roles without a body the one that a possessor names: *its president*, *the league’s director*.
    pub(in crate::speakers) fn place_roles(&mut self) {
        let mut placed = Vec::new();
        for (index, person) in self.referents.all.iter().enumerate().filter(|(_, referent)| referent.kind == ReferentKind::Person) {
            for (at, held) in person.roles.iter().enumerate().filter(|(_, held)| held.role.affiliation.is_none()) {
                let body = self.possessing_body(&held.words).and_then(|body| self.body_name(body));
                placed.extend(body.or_else(|| self.body_of_possessor(&held.words)).map(|body| (index, at, body)));
            }
        }
        placed.extend(self.institutions());
        for (person, role, name) in placed {
            let held = self.referents.all.get_mut(person).and_then(|person| person.roles.get_mut(role));
            if let Some(held) = held {
                held.role.affiliation = Some(name);
            }
        }
    }

    /// Full names for bodies that roles name by an acronym or by a noun: *Numsa spokesperson*, *museum curator*.
    fn institutions(&self) -> Vec<(usize, usize, String)> {
        let mut placed = Vec::new();
        for (index, person) in self.referents.all.iter().enumerate().filter(|(_, referent)| referent.kind == ReferentKind::Person) {
            for (at, held) in person.roles.iter().enumerate() {
                let body = held.role.affiliation.as_deref().and_then(|body| self.full_name(body));
                placed.extend(body.map(|body| (index, at, body)));
            }
        }
        placed
    }

    /// The name of the one organisation that bears this short name or holds all words of this noun phrase.
    fn full_name(&self, body: &str) -> Option<String> {
        let is_noun = body.split_whitespace().last().and_then(|word| lexicon::body_noun(word.to_lowercase().as_str())).is_some();
        let is_small = body.split_whitespace().skip(1).all(|word| word.starts_with(char::is_lowercase)) && is_noun;
        let is_short = !body.contains(' ') && body.starts_with(char::is_uppercase);
        let names = self.referents.all.iter().enumerate().filter(|(_, referent)| {
            let words = referent.name.split_whitespace().count();
            referent.kind == ReferentKind::Body(EntityLabel::Organization) && (words > 2 || words > 1 && !is_short)
        });
        let holds = |name: &str| body.split_whitespace().all(|word| name.split_whitespace().any(|other| fold(other) == fold(word)));
        let called = |referent: usize| self.referents.mentions_of(referent).iter().any(|mention| self.words.phrase(&mention.words) == body);
        let mut found = names.filter(|(at, referent)| is_small && holds(&referent.name) || is_short && called(*at));
        let only = found.next().filter(|_| found.next().is_none())?;
        Some(only.1.name.clone())
    }

    /// The named body whose possessive stands before a role noun or opens the role's words.
    fn possessing_body(&self, role: &Range<usize>) -> Option<usize> {
        let words = self.words;
        let before = role.start.checked_sub(1)?;
        let found = if words.lower(before) == "its" {
            self.best(before, None, Wanted::Body)?
        } else {
            let mark = (before..role.end).find(|&at| words.is_possessive(at))?;
            let opens = |at: &usize| words.lower(*at) == "the" && words.sentence(*at) == words.sentence(mark);
            let start = (mark.saturating_sub(4)..mark).rev().find(opens)?;
            let phrase = Phrase::parse(words, &self.referents, start..mark)?;
            let head = self.head(&phrase);
            let is_body = head.body.is_some_and(|body| body != BodyNoun::Document);
            is_body.then(|| self.definite_body(&phrase, &head)).flatten()?
        };
        let label = self.referents.kind(found);
        matches!(label, Some(ReferentKind::Body(label)) if label != EntityLabel::Location).then_some(found)
    }

    /// The body that the person before a role noun heads: *His finance manager* works where he is the founder.
    fn body_of_possessor(&self, role: &Range<usize>) -> Option<String> {
        let before = role.start.checked_sub(1)?;
        let owner = if self.words.is_possessive(before) { before.checked_sub(1)? } else { before };
        let is_owner = owner != before || matches!(self.words.lower(before), "his" | "her");
        let person = self.referents.at(owner).filter(|_| is_owner)?.referent;
        let person = self.referents.all.get(person).filter(|referent| referent.kind == ReferentKind::Person)?;
        let heads = |held: &&HeldRole| lexicon::heads_body(&held.noun);
        person.roles.iter().filter(heads).find_map(|held| held.role.affiliation.clone())
    }

    fn body_name(&self, body: usize) -> Option<String> {
        Some(self.referents.all.get(body)?.name.clone())
    }
}
