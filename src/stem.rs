//! One form for a word's inflections, so that counting and matching see *emission* and *emissions* as one word.

use rust_stemmers::{Algorithm, Stemmer};

/// What may follow the shared part of two inflections of one word.
const INFLECTIONS: [&str; 11] = ["", "e", "s", "es", "d", "ed", "ing", "y", "ies", "ied", "ying"];

/// The stem of an English word in lower case (Porter2); a possessive ending is dropped first.
pub(crate) fn stem(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    let bare = lower.strip_suffix("'s").unwrap_or(&lower).trim_end_matches('\'');
    Stemmer::create(Algorithm::English).stem(bare).into_owned()
}

/// Whether two lower-case words of one stem are inflections of one word: *trade* and *trading*, but not *university* and *universal*.
///
/// The stemmer also folds derivations, which is right for grouping phrases and too wide for counting one.
pub(crate) fn is_inflection(a: &str, b: &str) -> bool {
    let (rest_a, rest_b) = rests(a, b);
    INFLECTIONS.contains(&rest_a) && INFLECTIONS.contains(&rest_b)
}

/// Whether the lower-case `word` is `base` or an inflection made from it: *trades* from *trade*, but not *custom* from *customs*.
pub(crate) fn inflects_from(base: &str, word: &str) -> bool {
    let (rest_base, rest_word) = rests(base, word);
    matches!(rest_base, "" | "e" | "y") && INFLECTIONS.contains(&rest_word)
}

/// What follows the shared part of two words, without a doubled consonant (*ban*, *banned*).
fn rests<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let last = a.get(..shared).and_then(|prefix| prefix.chars().next_back());
    let rest = |word: &'a str| {
        let rest = word.get(shared..).unwrap_or_default();
        rest.strip_prefix(|ch| Some(ch) == last).filter(|undoubled| INFLECTIONS.contains(undoubled)).unwrap_or(rest)
    };
    (rest(a), rest(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_fold_inflection_case_and_possessives() {
        for (a, b) in [("Emissions", "emission"), ("country’s", "countries"), ("workers'", "worker"), ("trading", "trade")] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
    }

    #[test]
    fn inflections_are_told_from_derivations() {
        let rows = [
            ("trade", "trading", true),
            ("tariff", "tariffs", true),
            ("policy", "policies", true),
            ("ban", "banned", true),
            ("tax", "taxes", true),
            ("university", "universal", false),
            ("industry", "industrial", false),
            ("innovation", "innovative", false),
        ];
        for (a, b, expected) in rows {
            assert_eq!(is_inflection(a, b), expected, "{a} {b}");
            assert_eq!(is_inflection(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn only_the_base_form_inflects() {
        for (base, word, expected) in [
            ("trade", "trading", true),
            ("policy", "policies", true),
            ("ban", "banned", true),
            ("customs", "custom", false),
            ("dumping", "dump", false),
        ] {
            assert_eq!(inflects_from(base, word), expected, "{base} {word}");
        }
    }
}
