//! Quotations without a source of their own: who goes on speaking, and whose *I* or *we* stands inside another quotation.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cast::Cast;
use super::words::Words;
use crate::{Quote, QuoteKind, Span};

/// Longer lines before a colon are no labels of a transcript, in words.
const LONGEST_LABEL: usize = 8;

/// Fills the gaps of `by_quote` that the layout settles; the others stay unresolved. `is_first` tells whether a source is *I* or *we*.
pub(super) fn fill(words: &Words<'_>, cast: &Cast, quotes: &[Quote], is_first: impl Fn(usize) -> bool, by_quote: &mut [Option<usize>]) {
    for index in 0..quotes.len() {
        let Some(quote) = quotes.get(index).filter(|_| by_quote.get(index) == Some(&None)) else { continue };
        let found = match quote.source {
            Some(source) if is_first(index) => enclosing(quotes, index, source).and_then(|outer| by_quote.get(outer).copied().flatten()),
            Some(_) => None,
            None => introduced(words, cast, quote).or_else(|| continued(words, quotes, index, by_quote)),
        };
        if let Some(slot) = by_quote.get_mut(index) {
            *slot = found;
        }
    }
}

/// Gives an *I* outside quotation marks to the speaker whose label opens the paragraph (*Lima: I think …*), else to the article's one
/// author; `byline` holds the words of the byline.
pub(super) fn fill_first_person(
    words: &Words<'_>,
    cast: &Cast,
    byline: Option<Range<usize>>,
    sources: &BTreeMap<usize, Range<usize>>,
    by_quote: &mut [Option<usize>],
) {
    let mut authors: Vec<usize> = byline.into_iter().flatten().filter_map(|at| cast.person_at(at)).map(|name| name.referent).collect();
    authors.dedup();
    for (&quote, source) in sources {
        let is_first = source.len() == 1 && matches!(words.lower(source.start), "i" | "me" | "my") && !words.is_quoted(source.start);
        let Some(slot) = by_quote.get_mut(quote).filter(|slot| slot.is_none() && is_first) else { continue };
        let paragraph = words.paragraph_range(source.start);
        let colon = (paragraph.start..source.start).take(LONGEST_LABEL).find(|&at| words.text(at) == ":");
        let labelled = colon.and_then(|colon| (paragraph.start..colon).find_map(|at| cast.person_at(at)));
        let author = || authors.first().copied().filter(|_| authors.len() == 1);
        *slot = labelled.map(|name| name.referent).or_else(author);
    }
}

/// The direct quotation whose content holds the source of quotation `index`.
fn enclosing(quotes: &[Quote], index: usize, source: Span) -> Option<usize> {
    let holds = |quote: &Quote| quote.kind != QuoteKind::Indirect && quote.content.iter().any(|content| content.contains(source));
    quotes.iter().enumerate().filter(|&(other, quote)| other != index && holds(quote)).map(|(other, _)| other).next_back()
}

/// *Li Na was blunt: “…”*: the first person of the words before the colon.
fn introduced(words: &Words<'_>, cast: &Cast, quote: &Quote) -> Option<usize> {
    let start = words.within(*quote.content.first()?).start;
    let colon = (start.saturating_sub(2)..start).rev().find(|&at| words.text(at) == ":")?;
    let sentence = words.sentence_range(colon);
    (sentence.start..colon).find_map(|at| cast.at(at).filter(|_| !words.is_quoted(at))).map(|mention| mention.referent)
}

/// The speaker of the quotation before, in the same or the directly preceding paragraph.
fn continued(words: &Words<'_>, quotes: &[Quote], index: usize, by_quote: &[Option<usize>]) -> Option<usize> {
    let quote = quotes.get(index)?;
    let (before, speaker) =
        quotes.iter().zip(by_quote).take(index).rev().take(8).find_map(|(before, speaker)| Some((before, (*speaker)?)))?;
    let start = words.within(*quote.content.first()?).start;
    let last = words.within(*before.content.last()?).end.checked_sub(1)?;
    let apart = words.paragraph(start).checked_sub(words.paragraph(last))?;
    let goes_on = match quote.kind {
        QuoteKind::Direct => apart <= 1 && (apart == 0 || before.kind == QuoteKind::Direct),
        QuoteKind::Indirect | QuoteKind::Mixed => words.sentence(start) == words.sentence(last),
    };
    goes_on.then_some(speaker)
}
