//! Persons across articles: which speakers of a run are one.
//!
//! Two speakers are one person where their full names are the same, titles, accents and the order of parts aside, and their roles are
//! compatible: one of them has none, or a role or a body is shared. Where a name is another form of the same (*Joe Lima*, *Joseph A.
//! Lima*), a role or body has to be shared. An id of the gazetteer decides before any name does. A surname alone never joins two speakers of different articles.

use std::collections::HashMap;

use super::Speaker;
use super::lexicon;
use super::names::{PersonName, fold};

/// More bearers of one name part are not looked through for other forms of a name.
const MOST_BEARERS: usize = 200;
/// Aliases and roles kept of one person.
const MOST_FORMS: usize = 50;

/// The persons of a run, numbered in order of first appearance.
#[derive(Debug, Default)]
pub(crate) struct PeopleOfRun {
    entries: Vec<PersonOfRun>,
    /// Sorted parts of full names.
    by_name: HashMap<String, Vec<usize>>,
    by_part: HashMap<String, Vec<usize>>,
    /// Ids of the gazetteer.
    by_id: HashMap<String, usize>,
}

/// One person of a run.
#[derive(Debug)]
pub(crate) struct PersonOfRun {
    name: String,
    parsed: Option<PersonName>,
    aliases: Vec<String>,
    roles: Vec<(String, Option<String>)>,
    known: Option<String>,
}

impl PersonOfRun {
    /// The id of the gazetteer, where a speaker had one.
    pub(crate) fn known(&self) -> Option<&str> {
        self.known.as_deref()
    }

    /// The fullest name so far.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Other names, in order of first use.
    pub(crate) fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Roles with their bodies, in order of first statement.
    pub(crate) fn roles(&self) -> &[(String, Option<String>)] {
        &self.roles
    }

    fn take(&mut self, speaker: &Speaker) {
        if self.known.is_none() {
            self.known = speaker.known.as_ref().map(|known| known.id.clone());
        }
        let parsed = parse(&speaker.name);
        let is_fuller = match (&parsed, &self.parsed) {
            (Some(new), Some(known)) => new.fullness() > known.fullness(),
            _ => false,
        };
        if is_fuller {
            let former = std::mem::replace(&mut self.name, speaker.name.clone());
            self.parsed = parsed;
            self.aliases.retain(|alias| fold(alias) != fold(&self.name));
            self.alias(&former);
        }
        for alias in std::iter::once(&speaker.name).chain(&speaker.aliases) {
            self.alias(alias);
        }
        for role in &speaker.roles {
            let known = (role.role.to_lowercase(), role.affiliation.as_deref().map(fold));
            let is_known = self.roles.iter().any(|(role, body)| (role.to_lowercase(), body.as_deref().map(fold)) == known);
            if !is_known && self.roles.len() < MOST_FORMS {
                self.roles.push((role.role.clone(), role.affiliation.clone()));
            }
        }
    }

    fn alias(&mut self, alias: &str) {
        let is_new = fold(alias) != fold(&self.name) && self.aliases.iter().all(|known| fold(known) != fold(alias));
        if is_new && self.aliases.len() < MOST_FORMS {
            self.aliases.push(alias.to_owned());
        }
    }

    /// Whether a role noun, or a telling word of a body, is shared.
    fn shares_role(&self, speaker: &Speaker) -> bool {
        !self.is_another(speaker)
            && speaker.roles.iter().any(|role| {
                self.roles.iter().any(|(known, body)| {
                    let bodies = body.as_deref().zip(role.affiliation.as_deref());
                    share_noun(known, &role.role) || bodies.is_some_and(|(a, b)| share_body(a, b))
                })
            })
    }

    fn is_compatible(&self, speaker: &Speaker) -> bool {
        !self.is_another(speaker) && (self.roles.is_empty() || speaker.roles.is_empty() || self.shares_role(speaker))
    }

    /// Whether the gazetteer knows both, as two people.
    fn is_another(&self, speaker: &Speaker) -> bool {
        self.known.as_ref().zip(speaker.known.as_ref()).is_some_and(|(id, known)| *id != known.id)
    }
}

impl PeopleOfRun {
    /// Adds a speaker to the person it is, or as a new one, and returns the person's number.
    pub(crate) fn add(&mut self, speaker: &Speaker) -> usize {
        let full = parse(&speaker.name).filter(|name| !name.is_short());
        let by_id = speaker.known.as_ref().and_then(|known| self.by_id.get(&known.id)).copied();
        let at = by_id.or_else(|| full.as_ref().and_then(|name| self.known(name, speaker))).unwrap_or_else(|| {
            self.entries.push(PersonOfRun {
                name: speaker.name.clone(),
                parsed: parse(&speaker.name),
                aliases: Vec::new(),
                roles: Vec::new(),
                known: None,
            });
            self.entries.len() - 1
        });
        if let Some(entry) = self.entries.get_mut(at) {
            entry.take(speaker);
        }
        if let Some(known) = &speaker.known {
            self.by_id.insert(known.id.clone(), at);
        }
        if let Some(name) = full {
            note(&mut self.by_name, sorted(&name), at);
            for part in name.parts() {
                note(&mut self.by_part, part.clone(), at);
            }
        }
        at
    }

    /// The person with this number.
    ///
    /// # Panics
    /// For a number that [`Self::add`] never gave.
    #[expect(clippy::indexing_slicing, reason = "numbers come from add alone")]
    pub(crate) fn entry(&self, at: usize) -> &PersonOfRun {
        &self.entries[at]
    }

    fn known(&self, name: &PersonName, speaker: &Speaker) -> Option<usize> {
        let entry = |at: &&usize| self.entries.get(**at);
        let same = self.by_name.get(&sorted(name)).into_iter().flatten();
        let shared = same.clone().find(|at| entry(at).is_some_and(|known| known.shares_role(speaker)));
        let open = || same.clone().find(|at| entry(at).is_some_and(|known| known.is_compatible(speaker)));
        let form = || {
            let parts = name.parts().iter().filter_map(|part| self.by_part.get(part)).filter(|bearers| bearers.len() <= MOST_BEARERS);
            let mut bearers: Vec<&usize> = parts.flatten().collect();
            bearers.sort_unstable();
            let agrees = |known: &PersonOfRun| known.parsed.as_ref().is_some_and(|other| other.agrees_with(name));
            bearers.into_iter().find(|at| entry(at).is_some_and(|known| agrees(known) && known.shares_role(speaker)))
        };
        shared.or_else(open).or_else(form).copied()
    }
}

fn note(index: &mut HashMap<String, Vec<usize>>, key: String, at: usize) {
    let bearers = index.entry(key).or_default();
    if !bearers.contains(&at) {
        bearers.push(at);
    }
}

fn parse(name: &str) -> Option<PersonName> {
    PersonName::parse(&name.split_whitespace().collect::<Vec<_>>())
}

/// The parts of a name in one order, so that *Orbán Viktor* is *Viktor Orban*; *Jae-myung* and *Jae Myung* stay apart here.
fn sorted(name: &PersonName) -> String {
    let mut parts: Vec<&str> = name.parts().iter().map(String::as_str).collect();
    parts.sort_unstable();
    parts.join(" ")
}

/// Whether two roles have a noun in common, or one's noun covers the other's.
pub(super) fn share_noun(a: &str, b: &str) -> bool {
    let nouns = |role: &str| -> Vec<String> {
        role.to_lowercase().split_whitespace().filter_map(|word| Some(lexicon::role_noun(word)?.0.to_owned())).collect()
    };
    let others = nouns(b);
    nouns(a).iter().any(|noun| others.iter().any(|other| lexicon::covers(noun, other) || lexicon::covers(other, noun)))
}

/// Whether two bodies' names share a word that tells them from others.
pub(super) fn share_body(a: &str, b: &str) -> bool {
    let words = |body: &str| -> Vec<String> {
        let all = body.split_whitespace().map(fold);
        all.filter(|word| word.len() > 1 && !lexicon::says_nothing_of_body(word)).collect()
    };
    let others = words(b);
    words(a).iter().any(|word| others.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, Span, SpeakerKind};

    /// *Ann Lee; mayor @ Vik*
    fn speaker(text: &str) -> Speaker {
        let mut parts = text.split("; ");
        let name = parts.next().expect("a name").to_owned();
        let role = |text: &str| {
            let (role, body) = text.split_once(" @ ").map_or((text, None), |(role, body)| (role, Some(body.to_owned())));
            Role { role: role.to_owned(), affiliation: body, span: Span::new(0, 1) }
        };
        let roles = parts.map(role).collect();
        Speaker {
            id: "s1".to_owned(),
            name,
            kind: SpeakerKind::Person,
            is_metonym: false,
            aliases: Vec::new(),
            roles,
            mentions: Vec::new(),
            known: None,
        }
    }

    #[test]
    fn joins_full_names_with_compatible_roles_alone() {
        let cases: &[(&[&str], &[usize])] = &[
            (&["Ann Lee", "Ann Lee; mayor @ Vik", "Ann Lee; former mayor"], &[0, 0, 0]),
            (&["Ann Lee; mayor @ Vik", "Ann Lee; dentist @ Oslo"], &[0, 1]),
            (&["Ann Lee; mayor @ Vik", "Ann Lee; candidate @ Vik Party"], &[0, 0]),
            (&["Orbán Viktor", "Viktor Orban", "Viktor Orbán; premier"], &[0, 0, 0]),
            (&["Lee", "Lee", "Ann Lee"], &[0, 1, 2]),
            (&["Joe Lee; mayor", "Joseph Lee; mayor", "Joseph Lee; dentist", "Joseph Lee"], &[0, 0, 2, 0]),
            (&["Joe Lee", "Joseph Lee"], &[0, 1]),
            (&["Ann Lee; minister", "Ann Lee; official"], &[0, 0]),
        ];
        for (speakers, expected) in cases {
            let mut people = PeopleOfRun::default();
            let numbers: Vec<usize> = speakers.iter().map(|text| people.add(&speaker(text))).collect();
            // Numbers count persons; the table above numbers by speaker.
            let firsts: Vec<usize> = numbers.iter().map(|at| numbers.iter().position(|other| other == at).expect("itself")).collect();
            assert_eq!(firsts, *expected, "{speakers:?}");
        }
    }

    #[test]
    fn keeps_the_fullest_name_with_the_others_as_aliases() {
        let mut people = PeopleOfRun::default();
        people.add(&speaker("Ann Lee; mayor @ Vik"));
        let at = people.add(&speaker("Ann Mary Lee; mayor @ Vik; author"));
        let entry = people.entry(at);
        assert_eq!((at, entry.name(), entry.aliases()), (0, "Ann Mary Lee", &["Ann Lee".to_owned()][..]));
        assert_eq!(entry.roles(), [("mayor".to_owned(), Some("Vik".to_owned())), ("author".to_owned(), None)]);
    }
}
