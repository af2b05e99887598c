//! One coder's codings as CSV: one row for each unit and theme.
//!
//! ```csv
//! unit,theme
//! ferry:s1,transport
//! ferry:s1,macroeconomy
//! ferry:s2,
//! ferry:s3,NA
//! ```
//!
//! A unit with an empty cell was read and has no theme; one that is not listed, or has `NA`, was not coded. The column of units is `unit`,
//! `sentence_id` or `quote_id`, that of themes `theme_id`, `theme` or `code`, each the first of these that is there; other columns are left
//! alone, so that a report's `theme_sentences.csv` and `theme_quotes.csv` are files of codings as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{Codebook, Error, ErrorKind, Result};

const UNIT: [&str; 3] = ["unit", "sentence_id", "quote_id"];
const THEME: [&str; 3] = ["theme_id", "theme", "code"];
const MISSING: &str = "NA";

/// The themes one coder gave to units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codings {
    name: String,
    units: BTreeMap<String, BTreeSet<String>>,
}

impl Codings {
    /// What a coder of this name gave to units, each with the ids of its themes.
    pub fn new(name: impl Into<String>, units: impl IntoIterator<Item = (String, BTreeSet<String>)>) -> Self {
        Self { name: name.into(), units: units.into_iter().collect() }
    }

    /// Reads the codings of a file; the coder is named after it.
    ///
    /// # Errors
    /// Where the file cannot be read, or as [`Self::from_csv`].
    pub fn load(path: &Path) -> Result<Self> {
        Self::from_csv(&Codebook::read(path)?, &path.display().to_string()).map_err(|error| error.at(path))
    }

    /// Reads codings from CSV with a header; `name` is the coder's.
    ///
    /// # Errors
    /// Where a column is missing, a row has no unit or another number of cells, or a unit is coded and `NA` at once; the message names the
    /// line.
    pub fn from_csv(text: &str, name: &str) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| wrong(1, &error.to_string()).caused_by(error))?.clone();
        let column = |wanted: &str| header.iter().position(|name| name.trim_start_matches('\u{feff}').eq_ignore_ascii_case(wanted));
        let hint = "codings are CSV with the columns unit and theme, one row for each unit and theme";
        let unit_at = UNIT.into_iter().find_map(column).ok_or_else(|| wrong(1, "there is no column `unit`").with_hint(hint))?;
        let theme_at = THEME.into_iter().find_map(column).ok_or_else(|| wrong(1, "there is no column `theme`").with_hint(hint))?;
        let mut units: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut missing: BTreeMap<String, usize> = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(1, csv::Position::line);
                let error = wrong(line, "the row has another number of cells than the header").caused_by(error);
                error.with_hint("put a cell with a comma in quotation marks")
            })?;
            let line = record.position().map_or(1, csv::Position::line);
            let unit = record
                .get(unit_at)
                .filter(|unit| !unit.is_empty())
                .ok_or_else(|| wrong(line, "`unit`: the cell is empty").with_hint("write the unit's id in every row"))?;
            match record.get(theme_at).unwrap_or_default() {
                MISSING => {
                    missing.insert(unit.to_owned(), usize::try_from(line).unwrap_or(1));
                }
                "" => {
                    units.entry(unit.to_owned()).or_default();
                }
                theme => {
                    units.entry(unit.to_owned()).or_default().insert(theme.to_owned());
                }
            }
        }
        if let Some((unit, line)) = missing.iter().find(|(unit, _)| units.contains_key(*unit)) {
            let error = wrong(*line as u64, &format!("`{unit}` is coded and NA at once"));
            return Err(error.with_hint("take one of its rows away"));
        }
        Ok(Self { name: name.to_owned(), units })
    }

    /// The codings with the themes' parents, which have by a codebook's rule what their parts have: people write down the part alone.
    ///
    /// ```
    /// let codebook = sayso::Codebook::from_toml(
    ///     "[[theme]]\nid = \"energy\"\n[[theme]]\nid = \"coal\"\nparent = \"energy\"\nkeywords = [\"coal\"]\n",
    /// )?;
    /// let codings = sayso::agreement::Codings::from_csv("unit,theme\na:s1,coal\n", "ana")?.with_parents(&codebook);
    /// assert_eq!(codings.themes_of("a:s1").map(|themes| themes.len()), Some(2));
    /// # Ok::<(), sayso::Error>(())
    /// ```
    #[must_use]
    pub fn with_parents(mut self, codebook: &Codebook) -> Self {
        for themes in self.units.values_mut() {
            let parents: Vec<String> = themes.iter().flat_map(|theme| codebook.parents_of(theme)).map(ToOwned::to_owned).collect();
            themes.extend(parents);
        }
        self
    }

    /// The coder's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The ids of the coded units, sorted.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.keys().map(String::as_str)
    }

    /// The themes of a unit; none where it was not coded.
    pub fn themes_of(&self, unit: &str) -> Option<&BTreeSet<String>> {
        self.units.get(unit)
    }
}

fn wrong(line: u64, reason: &str) -> Error {
    Error::new(ErrorKind::Gold(format!("cannot read the codings: line {line}: {reason}")))
        .on_line(usize::try_from(line).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_their_line() {
        for (text, expected) in [
            ("article,theme\na,x\n", "line 1: there is no column `unit`"),
            ("unit,label\na,x\n", "line 1: there is no column `theme`"),
            ("unit,theme\na,x\nb\n", "line 3: the row has another number of cells"),
            ("unit,theme\n,x\n", "line 2: `unit`: the cell is empty"),
            ("unit,theme\na,x\na,NA\n", "line 3: `a` is coded and NA at once"),
        ] {
            let message = Codings::from_csv(text, "one").expect_err(text).to_string();
            assert!(message.starts_with(&format!("cannot read the codings: {expected}")), "{message}");
        }
    }

    #[test]
    fn ids_go_before_labels() {
        let codings = Codings::from_csv("\u{feff}Unit,theme,theme_id\na,Trade,trade\n", "one").expect("codings");
        assert_eq!(codings.themes_of("a").map(|themes| themes.iter().map(String::as_str).collect()), Some(vec!["trade"]));
    }
}
