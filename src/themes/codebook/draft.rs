//! A codebook as its file has it: every value with its line, nothing checked yet. Every format is read into this.

use std::collections::HashMap;

use super::fitted::DraftFitted;
use super::problem::CodebookProblem;
use crate::themes::id::slug;

/// Dictionaries nest two or three deep; this keeps a hostile file from exhausting the stack.
pub(super) const DEEPEST: usize = 64;

/// Where the lines of a text begin: a file of many terms asks for as many lines.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self { starts: text.match_indices('\n').map(|(at, _)| at + 1).collect() }
    }

    /// The line of the byte at `offset`, from 1.
    pub(super) fn at(&self, offset: usize) -> usize {
        1 + self.starts.partition_point(|start| *start <= offset)
    }
}

/// A value with its line, from 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

impl<T> Placed<T> {
    pub(super) fn new(value: T, line: usize) -> Self {
        Self { value, line }
    }
}

/// Which list of a theme a term stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermList {
    Keywords,
    Phrases,
    Wildcards,
    Patterns,
    Exclude,
    /// A term of another program's dictionary: in any case, exactly these letters but for `*` and `?`.
    Entries,
}

impl TermList {
    /// The lists of our own format.
    pub(super) const OWN: [Self; 5] = [Self::Keywords, Self::Phrases, Self::Wildcards, Self::Patterns, Self::Exclude];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Keywords => "keywords",
            Self::Phrases => "phrases",
            Self::Wildcards => "wildcards",
            Self::Patterns => "patterns",
            Self::Exclude => "exclude",
            Self::Entries => "term",
        }
    }
}

/// A term, unchecked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DraftTerm {
    pub(super) list: TermList,
    pub(super) text: Placed<String>,
}

/// A theme, unchecked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DraftTheme {
    pub(super) id: Placed<String>,
    pub(super) label: Option<String>,
    pub(super) description: Option<String>,
    pub(super) parent: Option<Placed<String>>,
    pub(super) min_similarity: Option<Placed<f64>>,
    pub(super) terms: Vec<DraftTerm>,
}

impl DraftTheme {
    pub(super) fn new(id: Placed<String>) -> Self {
        Self { id, label: None, description: None, parent: None, min_similarity: None, terms: Vec::new() }
    }

    pub(super) fn add(&mut self, list: TermList, text: impl Into<String>, line: usize) {
        self.terms.push(DraftTerm { list, text: Placed::new(text.into(), line) });
    }
}

/// A codebook, unchecked, with what its reader found wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    /// `headings = false` switches headings off.
    pub(super) ignores_headings: bool,
    pub(super) min_probability: Option<Placed<f64>>,
    pub(super) min_similarity: Option<Placed<f64>>,
    pub(super) themes: Vec<DraftTheme>,
    pub(super) fitted: Option<DraftFitted>,
    /// Ids are made of labels: they were not chosen by the author.
    pub(super) has_made_ids: bool,
    pub(super) problems: Vec<CodebookProblem>,
}

/// Builds the draft of another program's dictionary, whose categories have names and places but no ids.
///
/// An id is made of the names on the way to the category (`culture.high-culture`). A category named twice in one place is one theme, as
/// in quanteda.
#[derive(Debug, Default)]
pub(super) struct CategoryTree {
    pub(super) draft: Draft,
    places: HashMap<String, usize>,
}

impl CategoryTree {
    pub(super) fn new() -> Self {
        Self { draft: Draft { has_made_ids: true, ..Draft::default() }, places: HashMap::new() }
    }

    /// The index of the category `name` below `parent`.
    pub(super) fn category(&mut self, parent: Option<usize>, name: &str, line: usize) -> usize {
        let parent_id = parent.and_then(|parent| self.draft.themes.get(parent)).map(|theme| theme.id.value.clone());
        let id = parent_id.as_ref().map_or_else(|| slug(name), |parent| format!("{parent}.{}", slug(name)));
        if let Some(&place) = self.places.get(&id) {
            return place;
        }
        let mut theme = DraftTheme::new(Placed::new(id.clone(), line));
        theme.label = Some(name.to_owned());
        theme.parent = parent_id.map(|parent| Placed::new(parent, line));
        self.places.insert(id, self.draft.themes.len());
        self.draft.themes.push(theme);
        self.draft.themes.len() - 1
    }

    /// Adds a term to the category at `index`.
    pub(super) fn term(&mut self, index: usize, text: &str, line: usize) {
        if let Some(theme) = self.draft.themes.get_mut(index) {
            theme.add(TermList::Entries, text.trim(), line);
        }
    }

    pub(super) fn error(&mut self, line: usize, message: impl Into<String>, hint: &str) {
        self.draft.problems.push(CodebookProblem::error(line, message).with_hint(hint));
    }

    pub(super) fn note(&mut self, line: usize, message: impl Into<String>) {
        self.draft.problems.push(CodebookProblem::note(line, message));
    }
}
