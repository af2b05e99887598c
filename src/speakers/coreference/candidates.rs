//! The mentions that an anaphor may mean, with what is known about each.

use std::ops::Range;

use super::ranking::{Case, Features};
use super::{Coreference, Wanted};
use crate::EntityLabel;
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::noun_phrases;
use crate::speakers::referents::{Mention, ReferentKind};
use crate::speakers::sources::subject;

/// Sentences that a pronoun looks back over.
const REACH: usize = 12;
/// And words, which matter where sentences do not end.
const REACH_WORDS: usize = 600;
/// The most mentions that are looked at, the last ones.
const MOST: usize = 64;
/// In an article of so many mentions that all pronouns together would look at more than this, each looks at fewer.
const MOST_IN_ALL: usize = 400_000;
/// But at so many.
const LEAST: usize = 4;
/// The longest clause, in words.
const LONGEST_CLAUSE: usize = 60;

/// One mention that an anaphor may mean.
#[derive(Debug, Clone)]
pub(in crate::speakers) struct Candidate {
    pub(in crate::speakers) words: Range<usize>,
    pub(super) referent: usize,
    pub(in crate::speakers) features: Features,
}

impl Coreference<'_> {
    /// What an anaphor at `at` may mean, in text order, among the referents that `may_be` meant.
    pub(super) fn candidates(&self, at: usize, quote: Option<usize>, wanted: Wanted, may_be: impl Fn(usize) -> bool) -> Vec<Candidate> {
        let sentence = self.words.sentence(at);
        let last_source = self.last_source(at).filter(|&last| Some(last) != quote);
        let reached = (sentence.saturating_sub(REACH)..=sentence).flat_map(|sentence| self.referents.in_sentence(sentence));
        let is_candidate = |mention: &&Mention| {
            !mention.words.contains(&at)
                && mention.words.start + REACH_WORDS >= at
                && !self.words.is_in_byline(mention.words.start)
                && !self.words.is_in_dateline(mention.words.start)
                && self.fits(mention, wanted)
                && self.may_follow(mention, at)
                && may_be(mention.referent)
        };
        let candidate = |mention: &Mention| {
            let mut features = self.features(mention, at, quote);
            features.is_last_source = last_source.is_some_and(|last| self.is_source_of(mention, last));
            self.judge_kind(&mut features, mention.referent, wanted);
            Candidate { words: mention.words.clone(), referent: mention.referent, features }
        };
        let mut reached: Vec<&Mention> = reached.filter(is_candidate).collect();
        reached.sort_by_key(|mention| (mention.words.start, mention.words.end));
        let most = (MOST_IN_ALL / self.referents.mentions().len().max(1)).clamp(LEAST, MOST);
        let mut found: Vec<Candidate> = reached.split_off(reached.len().saturating_sub(most)).into_iter().map(candidate).collect();
        count_rivals(&mut found);
        found
    }

    /// Whether a mention's referent can be what is wanted at all.
    fn fits(&self, mention: &Mention, wanted: Wanted) -> bool {
        let Some(referent) = self.referents.all.get(mention.referent) else { return false };
        match (wanted, referent.kind) {
            (Wanted::Person(gender), ReferentKind::Person) => {
                gender.is_none_or(|gender| referent.gender.certain().is_none_or(|known| known == gender))
            }
            (Wanted::Person(gender), ReferentKind::Unnamed) => {
                let noun = referent.noun.as_deref().and_then(lexicon::gender_of_word);
                referent.is_human && !referent.is_plural && gender.is_none_or(|gender| noun.is_none_or(|known| known == gender))
            }
            (Wanted::Body, ReferentKind::Body(label)) => label != EntityLabel::Norp,
            (Wanted::Body, ReferentKind::Unnamed) => !referent.is_human && !referent.is_plural,
            (Wanted::Place, ReferentKind::Body(label)) => label == EntityLabel::Location,
            (Wanted::Several, ReferentKind::Body(label)) => matches!(label, EntityLabel::Organization | EntityLabel::Norp),
            (Wanted::Several, ReferentKind::Unnamed) => true,
            _ => false,
        }
    }

    /// Whether the mention stands before the anaphor, or after it in the same sentence as the subject of its main clause:
    /// *In his speech, Li said …*.
    fn may_follow(&self, mention: &Mention, at: usize) -> bool {
        if mention.words.start < at {
            return true;
        }
        let sentence = self.words.sentence_range(at);
        let opener = self.words.lower(sentence.start);
        let opens = noun_phrases::is_preposition(opener)
            || opener.ends_with("ing")
            || matches!(opener, "although" | "despite" | "though" | "asked");
        let commas = (at..mention.words.start).filter(|&at| self.words.text(at) == ",").count();
        opens && mention.kind == MentionKind::Name && commas == 1 && self.is_subject(mention)
    }

    fn features(&self, mention: &Mention, at: usize, quote: Option<usize>) -> Features {
        let words = self.words;
        let start = mention.words.start;
        let sentence = words.sentence(start);
        let own = quote.and_then(|quote| self.quotes.get(quote));
        let span = words.span(&mention.words);
        let is_human = |other: &&Mention| self.fits(other, Wanted::Person(None));
        let first = self.referents.in_sentence(sentence).filter(is_human).map(|mention| mention.words.start).min();
        let case = self.case(at);
        let is_possessor = words.is_possessive(mention.words.end) || matches!(words.lower(start), "his" | "its" | "their");
        Features {
            sentences: words.sentence(at).abs_diff(sentence),
            paragraphs: words.paragraph(at).abs_diff(words.paragraph(start)),
            is_subject: self.is_subject(mention),
            is_first: first == Some(start),
            is_possessor,
            is_opening_possessor: is_possessor && start == words.sentence_range(start).start && mention.kind != MentionKind::Pronoun,
            is_governed: !is_possessor && subject::is_governed(words, mention),
            is_source: mention.words.clone().any(|at| self.is_source_word(at)),
            is_last_source: false,
            is_quoted: words.is_quoted(start),
            is_own_content: own.is_some_and(|quote| quote.content.iter().any(|content| content.contains(span))),
            is_after: start > at,
            is_pronoun: mention.kind == MentionKind::Pronoun,
            agrees: false,
            is_doubtful: false,
            salience: self.mentions_so_far(mention.referent),
            pronoun_is_subject: quote.is_some() || case == Case::Subject,
            case,
            words: start.abs_diff(at),
            place: start - words.sentence_range(start).start,
            rivals: 0,
            is_nominal: mention.kind == MentionKind::Nominal,
            is_body: matches!(self.referents.kind(mention.referent), Some(ReferentKind::Body(_))),
            is_same_clause: self.is_same_clause(start.min(at), start.max(at)),
            opens_paragraph: words.paragraph_range(at).start + 2 > at,
        }
    }

    /// Fills in what depends on the kind of referent wanted.
    fn judge_kind(&self, features: &mut Features, referent: usize, wanted: Wanted) {
        let Some(referent) = self.referents.all.get(referent) else { return };
        match wanted {
            Wanted::Person(Some(gender)) => {
                features.agrees = referent.gender.certain() == Some(gender);
                features.is_doubtful = referent.gender.likely().is_some_and(|likely| likely != gender);
            }
            Wanted::Several => {
                features.agrees = referent.is_plural;
                features.is_doubtful = referent.is_human && !referent.is_plural;
            }
            // Places seldom speak; a place that spoke does.
            Wanted::Body => features.is_doubtful = referent.kind == ReferentKind::Body(EntityLabel::Location) && !features.is_source,
            _ => {}
        }
    }

    /// Whether no comma, conjunction or further verb of saying parts two words of one sentence.
    fn is_same_clause(&self, from: usize, to: usize) -> bool {
        let words = self.words;
        let parts = |at: usize| words.is_punctuation(at) && !words.is_possessive(at) || lexicon::parts_clauses(words.lower(at));
        words.sentence(from) == words.sentence(to) && to - from <= LONGEST_CLAUSE && !(from..to).any(parts)
    }

    /// The part a pronoun plays; *her* is an object where no noun phrase follows it.
    fn case(&self, at: usize) -> Case {
        match self.words.lower(at) {
            "his" | "its" | "their" => Case::Possessive,
            "her" if self.opens_noun_phrase(at + 1) => Case::Possessive,
            "him" | "her" | "them" => Case::Object,
            word if lexicon::is_reflexive(word) => Case::Reflexive,
            _ => Case::Subject,
        }
    }

    fn opens_noun_phrase(&self, at: usize) -> bool {
        use crate::Upos::{Adj, Noun, Num, Propn};
        matches!(self.words.upos(at), Adj | Noun | Num | Propn)
    }
}

/// Counts for each candidate the other referents that are mentioned after it.
fn count_rivals(candidates: &mut [Candidate]) {
    let mut later: Vec<usize> = Vec::new();
    for candidate in candidates.iter_mut().rev() {
        candidate.features.rivals = later.iter().filter(|&&referent| referent != candidate.referent).count();
        if !later.contains(&candidate.referent) {
            later.push(candidate.referent);
        }
    }
}
