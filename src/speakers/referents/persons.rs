//! Named persons: gathers every mention of a person's name into one referent per person.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Gender, Mention, Referent, ReferentKind, Referents};
use crate::Upos;
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::names::{self, FoundName, PersonName, fold};
use crate::speakers::rule::{Rule, Rules};
use crate::speakers::word_view::Words;

/// A name as it stands in the text.
struct NamedPerson {
    words: Range<usize>,
    name: PersonName,
    /// What an honorific or title before the name says.
    gender: Option<Gender>,
    /// What found it.
    rule: Rule,
}

/// The persons found so far, by the parts of their names.
#[derive(Default)]
struct Persons {
    /// Folded name parts, and whole names without spaces, to those who bear them.
    by_part: BTreeMap<String, Vec<usize>>,
    /// Where each person is named, in text order.
    places: BTreeMap<usize, Vec<usize>>,
    /// How often each person is named in full.
    in_full: BTreeMap<usize, usize>,
}

/// Adds the persons that are named to the referents: full names first, then short ones.
pub(in crate::speakers) fn gather(words: &Words<'_>, named: &[FoundName], rules: Rules, referents: &mut Referents) {
    let mut named: Vec<NamedPerson> = named.iter().filter_map(|name| read(words, name)).collect();
    named.sort_by_key(|person| person.words.start);
    let mut persons = Persons::default();
    let mut resolved: Vec<usize> = vec![0; named.len()];
    for (person, slot) in named.iter().zip(&mut resolved).filter(|(person, _)| !person.name.is_short()) {
        let known = persons.of_full_name(person, rules, referents);
        *slot = persons.note(person, known, Rule::FullName, referents);
        *persons.in_full.entry(*slot).or_default() += 1;
    }
    for (person, slot) in named.iter().zip(&mut resolved).filter(|(person, _)| person.name.is_short()) {
        let known = persons.of_short_name(person, rules, referents);
        *slot = persons.note(person, known, Rule::ShortName, referents);
    }
    for (person, &referent) in named.iter().zip(&resolved) {
        referents.mention(words, Mention { words: person.words.clone(), referent, kind: MentionKind::Name });
    }
    name_fully(words, &named, &resolved, referents);
    read_given_names(referents);
    if rules.has(Rule::MissedSurname) {
        for missed in persons.missed(words, referents) {
            referents.note(missed.referent, Rule::MissedSurname, missed.words.clone());
            referents.mention(words, missed);
        }
    }
}

/// Cuts titles and possessive endings off a range and reads the name.
fn read(words: &Words<'_>, found: &FoundName) -> Option<NamedPerson> {
    let mut range = found.words.clone();
    while range.start < range.end && (words.is_punctuation(range.start) || matches!(words.lower(range.start), "the" | "a")) {
        range.start += 1;
    }
    while range.start < range.end && (words.is_possessive(range.end - 1) || words.is_punctuation(range.end - 1)) {
        range.end -= 1;
    }
    let nickname = nickname(words, &range);
    let texts: Vec<&str> = range.clone().filter(|at| !nickname.contains(at)).map(|at| words.text(at)).collect();
    let name = PersonName::parse(&texts)?;
    // *Smt. Ana Lima*: the full stop of an unknown abbreviation is a word of its own.
    let after_titles = range.start + name.titles;
    let start = (after_titles..range.end).find(|&at| !words.is_punctuation(at))?;
    let inside = (range.start..start).rev();
    let before = (0..range.start).rev().take(4).take_while(|&at| names::is_title(words.text(at)));
    let mut titles = inside.chain(before).filter(|&at| words.sentence(at) == words.sentence(start));
    let gender = titles.find_map(|at| lexicon::gender_of_word(words.lower(at)));
    Some(NamedPerson { words: start..range.end, name, gender, rule: found.rule })
}

/// The words of a nickname in marks inside a name, with its marks: they are no part of it.
fn nickname(words: &Words<'_>, range: &Range<usize>) -> Range<usize> {
    let is_mark = |at: &usize| matches!(words.text(*at), "“" | "”" | "\"" | "‘" | "’" | "'") && !words.is_possessive(*at);
    let open = range.clone().skip(1).find(is_mark);
    let close = open.and_then(|open| (open + 1..range.end.saturating_sub(1)).rev().find(is_mark));
    open.zip(close).map_or(range.end..range.end, |(open, close)| open..close + 1)
}

impl Persons {
    /// Those who bear any part of a name, each once.
    fn bearers(&self, name: &PersonName) -> Vec<usize> {
        let whole = name.parts().concat();
        let parts = name.parts().iter().map(String::as_str).chain([whole.as_str()]);
        let mut found: Vec<usize> = parts.filter_map(|part| self.by_part.get(part)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The latest person whose every name agrees with this one; without the rule, who has the very same name.
    fn of_full_name(&self, person: &NamedPerson, rules: Rules, referents: &Referents) -> Option<usize> {
        let is_form = |name: &PersonName| {
            if rules.has(Rule::FullName) { name.agrees_with(&person.name) } else { *name == person.name }
        };
        let agrees = |bearer: &usize| {
            let known = referents.all.get(*bearer);
            known.is_some_and(|known| !differ(person.gender, known.gender.certain()) && known.names.iter().all(is_form))
        };
        self.bearers(&person.name).into_iter().rev().find(agrees)
    }

    /// The bearer of a one-part name: surnames first, then the latest before, then the first after.
    /// Without the rule, who has the very same name.
    fn of_short_name(&self, person: &NamedPerson, rules: Rules, referents: &Referents) -> Option<usize> {
        let at = person.words.start;
        if !rules.has(Rule::ShortName) {
            let has_name = |bearer: &usize| referents.all.get(*bearer).is_some_and(|known| known.names.contains(&person.name));
            return self.bearers(&person.name).into_iter().find(has_name);
        }
        let candidates = self.bearers(&person.name).into_iter().filter_map(|bearer| {
            let known = referents.all.get(bearer).filter(|known| !differ(person.gender, known.gender.certain()))?;
            let fit = known.names.iter().map(|name| name.named_by(&person.name)).max().filter(|&fit| fit > 0)?;
            let places = self.places.get(&bearer)?;
            let before = places.partition_point(|&place| place < at);
            let nearness = match before.checked_sub(1).and_then(|last| places.get(last)) {
                Some(&place) => (1, place),
                None => (0, usize::MAX - places.first().copied().unwrap_or_default()),
            };
            // A relative named in full once does not take the name from the person the article is about.
            let is_major = self.in_full.get(&bearer).is_some_and(|&times| times > 1);
            Some(((fit == 3, is_major, nearness, fit), bearer))
        });
        candidates.max().map(|(_, bearer)| bearer)
    }

    /// Adds a name to a known person, whom a rule found, or to a new one; returns the person.
    fn note(&mut self, person: &NamedPerson, known: Option<usize>, rule: Rule, referents: &mut Referents) -> usize {
        let referent = known.unwrap_or_else(|| referents.add(Referent::new(ReferentKind::Person, String::new())));
        if let Some(known) = referents.all.get_mut(referent) {
            known.gender.mark(person.gender);
            known.gender.name(person.name.given().and_then(lexicon::gender_of_given_name));
            if !known.names.contains(&person.name) {
                let merged = (!known.names.is_empty()).then_some(rule);
                for rule in std::iter::once(person.rule).chain(merged) {
                    known.note(rule, person.words.clone());
                }
                known.names.push(person.name.clone());
                for part in person.name.parts().iter().cloned().chain([person.name.parts().concat()]) {
                    let bearers = self.by_part.entry(part).or_default();
                    if bearers.last() != Some(&referent) {
                        bearers.push(referent);
                    }
                }
            }
        }
        let places = self.places.entry(referent).or_default();
        let at = places.partition_point(|&place| place < person.words.start);
        places.insert(at, person.words.start);
        referent
    }

    /// The surnames of known persons that carry no label: capitalised, alone, never part of another name.
    fn missed(&self, words: &Words<'_>, referents: &Referents) -> Vec<Mention> {
        let mut found = Vec::new();
        for at in (0..words.len()).filter(|&at| words.is_capital(at) && referents.at(at).is_none()) {
            let is_alone = |other: usize| {
                !words.is_capital(other) || words.sentence(other) != words.sentence(at) || names::is_title(words.text(other))
            };
            let is_name = matches!(words.upos(at), Upos::Propn | Upos::X) && fold(words.text(at)).len() > 2;
            if !is_name || names::is_title(words.text(at)) || !is_alone(at + 1) || at.checked_sub(1).is_some_and(|before| !is_alone(before))
            {
                continue;
            }
            let Some(name) = PersonName::parse(&[words.text(at)]) else { continue };
            let fits = |bearer: &usize| {
                let known = referents.all.get(*bearer);
                known.is_some_and(|known| known.names.iter().any(|known| !known.is_short() && known.named_by(&name) == 3))
            };
            if let Some(referent) = self.bearers(&name).into_iter().rev().find(fits) {
                found.push(Mention { words: at..at + 1, referent, kind: MentionKind::Name });
            }
        }
        found
    }
}

/// A person whose short name is the first part of the full one bears the surname first, so the last part is given:
/// *Kovács* for *Kovács Anna*.
fn read_given_names(referents: &mut Referents) {
    for person in &mut referents.all {
        let short: Vec<&str> =
            person.names.iter().filter(|name| name.is_short()).filter_map(|name| Some(name.parts().first()?.as_str())).collect();
        let is_surname_first =
            |name: &&PersonName| !name.is_short() && name.parts().first().is_some_and(|first| short.contains(&first.as_str()));
        let full = person.names.iter().find(is_surname_first);
        let given = full.and_then(|name| name.parts().last()).and_then(|last| lexicon::gender_of_given_name(last));
        person.gender.name(given);
    }
}

fn differ(a: Option<Gender>, b: Option<Gender>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Gives every person the fullest of their names as the article writes it; the first of equals.
fn name_fully(words: &Words<'_>, named: &[NamedPerson], resolved: &[usize], referents: &mut Referents) {
    let mut best: BTreeMap<usize, &NamedPerson> = BTreeMap::new();
    for (person, &referent) in named.iter().zip(resolved) {
        let known = best.entry(referent).or_insert(person);
        if person.name.fullness() > known.name.fullness() {
            *known = person;
        }
    }
    for (referent, person) in best {
        if let Some(referent) = referents.all.get_mut(referent) {
            referent.name = words.phrase(&person.words);
        }
    }
}
