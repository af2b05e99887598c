//! Where an article states roles: titles, appositions, copulas, relative clauses, verbs of office, lists of panellists.

use super::{HeldRole, phrases};
use crate::EntityLabel;
use crate::speakers::Role;
use crate::speakers::lexicon;
use crate::speakers::noun_phrases::{self, is_verb};
use crate::speakers::referents::{Mention, Referents};
use crate::speakers::word_view::Words;

/// The roles that the words around a person's name state.
pub(in crate::speakers) fn of_name(words: &Words<'_>, referents: &Referents, mention: &Mention) -> Vec<HeldRole> {
    let mut found = Vec::new();
    let start = address_start(words, mention.words.start);
    let end = mention.words.end;
    let title = phrases::title_before(words, referents, mention.words.start);
    let title = title.or_else(|| phrases::short_title(words, start..mention.words.start));
    found.extend(possessed_before(words, referents, title.as_ref()));
    found.extend(title.or_else(|| joint_title(words, referents, mention)));
    found.extend(apposition_before(words, referents, start, end));
    found.extend(label_before(words, referents, start));
    // *an elderly farmer named Ana*
    let named = start.checked_sub(1).filter(|&at| lexicon::introduces_name(words.lower(at)));
    found.extend(named.and_then(|named| phrases::role_before(words, referents, named)));
    if words.is_possessive(end) {
        return found;
    }
    found.extend(apposition_after(words, referents, end));
    found.extend(predicate(words, referents, end));
    found.extend(founding(words, referents, mention.words.start, end));
    found.extend(passive_founding(words, referents, start));
    affiliate(words, referents, end, &mut found);
    found
}

/// *Senators Ana Lind and Bo Berg*: each of them is one.
fn joint_title(words: &Words<'_>, referents: &Referents, mention: &Mention) -> Option<HeldRole> {
    let start = mention.words.start;
    let and = start.checked_sub(1).filter(|&at| matches!(words.lower(at), "and" | ",") && words.sentence(at) == words.sentence(start));
    let joined = and.and_then(|and| referents.person_at(words.before_parenthesis(and)?));
    let after = words.after_parenthesis(mention.words.end);
    let opens = matches!(words.lower(after), "and" | ",") && referents.person_at(after + 1).is_some();
    let first = joined.map(|first| first.words.start).or(opens.then_some(start))?;
    let head = first.checked_sub(1).filter(|&at| words.sentence(at) == words.sentence(start))?;
    lexicon::role_noun(words.lower(head)).filter(|(_, is_plural)| *is_plural)?;
    Some(phrases::title_at(words, referents, head))
}

/// The roles that the clause of a subject pronoun states.
pub(in crate::speakers) fn of_pronoun(words: &Words<'_>, referents: &Referents, pronoun: usize) -> Vec<HeldRole> {
    let mut found: Vec<HeldRole> = opening_apposition(words, referents, pronoun).into_iter().collect();
    found.extend(predicate(words, referents, pronoun + 1));
    found.extend(founding(words, referents, pronoun, pronoun + 1));
    found
}

/// *A nurse by training, she …*
pub(in crate::speakers) fn opening_apposition(words: &Words<'_>, referents: &Referents, pronoun: usize) -> Option<HeldRole> {
    let start = words.sentence_range(pronoun).start;
    let comma = pronoun.checked_sub(1).filter(|&at| words.text(at) == "," && (start + 1..start + 8).contains(&at))?;
    let opens = matches!(words.lower(start), "a" | "an") && matches!(words.lower(pronoun), "he" | "she");
    opens.then(|| phrases::role_at(words, referents, start, comma)).flatten()
}

/// Where the forms of address before a name start.
fn address_start(words: &Words<'_>, name: usize) -> usize {
    let sentence = words.sentence_range(name).start;
    // The full stop of an abbreviation that the tokenizer does not know is a word of its own.
    let is_address = |at: usize| {
        lexicon::is_honorific(words.lower(at)) || words.text(at) == "." && at > sentence && lexicon::is_honorific(words.lower(at - 1))
    };
    (sentence..name).rev().take_while(|&at| is_address(at)).last().unwrap_or(name)
}

/// *the company’s founder, Li Na,*
fn apposition_before(words: &Words<'_>, referents: &Referents, start: usize, end: usize) -> Option<HeldRole> {
    let comma =
        start.checked_sub(1).filter(|&at| matches!(words.text(at), "," | "–" | "—") && words.sentence(at) == words.sentence(start))?;
    let is_closed = matches!(words.text(end), "," | "." | ")" | "–" | "—" | ";" | "") || words.sentence(end) != words.sentence(start);
    if !is_closed {
        return None;
    }
    phrases::role_before(words, referents, comma)
}

/// *Chairperson: Ms Ana Lind*
fn label_before(words: &Words<'_>, referents: &Referents, start: usize) -> Option<HeldRole> {
    let colon = start.checked_sub(1).filter(|&at| words.text(at) == ":")?;
    let line = words.sentence_range(colon).start;
    let held = phrases::role_at(words, referents, line, colon)?;
    (held.words.end == colon && colon - line <= 5).then_some(held)
}

/// *its founder, the former judge Li Na,*: the role with a possessor before the title.
fn possessed_before(words: &Words<'_>, referents: &Referents, title: Option<&HeldRole>) -> Option<HeldRole> {
    let title = title?.words.start;
    let start = title - usize::from(noun_phrases::is_determiner(words.lower_before(title)));
    let comma = start.checked_sub(1).filter(|&at| words.text(at) == "," && words.sentence(at) == words.sentence(title))?;
    let held = phrases::role_before(words, referents, comma)?;
    let before = held.words.start.checked_sub(1)?;
    let has_possessor = lexicon::is_possessive_pronoun(words.lower(before)) || words.is_possessive(before);
    (has_possessor || held.role.affiliation.is_some() && held.words.clone().any(|at| words.is_possessive(at))).then_some(held)
}

/// *Li Na, 45, a farmer from Hebei*; *Li Na (chief executive, Acme)*; *Li Na, who leads Acme*.
fn apposition_after(words: &Words<'_>, referents: &Referents, end: usize) -> Vec<HeldRole> {
    let limit = words.sentence_range(end).end;
    let mut at = end;
    if words.text(at) == "(" {
        let close = (at..limit).take(12).find(|&at| words.text(at) == ")");
        let inside = close.map(|close| list(words, referents, at + 1, close, false)).filter(|found| !found.is_empty());
        if let Some(found) = inside {
            return found;
        }
        at = close.map_or(at, |close| close + 1);
    }
    if !matches!(words.text(at), "," | "–" | "—" | "-" | ":") || at >= limit {
        return Vec::new();
    }
    at += 1;
    let is_age = words.text(at).chars().all(|ch| ch.is_ascii_digit()) || words.lower(at).ends_with("-year-old");
    if is_age && words.text(at + 1) == "," {
        at += 2;
        // *Li Na, 45, is a farmer*
        if is_verb(words, at) {
            return predicate(words, referents, at);
        }
    }
    if matches!(words.lower(at), "who" | "himself" | "herself") {
        return predicate(words, referents, at + 1);
    }
    if words.text(at - 1) == ":" {
        return Vec::new();
    }
    let mut found = list(words, referents, at, limit, false);
    // *a farmer from Hebei who is also …*
    let last = found.last().map(|held| held.words.end).filter(|&last| words.lower(last) == "who");
    found.extend(last.into_iter().flat_map(|who| predicate(words, referents, who + 1)));
    found
}

/// *is vice mayor of X and a member of Y*, *serves as …*, *was appointed …*, *leads Acme*.
fn predicate(words: &Words<'_>, referents: &Referents, start: usize) -> Vec<HeldRole> {
    let limit = words.sentence_range(start).end;
    let skip = |mut at: usize| {
        while lexicon::may_stand_before_role(words.lower(at)) && at < limit {
            at += 1;
        }
        at
    };
    let mut at = skip(start);
    if let Some(held) = office(words, referents, at, limit) {
        return vec![held];
    }
    if matches!(words.lower(at), "has" | "had" | "who") {
        at = skip(at + 1);
    }
    let verb = words.lower(at);
    let next = match verb {
        "’s" | "'s" => skip(at + 1),
        _ if lexicon::is_copula(verb) => skip(at + 1),
        _ if lexicon::leads_to_role(verb) && words.lower(at + 1) == "as" => at + 2,
        _ => return Vec::new(),
    };
    let next = if lexicon::is_appointed(words.lower(next)) {
        let after = if words.lower(next + 1) == "in" { next + 2 } else { next + 1 };
        if words.lower(after) == "as" { after + 1 } else { after }
    } else {
        next
    };
    list(words, referents, next, limit, true)
}

/// *leads Acme*, *co-founded the lender Acme*.
fn office(words: &Words<'_>, referents: &Referents, verb: usize, limit: usize) -> Option<HeldRole> {
    let noun = lexicon::role_of_doer(words.lower(verb))?;
    let body = (verb + 1..limit.min(verb + 6)).find(|&at| referents.body_at(at).is_some())?;
    let is_object =
        (verb + 1..body).all(|at| !words.is_punctuation(at) && !noun_phrases::is_preposition(words.lower(at)) && !is_verb(words, at));
    let (mention, label) = referents.body_at(body).filter(|_| is_object)?;
    let holds = matches!(label, EntityLabel::Organization | EntityLabel::Location | EntityLabel::Facility | EntityLabel::Product);
    // *the Acme team*, *Acme’s review*: the object is another thing.
    let is_whole = !words.is_possessive(mention.words.end);
    (holds && is_whole).then(|| stated(words, noun, &mention.words, verb..mention.words.end))
}

/// *The company he founded in Chongqing, SERES, …*; *SERES, which he founded*.
fn founding(words: &Words<'_>, referents: &Referents, subject: usize, verb: usize) -> Option<HeldRole> {
    let noun = lexicon::role_of_doer(words.lower(verb))?;
    let sentence = words.sentence_range(subject);
    let relative = matches!(words.lower_before(subject), "which" | "that");
    let before = if relative { subject.checked_sub(1)? } else { subject };
    let has_noun = before > sentence.start && lexicon::body_noun(words.lower(before - 1)).is_some();
    let named_before = |comma: usize| (comma > sentence.start && words.text(comma) == ",").then(|| referents.body_at(comma - 1)).flatten();
    if has_noun {
        // *SERES, the company he founded*
        let comma = (sentence.start..before - 1).rev().take(4).find(|&at| words.text(at) == ",");
        if let Some((mention, _)) = comma.and_then(named_before) {
            return Some(stated(words, noun, &mention.words, mention.words.start..verb + 1));
        }
        let named = (verb + 1..sentence.end.min(verb + 16)).filter(|&at| words.text(at) == ",").find_map(|comma| {
            let next = comma + 1 + usize::from(words.lower(comma + 1) == "the");
            match referents.body_at(next) {
                Some((mention, EntityLabel::Organization | EntityLabel::Product | EntityLabel::Misc)) => Some(mention.words.clone()),
                Some(_) => None,
                None => (words.is_capital(next) && referents.at(next).is_none()).then_some(next..next + 1),
            }
        })?;
        return Some(stated(words, noun, &named, before - 1..named.end));
    }
    let (mention, _) = named_before(before.checked_sub(1)?).filter(|_| relative)?;
    Some(stated(words, noun, &mention.words, mention.words.start..verb + 1))
}

/// *Acme, founded by Li Na*; *Acme, which was led by Li Na*.
fn passive_founding(words: &Words<'_>, referents: &Referents, name: usize) -> Option<HeldRole> {
    let verb = name.checked_sub(2).filter(|_| words.lower_before(name) == "by")?;
    // *founded in 2021 by Li Na*
    let is_dated = words.text(verb).chars().all(|ch| ch.is_ascii_digit()) && verb > 1 && words.lower(verb - 1) == "in";
    let verb = if is_dated { verb - 2 } else { verb };
    let participle = words.lower(verb);
    let noun = lexicon::role_of_doer(participle).filter(|_| participle.ends_with("ed") || participle == "led")?;
    let sentence = words.sentence_range(name).start;
    let skipped = |word: &str| matches!(word, "," | "which" | "was" | "is" | "that");
    let last = (sentence..verb).rev().take(4).find(|&at| !skipped(words.lower(at)))?;
    // *Acme, a company founded by Li Na*
    let is_apposed = lexicon::body_noun(words.lower(last)).is_some() && matches!(words.lower_before(last), "a" | "the" | "an");
    let last = if is_apposed && last > sentence + 2 && words.text(last - 2) == "," { last - 3 } else { last };
    let (mention, _) = referents.body_at(last)?;
    Some(stated(words, noun, &mention.words, mention.words.start..name))
}

/// A role that a verb states of a body.
fn stated(words: &Words<'_>, noun: &str, body: &std::ops::Range<usize>, evidence: std::ops::Range<usize>) -> HeldRole {
    let role = Role { role: noun.to_owned(), affiliation: Some(words.phrase(body)), span: words.span(&evidence) };
    HeldRole { role, noun: noun.to_owned(), words: evidence }
}

/// Role phrases joined by *and* (and, in appositions, commas): *a member of X and a private entrepreneur*.
fn list(words: &Words<'_>, referents: &Referents, start: usize, limit: usize, is_copula: bool) -> Vec<HeldRole> {
    let mut found: Vec<HeldRole> = Vec::new();
    let mut at = start;
    while let Some(mut held) = phrases::role_at(words, referents, at, limit) {
        let mut end = held.words.end;
        if held.role.affiliation.is_none()
            && let Some(body) = body_after(words, referents, end, limit)
        {
            held.role.affiliation = Some(words.phrase(&body));
            end = body.end;
            held.words.end = end;
            held.role.span = words.span(&held.words);
        }
        found.push(held);
        // *vice mayor of Changzhou in Jiangsu and …*
        if words.lower(end) == "in" && referents.body_at(end + 1).is_some_and(|(_, label)| label == EntityLabel::Location) {
            end = referents.at(end + 1).map_or(end, |mention| mention.words.end);
        }
        let opens = |at: usize| {
            noun_phrases::is_determiner(words.lower(at))
                || lexicon::is_role_noun(words.lower(at))
                || lexicon::is_role_modifier(words.lower(at))
        };
        at = match (words.lower(end), words.lower(end + 1)) {
            ("and" | "&", _) if opens(end + 1) => end + 1,
            (",", "and") if is_copula && opens(end + 2) => end + 2,
            (",", _) if !is_copula && opens(end + 1) => end + 1,
            _ => break,
        };
        if at >= limit {
            break;
        }
    }
    found
}

/// The body after a role and a comma: *Li Na, director (cardiology), Acme Hospital, said*; *Li Na, chief, Division of Law at Acme*.
fn body_after(words: &Words<'_>, referents: &Referents, end: usize, limit: usize) -> Option<std::ops::Range<usize>> {
    let close = (words.text(end) == "(").then(|| (end..limit.min(end + 8)).find(|&at| words.text(at) == ")")).flatten();
    let comma = close.map_or(end, |close| close + 1);
    let start = comma + 1 + usize::from(words.lower(comma + 1) == "the");
    let (body, label) = referents.body_at(start).filter(|_| words.text(comma) == "," && start < limit)?;
    let mut body = body.words.clone();
    if matches!(words.lower(body.end), "at" | "of")
        && let Some(more) = phrases::complement_at(words, referents, body.end, limit, "").filter(|more| more.is_strong)
    {
        body.end = more.end;
    }
    let is_closed = matches!(words.text(body.end), "," | ":" | ")" | "." | ";" | "(") || body.end >= limit;
    (is_closed && matches!(label, EntityLabel::Organization | EntityLabel::Facility)).then_some(body)
}

/// *analyst Li Na of the Brookings Institution*: gives the title its body, or states the affiliation alone.
fn affiliate(words: &Words<'_>, referents: &Referents, end: usize, found: &mut Vec<HeldRole>) {
    let preposition = words.lower(end);
    // *Li Na at the investment bank Acme*
    let limit = words.sentence_range(end).end.min(end + 6);
    let leads = |at: &usize| {
        *at == end + 1 || noun_phrases::is_determiner(words.lower(at - 1)) || lexicon::body_noun(words.lower(at - 1)).is_some()
    };
    let body = (end + 1..limit)
        .take_while(|&at| !words.is_punctuation(at) && !is_verb(words, at))
        .filter(leads)
        .find_map(|at| referents.body_at(at));
    let Some((body, label)) = body.filter(|_| matches!(preposition, "of" | "at" | "from" | "with")) else { return };
    let fits = label == EntityLabel::Organization || label == EntityLabel::Location && preposition == "of";
    if !fits {
        return;
    }
    match found.first_mut() {
        Some(held) if held.role.affiliation.is_none() => {
            held.role.affiliation = Some(words.phrase(&body.words));
            held.role.span = held.role.span.cover(words.span(&body.words));
        }
        None if label == EntityLabel::Organization && preposition == "of" => {
            found.push(stated(words, "", &body.words, end..body.words.end));
        }
        _ => {}
    }
}
