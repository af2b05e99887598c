//! What the text marks about a person's gender: honorifics, gendered role nouns, given names, pronouns that can mean nobody else.

pub(in crate::speakers) use crate::lexicon::Gender;

/// The evidence gathered about one person.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::speakers) struct GenderEvidence {
    /// Honorific or gendered noun: certain.
    marked: Option<Gender>,
    /// A given name with one gender: nearly certain.
    given: Option<Gender>,
    /// Pronouns, masculine minus feminine: likely.
    votes: i32,
}

impl GenderEvidence {
    /// Notes an honorific or gendered noun; the first one counts.
    pub(in crate::speakers) fn mark(&mut self, gender: Option<Gender>) {
        self.marked = self.marked.or(gender);
    }

    /// Notes what the given name says; the first one counts.
    pub(in crate::speakers) fn name(&mut self, gender: Option<Gender>) {
        self.given = self.given.or(gender);
    }

    /// Notes a pronoun that most likely means this person.
    pub(in crate::speakers) fn vote(&mut self, gender: Gender) {
        self.votes += if gender == Gender::Masculine { 1 } else { -1 };
    }

    /// The gender the text states outright.
    pub(in crate::speakers) fn certain(self) -> Option<Gender> {
        self.marked.or(self.given)
    }

    /// The gender the text states or its pronouns suggest.
    pub(in crate::speakers) fn likely(self) -> Option<Gender> {
        self.certain().or(match self.votes {
            2.. => Some(Gender::Masculine),
            ..=-2 => Some(Gender::Feminine),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_gender_outweighs_pronouns() {
        let mut evidence = GenderEvidence::default();
        evidence.vote(Gender::Masculine);
        assert_eq!(evidence.likely(), None);
        evidence.vote(Gender::Masculine);
        assert_eq!(evidence.likely(), Some(Gender::Masculine));
        evidence.mark(Some(Gender::Feminine));
        assert_eq!((evidence.certain(), evidence.likely()), (Some(Gender::Feminine), Some(Gender::Feminine)));
    }
}
