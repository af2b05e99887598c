//! How a source phrase names its speaker: by a name in it, or by words that resolution has to follow.

use std::ops::Range;

use crate::EntityLabel;
use crate::speakers::coreference::AnaphorKind;
use crate::speakers::lexicon;
use crate::speakers::names;
use crate::speakers::noun_phrases::{self, Determiner, Phrase};
use crate::speakers::pronouns::Pronoun;
use crate::speakers::referents::{Mention, ReferentKind, Referents};
use crate::speakers::rule::{Rule, Rules};
use crate::speakers::word_view::Words;

/// How a source phrase names its speaker.
#[derive(Debug, Clone)]
pub(in crate::speakers) enum SourceReading {
    /// By the name of a referent.
    Named {
        /// Whom it names.
        referent: usize,
        /// What says so.
        rule: Rule,
        /// The name.
        words: Range<usize>,
    },
    /// By words that resolution has to follow.
    Open(AnaphorKind, Range<usize>),
}

/// A source phrase with what the rules read.
#[derive(Debug, Clone, Copy)]
struct SourcePhrase<'a> {
    words: &'a Words<'a>,
    referents: &'a Referents,
    range: &'a Range<usize>,
    phrase: &'a Phrase,
}

/// Finds the name in a source phrase.
type NameInSource = for<'a> fn(&SourcePhrase<'a>) -> Option<&'a Mention>;

/// The rules that find the name of a source phrase, in order.
const NAMES_IN_SOURCES: [(Rule, NameInSource); 7] = [
    (Rule::Name, person_at_head),
    // *the World Bank, its president, Ana Lima,*: the person speaks, so the body at the head waits.
    (Rule::Apposition, apposed_name),
    (Rule::Name, body_at_head),
    // From here on the head is no name, and the name stands deeper in the phrase.
    (Rule::NamedAs, introduced_name),
    (Rule::LongTitle, titled_name),
    // Whatever stands before a name at the end of a phrase says who that is.
    (Rule::OnlyPerson, only_person),
    // Documents last: whoever is named beside one is its author.
    (Rule::DocumentTitle, title_of_document),
];

/// Reads a source phrase; `None` where it holds no word.
pub(in crate::speakers) fn read_source(
    words: &Words<'_>,
    referents: &Referents,
    range: Range<usize>,
    rules: Rules,
) -> Option<SourceReading> {
    // The full stop of a form of address that the tokenizer does not know (*Smt. Ana Lima*) would end the phrase.
    let is_address = |at: usize| lexicon::is_honorific(words.lower(at)) && words.text(at + 1) == "." && at + 2 < range.end;
    let start = range.clone().find(|&at| !words.is_punctuation(at) && !is_address(at))?;
    let range = start..range.end;
    if let Some(pronoun) = pronoun_alone(words, referents, &range) {
        return Some(SourceReading::Open(AnaphorKind::Pronoun(pronoun), start..start + 1));
    }
    let phrase = Phrase::parse(words, referents, range.clone())?;
    let source = SourcePhrase { words, referents, range: &range, phrase: &phrase };
    let named = rules.first(&NAMES_IN_SOURCES, |find| find(&source).map(|name| (name.referent, name.words.clone())));
    Some(match named {
        Some((rule, (referent, words))) => SourceReading::Named { referent, rule, words },
        None => SourceReading::Open(AnaphorKind::Nominal(phrase), range),
    })
}

/// The pronoun that a source consists of, perhaps with *himself*, *both* or words behind its core.
fn pronoun_alone(words: &Words<'_>, referents: &Referents, range: &Range<usize>) -> Option<Pronoun> {
    let start = range.start;
    let is_whole = range.len() == 1 || noun_phrases::core_end(words, referents, range.clone()) == start + 1;
    let is_emphatic = lexicon::is_reflexive(words.lower(start + 1)) || matches!(words.lower(start + 1), "both" | "all" | "too" | "also");
    // *WHO* and *US* are names.
    let is_name = referents.name_at(start).is_some();
    let opens = words.lower(start) == "that" || lexicon::is_possessive_pronoun(words.lower(start));
    let is_alone = !is_name && (is_whole || is_emphatic) && !(opens && range.len() > 1);
    Pronoun::read(words.lower(start)).filter(|_| is_alone)
}

/// The person whose name heads a phrase (*Premier Li Qiang*).
fn person_at_head<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    named_head(source).filter(|name| source.referents.is_person(name.referent))
}

/// The body, place or group whose name heads a phrase.
fn body_at_head<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    named_head(source).filter(|name| !source.referents.is_person(name.referent))
}

/// The name that heads a phrase (*Premier Li Qiang*); an indefinite member of a group is unnamed (*a Republican*).
fn named_head<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    let SourcePhrase { referents, phrase, .. } = *source;
    let mention = referents.name_at(phrase.head).filter(|mention| mention.words.end == phrase.head + 1)?;
    let is_group = referents.kind(mention.referent) == Some(ReferentKind::Body(EntityLabel::Norp));
    let is_one_of_them = is_group && phrase.determiner == Determiner::Indefinite;
    // *the Chilean* is somebody, *the French* are a people.
    let is_somebody = phrase.determiner == Determiner::Definite && lexicon::is_one_of_people(source.words.lower(phrase.head));
    (!is_one_of_them && !is_somebody).then_some(mention)
}

/// *an elderly farmer named Ana*: the name of somebody introduced.
fn introduced_name<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    let SourcePhrase { words, referents, range, .. } = *source;
    let named = range.clone().find(|&at| lexicon::introduces_name(words.lower(at)))?;
    referents.person_at(named + 1)
}

/// The person named by an apposition after the first comma (*the deputy leader, Ana Lima,*).
fn apposed_name<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    let SourcePhrase { words, referents, range, .. } = *source;
    let commas = range.clone().filter(|&at| matches!(words.text(at), "," | "–" | "—" | "("));
    commas.take(3).find_map(|comma| {
        let end = noun_phrases::core_end(words, referents, comma + 1..range.end);
        let mention = referents.person_at(end.checked_sub(1).filter(|&last| last > comma)?)?;
        let is_title = |at: usize| {
            let word = words.lower(at);
            let is_role = lexicon::is_role_noun(word) || lexicon::is_role_modifier(word) || noun_phrases::is_determiner(word);
            is_role || names::is_title(words.text(at)) || words.is_capital(at) || words.text(at) == "."
        };
        (comma + 1..mention.words.start).all(is_title).then_some(mention)
    })
}

/// The person at the end of a long title (*Minister of Trade and Industry Ana Lima*).
fn titled_name<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    let SourcePhrase { words, referents, range, .. } = *source;
    let last = range.clone().rev().find(|&at| !words.is_punctuation(at))?;
    let mention = referents.person_at(last).filter(|mention| mention.words.start > range.start)?;
    let mut title = range.start..mention.words.start;
    let is_title = |at: usize| words.is_capital(at) || matches!(words.lower(at), "of" | "and" | "the" | "for" | "&" | ".");
    let holds_role = title.clone().any(|at| lexicon::is_role_noun(words.lower(at)) && words.is_capital(at));
    (holds_role && title.all(is_title)).then_some(mention)
}

/// The one person whose name ends the phrase, or its part before a comma: *Chair of the transport committee Ana Lima*, *Self-described
/// “river rat” Bo Dahl, 40*. Nobody whom a preposition or a possessor governs: *a spokesman for Ana Lima*, *Ana Lima’s lawyer*.
fn only_person<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    let SourcePhrase { words, referents, range, .. } = *source;
    let comma = range.clone().find(|&at| matches!(words.text(at), "," | "(")).unwrap_or(range.end);
    let last = (range.start..comma).rev().find(|&at| !noun_phrases::is_when(words, at) && !words.is_punctuation(at))?;
    let name = referents.person_at(last).filter(|name| name.words.end == last + 1)?;
    let is_title =
        |at: usize| lexicon::is_role_noun(words.lower(at)) || names::is_title(words.text(at)) || lexicon::is_role_modifier(words.lower(at));
    let before = (range.start..name.words.start).rev().find(|&at| !is_title(at));
    let is_governed = before.is_some_and(|at| {
        let word = words.lower(at);
        noun_phrases::is_preposition(word) || matches!(word, "and" | "or" | "'s" | "’s") || words.text(at) == ","
    });
    let has_verb = (range.start..name.words.start).any(|at| lexicon::is_auxiliary(words.lower(at)));
    let is_introduced = lexicon::introduces_name(words.lower_before(name.words.start));
    (before.is_some() && !is_governed && !has_verb && !is_introduced).then_some(name)
}

/// The work whose title stands after a noun for documents (*its report, “Water for All”,*).
fn title_of_document<'a>(source: &SourcePhrase<'a>) -> Option<&'a Mention> {
    let SourcePhrase { words, referents, phrase, .. } = *source;
    let is_document = lexicon::body_noun(words.lower(phrase.head)) == Some(lexicon::BodyNoun::Document);
    let mut after = (phrase.head + 1..phrase.words.end).skip_while(|&at| matches!(words.text(at), "," | "“" | "‘" | "\"" | "'" | ":"));
    let title = after.next().filter(|&at| is_document && at <= phrase.head + 3)?;
    let (work, label) = referents.body_at(title)?;
    (label == EntityLabel::Misc && work.words.start == title).then_some(work)
}
