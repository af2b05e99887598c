//! What the whole run says of one article: whose copy it is, which of its quotations stand in other articles too, who its speakers are, and which
//! of the run's themes it has.
//!
//! All is known when the last article is in. [`Gathering`] takes what is needed of each as it comes; [`Standings`] tells it article by
//! article, in the same order, while tables are written.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io;

use super::article::Article;
use super::folder::Folder;
use super::manifest::{CopyPolicy, RunOptions};
use crate::Analysis;
use crate::corpus::{Likeness, Shape};
use crate::speakers::{People, PeopleOfRun};
use crate::themes::{CorpusThemes, ThemesOfRun};

/// What the run says of one article.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The number of the copies that it is one of.
    pub(super) cluster: Option<usize>,
    /// The id of the first of them, unless it is that one.
    pub(super) is_copy_of: Option<String>,
    /// Whether it is a copy in a run that counts the first ones alone.
    pub(super) is_left_out: bool,
    /// For each quotation the number of those of other articles that say the same.
    pub(super) quotations: Vec<Option<usize>>,
    /// For each speaker the number of the person or body in the run; empty where there is no run.
    pub(super) people: Vec<Option<usize>>,
    /// For each speaker whether few of the run are quoted more often.
    pub(super) is_leading: Vec<bool>,
}

/// The people of a run of whom a page may say more than how often they are quoted in all.
const MOST_LEADING: usize = 5_000;

/// The articles of a run as they come.
#[derive(Debug)]
pub(super) struct Gathering {
    articles: Likeness,
    quotations: Likeness,
    /// The article of each quotation.
    article_of: Vec<u32>,
    people: PeopleOfRun,
    /// An empty file, for people that are made one.
    merged: File,
    themes: ThemesOfRun,
    at: u32,
}

impl Gathering {
    /// Begins with its drafts in `folder`.
    pub(super) fn new(folder: &Folder) -> io::Result<Self> {
        Ok(Self {
            articles: Likeness::new(Shape::ARTICLES, folder.create_unnamed()?),
            quotations: Likeness::new(Shape::QUOTATIONS, folder.create_unnamed()?),
            article_of: Vec::new(),
            people: PeopleOfRun::new(folder.create_unnamed()?, folder.create_unnamed()?),
            merged: folder.create_unnamed()?,
            themes: ThemesOfRun::default(),
            at: 0,
        })
    }

    pub(super) fn add(&mut self, article: &Article<'_>) -> io::Result<()> {
        self.articles.add(article.analysis.doc.text())?;
        for quote in &article.analysis.quotes {
            self.quotations.add(&article.content(quote))?;
            self.article_of.push(self.at);
        }
        self.themes.add(article.analysis);
        self.people.add(article.analysis)?;
        self.at = self.at.saturating_add(1);
        Ok(())
    }

    /// Adds an article without an analysis.
    pub(super) fn add_failed(&mut self) {
        self.articles.add_nothing();
        self.at = self.at.saturating_add(1);
    }

    /// Compares them all.
    pub(super) fn settle(self, options: &RunOptions) -> io::Result<Standings> {
        let firsts = self.articles.firsts()?;
        let quotations = self.quotations.firsts()?;
        let article_of = |at: u32| usize::try_from(at).ok().and_then(|at| self.article_of.get(at));
        let spread = quotations.iter().zip(&self.article_of).filter(|(first, article)| article_of(**first) != Some(*article));
        let spread: BTreeSet<u32> = spread.map(|(&first, _)| first).collect();
        let people = self.people.settle(options.people_merge, self.merged)?;
        let doubled: BTreeSet<u32> = (0..).zip(&firsts).filter(|(at, first)| at != *first).map(|(_, &first)| first).collect();
        Ok(Standings {
            known: (1..).zip(doubled).map(|(number, first)| (first, (number, String::new()))).collect(),
            firsts,
            quotation_numbers: (1..).zip(spread).map(|(number, first)| (first, number)).collect(),
            quotations,
            leading: people.most_quoted(MOST_LEADING),
            people,
            themes: self.themes.settle(options.themes),
            copies: options.copies,
            at: 0,
            quotation: 0,
            gathered: 0,
        })
    }
}

/// What the run says of its articles, told one after another.
#[derive(Debug)]
pub(super) struct Standings {
    /// For every article the first one that it is a copy of.
    firsts: Vec<u32>,
    /// The firsts that have copies, each with their number and, once it has come, its id.
    known: BTreeMap<u32, (usize, String)>,
    /// For every quotation the first one that says the same.
    quotations: Vec<u32>,
    /// The firsts that other articles have too, each with a number.
    quotation_numbers: BTreeMap<u32, usize>,
    /// Who there is.
    people: People,
    /// Those with most quotations.
    leading: HashSet<usize>,
    /// The themes of the run, where it has its own.
    themes: Option<CorpusThemes>,
    copies: CopyPolicy,
    at: usize,
    quotation: usize,
    /// How many speakers of the articles before were gathered.
    gathered: usize,
}

impl Standings {
    /// The people and bodies of the run, and its themes, where it has its own.
    pub(super) fn into_parts(self) -> (People, Option<CorpusThemes>) {
        (self.people, self.themes)
    }

    /// The themes of the run, where it has its own.
    pub(super) fn themes(&self) -> Option<&CorpusThemes> {
        self.themes.as_ref()
    }

    /// Goes past an article that failed.
    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    /// What is said of the next article.
    pub(super) fn next(&mut self, analysis: &Analysis) -> Standing {
        let (id, quotations) = (analysis.doc.id(), analysis.quotes.len());
        let mut person = |speaker: &crate::Speaker| {
            PeopleOfRun::gathers(speaker.kind).then(|| {
                self.gathered += 1;
                self.people.number(self.gathered - 1)
            })
        };
        let people: Vec<Option<usize>> = analysis.attribution.speakers.iter().map(|speaker| person(speaker).flatten()).collect();
        let is_leading = people.iter().map(|person| person.is_some_and(|person| self.leading.contains(&person))).collect();
        let firsts = self.quotations.get(self.quotation..self.quotation + quotations).unwrap_or_default();
        let quotations_of = firsts.iter().map(|first| self.quotation_numbers.get(first).copied()).collect();
        self.quotation += quotations;
        let at = self.at;
        self.at += 1;
        let first = self.firsts.get(at).copied().unwrap_or(u32::MAX);
        let Some((number, first_id)) = self.known.get_mut(&first) else {
            return Standing { quotations: quotations_of, people, is_leading, ..Standing::default() };
        };
        let is_first = usize::try_from(first) == Ok(at);
        if is_first {
            id.clone_into(first_id);
        }
        let is_left_out = !is_first && self.copies == CopyPolicy::First;
        Standing {
            cluster: Some(*number),
            is_copy_of: (!is_first).then(|| first_id.clone()),
            is_left_out,
            quotations: quotations_of,
            people,
            is_leading,
        }
    }
}
