//! Links over the border of a paragraph that the paragraph itself speaks against.
//!
//! What a quotation's own paragraph says about its speaker comes before anything that another one says:
//!
//! ```text
//! “The fourth is money.” ⏎ “You are an optimist,” said Bo Dahl.         the first is not Dahl's: its marks are closed
//! “Did you call?” Bo Dahl asked. ⏎ “No.”                                 the answer is not Dahl's
//! Bo Dahl left. ⏎ Ana Lind shook her head. “Nobody called.”              it is not Dahl's: its paragraph begins with Lind
//! ```

use super::beats;
use super::changes::Change;
use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use super::tags;
use crate::{ParagraphKind, Span};

/// [`Rule::OtherParagraph`](super::Rule::OtherParagraph): takes away such links.
pub(super) fn find(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let link = draft.cue.or(draft.source);
        let Some(link) = link.filter(|link| link.run.paragraph != draft.paragraph()) else { continue };
        let is_later = link.run.paragraph > draft.paragraph();
        let is_strange = if is_later { is_ahead(reading, drafts, at, link) } else { is_behind(reading, drafts, at, link) };
        if is_strange {
            let is_own = |own: &Link| own.run.paragraph == draft.paragraph();
            changes.push(Change::Cue { draft: at, link: draft.cue.filter(is_own) });
            changes.push(Change::Source { draft: at, link: draft.source.filter(is_own) });
        }
    }
    changes
}

/// A link to a later paragraph, whose cue belongs to a quotation there; only a quotation that goes on may have it.
fn is_ahead(reading: &LabelledReading<'_>, drafts: &[Draft], at: usize, link: Link) -> bool {
    let Some(draft) = drafts.get(at) else { return false };
    let goes_on = reading.marks.enclosing(draft.span().end().saturating_sub(1)).any(|pair| !pair.is_closed);
    let shares = |other: &Draft| {
        let linked = [other.cue, other.source].into_iter().flatten();
        other.paragraph() == link.run.paragraph && linked.into_iter().any(|other| other.run.id == link.run.id)
    };
    // *“You don’t know?” ⏎ Lind did not answer.*: a whole line is not the next paragraph's, unless that goes on in small letters.
    let own = reading.paragraph(draft.paragraph());
    let is_line =
        tags::marked(reading, draft).is_some_and(|pair| pair.outer == own && reading.slice(pair.inner).ends_with(['.', '?', '!']));
    let starts_anew = reading.slice(reading.paragraph(link.run.paragraph)).starts_with(|ch: char| !ch.is_lowercase());
    !goes_on && (is_line && starts_anew || is_headline(reading, draft.paragraph()) || drafts.iter().skip(at + 1).any(shares))
}

/// A link to an earlier paragraph, where this one names its speaker, or asks or answers.
fn is_behind(reading: &LabelledReading<'_>, drafts: &[Draft], at: usize, link: Link) -> bool {
    let Some(draft) = drafts.get(at) else { return false };
    if is_headline(reading, link.run.paragraph) {
        return true;
    }
    let Some(pair) = tags::marked(reading, draft) else { return false };
    let own = reading.paragraph(draft.paragraph());
    let ends_asking = |span: Span| reading.slice(span).trim_end_matches(['”', '"', '’', '\'', '»']).ends_with('?');
    let before = at.checked_sub(1).and_then(|before| drafts.get(before));
    let linked = |other: &&Draft| other.cue.is_some_and(|cue| cue.run.id == link.run.id) && tags::marked(reading, other).is_some();
    let asks = before.filter(linked).is_some_and(|before| ends_asking(before.span()) || ends_asking(pair.outer) && own == pair.outer);
    // *Lind was asked whether she would go. ⏎ “Never.”*: she answers, but no verb of the question says so.
    let is_asked = draft.cue.is_some_and(|cue| reading.slice(cue.run.span).to_lowercase().ends_with("asked"));
    let answers = is_asked && own == pair.outer && before.is_none_or(|before| tags::marked(reading, before).is_none());
    asks || answers || beats::beside(reading, pair, draft.paragraph()).is_some() || has_label(reading, pair, own)
}

/// Whether a name and a colon or dash stand before the marks, or a dash and a name behind them.
fn has_label(reading: &LabelledReading<'_>, pair: &crate::quotation_marks::Marked, own: Span) -> bool {
    let before = reading.slice(Span::new(own.start(), pair.outer.start().max(own.start()))).trim();
    let after = reading.slice(Span::new(pair.outer.end(), own.end().max(pair.outer.end()))).trim();
    before.ends_with(':') || after.starts_with(['—', '–', '―', '-'])
}

fn is_headline(reading: &LabelledReading<'_>, paragraph: usize) -> bool {
    let kind = reading.seg.paragraphs.get(paragraph).map(|paragraph| paragraph.kind);
    matches!(kind, Some(ParagraphKind::Title | ParagraphKind::Heading))
}
