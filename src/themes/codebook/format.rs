//! Which program's format a codebook is in.

use std::path::Path;

use super::draft::Draft;
use super::{csv, lexicoder, liwc, toml, wordstat, yaml, yoshikoder};
use crate::{Error, ErrorKind, Result};

/// A format that codebooks are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodebookFormat {
    /// sayso's own, `.toml`.
    Toml,
    /// quanteda's dictionaries, `.yml` and `.yaml`.
    Quanteda,
    /// LIWC, `.dic`.
    Liwc,
    /// `WordStat`, `.cat`.
    WordStat,
    /// Yoshikoder, `.ykd`; also Lexicoder's older `.lcd`.
    Yoshikoder,
    /// Lexicoder 3, `.lc3`.
    Lexicoder,
    /// A list of terms, `.csv`.
    Csv,
}

impl CodebookFormat {
    /// The format that the end of a file's name says.
    ///
    /// # Errors
    /// Where no format has this ending.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        Ok(match ending.as_str() {
            "toml" => Self::Toml,
            "yml" | "yaml" => Self::Quanteda,
            "dic" => Self::Liwc,
            "cat" => Self::WordStat,
            "ykd" | "lcd" => Self::Yoshikoder,
            "lc3" => Self::Lexicoder,
            "csv" => Self::Csv,
            _ => {
                let error = Error::new(ErrorKind::Config("no codebook format ends so".to_owned())).at(path);
                return Err(error.with_hint("codebooks end in .toml, .yml, .dic (LIWC), .cat (WordStat), .ykd, .lcd, .lc3 or .csv"));
            }
        })
    }

    /// Reads `text` without checking what it says.
    pub(super) fn draft(self, text: &str) -> Draft {
        match self {
            Self::Toml => toml::read(text),
            Self::Quanteda => yaml::read(text),
            Self::Liwc => liwc::read(text),
            Self::WordStat => wordstat::read(text),
            // Lexicoder wrote both formats under both endings.
            Self::Yoshikoder | Self::Lexicoder if text.trim_start().starts_with('+') => lexicoder::read(text),
            Self::Lexicoder if !text.trim_start().starts_with('<') => lexicoder::read(text),
            Self::Yoshikoder | Self::Lexicoder => yoshikoder::read(text),
            Self::Csv => csv::read(text),
        }
    }
}
