//! Which names of one word are bodies', whatever the model calls them: news introduces a person by a full name, a body often by one word. Names of
//! two and three words that begin with no given name need more to be said of them.
//!
//! ```text
//! Talvik said it would close two plants.        Talvik, the chip maker, …        carmaker Talvik        Talvik shares fell.
//! Talvik told investors it was late. The company did not say why.
//! ```
//! Nothing of this makes a body of a name that a form of address, an age or *he* shows to be a person's, or that is part of a full name.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::found::Found;
use super::name::Name;
use crate::{CueClass, EntityLabel, ParagraphKind, Reading, Span, lexicon};

/// How much must speak for a body.
const ENOUGH: i32 = 2;

/// How sure a name is that the model has passed over.
const SCORE: f32 = 0.5;

/// What weighs more than all else: a person.
const PERSON: i32 = -100;

/// Tokens within which *it* or *its* takes up the one who said something: *said in a statement on Thursday it*.
const REACH: usize = 9;

/// Calls names of one word bodies where the text does, and adds those that the model has passed over.
pub(super) fn settle(reading: &Reading<'_>, found: &mut Vec<Found>) {
    settle_longer(reading, found);
    let persons = found.iter().filter(|mention| mention.label == EntityLabel::Person && mention.name.words.len() > 1);
    let of_full_names: HashSet<String> = persons.flat_map(|mention| mention.name.words.clone()).collect();
    let bodies = found.iter().filter(|mention| mention.label == EntityLabel::Organization && mention.name.words.len() > 1);
    let view = View { reading, bodies: bodies.map(|mention| mention.span.start()).collect() };
    let has_lone_person = of_full_names.is_empty() && view.speaks_of_person();
    let mut evidence: HashMap<String, i32> = HashMap::new();
    // What is said of it where the model knows it for a body counts as well.
    for mention in found.iter().filter(|mention| is_open(mention) || is_body_of_one_word(mention)) {
        if let Some(word) = mention.name.words.first().filter(|word| !of_full_names.contains(*word)) {
            *evidence.entry(word.clone()).or_default() += view.evidence(reading.seg.tokens_in(mention.span));
        }
    }
    let is_body = |word: &String| {
        // Where somebody is *he* or *she* and nobody has a full name, the one word may be theirs.
        let doubts = i32::from(lexicon::gender_of_given_name(word).is_some()) + i32::from(has_lone_person);
        let needed = ENOUGH + doubts;
        evidence.get(word).is_some_and(|sum| *sum >= needed)
    };
    for mention in found.iter_mut().filter(|mention| is_open(mention)) {
        if mention.name.words.first().is_some_and(is_body) {
            mention.label = EntityLabel::Organization;
        }
    }
    let is_told = |new: &Found| new.name.words.len() > 1 || view.evidence(reading.seg.tokens_in(new.span)) >= ENOUGH;
    let missed: Vec<Found> = view.unlabelled(found).into_iter().filter(is_told).collect();
    found.extend(missed);
    found.sort_by_key(|mention| (mention.span.start(), mention.span.end()));
}

/// The same for names of two and three words, none of which begins with a given name; their first word alone may speak for them.
fn settle_longer(reading: &Reading<'_>, found: &mut [Found]) {
    let bodies = found.iter().filter(|mention| mention.label == EntityLabel::Organization && mention.name.words.len() > 1);
    let view = View { reading, bodies: bodies.map(|mention| mention.span.start()).collect() };
    let is_longer = |mention: &Found| {
        let begins_as_person =
            mention.name.words.first().is_none_or(|word| lexicon::is_given_name(word) || lexicon::is_leading_surname(word));
        matches!(mention.label, EntityLabel::Person | EntityLabel::Misc) && (2..=3).contains(&mention.name.words.len()) && !begins_as_person
    };
    let mut evidence: HashMap<String, i32> = HashMap::new();
    for mention in found.iter().filter(|mention| is_longer(mention) || is_open(mention) || is_body_of_one_word(mention)) {
        *evidence.entry(mention.name.key()).or_default() += view.evidence(reading.seg.tokens_in(mention.span));
    }
    let of = |key: &str| evidence.get(key).copied().unwrap_or_default();
    for mention in found.iter_mut().filter(|mention| is_longer(mention)) {
        let short = mention.name.words.first().map_or(0, |first| of(first));
        if of(&mention.name.key()) + short > ENOUGH {
            mention.label = EntityLabel::Organization;
        }
    }
}

fn is_open(mention: &Found) -> bool {
    matches!(mention.label, EntityLabel::Person | EntityLabel::Misc)
        && mention.name.words.len() == 1
        && mention.name.shown.starts_with(char::is_uppercase)
}

fn is_body_of_one_word(mention: &Found) -> bool {
    mention.label == EntityLabel::Organization && mention.name.words.len() == 1
}

struct View<'a> {
    reading: &'a Reading<'a>,
    /// Where the model's bodies stand.
    bodies: Vec<usize>,
}

impl View<'_> {
    fn lower(&self, token: usize) -> String {
        self.reading.token_text(token).to_lowercase()
    }

    /// Whether running text says *he*, *she*, *his* or *her*.
    fn speaks_of_person(&self) -> bool {
        (0..self.reading.seg.tokens.len()).any(|at| matches!(self.lower(at).as_str(), "he" | "she" | "his" | "her"))
    }

    /// Single words with a capital that open a sentence and say something, and that nobody has labelled: *Shelterhome said …*.
    fn unlabelled(&self, found: &[Found]) -> Vec<Found> {
        let seg = self.reading.seg;
        let sentences = seg.sentences.iter().filter(|sentence| self.is_text(sentence.paragraph));
        let word = |at: usize| {
            if !self.is_said(at + 1) {
                return None;
            }
            let (span, shown, lower) = (seg.tokens.get(at)?.span, self.reading.token_text(at), self.lower(at));
            let is_written = shown.chars().count() > 3 && shown.starts_with(char::is_uppercase) && shown.chars().all(char::is_alphanumeric);
            let is_common = lexicon::starts_sentences(shown)
                || lexicon::role_noun(&lower).is_some()
                || lexicon::body_noun(&lower).is_some()
                || lexicon::is_plural_of_kind(&lower)
                || lexicon::is_preposition(&lower)
                || lexicon::is_breaking(&lower)
                || lexicon::is_general(&lower)
                || lower.ends_with("ly")
                || self.reading.doc.text().contains(&format!(" {lower} "));
            let is_free = !found.iter().any(|mention| mention.span.overlaps(span));
            let name = Name::new(shown, EntityLabel::Organization)?;
            (is_written && !is_common && is_free).then_some(Found { span, score: SCORE, label: EntityLabel::Organization, name })
        };
        let words: Vec<Found> = sentences.clone().filter_map(|sentence| word(sentence.tokens.start)).collect();
        let pairs = sentences.flat_map(|sentence| sentence.tokens.clone()).filter_map(|at| self.firm_of_two(at));
        words.into_iter().chain(pairs.filter(|new| !found.iter().any(|mention| mention.span.overlaps(new.span)))).collect()
    }

    /// *Tallboy & Finch*: two words with capitals around a sign that persons' names do not have.
    fn firm_of_two(&self, at: usize) -> Option<Found> {
        let is_name = |at: usize| {
            let word = self.reading.token_text(at);
            word.chars().count() > 2 && word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
        };
        let is_firm = self.reading.token_text(at + 1) == "&" && is_name(at) && is_name(at + 2) && self.share_sentence(at, at + 2);
        let span = self.reading.seg.span_of(at..at + 3).filter(|_| is_firm)?;
        Some(Found {
            span,
            score: SCORE,
            label: EntityLabel::Organization,
            name: Name::new(self.reading.slice(span), EntityLabel::Organization)?,
        })
    }

    /// What the words around one mention say for a body.
    fn evidence(&self, name: Range<usize>) -> i32 {
        let before = name.start.checked_sub(1).map(|at| self.lower(at)).unwrap_or_default();
        let title = before.trim_end_matches('.');
        if lexicon::is_title(title) || lexicon::is_honorific(title) || self.has_age(name.end) {
            return PERSON;
        }
        let is_named_by_trade = is_trade(&before) && name.start.checked_sub(1).is_some_and(|at| self.share_sentence(at, name.start));
        let trade = if is_named_by_trade { 2 } else { 0 };
        let asset = name
            .start
            .checked_sub(2)
            .filter(|&at| matches!(self.lower(at + 1).as_str(), "in" | "of" | "at" | "for"))
            .map(|at| self.lower(at));
        let trade = if asset.is_some_and(|asset| lexicon::is_asset(&asset)) { 2 } else { trade };
        trade + self.behind(name.end) + self.said(name.start, name.end) + self.taken_up(name.start)
    }

    /// `Lind, 41,`
    fn has_age(&self, end: usize) -> bool {
        let is_age = self.reading.token_text(end + 1).parse::<u8>().is_ok_and(|age| (10..110).contains(&age));
        self.reading.token_text(end) == "," && is_age && self.reading.token_text(end + 2) == ","
    }

    /// What stands right behind a name: its shares, what it does, its ticker.
    fn behind(&self, end: usize) -> i32 {
        let next = self.lower(end);
        let owned = if matches!(next.as_str(), "'s" | "’s" | "'" | "’") { self.lower(end + 1) } else { next.clone() };
        if lexicon::is_asset(&owned) {
            return 2;
        }
        let is_ticker =
            next == "(" && self.reading.token_text(end + 1).chars().all(char::is_uppercase) && self.reading.token_text(end + 2) == ":";
        if is_ticker || (next == "," && self.is_apposition(end + 1)) {
            return 2;
        }
        let is_result = matches!(next.as_str(), "reported" | "posted" | "booked" | "employs" | "reports");
        let names_asset = (end + 1..end + 6).any(|at| lexicon::is_asset(&self.lower(at)));
        if is_result && (names_asset || next == "employs") { 2 } else { 0 }
    }

    /// `, the chip maker,`, `, a maker of pumps`, `, which makes pumps`
    fn is_apposition(&self, start: usize) -> bool {
        let is_end = |at: &usize| matches!(self.lower(*at).as_str(), "," | "." | "of" | "in" | "that" | "which" | "based" | "");
        if self.lower(start) == "which" {
            return true;
        }
        let end = (start..start + 8).find(is_end).unwrap_or(start);
        end.checked_sub(1).is_some_and(|head| head >= start && is_trade(&self.lower(head)))
    }

    /// What it says about itself: `said on Thursday it had joined`, `said its profits`; a person says *he* or *she*.
    fn said(&self, name: usize, verb: usize) -> i32 {
        if !(self.is_said(verb) || self.lower(verb) == "has" && self.is_said(verb + 1)) {
            return 0;
        }
        let pronoun = (verb + 1..verb + 1 + REACH).take_while(|&at| self.share_sentence(name, at)).find(|&at| is_pronoun(&self.lower(at)));
        let Some(at) = pronoun.filter(|&at| !self.is_body_between(verb, at)) else { return 0 };
        match self.lower(at).as_str() {
            // *It* may be the body of the sentence before.
            "it" => self.acts(at + 1).min(if self.follows_body(name) { 1 } else { 2 }),
            "its" | "itself" => 1,
            "he" | "she" | "his" | "her" | "himself" | "herself" | "i" | "my" | "me" => PERSON,
            _ => 0,
        }
    }

    fn is_said(&self, at: usize) -> bool {
        let word = self.lower(at);
        lexicon::reports_after_mark(&word) || lexicon::cue_class(&word) == Some(CueClass::Speech)
    }

    /// Whether another body is named in the sentence before.
    fn follows_body(&self, name: usize) -> bool {
        let seg = self.reading.seg;
        let sentence = seg.tokens.get(name).and_then(|token| seg.sentence_at(token.span.start()));
        let before = sentence.and_then(|at| at.checked_sub(1)).and_then(|at| seg.sentences.get(at));
        before.is_some_and(|before| self.bodies.iter().any(|&body| before.span.contains(Span::new(body, body))))
    }

    /// How much the verb behind *it* tells: `would close` is a body's, `would rain` nobody's.
    fn acts(&self, verb: usize) -> i32 {
        let first = self.lower(verb);
        let helps = ["had", "has", "would", "will", "could", "may", "might", "must", "can", "did", "does", "is", "was"];
        let plans = [
            "plans", "planned", "expects", "expected", "intends", "intended", "wants", "wanted", "hopes", "hoped", "agreed", "aims",
            "aimed",
        ];
        if plans.contains(&first.as_str()) || is_business(&first) {
            return 2;
        }
        if !helps.contains(&first.as_str()) {
            return 0;
        }
        let main = (verb + 1..verb + 4).map(|at| self.lower(at)).find(|word| {
            !matches!(word.as_str(), "not" | "n't" | "n’t" | "also" | "now" | "already" | "be" | "have" | "to" | "no" | "soon")
        });
        let main = main.unwrap_or_default();
        let has = i32::from(matches!(first.as_str(), "had" | "has"));
        if is_business(&main) { 2 } else { has }
    }

    /// How the next sentence takes it up: `Its shares rose`, `The firm said`; *She said* tells of a person.
    fn taken_up(&self, name: usize) -> i32 {
        let seg = self.reading.seg;
        let Some(span) = seg.tokens.get(name).map(|token| token.span) else { return 0 };
        let Some(sentence) = seg.sentence_at(span.start()) else { return 0 };
        let Some(next) = seg.sentences.get(sentence + 1).filter(|next| self.is_text(next.paragraph)) else { return 0 };
        let (start, end) = (next.tokens.start, next.tokens.end);
        let first = self.lower(start);
        // *The pump maker* that opens a text is the one the headline is about.
        let heads_text =
            !self.is_text(self.paragraph_of(sentence)) && seg.sentences.get(sentence).is_some_and(|found| found.tokens.start == name);
        if heads_text && first == "the" {
            return 2 * i32::from(self.is_trade_phrase(start + 1, end));
        }
        if self.is_body_between(name, start) {
            return 0;
        }
        match first.as_str() {
            "its" => 1,
            "it" => i32::from(self.acts(start + 1) > 0),
            "the" => self.taken_up_by_noun(name, start + 1, end),
            "he" | "she" => PERSON,
            _ => 0,
        }
    }

    /// `The firm` may be any; `The regulator` is the one just named, where the text has named no other body.
    fn taken_up_by_noun(&self, name: usize, start: usize, end: usize) -> i32 {
        if !self.is_trade_phrase(start, end) {
            return 0;
        }
        let is_any = matches!(self.lower(start).as_str(), "firm" | "company" | "group" | "business");
        let opens = self.reading.seg.sentences.iter().any(|sentence| sentence.tokens.start == name);
        let name = self.reading.seg.tokens.get(name).map_or(0, |token| token.span.start());
        let is_only = !self.bodies.iter().any(|&body| body < name);
        if is_any || !opens || !is_only { 1 } else { 2 }
    }

    /// Whether a noun for what a body does stands within three words, in small letters: *pump maker*.
    fn is_trade_phrase(&self, start: usize, end: usize) -> bool {
        let noun = (start..end.min(start + 3)).find(|&at| is_trade(&self.lower(at)));
        noun.is_some_and(|at| !self.reading.token_text(at).starts_with(char::is_uppercase))
    }

    fn paragraph_of(&self, sentence: usize) -> usize {
        self.reading.seg.sentences.get(sentence).map_or(usize::MAX, |sentence| sentence.paragraph)
    }

    fn is_text(&self, paragraph: usize) -> bool {
        self.reading.seg.paragraphs.get(paragraph).is_some_and(|paragraph| paragraph.kind == ParagraphKind::Body)
    }

    /// Whether another body that *it* may mean stands between two tokens.
    fn is_body_between(&self, from: usize, to: usize) -> bool {
        let start = |token: usize| self.reading.seg.tokens.get(token).map_or(usize::MAX, |token| token.span.start());
        let (from, to) = (start(from), start(to));
        self.bodies.iter().any(|&body| from < body && body < to)
    }

    fn share_sentence(&self, a: usize, b: usize) -> bool {
        let seg = self.reading.seg;
        let sentence = |token: usize| seg.tokens.get(token).and_then(|token| seg.sentence_at(token.span.start()));
        sentence(a).is_some() && sentence(a) == sentence(b)
    }
}

/// Whether a form is one of a verb for what bodies do: *close*, *closes*, *closed*, *closing*, *scrapping*.
fn is_business(form: &str) -> bool {
    let is_stem = |stem: &str| {
        let mut letters = stem.chars().rev();
        let is_doubled = letters.next().is_some_and(|last| letters.next() == Some(last));
        let single = stem.get(..stem.len().saturating_sub(1)).filter(|_| is_doubled);
        lexicon::is_business(stem) || lexicon::is_business(&format!("{stem}e")) || single.is_some_and(lexicon::is_business)
    };
    lexicon::is_business(form) || ["ing", "ed", "es", "s", "d"].iter().filter_map(|ending| form.strip_suffix(ending)).any(is_stem)
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "it" | "its"
            | "itself"
            | "he"
            | "she"
            | "his"
            | "her"
            | "himself"
            | "herself"
            | "they"
            | "their"
            | "them"
            | "we"
            | "our"
            | "us"
            | "i"
            | "my"
            | "me"
            | "you"
    )
}

/// Whether a noun says what a body does, also as the end of a compound: *chip-maker*.
fn is_trade(word: &str) -> bool {
    lexicon::is_trade(word) || word.rsplit('-').next().is_some_and(lexicon::is_trade)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    /// The label of the one name in `text`, which the model calls a person's.
    fn label(text: &str, name: &str) -> EntityLabel {
        let annotated = Annotated::new(text);
        let found = text.match_indices(name).map(|(at, _)| Span::new(at, at + name.len()));
        let mut found: Vec<Found> = found
            .filter_map(|span| Some(Found { span, score: 0.9, label: EntityLabel::Person, name: Name::new(name, EntityLabel::Person)? }))
            .collect();
        settle(&annotated.reading(), &mut found);
        found.first().map_or(EntityLabel::Misc, |found| found.label)
    }

    #[test]
    fn bodies_are_told_by_what_is_said_of_them() {
        for text in [
            "Ostrava said on Monday it had joined the talks. The firm would hire 90 people.",
            "Ostrava said its sales had halved. An Ostrava spokesman had no comment.",
            "Ostrava said it would close two plants.",
            "Ostrava, the chip maker, left the talks.",
            "Ostrava, a maker of pumps, left the talks.",
            "The carmaker Ostrava left the talks.",
            "Ostrava’s shares fell.",
            "Ostrava reported a loss for the third time.",
            "Ostrava told investors it had grown. Its shares rose.",
            "Ostrava was fined on Monday. Shares in Ostrava fell.",
            "Ostrava ruled that the toll was too high. The regulator will fine the owner.",
            "Ostrava said it was scrapping its routes.",
            "Ostrava joins rival\n\nThe pump maker said it would merge. Ostrava plants are old.",
        ] {
            assert_eq!(label(text, "Ostrava"), EntityLabel::Organization, "{text}");
        }
        for text in [
            "Ostrava said it would rain.",
            "Ostrava said it was late. He left the talks.",
            "Mr Ostrava said it would close two plants.",
            "Ostrava said the bank had lost its way.",
            "Ostrava, 41, said it would close two plants.",
            "Ostrava said she would close two plants.",
            "Ostrava left the talks. The firm stayed.",
        ] {
            assert_eq!(label(text, "Ostrava"), EntityLabel::Person, "{text}");
        }
    }

    #[test]
    fn bodies_that_the_model_passed_over_are_added() {
        let names = |text: &str| {
            let mut found = Vec::new();
            settle(&Annotated::new(text).reading(), &mut found);
            found.iter().map(|found| found.name.shown.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names("Shelterhome said the beds were full. The charity has asked for blankets."), ["Shelterhome"]);
        assert_eq!(names("Officials said the beds were full. The charity has asked for blankets."), [""; 0]);
        assert_eq!(names("Nobody said the beds were full. Shelterhome said it was late."), [""; 0]);
    }
}
