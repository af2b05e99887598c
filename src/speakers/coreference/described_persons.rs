//! Which person a description means: who holds the role, who is described so, or who is spoken of.

use super::anaphors::is_age;
use super::descriptions::{Description, Head};
use super::{Coreference, Found, Wanted};
use crate::speakers::MentionKind;
use crate::speakers::lexicon;
use crate::speakers::names::fold;
use crate::speakers::noun_phrases::Phrase;
use crate::speakers::referents::{Mention, Referent, ReferentKind};
use crate::speakers::roles::{self, HeldRole};

/// Sentences after a lead that may name whom it speaks of.
const LEAD: usize = 2;

/// *the minister* of *Minister Ana Lima*: who holds the role by the same noun.
pub(super) fn role_holder(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let holder = state.role_holder(description, false)?;
    state.is_called(holder, description).then(|| state.held_by(holder, description))
}

/// *the official* of *Minister Ana Lima*: who holds a role that the noun covers.
pub(super) fn wider_role(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    Some(state.held_by(state.role_holder(description, false)?, description))
}

/// *Dykes will hold: minister*; any other word before the noun has to fit as well.
pub(super) fn bare_role(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let is_plain = description.phrase.head == description.phrase.words.start;
    let holder = state.role_holder(description, true)?;
    (is_plain || state.is_called(holder, description)).then(|| state.held_by(holder, description))
}

/// Whom the sentence before speaks of, in the same paragraph, where the article states no role of theirs: *the leader* is they
/// before he is a mayor.
pub(super) fn person_beside(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, quote } = *description;
    let is_wide = lexicon::is_person_noun(&head.noun) && phrase.possessor.is_none() && !state.has_complement(phrase);
    if !is_wide || state.of_the_field(description).is_some() {
        return None;
    }
    let (words, start) = (state.words, phrase.words.start);
    let person = state.best_of(start, quote, Wanted::Person(None), |person| state.is_blank(person))?;
    let last = state.last_place(person, start)?;
    let is_beside = words.paragraph(last) == words.paragraph(start) && words.sentence(start) - words.sentence(last) == 1;
    // Who holds such a role and is named later still is nearer.
    let holder = state.role_holder(description, false).and_then(|holder| state.last_place(holder, start));
    (is_beside && holder.is_none_or(|holder| holder < last)).then(|| Found::known(person))
}

/// *the soil scientist* of the *Soil Laboratory*.
pub(super) fn shared_field(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    state.of_the_field(description).map(Found::known)
}

/// The person whose age the phrase states: *Ana Lind, 43, …* for *the 43-year-old miller*.
pub(super) fn same_age(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let age = state.core(description.phrase).find_map(|word| word.strip_suffix("-year-old"))?;
    let mut names = state.referents.mentions().iter().filter(|mention| mention.kind == MentionKind::Name);
    let is_aged = |mention: &&Mention| {
        let end = mention.words.end;
        state.words.text(end) == "," && state.words.text(end + 1) == age && state.referents.is_person(mention.referent)
    };
    names.find(is_aged).map(Found::mentioned)
}

/// *the man*, *the 43-year-old*: who is spoken of.
pub(super) fn salient_person(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let noun = &description.head.noun;
    let says_little = is_age(noun) || lexicon::is_person_noun(noun) || lexicon::is_one_of_people(noun);
    (says_little && state.is_bare(description)).then(|| state.salient(description)).flatten().map(Found::known)
}

/// A role nobody was given yet: the salient person of whom the article says nothing else.
pub(super) fn roleless_person(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let says_little = is_age(&description.head.noun) || lexicon::is_person_noun(&description.head.noun);
    let person = (!says_little && state.is_bare(description)).then(|| state.salient(description)).flatten()?;
    state.is_blank(person).then(|| Found::known(person))
}

/// A trade nobody was given yet: the salient person who spoke just before.
pub(super) fn trade_of_last(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, .. } = *description;
    let (words, start) = (state.words, phrase.words.start);
    let says_little = is_age(&head.noun) || lexicon::is_person_noun(&head.noun);
    let is_trade = !says_little && !lexicon::is_office(&head.noun) && phrase.head <= start + 2 && state.is_bare(description);
    let person = is_trade.then(|| state.salient(description)).flatten().filter(|&person| state.referents.is_person(person))?;
    let last = state.last_place(person, start)?;
    let is_near = words.sentence(start) - words.sentence(last) <= 1;
    let is_last = is_near && (state.is_source_word(last) || words.paragraph(last) == words.paragraph(start));
    is_last.then(|| Found::known(person))
}

/// Who a lead leaves to the next sentences: *The housing minister has warned … “…,” Ana Lima told …*. They take the role.
pub(super) fn lead_in(state: &Coreference<'_>, description: &Description<'_>) -> Option<Found> {
    let Description { phrase, head, quote } = *description;
    let (words, start) = (state.words, phrase.words.start);
    let is_role = head.is_human && !head.is_plural && !lexicon::is_person_noun(&head.noun) && words.lower(start) == "the";
    let is_spoken_of = |mention: &&Mention| state.referents.is_person(mention.referent) && !words.is_in_byline(mention.words.start);
    let persons = || state.referents.mentions().iter().filter(is_spoken_of);
    if quote.is_none() || !is_role || persons().any(|mention| mention.words.start < start && mention.kind == MentionKind::Name) {
        return None;
    }
    let next = persons().filter(|mention| mention.words.start > start).min_by_key(|mention| mention.words.start)?;
    let is_near = words.sentence(next.words.start) - words.sentence(start) <= LEAD && state.is_source_word(next.words.start);
    let gender = lexicon::gender_of_word(&head.noun);
    let person = state.referents.all.get(next.referent)?;
    let is_free = person.roles.is_empty() && (gender.is_none() || person.gender.certain().is_none_or(|known| Some(known) == gender));
    let role = (is_near && is_free).then(|| roles::role_at(words, &state.referents, start, phrase.head + 1))?;
    Some(Found { role, ..Found::mentioned(next) })
}

impl Coreference<'_> {
    /// Whether no role of a person, and no gender, speaks against a noun.
    pub(super) fn may_be_called(&self, person: usize, head: &Head) -> bool {
        let Some(person) = self.referents.all.get(person) else { return false };
        let gender = lexicon::gender_of_word(&head.noun);
        let is_office = lexicon::is_office(&head.noun);
        let holds = || person.roles.iter().any(|held| lexicon::covers(&head.noun, &held.noun));
        let agrees = gender.is_none_or(|gender| person.gender.certain().is_none_or(|known| known == gender));
        agrees && (!is_office || person.roles.is_empty() || holds())
    }

    /// Whether nothing but the noun says who is meant.
    fn is_bare(&self, description: &Description<'_>) -> bool {
        description.phrase.possessor.is_none() && !self.has_complement(description.phrase)
    }

    /// Who is spoken of, where the description stands, and may be of the noun's gender.
    fn salient(&self, description: &Description<'_>) -> Option<usize> {
        let wanted = Wanted::Person(lexicon::gender_of_word(&description.head.noun));
        self.best(description.phrase.words.start, description.quote, wanted)
    }

    /// A holder with the words that state the role.
    fn held_by(&self, holder: usize, description: &Description<'_>) -> Found {
        let roles = self.referents.all.get(holder).into_iter().flat_map(|person| &person.roles);
        let fitting = roles.filter(|office| self.may_hold(description, office));
        let stated = fitting.max_by_key(|office| office.noun == description.head.noun);
        Found { words: stated.map(|office| office.words.clone()), ..Found::known(holder) }
    }

    /// Whether the article names a person and says nothing else of them.
    fn is_blank(&self, person: usize) -> bool {
        self.referents.all.get(person).is_some_and(|person| person.roles.is_empty() && !person.names.is_empty())
    }

    /// Whether a role that a person holds has the very noun of the description.
    fn is_called(&self, person: usize, description: &Description<'_>) -> bool {
        let is_same = |office: &HeldRole| office.noun == description.head.noun && self.may_hold(description, office);
        self.referents.all.get(person).is_some_and(|person| person.roles.iter().any(is_same))
    }

    /// The latest person whose body or role shares a word with the noun's modifiers: *the soil scientist* of the *Soil Laboratory*.
    fn of_the_field(&self, description: &Description<'_>) -> Option<usize> {
        let Description { phrase, head, .. } = *description;
        let field: Vec<&str> = self.core(phrase).filter(|word| word.len() > 3 && *word != head.noun).collect();
        let shares = |office: &HeldRole| {
            let stated = format!("{} {}", office.role.role, office.role.affiliation.as_deref().unwrap_or_default()).to_lowercase();
            stated.split_whitespace().any(|word| field.contains(&word))
        };
        let persons = self.referents.all.iter().enumerate().filter(|(_, referent)| referent.kind == ReferentKind::Person);
        let fitting = persons.filter(|(_, person)| person.roles.iter().any(shares));
        let latest = fitting.filter_map(|(index, _)| {
            let places = self.referents.mentions_of(index).into_iter().map(|mention| mention.words.start);
            Some((places.filter(|&at| at < phrase.words.start).max()?, index))
        });
        latest.max().map(|(_, index)| index)
    }

    /// The person with this role: same noun before a wider one, then the latest mentioned before, or the first after.
    fn role_holder(&self, description: &Description<'_>, may_follow: bool) -> Option<usize> {
        let Description { phrase, head, .. } = *description;
        let start = phrase.words.start;
        let fits = |referent: &Referent| {
            let offices = referent.roles.iter().filter(|office| self.may_hold(description, office));
            offices.map(|office| (office.noun == head.noun, !self.is_other_rank(phrase, office), self.shares_words(phrase, office))).max()
        };
        let gender = lexicon::gender_of_word(&head.noun);
        let persons = self.referents.all.iter().enumerate().filter(|(_, referent)| referent.kind == ReferentKind::Person);
        let candidates = persons.filter_map(|(index, referent)| {
            let fit = fits(referent)?;
            if matches!((gender, referent.gender.certain()), (Some(a), Some(b)) if a != b) {
                return None;
            }
            let places: Vec<usize> = self.referents.mentions_of(index).iter().map(|mention| mention.words.start).collect();
            // Whom a quotation speaks of is not who speaks.
            let latest = places.iter().copied().filter(|&at| at < start).map(|at| (!self.words.is_quoted(at), at)).max();
            let first = || places.first().filter(|_| may_follow).map(|_| (false, 0));
            Some((fit, latest.or_else(first)?, std::cmp::Reverse(places.first().copied()), index))
        });
        candidates.max().map(|(_, _, _, index)| index)
    }

    /// Whether a held role can be the one the phrase names: noun, rank and, where both say so, body.
    fn may_hold(&self, description: &Description<'_>, office: &HeldRole) -> bool {
        let Description { phrase, head, .. } = *description;
        if !lexicon::covers(&head.noun, &office.noun) {
            return false;
        }
        if self.core(phrase).any(|word| lexicon::makes_another_role(word) && !office.role.role.contains(word)) {
            return false;
        }
        let Some(affiliation) = &office.role.affiliation else { return true };
        let places = self.places(phrase);
        places.is_empty() || places.iter().any(|place| shares_word(place, affiliation) || fold(affiliation).starts_with(&fold(place)))
    }

    /// Whether an office has a rank that the phrase does not name: *deputy director* for *the director*.
    fn is_other_rank(&self, phrase: &Phrase, office: &HeldRole) -> bool {
        let mut ranks = office.role.role.split_whitespace().filter(|word| lexicon::makes_another_role(word));
        ranks.any(|rank| !self.core(phrase).any(|word| word == rank))
    }

    fn shares_words(&self, phrase: &Phrase, office: &HeldRole) -> bool {
        self.core(phrase).filter(|word| word.len() > 3).any(|word| office.role.role.contains(word) && office.noun != word)
    }
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
