//! Which acronyms are which bodies, and which names that look like a person's are a body's.

use std::collections::{BTreeSet, HashMap};

use super::Evidence;
use super::group::Group;
use super::groups::Groups;
use super::normal::{initials, is_acronym, normal_body, parse, sorted};
use crate::SpeakerKind;

/// How much two articles have to share where one takes for a body what the other names a person.
const HALF_A_STORY: f64 = 0.5;

/// The acronym of every article is its own group until here: those of one body whose full name some article gives join it, the others each
/// other.
pub(super) fn acronyms(groups: &mut Groups<'_>) {
    let mut full: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let mut short: Vec<(usize, String)> = Vec::new();
    for (at, group) in groups.iter().filter(|(_, group)| group.person.kind() == SpeakerKind::Organization) {
        let name = group.person.name();
        if is_acronym(name) {
            short.push((at, normal_body(name)));
        } else {
            for acronym in acronyms_of(group) {
                full.entry(acronym).or_default().insert(at);
            }
        }
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, acronym) in short {
        let candidates: Vec<usize> = full.get(&acronym).into_iter().flatten().copied().collect();
        let related = |to: &usize| groups.pair(at, *to).map(|(a, b)| (*to, groups.matter(a, b)));
        let standing: Vec<(usize, f64)> = candidates.iter().filter_map(related).collect();
        match standing[..] {
            [(one, _)] if candidates.len() == 1 => groups.join(at, one, Evidence::Acronym),
            _ => match Groups::clear_best(&standing, 1.0) {
                Some(one) => groups.join(at, one, Evidence::AcronymMatter),
                None if candidates.is_empty() => {
                    let into = *first.entry(acronym).or_insert(at);
                    groups.join(into, at, Evidence::Acronym);
                }
                None => {}
            },
        }
    }
}

/// The same acronym in every article is one body, whatever its full name.
pub(super) fn same_acronyms(groups: &mut Groups<'_>) {
    let is_short = |(_, group): &(usize, &Group)| group.person.kind() == SpeakerKind::Organization && is_acronym(group.person.name());
    let short: Vec<(usize, String)> = groups.iter().filter(is_short).map(|(at, group)| (at, normal_body(group.person.name()))).collect();
    let mut first: HashMap<String, usize> = HashMap::new();
    for (at, acronym) in short {
        let into = *first.entry(acronym).or_insert(at);
        groups.join(into, at, Evidence::Acronym);
    }
}

/// A name that one article takes for a person's and another for a body's is what more articles take it for. A single word is so only in the
/// same story, and where it is the surname of one person alone.
pub(super) fn of_two_kinds(groups: &mut Groups<'_>) {
    let (mut whole, mut last): (HashMap<String, usize>, HashMap<String, Vec<usize>>) = Default::default();
    let mut bodies = Vec::new();
    for (at, group) in groups.iter() {
        let Some(name) = parse(group.person.name()) else { continue };
        if group.person.kind() == SpeakerKind::Organization {
            bodies.push((at, name));
            continue;
        }
        if let Some(part) = name.parts().last() {
            last.entry(part.clone()).or_default().push(at);
        }
        whole.entry(sorted(&name)).or_insert(at);
    }
    for (at, name) in bodies {
        let of_surname = || match name.parts() {
            [part] => last.get(part).and_then(|bearers| if let [one] = bearers[..] { Some(one) } else { None }),
            _ => None,
        };
        let Some(person) = whole.get(&sorted(&name)).copied().or_else(of_surname) else { continue };
        let is_told = |(a, b): (&Group, &Group)| !name.is_short() || groups.matter(a, b) >= HALF_A_STORY;
        if groups.pair_of_kinds(person, at).is_some_and(is_told) {
            groups.join(person, at, Evidence::SameName);
        }
    }
}

/// The acronyms of a body: those that its articles use, and its initials.
fn acronyms_of(group: &Group) -> BTreeSet<String> {
    let used = group.person.aliases().iter().filter(|alias| is_acronym(alias)).map(|alias| normal_body(alias));
    let made = initials(group.person.name()).into_iter().filter(|made| made.chars().count() >= 3);
    used.chain(made).collect()
}
