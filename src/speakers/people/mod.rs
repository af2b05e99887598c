//! People and bodies across articles: which speakers of a run are one.
//!
//! Speakers are gathered article by article. Those with the same full name and the same roles are one from the start; when the last article
//! is in, the groups are merged by [`Evidence`], the strongest first: an id of the list of people, the same full name, another form of it, a
//! surname with a role, a surname in the same story, an acronym. Two groups stay apart where one article has both, where the list of people
//! knows them as two, where one is *she* and the other *he*, and where more than one person could be meant. A surname alone never joins two
//! articles by itself: they have to name the same people and bodies.
//!
//! How right this is was measured on sixty articles of ten running stories (`tests/people`) by pairs and by B³ (Bagga and Baldwin 1998).

mod bodies;
mod evidence;
mod group;
mod groups;
mod matter;
mod merging;
mod normal;
mod person;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub(crate) use evidence::Evidence;
use group::Group;
use matter::{Frequencies, Matter};
pub(in crate::speakers) use normal::{share_body, share_noun};
pub(crate) use person::PersonOfRun;

use crate::{Analysis, SpeakerKind};

/// How far speakers of several articles are made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleMerge {
    /// By all evidence.
    #[default]
    Likely,
    /// By full names alone, capitals and accents aside, where roles do not contradict.
    Strict,
}

/// The speakers of a run while articles come.
#[derive(Debug, Clone, Default)]
pub(crate) struct PeopleOfRun {
    groups: Vec<Group>,
    by_key: HashMap<u64, usize>,
    frequencies: Frequencies,
    articles: u32,
}

/// The people and bodies of a run, in order of first appearance.
#[derive(Debug, Default)]
pub(crate) struct People {
    people: Vec<PersonOfRun>,
    /// By the number that [`PeopleOfRun::add`] gave.
    numbers: Vec<usize>,
}

impl PeopleOfRun {
    /// Adds the speakers of an article and returns for each a number, which [`People::number`] makes that of a person or body of the run.
    pub(crate) fn add(&mut self, analysis: &Analysis) -> Vec<Option<usize>> {
        let matter = Matter::of(analysis);
        self.frequencies.add(&matter);
        let article = self.articles;
        self.articles = self.articles.saturating_add(1);
        let add = |speaker: &crate::Speaker| {
            if !matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Organization) {
                return None;
            }
            let next = self.groups.len();
            let at = group::key(speaker).map_or(next, |key| *self.by_key.entry(key).or_insert(next));
            match self.groups.get_mut(at) {
                Some(group) => group.person.take(speaker),
                None => self.groups.push(Group::new(speaker)),
            }
            self.groups.get_mut(at)?.note(article, &matter, speaker.gender_in_text.map(|said| said.gender));
            Some(at)
        };
        analysis.attribution.speakers.iter().map(add).collect()
    }

    /// Makes one what is one.
    pub(crate) fn settle(self, merge: PeopleMerge) -> People {
        let (groups, frequencies) = (self.groups, self.frequencies);
        drop(self.by_key);
        merging::merge(groups, &frequencies, merge)
    }
}

impl People {
    /// The number of the person or body that a number of [`PeopleOfRun::add`] stands for.
    pub(crate) fn number(&self, gathered: usize) -> Option<usize> {
        self.numbers.get(gathered).copied()
    }

    /// The person or body with this number.
    pub(crate) fn get(&self, number: usize) -> Option<&PersonOfRun> {
        self.people.get(number)
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &PersonOfRun> {
        self.people.iter()
    }
}
