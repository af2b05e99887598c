//! Who shares a name, a part of one or an acronym: places by the hashes of such keys, in a few bytes each.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::speakers::names::PersonName;

/// Places by hashed keys, those of one key in order.
#[derive(Debug)]
pub(super) struct Index(Vec<(u64, u32)>);

/// A key's hash, the same on every machine.
pub(super) fn hash(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// A number as indices have it.
pub(super) fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The numbers of a list of an index.
pub(super) fn members(list: &[(u64, u32)]) -> impl Iterator<Item = usize> {
    list.iter().filter_map(|(_, at)| usize::try_from(*at).ok())
}

impl Index {
    pub(super) fn of(mut places: Vec<(u64, u32)>) -> Self {
        places.sort_unstable();
        places.dedup();
        Self(places)
    }

    /// Who has a key.
    pub(super) fn bearers(&self, key: u64) -> impl ExactSizeIterator<Item = usize> {
        let start = self.0.partition_point(|(other, _)| *other < key);
        let rest = self.0.get(start..).unwrap_or_default();
        let end = rest.partition_point(|(other, _)| *other == key);
        rest.get(..end).unwrap_or_default().iter().map(|(_, place)| usize::try_from(*place).unwrap_or(usize::MAX))
    }

    /// The bearers of each key that two and more share, in order of first appearance.
    pub(super) fn lists(&self) -> Vec<&[(u64, u32)]> {
        let mut lists: Vec<&[(u64, u32)]> = self.0.chunk_by(|a, b| a.0 == b.0).filter(|bearers| bearers.len() > 1).collect();
        lists.sort_by_key(|bearers| bearers.first().map(|(_, first)| *first));
        lists
    }
}

/// Names of persons, each with a number, packed.
#[derive(Debug, Default)]
pub(super) struct Names {
    text: String,
    /// Where each name ends, and whose it is.
    ends: Vec<(usize, u32)>,
}

impl Names {
    pub(super) fn push(&mut self, at: usize, name: &PersonName) {
        name.pack(&mut self.text);
        self.ends.push((self.text.len(), u32::try_from(at).unwrap_or(u32::MAX)));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The name at a place, and whose it is.
    pub(super) fn get(&self, place: usize) -> Option<(usize, PersonName)> {
        let (end, at) = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |(end, _)| *end);
        Some((usize::try_from(at).ok()?, PersonName::unpack(self.text.get(start..end)?)))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, PersonName)> {
        (0..self.len()).filter_map(|place| self.get(place))
    }

    /// The places of those that bear a name part, by its hash.
    pub(super) fn by_part(&self) -> Index {
        let parts = (0_u32..).zip(self.iter()).flat_map(|(place, (_, name))| {
            let hashes: Vec<u64> = name.parts().iter().map(hash).collect();
            hashes.into_iter().map(move |part| (part, place))
        });
        Index::of(parts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speakers::people::normal::parse;

    #[test]
    fn packed_names_come_back() {
        let texts = ["Pope Francis", "Ana B. Lima", "Lee"];
        let mut names = Names::default();
        texts.iter().enumerate().for_each(|(at, text)| names.push(10 + at, &parse(text).expect("a name")));
        for (at, text) in texts.iter().enumerate() {
            let (number, name) = names.get(at).expect("it is there");
            let parsed = parse(text).expect("a name");
            assert_eq!((number, name.parts(), name.fullness()), (10 + at, parsed.parts(), parsed.fullness()), "{text}");
        }
        assert_eq!(names.by_part().bearers(hash("lima")).collect::<Vec<_>>(), [1]);
        assert_eq!(names.by_part().bearers(hash("ana b")).len(), 0);
    }

    #[test]
    fn lists_are_of_two_and_more_in_order_of_the_first() {
        let index = Index::of(vec![(9, 0), (7, 3), (3, 1), (9, 4), (3, 2)]);
        let lists: Vec<Vec<u32>> = index.lists().iter().map(|list| list.iter().map(|(_, at)| *at).collect()).collect();
        assert_eq!(lists, [vec![0, 4], vec![1, 2]]);
    }
}
