//! Named bodies, places, groups and works: gathers their mentions, acronyms and short forms included.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Mention, Referent, ReferentKind, Referents};
use crate::EntityLabel;
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::names::{FoundName, fold};
use crate::speakers::rule::{Rule, Rules};
use crate::speakers::word_view::Words;

/// A name with its place.
struct NamedBody {
    words: Range<usize>,
    label: EntityLabel,
    key: String,
    /// What found it.
    rule: Rule,
}

/// The names of bodies, each once, by what a short form of theirs is looked for.
struct FullNames<'b> {
    /// In text order.
    firsts: Vec<&'b NamedBody>,
    /// By the acronym in brackets behind them.
    introduced: BTreeMap<String, &'b NamedBody>,
}

/// Finds the longer name that a name of one word is an acronym or short form of.
type ShortForm = for<'b> fn(&Words<'_>, &NamedBody, &FullNames<'b>) -> Option<&'b NamedBody>;

/// The rules for names of one word, in order.
const SHORT_FORMS: [(Rule, ShortForm); 4] = [
    // What the article itself says comes before what letters suggest.
    (Rule::BracketAcronym, bracketed),
    (Rule::Initials, made_of_initials),
    // A noun for a body may stand anywhere in the longer name, other words at its start alone.
    (Rule::BodyWord, holding_the_noun),
    (Rule::FirstWord, starting_so),
];

/// Adds the bodies that are named to the referents.
pub(in crate::speakers) fn gather(words: &Words<'_>, named: &[FoundName], rules: Rules, referents: &mut Referents) {
    let mut bodies: Vec<NamedBody> = named.iter().filter_map(|name| read(words, name, rules)).collect();
    bodies.sort_by_key(|body| body.words.start);
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    // Long names first, so that acronyms and short forms find them.
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by_key(|&at| bodies.get(at).map(|body| (usize::MAX - body.words.len(), body.words.start)));
    let mut seen = BTreeSet::new();
    let firsts: Vec<&NamedBody> = bodies.iter().filter(|body| seen.insert(body.key.as_str())).collect();
    let introduced: BTreeMap<String, &NamedBody> = bodies.iter().filter_map(|full| Some((introduces(words, full)?, full))).collect();
    let fuller = FullNames { firsts, introduced };
    for body in order.iter().filter_map(|&at| bodies.get(at)) {
        if by_key.contains_key(&body.key) {
            continue;
        }
        let full = if body.words.len() == 1 { rules.first(&SHORT_FORMS, |form| form(words, body, &fuller)) } else { None };
        let known = full.and_then(|(rule, full)| Some((rule, by_key.get(&full.key).copied()?)));
        let referent = match known {
            Some((_, known)) => known,
            None => referents.add(Referent::new(ReferentKind::Body(body.label), words.phrase(&body.words))),
        };
        for rule in std::iter::once(body.rule).chain(known.map(|(rule, _)| rule)) {
            referents.note(referent, rule, body.words.clone());
        }
        by_key.insert(body.key.clone(), referent);
    }
    for body in &bodies {
        if let Some(&referent) = by_key.get(&body.key) {
            referents.mention(words, Mention { words: body.words.clone(), referent, kind: MentionKind::Name });
        }
    }
}

fn read(words: &Words<'_>, name: &FoundName, rules: Rules) -> Option<NamedBody> {
    let mut range = name.words.clone();
    while range.start < range.end && (words.is_punctuation(range.start) || words.lower(range.start) == "the") {
        range.start += 1;
    }
    while range.start < range.end && (words.is_possessive(range.end - 1) || words.is_punctuation(range.end - 1)) {
        range.end -= 1;
    }
    let whole = rules.has(Rule::BodyOfName).then(|| with_body_noun(words, &range, name.label)).flatten();
    let rule = if whole.is_some() { Rule::BodyOfName } else { name.rule };
    let (range, label) = whole.map_or((range, name.label), |whole| (whole, EntityLabel::Organization));
    let key = fold(&words.phrase(&range));
    (!key.is_empty()).then_some(NamedBody { words: range, label, key, rule })
}

/// *the Vik government*, *the Commons housing committee*: a name with the small words up to a noun for a body is that body's name.
fn with_body_noun(words: &Words<'_>, range: &Range<usize>, label: EntityLabel) -> Option<Range<usize>> {
    let may_be = matches!(label, EntityLabel::Location | EntityLabel::Norp | EntityLabel::Organization);
    let is_definite = range.start > 0 && words.lower(range.start - 1) == "the";
    let sentence = words.sentence_range(range.start);
    let is_small =
        |at: &usize| *at < sentence.end && !words.is_capital(*at) && words.upos(*at) != crate::Upos::Verb && !words.is_punctuation(*at);
    let noun = (range.end..range.end + 2).take_while(is_small).find(|&at| lexicon::makes_body(words.lower(at)));
    let at = noun.filter(|_| may_be && is_definite)?;
    lexicon::role_noun(words.lower(at + 1)).is_none().then_some(range.start..at + 1)
}

/// Whether a name is written like an acronym.
fn is_acronym(words: &Words<'_>, short: &NamedBody) -> bool {
    let text = words.phrase(&short.words);
    text.chars().filter(|ch| ch.is_uppercase()).count() >= 2 && text.chars().count() <= 8
}

impl<'b> FullNames<'b> {
    /// The first name of several words that fits.
    fn longer(&self, fits: impl Fn(&NamedBody) -> bool) -> Option<&'b NamedBody> {
        self.firsts.iter().copied().find(|full| full.words.len() > 1 && fits(full))
    }
}

/// *CPPCC* after *Consultative Conference (CPPCC)*.
fn bracketed<'b>(words: &Words<'_>, short: &NamedBody, names: &FullNames<'b>) -> Option<&'b NamedBody> {
    names.introduced.get(&short.key).copied().filter(|_| is_acronym(words, short))
}

/// *WHL* after *World Health League*.
fn made_of_initials<'b>(words: &Words<'_>, short: &NamedBody, names: &FullNames<'b>) -> Option<&'b NamedBody> {
    is_acronym(words, short).then(|| names.longer(|full| has_initials(words, full, &short.key))).flatten()
}

/// *the Church* after *Church of the Sea*.
fn holding_the_noun<'b>(words: &Words<'_>, short: &NamedBody, names: &FullNames<'b>) -> Option<&'b NamedBody> {
    let is_noun = !is_acronym(words, short) && lexicon::body_noun(&short.key).is_some();
    is_noun.then(|| names.longer(|full| full.words.clone().any(|at| fold(words.text(at)) == short.key))).flatten()
}

/// *Brookings* after *Brookings Institution*.
fn starting_so<'b>(words: &Words<'_>, short: &NamedBody, names: &FullNames<'b>) -> Option<&'b NamedBody> {
    let is_name = !is_acronym(words, short) && lexicon::body_noun(&short.key).is_none() && lexicon::country_of(&short.key).is_none();
    let starts = |full: &NamedBody| full.label == EntityLabel::Organization && fold(words.text(full.words.start)) == short.key;
    (is_name && short.label == EntityLabel::Organization).then(|| names.longer(starts)).flatten()
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
        kept.filter(|&at| with_small || !lexicon::is_passed_over(words.lower(at)))
            .filter_map(|at| fold(words.text(at)).chars().next())
            .collect()
    };
    key.len() > 1 && (initials(false) == key || initials(true) == key)
}
