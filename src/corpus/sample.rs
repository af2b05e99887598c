//! A sample of a run's articles: which ones, whatever the order, the threads and the folder they are read from.
//!
//! Every article gets a number made of the seed, the id it asks for and its place in its file; those with the smallest numbers are drawn.
//! So a larger sample with the same seed holds the smaller one, and articles that are added push out only as many as come in. Inputs are
//! read twice: once to draw, once to analyse.

use std::collections::BinaryHeap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use crate::digest::fingerprint;
use crate::ingest::{Incoming, Inputs, ReadOptions, is_collection, read_source};
use crate::{Error, ErrorKind, Result};

/// How many articles to draw, and the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// How many; all of them where there are no more.
    pub size: NonZeroUsize,
    /// Another seed draws another sample.
    pub seed: u64,
}

/// A sample that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    seed: u64,
    /// The largest number that is in it, with its place among all articles.
    last: Option<(u128, u64)>,
    /// How many articles are in it.
    pub articles: usize,
    /// How many it was drawn of.
    pub of: u64,
}

impl Sample {
    /// Draws the sample.
    ///
    /// # Errors
    /// For standard input, which cannot be read twice.
    pub fn draw(self, inputs: &Inputs, options: &ReadOptions) -> Result<Drawn> {
        let mut drawn = Drawn { seed: self.seed, last: None, articles: 0, of: 0 };
        let mut smallest = BinaryHeap::new();
        let mut take = |number| {
            smallest.push((number, drawn.of));
            drawn.of += 1;
            if smallest.len() > self.size.get() {
                smallest.pop();
            }
        };
        for source in &inputs.sources {
            if source.is_standard_input() {
                let error = Error::new(ErrorKind::Config("no sample can be drawn of standard input: it is read once".to_owned()));
                return Err(error.with_hint("write it into a file first"));
            }
            if !is_collection(source) {
                take(number(self.seed, &source.id, ""));
                continue;
            }
            read_source(source, options, &mut |incoming| {
                if is_article(&incoming) {
                    take(number_of(self.seed, &incoming));
                }
                ControlFlow::Continue(())
            });
        }
        drawn.articles = smallest.len();
        drawn.last = smallest.peek().copied();
        Ok(drawn)
    }
}

impl Drawn {
    /// Goes through the articles once more, in the same order.
    pub(crate) fn walk(&self) -> Walk {
        Walk { seed: self.seed, last: self.last, at: 0 }
    }
}

/// Tells article after article which are in the sample.
#[derive(Debug)]
pub(crate) struct Walk {
    seed: u64,
    last: Option<(u128, u64)>,
    at: u64,
}

impl Walk {
    /// Whether the next one, the only article of a file, is in the sample.
    pub(crate) fn takes_file(&mut self, id: &str) -> bool {
        self.takes(number(self.seed, id, ""))
    }

    /// Whether the next one is in the sample. What is no article passes: its kind is told.
    pub(crate) fn takes_article(&mut self, incoming: &Incoming) -> bool {
        !is_article(incoming) || self.takes(number_of(self.seed, incoming))
    }

    fn takes(&mut self, number: u128) -> bool {
        let at = self.at;
        self.at += 1;
        self.last.is_some_and(|last| (number, at) <= last)
    }
}

fn is_article(incoming: &Incoming) -> bool {
    !matches!(&incoming.outcome, Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)))
}

fn number_of(seed: u64, incoming: &Incoming) -> u128 {
    number(seed, incoming.wanted.first().map_or("", String::as_str), &incoming.place)
}

fn number(seed: u64, id: &str, place: &str) -> u128 {
    fingerprint(format!("{seed}\n{id}\n{place}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Source;

    fn drawn(ids: &[String], size: usize, seed: u64) -> Vec<String> {
        let inputs = Inputs::from(ids.iter().map(|id| Source::new(format!("/nowhere/{id}"), id.as_str(), id.as_str())).collect::<Vec<_>>());
        let sample = Sample { size: NonZeroUsize::new(size).unwrap(), seed };
        let drawn = sample.draw(&inputs, &ReadOptions::default()).unwrap();
        let mut walk = drawn.walk();
        let taken: Vec<String> = ids.iter().filter(|id| walk.takes_file(id)).cloned().collect();
        assert_eq!((taken.len(), drawn.articles, drawn.of), (size.min(ids.len()), size.min(ids.len()), ids.len() as u64));
        taken
    }

    #[test]
    fn a_sample_depends_on_seed_and_names_alone() {
        let mut ids: Vec<String> = (0..200).map(|number| format!("a{number}")).collect();
        let ten = drawn(&ids, 10, 1);
        let twenty = drawn(&ids, 20, 1);
        assert!(ten.iter().all(|id| twenty.contains(id)), "a larger sample holds the smaller one");
        assert_ne!(ten, drawn(&ids, 10, 2));
        assert_eq!(drawn(&ids, 500, 1), ids);
        ids.reverse();
        let mut turned = drawn(&ids, 10, 1);
        turned.reverse();
        assert_eq!(turned, ten, "whatever the order");
        // No part of the names is preferred: a hundred samples of half of them take each about as often.
        let counts: usize = (0..100).map(|seed| drawn(&ids, 100, seed).iter().filter(|id| id.len() == 4).count()).sum();
        assert!((4500..5500).contains(&counts), "of a100 to a199 {counts} of 10000 were drawn");
    }

    #[test]
    fn equal_names_are_told_apart_by_their_order() {
        let ids = vec!["same".to_owned(); 9];
        assert_eq!(drawn(&ids, 4, 7).len(), 4);
    }

    #[test]
    fn standard_input_is_read_once() {
        let inputs = Inputs::from(vec![Source::new("-", "stdin", "stdin")]);
        let error = Sample { size: NonZeroUsize::MIN, seed: 0 }.draw(&inputs, &ReadOptions::default()).unwrap_err();
        assert!(error.to_string().contains("standard input"));
    }
}
