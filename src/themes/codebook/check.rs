//! Checks a draft and makes the codebook of it. Goes on after a fault, so that one reading names them all.

use std::collections::{BTreeSet, HashMap};

use super::draft::{DEEPEST, Draft, DraftTerm, DraftTheme, TermList};
use super::fitted::{DraftFitted, Fitted, FittedTheme};
use super::problem::CodebookProblem;
use super::{Codebook, CodebookTheme};
use crate::themes::matcher::Matcher;
use crate::themes::term::{PatternMemory, WordStyle, WordTerm};

/// How many words of a theme stand for its meaning; more would blur it.
const MOST_SEEDS: usize = 40;
/// How many themes may share a term. Each place where it stands is a row of each of them, and of each pair.
const MOST_SHARING: usize = 50;

/// The codebook, where nothing is wrong with it, and all problems in the order of the lines.
pub(super) fn compile(mut draft: Draft) -> (Option<Codebook>, Vec<CodebookProblem>) {
    let problems = std::mem::take(&mut draft.problems);
    let is_read = problems.iter().all(|problem| problem.is_note);
    let mut checker = Checker { problems, is_read, terms: 0, memory: PatternMemory::default() };
    let codebook = checker.codebook(draft);
    let mut problems = checker.problems;
    problems.sort_by_key(|problem| problem.line);
    let is_sound = problems.iter().all(|problem| problem.is_note);
    (is_sound.then_some(codebook), problems)
}

struct Checker {
    problems: Vec<CodebookProblem>,
    /// Nothing of the file was lost in reading, so that what is missing is missing there.
    is_read: bool,
    terms: usize,
    memory: PatternMemory,
}

impl Checker {
    fn codebook(&mut self, mut draft: Draft) -> Codebook {
        if draft.themes.is_empty() && self.is_read {
            self.problems.push(CodebookProblem::error(1, "the codebook has no theme").with_hint("start each theme with [[theme]]"));
        }
        self.check_ids(&draft);
        self.check_similarity(draft.min_similarity.as_ref().map(|least| (least.value, least.line)));
        self.check_probability(draft.min_probability.as_ref().map(|least| (least.value, least.line)));
        let ancestors = self.ancestors(&draft.themes);
        let parents: BTreeSet<usize> = ancestors.iter().flatten().copied().collect();
        let mut matcher = Matcher::default();
        for (at, theme) in draft.themes.iter().enumerate() {
            self.add_terms(&mut matcher, at, theme, parents.contains(&at));
        }
        self.note_shared_terms(&draft.themes);
        let fitted = draft.fitted.take().map(|fitted| self.fitted(fitted, &draft.themes));
        let themes = draft.themes.into_iter().map(|theme| CodebookTheme {
            seeds: seeds(&theme),
            label: theme.label.unwrap_or_else(|| theme.id.value.clone()),
            id: theme.id.value,
            description: theme.description,
            parent: theme.parent.map(|parent| parent.value),
            min_similarity: theme.min_similarity.or_else(|| draft.min_similarity.clone()).map(|least| least.value),
        });
        Codebook {
            title: draft.title,
            themes: themes.collect(),
            ancestors,
            matcher,
            ignores_headings: draft.ignores_headings,
            min_probability: fitted.as_ref().and_then(|fitted| fitted.min_probability).or(draft.min_probability.map(|least| least.value)),
            terms: self.terms,
            fitted,
        }
    }

    fn check_ids(&mut self, draft: &Draft) {
        let is_id = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || matches!(ch, '.' | '-' | '_');
        let mut lines: HashMap<&str, usize> = HashMap::new();
        for theme in draft.themes.iter().filter(|theme| !draft.has_made_ids && !theme.id.value.is_empty()) {
            let (id, line) = (theme.id.value.as_str(), theme.id.line);
            if !id.chars().all(is_id) {
                let message = format!("`id`: `{id}` is not made of lower-case letters, digits, `.`, `-` and `_`");
                self.problems.push(CodebookProblem::error(line, message).with_hint("put the name for people in `label`"));
            }
            if let Some(first) = lines.insert(id, line) {
                let message = format!("`id`: there are two themes `{id}`, the first in line {first}");
                self.problems.push(CodebookProblem::error(line, message).with_hint("give one of them another id"));
            }
        }
        for theme in &draft.themes {
            self.check_similarity(theme.min_similarity.as_ref().map(|least| (least.value, least.line)));
        }
    }

    fn check_similarity(&mut self, least: Option<(f64, usize)>) {
        if let Some((value, line)) = least.filter(|(value, _)| !(0.0..=1.0).contains(value)) {
            let message = format!("`min_similarity`: {value} is not between 0 and 1");
            self.problems.push(CodebookProblem::error(line, message).with_hint("0.45 is a start; higher takes fewer sentences"));
        }
    }

    fn check_probability(&mut self, least: Option<(f64, usize)>) {
        if let Some((value, line)) = least.filter(|(value, _)| !(0.0..=1.0).contains(value)) {
            let message = format!("`min_probability`: {value} is not between 0 and 1");
            self.problems
                .push(CodebookProblem::error(line, message).with_hint("0.2 finds most for its errors; higher takes fewer sentences"));
        }
    }

    /// What codings taught, by the themes' places.
    fn fitted(&mut self, draft: DraftFitted, themes: &[DraftTheme]) -> Fitted {
        let least = draft.fitted.min_probability;
        self.check_probability(least.map(|least| (least, draft.line)));
        let mut by_id = draft.themes;
        let themes = themes.iter().map(|theme| by_id.remove(&theme.id.value).unwrap_or_else(FittedTheme::plain)).collect();
        for id in by_id.keys() {
            let message = format!("`fitted`: there is no theme `{id}`");
            self.problems.push(CodebookProblem::error(draft.line, message).with_hint("fit the codebook again, or delete this part"));
        }
        Fitted { themes, ..draft.fitted }
    }

    /// For each theme its parents, the nearest first.
    fn ancestors(&mut self, themes: &[DraftTheme]) -> Vec<Vec<usize>> {
        let places: HashMap<&str, usize> = themes.iter().enumerate().rev().map(|(at, theme)| (theme.id.value.as_str(), at)).collect();
        let parent_of = |at: usize| themes.get(at)?.parent.as_ref().and_then(|parent| places.get(parent.value.as_str()).copied());
        let mut all = Vec::new();
        for (at, theme) in themes.iter().enumerate() {
            let mut found = Vec::new();
            let mut next = parent_of(at);
            if let Some(parent) = theme.parent.as_ref().filter(|_| next.is_none()) {
                let message = format!("`parent`: there is no theme `{}`", parent.value);
                self.problems.push(CodebookProblem::error(parent.line, message).with_hint("name the id of another theme"));
            }
            while let Some(place) = next.filter(|place| !found.contains(place)) {
                if place == at {
                    let line = theme.parent.as_ref().map_or(theme.id.line, |parent| parent.line);
                    let message = format!("`parent`: `{}` is its own parent", theme.id.value);
                    self.problems.push(CodebookProblem::error(line, message).with_hint("take one `parent` of the circle away"));
                    break;
                }
                if found.len() == DEEPEST {
                    let line = theme.parent.as_ref().map_or(theme.id.line, |parent| parent.line);
                    let message = format!("`parent`: `{}` has more than {DEEPEST} parents above it", theme.id.value);
                    self.problems.push(CodebookProblem::error(line, message).with_hint("name a parent further out"));
                    break;
                }
                found.push(place);
                next = parent_of(place);
            }
            all.push(found);
        }
        all
    }

    fn add_terms(&mut self, matcher: &mut Matcher, at: usize, theme: &DraftTheme, is_parent: bool) {
        let gives = theme.terms.iter().any(|term| term.list != TermList::Exclude);
        let has_meaning = theme.min_similarity.is_some() && theme.description.is_some();
        if self.is_read && !gives && !is_parent && !has_meaning {
            let message = format!("theme `{}` has no keywords, phrases, wildcards or patterns", theme.id.value);
            self.problems.push(CodebookProblem::error(theme.id.line, message).with_hint("give it terms, or take it away"));
        }
        for term in &theme.terms {
            match add_term(matcher, &mut self.memory, at, term) {
                Ok(()) => self.terms += 1,
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    /// Notes each term that stands twice: in one theme by oversight, in two perhaps on purpose; refuses one of too many themes.
    fn note_shared_terms(&mut self, themes: &[DraftTheme]) {
        let mut first: HashMap<(String, bool), (usize, usize, usize)> = HashMap::new();
        for (at, theme) in themes.iter().enumerate() {
            for term in theme.terms.iter().filter(|term| term.list != TermList::Exclude) {
                let is_exact = term.list != TermList::Entries && term.text.value.chars().any(char::is_uppercase);
                let key = if is_exact { term.text.value.clone() } else { term.text.value.to_lowercase() };
                let (other, line, count) = first.entry((key, is_exact)).or_insert((at, term.text.line, 0));
                *count += 1;
                let (other, line) = match *count {
                    1 => continue,
                    2..=MOST_SHARING => (*other, *line),
                    count => {
                        if count == MOST_SHARING + 1 {
                            let message = format!("`{}` is a term of more than {MOST_SHARING} themes", term.text.value);
                            let hint = "a term of so many themes tells none of them apart: take it away";
                            self.problems.push(CodebookProblem::error(term.text.line, message).with_hint(hint));
                        }
                        continue;
                    }
                };
                // One line of a LIWC dictionary gives its term to several categories.
                if line == term.text.line && other != at {
                    continue;
                }
                let text = &term.text.value;
                let message = match themes.get(other).filter(|_| other != at) {
                    Some(other) => format!("`{text}` is also a term of theme `{}` (line {line})", other.id.value),
                    None => format!("`{text}` stands twice in theme `{}` (line {line})", theme.id.value),
                };
                self.problems.push(CodebookProblem::note(term.text.line, message));
            }
        }
    }
}

/// Adds a term to the matcher, or says what is wrong with it.
fn add_term(matcher: &mut Matcher, memory: &mut PatternMemory, theme: usize, term: &DraftTerm) -> Result<(), CodebookProblem> {
    let text = term.text.value.as_str();
    let has_wildcard = text.contains(['*', '?']);
    let excludes = term.list == TermList::Exclude;
    let may_be_pattern = matches!(term.list, TermList::Patterns | TermList::Exclude);
    if let Some(regex) = may_be_pattern.then(|| memory.compile(text)).flatten() {
        let regex = regex.map_err(|reason| {
            let is_large = reason.starts_with("is too large");
            let hint = if is_large { "write (?-u:\\w) for \\w, or list words" } else { "see https://docs.rs/regex/#syntax" };
            wrong(term, &reason, hint)
        })?;
        matcher.add_pattern(theme, excludes, regex, text);
        return Ok(());
    }
    match term.list {
        TermList::Keywords | TermList::Phrases if has_wildcard => Err(wrong(term, "has a `*` or `?`", "list it under `wildcards`"))?,
        TermList::Wildcards if !has_wildcard => Err(wrong(term, "has no `*` or `?`", "list it under `keywords` or `phrases`"))?,
        TermList::Patterns => Err(wrong(term, "does not stand between slashes", "write it as \"/…/\""))?,
        _ => {}
    }
    let style = if term.list == TermList::Entries { WordStyle::Literal } else { WordStyle::Inflected };
    let has_letters = text.split_whitespace().all(|word| word.chars().any(char::is_alphanumeric));
    let words = WordTerm::new(text, style).filter(|_| has_letters);
    match words {
        Some(_) if term.list == TermList::Keywords && text.split_whitespace().nth(1).is_some() => {
            Err(wrong(term, "is more than one word", "list it under `phrases`"))
        }
        Some(words) => {
            matcher.add_words(theme, excludes, words, text);
            Ok(())
        }
        // Dictionaries of other programs hold emoticons and single marks, which are no words here.
        None if term.list == TermList::Entries => {
            Err(CodebookProblem::note(term.text.line, format!("`{text}` has a part without letters and is left out")))
        }
        None => Err(wrong(term, "has a word without letters", "give each word at least one letter")),
    }
}

fn wrong(term: &DraftTerm, reason: &str, hint: &str) -> CodebookProblem {
    CodebookProblem::error(term.text.line, format!("`{}`: `{}` {reason}", term.list.name(), term.text.value)).with_hint(hint)
}

/// The theme's description and its plain words and phrases.
fn seeds(theme: &DraftTheme) -> Vec<String> {
    let is_plain = |term: &&DraftTerm| {
        !matches!(term.list, TermList::Patterns | TermList::Exclude | TermList::Wildcards) && !term.text.value.contains(['*', '?'])
    };
    let (phrases, words): (Vec<_>, Vec<_>) = theme.terms.iter().filter(is_plain).partition(|term| term.list == TermList::Phrases);
    let terms = phrases.into_iter().chain(words).map(|term| term.text.value.clone());
    theme.description.iter().cloned().chain(terms.take(MOST_SEEDS)).collect()
}
