//! Whom a pronoun means: two who were named together, what stands right before, or the best of the candidates.

use super::anaphors::Anaphor;
use super::{Coreference, Found, Wanted, Whom, ranking};
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::noun_phrases::{self, Phrase};
use crate::speakers::pronouns::Pronoun;
use crate::speakers::referents::Mention;
use crate::speakers::rule::Rule;

/// Sentences that *both* looks back over for two persons.
const PAIR_REACH: usize = 3;

/// Words that *who* looks back over for a person.
const RELATIVE_REACH: usize = 25;
/// Words that *it* looks back over for a document.
const DOCUMENT_REACH: usize = 40;

/// Finds whom the plural pronoun at a word means.
type PairRule = fn(&Coreference<'_>, usize) -> Option<Found>;

/// The rules for *they* and *both*, in order; candidates are weighed where none of them finds anybody.
const PAIRS: [(Rule, PairRule); 2] = [
    // Two joined by *and* are one group; two named apart are only where *both* asks for two.
    (Rule::JoinedPair, joined_pair),
    (Rule::TwoBefore, two_before),
];

impl Coreference<'_> {
    /// Whom a pronoun means.
    pub(super) fn pronoun(&mut self, pronoun: Pronoun, anaphor: &Anaphor) -> Option<(Rule, Found)> {
        let at = anaphor.words.start;
        match pronoun {
            Pronoun::Personal(gender) => self.antecedent(anaphor, Wanted::Person(Some(gender))),
            Pronoun::It => {
                let document = || Some((Rule::ItsDocument, self.document_before(anaphor)?));
                let document = self.rules.has(Rule::ItsDocument).then(document).flatten();
                document.or_else(|| self.antecedent(anaphor, Wanted::Body))
            }
            Pronoun::They => {
                let pair = self.rules.first(&PAIRS, |rule| rule(self, at));
                pair.or_else(|| self.antecedent(anaphor, Wanted::Several))
            }
            Pronoun::Relative if self.rules.has(Rule::Relative) => self.relative(anaphor),
            // *I*, *we* and *you* are settled by the words around them, once everybody else is.
            Pronoun::Relative | Pronoun::First => None,
        }
    }

    /// Whom *who* or *which* means: the person whom the phrase before is about, else the phrase itself, else what stands right before.
    fn relative(&self, anaphor: &Anaphor) -> Option<(Rule, Found)> {
        let at = anaphor.words.start;
        let is_human = matches!(self.words.lower(at), "who" | "whom");
        let person = || self.person_before(at).map(|found| (Rule::Relative, found));
        let phrase = || self.phrase_before(at).and_then(|phrase| self.description(&phrase, anaphor.quote));
        let human = is_human.then(|| person().or_else(phrase)).flatten();
        human.or_else(|| Some((Rule::Relative, self.standing_before(at)?)))
    }

    /// *Ana Lima, a nurse from Vik, who*; *Bo Dahl of the Vik Institute, who*: the person named before, if no verb or *and* parts the two.
    fn person_before(&self, at: usize) -> Option<Found> {
        let words = self.words;
        let sentence = words.sentence_range(at);
        for before in (sentence.start..at).rev().take(RELATIVE_REACH) {
            if let Some(person) = self.referents.person_at(before) {
                return (!words.is_possessive(person.words.end)).then(|| Found::mentioned(person));
            }
            let is_mark = words.is_punctuation(before) && !matches!(words.text(before), "," | "(" | ")" | "-" | "." | "’" | "'");
            if is_mark || words.is_quoted(before) || words.lower(before) == "and" || noun_phrases::is_verb(words, before) {
                return None;
            }
        }
        None
    }

    /// *Farmers in Mali, who*: the phrase of somebody unnamed, where a noun for people heads it.
    fn phrase_before(&self, at: usize) -> Option<Phrase> {
        let words = self.words;
        let sentence = words.sentence_range(at);
        let end = (sentence.start..at).rev().find(|&before| !words.is_punctuation(before))? + 1;
        let stops = |&before: &usize| words.is_punctuation(before) || noun_phrases::is_verb(words, before) || words.is_quoted(before);
        let start = (sentence.start..end).rev().find(stops).map_or(sentence.start, |stop| stop + 1);
        let phrase = Phrase::parse(words, &self.referents, start..end)?;
        let head = self.head(&phrase);
        (head.is_human && self.referents.name_at(phrase.head).is_none()).then_some(phrase)
    }

    /// *A letter … “Dear Ana,” it begins*: the document named last before, where the verb is one by which texts speak.
    fn document_before(&self, anaphor: &Anaphor) -> Option<Found> {
        let words = self.words;
        let quote = self.quotes.get(anaphor.quote?)?;
        let cue = words.within(quote.cue?).start;
        let at = anaphor.words.start;
        let speaks = words.lower(at) == "it" && lexicon::is_verb_of_text(words.lower(cue));
        let is_document = |before: &usize| lexicon::body_noun(words.lower(*before)) == Some(lexicon::BodyNoun::Document);
        let noun = (0..at).rev().take(DOCUMENT_REACH).filter(|&before| speaks && !words.is_quoted(before)).find(is_document)?;
        let start = (noun.saturating_sub(4)..noun).rev().find(|&before| noun_phrases::is_determiner(words.lower(before))).unwrap_or(noun);
        let phrase = Phrase::parse(words, &self.referents, start..noun + 1)?;
        self.description(&phrase, anaphor.quote).map(|(_, found)| found)
    }

    /// *Ana Lima, who*: what stands right before.
    fn standing_before(&self, at: usize) -> Option<Found> {
        let before = (at.saturating_sub(3)..at).rev().find(|&before| !self.words.is_punctuation(before))?;
        self.referents.at(before).map(Found::mentioned)
    }

    /// The best of what a pronoun may mean.
    fn antecedent(&mut self, anaphor: &Anaphor, wanted: Wanted) -> Option<(Rule, Found)> {
        let at = anaphor.words.start;
        let candidates = self.candidates(at, anaphor.quote, wanted, |_| true);
        let (rule, best) = match self.ranking.filter(|_| self.rules.has(Rule::PronounRanked)) {
            Some(ranking) => (Rule::PronounRanked, ranking.best(self.words, at, &candidates, anaphor.quote.is_some())),
            None if self.rules.has(Rule::PronounByHand) => (Rule::PronounByHand, ranking::best(&candidates)),
            None => (Rule::PronounByHand, None),
        };
        let latest = |referent: usize| candidates.iter().rev().find(|candidate| candidate.referent == referent);
        let found = best.map(|choice| Found {
            whom: Whom::Known(choice.referent),
            words: choice.place.and_then(|place| candidates.get(place)).or_else(|| latest(choice.referent)).map(|best| best.words.clone()),
            share: Some(choice.share),
            role: None,
        });
        if let Some(record) = &mut self.record {
            record.push((at, candidates));
        }
        Some((rule, found?))
    }

    /// The best candidate for an anaphor at `at`, or none that is good enough.
    pub(super) fn best(&self, at: usize, quote: Option<usize>, wanted: Wanted) -> Option<usize> {
        self.best_of(at, quote, wanted, |_| true)
    }

    /// The same among the referents that `may_be` meant.
    pub(super) fn best_of(&self, at: usize, quote: Option<usize>, wanted: Wanted, may_be: impl Fn(usize) -> bool) -> Option<usize> {
        ranking::best(&self.candidates(at, quote, wanted, may_be)).map(|choice| choice.referent)
    }

    /// The persons named shortly before the pronoun at `at`, outside quotation marks, in text order.
    fn persons_before(&self, at: usize) -> Vec<&Mention> {
        let words = self.words;
        let (sentence, reach) = (words.sentence(at), if words.lower(at) == "both" { PAIR_REACH } else { 1 });
        let is_near = |mention: &&Mention| mention.words.end <= at && !words.is_quoted(mention.words.start);
        let is_person = |mention: &&Mention| mention.kind == MentionKind::Name && self.referents.is_person(mention.referent);
        let sentences = sentence.saturating_sub(reach)..=sentence;
        let mut named: Vec<&Mention> =
            sentences.flat_map(|sentence| self.referents.in_sentence(sentence)).filter(is_near).filter(is_person).collect();
        named.sort_by_key(|mention| mention.words.start);
        named
    }
}

/// The first of two persons who were joined by *and* as a subject: *Lind and Berg*.
fn joined_pair(state: &Coreference<'_>, at: usize) -> Option<Found> {
    let are_joined = |a: &Mention, b: &Mention| {
        let gap = a.words.end..b.words.start;
        a.referent != b.referent && gap.len() <= 3 && state.words.lower(gap.start) == "and" && state.is_subject(a)
    };
    let named = state.persons_before(at);
    named.windows(2).rev().find_map(|pair| match pair {
        [a, b] if are_joined(a, b) => Some(Found::mentioned(a)),
        _ => None,
    })
}

/// The one named before the last one, for *both*.
fn two_before(state: &Coreference<'_>, at: usize) -> Option<Found> {
    let named = state.persons_before(at);
    let last = named.last().filter(|_| state.words.lower(at) == "both")?.referent;
    named.iter().rev().find(|mention| mention.referent != last).map(|mention| Found::mentioned(mention))
}
