//! Where a content begins and ends: both quotation marks or none, no stray punctuation, nothing that belongs to a neighbour.
//!
//! Each rule was checked against `PolNeAR`'s gold borders. Its annotators keep *that* and auxiliaries inside their spans (2,297 contents
//! begin with *that*, 30 stand right after one), so no rule trims either; nor the comma that closes a source's apposition.

use super::changes::Change;
use super::draft::{Draft, Link};
use super::labelled_reading::{LabelledReading, Run};
use crate::quotation_marks::{MarkStyle, Marked};
use crate::{AttributionLabel, Span, lexicon};

/// Words a fragment may miss before its second mark.
const MISSING_IN_FRAGMENT: usize = 6;
/// Words a content inside marks may miss at each end to take in the marks.
const MISSING_INSIDE: usize = 1;
/// How often marks are looked at again after one was taken in.
const ROUNDS: usize = 3;

/// [`Rule::BareLabels`](super::Rule::BareLabels): sources and cues without punctuation at their borders.
pub(super) fn bare_labels(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let trimmed = |run: &Run| Some(bare(reading, run)).filter(|&span| span != run.span);
    let runs = reading.runs.iter().enumerate().filter_map(|(run, labelled)| Some(Change::Trim { run, span: trimmed(labelled)? }));
    let linked = |link: Option<Link>| link.and_then(|link| Some(Link { run: Run { span: trimmed(&link.run)?, ..link.run }, ..link }));
    let links = drafts.iter().enumerate().flat_map(|(draft, found)| {
        let cue = linked(found.cue).map(|link| Change::Cue { draft, link: Some(link) });
        let source = linked(found.source).map(|link| Change::Source { draft, link: Some(link) });
        cue.into_iter().chain(source)
    });
    runs.chain(links).collect()
}

fn bare(reading: &LabelledReading<'_>, run: &Run) -> Span {
    let is_stray = |ch: char| ch.is_whitespace() || matches!(ch, '.' | ',' | ';' | '—' | '–' | '“' | '”' | '"');
    let trimmed = match run.label {
        AttributionLabel::Content => return run.span,
        AttributionLabel::Cue => reading.trim_matches(run.span, is_stray, is_stray),
        AttributionLabel::Source => {
            let name = reading.trim_matches(run.span, |ch| is_stray(ch) && !matches!(ch, '“' | '"'), char::is_whitespace);
            let name = without_day(reading, name);
            let plain = reading.trim_matches(name, |_| false, |ch| ch == ',');
            if reading.slice(plain).contains(',') { name } else { reading.trim(plain) }
        }
    };
    let breaks_marks =
        reading.marks.starting_in(run.span).iter().any(|pair| run.span.contains(pair.outer) && !trimmed.contains(pair.outer));
    if trimmed.is_empty() || breaks_marks { run.span } else { trimmed }
}

/// A source without the day behind its last comma (*a maker of pumps, today*), and without what stands in the sentence before
/// (*… in the U.S. Officials said*).
fn without_day(reading: &LabelledReading<'_>, source: Span) -> Span {
    let last = source.end().saturating_sub(1);
    let sentence = reading.sentence(last).filter(|sentence| sentence.start() > source.start() && sentence.end() >= source.end());
    let source = sentence.map_or(source, |sentence| Span::new(sentence.start(), source.end()));
    let behind = reading.slice(source).rsplit_once(',').filter(|(_, day)| lexicon::is_day_word(&day.trim().to_lowercase()));
    behind.map_or(source, |(before, _)| Span::new(source.start(), source.start() + before.len()))
}

/// [`Rule::BareContents`](super::Rule::BareContents): contents without stray punctuation at their borders.
pub(super) fn bare_contents(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let spans = drafts.iter().enumerate().map(|(draft, found)| (draft, found.span()));
    let moved = spans.map(|(draft, from)| (draft, from, without_stray_punctuation(reading, from)));
    moved.filter(|(_, from, to)| from != to).map(|(draft, from, to)| Change::Move { draft, from, to }).collect()
}

/// [`Rule::WholeMarks`](super::Rule::WholeMarks): contents with both marks or none. Nothing grows into a neighbour.
pub(super) fn whole_marks(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut floor = 0;
    let mut changes = Vec::new();
    for (draft, found) in drafts.iter().enumerate() {
        let from = found.span();
        let room = reading.room(from, found.paragraph());
        let room = Span::new(room.start().max(floor).min(from.start()), room.end());
        let to = with_whole_marks(reading, from, room);
        if reading.words(to) > 0 {
            floor = to.end();
        }
        if from != to {
            changes.push(Change::Move { draft, from, to });
        }
    }
    changes
}

/// [`Rule::PastMarks`](super::Rule::PastMarks): contents that begin outside marks end where a mark inside them closes with its sentence and a
/// form of address with a full stop opens the next one, which hides that it is one.
pub(super) fn past_marks(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let cut = |span: Span| {
        let sentence = reading.sentence(span.start()).filter(|sentence| sentence.end() < span.end())?;
        let next = reading.word_spans(Span::new(sentence.end(), span.end())).next().map(|word| reading.slice(word).to_lowercase())?;
        let ends_in_mark = |pair: &&Marked| {
            let is_last = reading.words(Span::new(pair.inner.end().min(sentence.end()), sentence.end())) == 0;
            pair.is_closed && pair.outer.start() > span.start() && pair.outer.end() <= sentence.end() && is_last
        };
        let pair = reading.marks.starting_in(Span::new(span.start(), sentence.end())).iter().find(ends_in_mark)?;
        lexicon::is_title(next.trim_end_matches('.')).then(|| Span::new(span.start(), pair.outer.end()))
    };
    let contents = drafts.iter().enumerate().map(|(draft, found)| (draft, found.span()));
    contents.filter_map(|(draft, from)| Some(Change::Move { draft, from, to: cut(from)? })).collect()
}

/// [`Rule::Wordless`](super::Rule::Wordless): whether nothing but punctuation is left.
pub(super) fn is_wordless(reading: &LabelledReading<'_>, draft: &Draft) -> bool {
    reading.words(draft.span()) == 0
}

fn with_whole_marks(reading: &LabelledReading<'_>, mut span: Span, room: Span) -> Span {
    for _ in 0..ROUNDS {
        let before = span;
        span = close_marks(reading, span, room);
        span = open_marks(reading, span, room);
        span = take_in_marks(reading, span, room);
        if span == before {
            break;
        }
    }
    reading.trim(span)
}

/// Drops commas, colons and dashes at both ends and a sentence's full stop that no mark holds.
fn without_stray_punctuation(reading: &LabelledReading<'_>, span: Span) -> Span {
    let is_stray = |ch: char| ch.is_whitespace() || matches!(ch, ',' | ';' | ':' | '—' | '–' | '，' | '：');
    let leading = |ch: char| is_stray(ch) || matches!(ch, ')' | ']');
    let keeps_comma = closes_apposition(reading, span);
    let mut span = reading.trim_matches(span, leading, |ch| (is_stray(ch) && !(keeps_comma && ch == ',')) || matches!(ch, '(' | '['));
    if let Some(rest) = reading.slice(span).strip_prefix(['.', '?', '!']).filter(|rest| rest.starts_with(char::is_whitespace)) {
        span = Span::new(span.end() - rest.trim_start().len(), span.end());
    }
    let text = reading.slice(span);
    let Some(body) = text.strip_suffix(['.', '。']) else { return span };
    let body_end = span.start() + body.len();
    // `p.m.`, `Gov.`: the full stop belongs to its word's token
    if body.ends_with('.')
        || reading.word_spans(span).any(|word| word.end() > body_end)
        || reading.marks.around(Span::new(body_end, span.end())).is_some()
    {
        return span;
    }
    Span::new(span.start(), span.start() + body.trim_end_matches(is_stray).len())
}

/// Whether a final comma ends an apposition of the content, as in *criticised Bo Dahl, the mayor of Vik, for the delay*; the comma of
/// *The quay, the oldest, was closed, he said* does not.
fn closes_apposition(reading: &LabelledReading<'_>, span: Span) -> bool {
    let text = reading.slice(span).trim_end();
    let after = Span::new(span.start() + text.len(), span.start() + text.len() + 2);
    let is_source = |run: &Run| run.label == AttributionLabel::Source;
    text.strip_suffix(',').is_some_and(|body| body.contains(',')) && !reading.runs_in(after).iter().any(is_source)
}

/// A mark opens inside and closes beyond the end: take in the rest, or leave the opening mark out where nothing follows it.
fn close_marks(reading: &LabelledReading<'_>, span: Span, room: Span) -> Span {
    let Some(pair) = reading.marks.starting_in(span).iter().find(|pair| pair.outer.end() > span.end()) else { return span };
    let is_free = pair.is_closed && pair.outer.end() <= room.end();
    if reading.words(Span::new(pair.inner.start().min(span.end()), span.end())) == 0 {
        return without_stray_punctuation(reading, Span::new(span.start(), pair.outer.start()));
    }
    let missing = reading.words(Span::new(span.end(), pair.outer.end()));
    let is_whole = is_strong(pair) && pair.outer.start() == span.start();
    if is_free && (is_whole || missing <= MISSING_IN_FRAGMENT) { span.cover(pair.outer) } else { span }
}

/// A mark closes inside and opens before the start.
fn open_marks(reading: &LabelledReading<'_>, span: Span, room: Span) -> Span {
    let crossing = |pair: &&Marked| pair.is_closed && pair.outer.start() < span.start() && pair.outer.end() <= span.end();
    let Some(pair) = reading.marks.enclosing(span.start()).filter(crossing).last() else { return span };
    if reading.words(Span::new(span.start(), pair.inner.end().max(span.start()))) == 0 {
        return without_stray_punctuation(reading, Span::new(pair.outer.end(), span.end()));
    }
    let missing = reading.words(Span::new(pair.outer.start(), span.start()));
    let is_whole = is_strong(pair) && pair.outer.end() == span.end();
    let is_free = pair.outer.start() >= room.start();
    if is_free && (is_whole || missing <= MISSING_IN_FRAGMENT) { span.cover(pair.outer) } else { span }
}

/// The content stands just inside a pair of marks: it takes in both, or an unclosed paragraph's opening mark.
fn take_in_marks(reading: &LabelledReading<'_>, span: Span, room: Span) -> Span {
    let strictly = |pair: &&Marked| pair.outer.contains(span) && pair.outer != span;
    let Some(pair) = reading.marks.enclosing(span.start()).find(strictly) else { return span };
    let missing_before = reading.words(Span::new(pair.outer.start(), span.start()));
    let missing_after = reading.words(Span::new(span.end(), pair.outer.end()));
    if !pair.is_closed {
        let opens = missing_before == 0 && pair.outer.start() >= room.start();
        return if opens { Span::new(pair.outer.start(), span.end()) } else { span };
    }
    let is_near = missing_before <= MISSING_INSIDE && missing_after <= MISSING_INSIDE;
    if is_near && room.contains(pair.outer) { pair.outer } else { span }
}

/// Single marks are too often apostrophes to carry a long extension.
fn is_strong(pair: &Marked) -> bool {
    pair.style != MarkStyle::Single
}
