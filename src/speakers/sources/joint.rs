//! Everybody of a joint source: *Ana Lima and Bo Dahl said*, *ministers Ana Lima, Bo Dahl and Li Na*.

use std::ops::Range;

use crate::speakers::lexicon;
use crate::speakers::names;
use crate::speakers::referents::{Mention, Referents};
use crate::speakers::word_view::Words;

/// Words of a role between two joined names.
const LONGEST_ROLE: usize = 6;

/// Those who are joined to the one named at `first` by commas and an *and*, each once; none where no *and* joins.
pub(in crate::speakers) fn others(words: &Words<'_>, referents: &Referents, source: &Range<usize>, first: &Range<usize>) -> Vec<usize> {
    let speaker = referents.name_at(first.start).map(|mention| mention.referent);
    let (mut found, mut is_joined, mut at) = (Vec::new(), false, first.end);
    while let Some((next, is_and)) = next_name(words, referents, at, source.end) {
        is_joined |= is_and;
        if Some(next.referent) != speaker && !found.contains(&next.referent) {
            found.push(next.referent);
        }
        at = next.words.end;
    }
    if is_joined { found } else { Vec::new() }
}

/// The name behind a comma or *and* at `at`, with nothing but its role before it, and whether it was an *and*.
fn next_name<'r>(words: &Words<'_>, referents: &'r Referents, at: usize, end: usize) -> Option<(&'r Mention, bool)> {
    let at = words.after_parenthesis(at);
    let has_comma = words.text(at) == ",";
    let is_and = |at: usize| matches!(words.lower(at), "and" | "&");
    let joint = at + usize::from(has_comma);
    let is_joined = is_and(joint);
    let start = joint + usize::from(is_joined);
    if start == at {
        return None;
    }
    let name = (start..end.min(start + LONGEST_ROLE)).find_map(|at| referents.name_at(at).map(|name| (at, name)));
    let (place, name) = name?;
    let is_role = |at: usize| {
        let word = words.lower(at);
        lexicon::is_role_noun(word)
            || lexicon::is_role_modifier(word)
            || names::is_title(words.text(at))
            || words.is_capital(at)
            || word == "the"
    };
    let is_able = referents.is_person(name.referent) || is_joined && place == start + usize::from(words.lower(start) == "the");
    // *Conservative MP Ana Lima and Green MP Bo Dahl*: a party before a role is no further speaker.
    let person = (start..end.min(start + LONGEST_ROLE)).find_map(|at| referents.person_at(at));
    let name = person.filter(|person| (start..person.words.start).all(is_role)).or_else(|| Some(name).filter(|_| is_able))?;
    (start..name.words.start).all(is_role).then_some((name, is_joined))
}
