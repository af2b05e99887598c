//! Acronyms that the article itself explains, counted with their long form: *electric vehicles (EVs)*.
//!
//! The long form is the shortest run of words before the bracket whose letters hold the acronym's in order, the first one at the start of
//! a word (Schwartz and Hearst, *A simple algorithm for identifying abbreviation definitions in biomedical text*, PSB 2003).

use std::ops::Range;

use super::candidate::Candidate;
use super::words::Words;
use crate::Reading;

/// The longest acronym, in letters.
const LONGEST: usize = 10;

/// Joins each acronym among `candidates` to the phrase it stands for.
pub(super) fn fold_acronyms(reading: Reading<'_>, words: &Words<'_>, candidates: &mut Vec<Candidate>) {
    for bracket in 1..reading.seg.tokens.len().saturating_sub(2) {
        if reading.token_text(bracket) != "(" || reading.token_text(bracket + 2) != ")" {
            continue;
        }
        let acronym = letters(reading.token_text(bracket + 1));
        let Some(stem) = words.stem(bracket + 1).filter(|_| is_acronym(acronym)) else { continue };
        let Some(start) = long_form(reading, acronym, bracket) else { continue };
        let is_short = |candidate: &Candidate| candidate.len() == 1 && words.stem(candidate.first().start) == Some(stem);
        let Some(short) = candidates.iter().position(is_short) else { continue };
        let ends_here = |candidate: &Candidate| candidate.occurrences.iter().any(|range| range.end == bracket && range.start <= start);
        let long = (0..candidates.len()).filter(|&at| at != short && candidates.get(at).is_some_and(ends_here));
        let Some(long) = long.min_by_key(|&at| candidates.get(at).map(Candidate::len)) else { continue };
        let Candidate { occurrences, free, .. } = candidates.remove(short);
        if let Some(long) = candidates.get_mut(long - usize::from(short < long)) {
            long.acronym.extend(occurrences);
            long.acronym.sort_by_key(|range| range.start);
            long.free += free;
        }
    }
}

/// The acronym without the *s* of its plural.
fn letters(word: &str) -> &str {
    word.strip_suffix('s').filter(|single| !single.contains(char::is_lowercase)).unwrap_or(word)
}

fn is_acronym(word: &str) -> bool {
    let count = word.chars().count();
    (2..=LONGEST).contains(&count) && word.chars().filter(|ch| ch.is_uppercase()).count() >= 2
}

/// The first token of the long form that ends before the token `bracket`.
fn long_form(reading: Reading<'_>, acronym: &str, bracket: usize) -> Option<usize> {
    let size = acronym.chars().count();
    let words: Range<usize> = bracket.saturating_sub((size + 5).min(size * 2))..bracket;
    let span = reading.seg.span_of(words.clone())?;
    let text: Vec<(usize, char)> = reading.slice(span).char_indices().collect();
    let mut end = text.len();
    let letters: Vec<char> = acronym.chars().filter(|ch| ch.is_alphanumeric()).collect();
    for (at, letter) in letters.iter().enumerate().rev() {
        let starts_word =
            |place: usize| place.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|(_, ch)| !ch.is_alphanumeric());
        let is_letter = |place: usize| text.get(place).is_some_and(|(_, ch)| ch.to_lowercase().eq(letter.to_lowercase()));
        end = (0..end).rev().find(|&place| is_letter(place) && (at > 0 || starts_word(place)))?;
    }
    let start = span.start() + text.get(end)?.0;
    words.clone().find(|&token| reading.seg.tokens.get(token).is_some_and(|token| token.span.end() > start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    #[test]
    fn long_forms_hold_the_letters_in_order() {
        let rows = [
            ("the National People's Congress (NPC)", "NPC", Some("National")),
            ("of electric vehicles (EVs)", "EVs", Some("electric")),
            ("the Bureau for Ground Water (BGW)", "BGW", Some("Bureau")),
            ("a new plan (XYZ)", "XYZ", None),
            ("tea (T)", "T", None),
            ("rain (see)", "see", None),
        ];
        for (text, acronym, first) in rows {
            let annotated = Annotated::new(text);
            let reading = annotated.reading();
            let bracket = (0..annotated.seg.tokens.len()).find(|&token| reading.token_text(token) == "(").expect("a bracket");
            assert_eq!(reading.token_text(bracket + 1), acronym);
            let found = Some(letters(acronym)).filter(|word| is_acronym(word)).and_then(|word| long_form(reading, word, bracket));
            assert_eq!(found.map(|token| reading.token_text(token)), first, "{text}");
        }
    }
}
