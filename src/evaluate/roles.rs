//! Stated roles: which predicted roles of a speaker are those of the gold, and whether their bodies agree.

use super::words::pair;
use crate::Role;
use crate::gold::GoldSpeaker;

/// Words of a role that say nothing of what it is.
const SMALL: [&str; 10] = ["of", "the", "for", "and", "in", "on", "at", "a", "an", "former"];
/// Titles as they stand before a name, and in full.
const TITLES: [(&str, &str); 8] = [
    ("gov", "governor"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("prof", "professor"),
    ("dr", "doctor"),
    ("sec", "secretary"),
    ("gen", "general"),
    ("lt", "lieutenant"),
];

/// How the roles of one speaker compare.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleCounts {
    /// Predicted roles that are in the gold.
    pub(super) matched: usize,
    /// Of these, those with the body or place of the gold.
    pub(super) placed: usize,
    /// Predicted roles.
    pub(super) predicted: usize,
    /// Gold roles.
    pub(super) gold: usize,
}

/// Compares the roles of one speaker. A role agrees where all words of the shorter wording, role and body together, stand in the
/// longer one and their role words meet; a body agrees where it shares a word with the gold's, or both name none.
pub(super) fn compare(predicted: &[Role], gold: &GoldSpeaker) -> RoleCounts {
    let candidates = gold.roles.iter().enumerate().flat_map(|(at, held)| {
        predicted.iter().enumerate().filter_map(move |(other, role)| {
            let degree = agreement(role, held)?;
            Some((degree, at, other))
        })
    });
    let partners = pair(candidates.collect(), gold.roles.len(), predicted.len());
    let pairs = || gold.roles.iter().zip(&partners).filter_map(|(held, at)| Some((held, predicted.get((*at)?)?)));
    let placed = pairs().filter(|(held, role)| is_same_place(role, held)).count();
    RoleCounts { matched: pairs().count(), placed, predicted: predicted.len(), gold: gold.roles.len() }
}

fn agreement(role: &Role, (gold_role, gold_body): &(String, Option<String>)) -> Option<f64> {
    let (role_words, gold_words) = (words(&role.role), words(gold_role));
    let whole = |role: &[String], body: Option<&String>| [role, &words(body.map_or("", String::as_str))].concat();
    let (all, gold_all) = (whole(&role_words, role.affiliation.as_ref()), whole(&gold_words, gold_body.as_ref()));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let meets = role_words.iter().any(|word| gold_words.contains(word));
    let agrees = within(&role_words, &gold_all) || within(&gold_words, &all);
    let is_placed = is_same_place(role, &(gold_role.clone(), gold_body.clone()));
    let is_exact = role_words == gold_words;
    (meets && agrees).then(|| 1.0 + f64::from(u8::from(is_exact)) + 2.0 * f64::from(u8::from(is_placed)))
}

fn is_same_place(role: &Role, (gold_role, gold_body): &(String, Option<String>)) -> bool {
    match (&role.affiliation, gold_body) {
        (None, None) => true,
        (Some(body), Some(gold)) => words(body).iter().any(|word| words(gold).contains(word)),
        // *minister of labour*, *minister* of *Labour*
        (None, Some(gold)) => words(gold).iter().all(|word| words(&role.role).contains(word)),
        (Some(body), None) => words(body).iter().all(|word| words(gold_role).contains(word)),
    }
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|ch: char| !ch.is_alphanumeric()).filter(|word| word.len() > 1 && !SMALL.contains(word));
    words.map(|word| TITLES.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;

    #[test]
    fn compares_role_and_body() {
        // predicted as `role @ body`, gold the same, matched and placed
        let cases = [
            ("mayor @ Vik", "mayor @ Vik", (1, 1)),
            ("former mayor @ Vik", "mayor @ -", (1, 0)),
            ("minister of labour @ -", "minister @ Labour", (1, 1)),
            ("governor @ -", "Gov. @ Vik", (1, 0)),
            ("Vik mayor @ -", "mayor @ Vik", (1, 1)),
            ("mayor @ Vik", "clerk @ Vik", (0, 0)),
            ("is head @ Vik", "head @ Vik", (1, 1)),
        ];
        let read = |text: &str| {
            let (role, body) = text.split_once(" @ ").expect("both parts");
            (role.to_owned(), Some(body.to_owned()).filter(|body| body != "-"))
        };
        for (predicted, gold, expected) in cases {
            let (role, affiliation) = read(predicted);
            let speaker = GoldSpeaker { name: String::new(), roles: vec![read(gold)] };
            let counts = compare(&[Role { role, affiliation, span: Span::new(0, 1) }], &speaker);
            assert_eq!((counts.matched, counts.placed), expected, "{predicted} / {gold}");
        }
    }
}
