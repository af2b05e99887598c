//! How likely an earlier mention is what a pronoun means: the one place that scores candidates. A learned ranker can take its place.

/// What is known about one candidate mention of a pronoun.
#[expect(clippy::struct_excessive_bools, reason = "each is one yes-or-no feature of a linear score")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Features {
    /// Sentences between the candidate and the pronoun.
    pub(super) sentences: usize,
    /// Paragraphs between them.
    pub(super) paragraphs: usize,
    /// Whether the candidate is the subject of its clause.
    pub(super) is_subject: bool,
    /// Whether it is the first mention of anyone in its sentence.
    pub(super) is_first: bool,
    /// Whether it is a possessor (*Zhang’s proposals*).
    pub(super) is_possessor: bool,
    /// Whether it is the possessor that opens a sentence: the next *he* most likely is that person.
    pub(super) is_opening_possessor: bool,
    /// Whether a preposition or verb governs it.
    pub(super) is_governed: bool,
    /// Whether it is the source of some quotation.
    pub(super) is_source: bool,
    /// Whether it is the source of the last quotation before the pronoun.
    pub(super) is_last_source: bool,
    /// Whether it stands inside quotation marks.
    pub(super) is_quoted: bool,
    /// Whether it stands in the content whose source is the pronoun itself.
    pub(super) is_own_content: bool,
    /// Whether it stands after the pronoun.
    pub(super) is_after: bool,
    /// Whether it is a pronoun.
    pub(super) is_pronoun: bool,
    /// Whether the genders are known and agree.
    pub(super) agrees: bool,
    /// Whether the pronouns around the candidate suggest another gender.
    pub(super) is_doubtful: bool,
    /// How often the referent was mentioned before the pronoun.
    pub(super) salience: usize,
    /// Whether the pronoun is the subject of its clause.
    pub(super) pronoun_is_subject: bool,
}

/// Candidates below this score are no antecedents: better unresolved than a guess.
pub(super) const THRESHOLD: f64 = 0.0;

/// The score of a candidate; the best one at or above [`THRESHOLD`] is the antecedent.
pub(super) fn score(features: &Features) -> f64 {
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
