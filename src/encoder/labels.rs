//! The label sets of the encoder's heads, in the order of the model's outputs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A closed label set whose members stand in the order of a model head's outputs.
pub trait Label: Copy + Eq + fmt::Debug + 'static {
    /// All labels, in output order.
    const ALL: &'static [Self];

    /// The label's name in files and reports.
    fn name(self) -> &'static str;

    /// The label with this name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|label| label.name() == name)
    }

    /// The label's place in [`Self::ALL`].
    fn index(self) -> usize {
        Self::ALL.iter().position(|&label| label == self).unwrap_or_default()
    }
}

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl Label for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

labels! {
    /// What kind of thing a named entity is: the nine labels of Worldwide English (Shan et al., EMNLP 2023).
    EntityLabel {
        /// A person's name.
        Person = "Person",
        /// A company, party, ministry, newspaper or other body.
        Organization = "Organization",
        /// A place with borders or coordinates.
        Location = "Location",
        /// A building, airport, road or the like.
        Facility = "Facility",
        /// A nationality, religious or political group.
        Norp = "NORP",
        /// A date or period.
        Date = "Date",
        /// A sum of money.
        Money = "Money",
        /// A thing that is made and sold.
        Product = "Product",
        /// Any other name: events, laws, works, awards.
        Misc = "Misc",
    }
}

labels! {
    /// The three parts of an attribution (Pareti, PARC; `PolNeAR`).
    AttributionLabel {
        /// Who says it.
        Source = "source",
        /// The word that says so.
        Cue = "cue",
        /// What is said.
        Content = "content",
    }
}

labels! {
    /// Universal part-of-speech tags.
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary verb.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Anything else.
        X = "X",
    }
}
