//! The whole phrase of each quotation's source where the quotation stage cut it short: *its president* before *, Ana Lima,*, a group
//! in apposition behind its name, the affiliation at the end of a label (*Ana Lima, director, Acme: “…”*).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::speakers::lexicon;
use crate::speakers::names;
use crate::speakers::noun_phrases::{self, Phrase};
use crate::speakers::referents::Referents;
use crate::speakers::rule::{Rule, Rules};
use crate::speakers::word_view::Words;
use crate::{EntityLabel, Quote};

/// Longer lines before a colon are no labels, in words.
const LONGEST_LABEL: usize = 25;
/// Titles between a comma and the name they belong to, in words.
const LONGEST_TITLE: usize = 6;

/// The words of each quotation's source.
pub(in crate::speakers) fn ranges(words: &Words<'_>, quotes: &[Quote]) -> BTreeMap<usize, Range<usize>> {
    let source = |(index, quote): (usize, &Quote)| Some((index, words.within(quote.source?))).filter(|(_, range)| !range.is_empty());
    quotes.iter().enumerate().filter_map(source).collect()
}

/// A source as the quotation stage gives it, with what the rules read.
#[derive(Debug, Clone, Copy)]
pub(in crate::speakers) struct CutSource<'a> {
    pub(in crate::speakers) words: &'a Words<'a>,
    pub(in crate::speakers) referents: &'a Referents,
    pub(in crate::speakers) source: &'a Range<usize>,
    pub(in crate::speakers) quote: &'a Quote,
}

/// Finds the whole of a source that was cut short.
type WholeSource = fn(&CutSource<'_>) -> Option<Range<usize>>;

/// The rules for sources that were cut short, in order.
const WHOLE_SOURCES: [(Rule, WholeSource); 4] = [
    // The colon tells where a label ends, so that nothing else can be meant.
    (Rule::WholeLabel, label),
    // What follows the source belongs to it more often than what stands before.
    (Rule::NameBehind, named_behind),
    (Rule::NameBefore, named_before),
    // Only where no name is near: it finds no name, but the head of the phrase.
    (Rule::WholeSubject, whole_subject),
];

/// The source with the words that belong to it, and the rule that says so; none where it is whole.
pub(in crate::speakers) fn whole(cut: &CutSource<'_>, rules: Rules) -> Option<(Rule, Range<usize>)> {
    rules.first(&WHOLE_SOURCES, |rule| rule(cut))
}

/// The label at the start of a paragraph that opens with a person's name and ends in a colon before the content.
fn label(cut: &CutSource<'_>) -> Option<Range<usize>> {
    let CutSource { words, referents, source, quote } = *cut;
    let content = words.within(*quote.content.first()?).start;
    let colon = (source.end..content).take(3).find(|&at| words.text(at) == ":")?;
    let start = words.paragraph_range(source.start).start;
    if (start..source.start).any(|at| words.is_quoted(at)) {
        return None;
    }
    let first = (start..source.end).find(|&at| !words.is_punctuation(at) && !names::is_title(words.text(at)))?;
    let opens = referents.person_at(first).is_some_and(|person| person.words.end <= source.start);
    (opens && colon - start <= LONGEST_LABEL && words.paragraph(colon) == words.paragraph(start)).then_some(start..source.end)
}

/// *Its president*, with *, Ana Lima,* right behind it.
fn named_behind(cut: &CutSource<'_>) -> Option<Range<usize>> {
    let CutSource { words, referents, source, .. } = *cut;
    let phrase = Phrase::parse(words, referents, source.clone())?;
    let noun = words.lower(phrase.head);
    let is_cut = source.clone().all(|at| referents.person_at(at).is_none()) && words.text(source.end) == ",";
    if !is_cut || words.sentence(source.end) != words.sentence(source.start) {
        return None;
    }
    if lexicon::body_noun(noun) == Some(lexicon::BodyNoun::Document) {
        let title = (source.end + 1..source.end + 4).find(|&at| !words.is_punctuation(at))?;
        let (work, label) = referents.body_at(title)?;
        return (label == EntityLabel::Misc && work.words.start == title).then_some(source.start..work.words.end);
    }
    let is_human = lexicon::is_role_noun(noun) || lexicon::is_person_noun(noun);
    let names_title =
        |at: usize| names::is_title(words.text(at)) || words.is_capital(at) || words.text(at) == "." || words.lower(at) == "the";
    let name = (source.end + 1..source.end + 2 + LONGEST_TITLE).find(|&at| referents.person_at(at).is_some())?;
    let end = referents.person_at(name).filter(|person| person.words.start == name)?.words.end;
    let is_role = |at: usize| names_title(at) || lexicon::is_role_noun(words.lower(at)) || lexicon::is_role_modifier(words.lower(at));
    let is_closed = words.is_punctuation(end) || noun_phrases::is_verb(words, end);
    let is_alone = !words.is_possessive(end) && words.sentence(end.saturating_sub(1)) == words.sentence(source.start);
    (is_human && is_closed && is_alone && (source.end + 1..name).all(is_role)).then_some(source.start..end)
}

/// *a person in a post on Facebook claimed*: a source right behind a preposition is the end of the subject.
fn whole_subject(cut: &CutSource<'_>) -> Option<Range<usize>> {
    const LONGEST: usize = 12;
    let CutSource { words, source, quote, .. } = *cut;
    let cue = words.within(quote.cue?).start;
    let is_governed = matches!(words.lower_before(source.start), "of" | "on" | "in" | "at" | "from");
    let sentence = words.sentence_range(source.start);
    let opens = |at: usize| {
        at == sentence.start || words.is_punctuation(at - 1) || matches!(words.lower(at - 1), "when" | "that" | "and" | "but" | "as")
    };
    let start = (sentence.start..source.start).rev().take(LONGEST).find(|&at| opens(at))?;
    let is_subject = noun_phrases::is_determiner(words.lower(start)) || words.upos(start) == crate::Upos::Noun;
    let has_verb = (start..source.start).any(|at| noun_phrases::is_verb(words, at));
    (is_governed && cue == source.end && is_subject && !has_verb).then_some(start..source.end)
}

/// *a group that opposes tax credits* behind *Tax Watch,*: who is named speaks.
fn named_before(cut: &CutSource<'_>) -> Option<Range<usize>> {
    let CutSource { words, referents, source, .. } = *cut;
    let comma = source.start.checked_sub(1).filter(|&at| words.text(at) == ",")?;
    let opens = matches!(words.lower(source.start), "a" | "an") && words.text(source.end) == ",";
    let before = words.before_parenthesis(comma)?;
    let before = if words.text(before) == "." { before.checked_sub(1)? } else { before };
    // *Acme, Inc.*: the legal form is no part of the name where a comma parts them.
    let has_form = words.text(before.checked_sub(1)?) == "," && lexicon::is_legal_form(words.lower(before).trim_end_matches('.'));
    let before = if has_form { before.checked_sub(2)? } else { before };
    let mention = referents.name_at(before).filter(|mention| mention.words.end >= before && opens)?;
    let phrase = Phrase::parse(words, referents, source.clone())?;
    let noun = words.lower(phrase.head);
    let is_human = lexicon::is_role_noun(noun) || lexicon::is_person_noun(noun);
    let agrees = match referents.body_at(mention.words.start) {
        Some((_, EntityLabel::Organization)) => lexicon::body_noun(noun).is_some() || lexicon::is_trade(noun) || !is_human,
        Some(_) => false,
        None => referents.is_person(mention.referent) && is_human,
    };
    agrees.then_some(mention.words.clone())
}
