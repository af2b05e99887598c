//! The whole phrase of each quotation's source where the quotation stage cut it short: *its president* before *, Ana Lima,*, a group
//! in apposition behind its name, the affiliation at the end of a label (*Ana Lima, director, Acme: “…”*).

use std::collections::BTreeMap;
use std::ops::Range;

use super::cast::Cast;
use super::lexicon;
use super::names;
use super::phrases::{self, Phrase};
use super::words::Words;
use crate::{EntityLabel, Quote};

/// Longer lines before a colon are no labels, in words.
const LONGEST_LABEL: usize = 25;
/// Titles between a comma and the name they belong to, in words.
const LONGEST_TITLE: usize = 6;

/// The words of each quotation's source.
pub(super) fn ranges(words: &Words<'_>, quotes: &[Quote]) -> BTreeMap<usize, Range<usize>> {
    let source = |(index, quote): (usize, &Quote)| Some((index, words.within(quote.source?))).filter(|(_, range)| !range.is_empty());
    quotes.iter().enumerate().filter_map(source).collect()
}

/// The source of `quote` with the name that belongs to it.
pub(super) fn widened(words: &Words<'_>, cast: &Cast, source: Range<usize>, quote: &Quote) -> Range<usize> {
    label(words, cast, &source, quote)
        .or_else(|| named_after(words, cast, &source))
        .or_else(|| named_before(words, cast, &source))
        .or_else(|| whole_subject(words, &source, quote))
        .unwrap_or(source)
}

/// The label at the start of a paragraph that opens with a person's name and ends in a colon before the content.
fn label(words: &Words<'_>, cast: &Cast, source: &Range<usize>, quote: &Quote) -> Option<Range<usize>> {
    let content = words.within(*quote.content.first()?).start;
    let colon = (source.end..content).take(3).find(|&at| words.text(at) == ":")?;
    let start = words.paragraph_range(source.start).start;
    let first = (start..source.end).find(|&at| !words.is_punctuation(at) && !names::is_title(words.text(at)))?;
    let opens = cast.person_at(first).is_some_and(|person| person.words.end <= source.start);
    (opens && colon - start <= LONGEST_LABEL && words.paragraph(colon) == words.paragraph(start)).then_some(start..source.end)
}

/// *Its president*, with *, Ana Lima,* right behind it.
fn named_after(words: &Words<'_>, cast: &Cast, source: &Range<usize>) -> Option<Range<usize>> {
    let phrase = Phrase::parse(words, cast, source.clone())?;
    let noun = words.lower(phrase.head);
    let is_cut = source.clone().all(|at| cast.person_at(at).is_none()) && words.text(source.end) == ",";
    if !is_cut || words.sentence(source.end) != words.sentence(source.start) {
        return None;
    }
    if lexicon::body_noun(noun) == Some(lexicon::BodyNoun::Document) {
        let title = (source.end + 1..source.end + 4).find(|&at| !words.is_punctuation(at))?;
        let (work, label) = cast.body_at(title)?;
        return (label == EntityLabel::Misc && work.words.start == title).then_some(source.start..work.words.end);
    }
    let is_human = lexicon::is_role_noun(noun) || lexicon::is_person_noun(noun);
    let names_title =
        |at: usize| names::is_title(words.text(at)) || words.is_capital(at) || words.text(at) == "." || words.lower(at) == "the";
    let name = (source.end + 1..source.end + 2 + LONGEST_TITLE).find(|&at| cast.person_at(at).is_some())?;
    let end = cast.person_at(name).filter(|person| person.words.start == name)?.words.end;
    let is_role = |at: usize| names_title(at) || lexicon::is_role_noun(words.lower(at)) || lexicon::is_role_modifier(words.lower(at));
    let is_closed = words.is_punctuation(end) || phrases::is_verb(words, end);
    let is_alone = !words.is_possessive(end) && words.sentence(end.saturating_sub(1)) == words.sentence(source.start);
    (is_human && is_closed && is_alone && (source.end + 1..name).all(is_role)).then_some(source.start..end)
}

/// *a person in a post on Facebook claimed*: a source right behind a preposition is the end of the subject.
fn whole_subject(words: &Words<'_>, source: &Range<usize>, quote: &Quote) -> Option<Range<usize>> {
    const LONGEST: usize = 12;
    let cue = words.within(quote.cue?).start;
    let is_governed = matches!(words.lower_before(source.start), "of" | "on" | "in" | "at" | "from");
    let sentence = words.sentence_range(source.start);
    let opens = |at: usize| {
        at == sentence.start || words.is_punctuation(at - 1) || matches!(words.lower(at - 1), "when" | "that" | "and" | "but" | "as")
    };
    let start = (sentence.start..source.start).rev().take(LONGEST).find(|&at| opens(at))?;
    let is_subject = phrases::is_determiner(words.lower(start)) || words.upos(start) == crate::Upos::Noun;
    let has_verb = (start..source.start).any(|at| phrases::is_verb(words, at));
    (is_governed && cue == source.end && is_subject && !has_verb).then_some(start..source.end)
}

/// *a group that opposes tax credits* behind *Tax Watch,*: who is named speaks.
fn named_before(words: &Words<'_>, cast: &Cast, source: &Range<usize>) -> Option<Range<usize>> {
    let comma = source.start.checked_sub(1).filter(|&at| words.text(at) == ",")?;
    let opens = matches!(words.lower(source.start), "a" | "an") && words.text(source.end) == ",";
    let mention = cast.name_at(comma.checked_sub(1)?).filter(|mention| mention.words.end == comma && opens)?;
    let phrase = Phrase::parse(words, cast, source.clone())?;
    let noun = words.lower(phrase.head);
    let is_human = lexicon::is_role_noun(noun) || lexicon::is_person_noun(noun);
    let agrees = match cast.body_at(mention.words.start) {
        Some((_, EntityLabel::Organization)) => lexicon::body_noun(noun).is_some(),
        Some(_) => false,
        None => cast.is_person(mention.referent) && is_human,
    };
    agrees.then_some(mention.words.clone())
}
