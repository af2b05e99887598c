//! Which groups are one person, the strongest evidence first.

use std::collections::HashMap;

use super::group::{Group, Roles};
use super::groups::Groups;
use super::matter::Frequencies;
use super::normal::sorted;
use super::{Evidence, People, PeopleMerge, bodies};
use crate::speakers::lexicon;
use crate::speakers::names::PersonName;

/// More bearers of one name or name part are not compared.
const MOST_BEARERS: usize = 200;
/// How much more articles have to share where roles do not speak for one person: they differ, or the noun is one that many bear.
const MUCH: f64 = 1.5;

/// Merges groups into people and bodies.
pub(super) fn merge(groups: Vec<Group>, frequencies: &Frequencies, merge: PeopleMerge) -> People {
    let mut groups = Groups::new(groups, frequencies);
    known_ids(&mut groups);
    if merge == PeopleMerge::Likely {
        bodies::of_two_kinds(&mut groups);
    }
    full_names(&mut groups, merge);
    if merge == PeopleMerge::Likely {
        forms_of_names(&mut groups);
        surnames(&mut groups);
        surnames_alone(&mut groups);
        bodies::acronyms(&mut groups);
    } else {
        bodies::same_acronyms(&mut groups);
    }
    groups.finish()
}

fn known_ids(groups: &mut Groups<'_>) {
    let mut first: HashMap<String, usize> = HashMap::new();
    let known: Vec<(usize, String)> = groups.iter().filter_map(|(at, group)| Some((at, group.person.known()?.to_owned()))).collect();
    for (at, id) in known {
        let into = *first.entry(id).or_insert(at);
        groups.join(into, at, Evidence::KnownId);
    }
}

/// The persons that are left with their names.
fn persons(groups: &Groups<'_>) -> Vec<(usize, PersonName)> {
    groups.iter().filter_map(|(at, group)| Some((at, group.parsed()?))).collect()
}

/// Lists of those that have a key in common, in order of first appearance.
fn by_key<K: std::hash::Hash + Eq>(keyed: impl IntoIterator<Item = (usize, K)>) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = Vec::new();
    let mut list_of: HashMap<K, usize> = HashMap::new();
    for (at, key) in keyed {
        let next = lists.len();
        let list = *list_of.entry(key).or_insert(next);
        match lists.get_mut(list) {
            Some(list) => list.push(at),
            None => lists.push(vec![at]),
        }
    }
    lists
}

/// The same full name: one where a role is shared; then whoever has no role, where one person is left or one story tells; then other roles
/// in the same story.
fn full_names(groups: &mut Groups<'_>, merge: PeopleMerge) {
    let full = persons(groups).into_iter().filter(|(_, name)| !name.is_short()).map(|(at, name)| (at, sorted(&name)));
    for bearers in by_key(full).into_iter().filter(|bearers| (2..=MOST_BEARERS).contains(&bearers.len())) {
        join_pairs(groups, &bearers, Evidence::SharedRole, |_, a, b| a.roles(b) >= Roles::Noun);
        if merge == PeopleMerge::Likely {
            join_pairs(groups, &bearers, Evidence::SameMatter, |groups, a, b| groups.matter(a, b) >= 1.0);
        }
        let mut left: Vec<usize> = bearers.iter().map(|at| groups.root(*at)).collect();
        left.sort_unstable();
        left.dedup();
        if let [a, b] = *left
            && groups.pair(a, b).is_some_and(|(a, b)| a.roles(b) == Roles::Open)
        {
            groups.join(a, b, Evidence::SameName);
        }
    }
}

/// Joins every pair that `are_one`, until none is left.
fn join_pairs(groups: &mut Groups<'_>, members: &[usize], evidence: Evidence, are_one: impl Fn(&Groups<'_>, &Group, &Group) -> bool) {
    loop {
        let mut is_changed = false;
        for (place, &a) in members.iter().enumerate() {
            for &b in members.iter().skip(place + 1) {
                if groups.pair(a, b).is_some_and(|(first, second)| are_one(groups, first, second)) {
                    groups.join(a, b, evidence);
                    is_changed = true;
                }
            }
        }
        if !is_changed {
            return;
        }
    }
}

/// Who bears a name part, by the part.
fn bearers(named: &[(usize, PersonName)]) -> HashMap<&str, Vec<usize>> {
    let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, (_, name)) in named.iter().enumerate() {
        for part in name.parts() {
            let of_part = bearers.entry(part).or_default();
            if of_part.last() != Some(&place) {
                of_part.push(place);
            }
        }
    }
    bearers
}

/// Other forms of a full name: middle initials, nicknames, initials for given names.
fn forms_of_names(groups: &mut Groups<'_>) {
    let full: Vec<(usize, PersonName)> = persons(groups).into_iter().filter(|(_, name)| !name.is_short()).collect();
    let bearers = bearers(&full);
    for (at, name) in &full {
        let found = name.parts().iter().filter_map(|part| bearers.get(part.as_str())).filter(|found| found.len() <= MOST_BEARERS);
        let mut candidates: Vec<usize> = found
            .flatten()
            .filter_map(|&place| full.get(place))
            // The shorter name asks, so that *J. Lee* does not become both James and Judith Lee.
            .filter(|(_, other)| other.parts() != name.parts() && other.fullness() >= name.fullness())
            .filter(|(_, other)| other.agrees_with(name) || name.agrees_with(other))
            .map(|(other, _)| groups.root(*other))
            .filter(|other| groups.pair(*at, *other).is_some())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let related = |&to: &usize| groups.pair(*at, to).map(|(a, b)| (to, a.roles(b), groups.matter(a, b)));
        let standing: Vec<(usize, Roles, f64)> = candidates.iter().filter_map(related).collect();
        let sharing: Vec<usize> = standing.iter().filter(|(_, roles, _)| *roles >= Roles::Noun).map(|(to, ..)| *to).collect();
        let open: Vec<usize> =
            standing.iter().filter(|(_, roles, matter)| *roles == Roles::Open || *matter >= 1.0).map(|(to, ..)| *to).collect();
        let matters: Vec<(usize, f64)> = standing.iter().map(|(to, _, matter)| (*to, *matter)).collect();
        if !sharing.is_empty() && may_be_one(groups, &sharing) {
            for one in sharing {
                groups.join(*at, one, Evidence::NameForm);
            }
        } else if sharing.is_empty() && open.len() == standing.len() && may_be_one(groups, &open) {
            for one in open {
                groups.join(*at, one, Evidence::OnlyForm);
            }
        } else if let Some(one) = Groups::clear_best(&matters, 1.0) {
            groups.join(*at, one, Evidence::NameForm);
        }
    }
}

/// Whether all of them may be one person, so that it does not matter which of them is meant.
fn may_be_one(groups: &Groups<'_>, candidates: &[usize]) -> bool {
    let agree = |a: usize, b: usize| {
        groups.pair(a, b).is_some_and(|(a, b)| {
            let names = a.parsed().zip(b.parsed());
            names.is_some_and(|(a, b)| a.agrees_with(&b) || b.agrees_with(&a))
                && (a.roles(b) != Roles::Differ || groups.matter(a, b) >= 1.0)
        })
    };
    candidates.iter().enumerate().all(|(place, &a)| candidates.iter().skip(place + 1).all(|&b| agree(a, b)))
}

/// A surname with or without a role, and somebody whom other articles name in full.
fn surnames(groups: &mut Groups<'_>) {
    let named = persons(groups);
    let (short, full): (Vec<_>, Vec<_>) = named.into_iter().partition(|(_, name)| name.is_short());
    let bearers = bearers(&full);
    for (at, name) in &short {
        let Some((part, found)) = name.parts().first().and_then(|part| Some((part, bearers.get(part.as_str())?))) else { continue };
        if found.len() > MOST_BEARERS {
            continue;
        }
        let mut candidates: Vec<usize> = found
            .iter()
            .filter_map(|&place| full.get(place))
            .map(|(other, _)| groups.root(*other))
            .filter(|other| groups.get(*other).is_some_and(|group| group.named_by(name) >= 2))
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let related = |to: usize| groups.pair(*at, to).map(|(a, b)| (to, a.roles(b), groups.matter(a, b)));
        let standing: Vec<(usize, Roles, f64)> = candidates.iter().copied().filter_map(related).collect();
        let holders: Vec<usize> = standing.iter().filter(|(_, roles, _)| *roles == Roles::Office).map(|(to, ..)| *to).collect();
        let of_story = |(to, roles, matter): &(usize, Roles, f64)| (*to, if *roles == Roles::Differ { matter / MUCH } else { *matter });
        let matters: Vec<(usize, f64)> = standing.iter().map(of_story).collect();
        let is_double = groups.get(*at).is_some_and(|group| group.person.name().contains('-'));
        let is_only = |to: usize| {
            candidates.len() == 1 && groups.get(to).is_some_and(|group| group.articles() > 1 && (group.is_known_by_surname() || is_double))
        };
        let chosen = match (&holders[..], &standing[..]) {
            ([one], _) => Some((*one, Evidence::SurnameRole)),
            (_, [(one, Roles::Open, _)]) if is_only(*one) && !lexicon::is_leading_surname(part) => Some((*one, Evidence::SurnameOnly)),
            _ => Groups::clear_best(&matters, 1.0).map(|one| (one, Evidence::SurnameMatter)),
        };
        if let Some((one, evidence)) = chosen {
            groups.join(*at, one, evidence);
        }
    }
}

/// Surnames of whom no article names in full.
fn surnames_alone(groups: &mut Groups<'_>) {
    let short = persons(groups).into_iter().filter(|(_, name)| name.is_short()).map(|(at, name)| (at, name.parts().concat()));
    for bearers in by_key(short).into_iter().filter(|bearers| (2..=MOST_BEARERS).contains(&bearers.len())) {
        join_pairs(groups, &bearers, Evidence::SurnameOffice, |groups, a, b| {
            let is_same_body = a.person.roles().iter().any(|(_, body)| {
                b.person
                    .roles()
                    .iter()
                    .any(|(_, other)| body.as_deref().zip(other.as_deref()).is_some_and(|(a, b)| super::share_body(a, b)))
            });
            is_same_body && a.roles(b) == Roles::Office && groups.matter(a, b) > 0.0
        });
        join_pairs(groups, &bearers, Evidence::SurnameMatter, |groups, a, b| {
            groups.matter(a, b)
                >= match a.roles(b) {
                    Roles::Differ => MUCH * MUCH,
                    Roles::Open => MUCH,
                    Roles::Noun | Roles::Office => 1.0,
                }
        });
    }
}
