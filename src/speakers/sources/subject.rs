//! The subject of a clause: what governs a mention, and who is the subject of a quotation's verb where its source stands further off
//! (*Ana Lima, who came late, praised the plan*; *Lima left and said little*).

use super::borrowed::{Borrowed, Borrowing};
use crate::EntityLabel;
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::noun_phrases;
use crate::speakers::referents::{Mention, Referents};
use crate::speakers::word_view::Words;

/// The subject of the cue's clause, for quotations without a source; none for passive cues and where nobody is the subject.
pub(super) fn of_the_verb(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let Borrowing { words, referents, .. } = *borrowing;
    let quote = borrowing.quotes.get(quote).filter(|quote| quote.source.is_none())?;
    let cue = words.within(quote.cue?).start;
    let sentence = words.sentence_range(cue);
    let is_passed = |at: usize| {
        words.lower(at).ends_with("ly") || is_adverb(words.lower(at)) || noun_phrases::is_when(words, at) || words.lower(at) == "on"
    };
    let before = (sentence.start..cue).rev().find(|&at| !is_passed(at))?;
    let is_verb = !words.lower(cue).ends_with("ing") && words.lower(cue) != "according" && !words.is_quoted(cue);
    let is_joined = matches!(words.lower(before), "and" | "but" | "," | "then" | "or" | ")" | "–" | "—" | "”" | "’" | "\"");
    if !is_verb || !is_joined {
        return None;
    }
    let is_inside = |at: usize| {
        (sentence.start..at).fold(0_i32, |depth, at| depth + i32::from(words.text(at) == "(") - i32::from(words.text(at) == ")")) > 0
    };
    let outside =
        |mention: &&Mention| mention.words.end <= before && !words.is_quoted(mention.words.start) && !is_inside(mention.words.start);
    let is_subject = |mention: &&Mention| {
        mention.kind != MentionKind::Pronoun && is_free_subject(words, referents, mention) || is_subject_pronoun(words, mention)
    };
    let found = referents.in_sentence(words.sentence(cue)).filter(outside).filter(is_subject);
    let nearest = found.max_by_key(|mention| mention.words.start)?;
    // *Prices rose in Vik, and said …*: a place before a comma is no subject.
    let verb = (nearest.words.end..=cue).find(|&at| noun_phrases::is_verb(words, at) || at == cue)?;
    let behind = words.text(words.after_parenthesis(nearest.words.end));
    let is_clause = (verb..cue).any(|at| noun_phrases::is_verb(words, at)) || behind == ",";
    let is_beside = words.after_parenthesis(nearest.words.end) > before || nearest.words.end == before;
    (is_clause || is_beside).then(|| Borrowed::named_by(first_joined(words, referents, nearest)))
}

/// *Ana Lind (林安娜) and Bo Dahl (達爾) said …*: of two names joined, the first.
fn first_joined<'r>(words: &Words<'_>, referents: &'r Referents, mention: &'r Mention) -> &'r Mention {
    let and = mention.words.start.checked_sub(1).filter(|&at| words.lower(at) == "and");
    let first = and.and_then(|and| referents.person_at(words.before_parenthesis(and)?));
    first.filter(|_| referents.is_person(mention.referent)).unwrap_or(mention)
}

fn is_subject_pronoun(words: &Words<'_>, mention: &Mention) -> bool {
    mention.kind == MentionKind::Pronoun && matches!(words.lower(mention.words.start), "he" | "she" | "they" | "it")
}

/// Whether a mention by name or noun stands as a clause's subject.
fn is_free_subject(words: &Words<'_>, referents: &Referents, mention: &Mention) -> bool {
    let is_place = matches!(referents.body_at(mention.words.start), Some((_, label)) if label != EntityLabel::Organization);
    !is_place && !words.is_possessive(mention.words.end) && !is_governed(words, mention)
}

/// Whether a verb or preposition stands before the noun phrase of a mention.
pub(in crate::speakers) fn is_governed(words: &Words<'_>, mention: &Mention) -> bool {
    if mention.kind == MentionKind::Pronoun {
        return matches!(words.lower(mention.words.start), "him" | "them");
    }
    let sentence = words.sentence_range(mention.words.start).start;
    for at in (sentence..mention.words.start).rev().take(6) {
        let word = words.lower(at);
        let opens_clause = lexicon::subordinates(word);
        if noun_phrases::is_preposition(word) && !opens_clause || noun_phrases::is_verb(words, at) {
            return true;
        }
        if words.is_punctuation(at) && !words.is_possessive(at) || noun_phrases::is_preposition(word) {
            return false;
        }
    }
    false
}

fn is_adverb(word: &str) -> bool {
    lexicon::may_follow_subject(word)
}
