//! The themes that a run has found, read from its report, edited, and written as a codebook with which the next run codes them.

use std::fmt::Write as _;
use std::path::Path;

use super::cell::{as_it_was, members};
use super::theme_terms::THEME_TERMS;
use crate::themes::{is_codebook_term, slug, toml_quoted};
use crate::{Error, ErrorKind, Result};

/// The table of shares.
const THEME_SUMMARY: &str = "theme_summary.csv";

/// The themes that a run without a codebook has found.
///
/// ```no_run
/// # fn main() -> sayso::Result<()> {
/// let mut themes = sayso::report::RunThemes::read("run".as_ref())?;
/// themes.merge(&["heat-pump", "boiler"], "Heating")?;
/// let codebook = sayso::Codebook::from_toml(&themes.to_codebook())?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunThemes {
    themes: Vec<RunTheme>,
}

/// One of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunTheme {
    /// Unique in the run.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// Words and phrases that set it apart, best first.
    pub terms: Vec<String>,
    /// Sentences that show it.
    pub examples: Vec<String>,
    /// Articles that have it.
    pub articles: usize,
    /// Its words as a share of the run's, 0 to 1.
    pub share: f64,
}

impl RunThemes {
    /// Reads them from the folder of a report.
    ///
    /// # Errors
    /// Where the folder holds no report, or one whose articles were coded by a codebook or have themes of their own.
    pub fn read(dir: &Path) -> Result<Self> {
        let none = || {
            let error = Error::new(ErrorKind::Config("this report has no themes of its run".to_owned())).at(dir);
            error.with_hint("they are found without --codebook in runs of 30 articles or more, or with --themes N")
        };
        let mut themes: Vec<RunTheme> = Vec::new();
        for [id, label, terms, examples] in rows(dir, THEME_TERMS, ["theme_id", "theme", "terms", "examples"])? {
            let [terms, examples] = [terms, examples].map(|list| members(as_it_was(&list)));
            themes.push(RunTheme { id, label: as_it_was(&label).to_owned(), terms, examples, ..RunTheme::default() });
        }
        for [id, measure, count, share] in rows(dir, THEME_SUMMARY, ["theme_id", "measure", "count", "share"])? {
            let Some(theme) = themes.iter_mut().find(|theme| theme.id == id) else { continue };
            match measure.as_str() {
                "articles" => theme.articles = count.parse().unwrap_or_default(),
                "words" => theme.share = share.parse().unwrap_or_default(),
                _ => {}
            }
        }
        if themes.is_empty() { Err(none()) } else { Ok(Self { themes }) }
    }

    /// All of them, in the order of the report.
    pub fn all(&self) -> &[RunTheme] {
        &self.themes
    }

    /// Gives a theme another name; its id stays.
    ///
    /// # Errors
    /// Where there is no theme of this id.
    pub fn rename(&mut self, id: &str, label: &str) -> Result<()> {
        let at = self.place(id)?;
        if let Some(theme) = self.themes.get_mut(at) {
            label.clone_into(&mut theme.label);
        }
        Ok(())
    }

    /// Makes one theme of several, in the place of the first, with an id made of its name. Articles and shares are added up, so that an article
    /// that has two of them counts twice.
    ///
    /// # Errors
    /// Where there is no theme of one of these ids, or another theme has the new one.
    pub fn merge(&mut self, ids: &[&str], label: &str) -> Result<()> {
        let mut places = ids.iter().map(|id| self.place(id)).collect::<Result<Vec<usize>>>()?;
        places.sort_unstable();
        places.dedup();
        let id = slug(label);
        if self.themes.iter().enumerate().any(|(at, theme)| theme.id == id && !places.contains(&at)) {
            return Err(Error::new(ErrorKind::Config(format!("another theme has the id '{id}' already")))
                .with_hint("give the new theme another name"));
        }
        let parts: Vec<RunTheme> = places.iter().rev().map(|&at| self.themes.remove(at)).collect();
        let mut merged = RunTheme { id, label: label.to_owned(), ..RunTheme::default() };
        for part in parts.into_iter().rev() {
            merged.articles += part.articles;
            merged.share += part.share;
            merged.terms.extend(part.terms.into_iter().filter(|term| !merged.terms.contains(term)).collect::<Vec<_>>());
            merged.examples.extend(part.examples);
        }
        if let Some(&first) = places.first() {
            self.themes.insert(first, merged);
        }
        Ok(())
    }

    /// Takes a theme out.
    ///
    /// # Errors
    /// Where there is no theme of this id.
    pub fn remove(&mut self, id: &str) -> Result<()> {
        let at = self.place(id)?;
        self.themes.remove(at);
        Ok(())
    }

    /// A codebook in sayso's own format: each theme with its terms, and the sentences that show it as comments. A term of several themes is
    /// kept in the first alone.
    pub fn to_codebook(&self) -> String {
        let mut text = "# Themes that sayso has found in a run, frozen: analyze --codebook codes the same ones in other articles.\n\
                        # To edit before use: general words out, words that are missing in. `sayso codebook check FILE` names what is wrong.\n\n\
                        title = \"Themes of a run\"\n"
            .to_owned();
        let mut used: Vec<String> = Vec::new();
        for theme in &self.themes {
            text.push('\n');
            for example in &theme.examples {
                let _ = writeln!(text, "# {}", example.replace(char::is_control, " "));
            }
            let _ = write!(text, "[[theme]]\nid = {}\nlabel = {}\n", toml_quoted(&theme.id), toml_quoted(&theme.label));
            let is_new = |term: &&String| is_codebook_term(term) && !used.contains(&term.to_lowercase());
            let terms: Vec<&String> = theme.terms.iter().filter(is_new).collect();
            let _ = writeln!(text, "description = {}", toml_quoted(&theme.terms.join(", ")));
            let (words, phrases): (Vec<&String>, Vec<&String>) = terms.iter().partition(|term| term.split_whitespace().nth(1).is_none());
            for (name, list) in [("keywords", words), ("phrases", phrases)].iter().filter(|(_, list)| !list.is_empty()) {
                let list: Vec<String> = list.iter().map(|term| toml_quoted(term)).collect();
                let _ = writeln!(text, "{name} = [{}]", list.join(", "));
            }
            used.extend(terms.into_iter().map(|term| term.to_lowercase()));
        }
        text
    }

    fn place(&self, id: &str) -> Result<usize> {
        self.themes.iter().position(|theme| theme.id == id).ok_or_else(|| {
            let ids: Vec<&str> = self.themes.iter().map(|theme| theme.id.as_str()).collect();
            Error::new(ErrorKind::Config(format!("there is no theme '{id}'"))).with_hint(format!("there are {}", ids.join(", ")))
        })
    }
}

/// The cells of these columns in a table of the report.
fn rows<const N: usize>(dir: &Path, table: &str, columns: [&str; N]) -> Result<Vec<[String; N]>> {
    let path = dir.join(table);
    let failed = |error: ::csv::Error| {
        let is_missing = matches!(error.kind(), ::csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound);
        let error = Error::new(ErrorKind::Read(error.into())).at(&path);
        if is_missing { error.with_hint("name a folder that sayso analyze -o has written, with its tables") } else { error }
    };
    let mut reader = ::csv::Reader::from_path(&path).map_err(failed)?;
    let header = reader.headers().map_err(failed)?.clone();
    let places = columns.map(|column| header.iter().position(|name| name.trim_start_matches('\u{feff}') == column));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        rows.push(places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default().to_owned()));
    }
    Ok(rows)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write what they read")]
mod tests {
    use super::*;
    use crate::Codebook;

    fn report() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let terms = "\u{feff}theme_id,theme,terms,examples\r\n\
                     heat-pump,heat pump,heat pump; boiler,Heat pumps are dear.\r\n\
                     rail-fare,rail fare,rail fare; boiler; train,Fares rose.; A \\; B.\r\n\
                     tax,tax,tax,\r\n";
        let summary = "\u{feff}theme_id,theme,parent_id,measure,count,total,share\r\n\
                       heat-pump,heat pump,,articles,12,40,0.3\r\nheat-pump,heat pump,,words,900,9000,0.1\r\n\
                       tax,tax,,articles,3,40,0.075\r\ntax,tax,,words,90,9000,0.01\r\n";
        std::fs::write(dir.path().join(THEME_TERMS), terms).unwrap();
        std::fs::write(dir.path().join(THEME_SUMMARY), summary).unwrap();
        dir
    }

    #[test]
    fn themes_are_read_renamed_merged_and_frozen() {
        let mut themes = RunThemes::read(report().path()).unwrap();
        let first = &themes.all()[0];
        assert_eq!((first.label.as_str(), first.articles, first.share), ("heat pump", 12, 0.1));
        assert_eq!(themes.all()[1].examples, ["Fares rose.", "A ; B."]);
        themes.rename("rail-fare", "Rail").unwrap();
        themes.merge(&["tax", "heat-pump"], "Heating and tax").unwrap();
        let merged = &themes.all()[0];
        assert_eq!((merged.id.as_str(), merged.articles, merged.terms.len()), ("heating-and-tax", 15, 3));
        let codebook = Codebook::from_toml(&themes.to_codebook()).unwrap();
        let labels: Vec<&str> = codebook.themes().iter().map(|theme| theme.label.as_str()).collect();
        assert_eq!(labels, ["Heating and tax", "Rail"]);
        assert_eq!(codebook.terms(), 5, "boiler stands in the first alone: {}", themes.to_codebook());
    }

    #[test]
    fn what_cannot_be_done_says_so() {
        let mut themes = RunThemes::read(report().path()).unwrap();
        let unknown = themes.rename("pumps", "Pumps").unwrap_err();
        assert_eq!(unknown.hint(), Some("there are heat-pump, rail-fare, tax"));
        assert!(themes.merge(&["heat-pump"], "Tax").unwrap_err().to_string().contains("another theme has the id 'tax'"));
        themes.remove("tax").unwrap();
        assert_eq!(themes.all().len(), 2);
        let empty = tempfile::tempdir().unwrap();
        assert!(RunThemes::read(empty.path()).unwrap_err().hint().is_some_and(|hint| hint.contains("analyze -o")));
        std::fs::write(empty.path().join(THEME_TERMS), "theme_id,theme,terms,examples\r\n").unwrap();
        std::fs::write(empty.path().join(THEME_SUMMARY), "theme_id,measure,count,share\r\n").unwrap();
        assert!(RunThemes::read(empty.path()).unwrap_err().to_string().contains("no themes of its run"));
    }
}
