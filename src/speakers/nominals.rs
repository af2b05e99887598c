//! What a noun phrase stands for: *the minister* is who holds that role, *a senior official* is nobody named.

use super::MentionKind;
use super::cast::{Referent, ReferentKind};
use super::coreference::{Coreference, Wanted};
use super::lexicon::{self, BodyNoun};
use super::mentions::is_age;
use super::names::fold;
use super::phrases::{Determiner, Phrase};
use super::roles::HeldRole;
use crate::EntityLabel;

/// Nouns for somebody's words: their possessor is the speaker (*Zhang’s proposals call for …*).
const UTTERANCES: &[&str] = &[
    "proposal",
    "statement",
    "speech",
    "remark",
    "comment",
    "tweet",
    "letter",
    "post",
    "email",
    "message",
    "article",
    "book",
    "testimony",
    "argument",
    "claim",
    "words",
    "answer",
    "reply",
    "response",
    "work",
    "essay",
    "interview",
    "column",
    "memoir",
    "warning",
    "announcement",
    "account",
    "appeal",
    "call",
    "plea",
    "address",
    "report",
    "paper",
    "study",
    "view",
    "opinion",
];
/// Nouns in the names of laws.
const LAWS: [&str; 8] = ["act", "bill", "law", "treaty", "charter", "directive", "regulation", "code"];
/// Nouns in the names of plans.
const PLANS: [&str; 5] = ["plan", "strategy", "roadmap", "programme", "agenda"];
/// Modifiers that make another role of a noun.
const RANKS: &[&str] = &["deputy", "vice", "former", "assistant", "shadow", "acting"];

/// Sentences after a lead that may name whom it speaks of.
const LEAD: usize = 2;

/// The head noun of a phrase.
pub(super) struct Head {
    noun: String,
    is_plural: bool,
    is_human: bool,
    pub(super) body: Option<BodyNoun>,
}

impl Coreference<'_> {
    /// The referent of a noun phrase. Sources always have one; other phrases only where they help to follow later pronouns.
    pub(super) fn nominal(&mut self, phrase: &Phrase, quote: Option<usize>) -> Option<usize> {
        let head = self.head(phrase);
        if let Some(speaker) = self.possessing_speaker(phrase, &head) {
            return Some(speaker);
        }
        let known = match phrase.determiner {
            Determiner::Definite if head.is_human && !head.is_plural => self.definite_person(phrase, &head, quote),
            // *Dykes will hold: minister*; a bare *senior official* of a transcript is no minister.
            Determiner::Bare if quote.is_some() && head.is_human && !head.is_plural => {
                let is_plain = phrase.head == phrase.words.start;
                let fits = |&person: &usize| {
                    is_plain || self.cast.referents.get(person).is_some_and(|person| self.is_called(person, phrase, &head))
                };
                self.role_holder(phrase, &head, true).filter(fits).or_else(|| self.same_unnamed(phrase, &head, false))
            }
            Determiner::Definite if head.body.is_some() && !head.is_plural => self.definite_body(phrase, &head, quote),
            Determiner::Definite | Determiner::Bare => self.same_unnamed(phrase, &head, phrase.determiner == Determiner::Definite),
            Determiner::Indefinite if head.is_plural => self.same_unnamed(phrase, &head, false),
            Determiner::Indefinite => None,
        };
        let known = known.or_else(|| self.introduced_next(phrase, &head, quote));
        let introduces = quote.is_some() || phrase.determiner == Determiner::Indefinite;
        known.or_else(|| introduces.then(|| self.unnamed(phrase, head)))
    }

    pub(super) fn head(&self, phrase: &Phrase) -> Head {
        let word = self.words.lower(phrase.head);
        let body = lexicon::body_noun(word);
        if let Some((noun, is_plural)) = lexicon::role_noun(word) {
            return Head { noun: noun.to_owned(), is_plural, is_human: true, body: None };
        }
        let is_aged = self.core(phrase).any(is_age);
        let is_human = is_aged || lexicon::is_person_noun(word) || matches!(word, "people" | "one" | "others" | "someone" | "anyone");
        let plural = lexicon::singular(word).filter(|_| body.is_none() || lexicon::body_noun(word) != Some(BodyNoun::Narrow));
        let is_plural = plural.is_some() || matches!(word, "people" | "others" | "police" | "authorities");
        Head { noun: plural.unwrap_or_else(|| word.to_owned()), is_plural, is_human: is_human || word == "people", body }
    }

    /// The person whose words the phrase names.
    fn possessing_speaker(&self, phrase: &Phrase, head: &Head) -> Option<usize> {
        let possessor = phrase.possessor.clone().filter(|_| UTTERANCES.contains(&head.noun.as_str()))?;
        let mention = self.cast.at(possessor.end.checked_sub(1)?)?;
        let is_speaker = matches!(self.cast.kind(mention.referent), Some(ReferentKind::Person | ReferentKind::Body(_)));
        is_speaker.then_some(mention.referent)
    }

    /// Who holds the role, was called the same before, or is spoken of just now.
    fn definite_person(&self, phrase: &Phrase, head: &Head, quote: Option<usize>) -> Option<usize> {
        let holder = self.role_holder(phrase, head, false);
        let is_called_so = |&person: &usize| self.cast.referents.get(person).is_some_and(|person| self.is_called(person, phrase, head));
        // *A ministry official … The official …*: an unnamed bearer of the noun comes before a named holder of a narrower one.
        let is_wide = lexicon::is_person_noun(&head.noun) && phrase.possessor.is_none() && !self.has_complement(phrase);
        let beside = || (is_wide && self.of_the_field(phrase, head).is_none()).then(|| self.blank_beside(phrase, quote)).flatten();
        let known = holder.filter(is_called_so).or_else(|| self.same_unnamed(phrase, head, true)).or_else(beside).or(holder);
        if known.is_some() {
            return known;
        }
        if let Some(person) = self.of_the_field(phrase, head) {
            return Some(person);
        }
        let is_bare = phrase.possessor.is_none() && !self.has_complement(phrase);
        let (start, wanted) = (phrase.words.start, Wanted::Person(lexicon::gender_of_word(&head.noun)));
        if let Some(person) = self.of_the_age(phrase) {
            return Some(person);
        }
        if !is_bare {
            return None;
        }
        if is_age(&head.noun) || lexicon::is_person_noun(&head.noun) {
            return self.best(start, quote, wanted);
        }
        // A role nobody was given yet: the salient person of whom the article says nothing else, or whoever spoke just before.
        let person = self.best(start, quote, wanted)?;
        if self.is_blank(person) {
            return Some(person);
        }
        let is_trade = !lexicon::is_office(&head.noun) && phrase.head <= start + 2 && self.cast.is_person(person);
        let last = self.last_place(person, start).filter(|_| is_trade)?;
        let is_near = self.words.sentence(start) - self.words.sentence(last) <= 1;
        (is_near && (self.is_source_word(last) || self.words.paragraph(last) == self.words.paragraph(start))).then_some(person)
    }

    /// Whether the article names a person and says nothing else of them.
    fn is_blank(&self, person: usize) -> bool {
        self.cast.referents.get(person).is_some_and(|person| person.roles.is_empty() && !person.names.is_empty())
    }

    /// Where a referent was last mentioned before the word at `at`.
    fn last_place(&self, referent: usize, at: usize) -> Option<usize> {
        self.cast.mentions_of(referent).into_iter().map(|mention| mention.words.start).filter(|&place| place < at).max()
    }

    /// Whom the sentence before speaks of, in the same paragraph, where the article states no role of theirs: *the leader* is they
    /// before he is a mayor.
    fn blank_beside(&self, phrase: &Phrase, quote: Option<usize>) -> Option<usize> {
        let (words, start) = (self.words, phrase.words.start);
        let person = self.best_of(start, quote, Wanted::Person(None), |person| self.is_blank(person))?;
        let last = self.last_place(person, start)?;
        let is_beside = words.paragraph(last) == words.paragraph(start) && words.sentence(start) - words.sentence(last) == 1;
        is_beside.then_some(person)
    }

    /// The person whose age the phrase states: *Ana Lind, 43, …* for *the 43-year-old miller*.
    fn of_the_age(&self, phrase: &Phrase) -> Option<usize> {
        let age = self.core(phrase).find_map(|word| word.strip_suffix("-year-old"))?;
        let names = self.cast.mentions().iter().filter(|mention| mention.kind == MentionKind::Name);
        let is_aged = |mention: &&super::cast::Mention| {
            let end = mention.words.end;
            self.words.text(end) == "," && self.words.text(end + 1) == age && self.cast.is_person(mention.referent)
        };
        names.filter(is_aged).map(|mention| mention.referent).next()
    }

    /// Who a lead leaves to the next sentences: *The housing minister has warned … “…,” Ana Lima told …*. They take the role.
    fn introduced_next(&mut self, phrase: &Phrase, head: &Head, quote: Option<usize>) -> Option<usize> {
        let words = self.words;
        let is_role = head.is_human && !head.is_plural && !lexicon::is_person_noun(&head.noun) && words.lower(phrase.words.start) == "the";
        let is_spoken_of =
            |mention: &&super::cast::Mention| self.cast.is_person(mention.referent) && !words.is_in_byline(mention.words.start);
        let persons = || self.cast.mentions().iter().filter(is_spoken_of);
        let start = phrase.words.start;
        if quote.is_none() || !is_role || persons().any(|mention| mention.words.start < start && mention.kind == MentionKind::Name) {
            return None;
        }
        let next = persons().filter(|mention| mention.words.start > start).min_by_key(|mention| mention.words.start)?;
        let is_near = words.sentence(next.words.start) - words.sentence(start) <= LEAD && self.is_source_word(next.words.start);
        let (referent, gender) = (next.referent, lexicon::gender_of_word(&head.noun));
        let person = self.cast.referents.get(referent)?;
        let is_free = person.roles.is_empty() && (gender.is_none() || person.gender.certain().is_none_or(|known| Some(known) == gender));
        if !is_near || !is_free {
            return None;
        }
        let office = super::roles::role_at(words, &self.cast, start, phrase.head + 1);
        if let (Some(person), Some(office)) = (self.cast.referents.get_mut(referent), office) {
            super::roles::add(&mut person.roles, office);
        }
        Some(referent)
    }

    fn is_called(&self, person: &Referent, phrase: &Phrase, head: &Head) -> bool {
        person.roles.iter().any(|office| office.noun == head.noun && self.may_hold(phrase, head, office))
    }

    /// The latest person whose body or role shares a word with the noun's modifiers: *the soil scientist* of the *Soil Laboratory*.
    fn of_the_field(&self, phrase: &Phrase, head: &Head) -> Option<usize> {
        let field: Vec<&str> = self.core(phrase).filter(|word| word.len() > 3 && *word != head.noun).collect();
        let shares = |office: &HeldRole| {
            let stated = format!("{} {}", office.role.role, office.role.affiliation.as_deref().unwrap_or_default()).to_lowercase();
            stated.split_whitespace().any(|word| field.contains(&word))
        };
        let persons = self.cast.referents.iter().enumerate().filter(|(_, referent)| referent.kind == ReferentKind::Person);
        let fitting = persons.filter(|(_, person)| person.roles.iter().any(shares));
        let latest = fitting.filter_map(|(index, _)| {
            let places = self.cast.mentions_of(index).into_iter().map(|mention| mention.words.start);
            Some((places.filter(|&at| at < phrase.words.start).max()?, index))
        });
        latest.max().map(|(_, index)| index)
    }

    /// The person with this role: same noun before a wider one, then the latest mentioned before, or the first after.
    fn role_holder(&self, phrase: &Phrase, head: &Head, may_follow: bool) -> Option<usize> {
        let start = phrase.words.start;
        let fits = |referent: &Referent| {
            let offices = referent.roles.iter().filter(|office| self.may_hold(phrase, head, office));
            offices.map(|office| (office.noun == head.noun, !self.is_other_rank(phrase, office), self.shares_words(phrase, office))).max()
        };
        let gender = lexicon::gender_of_word(&head.noun);
        let persons = self.cast.referents.iter().enumerate().filter(|(_, referent)| referent.kind == ReferentKind::Person);
        let candidates = persons.filter_map(|(index, referent)| {
            let fit = fits(referent)?;
            if matches!((gender, referent.gender.certain()), (Some(a), Some(b)) if a != b) {
                return None;
            }
            let places: Vec<usize> = self.cast.mentions_of(index).iter().map(|mention| mention.words.start).collect();
            // Whom a quotation speaks of is not who speaks.
            let latest = places.iter().copied().filter(|&at| at < start).map(|at| (!self.words.is_quoted(at), at)).max();
            let first = || places.first().filter(|_| may_follow).map(|_| (false, 0));
            Some((fit, latest.or_else(first)?, std::cmp::Reverse(places.first().copied()), index))
        });
        candidates.max().map(|(_, _, _, index)| index)
    }

    /// Whether a held role can be the one the phrase names: noun, rank and, where both say so, body.
    fn may_hold(&self, phrase: &Phrase, head: &Head, office: &HeldRole) -> bool {
        if !lexicon::covers(&head.noun, &office.noun) {
            return false;
        }
        let is_ranked = |rank: &&&str| self.core(phrase).any(|word| word == **rank) && !office.role.role.contains(**rank);
        if RANKS.iter().any(|rank| is_ranked(&rank)) {
            return false;
        }
        let Some(affiliation) = &office.role.affiliation else { return true };
        let places = self.places(phrase);
        places.is_empty() || places.iter().any(|place| shares_word(place, affiliation) || fold(affiliation).starts_with(&fold(place)))
    }

    /// Whether an office has a rank that the phrase does not name: *deputy director* for *the director*.
    fn is_other_rank(&self, phrase: &Phrase, office: &HeldRole) -> bool {
        let mut ranks = office.role.role.split_whitespace().filter(|word| RANKS.contains(word));
        ranks.any(|rank| !self.core(phrase).any(|word| word == rank))
    }

    fn shares_words(&self, phrase: &Phrase, office: &HeldRole) -> bool {
        self.core(phrase).filter(|word| word.len() > 3).any(|word| office.role.role.contains(word) && office.noun != word)
    }

    /// The words from the start of a phrase to its head, in lower case.
    fn core(&self, phrase: &Phrase) -> impl Iterator<Item = &str> {
        (phrase.words.start..=phrase.head).map(|at| self.words.lower(at))
    }

    /// The bodies and countries a phrase names (*the French president*, *the head of Acme*).
    fn places(&self, phrase: &Phrase) -> Vec<String> {
        phrase
            .words
            .clone()
            .filter_map(|at| {
                let country = lexicon::country_of(self.words.text(at)).filter(|_| self.words.is_capital(at)).map(str::to_owned);
                let named = |(mention, _): (&super::cast::Mention, _)| {
                    self.cast.referents.get(mention.referent).map(|body| body.name.clone()).unwrap_or_default()
                };
                country.or_else(|| self.cast.body_at(at).map(named))
            })
            .collect()
    }

    fn has_complement(&self, phrase: &Phrase) -> bool {
        matches!(self.words.lower(phrase.head + 1), "of" | "for" | "at" | "from" | "with" | "in") && phrase.words.end > phrase.head + 1
    }

    /// *the ministry* after *Ministry of Health*; *the company* after any company.
    pub(super) fn definite_body(&self, phrase: &Phrase, head: &Head, quote: Option<usize>) -> Option<usize> {
        let start = phrase.words.start;
        let earlier = self.cast.mentions().iter().filter(|mention| mention.words.start < start);
        let holds_noun = earlier.filter(|mention| {
            let referent = self.cast.referents.get(mention.referent);
            referent.is_some_and(|referent| {
                let is_body = matches!(referent.kind, ReferentKind::Body(_));
                is_body && referent.name.split_whitespace().any(|word| fold(word) == head.noun)
            })
        });
        let is_plain = phrase.head == start + 1 && !self.has_complement(phrase) && phrase.possessor.is_none();
        let named = holds_noun.clone().filter(|_| is_plain).max_by_key(|mention| mention.words.start).map(|mention| mention.referent);
        let named = named.or_else(|| self.described_body(phrase, head, holds_noun.map(|mention| mention.referent)));
        let wanted = match head.noun.as_str() {
            "country" | "nation" | "kingdom" | "state" | "city" | "province" | "republic" | "island" => Wanted::Place,
            _ => Wanted::Body,
        };
        let salient = || {
            let may = is_plain && head.body == Some(BodyNoun::Wide);
            let found = may.then(|| self.best(start, quote, wanted).or_else(|| self.main_body(start))).flatten()?;
            let is_body = |label| label == EntityLabel::Organization || wanted == Wanted::Place;
            matches!(self.cast.kind(found), Some(ReferentKind::Body(label)) if is_body(label)).then_some(found)
        };
        let titled = || (is_plain && head.body == Some(BodyNoun::Document)).then(|| self.latest_document(&head.noun, start)).flatten();
        named.or_else(|| self.same_unnamed(phrase, head, true)).or_else(titled).or_else(salient)
    }

    /// *the trade union* after one union with a name, *the global health body* after *World Health Organization*: the modifiers are
    /// small, and one body fits.
    fn described_body(&self, phrase: &Phrase, head: &Head, holding_noun: impl Iterator<Item = usize>) -> Option<usize> {
        let modifiers: Vec<&str> = (phrase.words.start + 1..phrase.head).map(|at| self.words.text(at)).collect();
        let is_described = !modifiers.is_empty() && modifiers.iter().all(|word| word.starts_with(char::is_lowercase));
        if !is_described || self.has_complement(phrase) || phrase.possessor.is_some() {
            return None;
        }
        let shares = |referent: &Referent| {
            let is_shared = |word: &&str| word.len() > 3 && referent.name.split_whitespace().any(|other| fold(other) == fold(word));
            modifiers.iter().any(is_shared)
        };
        let is_organization = |referent: usize| self.cast.kind(referent) == Some(ReferentKind::Body(EntityLabel::Organization));
        let mut fitting: Vec<usize> = holding_noun.filter(|&referent| is_organization(referent)).collect();
        if fitting.is_empty() && head.body == Some(BodyNoun::Wide) {
            let earlier = self.cast.mentions().iter().filter(|mention| mention.words.start < phrase.words.start);
            let organizations = earlier.map(|mention| mention.referent).filter(|&referent| is_organization(referent));
            fitting = organizations.filter(|&referent| self.cast.referents.get(referent).is_some_and(shares)).collect();
        }
        fitting.sort_unstable();
        fitting.dedup();
        match fitting.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The organisation that is named most often before the word at `at`, thrice at least.
    fn main_body(&self, at: usize) -> Option<usize> {
        let is_named = |mention: &&super::cast::Mention| mention.kind == MentionKind::Name && mention.words.start < at;
        let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
        for mention in self.cast.mentions().iter().filter(is_named) {
            if self.cast.kind(mention.referent) == Some(ReferentKind::Body(EntityLabel::Organization)) {
                *counts.entry(mention.referent).or_default() += 1;
            }
        }
        counts.into_iter().filter(|&(_, count)| count >= 3).max_by_key(|&(_, count)| count).map(|(body, _)| body)
    }

    /// The document that was named last: a law, plan or other work by its title.
    fn latest_document(&self, noun: &str, start: usize) -> Option<usize> {
        let is_document = |referent: &Referent| {
            let holds = |nouns: &[&str]| referent.name.split_whitespace().any(|word| nouns.contains(&fold(word).as_str()));
            let is_work = referent.kind == ReferentKind::Body(EntityLabel::Misc) && referent.name.split_whitespace().count() > 2;
            let is_named =
                matches!(referent.kind, ReferentKind::Body(EntityLabel::Misc | EntityLabel::Organization | EntityLabel::Product));
            is_named
                && match noun {
                    "law" | "act" | "bill" | "legislation" => holds(&LAWS),
                    "plan" | "strategy" | "roadmap" | "programme" => holds(&PLANS),
                    "document" | "text" => holds(&LAWS) || holds(&PLANS) || is_work,
                    "report" | "study" | "survey" | "evaluation" | "paper" | "book" => is_work && !holds(&LAWS),
                    _ => false,
                }
        };
        let earlier = self.cast.mentions().iter().filter(|mention| mention.words.start < start && mention.kind == MentionKind::Name);
        let documents = earlier.filter(|mention| self.cast.referents.get(mention.referent).is_some_and(is_document));
        documents.max_by_key(|mention| mention.words.start).map(|mention| mention.referent)
    }

    /// An unnamed referent with the same noun (definite phrases) or the same words.
    fn same_unnamed(&self, phrase: &Phrase, head: &Head, by_noun: bool) -> Option<usize> {
        let is_plain = by_noun && phrase.possessor.is_none() && phrase.head == phrase.words.start + 1;
        let by_text = self.unnamed.get(&(head.is_plural, phrase_key(&self.phrase_text(phrase)))).copied();
        let by_noun = is_plain.then(|| self.unnamed.get(&(head.is_plural, noun_key(&head.noun)))).flatten().copied();
        by_text.max(by_noun)
    }

    /// Adds an unnamed referent.
    fn unnamed(&mut self, phrase: &Phrase, head: Head) -> usize {
        let mut referent = Referent::new(ReferentKind::Unnamed, self.phrase_text(phrase));
        for key in [phrase_key(&referent.name), noun_key(&head.noun)] {
            self.unnamed.insert((head.is_plural, key), self.cast.referents.len());
        }
        referent.noun = Some(head.noun);
        referent.is_plural = head.is_plural;
        referent.is_human = head.is_human;
        self.cast.add(referent)
    }

    /// The phrase without relative clauses, appositions and outer marks.
    fn phrase_text(&self, phrase: &Phrase) -> String {
        let words = self.words;
        let start = phrase.words.clone().find(|&at| !words.is_punctuation(at)).unwrap_or(phrase.words.start);
        let is_time = |at: usize| words.lower(at).ends_with("day") || matches!(words.lower(at), "year" | "month" | "week");
        let cuts = |at: &usize| match words.lower(*at) {
            "on" | "last" | "this" => is_time(at + 1),
            word => matches!(word, "," | "who" | "which" | "—" | "–" | "(" | ":" | ";" | "”" | "\""),
        };
        let end = (phrase.head + 1..phrase.words.end).find(cuts).unwrap_or(phrase.words.end);
        words.phrase(&(start..end))
    }
}

/// The key of a phrase: *a chief inspector* and *the chief inspector* have one.
fn phrase_key(phrase: &str) -> String {
    let folded = fold(phrase);
    let bare = ["the ", "a ", "an "].iter().find_map(|determiner| folded.strip_prefix(determiner));
    bare.unwrap_or(&folded).to_owned()
}

/// The key of any phrase with this noun; no folded phrase holds a colon.
fn noun_key(noun: &str) -> String {
    format!(":{noun}")
}

/// Whether two names share a word; *navy* is none where the names have others (*Omani Navy*, *IRGC Navy*).
fn shares_word(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let all: Vec<String> = text.split_whitespace().map(fold).filter(|word| word.len() > 2).collect();
        let own: Vec<String> = all.iter().filter(|word| lexicon::body_noun(word).is_none()).cloned().collect();
        if own.is_empty() { all } else { own }
    };
    let b = words(b);
    words(a).iter().any(|word| b.contains(word))
}
