//! Pronouns: what each asks of its antecedent.

use super::referents::Gender;

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// *he*, *she*: one person.
    Personal(Gender),
    /// *it*: a body or document.
    It,
    /// *they*: several, a body, or one person.
    They,
    /// *who*, *which*: what stands right before.
    Relative,
    /// *I*, *we*, *you*: settled by the words around it or not at all.
    First,
}

impl Pronoun {
    /// Reads a lower-case word.
    pub(super) fn read(word: &str) -> Option<Self> {
        Some(match word {
            "he" | "him" | "his" | "himself" => Self::Personal(Gender::Masculine),
            "she" | "her" | "hers" | "herself" => Self::Personal(Gender::Feminine),
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "themselves" | "both" => Self::They,
            "who" | "which" | "that" | "whom" => Self::Relative,
            "i" | "we" | "me" | "us" | "my" | "our" | "you" | "your" => Self::First,
            _ => return None,
        })
    }
}
