//! What an article is about, as far as names tell: two articles that name the same few people and bodies belong to one story.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::normal::{normal_body, parse};
use crate::{Analysis, EntityLabel, SpeakerKind};

/// Names kept of one article.
const MOST_OF_ARTICLE: usize = 40;
/// Names kept of one person.
const MOST_OF_PERSON: usize = 80;
/// The counters of how many articles name what: names whose hashes share one count as more common than they are.
const COUNTERS: usize = 1 << 16;

/// Hashes of names, sorted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Matter(Vec<u32>);

/// In how many articles of the run each name stands.
#[derive(Debug)]
pub(super) struct Frequencies {
    counters: Vec<u32>,
    articles: u32,
}

impl Matter {
    /// The people, bodies and other things that an article names, and its outlet; places of one word are too common to tell.
    pub(super) fn of(analysis: &Analysis) -> Self {
        let speakers = analysis.attribution.speakers.iter().map(|speaker| match speaker.kind {
            SpeakerKind::Person | SpeakerKind::Organization => hashes(&speaker.name, speaker.kind == SpeakerKind::Person),
            SpeakerKind::Document | SpeakerKind::Unnamed => Vec::new(),
        });
        let entities = analysis.entities.iter().map(|entity| match entity.label {
            EntityLabel::Person => hashes(&entity.name, true),
            EntityLabel::Organization | EntityLabel::Facility | EntityLabel::Product | EntityLabel::Misc => hashes(&entity.name, false),
            EntityLabel::Location if entity.name.contains(' ') => hashes(&entity.name, false),
            EntityLabel::Location | EntityLabel::Norp | EntityLabel::Date | EntityLabel::Money => Vec::new(),
        });
        let outlet = analysis.doc.metadata().get("outlet").map(|outlet| vec![hash(outlet)]);
        let mut names: Vec<u32> = outlet.into_iter().chain(speakers).chain(entities).flatten().collect();
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(*name));
        names.truncate(MOST_OF_ARTICLE);
        names.sort_unstable();
        Self(names)
    }

    /// Adds what another article names.
    pub(super) fn add(&mut self, other: &Self) {
        for name in &other.0 {
            if self.0.len() >= MOST_OF_PERSON {
                return;
            }
            if let Err(at) = self.0.binary_search(name) {
                self.0.insert(at, *name);
            }
        }
    }

    /// How much the names that both have tell, those in `but` left out: 1 for a name that every article has, more for rarer ones.
    pub(super) fn shared(&self, other: &Self, but: &[u32], frequencies: &Frequencies) -> f64 {
        let shared = self.0.iter().filter(|name| !but.contains(name) && other.0.binary_search(name).is_ok());
        shared.map(|name| frequencies.weight(*name)).sum()
    }
}

impl Default for Frequencies {
    fn default() -> Self {
        Self { counters: vec![0; COUNTERS], articles: 0 }
    }
}

impl Frequencies {
    /// Counts an article.
    pub(super) fn add(&mut self, matter: &Matter) {
        self.articles = self.articles.saturating_add(1);
        for name in &matter.0 {
            if let Some(counter) = self.counters.get_mut(counter(*name)) {
                *counter = counter.saturating_add(1);
            }
        }
    }

    /// How much shared names have to tell for two articles to belong to one story: in a small run two or three names that few others have, in a
    /// large one the same number of rarer ones.
    pub(super) fn enough(&self) -> f64 {
        0.5 + 1.2 * f64::from(self.articles.max(1)).ln()
    }

    fn weight(&self, name: u32) -> f64 {
        let count = self.counters.get(counter(name)).copied().unwrap_or_default().max(1);
        1.0 + (f64::from(self.articles.max(count)) / f64::from(count)).ln()
    }
}

fn counter(name: u32) -> usize {
    usize::try_from(name).unwrap_or_default() % COUNTERS
}

/// What a name counts as: the whole of it, whatever it is taken for, and of a person the last name, which other articles use alone.
pub(super) fn hashes(name: &str, is_person: bool) -> Vec<u32> {
    let last = if is_person { parse(name).and_then(|name| name.parts().last().map(|last| hash(last))) } else { None };
    let mut hashes: Vec<u32> = std::iter::once(hash(&normal_body(name))).chain(last).collect();
    hashes.dedup();
    hashes
}

/// The hash of a name, the same on every machine.
#[expect(clippy::cast_possible_truncation, reason = "half of a hash is a hash")]
fn hash(name: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish() as u32
}
