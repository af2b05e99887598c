//! What news databases let people download: many articles in one file, with header lines and footers between them.
//!
//! Nexis, Factiva and ProQuest write the same lines into text, HTML, RTF and DOCX files; so the readers of those formats give their
//! paragraphs here, and one reader a database splits them. The formats are known from the databases' documentation and from files.

mod europresse;
mod factiva;
mod factiva_xml;
mod files;
mod nexis;
mod nexis_labels;
mod proquest;

pub(crate) use factiva_xml::FactivaXml;
pub(crate) use files::{HtmlExport, TextExport};

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::Block;
use crate::Result;
use crate::ingest::format::RawArticle;
use crate::lexicon;

/// An article of an export, or what is wrong with it.
type Found = Result<RawArticle>;

/// The articles of an export, where the paragraphs are one's; `source` is the format they came in.
pub(super) fn split(blocks: &[Block], source: &'static str) -> Option<Vec<Found>> {
    let found = proquest::split(blocks, source).or_else(|| nexis::split(blocks, source)).or_else(|| factiva::split(blocks, source))?;
    (!found.is_empty()).then_some(found)
}

/// The first date in a text, as it is printed: `July 1, 2019`, `27. Februar 2012`, `5 octobre 2013`, `2019-07-01`, `March 2020`.
fn date_in(text: &str) -> Option<&str> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let month = r"(?:jan|ene|gen|feb|fév|fev|mar|mär|mrt|apr|abr|avr|ma[iyjg]|jun|jui|giu|jul|lug|aug|aoû|aou|ago|sep|set|oct|okt|ott|out|nov|dec|dez|déc|dic)\p{L}*\.?";
        let year = r"(?:1[6-9]|20)\d\d";
        Regex::new(&format!(
            r"(?i)\b(?:{month} \d{{1,2}},? {year}|\d{{1,2}}(?:er|\.)? (?:de )?{month},? (?:de )?{year}|{year}-\d\d-\d\d|{year}年\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}[./]\d{{1,2}}[./]{year}|{month} {year})"
        ))
        .ok()
    });
    DATE.as_ref().and_then(|date| date.find(text)).map(|found| found.as_str())
}

/// Whether a short line is about a date and little else.
fn is_date_line(line: &str) -> bool {
    line.split_whitespace().count() <= 12 && line.len() < 120 && date_in(line).is_some()
}

/// Whether a paragraph says who owns the text.
fn is_copyright(text: &str) -> bool {
    let lower: String = text.trim_start().chars().take(48).flat_map(char::to_lowercase).collect();
    let rest = lexicon::after_owner(&lower);
    let is_signed = rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches([' ', ':', '(', 'c', ')', '©', ',']);
        rest.is_empty() || rest.starts_with(|ch: char| ch.is_ascii_digit()) || text.split_whitespace().count() <= 12
    });
    is_signed || lexicon::reserves_rights(&lower)
}

/// A byline without its *by*.
fn without_by(byline: &str) -> &str {
    let by = byline.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    if by { byline.get(3..).unwrap_or_default().trim() } else { byline.trim() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_printed_dates() {
        for (text, expected) in [
            ("July 1, 2019 Monday 9:20 AM GMT", Some("July 1, 2019")),
            ("December 19, 1991, Sunday, An Edition", Some("December 19, 1991")),
            ("27. Februar 2012 Montag 9:50 PM GMT+1", Some("27. Februar 2012")),
            ("Politique, jeudi 5 octobre 2013, p. 3", Some("5 octobre 2013")),
            ("Sunday, 1er mars 2015", Some("1er mars 2015")),
            ("12 de mayo de 2014", Some("12 de mayo de 2014")),
            ("Dienstag 7. Juli 2020", Some("7. Juli 2020")),
            ("March 2020", Some("March 2020")),
            ("2016年9月12日", Some("2016年9月12日")),
            ("The Guardian (London)", None),
            ("1 of 20 DOCUMENTS", None),
        ] {
            assert_eq!(date_in(text), expected, "{text}");
        }
    }

    #[test]
    fn knows_copyright_lines() {
        for (text, expected) in [
            ("Copyright 2010 Guardian Unlimited", true),
            ("(c) 2012 Company", true),
            ("© 2012 Magazine. Tous droits réservés.", true),
            ("All Rights Reserved", true),
            ("Copyright: (Copyright (c) 2010 Example Times)", true),
            ("Copyright law will change next year, the minister told the committee in a long letter.", false),
            ("The copyright holder said no.", false),
        ] {
            assert_eq!(is_copyright(text), expected, "{text}");
        }
    }
}
