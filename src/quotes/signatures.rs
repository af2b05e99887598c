//! The line under a quotation that says whose it is: `— Ana Lind, Minister of Ports`.
//!
//! A dash opens it, a name follows, no verb: *— and then the ferry left* is no signature.

use super::labelled_reading::LabelledReading;
use super::labels;
use crate::{ParagraphKind, Span};

/// The longest signature, in words.
const LONGEST: usize = 20;
const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// The name in a signature, without its dash; none where `span` is something else.
pub(super) fn signature(reading: &LabelledReading<'_>, span: Span) -> Option<Span> {
    let text = reading.slice(span);
    let is_led = text.starts_with(['—', '–', '―']) || text.starts_with("--") || text.starts_with("- ");
    let is_dash = |ch: char| ch.is_whitespace() || DASHES.contains(&ch);
    let name = reading.trim_matches(span, is_dash, |ch| ch.is_whitespace() || ch == '.');
    let is_short = (1..=LONGEST).contains(&reading.words(name));
    let is_single = reading.word_spans(name).count() == 1 && reading.slice(name).starts_with(char::is_uppercase);
    (is_led && is_short && (labels::names_speaker(reading, name) || is_single)).then_some(name)
}

/// The name in the paragraph after this one, where that is a signature.
pub(super) fn after(reading: &LabelledReading<'_>, paragraph: usize) -> Option<Span> {
    let next = reading.seg.paragraphs.get(paragraph + 1)?;
    let is_read = matches!(next.kind, ParagraphKind::Body | ParagraphKind::Credit);
    is_read.then(|| signature(reading, next.span)).flatten()
}

/// The name two lines above the paragraph `first`, where the handle of a social network stands between: *Ana Lind ⏎ @analind*.
pub(super) fn above(reading: &LabelledReading<'_>, first: usize) -> Option<(Span, usize)> {
    let line = |back: usize| first.checked_sub(back).and_then(|at| reading.seg.paragraphs.get(at));
    let (handle, name) = (line(1)?, line(2)?);
    let is_handle = reading.slice(handle.span).starts_with('@') && reading.words(handle.span) <= 4;
    let is_name = (1..=5).contains(&reading.words(name.span)) && labels::names_speaker(reading, name.span);
    (is_handle && is_name).then_some((name.span, first - 2))
}

/// The last dash of `span` with a signature behind it, as in `We will wait no longer. — Ana Lind`: the words before it, and the name.
pub(super) fn at_end(reading: &LabelledReading<'_>, span: Span) -> Option<(Span, Span)> {
    let text = reading.slice(span);
    let dash = text.rfind(['—', '―', '–'])?;
    let body = reading.trim(Span::new(span.start(), span.start() + dash));
    let ends = reading.slice(body).ends_with(['.', '!', '?', '…', '”', '"', '’', '»', '」', '*']);
    let name = signature(reading, Span::new(span.start() + dash, span.end()))?;
    (ends && reading.words(body) > 0).then_some((body, name))
}
