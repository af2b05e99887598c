//! Words for people: roles, offices, forms of address, and the gender that they mark.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::table::{Table, questions};

/// A gender as English marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    /// *he*, *Mr*.
    Masculine,
    /// *she*, *Ms*.
    Feminine,
}

impl Gender {
    /// Reads the mark of the tables: `m` or `f`.
    pub(super) fn of_cell(mark: &str) -> Option<Self> {
        match mark {
            "m" => Some(Self::Masculine),
            "f" => Some(Self::Feminine),
            _ => None,
        }
    }
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/people.tsv")));
static ROLES: LazyLock<HashSet<&str>> = LazyLock::new(|| TABLE.words("role"));
static PERSONS: LazyLock<HashSet<&str>> = LazyLock::new(|| TABLE.words("person"));
static OFFICES: LazyLock<HashSet<&str>> = LazyLock::new(|| TABLE.words("office"));
static GENDERS: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| TABLE.values("gender", Gender::of_cell));
static COVERED: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| TABLE.values("covers", |roles| Some(roles.split(' ').collect())));
static SHORT_TITLES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| TABLE.values("short_for", Some));
static DOERS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| TABLE.values("who_does", Some));

questions! { TABLE:
    /// Whether a word is a singular role noun (*minister*).
    is_role_noun = "role";
    /// Whether a singular noun says little more than *person*.
    is_person_noun = "person";
    /// Whether a word belongs to the role when it stands before its noun (*vice*, *foreign*).
    is_role_modifier = "modifier";
    /// Whether a word names a party in front of a seat: *Labour MP*.
    names_party = "party_member";
    /// Whether a role is a seat held for a party.
    sits_for_party = "seat";
    /// Whether a word is a form of address (*ms*, *dr.*).
    is_honorific = "honorific";
    /// Whether a word, without its full stop, is a title that stands before a person's name and is no part of it. Royal and religious ones
    /// (*King Charles*, *Pope Francis*) are.
    is_title = "title";
    /// Whether a word between a title and a name is part of neither (*President Elect Lind*).
    stands_after_title = "after_title";
    /// Whether a word is what a writer is called after the name in a byline without *by*.
    is_writer = "writer";
    /// Whether a speaker may be named by an office alone.
    may_sign_alone = "signs";
    /// Whether a word tells a speaker by the part played in a conversation.
    is_part_in_talk = "part";
    /// Whether a word is a form of address in a transcript.
    is_address = "address";
    /// Whether anyone in public life may have a role beside an office.
    is_public = "public";
    /// Whether a word of a role tells that newspapers name its holder by the surname alone.
    is_known_by_surname = "by_surname";
    /// Whether a title is seldom a part of a name.
    is_inner_title = "inner_title";
    /// Whether a title stays with a single name.
    stays_with_name = "kept_title";
    /// Whether a modifier makes another role of a noun.
    makes_another_role = "rank";
    /// Whether the aides of a role’s holder work for the same body.
    heads_body = "heads";
    /// Whether the *of* of a noun names the field, not the body.
    has_portfolio = "portfolio";
    /// Whether a word before a role noun says nothing of the role.
    says_nothing_of_role = "empty";
    /// Whether a word is for whoever asks in a conversation.
    asks = "asks";
    /// Whether a word is an address before a name, whatever role it is elsewhere.
    is_only_address = "only_address";
    /// Whether a word means several people though it has no singular of its own.
    means_many = "many";
    /// Whether everyone whom a noun covers is in public life.
    is_wide_public = "in_public";
    /// Whether a verb leads to a role before *as* (*serves*).
    leads_to_role = "serves";
    /// Whether a participle tells that somebody was given a role (*elected*).
    is_appointed = "appointed";
}

/// The title that a short one stands for before a name (*gov* → *governor*); takes it without its full stop.
pub(crate) fn long_title(short: &str) -> Option<&'static str> {
    SHORT_TITLES.get(short).copied()
}

/// The role of who does what a verb form says (*founded* → *founder*).
pub(crate) fn role_of_doer(verb: &str) -> Option<&'static str> {
    DOERS.get(verb).copied()
}

/// The singular role noun of a word and whether the word is its plural.
pub(crate) fn role_noun(word: &str) -> Option<(&str, bool)> {
    if is_role_noun(word) {
        return Some((word, false));
    }
    let singular = singular(word)?;
    ROLES.get(singular.as_str()).or_else(|| PERSONS.get(singular.as_str())).map(|&noun| (noun, true))
}

/// Whether a noun names an office: *the minister* is somebody else than *the farmer* who spoke just now.
pub(crate) fn is_office(noun: &str) -> bool {
    OFFICES.contains(noun) || noun.contains('-')
}

/// The gender that an honorific or a role noun marks.
pub(crate) fn gender_of_word(word: &str) -> Option<Gender> {
    GENDERS.get(word).copied()
}

/// Whether the noun `wide` may stand for someone in the role `narrow`.
pub(crate) fn covers(wide: &str, narrow: &str) -> bool {
    wide == narrow || COVERED.get(wide).is_some_and(|roles| roles.contains(narrow))
}

/// Whether a noun is, or is covered by, one whose bearers are all in public life (*senator* by *lawmaker*).
pub(crate) fn is_in_public_life(noun: &str) -> bool {
    is_wide_public(noun) || COVERED.iter().any(|(wide, roles)| is_wide_public(wide) && roles.contains(noun))
}

/// The singular that a plural noun may have; `None` for a word that is no plural.
pub(crate) fn singular(word: &str) -> Option<String> {
    const IRREGULAR: [(&str, &str); 4] = [("women", "woman"), ("men", "man"), ("wives", "wife"), ("people", "person")];
    if let Some((stem, ending)) = IRREGULAR.iter().find_map(|(many, one)| Some((word.strip_suffix(many)?, one))) {
        return Some(format!("{stem}{ending}"));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = ["sses", "ches", "shes", "xes"].iter().find_map(|ending| word.strip_suffix(ending).map(|_| word)) {
        return stem.strip_suffix("es").map(str::to_owned);
    }
    word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_plurals_genders_and_wider_nouns() {
        assert_eq!(role_noun("ministers"), Some(("minister", true)));
        assert_eq!(role_noun("businesswomen"), Some(("businesswoman", true)));
        assert_eq!(role_noun("table"), None);
        assert_eq!(gender_of_word("spokeswoman"), Some(Gender::Feminine));
        assert_eq!(gender_of_word("mr."), Some(Gender::Masculine));
        assert_eq!(gender_of_word("mayor"), None);
        assert!(covers("official", "minister") && covers("mayor", "mayor") && !covers("minister", "official"));
        assert!(is_office("mayor") && is_office("vice-dean") && !is_office("farmer"));
    }
}
