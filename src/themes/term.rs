//! One term of a codebook: a run of words, each by inflection, by exact case or by wildcard, or a regular expression.
//!
//! Words are compared without their hyphens: *low-carbon* and *low carbon* are the same two words, in codebooks and in articles.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use crate::segment::clitic_start;
use crate::stem::{inflects_from, stem};
use crate::{Reading, Span, TokenKind};

/// One word of an article, or a part of one between hyphens.
#[derive(Debug, Clone)]
pub(super) struct Unit<'a> {
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) lower: String,
    pub(super) stem: String,
}

/// How the words of a term are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordStyle {
    /// With inflections; a word with a capital letter exactly so written.
    Inflected,
    /// Letter by letter, in any case.
    Literal,
}

/// How one word of a term is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum UnitPattern {
    /// Exactly so written: the term's word has a capital letter.
    Exact(String),
    /// The word or an inflection made from it, in any case.
    Inflected { lower: String, stem: String },
    /// These letters, in any case.
    Literal(String),
    /// These letters, in any case; `*` stands for any letters, `?` for one.
    Wildcard(String),
}

impl UnitPattern {
    fn new(word: &str, style: WordStyle) -> Self {
        if word.contains(['*', '?']) {
            Self::Wildcard(folded(word))
        } else if style == WordStyle::Literal {
            Self::Literal(folded(word))
        } else if word.chars().any(char::is_uppercase) {
            Self::Exact(word.to_owned())
        } else {
            Self::Inflected { lower: word.to_owned(), stem: stem(word) }
        }
    }

    fn fits(&self, unit: &Unit<'_>) -> bool {
        match self {
            Self::Exact(word) => unit.text == word,
            Self::Inflected { lower, stem } => unit.stem == *stem && (unit.lower == *lower || inflects_from(lower, &unit.lower)),
            Self::Literal(word) => unit.lower == *word,
            Self::Wildcard(pattern) => !unit.lower.is_empty() && fits_wildcard(pattern, &unit.lower),
        }
    }
}

/// Whether `word` is the pattern, with any letters for `*` and one for `?`.
fn fits_wildcard(pattern: &str, word: &str) -> bool {
    let (mut pattern, mut word) = (pattern.chars(), word.chars());
    // Where the last `*` stood, and the part of the word it has taken so far.
    let mut star: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let rest_word = word.clone();
        match (pattern.next(), word.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                word = rest_word;
                star = Some((pattern.clone(), word.clone()));
            }
            (Some(wanted), Some(letter)) if wanted == '?' || wanted == letter => {}
            _ => {
                let Some((after, taken)) = star.as_mut() else { return false };
                if taken.next().is_none() {
                    return false;
                }
                (pattern, word) = (after.clone(), taken.clone());
            }
        }
    }
}

/// A run of words to look for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordTerm(Vec<UnitPattern>);

impl WordTerm {
    /// The term of these words; `None` where there is no word.
    pub(super) fn new(text: &str, style: WordStyle) -> Option<Self> {
        let words = text.split(is_joint).flat_map(clitics).map(bare);
        let words: Vec<&str> = words.filter(|word| word.chars().any(|ch| ch.is_alphanumeric() || matches!(ch, '*' | '?'))).collect();
        (!words.is_empty()).then(|| Self(words.into_iter().map(|word| UnitPattern::new(word, style)).collect()))
    }

    /// What its first word is compared by.
    pub(super) fn first(&self) -> Option<&UnitPattern> {
        self.0.first()
    }

    /// The span of the term at the start of `units`; `None` where it does not stand there.
    pub(super) fn span_at(&self, units: &[Unit<'_>]) -> Option<Span> {
        let found = units.get(..self.0.len())?;
        let fits = self.0.iter().zip(found).all(|(pattern, unit)| pattern.fits(unit));
        fits.then(|| found.first().zip(found.last()).map(|(first, last)| first.span.cover(last.span)))?
    }
}

/// The word and its clitic, as articles are cut: `do|n't`.
fn clitics(word: &str) -> impl Iterator<Item = &str> {
    let (head, tail) = clitic_start(word).and_then(|at| word.split_at_checked(at)).unwrap_or((word, ""));
    [head, tail].into_iter().filter(|part| !part.is_empty())
}

/// The memory that is left for the expressions of one codebook, in bytes.
#[derive(Debug)]
pub(super) struct PatternMemory(usize);

impl PatternMemory {
    /// What all expressions together may take.
    const IN_ALL: usize = 128 << 20;
    /// How large a compiled expression may be, tried in turn: the library tells whether it is larger, not how large it is.
    const STEPS: [usize; 5] = [32 << 10, 128 << 10, 512 << 10, 2 << 20, 8 << 20];
    /// What an expression may take for each thread beside its compiled form.
    const CACHE: usize = 256 << 10;

    /// Compiles the expression between the slashes of `/…/`, in any case; `None` where there are no slashes.
    ///
    /// # Errors
    /// Why it is none, or that it is too large.
    pub(super) fn compile(&mut self, text: &str) -> Option<Result<Regex, String>> {
        let inner = text.strip_prefix('/')?.strip_suffix('/').filter(|inner| !inner.is_empty())?;
        for size in Self::STEPS.into_iter().take_while(|size| *size <= self.0) {
            match RegexBuilder::new(inner).case_insensitive(true).size_limit(size).dfa_size_limit(Self::CACHE).build() {
                Ok(regex) => {
                    self.0 -= size;
                    return Some(Ok(regex));
                }
                Err(regex::Error::CompiledTooBig(_)) => {}
                Err(error) => {
                    let reason = error.to_string();
                    let reason = reason.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
                    return Some(Err(format!("is no regular expression: {reason}")));
                }
            }
        }
        let (one, all) = (Self::STEPS.last().unwrap_or(&0) >> 20, Self::IN_ALL >> 20);
        Some(Err(format!("is too large: one expression may take {one} MB, all of them {all} MB")))
    }
}

impl Default for PatternMemory {
    fn default() -> Self {
        Self(Self::IN_ALL)
    }
}

/// The words of one sentence. Punctuation is an empty unit, which no term fits, so no term reaches across it.
pub(super) fn units(reading: Reading<'_>, sentence: usize) -> Vec<Unit<'_>> {
    let seg = reading.seg;
    let Some(tokens) = seg.sentences.get(sentence).and_then(|sent| seg.tokens.get(sent.tokens.clone())) else { return Vec::new() };
    let mut units = Vec::new();
    for token in tokens {
        let text = reading.slice(token.span);
        if token.kind == TokenKind::Punctuation {
            if !text.chars().all(|ch| is_joint(ch) || matches!(ch, '\'' | '’')) {
                units.push(Unit { span: token.span, text: "", lower: String::new(), stem: String::new() });
            }
            continue;
        }
        for part in parts(text) {
            let word = bare(text.get(part.clone()).unwrap_or_default());
            if !word.is_empty() {
                let start = token.span.start() + part.start;
                units.push(Unit { span: Span::new(start, start + word.len()), text: word, lower: folded(word), stem: stem(word) });
            }
        }
    }
    units
}

/// The ranges of `text` between its hyphens and slashes.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found = Vec::new();
    for (at, ch) in text.char_indices().filter(|&(_, ch)| is_joint(ch)) {
        found.push(start..at);
        start = at + ch.len_utf8();
    }
    found.push(start..text.len());
    found
}

/// What stands between the words of a term.
fn is_joint(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '-' | '‐' | '‑' | '–' | '/')
}

/// The word in lower case and with a straight apostrophe.
fn folded(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The word without a possessive ending.
fn bare(word: &str) -> &str {
    ["'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    #[test]
    fn terms_by_the_words_they_fit() {
        let rows = [
            ("tariff", "Tariffs rose", true),
            ("tax", "taxes", true),
            ("university", "universal", false),
            ("customs", "custom", false),
            ("WHO", "who", false),
            ("WHO", "WHO’s", true),
            ("ship*", "shipping", true),
            ("ship*", "worship", false),
            ("*ship", "worship", true),
            ("harbo*r", "Harbour", true),
            ("harbo?r", "Harbour", true),
            ("harbou?r", "Harbour", false),
            ("*po*t*", "import", true),
            ("don't", "They don’t", false),
            ("low carbon", "low-carbon", true),
            ("low-carbon", "low carbon", true),
            ("low carbon", "low, carbon", false),
            ("rule of law", "rules of law", true),
            ("workers rights", "workers’ rights", true),
            ("Paris agreement", "Paris agreements", true),
            ("Paris agreement", "paris agreement", false),
        ];
        for (term, text, expected) in rows {
            let annotated = Annotated::new(text);
            let found = WordTerm::new(term, WordStyle::Inflected).and_then(|words| words.span_at(&units(annotated.reading(), 0)));
            assert_eq!(found.is_some(), expected, "{term} in {text}");
        }
    }

    #[test]
    fn literal_words_have_no_inflections_and_no_case() {
        for (term, text, expected) in [
            ("tariff", "tariffs", false),
            ("WHO", "who", true),
            ("free trade", "Free trade", true),
            ("don't", "Don’t", true),
            ("i've", "I've", true),
            ("abandon*", "Abandoned", true),
        ] {
            let annotated = Annotated::new(text);
            let found = WordTerm::new(term, WordStyle::Literal).and_then(|words| words.span_at(&units(annotated.reading(), 0)));
            assert_eq!(found.is_some(), expected, "{term} in {text}");
        }
    }

    #[test]
    fn expressions_are_refused_once_their_memory_is_used_up() {
        let mut memory = PatternMemory::default();
        assert!(memory.compile("ports").is_none() && memory.compile("//").is_none());
        assert!(matches!(memory.compile("/ports?/"), Some(Ok(_))));
        assert_eq!(memory.compile("/a(/").and_then(Result::err).as_deref(), Some("is no regular expression: unclosed group"));
        let huge = memory.compile("/\\w{400}/").and_then(Result::err).expect("over the limit of one");
        assert!(huge.starts_with("is too large"), "{huge}");
        let large = (0..1_000).map_while(|_| memory.compile("/\\w{20}/")?.ok()).count();
        assert!((10..1_000).contains(&large), "{large} large ones");
        assert!(matches!(memory.compile("/ports?/"), Some(Ok(_))), "there is room for a small one");
    }

    #[test]
    fn span_covers_the_words_without_possessive() {
        let annotated = Annotated::new("Ghana’s low‑carbon farms");
        let units = units(annotated.reading(), 0);
        let texts: Vec<&str> = units.iter().map(|unit| annotated.doc.slice(unit.span)).collect();
        assert_eq!(texts, ["Ghana", "low", "carbon", "farms"]);
    }
}
