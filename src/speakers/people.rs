//! Named persons: gathers every mention of a person's name into one referent per person.

use std::ops::Range;

use super::MentionKind;
use super::cast::{Cast, Mention, Referent, ReferentKind};
use super::gender::Gender;
use super::lexicon;
use super::names::{self, PersonName, fold};
use super::words::Words;
use crate::Upos;

/// A name as it stands in the text.
struct Reading {
    words: Range<usize>,
    name: PersonName,
    /// What an honorific or title before the name says.
    gender: Option<Gender>,
}

/// Adds the persons that `ranges` of words name to the cast: full names first, then short ones.
pub(super) fn gather(words: &Words<'_>, ranges: &[Range<usize>], cast: &mut Cast) {
    let mut readings: Vec<Reading> = ranges.iter().filter_map(|range| read(words, range)).collect();
    readings.sort_by_key(|reading| reading.words.start);
    let mut persons: Vec<usize> = Vec::new();
    let mut resolved: Vec<Option<usize>> = vec![None; readings.len()];
    for (reading, slot) in readings.iter().zip(&mut resolved).filter(|(reading, _)| !reading.name.is_short()) {
        *slot = Some(full_name(reading, &mut persons, cast));
    }
    let full: Vec<(usize, usize)> =
        readings.iter().zip(&resolved).filter_map(|(reading, person)| Some((reading.words.start, (*person)?))).collect();
    let mut seen = full;
    for (reading, slot) in readings.iter().zip(&mut resolved).filter(|(reading, _)| reading.name.is_short()) {
        let person = short_name(reading, &seen, cast).unwrap_or_else(|| new_person(&mut persons, cast));
        note(reading, person, cast);
        seen.push((reading.words.start, person));
        *slot = Some(person);
    }
    for (reading, person) in readings.iter().zip(&resolved).filter_map(|(reading, person)| Some((reading, (*person)?))) {
        cast.mention(words, Mention { words: reading.words.clone(), referent: person, kind: MentionKind::Name });
    }
    name_fully(words, &readings, &resolved, cast);
    missed(words, &persons, cast);
}

/// Cuts titles and possessive endings off a range and reads the name.
fn read(words: &Words<'_>, range: &Range<usize>) -> Option<Reading> {
    let mut range = range.clone();
    while range.start < range.end && (words.is_punctuation(range.start) || matches!(words.lower(range.start), "the" | "a")) {
        range.start += 1;
    }
    while range.start < range.end && (words.is_possessive(range.end - 1) || words.is_punctuation(range.end - 1)) {
        range.end -= 1;
    }
    let texts: Vec<&str> = range.clone().map(|at| words.text(at)).collect();
    let name = PersonName::parse(&texts)?;
    let start = range.start + name.titles;
    let titles = (range.start..start).rev().chain((0..range.start).rev().take(4).take_while(|&at| names::is_title(words.text(at))));
    let gender = titles.filter(|&at| words.sentence(at) == words.sentence(start)).find_map(|at| lexicon::gender_of_word(words.lower(at)));
    Some(Reading { words: start..range.end, name, gender })
}

fn full_name(reading: &Reading, persons: &mut Vec<usize>, cast: &mut Cast) -> usize {
    let agrees = |&&person: &&usize| {
        cast.referents.get(person).is_some_and(|known| {
            !differs(reading.gender, known.gender.certain()) && known.names.iter().all(|name| name.agrees_with(&reading.name))
        })
    };
    let person = persons.iter().rev().find(agrees).copied();
    let person = person.unwrap_or_else(|| new_person(persons, cast));
    note(reading, person, cast);
    person
}

/// The bearer of a one-part name: best fit of the part first, then the latest before, then the first after.
fn short_name(reading: &Reading, seen: &[(usize, usize)], cast: &Cast) -> Option<usize> {
    let fit = |person: usize| {
        let known = cast.referents.get(person)?;
        if differs(reading.gender, known.gender.certain()) {
            return None;
        }
        known.names.iter().map(|name| name.named_by(&reading.name)).max().filter(|&fit| fit > 0)
    };
    // A relative named in full once does not take the name from the person the article is about.
    let times = |person: usize| seen.iter().filter(|&&(_, other)| other == person).count();
    let candidates = seen.iter().filter_map(|&(start, person)| Some((fit(person)?, start, person, times(person) > 1)));
    let at = reading.words.start;
    let nearness = |start: usize| if start < at { (1, start) } else { (0, usize::MAX - start) };
    candidates.max_by_key(|&(fit, start, _, is_major)| (fit == 3, is_major, nearness(start), fit)).map(|(_, _, person, _)| person)
}

fn differs(a: Option<Gender>, b: Option<Gender>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

fn new_person(persons: &mut Vec<usize>, cast: &mut Cast) -> usize {
    let person = cast.add(Referent::new(ReferentKind::Person, String::new()));
    persons.push(person);
    person
}

fn note(reading: &Reading, person: usize, cast: &mut Cast) {
    if let Some(known) = cast.referents.get_mut(person) {
        known.gender.mark(reading.gender);
        known.gender.name(reading.name.given().and_then(lexicon::gender_of_given_name));
        if !known.names.contains(&reading.name) {
            known.names.push(reading.name.clone());
        }
    }
}

/// Gives every person the fullest of their names as the article writes it; the first of equals.
fn name_fully(words: &Words<'_>, readings: &[Reading], resolved: &[Option<usize>], cast: &mut Cast) {
    let mut best: Vec<Option<&Reading>> = vec![None; cast.referents.len()];
    for (reading, person) in readings.iter().zip(resolved).filter_map(|(reading, person)| Some((reading, (*person)?))) {
        let Some(slot) = best.get_mut(person) else { continue };
        if slot.is_none_or(|known| reading.name.fullness() > known.name.fullness()) {
            *slot = Some(reading);
        }
    }
    for (person, reading) in cast.referents.iter_mut().zip(best).filter_map(|(person, reading)| Some((person, reading?))) {
        person.name = words.phrase(&reading.words);
    }
}

/// Finds surnames of known persons that carry no label: capitalised, alone, never the noun of another name.
fn missed(words: &Words<'_>, persons: &[usize], cast: &mut Cast) {
    let mut found = Vec::new();
    for at in (0..words.len()).filter(|&at| words.is_capital(at) && cast.at(at).is_none()) {
        let alone =
            |other: usize| !words.is_capital(other) || words.sentence(other) != words.sentence(at) || names::is_title(words.text(other));
        let is_name = matches!(words.upos(at), Upos::Propn | Upos::X) && fold(words.text(at)).len() > 2;
        if !is_name || names::is_title(words.text(at)) || !alone(at + 1) || at.checked_sub(1).is_some_and(|before| !alone(before)) {
            continue;
        }
        let Some(name) = PersonName::parse(&[words.text(at)]) else { continue };
        let fits = |&&person: &&usize| {
            let known = cast.referents.get(person);
            known.is_some_and(|known| known.names.iter().any(|known| !known.is_short() && known.named_by(&name) == 3))
        };
        if let Some(&person) = persons.iter().rev().find(fits) {
            found.push(Mention { words: at..at + 1, referent: person, kind: MentionKind::Name });
        }
    }
    for mention in found {
        cast.mention(words, mention);
    }
}
