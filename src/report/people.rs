//! `people.csv`: the persons of the whole run, one row each, written when the last article is in.

use ::csv::{Terminator, WriterBuilder};

use super::article::Article;
use super::cell::Cell;
use super::exporter::Exporter;
use super::folder::{Folder, StagedFile};
use crate::speakers::PeopleOfRun;
use crate::{Error, ErrorKind, QuoteKind, Result, SpeakerKind};

/// The file's name.
pub(super) const PEOPLE: &str = "people.csv";

const COLUMNS: [&str; 12] = [
    "person_id",
    "person",
    "aliases",
    "roles",
    "articles",
    "article_ids",
    "quotes_direct",
    "quotes_indirect",
    "quotes_mixed",
    "words_quoted",
    "themes",
    "known_id",
];

/// The longest list a person has, in entries: memory does not grow with the articles that quote them.
const LONGEST: usize = 100;

/// Gathers persons and writes them at the end.
pub(super) struct PeopleExporter {
    writer: ::csv::Writer<StagedFile>,
    directory: PeopleOfRun,
    /// By the directory's numbers.
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
    /// Labels with the number of quotations, in order of first use.
    themes: Vec<(String, usize)>,
}

impl PeopleExporter {
    /// Opens the file.
    pub(super) fn create(folder: &Folder) -> Result<Self> {
        let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(folder.create(PEOPLE)?);
        Ok(Self { writer, directory: PeopleOfRun::default(), people: Vec::new() })
    }

    fn row(&self, at: usize, person: &Person) -> Vec<Cell> {
        let entry = self.directory.entry(at);
        let roles = entry.roles().iter().map(|(role, body)| match body {
            Some(body) if role.is_empty() => body.clone(),
            Some(body) => format!("{role} ({body})"),
            None => role.clone(),
        });
        let mut themes: Vec<&(String, usize)> = person.themes.iter().collect();
        themes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        vec![
            format!("p{}", at + 1).into(),
            entry.name().into(),
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
        ]
    }
}

impl Person {
    fn add(&mut self, article: &Article<'_>, speaker: usize) {
        self.articles += 1;
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
        let speakers = article.analysis.attribution.speakers.iter().enumerate();
        for (index, speaker) in speakers.filter(|(_, speaker)| speaker.kind == SpeakerKind::Person) {
            let at = self.directory.add(speaker);
            if at >= self.people.len() {
                self.people.resize_with(at + 1, Person::default);
            }
            if let Some(person) = self.people.get_mut(at) {
                person.add(article, index);
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _folder: &Folder) -> Result<()> {
        let failed = |error: ::csv::Error| Error::new(ErrorKind::Write(error.into())).at(PEOPLE);
        self.writer.write_record(COLUMNS).map_err(failed)?;
        for (at, person) in self.people.iter().enumerate() {
            let row = self.row(at, person);
            self.writer.write_record(row.iter().map(|cell| cell.to_csv().into_owned())).map_err(failed)?;
        }
        self.writer.flush().map_err(|error| failed(error.into()))
    }
}
