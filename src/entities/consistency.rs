//! One person, one label: the model now and then calls a person's full or short name a body or a place.
//!
//! `Tran Van Nam` (a place, says the model) who is later `Nam` (a person) is a person; so is the body `Silva` beside `Ana Silva`.

use std::collections::{HashMap, HashSet};

use super::recognizer::Found;
use crate::EntityLabel;

/// Longer names are no persons'.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// Relabels names whose other mentions show that they are persons.
pub(super) fn repair(found: &mut [Found]) {
    let persons = |is_short: bool| {
        let persons = found.iter().filter(move |mention| mention.label == EntityLabel::Person);
        persons.filter(move |mention| (mention.name.words.len() == 1) == is_short)
    };
    let short: HashSet<String> = persons(true).map(|mention| mention.name.key()).collect();
    let full: HashSet<String> = persons(false).flat_map(|mention| mention.name.words.clone()).collect();
    let mut longer: HashMap<String, usize> = HashMap::new();
    for mention in found.iter().filter(|mention| mention.label != EntityLabel::Person && mention.name.words.len() > 1) {
        for word in &mention.name.words {
            *longer.entry(word.clone()).or_default() += 1;
        }
    }
    // A short name that belongs to a full one already says nothing of another.
    let is_open = |word: &String| short.contains(word) && !full.contains(word);
    let is_full_name = |mention: &Found| {
        let words = &mention.name.words;
        let ends = [words.first(), words.last()];
        matches!(mention.label, EntityLabel::Organization | EntityLabel::Location | EntityLabel::Misc)
            && NAME_WORDS.contains(&words.len())
            && mention.name.shown.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && ends.into_iter().flatten().any(is_open)
    };
    let is_short_name = |mention: &Found| {
        let word = mention.name.words.first().filter(|_| mention.name.words.len() == 1);
        mention.label == EntityLabel::Organization
            && !mention.name.is_all_caps()
            && word.is_some_and(|word| full.contains(word) && !longer.contains_key(word))
    };
    let wrong: Vec<bool> = found.iter().map(|mention| is_full_name(mention) || is_short_name(mention)).collect();
    for (mention, is_wrong) in found.iter_mut().zip(wrong) {
        if is_wrong {
            mention.label = EntityLabel::Person;
        }
    }
}
