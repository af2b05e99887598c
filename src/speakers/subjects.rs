//! Quotations whose source stands further off: the subject of a coordinated verb (*Ana Lima, who came late, praised the plan*;
//! *Lima left and said little*).

use super::MentionKind;
use super::cast::Mention;
use super::coreference::Coreference;
use super::phrases;
use crate::Quote;

impl Coreference<'_> {
    /// The subject of the cue's clause, for quotations without a source; none for passive cues and where nobody is the subject.
    pub(super) fn subject_of(&self, quote: &Quote) -> Option<usize> {
        let words = self.words;
        let cue = words.within(quote.cue?).start;
        let sentence = words.sentence_range(cue);
        let before = (sentence.start..cue).rev().find(|&at| !words.lower(at).ends_with("ly") && !is_adverb(words.lower(at)))?;
        let is_verb = !words.lower(cue).ends_with("ing") && words.lower(cue) != "according" && !words.is_quoted(cue);
        let is_joined = matches!(words.lower(before), "and" | "but" | "," | "then" | "or" | ")" | "–" | "—" | "”" | "’" | "\"");
        if !is_verb || !is_joined {
            return None;
        }
        let outside = |mention: &&Mention| mention.words.end <= before && !words.is_quoted(mention.words.start);
        let is_subject =
            |mention: &&Mention| mention.kind != MentionKind::Pronoun && self.is_free_subject(mention) || self.is_subject_pronoun(mention);
        let found = self.cast.in_sentence(words.sentence(cue)).filter(outside).filter(is_subject);
        let nearest = found.max_by_key(|mention| mention.words.start)?;
        // *Prices rose in Vik, and said …*: a place before a comma is no subject.
        let verb = (nearest.words.end..=cue).find(|&at| phrases::is_verb(words, at) || at == cue)?;
        let is_clause = (verb..cue).any(|at| phrases::is_verb(words, at)) || words.text(nearest.words.end) == ",";
        let is_beside = words.after_parenthesis(nearest.words.end) > before || nearest.words.end == before;
        (is_clause || is_beside).then(|| self.first_joined(nearest))
    }

    /// *Ana Lind (林安娜) and Bo Dahl (達爾) said …*: of two names joined, the first.
    fn first_joined(&self, mention: &Mention) -> usize {
        let words = self.words;
        let and = mention.words.start.checked_sub(1).filter(|&at| words.lower(at) == "and");
        let first = and.and_then(|and| self.cast.person_at(words.before_parenthesis(and)?));
        first.filter(|_| self.cast.is_person(mention.referent)).map_or(mention.referent, |first| first.referent)
    }

    fn is_subject_pronoun(&self, mention: &Mention) -> bool {
        mention.kind == MentionKind::Pronoun && matches!(self.words.lower(mention.words.start), "he" | "she" | "they" | "it")
    }

    /// Whether a mention by name or noun stands as a clause's subject.
    fn is_free_subject(&self, mention: &Mention) -> bool {
        let words = self.words;
        let is_place = matches!(self.cast.body_at(mention.words.start), Some((_, label)) if label != crate::EntityLabel::Organization);
        !is_place && !words.is_possessive(mention.words.end) && !self.is_governed(mention)
    }
}

fn is_adverb(word: &str) -> bool {
    matches!(word, "also" | "however" | "later" | "then" | "once" | "often" | "never" | "still" | "even" | "thus" | "in" | "turn")
}
