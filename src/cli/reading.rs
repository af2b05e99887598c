//! Options of how files become articles.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use sayso::Error;
use sayso::ingest::{Columns, ReadOptions};
use sayso::lexicon::DateOrder;

/// How `3/4/2016` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// 3 April
    Dmy,
    /// 4 March
    Mdy,
}

/// Options of how files become articles.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadArgs {
    /// Read the files that FILE names, one a line (as @FILE does); - reads the names from standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    files_from: Vec<PathBuf>,

    /// The articles' encoding, such as windows-1252; without it, it is detected
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The column or field of tables and JSON that holds the text; without it, it is guessed from usual names
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,

    /// The column of the articles' ids
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,

    /// The column of the titles
    #[arg(long, value_name = "NAME")]
    title_column: Option<String>,

    /// The column of the dates
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,

    /// The column of the outlets
    #[arg(long, value_name = "NAME")]
    outlet_column: Option<String>,

    /// How to read 3/4/2016: dmy or mdy; without it, it is no date
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<Order>,

    /// The largest article, in bytes or as 500K, 2M or 1G [default: 1M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    max_bytes: Option<u64>,

    /// Analyse articles that are not in English too
    #[arg(long)]
    any_language: bool,
}

impl ReadArgs {
    /// How large an article may be, where that is said.
    pub(crate) fn max_bytes(&self) -> u64 {
        self.max_bytes.unwrap_or_default()
    }

    /// The options that they say.
    pub(crate) fn options(&self) -> Result<ReadOptions, Error> {
        let options = self.encoding.as_deref().map_or_else(|| Ok(ReadOptions::default()), ReadOptions::with_encoding)?;
        let max_bytes = self.max_bytes.unwrap_or(options.max_bytes);
        Ok(ReadOptions {
            max_bytes,
            max_file_bytes: options.max_file_bytes.max(max_bytes),
            columns: Columns {
                text: self.text_column.clone(),
                id: self.id_column.clone(),
                title: self.title_column.clone(),
                date: self.date_column.clone(),
                outlet: self.outlet_column.clone(),
            },
            date_order: self.date_order.map(|order| match order {
                Order::Dmy => DateOrder::DayFirst,
                Order::Mdy => DateOrder::MonthFirst,
            }),
            any_language: self.any_language,
            ..options
        })
    }

    /// By name what changes which articles are read, and how.
    pub(crate) fn settings(&self) -> BTreeMap<String, String> {
        let order = self.date_order.map(|order| if order == Order::Dmy { "dmy" } else { "mdy" }.to_owned());
        let named = [
            ("--text-column", self.text_column.clone()),
            ("--id-column", self.id_column.clone()),
            ("--title-column", self.title_column.clone()),
            ("--date-column", self.date_column.clone()),
            ("--outlet-column", self.outlet_column.clone()),
            ("--date-order", order),
            ("--max-bytes", self.max_bytes.map(|bytes| bytes.to_string())),
            ("--any-language", self.any_language.then(|| "yes".to_owned())),
        ];
        named.into_iter().map(|(name, value)| (name.to_owned(), value.unwrap_or_default())).collect()
    }

    /// The inputs: `paths` and the lists of files.
    pub(crate) fn inputs(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let lists = self.files_from.iter().map(|list| PathBuf::from(format!("@{}", list.display())));
        paths.iter().cloned().chain(lists).collect()
    }
}

/// Reads `1500`, `500K`, `2M` or `1G`, in steps of 1024.
fn size(text: &str) -> Result<u64, &'static str> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches('B').trim_end_matches('I');
    let units = [("K", 1 << 10), ("M", 1 << 20), ("G", 1_u64 << 30)];
    let (digits, unit) = units.iter().find_map(|(name, unit)| Some((digits.strip_suffix(*name)?, *unit))).unwrap_or((digits, 1));
    let bytes = digits.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|bytes| *bytes > 0);
    bytes.ok_or("sizes are numbers of bytes such as 1500, 500K, 2M or 1G")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, expected) in [("1500", 1500), ("500K", 512_000), ("2m", 2 << 20), ("1 GB", 1 << 30), ("3MiB", 3 << 20)] {
            assert_eq!(size(text), Ok(expected), "{text}");
        }
        for text in ["", "0", "K", "-1", "1.5M", "many", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
