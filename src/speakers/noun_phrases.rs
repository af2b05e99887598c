//! Noun phrases: where their core ends, their head, and whether they are definite.

use std::ops::Range;

use super::lexicon;
use super::referents::Referents;
use super::word_view::Words;
use crate::Upos;

/// How definite a noun phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    /// *the*, *this*, a possessor.
    Definite,
    /// *a*, *some*, a number.
    Indefinite,
    /// None (*officials*, *police*).
    Bare,
}

/// A noun phrase.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The whole phrase.
    pub(super) words: Range<usize>,
    /// The last word of its core: a noun, or the last word of a name.
    pub(super) head: usize,
    pub(super) determiner: Determiner,
    /// The possessor before the head (*the company’s founder*, *his aide*).
    pub(super) possessor: Option<Range<usize>>,
}

impl Phrase {
    /// Reads a phrase; `None` where it has no word.
    pub(super) fn parse(words: &Words<'_>, referents: &Referents, range: Range<usize>) -> Option<Self> {
        let start = range.clone().find(|&at| !words.is_punctuation(at))?;
        let end = core_end(words, referents, start..range.end);
        let is_emphatic = |at: usize| lexicon::is_reflexive(words.lower(at)) || matches!(words.lower(at), "too" | "also" | "alone");
        let ends = |&at: &usize| !(words.is_punctuation(at) || words.is_possessive(at) || at > start && is_emphatic(at));
        let head = (start..end).rev().find(ends)?;
        let mark = (start + 1..head).rev().find(|&at| words.is_possessive(at));
        let possessor =
            mark.map(|mark| start..mark).or_else(|| lexicon::is_possessive_pronoun(words.lower(start)).then_some(start..start + 1));
        let determiner = match words.lower(start) {
            _ if mark.is_some_and(|mark| referents.at(mark - 1).is_some()) => Determiner::Definite,
            "that" | "both" if start == head => Determiner::Definite,
            word if lexicon::is_definite(word) => Determiner::Definite,
            word if lexicon::is_indefinite(word) || word.starts_with(|ch: char| ch.is_ascii_digit()) => Determiner::Indefinite,
            _ => Determiner::Bare,
        };
        Some(Self { words: range, head, determiner, possessor })
    }
}

/// The word after the core of the noun phrase that starts at `range.start`: before its prepositions, relatives, marks and verbs.
pub(super) fn core_end(words: &Words<'_>, referents: &Referents, range: Range<usize>) -> usize {
    let mut at = range.start;
    let mut has_noun = false;
    while at < range.end {
        if let Some(mention) = referents.name_at(at) {
            has_noun = true;
            at = mention.words.end.max(at + 1);
            continue;
        }
        let word = words.lower(at);
        let is_joint = matches!(word, "and" | "or" | "&");
        if is_joint && !goes_on(words, at, range.start) || is_preposition(word) && at > range.start {
            break;
        }
        let is_next_phrase = at > range.start && is_determiner(word) && !is_determiner(words.lower(at - 1));
        let is_mark = words.is_punctuation(at) && !words.is_possessive(at) && !matches!(words.text(at), "&" | "“" | "”" | "\"" | "-");
        // *They’re*: what is cut off a word is a verb.
        let is_clitic = at > range.start && words.is_clitic(at);
        if is_mark && at > range.start || is_next_phrase || is_clitic || has_noun && is_verb(words, at) {
            break;
        }
        has_noun |= words.upos(at) == Upos::Noun || words.upos(at) == Upos::Propn || lexicon::role_noun(word).is_some();
        at += 1;
    }
    at.min(range.end)
}

/// Whether *and* stands inside one title: *founder and chief executive Li Na*.
fn goes_on(words: &Words<'_>, at: usize, start: usize) -> bool {
    let is_role = at > start && lexicon::is_role_noun(words.lower(at - 1)) && !is_determiner(words.lower(start));
    // *a shrimp and rice farmer*
    let is_pair = at > start && lexicon::is_role_noun(words.lower(at + 2)) && !lexicon::is_role_noun(words.lower(at + 1));
    let is_small = |at: usize| !words.is_capital(at) && !is_verb(words, at);
    let is_compound = is_pair && is_small(at - 1) && is_small(at + 1);
    (is_role || is_compound)
        && !words.is_punctuation(at + 1)
        && !is_determiner(words.lower(at + 1))
        && !lexicon::is_personal_pronoun(words.lower(at + 1))
}

/// Whether a word most likely is a finite verb: an auxiliary or common cue, or a word that the tagger calls a verb.
pub(super) fn is_verb(words: &Words<'_>, at: usize) -> bool {
    lexicon::is_auxiliary(words.lower(at)) || matches!(words.upos(at), Upos::Verb | Upos::Aux) && !words.lower(at).ends_with("ing")
}

/// Whether a lower-case word ends a noun phrase's core as a preposition, relative or conjunction would.
pub(super) fn is_preposition(word: &str) -> bool {
    lexicon::is_preposition(word)
}

/// Whether a lower-case word opens a noun phrase.
pub(super) fn is_determiner(word: &str) -> bool {
    lexicon::is_definite(word) || lexicon::is_indefinite(word)
}
