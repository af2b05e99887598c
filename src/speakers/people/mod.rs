//! People and bodies across articles: which speakers of a run are one.
//!
//! Speakers are gathered article by article, on the disk. Those with the same full name and the same roles are one from the start; when the
//! last article is in, the groups are merged by [`Evidence`], the strongest first: an id of the list of people, the same full name, another
//! form of it, a surname with a role, a surname in the same story, an acronym. Two groups stay apart where one article has both, where the
//! list of people knows them as two, where one is *she* and the other *he*, and where more than one person could be meant. A surname alone
//! never joins two articles by itself: they have to name the same people and bodies.
//!
//! How right this is was measured on sixty articles of ten running stories (`tests/people`) by pairs and by B³ (Bagga and Baldwin 1998).
//!
//! Memory: some bytes a speaker, whatever their names and roles.

mod bodies;
mod evidence;
mod group;
mod groups;
mod index;
mod matter;
mod merging;
mod normal;
mod person;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fs::File;
use std::io;

use serde::{Deserialize, Serialize};

pub(crate) use evidence::Evidence;
use group::{Group, MOST_ARTICLES};
use index::Index;
use matter::{Frequencies, Matter};
pub(in crate::speakers) use normal::{share_body, share_noun};
pub(crate) use person::PersonOfRun;

use super::GenderInText;
use crate::draft::Draft;
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

/// A speaker as an article has it.
#[derive(Debug, Serialize, Deserialize)]
struct Heard {
    /// The number of the article.
    article: u32,
    /// What those have in common who are one from the start.
    key: Option<u64>,
    person: PersonOfRun,
    gender: Option<GenderInText>,
    quotes: u32,
}

/// The speakers of a run while articles come.
#[derive(Debug)]
pub(crate) struct PeopleOfRun {
    heard: Draft<Heard>,
    /// What each article is about.
    matters: Draft<Matter>,
    frequencies: Frequencies,
}

/// The people and bodies of a run, in order of first appearance.
#[derive(Debug)]
pub(crate) struct People {
    groups: Draft<Group>,
    /// The group of each person or body.
    roots: Vec<u32>,
    /// By the number that [`PeopleOfRun::add`] gave.
    numbers: Vec<u32>,
    /// The quotations of each.
    quotes: Vec<u32>,
}

impl PeopleOfRun {
    /// Begins with two empty files.
    pub(crate) fn new(heard: File, matters: File) -> Self {
        Self { heard: Draft::new(heard), matters: Draft::new(matters), frequencies: Frequencies::default() }
    }

    /// Whether a speaker of this kind may be somebody of another article too.
    pub(crate) fn gathers(kind: SpeakerKind) -> bool {
        matches!(kind, SpeakerKind::Person | SpeakerKind::Organization)
    }

    /// Adds the speakers of an article. Those that are gathered are numbered on in the order of the run; of the number [`People::number`]
    /// makes that of a person or body.
    ///
    /// # Errors
    /// Where the disk is full.
    pub(crate) fn add(&mut self, analysis: &Analysis) -> io::Result<Vec<Option<usize>>> {
        let matter = Matter::of(analysis);
        self.frequencies.add(&matter);
        let article = u32::try_from(self.matters.len()).unwrap_or(u32::MAX);
        self.matters.push(&matter)?;
        let add = |(index, speaker): (usize, &crate::Speaker)| {
            if !Self::gathers(speaker.kind) {
                return Ok(None);
            }
            let gender = speaker.gender_in_text.map(|said| said.gender);
            let quotes = analysis.attribution.by_quote.iter().filter(|by| **by == Some(index)).count();
            let quotes = u32::try_from(quotes).unwrap_or(u32::MAX);
            self.heard.push(&Heard { article, key: group::key(speaker), person: PersonOfRun::of(speaker), gender, quotes })?;
            Ok(Some(self.heard.len() - 1))
        };
        analysis.attribution.speakers.iter().enumerate().map(add).collect()
    }

    /// Makes one what is one. `draft` is one more empty file.
    ///
    /// # Errors
    /// Where the disk is full or cannot be read.
    pub(crate) fn settle(mut self, merge: PeopleMerge, draft: File) -> io::Result<People> {
        let (group_of, quotes_of) = self.group_of()?;
        let groups = self.groups(&group_of, Draft::new(draft))?;
        let (groups, roots, number_of) = merging::merge(groups, &self.frequencies, merge)?;
        let numbers: Vec<u32> = group_of.iter().map(|group| number(&number_of, *group)).collect();
        let mut quotes: Vec<u32> = vec![0; roots.len()];
        for (at, more) in numbers.iter().zip(quotes_of) {
            if let Some(sum) = usize::try_from(*at).ok().and_then(|at| quotes.get_mut(at)) {
                *sum = sum.saturating_add(more);
            }
        }
        Ok(People { groups, roots, numbers, quotes })
    }

    /// The group of each speaker, by their keys, in order of first appearance; and the quotations of each speaker.
    fn group_of(&mut self) -> io::Result<(Vec<u32>, Vec<u32>)> {
        let (mut keyed, mut quotes) = (Vec::new(), Vec::new());
        for at in 0..self.heard.len() {
            let heard = self.heard.get(at)?;
            keyed.extend(heard.key.map(|key| (key, u32::try_from(at).unwrap_or(u32::MAX))));
            quotes.push(heard.quotes);
        }
        let keyed = Index::of(keyed);
        let mut group_of = vec![u32::MAX; self.heard.len()];
        let mut firsts = vec![u32::MAX; self.heard.len()];
        for bearers in keyed.lists() {
            let first = bearers.first().map_or(u32::MAX, |(_, at)| *at);
            for (_, at) in bearers {
                set(&mut firsts, *at, first);
            }
        }
        let mut next = 0;
        for at in (0..).take(group_of.len()) {
            let first = number(&firsts, at);
            let group = if first == at || first == u32::MAX { next } else { number(&group_of, first) };
            next += u32::from(group == next);
            set(&mut group_of, at, group);
        }
        Ok((group_of, quotes))
    }

    /// Makes the groups: of each the first speakers.
    fn groups(&mut self, group_of: &[u32], mut groups: Draft<Group>) -> io::Result<Draft<Group>> {
        let mut members: Vec<(u32, u32)> = group_of.iter().copied().zip(0..).collect();
        members.sort_unstable();
        for members in members.chunk_by(|a, b| a.0 == b.0) {
            let mut group: Option<Group> = None;
            for &(_, at) in members.iter().take(MOST_ARTICLES) {
                let Heard { article, person, gender, .. } = self.heard.get(usize::try_from(at).unwrap_or_default())?;
                let matter = self.matters.get(usize::try_from(article).unwrap_or_default())?;
                let one = Group::new(person, article, matter, gender);
                match &mut group {
                    Some(group) => group.take(&one),
                    None => group = Some(one),
                }
            }
            if let Some(group) = group {
                groups.push(&group)?;
            }
        }
        Ok(groups)
    }
}

fn number(numbers: &[u32], at: u32) -> u32 {
    usize::try_from(at).ok().and_then(|at| numbers.get(at)).copied().unwrap_or(u32::MAX)
}

fn set(numbers: &mut [u32], at: u32, number: u32) {
    if let Some(place) = usize::try_from(at).ok().and_then(|at| numbers.get_mut(at)) {
        *place = number;
    }
}

impl People {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.roots.len()
    }

    /// The number of the person or body that a number of [`PeopleOfRun::add`] stands for.
    pub(crate) fn number(&self, gathered: usize) -> Option<usize> {
        self.numbers.get(gathered).and_then(|number| usize::try_from(*number).ok())
    }

    /// The numbers of the `most` with most quotations, of those with as many the first.
    pub(crate) fn most_quoted(&self, most: usize) -> HashSet<usize> {
        let mut ranked: Vec<(Reverse<u32>, usize)> = self.quotes.iter().map(|quotes| Reverse(*quotes)).zip(0..).collect();
        if most < ranked.len() {
            ranked.select_nth_unstable(most);
            ranked.truncate(most);
        }
        ranked.into_iter().map(|(_, at)| at).collect()
    }

    /// Reads the person or body with this number.
    ///
    /// # Errors
    /// Where there is none, or the disk cannot be read.
    pub(crate) fn get(&mut self, number: usize) -> io::Result<PersonOfRun> {
        let group = self.roots.get(number).and_then(|group| usize::try_from(*group).ok()).unwrap_or(usize::MAX);
        self.groups.get(group).map(|group| group.person)
    }
}
