//! The word lists of this stage, read once: role nouns, honorifics, given names, demonyms and the like.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::names::fold;
use super::referents::Gender;

/// Lower-case words with the gender they carry, if any.
type GenderedWords = HashMap<&'static str, Option<Gender>>;

static ROLE_NOUNS: LazyLock<GenderedWords> = LazyLock::new(|| gendered(include_str!("data/role_nouns.txt")));
static PERSON_NOUNS: LazyLock<GenderedWords> = LazyLock::new(|| gendered(include_str!("data/person_nouns.txt")));
static HONORIFICS: LazyLock<GenderedWords> = LazyLock::new(|| gendered(include_str!("data/honorifics.txt")));
static ROLE_MODIFIERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("data/role_modifiers.txt")));
static SURNAMES_FIRST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("data/surnames_first.txt")));
static NICKNAMES: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut lines: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (line, names) in rows(include_str!("data/nicknames.txt")).enumerate() {
        names.split_whitespace().for_each(|name| lines.entry(name).or_default().push(line));
    }
    lines
});
static GIVEN_NAMES: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    let mut genders: HashMap<&'static str, Option<Gender>> = HashMap::new();
    for (mark, names) in rows(include_str!("data/given_names.txt")).filter_map(|row| row.split_once(':')) {
        for name in names.split_whitespace() {
            let gender = Gender::from_mark(mark);
            // A name on both lists says nothing.
            genders.entry(name).and_modify(|known| *known = known.filter(|&known| Some(known) == gender)).or_insert(gender);
        }
    }
    genders.into_iter().filter_map(|(name, gender)| Some((name, gender?))).collect()
});
static DEMONYMS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(include_str!("data/demonyms.txt")).filter_map(|row| row.split_once(' ')).collect());
static HYPERNYMS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    let rows = rows(include_str!("data/hypernyms.txt")).filter_map(|row| row.split_once(':'));
    rows.map(|(wide, narrow)| (wide, narrow.split_whitespace().collect())).collect()
});
static BODY_NOUNS: LazyLock<HashMap<&'static str, BodyNoun>> = LazyLock::new(|| {
    let kind = |mark: Option<&str>| match mark {
        Some("any") => BodyNoun::Wide,
        Some("doc") => BodyNoun::Document,
        _ => BodyNoun::Narrow,
    };
    rows(include_str!("data/body_nouns.txt"))
        .filter_map(|row| {
            let mut columns = row.split_whitespace();
            Some((columns.next()?, kind(columns.next())))
        })
        .collect()
});

/// What a noun for a body says about its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyNoun {
    /// May stand for whatever body was spoken of last (*the company*).
    Wide,
    /// Stands for itself (*police*, *the industry*) unless a name holds the noun.
    Narrow,
    /// A document (*the report*).
    Document,
}

/// Whether a name follows a lower-case word that stands after a person's noun (*a farmer named Ana*).
pub(super) fn introduces_name(word: &str) -> bool {
    matches!(word, "named" | "surnamed" | "nicknamed")
}

/// Whether a lower-case word is a singular role noun (*minister*).
pub(super) fn is_role_noun(word: &str) -> bool {
    ROLE_NOUNS.contains_key(word)
}

/// The singular role noun of a lower-case word and whether the word is its plural.
pub(super) fn role_noun(word: &str) -> Option<(&str, bool)> {
    if is_role_noun(word) {
        return Some((word, false));
    }
    let singular = singular(word)?;
    ROLE_NOUNS.get_key_value(singular.as_str()).or_else(|| PERSON_NOUNS.get_key_value(singular.as_str())).map(|(&noun, _)| (noun, true))
}

/// Whether a lower-case singular noun says little more than *person*.
pub(super) fn is_person_noun(word: &str) -> bool {
    PERSON_NOUNS.contains_key(word)
}

/// Whether a lower-case noun names an office: *the minister* is somebody else than *the farmer* who spoke just now.
pub(super) fn is_office(noun: &str) -> bool {
    #[rustfmt::skip]
    const OFFICES: [&str; 44] = [
        "admiral", "ambassador", "attorney", "banker", "ceo", "chair", "chairman", "chairperson", "chairwoman", "chancellor", "chief",
        "coach", "commissioner", "congressman", "congresswoman", "councillor", "director", "envoy", "founder", "general", "governor", "head",
        "judge", "king", "lawyer", "manager", "mayor", "member", "minister", "officer", "official", "premier", "president", "prosecutor",
        "queen", "representative", "secretary", "senator", "spokesman", "spokesperson", "spokeswoman", "victim", "winner", "witness",
    ];
    OFFICES.contains(&noun) || noun.contains('-')
}

/// Whether a lower-case word belongs to the role when it stands before its noun (*vice*, *foreign*).
pub(super) fn is_role_modifier(word: &str) -> bool {
    ROLE_MODIFIERS.contains(word)
}

/// Whether a lower-case word is a form of address (*Ms*, *Dr.*).
pub(super) fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains_key(word)
}

/// The gender that an honorific or a role noun carries.
pub(super) fn gender_of_word(word: &str) -> Option<Gender> {
    [&*HONORIFICS, &*PERSON_NOUNS, &*ROLE_NOUNS].into_iter().find_map(|list| list.get(word).copied().flatten())
}

/// The gender of a given name that has only one.
pub(super) fn gender_of_given_name(folded: &str) -> Option<Gender> {
    GIVEN_NAMES.get(folded).copied()
}

/// Whether a folded name part is a surname that stands first (*Wang*, *Nguyen*, *Orban*).
pub(super) fn is_leading_surname(folded: &str) -> bool {
    SURNAMES_FIRST.contains(folded)
}

/// Whether two folded given names are forms of one (*jim*, *james*).
pub(super) fn are_nicknames(a: &str, b: &str) -> bool {
    match (NICKNAMES.get(a), NICKNAMES.get(b)) {
        (Some(a), Some(b)) => a.iter().any(|line| b.contains(line)),
        _ => false,
    }
}

/// The country of a demonym (*German* → *Germany*).
pub(super) fn country_of(demonym: &str) -> Option<&'static str> {
    DEMONYMS.get(fold(demonym).as_str()).copied()
}

/// Whether the noun phrase head `wide` may stand for someone in the role `narrow`.
pub(super) fn covers(wide: &str, narrow: &str) -> bool {
    wide == narrow || HYPERNYMS.get(wide).is_some_and(|set| set.contains(narrow))
}

/// What a lower-case noun says about the body it stands for; plural forms count.
pub(super) fn body_noun(word: &str) -> Option<BodyNoun> {
    BODY_NOUNS.get(word).copied().or_else(|| BODY_NOUNS.get(singular(word)?.as_str()).copied())
}

/// The singular that a plural noun may have; `None` for a word that is no plural.
pub(super) fn singular(word: &str) -> Option<String> {
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

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn words(text: &'static str) -> HashSet<&'static str> {
    rows(text).flat_map(str::split_whitespace).collect()
}

fn gendered(text: &'static str) -> GenderedWords {
    rows(text)
        .filter_map(|row| {
            let mut columns = row.split_whitespace();
            Some((columns.next()?, columns.next().and_then(Gender::from_mark)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_answer_for_plurals_forms_and_wider_nouns() {
        assert_eq!(role_noun("ministers"), Some(("minister", true)));
        assert_eq!(role_noun("businesswomen"), Some(("businesswoman", true)));
        assert_eq!(role_noun("table"), None);
        assert_eq!(gender_of_word("spokeswoman"), Some(Gender::Feminine));
        assert_eq!(gender_of_word("mr."), Some(Gender::Masculine));
        assert_eq!(gender_of_given_name("jean"), None);
        assert!(are_nicknames("bill", "william") && !are_nicknames("bill", "james"));
        assert_eq!(country_of("German"), Some("Germany"));
        assert!(covers("official", "minister") && !covers("minister", "official"));
        assert_eq!(body_noun("companies"), Some(BodyNoun::Wide));
        assert_eq!(body_noun("study"), Some(BodyNoun::Document));
    }

    #[test]
    fn every_list_line_has_no_capital_letter_in_its_key() {
        assert!(ROLE_NOUNS.keys().all(|noun| noun.chars().all(|ch| !ch.is_uppercase())));
        assert!(ROLE_NOUNS.len() > 400);
    }
}
