//! Which passages say a word or a phrase.

use std::collections::BTreeMap;

use super::Passage;
use super::passage::hash;

/// Passages, a bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Holders(Vec<u64>);

impl Holders {
    /// The passages at these places.
    pub(super) fn of(places: impl IntoIterator<Item = usize>, passages: usize) -> Self {
        let mut holders = Self(vec![0; passages.div_ceil(64)]);
        places.into_iter().for_each(|at| holders.insert(at));
        holders
    }

    fn insert(&mut self, at: usize) {
        if let Some(bits) = self.0.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    /// How many passages these are.
    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|bits| bits.count_ones()).sum()
    }

    /// How many are among the others as well.
    pub(super) fn shared(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(one, other)| (one & other).count_ones()).sum()
    }
}

/// By the hash of a stem the passages that have it.
#[derive(Debug)]
pub(super) struct Index {
    words: BTreeMap<u32, Holders>,
    passages: usize,
}

impl Index {
    /// The passages of a sample by these stems.
    pub(super) fn of<'s>(sample: &[&Passage], stems: impl IntoIterator<Item = &'s str>) -> Self {
        let none = Holders::of([], sample.len());
        let mut words: BTreeMap<u32, Holders> = stems.into_iter().map(|stem| (hash(stem), none.clone())).collect();
        for (at, passage) in sample.iter().enumerate() {
            for (word, _) in &passage.words_said {
                if let Some(holders) = words.get_mut(word) {
                    holders.insert(at);
                }
            }
        }
        Self { words, passages: sample.len() }
    }

    /// The passages that say all words of a phrase, given by its stems.
    pub(super) fn holders(&self, key: &str) -> Holders {
        let words = key.split(' ').map(|stem| self.words.get(&hash(stem)).cloned());
        let both = |one: Option<Holders>, other: Option<Holders>| {
            Some(Holders(one?.0.into_iter().zip(other?.0).map(|(one, other)| one & other).collect()))
        };
        words.reduce(both).flatten().unwrap_or_else(|| Holders::of([], self.passages))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_said_where_all_its_words_are() {
        let passage = |stems: &[&str]| {
            let mut words_said: Vec<(u32, u8)> = stems.iter().map(|stem| (hash(stem), 1)).collect();
            words_said.sort_unstable();
            Passage { sentences: 0..1, words: 30, vector: Vec::new(), words_said }
        };
        let sample = [passage(&["heat", "pump"]), passage(&["pump"]), passage(&["heat", "sea", "pump"])];
        let index = Index::of(&sample.iter().collect::<Vec<_>>(), ["heat", "pump"]);
        let heat_pump = index.holders("heat pump");
        assert_eq!(heat_pump, Holders::of([0, 2], 3));
        assert_eq!((heat_pump.count(), heat_pump.shared(&index.holders("pump")), index.holders("sea").count()), (2, 2, 0));
    }
}
