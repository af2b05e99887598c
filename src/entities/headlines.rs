//! Names in headlines where every word has a capital, so that the model cannot tell them: *Orbit Group To Build Plant In Silicon Fen*.
//!
//! A name that the text below has is found again; one that ends like a body's, and one behind *in* or *near* that has a noun of places, are
//! told by their words. A word that the text below writes small is none of a name.

use std::collections::HashSet;
use std::ops::Range;

use super::found::Found;
use super::name::Name;
use crate::{EntityLabel, ParagraphKind, Reading, TokenKind, lexicon};

/// How sure such a name is.
const SCORE: f32 = 0.5;

/// The longest name that is told by its last word, in tokens.
const LONGEST: usize = 4;

/// Adds the names of headlines to those that were found.
pub(super) fn add(reading: &Reading<'_>, found: &mut Vec<Found>) {
    let headlines =
        reading.seg.paragraphs.iter().filter(|paragraph| matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Heading));
    let headlines: Vec<Range<usize>> =
        headlines.map(|paragraph| reading.seg.tokens_in(paragraph.span)).filter(|tokens| is_title_case(reading, tokens)).collect();
    if headlines.is_empty() {
        return;
    }
    let small = small_words(reading);
    for tokens in headlines {
        let headline = Headline { reading, tokens, small: &small };
        let broken = headline.take_broken(found);
        let mut free: Vec<bool> = headline.tokens.clone().map(|token| headline.is_free(token, found)).collect();
        let mut new = Vec::new();
        let names = headline.known(found).into_iter().chain(headline.bodies()).chain(headline.places()).chain(broken);
        for (range, label) in names {
            let start = headline.tokens.start;
            let Some(slots) = free.get_mut(range.start - start..range.end - start).filter(|slots| slots.iter().all(|free| *free)) else {
                continue;
            };
            slots.fill(false);
            new.extend(headline.name(range, label));
        }
        found.extend(new);
    }
    found.sort_by_key(|mention| (mention.span.start(), mention.span.end()));
}

/// Whether nearly every longer word of a headline has a capital.
fn is_title_case(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let is_long = |word: &&str| word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
    let words: Vec<&str> = tokens.clone().map(|token| reading.token_text(token)).filter(is_long).collect();
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let shouted = words.iter().filter(|word| !word.chars().any(char::is_lowercase)).count();
    words.len() >= 3 && capitals * 10 >= words.len() * 9 && shouted * 2 < words.len()
}

/// The words that running text writes in small letters.
fn small_words<'a>(reading: &Reading<'a>) -> HashSet<&'a str> {
    let bodies = reading.seg.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Body);
    let words = bodies.flat_map(|paragraph| reading.seg.tokens_in(paragraph.span)).map(|token| reading.token_text(token));
    words.filter(|word| word.starts_with(char::is_lowercase)).collect()
}

struct Headline<'a> {
    reading: &'a Reading<'a>,
    tokens: Range<usize>,
    small: &'a HashSet<&'a str>,
}

impl Headline<'_> {
    fn is_free(&self, token: usize, found: &[Found]) -> bool {
        let span = self.reading.seg.tokens.get(token).map(|token| token.span);
        span.is_some_and(|span| !found.iter().any(|mention| mention.span.overlaps(span)))
    }

    fn word(&self, token: usize) -> &str {
        if self.tokens.contains(&token) { self.reading.token_text(token) } else { "" }
    }

    /// Whether a word may be part of a name: it has a capital, and is no word of grammar and none that is written small elsewhere.
    fn is_part(&self, token: usize) -> bool {
        let (word, lower) = (self.word(token), self.word(token).to_lowercase());
        let is_grammar = lexicon::is_preposition(&lower) || lexicon::starts_sentences(word) || lexicon::is_passed_over(&lower);
        word.starts_with(char::is_uppercase) && !is_grammar && !self.small.contains(lower.as_str())
    }

    /// Takes away what the model ran together over a word of grammar (*Upper Saxland As Union*); gives what stands before that word.
    fn take_broken(&self, found: &mut Vec<Found>) -> Vec<(Range<usize>, EntityLabel)> {
        let mut parts = Vec::new();
        found.retain(|mention| {
            let tokens = self.reading.seg.tokens_in(mention.span);
            let is_inside = self.tokens.start <= tokens.start && tokens.end <= self.tokens.end;
            let breaks = |token: &usize| {
                matches!(self.word(*token), "As" | "After" | "Amid" | "While" | "When" | "Over" | "To" | "Before" | "Despite" | "With")
            };
            let cut = tokens.clone().skip(1).find(breaks).filter(|_| is_inside);
            parts.extend(cut.map(|cut| (tokens.start..cut, mention.label)));
            cut.is_none()
        });
        parts
    }

    /// The places of names that the text has elsewhere, the longest first.
    fn known(&self, found: &[Found]) -> Vec<(Range<usize>, EntityLabel)> {
        let is_name = |mention: &&Found| {
            let is_plain = matches!(mention.label, EntityLabel::Person | EntityLabel::Organization | EntityLabel::Location);
            is_plain && mention.name.shown.chars().count() > 3 && mention.name.shown.starts_with(char::is_uppercase)
        };
        let mut names: Vec<(&str, EntityLabel)> =
            found.iter().filter(is_name).map(|mention| (mention.name.shown.as_str(), mention.label)).collect();
        names.sort_by_key(|(name, label)| (std::cmp::Reverse(name.len()), *name, *label as usize));
        names.dedup_by_key(|(name, _)| *name);
        let place = |(name, label): (&str, EntityLabel)| {
            let words: Vec<&str> = name.split_whitespace().collect();
            let says = |start: &usize| words.iter().enumerate().all(|(at, word)| self.word(start + at) == *word);
            self.tokens.clone().filter(says).map(|start| (start..start + words.len(), label)).collect::<Vec<_>>()
        };
        names.into_iter().flat_map(place).collect()
    }

    /// Names that end like a body's: `Holm Institute`, `Orbit Group`.
    fn bodies(&self) -> Vec<(Range<usize>, EntityLabel)> {
        let ends = |token: &usize| {
            let lower = self.word(*token).to_lowercase();
            self.word(*token).starts_with(char::is_uppercase) && (lexicon::ends_company(&lower) || lexicon::heads_body_in_headline(&lower))
        };
        let whole = |last: usize| {
            let floor = self.tokens.start.max((last + 1).saturating_sub(LONGEST));
            let first = (floor..last).rev().take_while(|&token| self.is_part(token) && self.is_word(token)).last()?;
            Some((first..last + 1, EntityLabel::Organization))
        };
        self.tokens.clone().filter(ends).filter_map(whole).collect()
    }

    /// Names of places behind a preposition: `In Silicon Fen`, `Near Port Selwyn`.
    fn places(&self) -> Vec<(Range<usize>, EntityLabel)> {
        let leads = |token: &usize| {
            matches!(
                self.word(*token).to_lowercase().as_str(),
                "in" | "near" | "at" | "from" | "to" | "off" | "across" | "around" | "outside"
            )
        };
        let place = |lead: usize| {
            let end = (lead + 1..lead + 1 + LONGEST).take_while(|&token| self.is_part(token) && self.is_word(token)).last()? + 1;
            let is_land = |token: usize| lexicon::is_land(&self.word(token).to_lowercase());
            let last = (lead + 2..end).find(|&token| is_land(token));
            let opens = end - lead > 2 && lexicon::opens_place(&self.word(lead + 1).to_lowercase());
            let end = last.map(|last| last + 1).or(opens.then_some(lead + 3))?;
            Some((lead + 1..end, EntityLabel::Location))
        };
        self.tokens.clone().filter(leads).filter_map(place).collect()
    }

    fn is_word(&self, token: usize) -> bool {
        self.reading.seg.tokens.get(token).is_some_and(|token| token.kind == TokenKind::Word)
    }

    fn name(&self, range: Range<usize>, label: EntityLabel) -> Option<Found> {
        let span = self.reading.seg.span_of(range)?;
        Some(Found { span, score: SCORE, label, name: Name::new(self.reading.slice(span), label)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::testing::Annotated;

    #[test]
    fn names_of_headlines_are_found() {
        let body = "The pump maker will build near the sea, it said on Friday. Ana Lind was glad of it.";
        for (headline, expected) in [
            ("Orbit Group To Build Battery Plant In Silicon Fen", "Orbit Group Organization|Silicon Fen Location"),
            ("Holm Institute Warns Of Dry Wells Near Port Orsk", "Holm Institute Organization|Port Orsk Location"),
            ("Ana Lind Warns Of Dry Wells In Record Time", "Ana Lind Person"),
            ("Pump Group To Build Plant", ""),
            ("Orbit Group to build plant in Silicon Fen", ""),
        ] {
            let text = format!("{headline}\n\n{body}");
            let annotated = Annotated::new(&text);
            let reading = annotated.reading();
            let at = text.rfind("Ana Lind").unwrap();
            let name = Name::new("Ana Lind", EntityLabel::Person).unwrap();
            let mut found = vec![Found { span: Span::new(at, at + 8), score: 0.9, label: EntityLabel::Person, name }];
            add(&reading, &mut found);
            let shown: Vec<String> =
                found.iter().filter(|found| found.span.start() < at).map(|found| format!("{} {}", found.name.shown, found.label)).collect();
            assert_eq!(shown.join("|"), expected, "{headline}");
        }
    }
}
