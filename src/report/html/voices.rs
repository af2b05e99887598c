//! Who is quoted in the run: every speaker once, with what is said of them and how often they speak on what. Of articles that the page does
//! not list, the speakers that it names already and the people with most quotations are told; the others are counted.

use std::collections::BTreeMap;
use std::io;

use super::visible::label;
use crate::report::article::{Article, role_of};
use crate::speakers::{GenderInText, People, PeopleOfRun};
use crate::{QuoteKind, Speaker, SpeakerClass, SpeakerKind};

/// One speaker of the run.
#[derive(Debug)]
pub(super) struct Voice {
    pub(super) name: String,
    pub(super) kind: SpeakerKind,
    /// The first role that an article gives.
    pub(super) role: String,
    /// The number in `people.csv`, for persons and bodies.
    pub(super) person: Option<usize>,
    pub(super) articles: usize,
    /// Direct, indirect and mixed quotations.
    pub(super) quotes: [usize; 3],
    pub(super) words: usize,
    /// Quotations by the number of their theme in the run.
    pub(super) themes: BTreeMap<usize, usize>,
}

impl Voice {
    pub(super) fn total(&self) -> usize {
        self.quotes.iter().sum()
    }
}

/// A body that is quoted, in its own name or through its people.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) own: usize,
    pub(super) through_people: usize,
}

impl Body {
    fn total(&self) -> usize {
        self.own + self.through_people
    }
}

/// More bodies than that are not kept: those with fewest quotations are forgotten (Manku and Motwani 2002, *Approximate frequency counts over
/// data streams*).
const MOST_BODIES: usize = 50_000;

/// What speakers of one class, or of whom articles speak in one way, have said: quotations by their form.
type Forms = [usize; 3];

/// How articles speak of one person of the run, and how often they quote the person.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Called {
    /// Whether some article says *she* or *Ms*, *he* or *Mr*, *they*.
    pub(super) said: [bool; 3],
    pub(super) is_person: bool,
    pub(super) quotes: u32,
}

/// The speakers of the run.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// Those that are told, in order of first appearance.
    pub(super) all: Vec<Voice>,
    /// Where persons and bodies stand, by their number in the run.
    people: BTreeMap<usize, usize>,
    /// Every person and body of the run by its number; then those of articles that are in no run.
    pub(super) called: Vec<Called>,
    alone: Vec<Called>,
    /// Documents by name.
    documents: BTreeMap<String, usize>,
    /// Speakers with quotations who are neither told nor persons or bodies.
    untold: usize,
    /// By class, those without one last.
    pub(super) classes: [Forms; SpeakerClass::ALL.len() + 1],
    /// By name without capitals.
    bodies: BTreeMap<String, Body>,
}

impl Voices {
    /// Counts a speaker of an article and gives its number, if it is told. Persons and bodies are one over the run as `people.csv` has them,
    /// documents by their name; whom an article does not name is nobody of another article.
    pub(super) fn add(&mut self, article: &Article<'_>, index: usize, speaker: &Speaker, is_listed: bool) -> Option<usize> {
        let forms = forms(article, index);
        self.call(article.person_number(index), speaker, forms.iter().sum());
        let class = speaker.class.and_then(|class| SpeakerClass::ALL.iter().position(|other| *other == class));
        if let Some(of_class) = self.classes.get_mut(class.unwrap_or(SpeakerClass::ALL.len())) {
            add(of_class, forms);
        }
        self.count_body(speaker, forms.iter().sum());
        let at = self.place(article, index, speaker, is_listed);
        match at.and_then(|at| self.all.get_mut(at)) {
            Some(voice) => count(voice, article, index, forms),
            None if article.person_number(index).is_none() && forms != [0; 3] => self.untold += 1,
            None => {}
        }
        at
    }

    /// Where a speaker stands among those that are told.
    fn place(&mut self, article: &Article<'_>, index: usize, speaker: &Speaker, is_listed: bool) -> Option<usize> {
        let next = self.all.len();
        let person = article.person_number(index);
        let document = || label(&speaker.name).to_lowercase();
        let known = match (person, speaker.kind) {
            (Some(person), _) => self.people.get(&person).copied(),
            (None, SpeakerKind::Document) => self.documents.get(&document()).copied(),
            (None, _) => None,
        };
        if known.is_some() || !(is_listed || article.standing.is_leading.get(index).copied().unwrap_or_default()) {
            return known;
        }
        match (person, speaker.kind) {
            (Some(person), _) => drop(self.people.insert(person, next)),
            (None, SpeakerKind::Document) => drop(self.documents.insert(document(), next)),
            (None, _) => {}
        }
        self.all.push(Voice {
            name: label(&speaker.name),
            kind: speaker.kind,
            role: String::new(),
            person,
            articles: 0,
            quotes: [0; 3],
            words: 0,
            themes: BTreeMap::new(),
        });
        Some(next)
    }

    fn call(&mut self, person: Option<usize>, speaker: &Speaker, quotes: usize) {
        if !PeopleOfRun::gathers(speaker.kind) {
            return;
        }
        let called = if let Some(person) = person {
            self.called.resize(self.called.len().max(person + 1), Called::default());
            self.called.get_mut(person)
        } else {
            self.alone.push(Called::default());
            self.alone.last_mut()
        };
        let Some(called) = called else { return };
        called.is_person |= speaker.kind == SpeakerKind::Person;
        called.quotes = called.quotes.saturating_add(u32::try_from(quotes).unwrap_or(u32::MAX));
        let [she, he, they] = &mut called.said;
        match speaker.gender_in_text.map(|said| said.gender) {
            Some(GenderInText::She) => *she = true,
            Some(GenderInText::He) => *he = true,
            Some(GenderInText::They) => *they = true,
            None => {}
        }
    }

    /// Every person, with how articles speak of them.
    pub(super) fn persons(&self) -> impl Iterator<Item = &Called> {
        self.called.iter().chain(&self.alone).filter(|called| called.is_person)
    }

    /// How many speakers have a quotation.
    pub(super) fn heard(&self) -> usize {
        let people = self.called.iter().chain(&self.alone).filter(|called| called.quotes > 0).count();
        let others = self.all.iter().filter(|voice| !PeopleOfRun::gathers(voice.kind) && voice.total() > 0).count();
        people + others + self.untold
    }

    /// Gives persons and bodies the names that the whole run has for them.
    pub(super) fn name(&mut self, people: &mut People) -> io::Result<()> {
        for voice in &mut self.all {
            if let Some(person) = voice.person {
                voice.name = label(people.get(person)?.name());
            }
        }
        Ok(())
    }

    fn count_body(&mut self, speaker: &Speaker, quotes: usize) {
        match speaker.kind {
            SpeakerKind::Organization => self.body(&speaker.name).own += quotes,
            SpeakerKind::Person | SpeakerKind::Unnamed => {
                if let Some(body) = speaker.roles.iter().find_map(|role| role.affiliation.as_deref()) {
                    self.body(body).through_people += quotes;
                }
            }
            SpeakerKind::Document => {}
        }
        if self.bodies.len() > MOST_BODIES {
            let fewest = self.bodies.values().map(Body::total).min().unwrap_or_default();
            self.bodies.retain(|_, body| body.total() > fewest);
        }
    }

    fn body(&mut self, name: &str) -> &mut Body {
        let name = label(name);
        let key = name.to_lowercase();
        let key = key.strip_prefix("the ").unwrap_or(&key).to_owned();
        self.bodies.entry(key).or_insert_with(|| Body { name, ..Body::default() })
    }

    /// The bodies that are quoted, most quoted first.
    pub(super) fn bodies(&self) -> Vec<&Body> {
        let mut bodies: Vec<&Body> = self.bodies.values().filter(|body| body.total() > 0).collect();
        bodies.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.name.cmp(&b.name)));
        bodies
    }

    /// The numbers of the speakers with a name, most quoted first.
    pub(super) fn most_quoted(&self) -> Vec<usize> {
        let named = self.all.iter().enumerate().filter(|(_, voice)| voice.kind != SpeakerKind::Unnamed && voice.total() > 0);
        let mut ranked: Vec<(usize, &Voice)> = named.collect();
        ranked.sort_by(|(at, a), (to, b)| b.total().cmp(&a.total()).then_with(|| b.words.cmp(&a.words)).then_with(|| at.cmp(to)));
        ranked.into_iter().map(|(at, _)| at).collect()
    }
}

/// The quotations of a speaker of one article.
fn forms(article: &Article<'_>, speaker: usize) -> Forms {
    let mut forms = [0; 3];
    for quote in article.quotes_of(speaker) {
        let [direct, indirect, mixed] = &mut forms;
        match quote.kind {
            QuoteKind::Direct => *direct += 1,
            QuoteKind::Indirect => *indirect += 1,
            QuoteKind::Mixed => *mixed += 1,
        }
    }
    forms
}

fn add(sums: &mut Forms, more: Forms) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// Counts an article of a speaker that is told.
fn count(voice: &mut Voice, article: &Article<'_>, index: usize, forms: Forms) {
    voice.articles += 1;
    if voice.role.is_empty() {
        let role = article.analysis.attribution.speakers.get(index).and_then(|speaker| speaker.roles.first());
        voice.role = role.map(|role| label(&role_of(&role.role, role.affiliation.as_deref()))).unwrap_or_default();
    }
    add(&mut voice.quotes, forms);
    voice.words += article.quotes_of(index).map(|quote| article.analysis.quoted_words(quote)).sum::<usize>();
}
