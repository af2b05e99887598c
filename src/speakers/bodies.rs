//! Named bodies, places, groups and works: gathers their mentions, acronyms and short forms included.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::MentionKind;
use super::cast::{Cast, Mention, Referent, ReferentKind};
use super::lexicon;
use super::names::fold;
use super::words::Words;
use crate::EntityLabel;

/// Words that initials leave out (*Bank of England* → `BE`, also `BoE`).
const SMALL_WORDS: &[&str] = &["of", "the", "and", "for", "in", "on", "de", "to"];

/// Nouns that make a body's name of a place's, group's or body's name before them.
const INSTITUTIONS: &[&str] = &[
    "government",
    "parliament",
    "committee",
    "ministry",
    "council",
    "commission",
    "army",
    "military",
    "police",
    "treasury",
    "embassy",
    "cabinet",
    "senate",
    "presidency",
    "secretariat",
    "cooperative",
];

/// A name with its place.
struct NamedBody {
    words: Range<usize>,
    label: EntityLabel,
    key: String,
}

/// Adds the bodies that `named` ranges of words name to the cast.
pub(super) fn gather(words: &Words<'_>, named: &[(Range<usize>, EntityLabel)], cast: &mut Cast) {
    let mut bodies: Vec<NamedBody> = named.iter().filter_map(|(range, label)| read(words, range, *label)).collect();
    bodies.sort_by_key(|body| body.words.start);
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    // Long names first, so that acronyms and short forms find them.
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by_key(|&at| bodies.get(at).map(|body| (usize::MAX - body.words.len(), body.words.start)));
    let mut seen = BTreeSet::new();
    let firsts: Vec<&NamedBody> = bodies.iter().filter(|body| seen.insert(body.key.as_str())).collect();
    let introduced: BTreeMap<String, &NamedBody> = bodies.iter().filter_map(|full| Some((introduces(words, full)?, full))).collect();
    for body in order.iter().filter_map(|&at| bodies.get(at)) {
        if by_key.contains_key(&body.key) {
            continue;
        }
        let known = full_form(words, body, &firsts, &introduced).and_then(|full| by_key.get(&full.key).copied());
        let referent = known.unwrap_or_else(|| cast.add(Referent::new(ReferentKind::Body(body.label), words.phrase(&body.words))));
        by_key.insert(body.key.clone(), referent);
    }
    for body in &bodies {
        if let Some(&referent) = by_key.get(&body.key) {
            cast.mention(words, Mention { words: body.words.clone(), referent, kind: MentionKind::Name });
        }
    }
}

fn read(words: &Words<'_>, range: &Range<usize>, label: EntityLabel) -> Option<NamedBody> {
    let mut range = range.clone();
    while range.start < range.end && (words.is_punctuation(range.start) || words.lower(range.start) == "the") {
        range.start += 1;
    }
    while range.start < range.end && (words.is_possessive(range.end - 1) || words.is_punctuation(range.end - 1)) {
        range.end -= 1;
    }
    let (range, label) = with_body_noun(words, range, label);
    let key = fold(&words.phrase(&range));
    (!key.is_empty()).then_some(NamedBody { words: range, label, key })
}

/// *the Vik government*, *the Commons housing committee*: a name with the small words up to a noun for a body is that body's name.
fn with_body_noun(words: &Words<'_>, range: Range<usize>, label: EntityLabel) -> (Range<usize>, EntityLabel) {
    let may_be = matches!(label, EntityLabel::Location | EntityLabel::Norp | EntityLabel::Organization);
    let is_definite = range.start > 0 && words.lower(range.start - 1) == "the";
    let sentence = words.sentence_range(range.start);
    let is_small =
        |at: &usize| *at < sentence.end && !words.is_capital(*at) && words.upos(*at) != crate::Upos::Verb && !words.is_punctuation(*at);
    let noun = (range.end..range.end + 2).take_while(is_small).find(|&at| INSTITUTIONS.contains(&words.lower(at)));
    match noun.filter(|_| may_be && is_definite) {
        Some(at) if lexicon::role_noun(words.lower(at + 1)).is_none() => (range.start..at + 1, EntityLabel::Organization),
        _ => (range, label),
    }
}

/// The longer name that `short` is an acronym or short form of; `firsts` holds every name once.
fn full_form<'b>(
    words: &Words<'_>,
    short: &NamedBody,
    firsts: &[&'b NamedBody],
    introduced: &BTreeMap<String, &'b NamedBody>,
) -> Option<&'b NamedBody> {
    if short.words.len() != 1 {
        return None;
    }
    let text = words.phrase(&short.words);
    let longer = || firsts.iter().copied().filter(|full| full.words.len() > 1);
    if text.chars().filter(|ch| ch.is_uppercase()).count() >= 2 && text.chars().count() <= 8 {
        let by_brackets = introduced.get(&short.key).copied();
        return by_brackets.or_else(|| longer().find(|full| has_initials(words, full, &short.key)));
    }
    // *the Church* after *Church of Scientology*
    if lexicon::body_noun(&short.key).is_some() {
        return longer().find(|full| full.words.clone().any(|at| fold(words.text(at)) == short.key));
    }
    if short.label != EntityLabel::Organization || lexicon::country_of(&short.key).is_some() {
        return None;
    }
    longer().find(|full| full.label == EntityLabel::Organization && fold(words.text(full.words.start)) == short.key)
}

/// The acronym that stands in brackets right behind a full name: *Consultative Conference (CPPCC)*.
fn introduces(words: &Words<'_>, full: &NamedBody) -> Option<String> {
    let is_bracketed = words.text(full.words.end) == "(" && words.text(full.words.end + 2) == ")" && full.words.len() > 1;
    is_bracketed.then(|| fold(words.text(full.words.end + 1)))
}

/// Whether `key` is made of the initials of a name, with or without its small words.
fn has_initials(words: &Words<'_>, full: &NamedBody, key: &str) -> bool {
    let initials = |with_small: bool| -> String {
        let kept = full.words.clone().filter(|&at| !words.is_punctuation(at) && !words.is_possessive(at));
        kept.filter(|&at| with_small || !SMALL_WORDS.contains(&words.lower(at)))
            .filter_map(|at| fold(words.text(at)).chars().next())
            .collect()
    };
    key.len() > 1 && (initials(false) == key || initials(true) == key)
}
