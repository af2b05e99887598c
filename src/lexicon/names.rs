//! Parts of people's names, and names of peoples. Questions take them in lower case and without accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::people::Gender;
use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/names.tsv")));
static GIVEN: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| TABLE.values("given", Gender::of_cell));
static FORMS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| TABLE.values("forms", |names| Some(names.split(' ').collect())));
static COUNTRIES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| TABLE.values("country", Some));

questions! { TABLE:
    /// Whether a name part is a surname that stands first (*wang*, *nguyen*, *orban*).
    is_leading_surname = "surname_first";
    /// Whether women and men bear a given name.
    is_given_to_either = "given_either";
    /// Whether a word stands between two parts of one person's name (*bin*, *s/o*).
    is_particle = "particle";
    /// Whether a word inside a name carries no part of its own when written small.
    is_inner_particle = "inner";
    /// Whether a word may follow a name and is no part of it.
    is_suffix = "suffix";
}

/// Whether a word is a given name.
pub(crate) fn is_given_name(name: &str) -> bool {
    GIVEN.contains_key(name) || is_given_to_either(name)
}

/// The gender of a given name that has only one.
pub(crate) fn gender_of_given_name(name: &str) -> Option<Gender> {
    GIVEN.get(name).copied()
}

/// Whether two given names are forms of one (*jim*, *james*).
pub(crate) fn are_nicknames(a: &str, b: &str) -> bool {
    FORMS.get(a).zip(FORMS.get(b)).is_some_and(|(a, b)| a.iter().any(|name| b.contains(name)))
}

/// The country of a people (*german* → *Germany*).
pub(crate) fn country_of(demonym: &str) -> Option<&'static str> {
    COUNTRIES.get(demonym).copied()
}

/// Whether a people's name, as a noun behind *the*, is one of them: *the Chilean*, *the Dutchman*, but not *the French* or *the Chinese*.
pub(crate) fn is_one_of_people(word: &str) -> bool {
    COUNTRIES.contains_key(word) && !["ese", "ish", "ch", "sh", "ss", "s"].iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_genders_forms_and_countries() {
        assert_eq!((gender_of_given_name("james"), gender_of_given_name("jean")), (Some(Gender::Masculine), None));
        assert!(are_nicknames("bill", "william") && are_nicknames("bob", "robbie") && !are_nicknames("bill", "james"));
        assert_eq!((country_of("german"), country_of("american")), (Some("Germany"), Some("United States")));
    }
}
