//! How likely an earlier mention is what a pronoun means: the one place that scores candidates.

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidates::Candidate;
use crate::encoder::{AntecedentRanker, RankedMention};
use crate::speakers::word_view::Words;
use crate::{Encoding, Segmentation};

/// Weight of the learned log-probability beside the score by hand, for sources.
const LEARNED: f64 = 0.4;
/// Probabilities below this count as this.
const LEAST: f32 = 1e-3;

/// What ranking chose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) referent: usize,
    /// The candidate with the best score, by number; none where the referent has it by several.
    pub(super) place: Option<usize>,
    /// Its share of the weight of all candidates, 0 to 1.
    pub(super) share: f64,
}

/// The trained choice with the vectors that it reads.
#[derive(Debug, Clone, Copy)]
pub(in crate::speakers) struct Ranking<'a> {
    pub(in crate::speakers) ranker: &'a AntecedentRanker,
    pub(in crate::speakers) seg: &'a Segmentation,
    pub(in crate::speakers) encoding: &'a Encoding,
}

impl Ranking<'_> {
    /// The likeliest referent of the pronoun at `at`, by the sum over its mentions; none where "none of them" is likelier.
    ///
    /// The ranker learned from texts with few reports of speech. Of a quotation's source the score by hand knows more (who spoke last
    /// goes on speaking), so there the two are added.
    pub(super) fn best(&self, words: &Words<'_>, at: usize, candidates: &[Candidate], is_source: bool) -> Option<Choice> {
        let vector = |range: &Range<usize>| self.encoding.vector(self.seg.tokens_in(words.span(range))).unwrap_or_default();
        let mentions: Vec<RankedMention> = candidates
            .iter()
            .map(|candidate| RankedMention { vector: vector(&candidate.words), features: candidate.features.values().to_vec() })
            .collect();
        let probabilities = self.ranker.probabilities(&vector(&(at..at + 1)), &mentions);
        if is_source {
            let scored = candidates.iter().enumerate().zip(&probabilities).map(|((place, candidate), probability)| {
                let learned = f64::from(probability.max(LEAST));
                (score(&candidate.features) + LEARNED * learned.ln(), place, candidate)
            });
            return best_of(scored.filter(|(_, _, candidate)| score(&candidate.features) >= THRESHOLD));
        }
        let mut by_referent: BTreeMap<usize, f64> = BTreeMap::new();
        for (candidate, probability) in candidates.iter().zip(probabilities) {
            *by_referent.entry(candidate.referent).or_default() += f64::from(probability);
        }
        let none = 1.0 - by_referent.values().sum::<f64>();
        let (referent, share) = by_referent.into_iter().max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)))?;
        (share > none).then_some(Choice { referent, place: None, share })
    }
}

/// What is known about one candidate mention of a pronoun.
#[expect(clippy::struct_excessive_bools, reason = "each is one yes-or-no feature of a linear score")]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Features {
    /// Sentences between the candidate and the pronoun.
    pub(in crate::speakers) sentences: usize,
    /// Paragraphs between them.
    pub(in crate::speakers) paragraphs: usize,
    /// Whether the candidate is the subject of its clause.
    pub(in crate::speakers) is_subject: bool,
    /// Whether it is the first mention of anyone in its sentence.
    pub(in crate::speakers) is_first: bool,
    /// Whether it is a possessor (*Zhang’s proposals*).
    pub(in crate::speakers) is_possessor: bool,
    /// Whether it is the possessor that opens a sentence: the next *he* most likely is that person.
    pub(in crate::speakers) is_opening_possessor: bool,
    /// Whether a preposition or verb governs it.
    pub(in crate::speakers) is_governed: bool,
    /// Whether it is the source of some quotation.
    pub(in crate::speakers) is_source: bool,
    /// Whether it is the source of the last quotation before the pronoun.
    pub(in crate::speakers) is_last_source: bool,
    /// Whether it stands inside quotation marks.
    pub(in crate::speakers) is_quoted: bool,
    /// Whether it stands in the content whose source is the pronoun itself.
    pub(in crate::speakers) is_own_content: bool,
    /// Whether it stands after the pronoun.
    pub(in crate::speakers) is_after: bool,
    /// Whether it is a pronoun.
    pub(in crate::speakers) is_pronoun: bool,
    /// Whether the genders are known and agree.
    pub(in crate::speakers) agrees: bool,
    /// Whether the pronouns around the candidate suggest another gender.
    pub(in crate::speakers) is_doubtful: bool,
    /// How often the referent was mentioned before the pronoun.
    pub(in crate::speakers) salience: usize,
    /// Whether the pronoun is the subject of its clause.
    pub(in crate::speakers) pronoun_is_subject: bool,
    /// The part the pronoun plays.
    pub(in crate::speakers) case: Case,
    /// Words between the two.
    pub(in crate::speakers) words: usize,
    /// Words of the candidate's sentence before it.
    pub(in crate::speakers) place: usize,
    /// Other candidates' referents that are mentioned after it.
    pub(in crate::speakers) rivals: usize,
    /// Whether it is a noun phrase without a name.
    pub(in crate::speakers) is_nominal: bool,
    /// Whether its referent is a body or place.
    pub(in crate::speakers) is_body: bool,
    /// Whether nothing parts the two within one sentence.
    pub(in crate::speakers) is_same_clause: bool,
    /// Whether the pronoun is among the first words of its paragraph.
    pub(in crate::speakers) opens_paragraph: bool,
}

/// The part a pronoun plays in its clause, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::speakers) enum Case {
    /// *she*
    #[default]
    Subject,
    /// *him*
    Object,
    /// *their plan*
    Possessive,
    /// *herself*
    Reflexive,
}

impl Features {
    /// How many features there are.
    const WIDTH: usize = 39;

    /// The features' names, in the order of [`Self::values`]: the file of a trained ranker holds the same.
    pub(in crate::speakers) fn names() -> [&'static str; Self::WIDTH] {
        Self::default().table().map(|(name, _)| name)
    }

    /// The features as the trained ranker takes them, each about 0 to 1; the first is the score by hand.
    pub(in crate::speakers) fn values(&self) -> [f32; Self::WIDTH] {
        self.table().map(|(_, value)| value)
    }

    /// Every feature with its name. A ranker trained on other names, or on these in another order, is refused: whatever changes what a
    /// number means changes its name too.
    fn table(&self) -> [(&'static str, f32); Self::WIDTH] {
        let flag = |is: bool| f32::from(u8::from(is));
        let log = |count: usize| (count as f32).ln_1p() / 3.0;
        #[expect(clippy::cast_possible_truncation, reason = "a small number")]
        let by_hand = score(self) as f32 / 5.0;
        [
            ("by_hand", by_hand),
            ("sentences_0", flag(self.sentences == 0)),
            ("sentences_1", flag(self.sentences == 1)),
            ("sentences_2", flag(self.sentences == 2)),
            ("sentences_3", flag(self.sentences == 3)),
            ("sentences_more", flag(self.sentences > 3)),
            ("sentences_log", log(self.sentences)),
            ("paragraphs_0", flag(self.paragraphs == 0)),
            ("paragraphs_1", flag(self.paragraphs == 1)),
            ("paragraphs_log", log(self.paragraphs)),
            ("is_subject", flag(self.is_subject)),
            ("is_first", flag(self.is_first)),
            ("is_possessor", flag(self.is_possessor)),
            ("is_opening_possessor", flag(self.is_opening_possessor)),
            ("is_governed", flag(self.is_governed)),
            ("is_source", flag(self.is_source)),
            ("is_last_source", flag(self.is_last_source)),
            ("is_quoted", flag(self.is_quoted)),
            ("is_own_content", flag(self.is_own_content)),
            ("is_after", flag(self.is_after)),
            ("is_pronoun", flag(self.is_pronoun)),
            ("agrees", flag(self.agrees)),
            ("is_doubtful", flag(self.is_doubtful)),
            ("salience_log", log(self.salience)),
            ("salience_1", flag(self.salience == 1)),
            ("case_subject", flag(self.case == Case::Subject)),
            ("case_object", flag(self.case == Case::Object)),
            ("case_possessive", flag(self.case == Case::Possessive)),
            ("case_reflexive", flag(self.case == Case::Reflexive)),
            ("pronoun_is_subject", flag(self.pronoun_is_subject)),
            ("words_log", log(self.words)),
            ("words_below_4", flag(self.words < 4)),
            ("place_log", log(self.place)),
            ("place_0", flag(self.place == 0)),
            ("rivals_0", flag(self.rivals == 0)),
            ("rivals_log", log(self.rivals)),
            ("nominal_minus_body", flag(self.is_nominal) - flag(self.is_body)),
            ("is_same_clause", flag(self.is_same_clause)),
            ("opens_paragraph", flag(self.opens_paragraph)),
        ]
    }
}

/// Candidates below this score are no antecedents: better unresolved than a guess.
const THRESHOLD: f64 = 0.0;

/// The referent of the best candidate by hand; none where no candidate is good enough.
pub(super) fn best(candidates: &[Candidate]) -> Option<Choice> {
    let scored = candidates.iter().enumerate().map(|(place, candidate)| (score(&candidate.features), place, candidate));
    best_of(scored.filter(|(score, ..)| *score >= THRESHOLD))
}

/// The referent with the highest score, the latest of equal ones, and its share by the best scores of all referents.
fn best_of<'c>(scored: impl Iterator<Item = (f64, usize, &'c Candidate)>) -> Option<Choice> {
    let scored: Vec<(f64, usize, &Candidate)> = scored.collect();
    let (top, place, best) = scored.iter().max_by(|(a, _, x), (b, _, y)| a.total_cmp(b).then(x.words.start.cmp(&y.words.start)))?;
    let mut by_referent: BTreeMap<usize, f64> = BTreeMap::new();
    for (score, _, candidate) in &scored {
        let most = by_referent.entry(candidate.referent).or_insert(f64::MIN);
        *most = most.max(*score);
    }
    let total: f64 = by_referent.values().map(|score| (score - top).exp()).sum();
    Some(Choice { referent: best.referent, place: Some(*place), share: 1.0 / total })
}

/// The score of a candidate; the best one at or above [`THRESHOLD`] is the antecedent.
fn score(features: &Features) -> f64 {
    let flag = |is: bool, weight: f64| if is { weight } else { 0.0 };
    let nearness = match features.sentences {
        0 => 3.4,
        1 => 3.0,
        2 => 1.8,
        3 => 1.0,
        4..=6 => 0.2,
        _ => -1.0 - 0.15 * (features.sentences - 7) as f64,
    };
    nearness - 0.35 * features.paragraphs.min(6) as f64
        + flag(features.is_subject, 1.2)
        + flag(features.is_first, 0.4)
        + flag(features.is_possessor, -0.3)
        + flag(features.is_opening_possessor, 1.2)
        + flag(features.is_governed, -0.9)
        + flag(features.is_source, 0.6)
        + flag(features.is_last_source && features.pronoun_is_subject, 1.0)
        + flag(features.is_quoted, -3.0)
        + flag(features.is_own_content, -2.0)
        + flag(features.is_after, -2.0)
        + flag(features.is_pronoun, 0.3)
        + flag(features.agrees, 0.5)
        + flag(features.is_doubtful, -1.5)
        + 0.35 * (features.salience as f64).ln_1p()
}
