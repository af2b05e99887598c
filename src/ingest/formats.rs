//! The list of formats: adding one touches its own file and this list.

mod blocks;
mod docx;
mod epub;
mod exports;
mod html;
mod odt;
mod package;
mod pdf;
mod rtf;
mod tei;
#[cfg(test)]
mod tests;
mod xml;

use super::archive::{Gzip, Tar, Zip};
use super::columnar::Parquet;
use super::delimited::Delimited;
use super::feed::NewsFeed;
use super::format::{Format, Likelihood};
use super::json::Json;
use super::mail::{Letter, Mailbox};
use super::plain::{Markdown, PlainText};
use super::spreadsheet::Spreadsheet;
use super::warc::Warc;

/// All readers; where several are equally sure of a file, the first reads it, so special formats stand before general ones.
pub(crate) const FORMATS: &[&dyn Format] = &[
    // Databases' exports before the formats they come in.
    &exports::HtmlExport,
    &exports::FactivaXml,
    &exports::TextExport,
    // Documents.
    &tei::Tei,
    &html::Html,
    &pdf::Pdf,
    &docx::Docx,
    &odt::Odt,
    &epub::Epub,
    &rtf::Rtf,
    // Tables and collections.
    &Parquet,
    &Spreadsheet,
    &Warc,
    &Mailbox,
    &Letter,
    &NewsFeed,
    &Json,
    &Delimited,
    // Archives.
    &Zip,
    &Tar,
    &Gzip,
    // Text last: anything can be text.
    &Markdown,
    &PlainText,
];

/// The surest reader of a file with these first bytes and this name.
pub(crate) fn recognize(head: &[u8], name: &str) -> Option<(&'static dyn Format, Likelihood)> {
    let name = name.to_lowercase();
    let likelihoods = FORMATS.iter().map(|&format| (format, format.recognizes(head, &name)));
    let surest = likelihoods.reduce(|best, next| if next.1 > best.1 { next } else { best });
    surest.filter(|(_, likelihood)| *likelihood != Likelihood::No)
}

/// The reader of this name.
pub(crate) fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
