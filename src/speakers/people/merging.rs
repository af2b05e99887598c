//! Which groups are one person, the strongest evidence first.

use std::io;

use super::group::{Group, Roles};
use super::groups::Groups;
use super::index::{Index, Names, hash, members, place};
use super::matter::Frequencies;
use super::normal::sorted;
use super::{Evidence, PeopleMerge, bodies};
use crate::draft::Draft;
use crate::speakers::lexicon;
use crate::speakers::names::PersonName;

/// More bearers of one name part are not compared.
const MOST_BEARERS: usize = 200;
/// Bearers of one name are compared with the first of those that are left.
const MOST_COMPARED: usize = 200;
/// How much more articles have to share where roles do not speak for one person: they differ, or the noun is one that many bear.
const MUCH: f64 = 1.5;

/// The groups, those that are people and bodies, and for each group the place of its person or body among these.
type Merged = (Draft<Group>, Vec<u32>, Vec<u32>);

/// Merges groups into people and bodies.
pub(super) fn merge(groups: Draft<Group>, frequencies: &Frequencies, merge: PeopleMerge) -> io::Result<Merged> {
    let mut groups = Groups::new(groups, frequencies);
    known_ids(&mut groups)?;
    if merge == PeopleMerge::Likely {
        bodies::of_two_kinds(&mut groups)?;
    }
    full_names(&mut groups, merge)?;
    if merge == PeopleMerge::Likely {
        forms_of_names(&mut groups)?;
        surnames(&mut groups)?;
        surnames_alone(&mut groups)?;
        bodies::acronyms(&mut groups)?;
    } else {
        bodies::same_acronyms(&mut groups)?;
    }
    Ok(groups.finish())
}

fn known_ids(groups: &mut Groups<'_>) -> io::Result<()> {
    let mut known = Vec::new();
    groups.each(|at, group| known.extend(group.person.known().map(|id| (hash(id), place(at)))))?;
    for bearers in Index::of(known).lists() {
        for at in members(bearers) {
            groups.join(members(bearers).next().unwrap_or(at), at, Evidence::KnownId)?;
        }
    }
    Ok(())
}

/// The same full name: one where a role is shared; then whoever has no role, where one person is left or one story tells; then other roles
/// in the same story.
fn full_names(groups: &mut Groups<'_>, merge: PeopleMerge) -> io::Result<()> {
    let names = groups.names(|name| !name.is_short())?;
    for bearers in Index::of(names.iter().map(|(at, name)| (hash(sorted(&name)), place(at))).collect()).lists() {
        join_fitting(groups, bearers, Evidence::SharedRole, |_, a, b| a.roles(b) >= Roles::Noun)?;
        if merge == PeopleMerge::Likely {
            join_fitting(groups, bearers, Evidence::SameMatter, |groups, a, b| groups.matter(a, b) >= 1.0)?;
        }
        if let [a, b] = groups.roots(members(bearers))[..]
            && groups.pair(a, b)?.is_some_and(|(a, b)| a.roles(&b) == Roles::Open)
        {
            groups.join(a, b, Evidence::SameName)?;
        }
    }
    Ok(())
}

/// Joins each with the first of those before it that `are_one` with it, until nothing changes.
fn join_fitting(
    groups: &mut Groups<'_>,
    bearers: &[(u64, u32)],
    evidence: Evidence,
    are_one: impl Fn(&Groups<'_>, &Group, &Group) -> bool,
) -> io::Result<()> {
    loop {
        let mut is_changed = false;
        let mut left: Vec<usize> = Vec::new();
        for at in groups.roots(members(bearers)) {
            let mut fitting = None;
            for &before in left.iter().take(MOST_COMPARED) {
                if groups.pair(before, at)?.is_some_and(|(first, second)| are_one(groups, &first, &second)) {
                    fitting = Some(before);
                    break;
                }
            }
            match fitting {
                Some(before) => {
                    groups.join(before, at, evidence)?;
                    is_changed = true;
                }
                None => left.push(at),
            }
        }
        if !is_changed {
            return Ok(());
        }
    }
}

/// How a candidate stands to the group that asks: its number, their roles, what their articles share.
type Standing = (usize, Roles, f64);

/// How each of `candidates` that may be one with `at` stands to it.
fn standing(groups: &mut Groups<'_>, at: usize, candidates: impl IntoIterator<Item = usize>) -> io::Result<Vec<Standing>> {
    let mut standing = Vec::new();
    for to in groups.roots(candidates) {
        if let Some((a, b)) = groups.pair(at, to)? {
            standing.push((to, a.roles(&b), groups.matter(&a, &b)));
        }
    }
    Ok(standing)
}

/// Other forms of a full name: middle initials, nicknames, initials for given names.
fn forms_of_names(groups: &mut Groups<'_>) -> io::Result<()> {
    let names = groups.names(|name| !name.is_short())?;
    let by_part = names.by_part();
    for (at, name) in names.iter() {
        let candidates = fuller_forms(&name, &names, &by_part);
        let standing = standing(groups, at, candidates)?;
        let sharing: Vec<usize> = standing.iter().filter(|(_, roles, _)| *roles >= Roles::Noun).map(|(to, ..)| *to).collect();
        let open: Vec<usize> =
            standing.iter().filter(|(_, roles, matter)| *roles == Roles::Open || *matter >= 1.0).map(|(to, ..)| *to).collect();
        let matters: Vec<(usize, f64)> = standing.iter().map(|(to, _, matter)| (*to, *matter)).collect();
        if !sharing.is_empty() && may_be_one(groups, &sharing)? {
            for one in sharing {
                groups.join(at, one, Evidence::NameForm)?;
            }
        } else if sharing.is_empty() && open.len() == standing.len() && may_be_one(groups, &open)? {
            for one in open {
                groups.join(at, one, Evidence::OnlyForm)?;
            }
        } else if let Some(one) = Groups::clear_best(&matters, 1.0) {
            groups.join(at, one, Evidence::NameForm)?;
        }
    }
    Ok(())
}

/// Who bears a name that agrees with this one and says as much or more: the shorter name asks, so that *J. Lee* does not become both James
/// and Judith Lee.
fn fuller_forms(name: &PersonName, names: &Names, by_part: &Index) -> Vec<usize> {
    let bearers = name.parts().iter().map(|part| by_part.bearers(hash(part))).filter(|bearers| bearers.len() <= MOST_BEARERS);
    let others = bearers.flatten().filter_map(|place| names.get(place));
    others
        .filter(|(_, other)| other.parts() != name.parts() && other.fullness() >= name.fullness())
        .filter(|(_, other)| other.agrees_with(name) || name.agrees_with(other))
        .map(|(other, _)| other)
        .collect()
}

/// Whether all of them may be one person, so that it does not matter which of them is meant.
fn may_be_one(groups: &mut Groups<'_>, candidates: &[usize]) -> io::Result<bool> {
    for (place, &a) in candidates.iter().enumerate() {
        for &b in candidates.iter().skip(place + 1) {
            let agree = groups.pair(a, b)?.is_some_and(|(a, b)| {
                let names = a.parsed().zip(b.parsed());
                names.is_some_and(|(a, b)| a.agrees_with(&b) || b.agrees_with(&a))
                    && (a.roles(&b) != Roles::Differ || groups.matter(&a, &b) >= 1.0)
            });
            if !agree {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// A surname with or without a role, and somebody whom other articles name in full.
fn surnames(groups: &mut Groups<'_>) -> io::Result<()> {
    let (short, full) = (groups.names(PersonName::is_short)?, groups.names(|name| !name.is_short())?);
    let by_part = full.by_part();
    for (at, name) in short.iter() {
        let Some(part) = name.parts().first() else { continue };
        let bearers = by_part.bearers(hash(part));
        if bearers.len() > MOST_BEARERS {
            continue;
        }
        let bearers = groups.roots(bearers.filter_map(|place| full.get(place)).map(|(other, _)| other));
        let mut candidates = Vec::new();
        for other in bearers {
            if groups.get(other)?.named_by(&name) >= 2 {
                candidates.push(other);
            }
        }
        if let Some((one, evidence)) = meant(groups, at, part, &candidates)? {
            groups.join(at, one, evidence)?;
        }
    }
    Ok(())
}

/// Who of `candidates`, all of them known by the surname `part`, is the group that has nothing but that surname.
fn meant(groups: &mut Groups<'_>, at: usize, part: &str, candidates: &[usize]) -> io::Result<Option<(usize, Evidence)>> {
    let standing = standing(groups, at, candidates.iter().copied())?;
    let holders: Vec<usize> = standing.iter().filter(|(_, roles, _)| *roles == Roles::Office).map(|(to, ..)| *to).collect();
    if let [one] = holders[..] {
        return Ok(Some((one, Evidence::SurnameRole)));
    }
    if let ([(one, Roles::Open, _)], [_]) = (&standing[..], candidates)
        && !lexicon::is_leading_surname(part)
    {
        let is_double = groups.get(at)?.person.name().contains('-');
        let group = groups.get(*one)?;
        if group.articles() > 1 && (group.is_known_by_surname() || is_double) {
            return Ok(Some((*one, Evidence::SurnameOnly)));
        }
    }
    let of_story = |(to, roles, matter): &Standing| (*to, if *roles == Roles::Differ { matter / MUCH } else { *matter });
    let matters: Vec<(usize, f64)> = standing.iter().map(of_story).collect();
    Ok(Groups::clear_best(&matters, 1.0).map(|one| (one, Evidence::SurnameMatter)))
}

/// Surnames of whom no article names in full.
fn surnames_alone(groups: &mut Groups<'_>) -> io::Result<()> {
    let names = groups.names(PersonName::is_short)?;
    for bearers in Index::of(names.iter().map(|(at, name)| (hash(name.parts().concat()), place(at))).collect()).lists() {
        join_fitting(groups, bearers, Evidence::SurnameOffice, |groups, a, b| {
            let is_same_body = a.person.roles().iter().any(|(_, body)| {
                b.person
                    .roles()
                    .iter()
                    .any(|(_, other)| body.as_deref().zip(other.as_deref()).is_some_and(|(a, b)| super::share_body(a, b)))
            });
            is_same_body && a.roles(b) == Roles::Office && groups.matter(a, b) > 0.0
        })?;
        join_fitting(groups, bearers, Evidence::SurnameMatter, |groups, a, b| {
            groups.matter(a, b)
                >= match a.roles(b) {
                    Roles::Differ => MUCH * MUCH,
                    Roles::Open => MUCH,
                    Roles::Noun | Roles::Office => 1.0,
                }
        })?;
    }
    Ok(())
}
