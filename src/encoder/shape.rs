//! Word shapes and quotation marks as token types: the vocabulary is uncased, the type table gives capitals back.
//!
//! A type is `shape + 6 × inside`, where `inside` is 1 between quotation marks.

const INSIDE_QUOTATION: i32 = 6;

/// The letters of a word, as the uncased vocabulary loses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Lower = 0,
    Capitalised = 1,
    AllCaps = 2,
    Mixed = 3,
    NoLetters = 4,
    Digits = 5,
}

impl Shape {
    /// The shape of a word.
    pub(crate) fn of(word: &str) -> Self {
        let mut letters = word.chars().filter(|ch| ch.is_alphabetic());
        let Some(first) = letters.next() else {
            return if word.chars().any(char::is_numeric) { Self::Digits } else { Self::NoLetters };
        };
        let (mut upper, mut lower) = (0, 0);
        for letter in letters {
            if letter.is_uppercase() {
                upper += 1;
            } else {
                lower += 1;
            }
        }
        match (first.is_uppercase(), upper, lower) {
            (true, 0, _) => Self::Capitalised,
            (true, _, 0) => Self::AllCaps,
            (false, 0, _) => Self::Lower,
            _ => Self::Mixed,
        }
    }

    /// The token type of a piece of a word with this shape.
    pub(crate) fn token_type(self, inside_quotation: bool) -> i32 {
        self as i32 + if inside_quotation { INSIDE_QUOTATION } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_names_from_acronyms_and_numbers() {
        let cases = [
            ("growth", Shape::Lower),
            ("Jiang", Shape::Capitalised),
            ("I", Shape::Capitalised),
            ("CPPCC", Shape::AllCaps),
            ("U.S.", Shape::AllCaps),
            ("McKay", Shape::Mixed),
            ("eBay", Shape::Mixed),
            ("Šefčovič", Shape::Capitalised),
            ("習近平", Shape::Lower),
            ("2024", Shape::Digits),
            ("—", Shape::NoLetters),
        ];
        for (word, shape) in cases {
            assert_eq!(Shape::of(word), shape, "{word}");
        }
    }
}
