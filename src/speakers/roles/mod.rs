//! Roles: how a role phrase is read, where an article states the roles of those it names, and which statements are one.

mod phrases;
mod stated;

use std::ops::Range;

use crate::speakers::Role;
use crate::speakers::lexicon;
use crate::speakers::names::fold;
use crate::speakers::referents::Referents;
use crate::speakers::word_view::Words;

pub(in crate::speakers) use phrases::role_at;
pub(in crate::speakers) use stated::{of_pronoun, opening_apposition};

/// A role someone holds, with what matching needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::speakers) struct HeldRole {
    pub(in crate::speakers) role: Role,
    /// The head noun, singular and in lower case.
    pub(in crate::speakers) noun: String,
    /// The words of the evidence.
    pub(in crate::speakers) words: Range<usize>,
}

/// Gives every person the roles that stand beside a name of theirs, with the gender that a role noun carries.
pub(in crate::speakers) fn gather(words: &Words<'_>, referents: &mut Referents) {
    let mentions: Vec<_> = referents.mentions().iter().filter(|mention| referents.is_person(mention.referent)).cloned().collect();
    for mention in mentions {
        let found = stated::of_name(words, referents, &mention);
        let Some(person) = referents.all.get_mut(mention.referent) else { continue };
        for held in found {
            person.gender.mark(lexicon::gender_of_word(&held.noun));
            add(&mut person.roles, held);
        }
    }
}

/// Gives a person the role that the words before the name state, where a role noun heads them.
pub(in crate::speakers) fn add_before_name(words: &Words<'_>, referents: &mut Referents, person: usize, before: Range<usize>) {
    let held = phrases::role_at(words, referents, before.start, before.end);
    if let Some((person, held)) = referents.all.get_mut(person).zip(held) {
        add(&mut person.roles, held);
    }
}

/// Adds a role unless the person has it; the fuller of two statements of one role stays.
pub(in crate::speakers) fn add(roles: &mut Vec<HeldRole>, held: HeldRole) {
    let same_place = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => fold(a) == fold(b),
        _ => true,
    };
    let known = roles.iter_mut().find(|known| {
        let alike = fold(&known.role.role) == fold(&held.role.role)
            || known.noun == held.noun && (known.role.role.ends_with(&held.role.role) || held.role.role.ends_with(&known.role.role));
        alike && same_place(&known.role.affiliation, &held.role.affiliation)
    });
    match known {
        Some(known) => {
            let fullness = |held: &HeldRole| (held.role.affiliation.is_some(), held.role.role.len());
            if fullness(&held) > fullness(known) {
                *known = held;
            }
        }
        None => roles.push(held),
    }
}
