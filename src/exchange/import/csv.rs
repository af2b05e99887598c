//! A corrected `quotes.csv` back: rows taken out, added or changed. The words of a cell count, and the offsets say which place of them is
//! meant, so that a person need change the words alone.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::article::{Corrected, CorrectedRelation, CorrectedSpan, read_text, safe_id, wrong};
use crate::Result;
use crate::exchange::labels::{CONTENT, CONTINUES, CUE, CUED_BY, SAID_BY, SOURCE};
use crate::exchange::offsets::Offsets;
use crate::exchange::record::SpanRecord;

/// What joins the pieces of an interrupted quotation.
const GAP: &str = " … ";

#[derive(Deserialize)]
struct ArticleText {
    text: String,
}

/// The rows of one article.
type Rows = Vec<(String, HashMap<String, String>)>;

/// Reads a table; the articles' texts are in `texts`.
pub(super) fn read(path: &Path, texts: Option<&Path>) -> Result<Vec<Corrected>> {
    let Some(texts) = texts else {
        let hint = "name the report's folder, or one of ID.txt, with --texts";
        return Err(wrong(path, "", "a table has no texts of the articles in it", hint));
    };
    let mut by_article = all_articles(texts);
    for (place, row) in rows(path)? {
        let id = row.get("article_id").cloned().unwrap_or_default();
        by_article.entry(id).or_default().push((place, row));
    }
    by_article.into_iter().map(|(id, rows)| article(path, &id, &rows, texts)).collect()
}

/// The articles of a report: one whose every row was taken out is one without quotations.
fn all_articles(texts: &Path) -> BTreeMap<String, Rows> {
    let entries = std::fs::read_dir(texts.join("articles")).into_iter().flatten().flatten();
    entries.filter_map(|entry| Some((entry.file_name().to_str()?.strip_suffix(".json")?.to_owned(), Rows::new()))).collect()
}

fn rows(path: &Path) -> Result<Rows> {
    let text = read_text(path)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let failed = |error: csv::Error| {
        let place = error.position().map_or_else(String::new, |position| format!("line {}", position.line()));
        wrong(path, &place, format_args!("not CSV: {error}"), "save it as CSV in UTF-8, with commas")
    };
    let headers = reader.headers().map_err(failed)?.clone();
    for needed in ["article_id", "content"] {
        if !headers.iter().any(|header| header == needed) {
            let hint = "columns are those of quotes.csv; separators are commas";
            return Err(wrong(path, "line 1", format_args!("there is no column {needed}"), hint));
        }
    }
    let mut rows = Rows::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = headers.iter().zip(&record).map(|(header, cell)| (header.to_owned(), without_guard(cell).to_owned()));
        rows.push((format!("line {line}"), cells.collect()));
    }
    Ok(rows)
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn without_guard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell)
}

fn text_of(path: &Path, id: &str, place: &str, texts: &Path) -> Result<String> {
    if safe_id(id) != id {
        return Err(wrong(path, place, format_args!("“{id}” is no article's id"), "mend article_id; ids are those of articles.csv"));
    }
    let json: Vec<PathBuf> = [texts.join("articles"), texts.to_owned()].iter().map(|folder| folder.join(format!("{id}.json"))).collect();
    if let Some(file) = json.iter().find(|file| file.is_file()) {
        let parsed: std::result::Result<ArticleText, _> = serde_json::from_str(&read_text(file)?);
        return parsed
            .map(|article| article.text)
            .map_err(|error| wrong(file, "", format_args!("no text in it: {error}"), "analyse again"));
    }
    let plain = texts.join(format!("{id}.txt"));
    if plain.is_file() {
        return read_text(&plain);
    }
    let hint = format!("mend article_id, or put {id}.txt there");
    Err(wrong(path, place, format_args!("there is no article “{id}” in {}", texts.display()), hint))
}

fn article(path: &Path, id: &str, rows: &Rows, texts: &Path) -> Result<Corrected> {
    let text = text_of(path, id, rows.first().map_or("", |(place, _)| place), texts)?;
    let mut article = Corrected { id: id.to_owned(), path: path.to_owned(), ..Corrected::default() };
    let offsets = Offsets::new(&text);
    for (number, (place, row)) in (1..).zip(rows) {
        quotation(&mut article, &Row { path, place, cells: row, offsets: &offsets, text: &text }, number)?;
    }
    Ok(Corrected { text, ..article })
}

struct Row<'a> {
    path: &'a Path,
    place: &'a str,
    cells: &'a HashMap<String, String>,
    offsets: &'a Offsets<'a>,
    text: &'a str,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// A column's number; an error for what is none.
    fn number(&self, column: &str) -> Result<Option<usize>> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        let hint = "offsets are whole numbers of code points; an empty cell leaves it to the words";
        cell.parse().map(Some).map_err(|_| wrong(self.path, self.place, format_args!("{column}: “{cell}” is no offset"), hint))
    }

    /// The place of `words` nearest to a code point, with `after` none before it.
    fn find(&self, words: &str, near: usize, after: bool) -> Option<SpanRecord> {
        let near = self.offsets.byte(near);
        let places = self.text.match_indices(words).map(|(at, _)| at).filter(|&at| !after || at >= near);
        let at = places.min_by_key(|&at| at.abs_diff(near))?;
        Some(SpanRecord { start: self.offsets.point(at), end: self.offsets.point(at) + words.chars().count() })
    }

    fn missing(&self, column: &str, words: &str) -> crate::Error {
        let hint = "cells hold words exactly as the article has them; pieces of a quotation are joined by “ … ”";
        wrong(self.path, self.place, format_args!("{column}: the words “{words}” do not stand in the article"), hint)
    }

    /// The content's pieces: as one, or cut at the joints where the article does not have them.
    fn pieces(&self, words: &str, start: usize) -> Result<Vec<SpanRecord>> {
        if let Some(whole) = self.find(words, start, false) {
            return Ok(vec![whole]);
        }
        let mut pieces: Vec<SpanRecord> = Vec::new();
        for words in words.split(GAP) {
            let from = pieces.last().map_or(start, |piece| piece.end);
            pieces.push(self.find(words, from, !pieces.is_empty()).ok_or_else(|| self.missing("content", words))?);
        }
        Ok(pieces)
    }
}

/// Adds a row's quotation.
fn quotation(article: &mut Corrected, row: &Row<'_>, number: usize) -> Result<()> {
    let Some(content) = row.cell("content") else {
        return Err(wrong(row.path, row.place, "the cell content is empty", "fill it, or take the row out"));
    };
    let pieces = row.pieces(content, row.number("content_start")?.unwrap_or(0))?;
    let (kind, name) = (row.cell("kind").map(str::to_owned), row.cell("speaker").map(str::to_owned));
    let span = |id: String, label: &str, piece: SpanRecord| CorrectedSpan {
        id,
        label: label.to_owned(),
        pieces: vec![piece],
        place: row.place.to_owned(),
        ..CorrectedSpan::default()
    };
    let relation = |label: &str, to: &str| CorrectedRelation {
        label: label.to_owned(),
        from: format!("{number}.1"),
        to: to.to_owned(),
        place: row.place.to_owned(),
    };
    for (at, &piece) in (1..).zip(&pieces) {
        let id = format!("{number}.{at}");
        if at > 1 {
            article.relations.push(relation(CONTINUES, &id));
        }
        article.spans.push(CorrectedSpan { kind: kind.clone(), name: name.clone(), ..span(id, CONTENT, piece) });
    }
    for (column, label, kind) in [("source", SOURCE, SAID_BY), ("cue", CUE, CUED_BY)] {
        let Some(words) = row.cell(column) else { continue };
        let given = row.number(&format!("{column}_start"))?;
        let place = match given {
            Some(at) => row.find(words, at, false),
            None => beside(row, words, &pieces),
        };
        let id = format!("{number}.{column}");
        article.relations.push(relation(kind, &id));
        article.spans.push(span(id, label, place.ok_or_else(|| row.missing(column, words))?));
    }
    Ok(())
}

/// The place of words that stand nearest to a piece of a quotation, outside all of them where there is one.
fn beside(row: &Row<'_>, words: &str, pieces: &[SpanRecord]) -> Option<SpanRecord> {
    let length = words.chars().count();
    let places = row.text.match_indices(words).map(|(at, _)| row.offsets.point(at));
    let gap = |at: usize, piece: &SpanRecord| match (at + length <= piece.start, at >= piece.end) {
        (true, _) => Some(piece.start - at - length),
        (_, true) => Some(at - piece.end),
        _ => None,
    };
    let distance = |at: usize| pieces.iter().map(|piece| gap(at, piece)).collect::<Option<Vec<usize>>>()?.into_iter().min();
    let nearest = places.min_by_key(|&at| distance(at).unwrap_or(usize::MAX))?;
    Some(SpanRecord { start: nearest, end: nearest + length })
}
