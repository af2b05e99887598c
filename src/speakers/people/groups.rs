//! Groups that are being merged, each found by the number of any of its members.

use std::io;

use super::Evidence;
use super::group::Group;
use super::index::Names;
use super::matter::Frequencies;
use crate::draft::Draft;
use crate::speakers::names::PersonName;

/// Groups while they are merged. They wait on the disk; what is looked at is read.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    draft: Draft<Group>,
    /// By which group each was taken; by itself where it is left.
    taken_by: Vec<u32>,
    frequencies: &'a Frequencies,
    /// How much shared names have to tell.
    enough: f64,
}

impl<'a> Groups<'a> {
    pub(super) fn new(groups: Draft<Group>, frequencies: &'a Frequencies) -> Self {
        Self { taken_by: (0..).take(groups.len()).collect(), draft: groups, enough: frequencies.enough(), frequencies }
    }

    /// Shows the groups that are left, with their numbers.
    pub(super) fn each(&mut self, mut show: impl FnMut(usize, &Group)) -> io::Result<()> {
        for at in 0..self.taken_by.len() {
            if self.root(at) == at {
                show(at, &self.draft.get(at)?);
            }
        }
        Ok(())
    }

    /// The names of the persons that are left, as far as they are `wanted`.
    pub(super) fn names(&mut self, wanted: impl Fn(&PersonName) -> bool) -> io::Result<Names> {
        let mut names = Names::default();
        self.each(|at, group| {
            if let Some(name) = group.parsed().filter(&wanted) {
                names.push(at, &name);
            }
        })?;
        Ok(names)
    }

    /// The group that has this one in it.
    pub(super) fn root(&self, mut at: usize) -> usize {
        while let Some(by) = self.taken_by.get(at).and_then(|by| usize::try_from(*by).ok()).filter(|by| *by != at) {
            at = by;
        }
        at
    }

    /// The groups that have these in them, each once, in order.
    pub(super) fn roots(&self, members: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut roots: Vec<usize> = members.into_iter().map(|at| self.root(at)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// Reads a group that is left.
    pub(super) fn get(&mut self, at: usize) -> io::Result<Group> {
        self.draft.get(self.root(at))
    }

    /// Reads two groups that are left, unless they are one or must not be.
    pub(super) fn pair(&mut self, a: usize, b: usize) -> io::Result<Option<(Group, Group)>> {
        if self.root(a) == self.root(b) {
            return Ok(None);
        }
        let (first, second) = (self.get(a)?, self.get(b)?);
        let may_be_one = first.person.kind() == second.person.kind() && !first.is_another(&second);
        Ok(may_be_one.then_some((first, second)))
    }

    /// The same for a name that one article takes for a person's and another for a body's.
    pub(super) fn pair_of_kinds(&mut self, a: usize, b: usize) -> io::Result<Option<(Group, Group)>> {
        let (first, second) = (self.get(a)?, self.get(b)?);
        let may_be_one = first.person.kind() != second.person.kind() && !first.is_another(&second);
        Ok(may_be_one.then_some((first, second)))
    }

    /// How much the articles of two groups share, 1 being enough to belong to one story.
    pub(super) fn matter(&self, a: &Group, b: &Group) -> f64 {
        a.shared_matter(b, self.frequencies) / self.enough
    }

    /// Makes two groups one, under the lower number.
    pub(super) fn join(&mut self, a: usize, b: usize, evidence: Evidence) -> io::Result<()> {
        let (a, b) = (self.root(a), self.root(b));
        let (into, from) = (a.min(b), a.max(b));
        if into == from {
            return Ok(());
        }
        let (mut group, taken) = (self.draft.get(into)?, self.draft.get(from)?);
        group.absorb(taken, evidence);
        self.draft.put(into, &group)?;
        super::set(&mut self.taken_by, u32::try_from(from).unwrap_or(u32::MAX), u32::try_from(into).unwrap_or(u32::MAX));
        Ok(())
    }

    /// Of `candidates`, each with how much it shares with the group asked for, the one that shares enough and twice as much as any other.
    pub(super) fn clear_best(candidates: &[(usize, f64)], enough: f64) -> Option<usize> {
        let mut ranked: Vec<(usize, f64)> = candidates.to_vec();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let (&(best, most), others) = ranked.split_first()?;
        let second = others.first().map_or(0.0, |(_, matter)| *matter);
        (most >= enough && most >= 2.0 * second).then_some(best)
    }

    /// The groups; those that are left, in order of first appearance; and for each group the place of the one that has it in it.
    pub(super) fn finish(self) -> (Draft<Group>, Vec<u32>, Vec<u32>) {
        let mut places = vec![u32::MAX; self.taken_by.len()];
        let mut left = Vec::new();
        for at in 0..self.taken_by.len() {
            let root = self.root(at);
            let number = u32::try_from(left.len()).unwrap_or(u32::MAX);
            // A group is taken by one with a lower number, whose place stands already.
            let place = if root == at { number } else { places.get(root).copied().unwrap_or(u32::MAX) };
            if root == at {
                left.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
            if let Some(slot) = places.get_mut(at) {
                *slot = place;
            }
        }
        (self.draft, left, places)
    }
}
