//! Words for bodies, companies, places and documents.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grammar::is_plural_that_starts;
use super::people::{role_noun, singular};
use super::table::{Table, questions};

/// What a noun for a body says about its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyNoun {
    /// May stand for whatever body was spoken of last (*the company*).
    Wide,
    /// Stands for itself (*police*, *the industry*) unless a name holds the noun.
    Narrow,
    /// A document (*the report*).
    Document,
}

impl BodyNoun {
    /// Reads a cell of the table.
    fn of_cell(cell: &str) -> Option<Self> {
        match cell {
            "any" => Some(Self::Wide),
            "own" => Some(Self::Narrow),
            "document" => Some(Self::Document),
            _ => None,
        }
    }
}

/// What kind of titled document a noun calls again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TitledDocument {
    /// *the law* after *Ports Act*.
    Law,
    /// *the strategy* after *Ferry Plan*.
    Plan,
    /// *the report* after a title that is no law’s.
    Work,
    /// *the document* after any of them.
    Any,
}

impl TitledDocument {
    /// Reads a cell of the table.
    pub(super) fn of_cell(cell: &str) -> Option<Self> {
        match cell {
            "law" => Some(Self::Law),
            "plan" => Some(Self::Plan),
            "work" => Some(Self::Work),
            "any" => Some(Self::Any),
            _ => None,
        }
    }
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/bodies.tsv")));
static NOUNS: LazyLock<HashMap<&str, BodyNoun>> = LazyLock::new(|| TABLE.values("noun", BodyNoun::of_cell));
static TITLED: LazyLock<HashMap<&str, TitledDocument>> = LazyLock::new(|| TABLE.values("calls", TitledDocument::of_cell));

questions! { TABLE:
    /// Whether a word is the last one of companies' names that no person bears (*holdings*).
    ends_company = "company";
    /// Whether a word, without its full stops, is a legal form, which stands after a company's name (*ltd*).
    is_legal_form = "form";
    /// Whether a word, as it is written, is a legal form that stands before a company's name (*PT*).
    is_leading_legal_form = "form_before";
    /// Whether a noun says what a body does whose name may be one word (*carmaker*).
    is_trade = "trade";
    /// Whether a word stands in the names of bodies of the state.
    is_public_body = "public";
    /// Whether a word stands in the names of associations.
    is_association = "association";
    /// Whether a noun is for a body of the state that watches others.
    oversees = "oversees";
    /// Whether a noun is for what a body has and a person seldom (*shares*).
    is_asset = "asset";
    /// Whether a verb is for what bodies do (*Talvik said it would close*).
    is_business = "business";
    /// Whether a word is the last one of bodies’ names in headlines.
    heads_body_in_headline = "headed";
    /// Whether a noun stands first or last in the names of places.
    is_land = "land";
    /// Whether a word stands first in the names of places.
    opens_place = "region";
    /// Whether a noun makes a body’s name of the name before it.
    makes_body = "makes_body";
    /// Whether a word of a body’s name says nothing of which body it is.
    says_nothing_of_body = "common";
    /// Whether a body stands before the role that its members hold.
    names_employer = "before_role";
    /// Whether a noun is for somebody’s words.
    is_utterance = "utterance";
    /// Whether a noun stands in the names of laws.
    is_law = "law";
    /// Whether a noun stands in the names of plans.
    is_plan = "plan";
    /// Whether a body is a place as well (*country*).
    is_place_noun = "place";
}

/// What a noun says about the body it stands for; plural forms count.
pub(crate) fn body_noun(word: &str) -> Option<BodyNoun> {
    NOUNS.get(word).copied().or_else(|| NOUNS.get(singular(word)?.as_str()).copied())
}

/// Whether a word is the plural of a noun for people or bodies (*officials*, *firms*), or of one that starts sentences as these do (*prices*).
pub(crate) fn is_plural_of_kind(word: &str) -> bool {
    let is_body = || singular(word).is_some_and(|one| NOUNS.contains_key(one.as_str()));
    is_plural_that_starts(word) || role_noun(word).is_some_and(|(_, is_plural)| is_plural) || is_body()
}

/// What kind of titled document a noun calls again.
pub(crate) fn titled_document(noun: &str) -> Option<TitledDocument> {
    TITLED.get(noun).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_bodies_are_bodies() {
        assert_eq!(body_noun("companies"), Some(BodyNoun::Wide));
        assert_eq!(body_noun("study"), Some(BodyNoun::Document));
        assert_eq!(body_noun("banks"), Some(BodyNoun::Narrow));
        assert_eq!(body_noun("table"), None);
        assert!(["officials", "firms", "prices", "agencies"].iter().all(|word| is_plural_of_kind(word)));
        assert!(!["official", "firm", "marines", "senate"].iter().any(|word| is_plural_of_kind(word)));
    }
}
