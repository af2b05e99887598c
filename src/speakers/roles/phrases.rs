//! Role phrases: *the former vice mayor of Changzhou* becomes the role *former vice mayor* held in *Changzhou*.

use std::ops::Range;

use super::HeldRole;
use crate::speakers::Role;
use crate::speakers::lexicon::{self, BodyNoun};
use crate::speakers::noun_phrases::{self, is_determiner, is_preposition, is_verb};
use crate::speakers::referents::Referents;
use crate::speakers::word_view::Words;
use crate::{EntityLabel, Upos};

/// Reads the role phrase that starts at `start` and goes on to `limit` at most; `None` where no role noun heads it.
pub(in crate::speakers) fn role_at(words: &Words<'_>, referents: &Referents, start: usize, limit: usize) -> Option<HeldRole> {
    // *one of the founders of Acme*
    if is_verb(words, start) && !lexicon::is_role_noun(words.lower(start)) {
        return None;
    }
    let is_one_of = words.lower(start) == "one" && words.lower(start + 1) == "of";
    let start = if is_one_of { start + 2 } else { start };
    let end = noun_phrases::core_end(words, referents, start..limit);
    let names_role = |word: &str| lexicon::is_role_noun(word) || is_one_of && lexicon::role_noun(word).is_some();
    let head = (start..end).rev().find(|&at| names_role(words.lower(at)) && referents.person_at(at).is_none())?;
    // *the mayor office* is no role, *mayor Li Na* is somebody else's; a verb that the tagger did not see may follow.
    let is_compound =
        head + 1 < end && (matches!(words.upos(head + 1), Upos::Noun | Upos::Propn) || referents.person_at(head + 1).is_some());
    if is_compound || words.is_possessive(head + 1) || referents.body_at(head).is_some_and(|(body, _)| body.words.end > head + 1) {
        return None;
    }
    let start =
        (start..head).find(|&at| !is_determiner(words.lower(at)) && !lexicon::says_nothing_of_role(words.lower(at))).unwrap_or(head);
    Some(held(words, referents, start, head, limit))
}

/// Reads the title that stands right before the name at `name`; `None` where there is none.
pub(in crate::speakers) fn title_before(words: &Words<'_>, referents: &Referents, name: usize) -> Option<HeldRole> {
    let sentence = words.sentence_range(name).start;
    let head = (sentence..name).rev().find(|&at| {
        let is_role = lexicon::is_role_noun(words.lower(at)) && !is_address(words, at);
        is_role || !(lexicon::is_honorific(words.lower(at)) || is_address(words, at))
    })?;
    let is_head = |at: usize| lexicon::is_role_noun(words.lower(at)) && referents.person_at(at).is_none() && !is_address(words, at);
    if is_head(head) {
        let start = left_edge(words, referents, sentence, head);
        return Some(held(words, referents, start, head, name)).filter(|held| held.words.end == head + 1);
    }
    // *Minister of Health Muhammad Pate*
    let prep = (sentence..name).rev().take(7).find(|&at| matches!(words.lower(at), "of" | "for"))?;
    // *Secretary of State for Transport Ana Lind*
    let is_state = prep >= sentence + 3 && words.lower(prep - 1) == "state" && words.lower(prep - 2) == "of";
    let head = prep.checked_sub(if is_state { 3 } else { 1 }).filter(|&head| head >= sentence && is_head(head))?;
    let is_title = |at: usize| words.is_capital(at) || matches!(words.lower(at), "and" | "the" | "of");
    let holds = (prep + 1..name).all(is_title) && words.is_capital(head);
    let start = left_edge(words, referents, sentence, head);
    holds.then(|| held(words, referents, start, head, name))
}

/// Reads the title whose last word is the role noun at `head`, also a plural one.
pub(in crate::speakers) fn title_at(words: &Words<'_>, referents: &Referents, head: usize) -> HeldRole {
    let start = left_edge(words, referents, words.sentence_range(head).start, head);
    held(words, referents, start, head, head + 1)
}

/// Reads the short title among the forms of address that stand right before the name at `name`: *Sen. Ana Lima*.
pub(in crate::speakers) fn short_title(words: &Words<'_>, address: Range<usize>) -> Option<HeldRole> {
    let full = |at: usize| lexicon::long_title(words.lower(at).trim_end_matches('.'));
    let (at, noun) = address.clone().find_map(|at| Some((at, full(at)?)))?;
    let first = words.sentence_range(at).start;
    let modifiers = (first..at).rev().take_while(|&at| words.is_capital(at) && lexicon::is_role_modifier(words.lower(at)));
    let start = modifiers.last().unwrap_or(at);
    let role = (start..at).map(|at| words.lower(at)).chain([noun]).collect::<Vec<_>>().join(" ");
    let evidence = start..at + 1;
    Some(HeldRole { role: Role { role, affiliation: None, span: words.span(&evidence) }, noun: noun.to_owned(), words: evidence })
}

/// Reads the role phrase that ends right before `end` (*the company’s founder*, before a comma and a name).
pub(in crate::speakers) fn role_before(words: &Words<'_>, referents: &Referents, end: usize) -> Option<HeldRole> {
    let sentence = words.sentence_range(end).start;
    let border = |at: &usize| words.is_punctuation(*at) && !words.is_possessive(*at) || is_verb(words, *at);
    let start = (sentence..end).rev().find(border).map_or(sentence, |at| at + 1);
    let start =
        (start..end).find(|&at| is_determiner(words.lower(at)) || words.is_capital(at) || lexicon::is_role_noun(words.lower(at)))?;
    role_at(words, referents, start, end).filter(|held| held.words.end == end)
}

/// *Doctor*, *Lord* and *Father* before a name are address, not office.
fn is_address(words: &Words<'_>, at: usize) -> bool {
    words.is_capital(at) && lexicon::is_only_address(words.lower(at))
}

/// Where a title starts: leftwards over its modifiers to a determiner, verb, preposition or mark.
fn left_edge(words: &Words<'_>, referents: &Referents, sentence: usize, head: usize) -> usize {
    let mut start = head;
    while start > sentence && head - start < 9 {
        let at = start - 1;
        let word = words.lower(at);
        if let Some((body, _)) = referents.body_at(at) {
            start = body.words.start.max(sentence);
            continue;
        }
        let is_and = word == "and" && at > sentence && lexicon::is_role_noun(words.lower(at - 1));
        let is_border = words.is_punctuation(at) && !words.is_possessive(at) && word != "&"
            || is_determiner(word)
            || is_preposition(word)
            || lexicon::is_personal_pronoun(word)
            || is_verb(words, at)
            || referents.person_at(at).is_some()
            || matches!(words.upos(at), Upos::Adv | Upos::Sconj) && !lexicon::is_role_modifier(word)
            || lexicon::sets_off_title(word) && !is_and;
        if is_border {
            break;
        }
        start = at;
    }
    start
}

/// Builds the role of the head noun at `head` from its modifiers since `start` and its complement up to `limit`.
fn held(words: &Words<'_>, referents: &Referents, start: usize, head: usize, limit: usize) -> HeldRole {
    let (kept, mut affiliation) = modifiers(words, referents, start, head);
    let written = words.lower(head);
    let noun = lexicon::role_noun(written).map_or(written, |(noun, _)| noun).to_owned();
    // *one of the founders*: a plural head becomes the role noun.
    let as_word = |at| if at == head && noun != written { noun.clone() } else { as_role_word(words, referents, at) };
    let mut role = kept.into_iter().map(as_word).collect::<Vec<_>>().join(" ");
    let mut end = head + 1;
    while end < limit {
        if affiliation.is_none()
            && let Some(at) = field_end(words, referents, end, limit)
        {
            role.push(' ');
            role.push_str(&as_role_phrase(words, referents, end..at));
            end = at;
        }
        let Some(complement) = complement_at(words, referents, end, limit, words.lower(head)) else { break };
        match complement.affiliation {
            // *the Opposition’s leader in the Senate* leads the Opposition.
            Some(_) if affiliation.is_some() && words.lower(end) == "in" => {
                end = complement.end;
                break;
            }
            Some(body) if affiliation.is_none() || complement.is_strong => {
                affiliation = Some(body);
                end = complement.end;
                break;
            }
            Some(_) => break,
            None => {
                role.push(' ');
                role.push_str(&as_role_phrase(words, referents, end..complement.end));
                end = complement.end;
            }
        }
    }
    // *Mr Justice Lind* is a judge.
    let before = head.checked_sub(1).map_or("", |at| words.lower(at));
    let is_judge = noun == "justice" && matches!(before.trim_end_matches('.'), "mr" | "mrs" | "ms" | "lord" | "lady");
    let (role, noun) = if is_judge { ("judge".to_owned(), "judge".to_owned()) } else { (role, noun) };
    let evidence = start..end;
    HeldRole { role: Role { role, affiliation, span: words.span(&evidence) }, noun, words: evidence }
}

/// Where the field of a role ends that stands before its body: *lecturer [in public health] at the University of Vik*,
/// *economist [for East Asia] at Acme*.
fn field_end(words: &Words<'_>, referents: &Referents, prep: usize, limit: usize) -> Option<usize> {
    const LONGEST: usize = 9;
    let opens = matches!(words.lower(prep), "in" | "for" | "of" | "on") && prep < limit;
    let inner = (prep + 1..limit.min(prep + LONGEST)).take_while(|&at| !words.is_punctuation(at) && !is_verb(words, at));
    let at = inner.clone().find(|&at| matches!(words.lower(at), "at" | "with")).filter(|&at| opens && at > prep + 1)?;
    // *economist for Greater China at Acme*, whatever the encoder takes the region for.
    let is_region = words.lower(prep) == "for";
    let is_plain = |at: usize| {
        referents.body_at(at).is_none_or(|(_, label)| label == EntityLabel::Location || is_region) && referents.person_at(at).is_none()
    };
    let next = if words.lower(at + 1) == "the" { at + 2 } else { at + 1 };
    let has_body = (next..limit.min(next + 5))
        .take_while(|&at| !words.is_punctuation(at))
        .any(|at| matches!(referents.body_at(at), Some((_, EntityLabel::Organization | EntityLabel::Facility))));
    (has_body && (prep + 1..at).all(is_plain)).then_some(at)
}

/// The words of the role itself, its head last, and the body that the words before them name.
fn modifiers(words: &Words<'_>, referents: &Referents, start: usize, head: usize) -> (Vec<usize>, Option<String>) {
    let mut kept = vec![head];
    let mut affiliation = None;
    let mut at = head;
    while at > start {
        let before = at - 1;
        let word = words.lower(before);
        if affiliation.is_none() && lexicon::names_employer(word) && referents.body_at(before).is_none() {
            // *Chinese foreign ministry spokesman*
            let belongs = |&at: &usize| {
                let is_modifier = lexicon::is_role_modifier(words.lower(at)) || matches!(words.upos(at), Upos::Noun | Upos::Adj);
                is_modifier && referents.at(at).is_none() || lexicon::country_of(words.text(at)).is_some()
            };
            let from = (start..before).rev().take_while(belongs).last().unwrap_or(before);
            affiliation = Some(words.phrase(&(from..before + 1)));
            at = from;
            continue;
        }
        let is_party = lexicon::names_party(word) && words.is_capital(before) && lexicon::sits_for_party(words.lower(head));
        let is_of_role =
            !is_party && lexicon::is_role_modifier(word) && referents.body_at(before).is_none_or(|(body, _)| body.words.len() == 1);
        if is_of_role || word == "and" && affiliation.is_none() {
            kept.push(before);
        } else if affiliation.is_none() {
            if let Some((body, from)) = affiliation_ending(words, referents, start, at, head) {
                affiliation = Some(body);
                at = from;
                continue;
            }
            if words.is_possessive(before) {
                break;
            }
            // *the subdued Prime Minister*
            let is_epithet = words.is_capital(head) && words.lower(head) != words.text(head) && !words.is_capital(before);
            if !lexicon::says_nothing_of_role(word) && !is_epithet {
                kept.push(before);
            }
        }
        at = before;
    }
    kept.reverse();
    (kept, affiliation)
}

/// The body whose name ends right before `at`, and where it starts: a possessor, a labelled name, a demonym or capitals before a small or all-capital role.
fn affiliation_ending(words: &Words<'_>, referents: &Referents, start: usize, at: usize, head: usize) -> Option<(String, usize)> {
    let last = if words.is_possessive(at - 1) { at.checked_sub(2)? } else { at - 1 };
    if last < start {
        return None;
    }
    let word = words.text(last);
    if let Some(country) = lexicon::country_of(word).filter(|_| words.is_capital(last)) {
        return Some((country.to_owned(), last));
    }
    // *Labour MP Ana Lind*, also where the sentence starts with the party
    if lexicon::names_party(words.lower(last)) && words.is_capital(last) && lexicon::sits_for_party(words.lower(head)) {
        let is_double =
            last > start && words.is_capital(last - 1) && referents.at(last - 1).is_none() && !lexicon::is_role_noun(words.lower(last - 1));
        let first = referents.body_at(last).map_or(last - usize::from(is_double), |(body, _)| body.words.start.max(start));
        return Some((words.phrase(&(first..last + 1)), first));
    }
    if let Some((body, label)) = referents.body_at(last).filter(|(_, label)| *label != EntityLabel::Norp) {
        let from = (start..body.words.start).rev().take_while(|&at| is_ordinal(words, at)).last().unwrap_or(body.words.start).max(start);
        return (label != EntityLabel::Date).then(|| (words.phrase(&(from..body.words.end)), from));
    }
    if let Some(place) = word.strip_suffix("-based").filter(|place| place.starts_with(char::is_uppercase)) {
        return Some((place.to_owned(), last));
    }
    let is_acronym = |text: &str| text.chars().count() > 1 && text.chars().filter(|ch| ch.is_alphabetic()).all(char::is_uppercase);
    // *Vik Mayor Ana Lima*
    let is_local = matches!(words.lower(head), "mayor" | "governor") && words.upos(last) == Upos::Propn;
    let stands_out = is_local || is_acronym(word) || !words.is_capital(head) || is_acronym(words.text(head)) || words.is_possessive(at - 1);
    let is_name =
        words.is_capital(last) && referents.at(last).is_none() && !lexicon::is_role_noun(words.lower(last)) && last > start.min(last);
    let is_first = last == words.sentence_range(last).start;
    let named = words.is_capital(last)
        && referents.at(last).is_none()
        && stands_out
        && (!is_first || is_acronym(word) || is_name || words.is_possessive(at - 1));
    named.then(|| {
        let from = (start..last).rev().take_while(|&at| words.is_capital(at) && referents.at(at).is_none()).last().unwrap_or(last);
        (words.phrase(&(from..last + 1)), from)
    })
}

fn is_ordinal(words: &Words<'_>, at: usize) -> bool {
    words.text(at).starts_with(|ch: char| ch.is_ascii_digit()) && words.lower(at).ends_with("th")
}

/// What follows a role noun after a preposition.
pub(in crate::speakers) struct Complement {
    pub(in crate::speakers) affiliation: Option<String>,
    /// Whether it names a body, so that it outweighs a demonym before the noun.
    pub(in crate::speakers) is_strong: bool,
    pub(in crate::speakers) end: usize,
}

/// Reads *of the Ministry of Finance*, *at Acme*, *of research*; `None` where the phrase does not belong to the role.
pub(in crate::speakers) fn complement_at(
    words: &Words<'_>,
    referents: &Referents,
    prep: usize,
    limit: usize,
    noun: &str,
) -> Option<Complement> {
    let preposition = words.lower(prep);
    if !matches!(preposition, "of" | "for" | "at" | "with" | "in" | "from" | "to" | "on") {
        return None;
    }
    let first = (prep + 1..limit).find(|&at| !matches!(words.lower(at), "the" | "a" | "an" | "this"))?;
    if words.is_punctuation(first) {
        return None;
    }
    let end = name_end(words, referents, first, limit);
    let names = |at: &usize| words.is_capital(*at) || referents.body_at(*at).is_some();
    let start = (first..end).find(|at| names(at) || is_ordinal(words, *at)).filter(|_| (first..end).any(|at| names(&at)));
    let is_portfolio = matches!(preposition, "of" | "for") && lexicon::has_portfolio(noun);
    let body = start.and_then(|at| (at..end).find_map(|at| referents.body_at(at)));
    let is_date = body.is_some_and(|(_, label)| matches!(label, EntityLabel::Date | EntityLabel::Money | EntityLabel::Norp));
    if let Some(start) = start.filter(|&start| !is_date && referents.person_at(start).is_none() && (!is_portfolio || body.is_some())) {
        if end == start || lexicon::is_personal_pronoun(words.lower(start)) || lexicon::is_honorific(words.lower(start)) {
            return None;
        }
        let end = through_body_noun(words, referents, first, end, limit);
        // A book is no body: *author of “Water for All”*.
        if matches!(noun, "author" | "co-author" | "editor") && body.is_none_or(|(_, label)| label == EntityLabel::Misc) {
            return None;
        }
        return Some(Complement { affiliation: Some(words.phrase(&(start..end))), is_strong: body.is_some(), end });
    }
    let core = noun_phrases::core_end(words, referents, first..limit);
    let is_small = core > first && core - first <= 4 && (first..core).all(|at| !words.is_capital(at) || is_portfolio);
    if !is_small || !matches!(preposition, "of" | "for" | "at") || lexicon::is_possessive_pronoun(words.lower(first)) {
        return None;
    }
    // *deputy minister for trade and industry*
    let is_same_case = |a: usize, b: usize| words.is_capital(a) == words.is_capital(b) && !words.is_punctuation(b);
    let joined = is_portfolio && words.lower(core) == "and" && is_same_case(core - 1, core + 1) && core + 1 < limit;
    let last = |core: usize| (core + 1..limit).find(|&at| !words.is_capital(at) || referents.person_at(at).is_some()).unwrap_or(limit);
    let core = match joined {
        true if words.is_capital(core + 1) => last(core),
        true => core + 2,
        false => core,
    };
    let is_body = lexicon::body_noun(words.lower(core - 1)).is_some_and(|noun| noun != BodyNoun::Document) && start.is_none();
    let affiliation = is_body.then(|| words.phrase(&(first..core)));
    (preposition != "at" || is_body).then_some(Complement { affiliation, is_strong: false, end: core })
}

/// *the Vik cooperative*, *the Vik heating company*: the small words after a name, where they end in a noun for a body.
fn through_body_noun(words: &Words<'_>, referents: &Referents, first: usize, end: usize, limit: usize) -> usize {
    let core = noun_phrases::core_end(words, referents, first..limit);
    let is_small = |at: usize| !words.is_capital(at) && !words.is_punctuation(at) && !is_verb(words, at);
    let kind = |at: usize| lexicon::body_noun(words.lower(at));
    let nouns = (end..core.min(end + 3)).take_while(|&at| is_small(at));
    nouns.filter(|&at| kind(at).is_some_and(|kind| kind != BodyNoun::Document)).last().map_or(end, |last| last + 1)
}

/// The end of a name of capitals, labelled names and the small words between them (*National Committee of the Consultative Conference*).
fn name_end(words: &Words<'_>, referents: &Referents, first: usize, limit: usize) -> usize {
    let (mut at, mut end) = (first, first);
    while at < limit {
        if let Some(mention) = referents.name_at(at).filter(|mention| mention.words.end > at) {
            if referents.is_person(mention.referent) && at > first && !words.is_possessive(mention.words.end) {
                break;
            }
            at = mention.words.end;
            end = at;
            continue;
        }
        let word = words.lower(at);
        let links = matches!(word, "of" | "the" | "for" | "and" | "&" | "on") && end > first && leads_on(words, referents, at, limit);
        let small =
            at == end && end == first && !is_verb(words, at) && !is_preposition(word) && !words.is_punctuation(at) && at - first < 4;
        if lexicon::is_honorific(word) {
            break;
        }
        if words.is_capital(at) || is_ordinal(words, at) || words.is_possessive(at) && words.is_capital(at + 1) {
            end = at + 1;
        } else if small {
            return skip_small(words, referents, first, limit);
        } else if !links {
            break;
        }
        at += 1;
    }
    end.min(limit)
}

/// Names after small words (*the think tank Chatham House*): the end of the name, or `first` where none follows.
fn skip_small(words: &Words<'_>, referents: &Referents, first: usize, limit: usize) -> usize {
    let core = noun_phrases::core_end(words, referents, first..limit);
    match (first..core).find(|&at| words.is_capital(at) || referents.body_at(at).is_some()) {
        Some(start) if referents.person_at(start).is_none() => name_end(words, referents, start, limit),
        _ => first,
    }
}

/// Whether a small word inside a name is followed by more of the name.
fn leads_on(words: &Words<'_>, referents: &Referents, at: usize, limit: usize) -> bool {
    let next = (at + 1..limit).find(|&at| words.lower(at) != "the");
    let Some(next) = next.filter(|&next| words.is_capital(next) && referents.person_at(next).is_none()) else { return false };
    // *of Acme and Ford* joins two bodies, *Ministry of Trade and Industry* is one.
    words.lower(at) != "and" && words.text(at) != "&" || referents.body_at(next).is_none() && referents.body_at(at - 1).is_none()
}

/// A word of a role: small letters but for acronyms and names.
fn as_role_word(words: &Words<'_>, referents: &Referents, at: usize) -> String {
    let text = words.text(at);
    let is_acronym = text.chars().take(2).filter(|ch| ch.is_uppercase()).count() == 2;
    let is_name = referents.body_at(at).is_some() && !lexicon::is_role_modifier(words.lower(at)) && !lexicon::is_role_noun(words.lower(at));
    if is_acronym || is_name { text.to_owned() } else { text.to_lowercase() }
}

fn as_role_phrase(words: &Words<'_>, referents: &Referents, range: Range<usize>) -> String {
    range.map(|at| as_role_word(words, referents, at)).collect::<Vec<_>>().join(" ")
}
