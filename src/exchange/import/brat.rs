//! brat standoff back: `T`, `R`, `A` and `#` lines. Offsets are code points; fragments that only a line break parts are one span again.

use std::path::{Path, PathBuf};

use super::article::{Corrected, CorrectedRelation, CorrectedSpan, files, read_text, stem, wrong};
use crate::exchange::offsets::Offsets;
use crate::exchange::record::SpanRecord;
use crate::{Error, Result};

/// Reads a file of annotations or a folder of them.
pub(super) fn read(path: &Path, texts: Option<&Path>) -> Result<Vec<Corrected>> {
    files(path, &["ann"])?.iter().map(|file| article(file, &text_of(file, texts))).collect()
}

fn text_of(file: &Path, texts: Option<&Path>) -> PathBuf {
    match texts {
        Some(folder) => folder.join(format!("{}.txt", stem(file))),
        None => file.with_extension("txt"),
    }
}

fn article(path: &Path, text_path: &Path) -> Result<Corrected> {
    let text =
        read_text(text_path).map_err(|error| error.with_hint("each .ann needs its .txt beside it; --texts DIR names another folder"))?;
    let ann = read_text(path)?;
    let mut article = Corrected { id: stem(path), text: String::new(), has_entities: true, path: path.to_owned(), ..Corrected::default() };
    let offsets = Offsets::new(&text);
    let (mut kinds, mut names) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(ann.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {number}");
        let shape = || wrong(path, &place, format_args!("not an annotation of brat: {line}"), "restore the line as brat wrote it");
        let (id, rest) = line.split_once('\t').ok_or_else(shape)?;
        match id.chars().next() {
            Some('T') => article.spans.push(span(path, id, rest, &offsets, &place).ok_or_else(shape)??),
            Some('R') => article.relations.push(relation(rest, place.clone()).ok_or_else(shape)?),
            Some('A' | 'M') => {
                let mut parts = rest.split_whitespace();
                if let (Some("Kind"), Some(target), Some(value)) = (parts.next(), parts.next(), parts.next()) {
                    kinds.push((target.to_owned(), value.to_owned()));
                }
            }
            Some('#') => {
                let (about, note) = rest.split_once('\t').unwrap_or((rest, ""));
                if let Some((_, target)) = about.split_once(' ').filter(|(kind, _)| *kind == "AnnotatorNotes") {
                    names.push((target.trim().to_owned(), note.trim().to_owned()));
                }
            }
            // Links to other databases say nothing of quotations.
            Some('N') => {}
            _ => return Err(wrong(path, &place, "events and equivalences are not read", "delete the line, or make it a relation")),
        }
    }
    for span in &mut article.spans {
        span.kind = kinds.iter().rev().find(|(target, _)| *target == span.id).map(|(_, kind)| kind.clone());
        span.name = names.iter().rev().find(|(target, _)| *target == span.id).map(|(_, name)| name.clone());
    }
    Ok(Corrected { text, ..article })
}

/// A `T` line; none where it has another shape, an error where its words are not those of the text.
fn span(path: &Path, id: &str, rest: &str, offsets: &Offsets<'_>, place: &str) -> Option<Result<CorrectedSpan>> {
    let (about, words) = rest.split_once('\t')?;
    let (label, places) = about.split_once(' ')?;
    let mut fragments = Vec::new();
    for fragment in places.split(';') {
        let (start, end) = fragment.trim().split_once(' ')?;
        fragments.push(SpanRecord { start: start.parse().ok()?, end: end.trim().parse().ok()? });
    }
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = plain(&fragments.iter().map(|&fragment| offsets.slice(fragment)).collect::<Vec<_>>().join(" "));
    if found != plain(words) {
        let what = format!("{id} is “{}”, but the text has “{found}” there", plain(words));
        return Some(Err(different(path, place, what)));
    }
    let pieces = whole(&fragments, offsets);
    Some(Ok(CorrectedSpan { id: id.to_owned(), label: label.to_owned(), pieces, place: place.to_owned(), ..CorrectedSpan::default() }))
}

fn different(path: &Path, place: &str, what: String) -> Error {
    wrong(path, place, what, "the text must be the one that was exported, unchanged; offsets are Unicode code points")
}

/// Fragments with nothing but white space between them, put together.
fn whole(fragments: &[SpanRecord], offsets: &Offsets<'_>) -> Vec<SpanRecord> {
    let mut pieces: Vec<SpanRecord> = Vec::new();
    for &fragment in fragments {
        match pieces.last_mut() {
            Some(last)
                if offsets.slice(SpanRecord { start: last.end, end: fragment.start }).trim().is_empty() && last.end <= fragment.start =>
            {
                last.end = fragment.end;
            }
            _ => pieces.push(fragment),
        }
    }
    pieces
}

fn relation(rest: &str, place: String) -> Option<CorrectedRelation> {
    let mut parts = rest.split_whitespace();
    let label = parts.next()?.to_owned();
    let (from, to) = (parts.next()?.split_once(':')?.1.to_owned(), parts.next()?.split_once(':')?.1.to_owned());
    Some(CorrectedRelation { label, from, to, place })
}
