//! Groups that are being merged, each found by the number of any of its members.

use super::group::Group;
use super::matter::Frequencies;
use super::{Evidence, People};

/// Groups while they are merged.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    /// Those that are left; the others were taken by another.
    left: Vec<Option<Group>>,
    /// By which group each was taken; by itself where it is left.
    taken_by: Vec<usize>,
    frequencies: &'a Frequencies,
    /// How much shared names have to tell.
    enough: f64,
}

impl<'a> Groups<'a> {
    pub(super) fn new(groups: Vec<Group>, frequencies: &'a Frequencies) -> Self {
        Self {
            taken_by: (0..groups.len()).collect(),
            left: groups.into_iter().map(Some).collect(),
            enough: frequencies.enough(),
            frequencies,
        }
    }

    /// The groups that are left, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Group)> {
        self.left.iter().enumerate().filter_map(|(at, group)| Some((at, group.as_ref()?)))
    }

    /// The group that has this one in it.
    pub(super) fn root(&self, mut at: usize) -> usize {
        while let Some(&by) = self.taken_by.get(at).filter(|by| **by != at) {
            at = by;
        }
        at
    }

    /// A group that is left.
    pub(super) fn get(&self, at: usize) -> Option<&Group> {
        self.left.get(self.root(at))?.as_ref()
    }

    /// Two groups that are left, unless they are one or must not be.
    pub(super) fn pair(&self, a: usize, b: usize) -> Option<(&Group, &Group)> {
        let (a, b) = (self.root(a), self.root(b));
        let (first, second) = (self.get(a)?, self.get(b)?);
        (a != b && first.person.kind() == second.person.kind() && !first.is_another(second)).then_some((first, second))
    }

    /// The same for a name that one article takes for a person's and another for a body's.
    pub(super) fn pair_of_kinds(&self, a: usize, b: usize) -> Option<(&Group, &Group)> {
        let (first, second) = (self.get(a)?, self.get(b)?);
        (first.person.kind() != second.person.kind() && !first.is_another(second)).then_some((first, second))
    }

    /// How much the articles of two groups share, 1 being enough to belong to one story.
    pub(super) fn matter(&self, a: &Group, b: &Group) -> f64 {
        a.shared_matter(b, self.frequencies) / self.enough
    }

    /// Makes two groups one, under the lower number.
    pub(super) fn join(&mut self, a: usize, b: usize, evidence: Evidence) {
        let (a, b) = (self.root(a), self.root(b));
        let (into, from) = (a.min(b), a.max(b));
        if into == from {
            return;
        }
        let Some(taken) = self.left.get_mut(from).and_then(Option::take) else { return };
        if let Some(Some(group)) = self.left.get_mut(into) {
            group.absorb(taken, evidence);
        }
        if let Some(by) = self.taken_by.get_mut(from) {
            *by = into;
        }
    }

    /// Of `candidates`, each with how much it shares with the group asked for, the one that shares enough and twice as much as any other.
    pub(super) fn clear_best(candidates: &[(usize, f64)], enough: f64) -> Option<usize> {
        let mut ranked: Vec<(usize, f64)> = candidates.to_vec();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let (&(best, most), others) = ranked.split_first()?;
        let second = others.first().map_or(0.0, |(_, matter)| *matter);
        (most >= enough && most >= 2.0 * second).then_some(best)
    }

    /// The people and bodies, in order of first appearance.
    pub(super) fn finish(self) -> People {
        let mut number_of = vec![usize::MAX; self.left.len()];
        let mut people = Vec::new();
        let roots: Vec<usize> = (0..self.left.len()).map(|at| self.root(at)).collect();
        for (at, group) in self.left.into_iter().enumerate() {
            if let (Some(group), Some(number)) = (group, number_of.get_mut(at)) {
                *number = people.len();
                people.push(group.person);
            }
        }
        let numbers = roots.into_iter().map(|root| number_of.get(root).copied().unwrap_or_default()).collect();
        People { people, numbers }
    }
}
