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

/// The name above the paragraph `first`, where the handle of a social network stands behind it: *Ana Lind @analind*, *Ana Lind ⏎ @analind*.
pub(super) fn above(reading: &LabelledReading<'_>, first: usize) -> Option<(Span, usize)> {
    let line = |back: usize| Some((reading.seg.paragraphs.get(first.checked_sub(back)?)?.span, first - back));
    let (head, at) = line(1)?;
    let handle = reading.slice(head).find('@')?;
    let before =
        reading.trim_matches(Span::new(head.start(), head.start() + handle), char::is_whitespace, |ch| ch.is_whitespace() || ch == '(');
    let (name, at) = if before.is_empty() { line(2)? } else { (before, at) };
    let is_name = (1..=5).contains(&reading.words(name)) && labels::names_speaker(reading, name);
    (reading.words(head) <= 10 && is_name).then_some((name, at))
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
