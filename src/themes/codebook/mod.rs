//! Codebooks: themes with the words that give them, read from our own TOML or another program's dictionary, and checked before a run starts.
//!
//! ```toml
//! title = "Harbours"
//! min_similarity = 0.45               # optional: a sentence this close to a theme's description has the theme too
//! min_probability = 0.2               # optional: a sentence this likely about a theme has it, by what its article says around it
//! headings = true                     # whether a heading that says a theme's term gives it to its whole section
//!
//! [[theme]]                           # a part [fitted] at the end is what sayso codebook fit has learned
//! id = "ports"                        # lower-case letters, digits, `.`, `-` and `_`; unique
//! label = "Ports and shipping"        # the id where left out
//! description = "Sea trade and the places it passes through"
//! parent = "transport"                # the id of another theme, which also gets what this one gets
//! min_similarity = 0.5                # for this theme
//! keywords = ["port", "IMO"]          # single words with their inflections
//! phrases = ["container terminal"]    # several words, each with its inflections
//! wildcards = ["ship*", "harbo?r"]    # `*` stands for any letters, `?` for one
//! patterns = ["/berths? \\d+/"]       # regular expressions, in any case, inside one sentence
//! exclude = ["port wine", "airport*"] # words, wildcards or expressions that take overlapping hits back
//! ```
//!
//! A word stands for itself and the inflections made from it (*port*, *ports*), so the base form finds most; *customs* does not find
//! *custom*. A word with a capital letter counts only exactly so written and without inflections, so that `WHO` is not *who*; all others
//! count in any case. Terms of other programs' dictionaries ([`CodebookFormat`]) count as they do there: in any case, and without
//! inflections but for `*` and `?`.
//!
//! With `min_probability` a sentence is read as a part of its article, as people code it: how likely it is about a theme follows from the
//! theme's terms in it and around it, the title, a quotation around it, and how near its meaning and that of the sentences around is to the
//! theme's label and description, so that a good description pays. A term alone does not decide: one that only stands in a name (*Blue River
//! Bank*) or in an article about something else may give nothing. The default of the codebooks inside the program, 0.2, is near where F1 on
//! the sample corpus is highest; 0.4 gives fewer themes of better precision (`--min-probability` overrides it for a run).
//!
//! `min_similarity` compares the vector of a sentence or a quotation's content, of five words or more, with the mean of those of the theme's
//! description and its first forty plain terms. With the model inside the program words of no relation stand near 0.1; on the sample corpus
//! and the policy agenda, of the sentences added from 0.40 on fewer than half were right, so the codebooks inside the program go without.

mod check;
mod csv;
mod draft;
mod fitted;
mod format;
mod lexicoder;
mod liwc;
mod problem;
mod shipped;
#[cfg(test)]
mod tests;
mod toml;
mod wordstat;
mod yaml;
mod yoshikoder;

use std::collections::BTreeMap;
use std::path::Path;

use super::matcher::Matcher;
use crate::{Error, ErrorKind, Result, ingest};

pub(super) use fitted::{Fitted, FittedTheme};
pub use format::CodebookFormat;
pub use problem::CodebookProblem;

/// How often a fitted codebook gave each theme, by its id: the share of the coded sentences of the theme that had it, and of the others.
pub type ThemeRates = BTreeMap<String, (f64, f64)>;

/// One theme of a [`Codebook`].
#[derive(Debug, Clone, PartialEq)]
pub struct CodebookTheme {
    /// Unique in its codebook.
    pub id: String,
    /// The name for people.
    pub label: String,
    /// What the theme is about.
    pub description: Option<String>,
    /// The id of the theme it is a part of.
    pub parent: Option<String>,
    /// The cosine, `0..=1`, from which a sentence has the theme by its meaning alone; none where terms alone give it.
    pub min_similarity: Option<f64>,
    /// The words and phrases that stand for its meaning.
    pub(super) seeds: Vec<String>,
}

impl CodebookTheme {
    /// The theme in a line: its label with what it is about, or with its first terms where it does not say.
    pub(super) fn summary(&self) -> String {
        const TERMS: usize = 8;
        let about = self.description.clone().unwrap_or_else(|| self.seeds.iter().take(TERMS).cloned().collect::<Vec<_>>().join(", "));
        if about.is_empty() { self.label.clone() } else { format!("{}: {about}", self.label) }
    }
}

/// Themes with the words that give them.
#[derive(Debug, Clone)]
pub struct Codebook {
    title: Option<String>,
    themes: Vec<CodebookTheme>,
    /// For each theme the indices of the themes it is a part of.
    ancestors: Vec<Vec<usize>>,
    matcher: Matcher,
    ignores_headings: bool,
    min_probability: Option<f64>,
    terms: usize,
    fitted: Option<Fitted>,
}

impl Codebook {
    /// Reads a codebook in sayso's own format.
    ///
    /// ```
    /// let codebook = sayso::Codebook::from_toml("[[theme]]\nid = \"trade\"\nkeywords = [\"tariff\", \"export\"]\n")?;
    /// assert_eq!(codebook.themes()[0].id, "trade");
    /// # Ok::<(), sayso::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn from_toml(text: &str) -> Result<Self> {
        Self::parse(text, CodebookFormat::Toml)
    }

    /// Reads a codebook in any format.
    ///
    /// ```
    /// let codebook = sayso::Codebook::parse("trade: [tariff*, export*]\n", sayso::themes::CodebookFormat::Quanteda)?;
    /// assert_eq!(codebook.themes()[0].label, "trade");
    /// # Ok::<(), sayso::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first of [`Self::problems`] that is no note; the message names the line and the field.
    pub fn parse(text: &str, format: CodebookFormat) -> Result<Self> {
        let (codebook, problems) = check::compile(format.draft(text));
        let mut errors = problems.into_iter().filter(|problem| !problem.is_note);
        let (Some(first), Some(others)) = (errors.next(), Some(errors.count())) else {
            return codebook.ok_or_else(|| Error::new(ErrorKind::Bug("a codebook without fault is none".to_owned())));
        };
        let more = if others > 0 { format!(" (and {others} more)") } else { String::new() };
        let error = Error::new(ErrorKind::Config(format!("cannot read the codebook: {first}{more}"))).on_line(first.line);
        let hint = first.hint.clone();
        let error = error.caused_by(first);
        Err(match hint.filter(|_| others == 0) {
            Some(hint) => error.with_hint(hint),
            None if others > 0 => error.with_hint("sayso codebook check FILE names every problem"),
            None => error,
        })
    }

    /// Everything that is wrong with a codebook, and what its author should know, in the order of the lines.
    ///
    /// ```
    /// let text = "[[theme]]\nid = \"trade\"\nkeyword = [\"tariff\"]\nparent = \"economy\"\n";
    /// let problems = sayso::Codebook::problems(text, sayso::themes::CodebookFormat::Toml);
    /// assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3, 4]);
    /// ```
    pub fn problems(text: &str, format: CodebookFormat) -> Vec<CodebookProblem> {
        check::compile(format.draft(text)).1
    }

    /// Reads the codebook of a file; the end of its name says the format.
    ///
    /// # Errors
    /// Where the file cannot be read, its name has another ending, or as [`Self::parse`].
    pub fn load(path: &Path) -> Result<Self> {
        let text = Self::read(path)?;
        Self::parse(&text, CodebookFormat::of(path)?).map_err(|err| err.at(path))
    }

    /// The text of a codebook's file, its encoding detected.
    ///
    /// # Errors
    /// Where the file cannot be read or is no text.
    pub fn read(path: &Path) -> Result<String> {
        let bytes = std::fs::read(path).map_err(|err| Error::new(ErrorKind::Read(err)).at(path))?;
        ingest::decode(&bytes, None).map(|decoded| decoded.text).map_err(|err| err.at(path))
    }

    /// The codebooks inside the program: name and TOML.
    pub const SHIPPED: &'static [(&'static str, &'static str)] = shipped::ALL;

    /// The TOML of the codebook inside the program that has this name.
    ///
    /// ```
    /// let text = sayso::Codebook::shipped("policy-agenda").expect("a codebook of that name");
    /// assert_eq!(sayso::Codebook::from_toml(text)?.title(), Some("Policy agenda"));
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn shipped(name: &str) -> Option<&'static str> {
        Self::SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// The codebook's title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Its themes, in file order.
    pub fn themes(&self) -> &[CodebookTheme] {
        &self.themes
    }

    /// The ids of the themes that the theme named `id` is a part of, the nearest first; none for an unknown one.
    pub fn parents_of(&self, id: &str) -> impl Iterator<Item = &str> {
        let at = self.themes.iter().position(|theme| theme.id == id);
        let parents = at.map_or(&[][..], |at| self.ancestors(at));
        parents.iter().filter_map(|&parent| self.themes.get(parent)).map(|theme| theme.id.as_str())
    }

    /// The number of its terms, exclusions too.
    pub fn terms(&self) -> usize {
        self.terms
    }

    /// The probability, `0..=1`, from which a sentence has a theme by what its article says around it; none where terms alone give one.
    pub fn min_probability(&self) -> Option<f64> {
        self.min_probability
    }

    /// The same codebook with another least probability; `None` has terms alone count.
    #[must_use]
    pub fn with_min_probability(self, least: Option<f64>) -> Self {
        Self { min_probability: least, ..self }
    }

    /// The log odds that a sentence is about a theme, as the codings that the codebook was fitted to change them.
    pub(super) fn fitted_odds(&self, theme: usize, odds: f64, meaning: &[f32]) -> f64 {
        self.fitted.as_ref().map_or(odds, |fitted| fitted.odds(theme, odds, meaning))
    }

    /// SHA-256 of the model that it was fitted with; none where it was not fitted.
    pub fn fitted_to(&self) -> Option<&str> {
        self.fitted.as_ref().map(|fitted| fitted.model.as_str())
    }

    /// By the id of each theme, the shares of the coded sentences of the theme and of the others that had it, where the codebook was fitted.
    pub fn rates(&self) -> ThemeRates {
        let fitted = self.fitted.iter().flat_map(|fitted| &fitted.themes);
        self.themes.iter().zip(fitted).filter_map(|(theme, fitted)| Some((theme.id.clone(), fitted.rates?))).collect()
    }

    pub(super) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Whether a heading gives its themes to its section.
    pub(super) fn uses_headings(&self) -> bool {
        !self.ignores_headings
    }

    /// Indices of the themes that the theme at `index` is a part of.
    pub(super) fn ancestors(&self, index: usize) -> &[usize] {
        self.ancestors.get(index).map_or(&[], Vec::as_slice)
    }
}
