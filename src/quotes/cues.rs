//! Cue classes: those of the vocabulary's lemmas, and the few steps from a word to its lemma.

use crate::CueClass;
use crate::lexicon::{cue_class, is_cue_filler};

/// The class of a cue: that of its first word in the table; a colon is speech.
pub(super) fn classify(cue: &str) -> CueClass {
    let words: Vec<String> = cue.split(|ch: char| !ch.is_alphanumeric() && !"-’'".contains(ch)).map(str::to_lowercase).collect();
    let known = words.iter().filter(|word| !is_cue_filler(word)).find_map(|word| class_of(word));
    let is_colon = matches!(cue.trim(), ":" | "：");
    known.unwrap_or(if is_colon { CueClass::Speech } else { CueClass::Other })
}

fn class_of(word: &str) -> Option<CueClass> {
    lemmas(word).iter().find_map(|lemma| cue_class(lemma))
}

/// The lemmas a lower-case word may belong to, itself first.
///
/// *denies* → deny, *wrote* stands in the table, *arguing* → argue, *quipped* → quip.
fn lemmas(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    let mut ending = |suffix: &str, replacements: &[&str]| {
        if let Some(stem) = word.strip_suffix(suffix).filter(|stem| stem.chars().count() > 1) {
            found.extend(replacements.iter().map(|replacement| format!("{stem}{replacement}")));
            let undoubled = stem.char_indices().last().filter(|&(at, last)| stem.get(..at).is_some_and(|rest| rest.ends_with(last)));
            found.extend(undoubled.and_then(|(at, _)| stem.get(..at)).map(str::to_owned));
        }
    };
    ending("ies", &["y"]);
    ending("ied", &["y"]);
    ending("es", &["", "e"]);
    ending("s", &[""]);
    ending("ed", &["", "e"]);
    ending("ing", &["", "e"]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_the_lemma() {
        let cases = [
            ("said", CueClass::Speech),
            ("According to", CueClass::Speech),
            ("has repeatedly argued", CueClass::Speech),
            ("quipped", CueClass::Speech),
            ("denies", CueClass::Speech),
            ("called for", CueClass::Speech),
            (":", CueClass::Speech),
            ("wrote on", CueClass::Writing),
            ("tweeting", CueClass::Writing),
            ("had hoped", CueClass::Thought),
            ("believes", CueClass::Thought),
            ("thinking", CueClass::Thought),
            ("was worried", CueClass::Thought),
            ("erupted", CueClass::Other),
            ("", CueClass::Other),
        ];
        for (cue, class) in cases {
            assert_eq!(classify(cue), class, "{cue}");
        }
    }

    #[test]
    fn short_and_foreign_words_have_no_class() {
        for word in ["s", "es", "ing", "ssing", "ééed", "習近平"] {
            assert_eq!(classify(word), CueClass::Other, "{word}");
        }
    }
}
