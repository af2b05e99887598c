//! Which words may stand for somebody spoken of elsewhere: open sources, personal pronouns, noun phrases for persons.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::Upos;
use crate::speakers::lexicon;
use crate::speakers::noun_phrases::{self, Phrase};
use crate::speakers::pronouns::Pronoun;
use crate::speakers::referents::Referents;
use crate::speakers::roles;
use crate::speakers::sources::reading::SourceReading;
use crate::speakers::word_view::Words;

/// What an anaphor is.
#[derive(Debug, Clone)]
pub(in crate::speakers) enum AnaphorKind {
    Pronoun(Pronoun),
    Nominal(Phrase),
}

/// Words whose referent has to be found.
#[derive(Debug, Clone)]
pub(super) struct Anaphor {
    pub(super) words: Range<usize>,
    pub(super) kind: AnaphorKind,
    /// The quotation whose source it is.
    pub(super) quote: Option<usize>,
}

/// Every anaphor of the text, in order: open sources, personal pronouns, noun phrases for persons outside quotation marks.
pub(super) fn find(words: &Words<'_>, referents: &Referents, sources: &BTreeMap<usize, SourceReading>) -> Vec<Anaphor> {
    let mut found: Vec<Anaphor> = Vec::new();
    let mut taken = vec![false; words.len()];
    for (&quote, source) in sources {
        if let SourceReading::Open(kind, range) = source {
            let covered = match kind {
                AnaphorKind::Pronoun(_) => range.clone(),
                AnaphorKind::Nominal(phrase) => phrase.head..phrase.head + 1,
            };
            taken.get_mut(covered).into_iter().flatten().for_each(|taken| *taken = true);
            found.push(Anaphor { words: range.clone(), kind: kind.clone(), quote: Some(quote) });
        }
    }
    let is_free = |at: usize| !taken.get(at).copied().unwrap_or_default() && referents.at(at).is_none() && !words.is_quoted(at);
    for at in (0..words.len()).filter(|&at| is_free(at)) {
        if let Some(pronoun @ Pronoun::Personal(_)) = Pronoun::read(words.lower(at)) {
            found.push(Anaphor { words: at..at + 1, kind: AnaphorKind::Pronoun(pronoun), quote: None });
        }
        if let Some(phrase) = nominal_at(words, referents, at).filter(|phrase| is_free(phrase.head)) {
            found.push(Anaphor { words: phrase.words.clone(), kind: AnaphorKind::Nominal(phrase), quote: None });
        }
    }
    // A possessor inside a phrase comes before the phrase.
    found.sort_by_key(|anaphor| (anaphor.words.start, anaphor.words.end));
    found
}

/// The noun phrase for a single person that opens at `at` with a determiner.
fn nominal_at(words: &Words<'_>, referents: &Referents, at: usize) -> Option<Phrase> {
    if !matches!(words.lower(at), "the" | "a" | "an" | "this" | "one" | "another" | "my" | "his" | "her") {
        return None;
    }
    let limit = words.sentence_range(at).end.min(at + 9);
    let end = noun_phrases::core_end(words, referents, at..limit);
    let is_person =
        |at: usize| lexicon::is_role_noun(words.lower(at)) || lexicon::is_person_noun(words.lower(at)) || is_age(words.lower(at));
    let is_noun = |at: usize| at < end && (is_person(at) || matches!(words.upos(at), Upos::Noun | Upos::Propn));
    let head = (at + 1..end).find(|&at| is_person(at) && !is_noun(at + 1))?;
    let phrase = Phrase::parse(words, referents, at..head + 1)?;
    // *the minister, Ana Lima* and *is a minister* name nobody anew.
    let is_apposed = is_apposed(words, referents, phrase.head);
    let is_predicate = lexicon::is_copula(words.lower_before(at)) || matches!(words.lower_before(at), "as" | "," | "of" | "not");
    // *A nurse by training, she …*
    let sentence = words.sentence_range(at);
    let pronoun = (phrase.head + 1..sentence.end).take(6).find(|&at| words.text(at) == ",").map(|comma| comma + 1);
    let opens = at == sentence.start && pronoun.is_some_and(|at| roles::opening_apposition(words, referents, at).is_some());
    // *a farmer named Ana*
    let is_named = lexicon::introduces_name(words.lower(phrase.head + 1)) && referents.person_at(phrase.head + 2).is_some();
    (!is_apposed && !is_predicate && !opens && !is_named).then_some(phrase)
}

/// *the minister, Ana Lima*; *A teacher at the school, Ana, thinks*: a person's name behind the phrase, with a comma before it.
fn is_apposed(words: &Words<'_>, referents: &Referents, head: usize) -> bool {
    if words.text(head + 1) == "," {
        return referents.person_at(head + 2).is_some();
    }
    let is_complement = noun_phrases::is_preposition(words.lower(head + 1));
    let comma = (head + 2..words.sentence_range(head).end.min(head + 9)).take_while(|&at| !noun_phrases::is_verb(words, at));
    let name =
        comma.into_iter().find(|&at| words.text(at) == ",").filter(|_| is_complement).and_then(|comma| referents.person_at(comma + 1));
    name.is_some_and(|name| words.text(name.words.end) == ",")
}

/// Whether a word is an age used as a noun (*60-year-old*).
pub(super) fn is_age(word: &str) -> bool {
    word.ends_with("-year-old")
}
