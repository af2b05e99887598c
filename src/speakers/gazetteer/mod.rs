//! Known people: who a speaker is beyond the article, with an id and the offices held at the article's date.

use serde::{Deserialize, Serialize};

mod import;
mod legislators;
mod petrarch;
mod table;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

pub use import::{PeopleImport, PeopleShape, import_people};

use super::names::PersonName;
use super::people::{share_body, share_noun};
use super::{Role, Speaker, SpeakerKind, lexicon};
use crate::{Date, Result};

/// An office with the days it was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The role (*senator*).
    pub role: String,
    /// The body it is held in.
    pub organisation: Option<String>,
    /// The first day; none where it is not known.
    pub from: Option<Date>,
    /// The last day; none where it is not known or not over.
    pub to: Option<Date>,
}

impl Office {
    /// Whether the office was held on `day`; always, where neither its first nor its last day is known.
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether role or body is one that an article states.
    fn agrees_with(&self, role: &Role) -> bool {
        let bodies = self.organisation.as_deref().zip(role.affiliation.as_deref());
        share_noun(&self.role, &role.role) || bodies.is_some_and(|(a, b)| share_body(a, b))
    }
}

/// One person as a gazetteer knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    /// Unique in the gazetteer; the name where it gives none.
    pub id: String,
    /// The name the gazetteer gives.
    pub name: String,
    /// In a [`Gazetteer`] all other names; empty in a [`Speaker`].
    pub aliases: Vec<String>,
    /// In a [`Gazetteer`] all offices; in a [`Speaker`] those held at the article's date, none where the article has no date.
    pub offices: Vec<Office>,
}

/// People by name, from a CSV file with the columns `name`, `aliases` (parted by `;`), `role`, `organisation`, `from`, `to`
/// (`2031-04-05`) and `id`; one row per office, rows with one id are one person.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    people: Vec<KnownPerson>,
    /// Each person's names as read.
    names: Vec<Vec<PersonName>>,
    by_part: HashMap<String, Vec<usize>>,
}

impl Gazetteer {
    /// Reads a CSV file.
    ///
    /// # Errors
    /// Where the file cannot be read, lacks the column `name`, has an unknown column, or a row has no name, a date that is none, or an
    /// office that ends before it begins; the error names the line.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        table::read(path.as_ref()).map(Self::new)
    }

    /// Makes a gazetteer of rows: people with the same id are one, their names and offices gathered.
    pub fn new(rows: impl IntoIterator<Item = KnownPerson>) -> Self {
        let mut people: Vec<KnownPerson> = Vec::new();
        let mut by_id: HashMap<String, usize> = HashMap::new();
        for row in rows {
            let at = *by_id.entry(row.id.clone()).or_insert(people.len());
            match people.get_mut(at) {
                Some(known) => {
                    for name in std::iter::once(row.name).chain(row.aliases) {
                        if name != known.name && !known.aliases.contains(&name) {
                            known.aliases.push(name);
                        }
                    }
                    known.offices.extend(row.offices);
                }
                None => people.push(row),
            }
        }
        let read = |name: &String| PersonName::parse(&name.split_whitespace().collect::<Vec<_>>());
        let names_of = |person: &KnownPerson| std::iter::once(&person.name).chain(&person.aliases).filter_map(read).collect();
        let names: Vec<Vec<PersonName>> = people.iter().map(names_of).collect();
        let mut by_part: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, names) in names.iter().enumerate() {
            for part in names.iter().flat_map(PersonName::parts) {
                let bearers = by_part.entry(part.clone()).or_default();
                if bearers.last() != Some(&at) {
                    bearers.push(at);
                }
            }
        }
        Self { people, names, by_part }
    }

    /// The people, in order of their first rows.
    pub fn people(&self) -> &[KnownPerson] {
        &self.people
    }

    /// Who a speaker is, with the offices held on `day`; none where nobody or more than one person fits.
    ///
    /// A full name is enough unless the article states roles none of which fits; another form of the name needs a fitting role; a
    /// surname needs an office held on `day` that the article states.
    pub fn find(&self, speaker: &Speaker, day: Option<Date>) -> Option<KnownPerson> {
        let name = PersonName::parse(&speaker.name.split_whitespace().collect::<Vec<_>>())?;
        if speaker.kind != SpeakerKind::Person {
            return None;
        }
        let bearers = name.parts().iter().filter_map(|part| self.by_part.get(part)).flatten();
        let mut ranks: BTreeMap<usize, (bool, bool, bool)> = BTreeMap::new();
        for &at in bearers {
            if let Some(rank) = self.rank(at, &name, speaker, day) {
                ranks.insert(at, rank);
            }
        }
        let best = *ranks.values().max()?;
        let mut found = ranks.into_iter().filter(|(_, rank)| *rank == best).map(|(at, _)| at);
        let person = found.next().filter(|_| found.next().is_none()).and_then(|at| self.people.get(at))?;
        let offices = person.offices.iter().filter(|office| day.is_some_and(|day| office.is_held_on(day))).cloned().collect();
        Some(KnownPerson { aliases: Vec::new(), offices, ..person.clone() })
    }

    /// How well a person fits: by the whole name, by a stated role, by an office on the day; none where the person does not.
    fn rank(&self, at: usize, name: &PersonName, speaker: &Speaker, day: Option<Date>) -> Option<(bool, bool, bool)> {
        let (person, names) = (self.people.get(at)?, self.names.get(at)?);
        let is_held = |office: &&Office| day.is_none_or(|day| office.is_held_on(day));
        let states = |office: &Office| speaker.roles.iter().any(|role| office.agrees_with(role));
        let has_role = person.offices.iter().any(states);
        let holds = day.is_some() && person.offices.iter().any(|office| is_held(&office));
        if name.is_short() {
            let fits = names.iter().any(|known| !known.is_short() && known.named_by(name) == 3);
            let is_in_office = day.is_some() && person.offices.iter().filter(is_held).any(states);
            return (fits && is_in_office).then_some((false, true, true));
        }
        let is_same = names.iter().any(|known| !known.is_short() && sorted(known) == sorted(name));
        let is_form = names.iter().any(|known| !known.is_short() && known.agrees_with(name));
        let is_open = speaker.roles.is_empty() || has_role || person.offices.is_empty() || speaker.roles.iter().any(is_public);
        (is_same && is_open || is_form && has_role).then_some((is_same, has_role, holds))
    }
}

/// Whether a role is one of public life, so that somebody in office may have it as well.
fn is_public(role: &Role) -> bool {
    let words: Vec<String> = role.role.to_lowercase().split_whitespace().map(str::to_owned).collect();
    words.is_empty() || words.iter().any(|word| lexicon::is_public(word) || lexicon::is_in_public_life(word))
}

fn sorted(name: &PersonName) -> Vec<&String> {
    let mut parts: Vec<&String> = name.parts().iter().collect();
    parts.sort_unstable();
    parts
}

/// The day that a gazetteer's file means; else what is wrong.
fn day(text: &str) -> std::result::Result<Date, String> {
    Date::parse(text, None).filter(|date| date.is_day()).ok_or_else(|| format!("'{text}' is no day"))
}

#[cfg(test)]
mod tests;
