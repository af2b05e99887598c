//! Who is quoted in the run: every speaker once, with what is said of them and how often they speak on what.

use std::collections::BTreeMap;

use super::visible::label;
use crate::report::article::Article;
use crate::speakers::{GenderInText, People};
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
    /// The first class that an article gives.
    pub(super) class: Option<SpeakerClass>,
    /// Whether some article says *she* or *Ms*.
    pub(super) is_called_she: bool,
    /// Whether some article says *he* or *Mr*.
    pub(super) is_called_he: bool,
    /// Whether some article says *they*.
    pub(super) is_called_they: bool,
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

/// The speakers of the run, in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Voices {
    pub(super) all: Vec<Voice>,
    /// Persons and bodies by their number in the run.
    people: BTreeMap<usize, usize>,
    /// Documents by name.
    documents: BTreeMap<String, usize>,
    /// By name without capitals.
    bodies: BTreeMap<String, Body>,
}

impl Voices {
    /// Counts a speaker of an article and gives its number. Persons and bodies are one over the run as `people.csv` has them, documents by
    /// their name; whom an article does not name is nobody of another article.
    pub(super) fn add(&mut self, article: &Article<'_>, index: usize, speaker: &Speaker) -> usize {
        let next = self.all.len();
        let person = article.person_number(index);
        let at = match (person, speaker.kind) {
            (Some(person), _) => *self.people.entry(person).or_insert(next),
            (None, SpeakerKind::Document) => *self.documents.entry(label(&speaker.name).to_lowercase()).or_insert(next),
            (None, _) => next,
        };
        self.make(at, speaker, person);
        self.count(at, article, index, speaker);
        at
    }

    /// Gives persons and bodies the names that the whole run has for them.
    pub(super) fn name(&mut self, people: &People) {
        for voice in &mut self.all {
            if let Some(person) = voice.person.and_then(|person| people.get(person)) {
                voice.name = label(person.name());
            }
        }
    }

    fn make(&mut self, at: usize, speaker: &Speaker, person: Option<usize>) {
        if at == self.all.len() {
            self.all.push(Voice {
                name: label(&speaker.name),
                kind: speaker.kind,
                role: String::new(),
                person,
                articles: 0,
                quotes: [0; 3],
                words: 0,
                themes: BTreeMap::new(),
                class: None,
                is_called_she: false,
                is_called_he: false,
                is_called_they: false,
            });
        }
    }

    fn count(&mut self, at: usize, article: &Article<'_>, index: usize, speaker: &Speaker) {
        let Some(voice) = self.all.get_mut(at) else { return };
        voice.articles += 1;
        if voice.role.is_empty() {
            voice.role = speaker.roles.first().map(|role| label(&role_of(&role.role, role.affiliation.as_deref()))).unwrap_or_default();
        }
        voice.class = voice.class.or(speaker.class);
        match speaker.gender_in_text.map(|said| said.gender) {
            Some(GenderInText::She) => voice.is_called_she = true,
            Some(GenderInText::He) => voice.is_called_he = true,
            Some(GenderInText::They) => voice.is_called_they = true,
            None => {}
        }
        let mut quotes = 0;
        for quote in article.quotes_of(index) {
            let [direct, indirect, mixed] = &mut voice.quotes;
            match quote.kind {
                QuoteKind::Direct => *direct += 1,
                QuoteKind::Indirect => *indirect += 1,
                QuoteKind::Mixed => *mixed += 1,
            }
            voice.words += article.analysis.quoted_words(quote);
            quotes += 1;
        }
        match speaker.kind {
            SpeakerKind::Organization => self.body(&speaker.name).own += quotes,
            SpeakerKind::Person | SpeakerKind::Unnamed => {
                if let Some(body) = speaker.roles.iter().find_map(|role| role.affiliation.as_deref()) {
                    self.body(body).through_people += quotes;
                }
            }
            SpeakerKind::Document => {}
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
        let mut bodies: Vec<&Body> = self.bodies.values().filter(|body| body.own + body.through_people > 0).collect();
        bodies.sort_by(|a, b| (b.own + b.through_people).cmp(&(a.own + a.through_people)).then_with(|| a.name.cmp(&b.name)));
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

/// A role with its body, as `people.csv` writes it: *mayor (Vik)*.
pub(super) fn role_of(role: &str, body: Option<&str>) -> String {
    match body {
        Some(body) if role.is_empty() => body.to_owned(),
        Some(body) => format!("{role} ({body})"),
        None => role.to_owned(),
    }
}
