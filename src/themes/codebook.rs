//! Codebooks: themes with the words that give them, read from TOML and checked before a run starts.
//!
//! ```toml
//! title = "Harbours"
//!
//! [[theme]]
//! id = "ports"                        # lower-case letters, digits, `-` and `_`; unique
//! label = "Ports and shipping"        # the id where left out
//! description = "Sea trade and the places it passes through"
//! parent = "transport"                # the id of another theme, which also gets what this one gets
//! keywords = ["port", "IMO"]          # single words with their inflections
//! phrases = ["container terminal"]    # several words, each with its inflections
//! wildcards = ["ship*", "harbo*r"]    # `*` stands for any letters
//! patterns = ["/berths? \\d+/"]       # regular expressions, in any case, inside one sentence
//! exclude = ["port wine", "airport*"] # words, wildcards or expressions that take overlapping hits back
//! ```
//!
//! A word stands for itself and the inflections made from it (*port*, *ports*), so the base form finds most; *customs* does not find
//! *custom*. A word with a capital letter counts only exactly so written and without inflections, so that `WHO` is not *who*; all others count in
//! any case.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::matcher::Matcher;
use super::term::{WordTerm, pattern};
use crate::{Error, ErrorKind, Result};

/// One theme of a [`Codebook`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodebookTheme {
    /// Unique in its codebook.
    pub id: String,
    /// The name for people.
    pub label: String,
    /// What the theme is about.
    pub description: Option<String>,
    /// The id of the theme it is a part of.
    pub parent: Option<String>,
}

/// Themes with the words that give them.
#[derive(Debug, Clone)]
pub struct Codebook {
    title: Option<String>,
    themes: Vec<CodebookTheme>,
    /// For each theme the indices of the themes it is a part of.
    ancestors: Vec<Vec<usize>>,
    matcher: Matcher,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodebookTable {
    title: Option<String>,
    #[serde(default, rename = "theme")]
    themes: Vec<ThemeTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeTable {
    id: Spanned<String>,
    label: Option<String>,
    description: Option<String>,
    parent: Option<Spanned<String>>,
    #[serde(default)]
    keywords: Vec<Spanned<String>>,
    #[serde(default)]
    phrases: Vec<Spanned<String>>,
    #[serde(default)]
    wildcards: Vec<Spanned<String>>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
}

impl Codebook {
    /// Reads a codebook.
    ///
    /// ```
    /// let codebook = sayso::Codebook::from_toml("[[theme]]\nid = \"trade\"\nkeywords = [\"tariff\", \"export\"]\n")?;
    /// assert_eq!(codebook.themes()[0].id, "trade");
    /// # Ok::<(), sayso::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the text is no TOML, a key is unknown, an id is missing or said twice, a theme is empty, a parent is unknown or a term is
    /// wrong; the message names the line and the key.
    pub fn from_toml(text: &str) -> Result<Self> {
        let reader = CodebookReader { text };
        let table: CodebookTable = toml::from_str(text)
            .map_err(|err| reader.error(err.span().map_or(0, |span| span.start), &err.message().trim().replace('\n', ", ")))?;
        reader.codebook(table)
    }

    /// Reads the codebook of a file.
    ///
    /// # Errors
    /// Where the file cannot be read, or as [`Self::from_toml`].
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|err| Error::new(ErrorKind::Read(err)).at(path))?;
        Self::from_toml(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(|err| err.at(path))
    }

    /// The codebook's title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Its themes, in file order.
    pub fn themes(&self) -> &[CodebookTheme] {
        &self.themes
    }

    pub(super) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Indices of the themes that the theme at `index` is a part of.
    pub(super) fn ancestors(&self, index: usize) -> &[usize] {
        self.ancestors.get(index).map_or(&[], Vec::as_slice)
    }
}

/// Checks a codebook; knows the text, so that errors name their line.
struct CodebookReader<'a> {
    text: &'a str,
}

impl CodebookReader<'_> {
    fn codebook(&self, table: CodebookTable) -> Result<Codebook> {
        if table.themes.is_empty() {
            return Err(self.error(0, "the codebook has no theme").with_hint("start each theme with [[theme]]"));
        }
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (at, theme) in table.themes.iter().enumerate() {
            self.check_id(&theme.id)?;
            if places.insert(theme.id.get_ref(), at).is_some() {
                return Err(self.error(theme.id.span().start, &format!("`id`: there are two themes `{}`", theme.id.get_ref())));
            }
        }
        let ancestors = (0..table.themes.len()).map(|at| self.ancestors(&table.themes, &places, at)).collect::<Result<Vec<_>>>()?;
        let mut matcher = Matcher::new(table.themes.len());
        for (at, theme) in table.themes.iter().enumerate() {
            let is_parent = ancestors.iter().any(|ancestors| ancestors.contains(&at));
            self.add_terms(&mut matcher, at, theme, is_parent)?;
        }
        let themes = table.themes.into_iter().map(|theme| CodebookTheme {
            label: theme.label.unwrap_or_else(|| theme.id.get_ref().clone()),
            id: theme.id.into_inner(),
            description: theme.description,
            parent: theme.parent.map(Spanned::into_inner),
        });
        Ok(Codebook { title: table.title, themes: themes.collect(), ancestors, matcher })
    }

    fn check_id(&self, id: &Spanned<String>) -> Result<()> {
        let is_id = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || matches!(ch, '-' | '_');
        if !id.get_ref().is_empty() && id.get_ref().chars().all(is_id) {
            return Ok(());
        }
        let message = format!("`id`: `{}` is not made of lower-case letters, digits, `-` and `_`", id.get_ref());
        Err(self.error(id.span().start, &message).with_hint("put the name for people in `label`"))
    }

    /// The parents of a theme, the nearest first.
    fn ancestors(&self, themes: &[ThemeTable], places: &HashMap<&str, usize>, at: usize) -> Result<Vec<usize>> {
        let mut found = Vec::new();
        let mut next = themes.get(at).and_then(|theme| theme.parent.as_ref());
        while let Some(parent) = next {
            let Some(&place) = places.get(parent.get_ref().as_str()) else {
                return Err(self.error(parent.span().start, &format!("`parent`: there is no theme `{}`", parent.get_ref())));
            };
            if place == at || found.contains(&place) {
                return Err(self.error(parent.span().start, &format!("`parent`: `{}` is its own parent", parent.get_ref())));
            }
            found.push(place);
            next = themes.get(place).and_then(|theme| theme.parent.as_ref());
        }
        Ok(found)
    }

    fn add_terms(&self, matcher: &mut Matcher, at: usize, theme: &ThemeTable, is_parent: bool) -> Result<()> {
        let lists = [&theme.keywords, &theme.phrases, &theme.wildcards, &theme.patterns];
        if lists.iter().all(|list| list.is_empty()) && !is_parent {
            let message = format!("theme `{}` has no keywords, phrases, wildcards or patterns", theme.id.get_ref());
            return Err(self.error(theme.id.span().start, &message));
        }
        for term in &theme.keywords {
            let words = self.words("keywords", term)?;
            if term.get_ref().split_whitespace().nth(1).is_some() {
                return Err(self.wrong("keywords", term, "is more than one word", "list it under `phrases`"));
            }
            matcher.add_words(at, false, words);
        }
        for term in &theme.phrases {
            matcher.add_words(at, false, self.words("phrases", term)?);
        }
        for term in &theme.wildcards {
            if !term.get_ref().contains('*') {
                return Err(self.wrong("wildcards", term, "has no `*`", "list it under `keywords` or `phrases`"));
            }
            matcher.add_words(at, false, self.wildcard("wildcards", term)?);
        }
        for term in &theme.patterns {
            if !self.add_pattern(matcher, (at, false), "patterns", term)? {
                return Err(self.wrong("patterns", term, "does not stand between slashes", "write it as \"/…/\""));
            }
        }
        for term in &theme.exclude {
            if !self.add_pattern(matcher, (at, true), "exclude", term)? {
                matcher.add_words(at, true, self.wildcard("exclude", term)?);
            }
        }
        Ok(())
    }

    /// Adds a term that stands between slashes; whether it does.
    fn add_pattern(&self, matcher: &mut Matcher, (theme, excludes): (usize, bool), key: &str, term: &Spanned<String>) -> Result<bool> {
        match pattern(term.get_ref()) {
            None => Ok(false),
            Some(Ok(regex)) => {
                matcher.add_pattern(theme, excludes, regex);
                Ok(true)
            }
            Some(Err(err)) => {
                let reason = err.to_string();
                let reason = reason.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
                Err(self.wrong(key, term, &format!("is no regular expression: {reason}"), "see https://docs.rs/regex/#syntax"))
            }
        }
    }

    /// The words of a term without wildcard.
    fn words(&self, key: &str, term: &Spanned<String>) -> Result<WordTerm> {
        if term.get_ref().contains('*') {
            return Err(self.wrong(key, term, "has a `*`", "list it under `wildcards`"));
        }
        self.wildcard(key, term)
    }

    /// The words of a term; an asterisk alone would be every word.
    fn wildcard(&self, key: &str, term: &Spanned<String>) -> Result<WordTerm> {
        let words =
            WordTerm::new(term.get_ref()).filter(|_| term.get_ref().split_whitespace().all(|word| word.chars().any(char::is_alphanumeric)));
        words.ok_or_else(|| self.wrong(key, term, "has a word without letters", "give each word at least one letter"))
    }

    fn wrong(&self, key: &str, term: &Spanned<String>, reason: &str, hint: &str) -> Error {
        self.error(term.span().start, &format!("`{key}`: `{}` {reason}", term.get_ref())).with_hint(hint)
    }

    fn error(&self, offset: usize, reason: &str) -> Error {
        let line = 1 + self.text.bytes().take(offset).filter(|&byte| byte == b'\n').count();
        Error::new(ErrorKind::Config(format!("cannot read the codebook: line {line}: {reason}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_names_its_line_and_key() {
        let theme = "[[theme]]\nid = \"ports\"\n";
        let rows = [
            (String::new(), "line 1: the codebook has no theme"),
            (format!("{theme}keyword = [\"port\"]"), "line 3: unknown field `keyword`, expected one of"),
            ("[[theme]]\nkeywords = [\"port\"]".to_owned(), "line 1: missing field `id`"),
            (format!("{theme}keywords = [\"port\""), "line 3: "),
            (format!("{theme}keywords = \"port\""), "line 3: invalid type"),
            (theme.to_owned(), "line 2: theme `ports` has no keywords, phrases, wildcards or patterns"),
            (format!("{theme}keywords = [\"port\"]\n{theme}phrases = [\"a b\"]"), "line 5: `id`: there are two themes `ports`"),
            ("[[theme]]\nid = \"Sea Ports\"\nkeywords = [\"port\"]".to_owned(), "line 2: `id`: `Sea Ports` is not made of"),
            (format!("{theme}parent = \"sea\"\nkeywords = [\"port\"]"), "line 3: `parent`: there is no theme `sea`"),
            (format!("{theme}parent = \"ports\"\nkeywords = [\"port\"]"), "line 3: `parent`: `ports` is its own parent"),
            (format!("{theme}keywords = [\n  \"port\",\n  \"sea port\",\n]"), "line 5: `keywords`: `sea port` is more than one word"),
            (format!("{theme}keywords = [\"port*\"]"), "line 3: `keywords`: `port*` has a `*`"),
            (format!("{theme}keywords = [\"\"]"), "line 3: `keywords`: `` has a word without letters"),
            (format!("{theme}wildcards = [\"port\"]"), "line 3: `wildcards`: `port` has no `*`"),
            (format!("{theme}wildcards = [\"*\"]"), "line 3: `wildcards`: `*` has a word without letters"),
            (format!("{theme}patterns = [\"port\"]"), "line 3: `patterns`: `port` does not stand between slashes"),
            (format!("{theme}patterns = [\"/po(rt/\"]"), "line 3: `patterns`: `/po(rt/` is no regular expression: unclosed group"),
            (format!("{theme}keywords = [\"port\"]\nexclude = [\"/[/\"]"), "line 4: `exclude`: `/[/` is no regular expression"),
        ];
        for (text, expected) in rows {
            let message = Codebook::from_toml(&text).expect_err(&text).to_string();
            let expected = format!("cannot read the codebook: {expected}");
            assert!(message.starts_with(&expected), "{text}\n{message}\n{expected}");
            assert!(!message.contains('\n'), "{message}");
        }
    }

    #[test]
    fn parents_may_be_empty_and_reach_far() {
        let text = "[[theme]]\nid = \"sea\"\n[[theme]]\nid = \"ports\"\nparent = \"sea\"\n[[theme]]\nid = \"berths\"\nparent = \"ports\"\nkeywords = [\"berth\"]";
        let codebook = Codebook::from_toml(text).expect("a codebook");
        assert_eq!(codebook.ancestors(2), [1, 0]);
        assert_eq!(codebook.themes()[2].label, "berths");
    }

    #[test]
    fn loading_names_the_file() {
        let missing = Codebook::load(Path::new("no/such.toml")).expect_err("no file");
        assert!(missing.to_string().starts_with("no/such.toml: cannot read"), "{missing}");
    }

    #[test]
    fn sample_codebook_loads() {
        let codebook = Codebook::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/codebooks/policy.toml")).expect("a codebook");
        assert_eq!((codebook.themes().len(), codebook.title()), (12, Some("Fields of policy")));
    }
}
