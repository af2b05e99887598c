//! Names, roles and bodies in the one form that they are compared in.

use crate::speakers::lexicon;
use crate::speakers::names::{PersonName, fold};

/// The parts of a person's name.
pub(super) fn parse(name: &str) -> Option<PersonName> {
    PersonName::parse(&name.split_whitespace().collect::<Vec<_>>())
}

/// The parts of a name in one order, so that *Orbán Viktor* is *Viktor Orban*; *Jae-myung* and *Jae Myung* stay apart here.
pub(super) fn sorted(name: &PersonName) -> String {
    let mut parts: Vec<&str> = name.parts().iter().map(String::as_str).collect();
    parts.sort_unstable();
    parts.join(" ")
}

/// A role with its body, capitals and accents aside.
pub(super) fn normal_role(role: &str, body: Option<&str>) -> (String, Option<String>) {
    (role.to_lowercase(), body.map(fold))
}

/// The name of a body without its article.
pub(super) fn normal_body(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("the ").map(ToOwned::to_owned).unwrap_or(folded)
}

/// Whether a body's name is one word in capitals (*OECD*).
pub(super) fn is_acronym(name: &str) -> bool {
    let name = name.strip_prefix("the ").unwrap_or(name);
    let letters = name.chars().filter(|ch| ch.is_alphabetic()).count();
    letters >= 1
        && (2..=10).contains(&name.len())
        && !name.contains(' ')
        && name.chars().filter(|ch| ch.is_alphabetic()).all(char::is_uppercase)
}

/// The first letters of a name's words, small words left out and kept: *Office for Coastal Safety* is *ocs* and *ofcs*.
pub(super) fn initials(name: &str) -> [String; 2] {
    let first = |word: &str| word.chars().next().map(|ch| ch.to_lowercase().to_string()).unwrap_or_default();
    let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let words = || name.split(|ch: char| ch.is_whitespace() || ch == '-').filter(|word| !word.is_empty());
    [words().filter(|word| word.starts_with(char::is_uppercase)).map(first).collect(), words().map(first).collect()]
}

/// Whether two roles have a noun in common, or one's noun covers the other's.
pub(in crate::speakers) fn share_noun(a: &str, b: &str) -> bool {
    let others = nouns(b);
    nouns(a).iter().any(|noun| others.iter().any(|other| lexicon::covers(noun, other) || lexicon::covers(other, noun)))
}

/// Whether two roles share the noun of an office (*mayor*), of which a place has one at a time.
pub(super) fn share_office(a: &str, b: &str) -> bool {
    let others = nouns(b);
    let is_held = |noun: &str| lexicon::is_office(noun) || lexicon::heads_body(noun);
    nouns(a).iter().any(|noun| is_held(noun) && others.contains(noun))
}

fn nouns(role: &str) -> Vec<String> {
    role.to_lowercase().split_whitespace().filter_map(|word| Some(lexicon::role_noun(word)?.0.to_owned())).collect()
}

/// Whether two bodies' names share a word that tells them from others.
pub(in crate::speakers) fn share_body(a: &str, b: &str) -> bool {
    let words = |body: &str| -> Vec<String> {
        let all = body.split_whitespace().map(fold);
        all.filter(|word| word.len() > 1 && !lexicon::says_nothing_of_body(word)).collect()
    };
    let others = words(b);
    words(a).iter().any(|word| others.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_made_of_first_letters() {
        assert_eq!(initials("the Office for Coastal Safety"), ["ocs".to_owned(), "ofcs".to_owned()]);
        assert!(is_acronym("OCS") && is_acronym("G20") && !is_acronym("Ofcom") && !is_acronym("OCS Group"));
        assert_eq!(normal_body("The Harbour Union"), normal_body("HARBOUR UNION"));
    }

    #[test]
    fn offices_are_shared_by_their_noun() {
        assert!(share_office("mayor", "former mayor") && !share_office("analyst", "senior analyst"));
        assert!(share_noun("senator", "lawmaker") && !share_noun("mayor", "dentist"));
        assert!(share_body("Ministry of Trade", "Trade Ministry") && !share_body("Ministry of Trade", "Ministry of Health"));
    }
}
