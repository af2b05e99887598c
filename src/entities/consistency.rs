//! One person, one label: the model now and then calls a person's full or short name a body or a place.
//!
//! `Tran Van Nam` (a place, says the model) who is later `Nam` (a person) is a person; so is the body `Silva` beside `Ana Silva`.

use std::collections::{HashMap, HashSet};

use super::found::Found;
use crate::{EntityLabel, lexicon};

/// Longer names are no persons'.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// How much more evidence the label of most mentions needs than another to win.
const MAJORITY: f32 = 2.0;

/// Gives every name the label that most of its mentions have, by the model's own scores; dates, money and demonyms keep theirs.
pub(super) fn settle(found: &mut [Found]) {
    let may_change = |label: EntityLabel| !matches!(label, EntityLabel::Date | EntityLabel::Money | EntityLabel::Norp);
    for mention in found.iter_mut().filter(|mention| mention.label == EntityLabel::Person && mention.name.words.len() > 1) {
        if mention.name.words.last().is_some_and(|word| lexicon::ends_company(word)) {
            mention.label = EntityLabel::Organization;
        }
    }
    let mut evidence: HashMap<String, Vec<(EntityLabel, f32)>> = HashMap::new();
    for mention in found.iter().filter(|mention| may_change(mention.label)) {
        let labels = evidence.entry(mention.name.key()).or_default();
        match labels.iter_mut().find(|(label, _)| *label == mention.label) {
            Some((_, sum)) => *sum += mention.score,
            None => labels.push((mention.label, mention.score)),
        }
    }
    for mention in found.iter_mut().filter(|mention| may_change(mention.label)) {
        let Some(labels) = evidence.get(&mention.name.key()) else { continue };
        let sum_of = |wanted: EntityLabel| labels.iter().find(|(label, _)| *label == wanted).map_or(0.0, |(_, sum)| *sum);
        let others = labels.iter().filter(|(label, _)| *label != mention.label);
        let best = others.max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((label, _)) = best.filter(|(_, sum)| *sum >= MAJORITY * sum_of(mention.label)) {
            mention.label = *label;
        }
    }
}

/// Relabels names whose other mentions show that they are persons.
pub(super) fn repair(found: &mut [Found]) {
    let persons = |is_short: bool| {
        let persons = found.iter().filter(move |mention| mention.label == EntityLabel::Person);
        persons.filter(move |mention| (mention.name.words.len() == 1) == is_short)
    };
    let short: HashSet<String> = persons(true).map(|mention| mention.name.key()).collect();
    let bodies = found.iter().filter(|mention| mention.label == EntityLabel::Organization && mention.name.words.len() == 1);
    let disputed: HashSet<String> = short.iter().cloned().chain(bodies.map(|mention| mention.name.key())).collect();
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
            && !words.last().is_some_and(|word| lexicon::ends_company(word))
            && mention.name.shown.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && ends.into_iter().flatten().any(is_open)
    };
    let is_short_name = |mention: &Found| {
        let word = mention.name.words.first().filter(|_| mention.name.words.len() == 1);
        // A place keeps its label unless another mention has a different one: `Bảy` beside `Lê Văn Bảy`.
        let may_be = mention.label == EntityLabel::Organization
            || mention.label == EntityLabel::Location && word.is_some_and(|word| disputed.contains(word));
        may_be && !mention.name.is_all_caps() && word.is_some_and(|word| full.contains(word) && !longer.contains_key(word))
    };
    let wrong: Vec<bool> = found.iter().map(|mention| is_full_name(mention) || is_short_name(mention)).collect();
    for (mention, is_wrong) in found.iter_mut().zip(wrong) {
        if is_wrong {
            mention.label = EntityLabel::Person;
        }
    }
}
