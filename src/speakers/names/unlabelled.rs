//! Names in source phrases that the encoder did not label: capitals after a title are a person, two capitals most likely too.

use std::ops::Range;

use super::{FoundName, NameSources, fold};
use crate::speakers::lexicon;
use crate::speakers::names;
use crate::speakers::word_view::Words;
use crate::speakers::{Rule, noun_phrases};
use crate::{EntityLabel, Upos};

/// The longest acronym in capitals, in letters.
const LONGEST_ACRONYM: usize = 7;

/// The unlabelled name that heads each source.
pub(in crate::speakers) fn in_sources(sources: &NameSources<'_>) -> Vec<FoundName> {
    let words = sources.words;
    let mut is_labelled = vec![false; words.len()];
    for name in sources.named {
        is_labelled.get_mut(name.words.clone()).into_iter().flatten().for_each(|labelled| *labelled = true);
    }
    let is_free = |source: &&Range<usize>| is_labelled.get((*source).clone()).is_some_and(|labelled| !labelled.contains(&true));
    let surname = |source: &Range<usize>| {
        let known = sources.named.iter().filter(|name| name.label == EntityLabel::Person && name.words.len() > 1);
        let is_same = |at: usize| known.clone().any(|name| fold(words.text(name.words.end - 1)) == fold(words.text(at)));
        let is_label = source.len() == 1 && words.paragraph_range(source.start).start == source.start && is_same(source.start);
        is_label.then(|| (source.clone(), EntityLabel::Person))
    };
    let whole = sources.sources.values().cloned();
    let names = whole.map(|source| before_body(words, &source, &is_labelled).unwrap_or(source));
    let names = names.filter(|source| is_free(&source)).filter_map(|source| surname(&source).or_else(|| name_in(words, &source)));
    names.map(|(words, label)| FoundName { words, label, rule: Rule::SourceName }).collect()
}

/// What stands before *of* and a labelled name: *Annelien van der Berg of the Labour Party*.
fn before_body(words: &Words<'_>, source: &Range<usize>, is_labelled: &[bool]) -> Option<Range<usize>> {
    let of = source.clone().find(|&at| matches!(words.lower(at), "of" | "from"))?;
    let labelled = |at: usize| is_labelled.get(at).copied().unwrap_or_default();
    let has_body = (of + 1..source.end).any(labelled);
    let is_name =
        |at: usize| words.is_capital(at) && lexicon::role_noun(words.lower(at)).is_none() || lexicon::is_inner_particle(words.lower(at));
    (has_body && of >= source.start + 2 && (source.start..of).all(is_name)).then_some(source.start..of)
}

/// The unlabelled names that *named* introduces: *an elderly farmer named Sin*.
pub(in crate::speakers) fn introduced(sources: &NameSources<'_>) -> Vec<FoundName> {
    let words = sources.words;
    let is_free = |at: usize| !sources.named.iter().any(|name| name.words.contains(&at));
    let is_name = |at: usize| words.is_capital(at) && is_free(at) && lexicon::body_noun(words.lower(at)).is_none();
    let is_person = |word: &str| lexicon::is_person_noun(word) || lexicon::is_role_noun(word);
    let introduced = (1..words.len()).filter(|&at| lexicon::introduces_name(words.lower(at)) && is_person(words.lower_before(at)));
    let found = introduced.filter_map(|at| {
        let end = (at + 1..words.len().min(at + 4)).take_while(|&at| is_name(at)).last()? + 1;
        Some(FoundName { words: at + 1..end, label: EntityLabel::Person, rule: Rule::IntroducedName })
    });
    found.collect()
}

/// The one name that a byline without labels consists of: *By Ana Lima*.
pub(in crate::speakers) fn in_byline(sources: &NameSources<'_>) -> Vec<FoundName> {
    let words = sources.words;
    let byline = sources.reading.seg.byline.map(|span| words.within(span));
    let Some(line) = byline.filter(|line| !line.is_empty()) else { return Vec::new() };
    let start = line.start + usize::from(words.lower(line.start) == "by");
    let end = (start..line.end).find(|&at| matches!(words.text(at), "," | "|" | "–" | "—" | "-")).unwrap_or(line.end);
    let is_labelled = sources.named.iter().any(|name| name.words.start < line.end && line.start < name.words.end);
    let is_name = (start..end).all(|at| words.is_capital(at) && lexicon::body_noun(words.lower(at)).is_none());
    let is_whole = (2..=4).contains(&(end - start)) && is_name && !is_labelled;
    is_whole.then_some(FoundName { words: start..end, label: EntityLabel::Person, rule: Rule::BylineName }).into_iter().collect()
}

/// The first run of capitals of a source with the label it most likely has.
fn name_in(words: &Words<'_>, source: &Range<usize>) -> Option<(Range<usize>, EntityLabel)> {
    let is_name = |at: usize| {
        let lower = words.lower(at);
        let is_open = matches!(words.upos(at), Upos::Propn | Upos::X | Upos::Noun | Upos::Adj);
        words.is_capital(at)
            && is_open
            && lexicon::role_noun(lower).is_none()
            && !is_function_word(lower)
            && !names::is_title(words.text(at))
    };
    let start = source.clone().find(|&at| is_name(at))?;
    let is_inside = |at: usize| words.is_capital(at) || at > start && lexicon::is_inner_particle(words.lower(at));
    let limit = (start..source.end).find(|&at| words.is_punctuation(at) || !is_inside(at)).unwrap_or(source.end);
    let end = (start..limit).rev().find(|&at| is_name(at))? + 1;
    let has_title = start > source.start && names::is_title(words.text(start - 1)) && words.is_capital(start - 1);
    // *AUDIENCE* and *PARTICIPANT*, labels in a transcript, are too long for an acronym.
    let (large, letters) = words.text(start).chars().fold((0, 0), |(large, all), ch| (large + usize::from(ch.is_uppercase()), all + 1));
    let is_acronym = large >= 2 && !(large == letters && letters > LONGEST_ACRONYM);
    let has_article = start > source.start && words.lower(start - 1) == "the";
    let is_body = (start..limit).any(|at| lexicon::body_noun(words.lower(at)).is_some());
    let is_first = start == words.sentence_range(start).start;
    if has_title {
        return Some((start..end, EntityLabel::Person));
    }
    if is_body || has_article || is_acronym && end == start + 1 {
        let is_whole = limit > start + 1 || is_acronym;
        return is_whole.then_some((start..limit, EntityLabel::Organization));
    }
    let is_sure = end > start + 1 || words.upos(start) == Upos::Propn && !is_first;
    (is_sure && end == limit).then_some((start..end, EntityLabel::Person))
}

fn is_function_word(lower: &str) -> bool {
    noun_phrases::is_determiner(lower) || noun_phrases::is_preposition(lower) || lexicon::is_personal_pronoun(lower) || lower == "i"
}
