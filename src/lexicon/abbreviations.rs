//! Which words end in a full stop of their own, and whether that stop can end a sentence too.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::calendar::is_short_date;
use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/abbreviations.tsv")));
static KINDS: LazyLock<HashMap<&str, Abbreviation>> = LazyLock::new(|| TABLE.values("kind", Abbreviation::of_cell));

questions! { TABLE:
    /// Whether an abbreviation is one only with a capital letter.
    needs_capital = "capital";
}

/// What an abbreviation tells about the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name (`Mr.`, `Gov.`): never ends a sentence.
    Title,
    /// Stands in mid-sentence (`vs.`, `i.e.`): never ends a sentence.
    Inner,
    /// Is one before a number only (`No. 5`, `p. 12`).
    BeforeNumber,
    /// A month or weekday (`Sept.`).
    Date,
    /// A US state or another region (`Calif.`); one only after a comma or hyphen.
    Region,
    /// Stands after a name (`Inc.`, `Jr.`).
    AfterName,
    /// Ends a list or gives a time (`etc.`, `p.m.`): a capital after it starts a sentence.
    Final,
    /// Letters with stops (`U.S.`, `D.C.`).
    Acronym,
    /// One capital letter (`J.`).
    Initial,
}

impl Abbreviation {
    /// Reads a cell of the table.
    pub(super) fn of_cell(cell: &str) -> Option<Self> {
        Some(match cell {
            "title" => Self::Title,
            "inner" => Self::Inner,
            "number" => Self::BeforeNumber,
            "region" => Self::Region,
            "name" => Self::AfterName,
            "final" => Self::Final,
            _ => return None,
        })
    }
}

/// The longest abbreviation, in bytes.
const LONGEST: usize = 12;

/// What `word`, as it is written but without its last full stop, abbreviates.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let mut chars = word.chars();
    let first = chars.next()?;
    if chars.next().is_none() {
        return match first {
            'm' | 'p' => Some(Abbreviation::BeforeNumber),
            'b' | 'c' | 'd' | 'v' => Some(Abbreviation::Inner),
            _ => first.is_uppercase().then_some(Abbreviation::Initial),
        };
    }
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let is_capital = first.is_uppercase();
    let listed = KINDS.get(lower.as_str()).copied().filter(|_| is_capital || !needs_capital(&lower));
    let date = || (is_capital && is_short_date(&lower)).then_some(Abbreviation::Date);
    listed.or_else(date).or_else(|| is_dotted(word).then_some(Abbreviation::Acronym))
}

/// Whether `word` is letters parted by full stops: `U.S`, `a.k.a`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic) && !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_titles_acronyms_and_initials() {
        for (word, expected) in [
            ("Gov", Some(Abbreviation::Title)),
            ("U.S", Some(Abbreviation::Acronym)),
            ("p.m", Some(Abbreviation::Final)),
            ("J", Some(Abbreviation::Initial)),
            ("Calif", Some(Abbreviation::Region)),
            ("Sept", Some(Abbreviation::Date)),
            ("mass", None),
            ("house", None),
            ("sun", None),
        ] {
            assert_eq!(abbreviation(word), expected, "{word}");
        }
    }
}
