//! `people.csv`: the people and bodies of the whole run, one row each, written when the last article is in.

use super::article::{Article, person_id};
use super::cell::Cell;
use super::column::{Column, TableShape};
use super::csv::csv_writer;
use super::exporter::{Exporter, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::speakers::{GenderInText, PersonOfRun};
use crate::{Error, ErrorKind, QuoteKind, Result, SpeakerClass};

/// The file's name.
pub(super) const PEOPLE: &str = "people.csv";

const COLUMNS: [Column; 17] = [
    Column::text("person_id"),
    Column::text("person"),
    Column::text("kind"),
    Column::text("speaker_class"),
    Column::text("gender_in_text"),
    Column::list("aliases"),
    Column::list("roles"),
    Column::count("articles"),
    Column::list("article_ids"),
    Column::count("quotes_direct"),
    Column::count("quotes_indirect"),
    Column::count("quotes_mixed"),
    Column::count("words_quoted"),
    Column::list("themes"),
    Column::text("known_id"),
    Column::list("merged_by"),
    Column::decimal("merge_confidence"),
];

/// The table as other formats see it.
pub(super) const SHAPE: TableShape = TableShape { name: "people", columns: &COLUMNS };

/// The longest list a person has, in entries: memory does not grow with the articles that quote them.
const LONGEST: usize = 100;

/// How often each class and each pronoun was given, in the order of all of them.
type Votes<const N: usize> = [usize; N];

const GENDERS: [GenderInText; 3] = [GenderInText::She, GenderInText::He, GenderInText::They];

/// Gathers persons and writes them at the end.
pub(super) struct PeopleExporter {
    writer: ::csv::Writer<StagedFile>,
    /// By their numbers in the run.
    people: Vec<Person>,
}

/// What the run says of one person.
#[derive(Default)]
struct Person {
    articles: usize,
    article_ids: Vec<String>,
    direct: usize,
    indirect: usize,
    mixed: usize,
    words: usize,
    classes: Votes<{ SpeakerClass::ALL.len() }>,
    genders: Votes<{ GENDERS.len() }>,
    /// Labels with the number of quotations, in order of first use.
    themes: Vec<(String, usize)>,
}

impl PeopleExporter {
    /// Opens the file.
    pub(super) fn create(folder: &Folder, has_bom: bool) -> Result<Self> {
        Ok(Self { writer: csv_writer(folder, PEOPLE, has_bom)?, people: Vec::new() })
    }

    fn row(at: usize, entry: &PersonOfRun, person: &Person) -> Vec<Cell> {
        let roles = entry.roles().iter().map(|(role, body)| match body {
            Some(body) if role.is_empty() => body.clone(),
            Some(body) => format!("{role} ({body})"),
            None => role.clone(),
        });
        let mut themes: Vec<&(String, usize)> = person.themes.iter().collect();
        themes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        vec![
            person_id(at).into(),
            entry.name().into(),
            entry.kind().name().into(),
            most(SpeakerClass::ALL, &person.classes).map(SpeakerClass::name).into(),
            person.gender().map(GenderInText::name).into(),
            Cell::list(entry.aliases()),
            Cell::list(roles.collect::<Vec<_>>()),
            person.articles.into(),
            Cell::list(&person.article_ids),
            person.direct.into(),
            person.indirect.into(),
            person.mixed.into(),
            person.words.into(),
            Cell::list(themes.iter().map(|(label, _)| label.as_str())),
            entry.known().into(),
            Cell::list(entry.merges().iter().map(|merge| format!("{}: {}", merge.evidence.name(), merge.name))),
            entry.merges().iter().map(|merge| merge.evidence.confidence()).fold(1.0, f64::min).into(),
        ]
    }
}

/// What most votes are for, the first of them where several have as many; `None` without votes.
fn most<T: Copy>(all: &[T], votes: &[usize]) -> Option<T> {
    let ranked = all.iter().zip(votes).rev().filter(|(_, votes)| **votes > 0);
    ranked.max_by_key(|(_, votes)| **votes).map(|(one, _)| *one)
}

impl Person {
    /// How articles speak of the person, where they agree.
    fn gender(&self) -> Option<GenderInText> {
        match self.genders {
            [she, he, _] if she > 0 && he > 0 => None,
            [she, he, _] if she + he > 0 => most(&GENDERS, &[she, he]),
            they => most(&GENDERS, &they),
        }
    }

    fn add(&mut self, article: &Article<'_>, speaker: usize) {
        self.articles += 1;
        if let Some(said) = article.analysis.attribution.speakers.get(speaker) {
            let class = said.class.and_then(|class| SpeakerClass::ALL.iter().position(|other| *other == class));
            let gender = said.gender_in_text.and_then(|said| GENDERS.iter().position(|other| *other == said.gender));
            class
                .and_then(|at| self.classes.get_mut(at))
                .into_iter()
                .chain(gender.and_then(|at| self.genders.get_mut(at)))
                .for_each(|votes| *votes += 1);
        }
        if self.article_ids.len() < LONGEST {
            self.article_ids.push(article.id().to_owned());
        }
        for quote in article.quotes_of(speaker) {
            self.words += article.analysis.quoted_words(quote);
            match quote.kind {
                QuoteKind::Direct => self.direct += 1,
                QuoteKind::Indirect => self.indirect += 1,
                QuoteKind::Mixed => self.mixed += 1,
            }
        }
        let by_quote = &article.analysis.attribution.by_quote;
        for theme in &article.analysis.themes {
            let quotes = theme.quotes.iter().filter(|&&quote| by_quote.get(quote).copied().flatten() == Some(speaker)).count();
            if let Some((_, sum)) = self.themes.iter_mut().find(|(label, _)| *label == theme.label) {
                *sum += quotes;
            } else if quotes > 0 && self.themes.len() < LONGEST {
                self.themes.push((theme.label.clone(), quotes));
            }
        }
    }
}

impl Exporter for PeopleExporter {
    fn takes_copies(&self) -> bool {
        false
    }

    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        for (index, at) in article.people() {
            if at >= self.people.len() {
                self.people.resize_with(at + 1, Person::default);
            }
            if let Some(person) = self.people.get_mut(at) {
                person.add(article, index);
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()> {
        let failed = |error: ::csv::Error| Error::new(ErrorKind::Write(error.into())).at(PEOPLE);
        self.writer.write_record(COLUMNS.map(|column| column.name)).map_err(failed)?;
        for (at, person) in self.people.iter().enumerate() {
            let Some(entry) = end.people.get(at) else { continue };
            let row = Self::row(at, entry, person);
            self.writer.write_record(row.iter().map(|cell| cell.to_csv().into_owned())).map_err(failed)?;
        }
        self.writer.flush().map_err(|error| failed(error.into()))
    }
}
