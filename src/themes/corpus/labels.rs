//! What a cluster of passages is called: the phrases that set it apart from the others, and words and phrases that stand beside them.
//!
//! The label is the phrase whose passages, those that say all its words, are most nearly the cluster's own: by F with precision counting
//! twice as much as recall (van Rijsbergen 1979), and by how often it is said.
//!
//! Terms are chosen one after another, each by how much it sets the cluster apart and by how often it stands in one passage with those before
//! it: normalised pointwise mutual information, by which people measure whether terms hang together (Bouma 2009; Röder et al. 2015).

use std::collections::{BTreeMap, BTreeSet};

use super::super::discovery::stems;
use super::index::{Holders, Index};

/// Terms of one theme.
pub(super) const MOST_TERMS: usize = 10;
/// How much more a phrase of several words counts as a name than a single word.
const WHOLE_PHRASE: f64 = 2.0;
/// How much more it counts as a label, of passages alike.
const WHOLE_LABEL: f64 = 1.3;
/// How much a body counts as a label.
const BODY_LABEL: f64 = 0.75;
/// How much precision counts against recall, squared: half of it as the field writes β.
const BETA_SQUARED: f64 = 0.25;
/// Passages elsewhere that any phrase is taken to stand in: one that is said once is not precise.
const ELSEWHERE: f64 = 2.0;
/// The power of how often a phrase is said.
const SAID: f64 = 0.25;
/// Terms are chosen among this many.
const CANDIDATES: usize = 80;
/// A term whose information with the others is greater by one counts as much as one that sets the cluster apart *e* to this power as well.
const TOGETHER: f64 = 4.0;

/// A phrase of a passage.
#[derive(Debug, Clone)]
pub(super) struct PhraseCount {
    /// Its stems, which make its inflections one.
    pub(super) key: String,
    /// As it is written.
    pub(super) phrase: String,
    pub(super) count: u32,
    pub(super) kind: Kind,
}

/// What a phrase can be for a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may name one.
    Topic,
    /// It may, but says rather who than what.
    Body,
    /// It may not, and only goes with the name.
    Word,
}

/// What is counted of a phrase.
#[derive(Debug, Default)]
struct Counted {
    /// Mentions, by cluster.
    mentions: BTreeMap<usize, u32>,
    /// Passages, by cluster.
    passages: BTreeMap<usize, u32>,
    /// As it is written, with how often.
    written: BTreeMap<String, u32>,
    /// Passages where it is a body.
    bodies: u32,
}

/// The phrases of all clusters.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    counted: BTreeMap<String, Counted>,
    /// Mentions of all phrases, by cluster.
    totals: BTreeMap<usize, u32>,
}

/// A phrase that names a cluster.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    pub(super) key: String,
    pub(super) phrase: String,
    weight: f64,
    is_body: bool,
}

impl Phrases {
    /// Counts the phrases of a passage of the cluster.
    pub(super) fn add<'p>(&mut self, cluster: usize, phrases: impl IntoIterator<Item = &'p PhraseCount>) {
        for phrase in phrases {
            let counted = self.counted.entry(phrase.key.clone()).or_default();
            *counted.mentions.entry(cluster).or_default() += phrase.count;
            *counted.passages.entry(cluster).or_default() += 1;
            *counted.written.entry(phrase.phrase.clone()).or_default() += phrase.count;
            counted.bodies += u32::from(phrase.kind == Kind::Body);
            *self.totals.entry(cluster).or_default() += phrase.count;
        }
    }

    /// What sets a cluster apart, best first: words and phrases of at least `least` of its passages.
    pub(super) fn names(&self, cluster: usize, least: u32) -> Vec<Name> {
        let mean = f64::from(self.totals.values().sum::<u32>()) / self.totals.len().max(1) as f64;
        let total = f64::from(self.totals.get(&cluster).copied().unwrap_or_default().max(1));
        let weigh = |(key, counted): (&String, &Counted)| {
            let here = counted.mentions.get(&cluster).copied().unwrap_or_default();
            if counted.passages.get(&cluster).copied().unwrap_or_default() < least {
                return None;
            }
            let everywhere = f64::from(counted.mentions.values().sum::<u32>());
            let share = f64::from(here) / everywhere;
            let frequency = f64::from(here) / total;
            let (phrase, _) = counted.written.iter().max_by_key(|(phrase, count)| (**count, std::cmp::Reverse(phrase.len())))?;
            let whole = if key.contains(' ') { WHOLE_PHRASE } else { 1.0 };
            Some(Name {
                key: key.clone(),
                phrase: phrase.clone(),
                weight: frequency * (1.0 + mean / everywhere).ln() * share.sqrt() * whole,
                is_body: counted.bodies * 2 > counted.passages.values().sum(),
            })
        };
        let mut names: Vec<Name> = self.counted.iter().filter_map(weigh).collect();
        names.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.key.cmp(&b.key)));
        names.truncate(CANDIDATES);
        names
    }
}

/// The best label for the passages of `cluster` first.
pub(super) fn as_labels(mut names: Vec<Name>, cluster: &Holders, index: &Index) -> Vec<Name> {
    for name in &mut names {
        let holders = index.holders(&name.key);
        let here = f64::from(holders.shared(cluster));
        let precision = here / (f64::from(holders.count()) + ELSEWHERE);
        let recall = here / f64::from(cluster.count().max(1));
        let fit = (1.0 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall).max(f64::MIN_POSITIVE);
        let whole = if name.key.contains(' ') { WHOLE_LABEL } else { 1.0 };
        let body = if name.is_body { BODY_LABEL } else { 1.0 };
        name.weight = fit * whole * body * name.weight.powf(SAID);
    }
    names.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.key.cmp(&b.key)));
    names
}

/// `label`, and those of `names` that set the cluster apart and stand in passages with it and each other; none has all words of another.
/// `index` knows which of `passages` passages say a term.
pub(super) fn terms(label: &Name, names: &[Name], passages: usize, index: &Index) -> Vec<Name> {
    let mut left: Vec<(&Name, Holders, f64)> = names.iter().map(|name| (name, index.holders(&name.key), 0.0)).collect();
    let mut chosen = vec![label.clone()];
    let mut last = index.holders(&label.key);
    while chosen.len() < MOST_TERMS {
        let so_far = chosen.len() as f64;
        left.retain(|(name, ..)| !chosen.iter().any(|other| are_nested(&name.key, &other.key)));
        for (_, holders, together) in &mut left {
            *together += information(holders, &last, passages);
        }
        let worth = |(name, _, together): &(&Name, Holders, f64)| name.weight.ln() + TOGETHER * together / so_far;
        let Some(best) = left.iter().enumerate().max_by(|a, b| worth(a.1).total_cmp(&worth(b.1)).then_with(|| b.0.cmp(&a.0))) else {
            break;
        };
        let (name, holders, _) = left.remove(best.0);
        chosen.push(name.clone());
        last = holders;
    }
    chosen
}

/// Whether all words of one are words of the other.
fn are_nested(one: &str, other: &str) -> bool {
    let [one, other]: [BTreeSet<&str>; 2] = [one, other].map(|key| key.split(' ').collect());
    one.is_subset(&other) || other.is_subset(&one)
}

/// Normalised pointwise mutual information of standing in one passage: -1 never, 0 by chance, 1 always.
fn information(one: &Holders, other: &Holders, passages: usize) -> f64 {
    let share = |bits: u32| f64::from(bits) / passages.max(1) as f64;
    let both = share(one.shared(other));
    if both <= 0.0 {
        return -1.0;
    }
    if both >= 1.0 { 1.0 } else { (both / (share(one.count()) * share(other.count()))).ln() / -both.ln() }
}

/// The key of a phrase: its stems in order.
pub(super) fn key(phrase: &str) -> String {
    stems(phrase).into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::Passage;
    use super::super::passage::hash;
    use super::*;

    fn phrases(all: &[(usize, &[&str])]) -> Phrases {
        let mut phrases = Phrases::default();
        for (cluster, said) in all {
            let count = |phrase: &&str| PhraseCount { key: key(phrase), phrase: (*phrase).to_owned(), count: 1, kind: Kind::Topic };
            phrases.add(*cluster, &said.iter().map(count).collect::<Vec<_>>());
        }
        phrases
    }

    fn index(all: &[(usize, &[&str])]) -> Index {
        let stems: Vec<BTreeSet<String>> = all.iter().map(|(_, said)| said.iter().flat_map(|phrase| stems(phrase)).collect()).collect();
        let passage = |stems: &BTreeSet<String>| {
            let said: BTreeSet<u32> = stems.iter().map(|stem| hash(stem)).collect();
            Passage { sentences: 0..1, words: 30, vector: Vec::new(), words_said: said.into_iter().map(|word| (word, 1)).collect() }
        };
        let passages: Vec<Passage> = stems.iter().map(passage).collect();
        Index::of(&passages.iter().collect::<Vec<_>>(), stems.iter().flatten().map(String::as_str))
    }

    #[test]
    fn what_sets_a_cluster_apart_names_it() {
        let all: [(usize, &[&str]); 4] = [
            (0, &["heat pumps", "new plan", "boilers"]),
            (0, &["heat pump", "new plan", "heat"]),
            (1, &["rail fares", "new plan"]),
            (1, &["rail fare", "new plan"]),
        ];
        let phrases = phrases(&all);
        let names = |cluster| phrases.names(cluster, 2).into_iter().map(|name| name.phrase).collect::<Vec<_>>();
        assert_eq!(names(0)[0], "heat pump");
        assert_eq!(names(1)[0], "rail fare");
        assert!(!names(0).contains(&"boilers".to_owned()), "one passage is not enough");
    }

    #[test]
    fn terms_stand_together_and_are_no_parts_of_each_other() {
        let all: [(usize, &[&str]); 6] = [
            (0, &["heat pump", "boiler", "heat"]),
            (0, &["heat pump", "boiler", "heat"]),
            (0, &["meter", "heat"]),
            (0, &["meter", "heat"]),
            (1, &["rail fare"]),
            (1, &["rail fare"]),
        ];
        let names = phrases(&all).names(0, 2);
        let label = names.iter().find(|name| name.phrase == "heat pump").expect("one of them");
        let terms: Vec<String> = terms(label, &names, 6, &index(&all)).into_iter().map(|term| term.phrase).collect();
        assert_eq!(terms, ["heat pump", "boiler", "meter"]);
    }

    #[test]
    fn a_label_is_said_in_most_of_the_cluster_and_hardly_elsewhere() {
        let all: [(usize, &[&str]); 8] = [
            (0, &["rail fare", "new plan", "night train"]),
            (0, &["rail fare", "new plan", "night train"]),
            (0, &["rail fare", "new plan"]),
            (0, &["rail fare", "new plan"]),
            (1, &["heat pump", "new plan"]),
            (1, &["heat pump", "new plan"]),
            (1, &["heat pump", "new plan"]),
            (1, &["heat pump", "new plan"]),
        ];
        let cluster = Holders::of(0..4, all.len());
        let labels = as_labels(phrases(&all).names(0, 1), &cluster, &index(&all));
        let labels: Vec<&str> = labels.iter().map(|name| name.phrase.as_str()).collect();
        assert_eq!(labels, ["rail fare", "night train", "new plan"]);
    }
}
