//! Names: which words of the text are names, and how a person's name is read.

pub(in crate::speakers) mod labelled;
mod person_name;
pub(in crate::speakers) mod unlabelled;
pub(in crate::speakers) mod work_titles;

use std::collections::BTreeMap;
use std::ops::Range;

pub(crate) use person_name::fold;
pub(in crate::speakers) use person_name::{PersonName, is_title};

use super::Rule;
use super::word_view::Words;
use crate::{Entity, EntityLabel, Reading};

/// A name as it stands in the text.
#[derive(Debug, Clone)]
pub(in crate::speakers) struct FoundName {
    pub(in crate::speakers) words: Range<usize>,
    pub(in crate::speakers) label: EntityLabel,
    /// What found it.
    pub(in crate::speakers) rule: Rule,
}

/// What the rules that find names read.
#[derive(Debug, Clone, Copy)]
pub(in crate::speakers) struct NameSources<'a> {
    pub(in crate::speakers) reading: &'a Reading<'a>,
    pub(in crate::speakers) words: &'a Words<'a>,
    pub(in crate::speakers) entities: &'a [Entity],
    /// The words of each quotation's source.
    pub(in crate::speakers) sources: &'a BTreeMap<usize, Range<usize>>,
    /// The names found so far, in text order.
    pub(in crate::speakers) named: &'a [FoundName],
}

/// Reads names; gives back what it found and changes nothing.
pub(in crate::speakers) type NameRule = fn(&NameSources<'_>) -> Vec<FoundName>;

/// Adds what a rule found to the names so far; names that stand in its way go.
pub(in crate::speakers) fn take(named: &mut Vec<FoundName>, found: Vec<FoundName>) {
    if found.is_empty() {
        return;
    }
    let mut is_kept = vec![true; named.len()];
    for other in &found {
        let from = named.partition_point(|name| name.words.end <= other.words.start);
        let gone = named.iter().zip(&mut is_kept).skip(from).take_while(|(name, _)| name.words.start < other.words.end);
        gone.for_each(|(_, is_kept)| *is_kept = false);
    }
    let mut kept = is_kept.into_iter();
    named.retain(|_| kept.next().unwrap_or_default());
    named.extend(found);
    named.sort_by_key(|name| name.words.start);
}
