//! What makes speakers of several articles one person or body of the run.

use serde::{Deserialize, Serialize};

/// Makes the table: variant, name in reports, how sure it is, what it says with an example.
macro_rules! evidence {
    ($($variant:ident $name:literal $right:literal $says:literal;)*) => {
        /// Why speakers of two articles are one, beside the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub(crate) enum Evidence {
            $(#[doc = $says] $variant,)*
        }

        impl Evidence {
            /// All, in the order they are tried in.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in reports.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How sure it is, 0 to 1: of the merges on sixty articles (`tests/people`) the share that was right, one right and one wrong
            /// added, so that few cases say little; an id of the user's own list was not counted.
            pub(crate) fn confidence(self) -> f64 {
                match self { $(Self::$variant => $right,)* }
            }

            /// What it says.
            #[cfg(test)]
            pub(crate) fn says(self) -> &'static str {
                match self { $(Self::$variant => $says,)* }
            }
        }
    };
}

evidence! {
    KnownId "known-id" 0.99 "The list of people gives both the same id.";
    SharedRole "shared-role" 0.82 "The same full name, and a role or body in common: *Ana Lima, mayor* and *Ana Lima, mayor of Vik*.";
    SameName "same-name" 0.89 "The same full name, and nobody else of the run bears it: *Ana Lima*.";
    SameMatter "same-matter" 0.83 "The same full name in another role, and the articles name the same people and bodies: a minister who became premier.";
    NameForm "name-form" 0.95 "Another form of the name, and a role or body in common: *Joe Lima* and *Joseph A. Lima, mayor*.";
    OnlyForm "only-form" 0.91 "Another form of the name that nobody else of the run could be meant by: *Ana Lima* and *Ana B. Lima*.";
    SurnameRole "surname-role" 0.94 "A surname with a role, and one person of the run has both: *Mayor Lima*.";
    SurnameMatter "surname-matter" 0.94 "A surname, and the articles name the same people and bodies: *Lima said*.";
    SurnameOnly "surname-only" 0.88 "A surname that one person of the run has: a double one, or of who holds an office known by the surname: *Lima said*.";
    SurnameOffice "surname-office" 0.67 "A surname with the same role in the same body, though no article names the person in full: *Mayor Lima of Vik*.";
    Acronym "acronym" 0.75 "The acronym of the only body of the run that has it: *UOW* is the *Union of Weavers*.";
    AcronymMatter "acronym-matter" 0.9 "An acronym that several bodies have, and the articles name the same people and bodies.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_one_says_what_it_is() {
        let names: std::collections::BTreeSet<&str> = Evidence::ALL.iter().map(|evidence| evidence.name()).collect();
        assert_eq!(names.len(), Evidence::ALL.len());
        for evidence in Evidence::ALL {
            assert!((0.5..=1.0).contains(&evidence.confidence()) && evidence.says().ends_with('.'), "{evidence:?}");
        }
    }
}
