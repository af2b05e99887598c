//! What a cluster of passages is called: the phrases that set it apart from the others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::discovery::stems;

/// Terms of one theme.
pub(super) const MOST_TERMS: usize = 10;
/// How much more a phrase of several words counts as a name than a single word.
const WHOLE_PHRASE: f64 = 1.5;

/// A phrase of a passage.
#[derive(Debug, Clone)]
pub(super) struct PhraseCount {
    /// Its stems, which make its inflections one.
    pub(super) key: String,
    /// As it is written.
    pub(super) phrase: String,
    pub(super) count: u32,
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
}

impl Phrases {
    /// Counts the phrases of a passage of the cluster.
    pub(super) fn add(&mut self, cluster: usize, phrases: &[PhraseCount]) {
        for phrase in phrases {
            let counted = self.counted.entry(phrase.key.clone()).or_default();
            *counted.mentions.entry(cluster).or_default() += phrase.count;
            *counted.passages.entry(cluster).or_default() += 1;
            *counted.written.entry(phrase.phrase.clone()).or_default() += phrase.count;
            *self.totals.entry(cluster).or_default() += phrase.count;
        }
    }

    /// The names of a cluster, best first: phrases of at least `least` of its passages, none of whose words are all in a better one.
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
            })
        };
        let mut names: Vec<Name> = self.counted.iter().filter_map(weigh).collect();
        names.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.key.cmp(&b.key)));
        let mut kept: Vec<Name> = Vec::new();
        for name in names {
            let words: BTreeSet<&str> = name.key.split(' ').collect();
            let is_part = |other: &Name| {
                let others: BTreeSet<&str> = other.key.split(' ').collect();
                words.is_subset(&others) || others.is_subset(&words)
            };
            if !kept.iter().any(is_part) {
                kept.push(name);
            }
            if kept.len() == MOST_TERMS {
                break;
            }
        }
        kept
    }
}

/// The key of a phrase: its stems in order.
pub(super) fn key(phrase: &str) -> String {
    stems(phrase).into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(all: &[(usize, &[&str])]) -> Phrases {
        let mut phrases = Phrases::default();
        for (cluster, said) in all {
            let count = |phrase: &&str| PhraseCount { key: key(phrase), phrase: (*phrase).to_owned(), count: 1 };
            phrases.add(*cluster, &said.iter().map(count).collect::<Vec<_>>());
        }
        phrases
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
        assert!(!names(0).contains(&"heat".to_owned()), "part of a better one");
    }
}
