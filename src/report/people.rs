//! `people.csv`: the people and bodies of the whole run, one row each, written when the last article is in.

use serde::{Deserialize, Serialize};

use super::article::{Article, person_id, role_of};
use super::cell::Cell;
use super::column::{Column, TableShape};
use super::csv::csv_writer;
use super::exporter::{Exporter, RunEnd};
use super::folder::{Folder, StagedFile};
use crate::draft::KeyedDraft;
use crate::speakers::{GenderInText, People, PersonOfRun};
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

/// Drafts what each article says of its people, and writes it person by person at the end.
pub(super) struct PeopleExporter {
    writer: ::csv::Writer<StagedFile>,
    /// By the person's number in the run.
    heard: KeyedDraft<Heard>,
}

/// What one article says of one person.
#[derive(Debug, Serialize, Deserialize)]
struct Heard {
    article_id: String,
    direct: usize,
    indirect: usize,
    mixed: usize,
    words: usize,
    class: Option<SpeakerClass>,
    gender: Option<GenderInText>,
    /// Labels with the number of quotations.
    themes: Vec<(String, usize)>,
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
    /// Opens the file and its draft.
    pub(super) fn create(folder: &Folder, has_bom: bool) -> Result<Self> {
        let draft = folder.create_unnamed().map_err(|error| failed(error.into()))?;
        Ok(Self { writer: csv_writer(folder, PEOPLE, has_bom)?, heard: KeyedDraft::new(draft) })
    }
}

fn failed(error: ::csv::Error) -> Error {
    Error::new(ErrorKind::Write(error.into())).at(PEOPLE)
}

/// The rows that are written, in the order of the run.
struct Rows<'a> {
    writer: ::csv::Writer<StagedFile>,
    people: &'a mut People,
    written: usize,
}

impl Rows<'_> {
    /// Writes the person with this number, after those before it of whom nothing counts: all their articles are copies that are left out.
    fn write(&mut self, number: usize, person: &Person) -> Result<()> {
        while self.written < number {
            self.write_next(&Person::default())?;
        }
        self.write_next(person)
    }

    fn write_next(&mut self, person: &Person) -> Result<()> {
        let entry = self.people.get(self.written).map_err(|error| failed(error.into()))?;
        let row = row(self.written, &entry, person);
        self.written += 1;
        self.writer.write_record(row.iter().map(|cell| cell.to_csv().into_owned())).map_err(failed)
    }
}

fn row(at: usize, entry: &PersonOfRun, person: &Person) -> Vec<Cell> {
    let roles = entry.roles().iter().map(|(role, body)| role_of(role, body.as_deref()));
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

    fn add(&mut self, heard: Heard) {
        self.articles += 1;
        let class = heard.class.and_then(|class| SpeakerClass::ALL.iter().position(|other| *other == class));
        let gender = heard.gender.and_then(|said| GENDERS.iter().position(|other| *other == said));
        let class = class.and_then(|at| self.classes.get_mut(at));
        class.into_iter().chain(gender.and_then(|at| self.genders.get_mut(at))).for_each(|votes| *votes += 1);
        if self.article_ids.len() < LONGEST {
            self.article_ids.push(heard.article_id);
        }
        self.words += heard.words;
        self.direct += heard.direct;
        self.indirect += heard.indirect;
        self.mixed += heard.mixed;
        for (label, quotes) in heard.themes {
            if let Some((_, sum)) = self.themes.iter_mut().find(|(known, _)| *known == label) {
                *sum += quotes;
            } else if self.themes.len() < LONGEST {
                self.themes.push((label, quotes));
            }
        }
    }
}

impl Heard {
    fn of(article: &Article<'_>, speaker: usize) -> Self {
        let said = article.analysis.attribution.speakers.get(speaker);
        let by_quote = &article.analysis.attribution.by_quote;
        let themes = article.analysis.themes.iter().map(|theme| {
            let quotes = theme.quotes.iter().filter(|&&quote| by_quote.get(quote).copied().flatten() == Some(speaker)).count();
            (theme.label.clone(), quotes)
        });
        let count = |kind: QuoteKind| article.quotes_of(speaker).filter(|quote| quote.kind == kind).count();
        Self {
            article_id: article.id().to_owned(),
            direct: count(QuoteKind::Direct),
            indirect: count(QuoteKind::Indirect),
            mixed: count(QuoteKind::Mixed),
            words: article.quotes_of(speaker).map(|quote| article.analysis.quoted_words(quote)).sum(),
            class: said.and_then(|said| said.class),
            gender: said.and_then(|said| said.gender_in_text).map(|said| said.gender),
            themes: themes.filter(|(_, quotes)| *quotes > 0).collect(),
        }
    }
}

impl Exporter for PeopleExporter {
    fn takes_copies(&self) -> bool {
        false
    }

    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        for (index, number) in article.people() {
            let key = u32::try_from(number).unwrap_or(u32::MAX);
            self.heard.add(key, &Heard::of(article, index)).map_err(|error| failed(error.into()))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, end: &mut RunEnd<'_>) -> Result<()> {
        self.writer.write_record(COLUMNS.map(|column| column.name)).map_err(failed)?;
        let mut rows = Rows { writer: self.writer, people: end.people, written: 0 };
        let start = |heard: Heard| {
            let mut person = Person::default();
            person.add(heard);
            person
        };
        for person in self.heard.folded(start, Person::add) {
            let (key, person) = person.map_err(|error| failed(error.into()))?;
            rows.write(usize::try_from(key).unwrap_or(usize::MAX), &person)?;
        }
        while rows.written < rows.people.len() {
            rows.write_next(&Person::default())?;
        }
        rows.writer.flush().map_err(|error| failed(error.into()))
    }
}
