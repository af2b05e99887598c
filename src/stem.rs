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
/// The stemmer also folds derivations, which is right for ranking phrases and too wide for a codebook's keywords.
pub(crate) fn is_inflection(a: &str, b: &str) -> bool {
    let shared: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let last = a.get(..shared).and_then(|prefix| prefix.chars().next_back());
    let ends = |word: &str| {
        let rest = word.get(shared..).unwrap_or_default();
        let undoubled = rest.strip_prefix(|ch| Some(ch) == last).unwrap_or(rest);
        INFLECTIONS.contains(&rest) || INFLECTIONS.contains(&undoubled)
    };
    ends(a) && ends(b)
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
}
