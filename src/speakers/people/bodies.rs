//! Which acronyms are which bodies, and which names that look like a person's are a body's.

use std::collections::BTreeSet;
use std::io;

use super::Evidence;
use super::group::Group;
use super::groups::Groups;
use super::index::{Index, Names, hash, members, place};
use super::normal::{initials, is_acronym, normal_body, parse, sorted};
use crate::SpeakerKind;

/// How much two articles have to share where one takes for a body what the other names a person.
const HALF_A_STORY: f64 = 0.5;

/// The acronym of every article is its own group until here: those of one body whose full name some article gives join it, the others each
/// other.
pub(super) fn acronyms(groups: &mut Groups<'_>) -> io::Result<()> {
    let (mut full, mut short) = (Vec::new(), Vec::new());
    groups.each(|at, group| {
        if group.person.kind() != SpeakerKind::Organization {
        } else if is_acronym(group.person.name()) {
            short.push((hash(normal_body(group.person.name())), place(at)));
        } else {
            full.extend(acronyms_of(group).into_iter().map(|acronym| (hash(acronym), place(at))));
        }
    })?;
    let (full, mut alone) = (Index::of(full), Vec::new());
    for (acronym, at) in short {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let candidates: Vec<usize> = full.bearers(acronym).collect();
        let mut standing = Vec::new();
        for &to in &candidates {
            if let Some((a, b)) = groups.pair(at, to)? {
                standing.push((to, groups.matter(&a, &b)));
            }
        }
        match standing[..] {
            [(one, _)] if candidates.len() == 1 => groups.join(at, one, Evidence::Acronym)?,
            _ => match Groups::clear_best(&standing, 1.0) {
                Some(one) => groups.join(at, one, Evidence::AcronymMatter)?,
                None if candidates.is_empty() => alone.push((acronym, place(at))),
                None => {}
            },
        }
    }
    join_all(groups, alone)
}

/// The same acronym in every article is one body, whatever its full name.
pub(super) fn same_acronyms(groups: &mut Groups<'_>) -> io::Result<()> {
    let mut short = Vec::new();
    groups.each(|at, group| {
        if group.person.kind() == SpeakerKind::Organization && is_acronym(group.person.name()) {
            short.push((hash(normal_body(group.person.name())), place(at)));
        }
    })?;
    join_all(groups, short)
}

/// Joins those of one acronym.
fn join_all(groups: &mut Groups<'_>, acronyms: Vec<(u64, u32)>) -> io::Result<()> {
    for bearers in Index::of(acronyms).lists() {
        let first = members(bearers).next();
        for at in members(bearers) {
            groups.join(first.unwrap_or(at), at, Evidence::Acronym)?;
        }
    }
    Ok(())
}

/// A name that one article takes for a person's and another for a body's is what more articles take it for. A single word is so only in the
/// same story, and where it is the surname of one person alone.
pub(super) fn of_two_kinds(groups: &mut Groups<'_>) -> io::Result<()> {
    let (mut whole, mut last, mut bodies) = (Vec::new(), Vec::new(), Names::default());
    groups.each(|at, group| {
        let Some(name) = parse(group.person.name()) else { return };
        if group.person.kind() == SpeakerKind::Organization {
            bodies.push(at, &name);
            return;
        }
        last.extend(name.parts().last().map(|part| (hash(part), place(at))));
        whole.push((hash(sorted(&name)), place(at)));
    })?;
    let (whole, last) = (Index::of(whole), Index::of(last));
    for (at, name) in bodies.iter() {
        let of_surname = || match name.parts() {
            [part] if last.bearers(hash(part)).len() == 1 => last.bearers(hash(part)).next(),
            _ => None,
        };
        let Some(person) = whole.bearers(hash(sorted(&name))).next().or_else(of_surname) else { continue };
        let is_told = |groups: &Groups<'_>, a: &Group, b: &Group| !name.is_short() || groups.matter(a, b) >= HALF_A_STORY;
        if groups.pair_of_kinds(person, at)?.is_some_and(|(a, b)| is_told(groups, &a, &b)) {
            groups.join(person, at, Evidence::SameName)?;
        }
    }
    Ok(())
}

/// The acronyms of a body: those that its articles use, and its initials.
fn acronyms_of(group: &Group) -> BTreeSet<String> {
    let used = group.person.aliases().iter().filter(|alias| is_acronym(alias)).map(|alias| normal_body(alias));
    let made = initials(group.person.name()).into_iter().filter(|made| made.chars().count() >= 3);
    used.chain(made).collect()
}
