//! Which words may stand for somebody spoken of elsewhere: pronouns and noun phrases, and how a quotation's source names its speaker.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cast::{Cast, ReferentKind};
use super::gender::Gender;
use super::lexicon;
use super::phrases::{self, Determiner, Phrase};
use super::words::Words;
use crate::{EntityLabel, Upos};

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// *he*, *she*: one person.
    Personal(Gender),
    /// *it*: a body or document.
    It,
    /// *they*: several, a body, or one person.
    They,
    /// *who*, *which*: what stands right before.
    Relative,
    /// *I*, *we*, *you*: settled by the words around it or not at all.
    First,
}

impl Pronoun {
    /// Reads a lower-case word.
    pub(super) fn read(word: &str) -> Option<Self> {
        Some(match without_contraction(word) {
            "he" | "him" | "his" | "himself" => Self::Personal(Gender::Masculine),
            "she" | "her" | "hers" | "herself" => Self::Personal(Gender::Feminine),
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "themselves" | "both" => Self::They,
            "who" | "which" | "that" | "whom" => Self::Relative,
            "i" | "we" | "me" | "us" | "my" | "our" | "you" | "your" => Self::First,
            _ => return None,
        })
    }
}

/// The pronoun of a contraction: *they* of *they’re*.
pub(super) fn without_contraction(word: &str) -> &str {
    let stem = ["re", "ll", "ve", "d", "m"].iter().find_map(|ending| word.strip_suffix(ending)?.strip_suffix(['’', '\'']));
    stem.unwrap_or(word)
}

/// What an anaphor is.
#[derive(Debug, Clone)]
pub(super) enum AnaphorKind {
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

/// How a source phrase names its speaker.
#[derive(Debug, Clone)]
pub(super) enum SourceReading {
    /// By the name of this referent.
    Named(usize),
    /// By words that resolution has to follow.
    Open(AnaphorKind, Range<usize>),
}

/// Reads a source phrase; `None` where it holds no word.
pub(super) fn read_source(words: &Words<'_>, cast: &Cast, range: Range<usize>) -> Option<SourceReading> {
    // The full stop of a form of address that the tokenizer does not know (*Smt. Ana Lima*) would end the phrase.
    let is_address = |at: usize| lexicon::is_honorific(words.lower(at)) && words.text(at + 1) == "." && at + 2 < range.end;
    let start = range.clone().find(|&at| !words.is_punctuation(at) && !is_address(at))?;
    let range = start..range.end;
    let is_whole = range.len() == 1 || phrases::core_end(words, cast, range.clone()) == start + 1;
    let is_emphatic = matches!(words.lower(start + 1), "himself" | "herself" | "itself" | "themselves" | "both" | "all" | "too" | "also");
    // *WHO* and *US* are names.
    let is_name = cast.name_at(start).is_some();
    if let Some(pronoun) = Pronoun::read(words.lower(start)).filter(|_| !is_name && (is_whole || is_emphatic))
        && !(words.lower(start) == "that" && range.len() > 1)
        && !(phrases::is_possessive_pronoun(words.lower(start)) && range.len() > 1)
    {
        return Some(SourceReading::Open(AnaphorKind::Pronoun(pronoun), start..start + 1));
    }
    let phrase = Phrase::parse(words, cast, range.clone())?;
    let apposed = apposed_name(words, cast, &range);
    let head = named_head(cast, &phrase);
    // *the World Bank, its president, Ana Lima,*: the person speaks.
    let is_body = head.is_some_and(|referent| !cast.is_person(referent));
    let named = if is_body { apposed.or(head) } else { head.or(apposed) };
    let named = named.or_else(|| introduced_name(words, cast, &range));
    let named = named.or_else(|| titled_name(words, cast, &range)).or_else(|| title_of_document(words, cast, &phrase));
    Some(match named {
        Some(referent) => SourceReading::Named(referent),
        None => SourceReading::Open(AnaphorKind::Nominal(phrase), range),
    })
}

/// The name that heads a phrase (*Premier Li Qiang*); an indefinite member of a group is unnamed (*a Republican*).
fn named_head(cast: &Cast, phrase: &Phrase) -> Option<usize> {
    let mention = cast.name_at(phrase.head).filter(|mention| mention.words.end == phrase.head + 1)?;
    let is_group = cast.kind(mention.referent) == Some(ReferentKind::Body(EntityLabel::Norp));
    let is_one_of_them = is_group && phrase.determiner == Determiner::Indefinite;
    (!is_one_of_them).then_some(mention.referent)
}

/// *an elderly farmer named Ana*: the name of somebody introduced.
fn introduced_name(words: &Words<'_>, cast: &Cast, range: &Range<usize>) -> Option<usize> {
    let named = range.clone().find(|&at| lexicon::introduces_name(words.lower(at)))?;
    cast.person_at(named + 1).map(|mention| mention.referent)
}

/// The person named by an apposition after the first comma (*the deputy leader, Ana Lima,*).
fn apposed_name(words: &Words<'_>, cast: &Cast, range: &Range<usize>) -> Option<usize> {
    let commas = range.clone().filter(|&at| matches!(words.text(at), "," | "–" | "—" | "("));
    commas.take(3).find_map(|comma| {
        let end = phrases::core_end(words, cast, comma + 1..range.end);
        let mention = cast.person_at(end.checked_sub(1).filter(|&last| last > comma)?)?;
        let is_title = |at: usize| {
            let word = words.lower(at);
            let is_role = lexicon::is_role_noun(word) || lexicon::is_role_modifier(word) || phrases::is_determiner(word);
            is_role || super::names::is_title(words.text(at)) || words.is_capital(at) || words.text(at) == "."
        };
        (comma + 1..mention.words.start).all(is_title).then_some(mention.referent)
    })
}

/// The person at the end of a long title (*Minister of Trade and Industry Ana Lima*).
fn titled_name(words: &Words<'_>, cast: &Cast, range: &Range<usize>) -> Option<usize> {
    let last = range.clone().rev().find(|&at| !words.is_punctuation(at))?;
    let mention = cast.person_at(last).filter(|mention| mention.words.start > range.start)?;
    let mut title = range.start..mention.words.start;
    let is_title = |at: usize| words.is_capital(at) || matches!(words.lower(at), "of" | "and" | "the" | "for" | "&" | ".");
    let holds_role = title.clone().any(|at| lexicon::is_role_noun(words.lower(at)) && words.is_capital(at));
    (holds_role && title.all(is_title)).then_some(mention.referent)
}

/// The work whose title stands after a noun for documents (*its report, “Water for All”,*).
fn title_of_document(words: &Words<'_>, cast: &Cast, phrase: &Phrase) -> Option<usize> {
    let is_document = lexicon::body_noun(words.lower(phrase.head)) == Some(lexicon::BodyNoun::Document);
    let mut after = (phrase.head + 1..phrase.words.end).skip_while(|&at| matches!(words.text(at), "," | "“" | "‘" | "\"" | "'" | ":"));
    let title = after.next().filter(|&at| is_document && at <= phrase.head + 3)?;
    cast.body_at(title)
        .filter(|(mention, label)| *label == EntityLabel::Misc && mention.words.start == title)
        .map(|(mention, _)| mention.referent)
}

/// Every anaphor of the text, in order: open sources, personal pronouns, noun phrases for persons outside quotation marks.
pub(super) fn anaphors(words: &Words<'_>, cast: &Cast, sources: &BTreeMap<usize, SourceReading>) -> Vec<Anaphor> {
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
    let is_free = |at: usize| !taken.get(at).copied().unwrap_or_default() && cast.at(at).is_none() && !words.is_quoted(at);
    for at in (0..words.len()).filter(|&at| is_free(at)) {
        if let Some(pronoun @ Pronoun::Personal(_)) = Pronoun::read(words.lower(at)) {
            found.push(Anaphor { words: at..at + 1, kind: AnaphorKind::Pronoun(pronoun), quote: None });
        }
        if let Some(phrase) = nominal_at(words, cast, at).filter(|phrase| is_free(phrase.head)) {
            found.push(Anaphor { words: phrase.words.clone(), kind: AnaphorKind::Nominal(phrase), quote: None });
        }
    }
    // A possessor inside a phrase comes before the phrase.
    found.sort_by_key(|anaphor| (anaphor.words.start, anaphor.words.end));
    found
}

/// The noun phrase for a single person that opens at `at` with a determiner.
fn nominal_at(words: &Words<'_>, cast: &Cast, at: usize) -> Option<Phrase> {
    if !matches!(words.lower(at), "the" | "a" | "an" | "this" | "one" | "another" | "my" | "his" | "her") {
        return None;
    }
    let limit = words.sentence_range(at).end.min(at + 9);
    let end = phrases::core_end(words, cast, at..limit);
    let is_person =
        |at: usize| lexicon::is_role_noun(words.lower(at)) || lexicon::is_person_noun(words.lower(at)) || is_age(words.lower(at));
    let is_noun = |at: usize| at < end && (is_person(at) || matches!(words.upos(at), Upos::Noun | Upos::Propn));
    let head = (at + 1..end).find(|&at| is_person(at) && !is_noun(at + 1))?;
    let phrase = Phrase::parse(words, cast, at..head + 1)?;
    // *the minister, Ana Lima* and *is a minister* name nobody anew.
    let is_apposed = is_apposed(words, cast, phrase.head);
    let is_predicate = matches!(words.lower_before(at), "is" | "was" | "became" | "as" | "been" | "be" | "," | "remains" | "of" | "not");
    // *A nurse by training, she …*
    let sentence = words.sentence_range(at);
    let pronoun = (phrase.head + 1..sentence.end).take(6).find(|&at| words.text(at) == ",").map(|comma| comma + 1);
    let opens = at == sentence.start && pronoun.is_some_and(|at| super::role_patterns::opening_apposition(words, cast, at).is_some());
    // *a farmer named Ana*
    let is_named = lexicon::introduces_name(words.lower(phrase.head + 1)) && cast.person_at(phrase.head + 2).is_some();
    (!is_apposed && !is_predicate && !opens && !is_named).then_some(phrase)
}

/// *the minister, Ana Lima*; *A teacher at the school, Ana, thinks*: a person's name behind the phrase, with a comma before it.
fn is_apposed(words: &Words<'_>, cast: &Cast, head: usize) -> bool {
    if words.text(head + 1) == "," {
        return cast.person_at(head + 2).is_some();
    }
    let is_complement = phrases::is_preposition(words.lower(head + 1));
    let comma = (head + 2..words.sentence_range(head).end.min(head + 9)).take_while(|&at| !phrases::is_verb(words, at));
    let name = comma.into_iter().find(|&at| words.text(at) == ",").filter(|_| is_complement).and_then(|comma| cast.person_at(comma + 1));
    name.is_some_and(|name| words.text(name.words.end) == ",")
}

/// Whether a word is an age used as a noun (*60-year-old*).
pub(super) fn is_age(word: &str) -> bool {
    word.ends_with("-year-old")
}
