//! How one mention's words are compared with another's: `the World Bank’s` and `World Bank` name one thing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::{EntityLabel, lexicon};

/// A mention's words, as written and as compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// As written, without possessive, outer punctuation, lower-case article and titles.
    pub(super) shown: String,
    /// As compared: lower case, no accents, full stops, article, titles or legal form. Never empty.
    pub(super) words: Vec<String>,
    /// The short form in brackets at the end, as compared: `World Health Organization (WHO)`.
    pub(super) short: Option<String>,
}

impl Name {
    /// The name in `text`; `None` where it has no letter or digit.
    pub(super) fn new(text: &str, label: EntityLabel) -> Option<Self> {
        let (text, short) = split_short(text);
        let mut parts: Vec<(&str, String)> = Vec::new();
        for word in trim_possessive(trim_outer(text)).split_whitespace() {
            parts.push((word, compared(word)));
        }
        parts.retain(|(written, word)| !word.is_empty() || *written == "&");
        let article = parts.len() > 1 && parts.first().is_some_and(|(_, word)| word == "the");
        let kept_article = article && parts.first().is_some_and(|(written, _)| written.starts_with('T'));
        let mut skipped = usize::from(article);
        if label == EntityLabel::Person {
            let is_title = |at: usize| parts.get(at).is_some_and(|(_, word)| lexicon::is_title(word));
            while skipped + 1 < parts.len() && is_title(skipped) {
                skipped += 1;
            }
        }
        let titled = skipped > usize::from(article);
        let name = parts.get(skipped..)?;
        let shown = parts.get(if kept_article && !titled { 0 } else { skipped }..)?;
        let mut words: Vec<String> = name.iter().map(|(_, word)| word.clone()).collect();
        let has_form = |words: &[String]| words.len() > 1 && words.last().is_some_and(|word| lexicon::is_legal_form(word));
        while label == EntityLabel::Organization && has_form(&words) {
            words.pop();
        }
        let shown = shown.iter().map(|(written, _)| *written).collect::<Vec<_>>().join(" ");
        words.iter().any(|word| !word.is_empty()).then_some(Self { shown, words, short })
    }

    /// The words as one string: equal keys name one thing.
    pub(super) fn key(&self) -> String {
        self.words.join(" ")
    }

    /// The short forms that the first letters of the words make, compared form; empty for a single word.
    pub(super) fn initials(&self) -> Vec<String> {
        if self.words.len() < 2 {
            return Vec::new();
        }
        let first = |word: &String| word.chars().next();
        let all: String = self.words.iter().filter_map(first).filter(|ch| ch.is_alphanumeric()).collect();
        let main: String = self.words.iter().filter(|word| !lexicon::is_passed_over(word)).filter_map(first).collect();
        let mut initials = vec![main, all];
        initials.dedup();
        initials.retain(|letters| letters.chars().count() > 1);
        initials
    }

    /// Whether this is written like a short form: one word of two to eight capitals (`WHO`, `U.S.`, `G20`).
    pub(super) fn is_short_form(&self) -> bool {
        let letters = self.shown.chars().filter(|ch| ch.is_alphanumeric());
        self.words.len() == 1
            && (2..=8).contains(&letters.clone().count())
            && letters.clone().all(|ch| ch.is_uppercase() || ch.is_numeric())
            && letters.clone().any(char::is_uppercase)
    }

    /// Whether every letter is a capital, as in headlines.
    pub(super) fn is_all_caps(&self) -> bool {
        !self.shown.chars().any(char::is_lowercase)
    }

    /// Whether the written form begins with an article.
    pub(super) fn has_article(&self) -> bool {
        self.shown.starts_with("The ")
    }
}

/// Cuts `(WHO)` off the end of `World Health Organization (WHO)`.
fn split_short(text: &str) -> (&str, Option<String>) {
    let inner = trim_possessive(text.trim()).strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inner {
        Some((long, short)) if !long.trim().is_empty() && !short.trim().is_empty() && !short.contains(char::is_whitespace) => {
            (long, Some(compared(short)))
        }
        _ => (text, None),
    }
}

fn trim_outer(text: &str) -> &str {
    let text = text.trim().trim_start_matches(|ch: char| !ch.is_alphanumeric());
    text.trim_end_matches(|ch: char| !ch.is_alphanumeric() && !matches!(ch, '.' | '\'' | '’' | ')' | '!' | '%' | '+'))
}

fn trim_possessive(text: &str) -> &str {
    let plain = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| text.strip_suffix(ending));
    plain.unwrap_or_else(|| text.trim_end_matches(['\'', '’']))
}

/// A word in lower case, without accents, full stops and outer punctuation.
fn compared(word: &str) -> String {
    let plain: String = word.nfkd().filter(|ch| !is_combining_mark(*ch) && *ch != '.').flat_map(char::to_lowercase).collect();
    plain.replace('’', "'").trim_matches(|ch: char| !ch.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_without_article_title_possessive_accents_and_legal_form() {
        let cases = [
            ("the World Bank’s", EntityLabel::Organization, "World Bank", "world bank"),
            ("The Hague", EntityLabel::Location, "The Hague", "hague"),
            ("President Recep Tayyip Erdoğan", EntityLabel::Person, "Recep Tayyip Erdoğan", "recep tayyip erdogan"),
            ("Prime Minister Modi's", EntityLabel::Person, "Modi", "modi"),
            ("Pope Francis", EntityLabel::Person, "Pope Francis", "pope francis"),
            ("Minister", EntityLabel::Person, "Minister", "minister"),
            ("Acme Tools Co., Ltd.", EntityLabel::Organization, "Acme Tools Co., Ltd.", "acme tools"),
            ("U.S.", EntityLabel::Location, "U.S.", "us"),
            ("“Green\nDeal”", EntityLabel::Misc, "Green Deal", "green deal"),
            ("workers'", EntityLabel::Misc, "workers", "workers"),
            ("World Health Organization (WHO)", EntityLabel::Organization, "World Health Organization", "world health organization"),
        ];
        for (text, label, shown, key) in cases {
            let name = Name::new(text, label).unwrap_or_else(|| panic!("{text} has a name"));
            assert_eq!((name.shown.as_str(), name.key().as_str()), (shown, key), "{text}");
        }
        assert_eq!(Name::new("“…”", EntityLabel::Misc), None);
        assert_eq!(Name::new("", EntityLabel::Person), None);
    }

    #[test]
    fn knows_short_forms_and_initials() {
        let name = |text| Name::new(text, EntityLabel::Organization).expect("a name");
        assert!(name("WHO").is_short_form() && name("U.S.").is_short_form() && name("G20").is_short_form());
        assert!(!name("Who").is_short_form() && !name("2024").is_short_form() && !name("WORLD BANK").is_short_form());
        assert_eq!(name("Department of Health").initials(), ["dh", "doh"]);
        assert_eq!(name("World Bank").initials(), ["wb"]);
        assert!(name("Bank").initials().is_empty());
        assert_eq!(name("African Union (AU)").short.as_deref(), Some("au"));
    }
}
