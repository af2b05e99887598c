//! Which contents are one quotation: those of one cue.

use super::pieces::{Link, Piece};
use super::scene::Run;
use crate::{AttributionLabel, Span};

/// The score of what the layout alone shows to be quoted.
const SCORE: f64 = 0.8;

/// A quotation in the making.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// Its contents in text order; never empty.
    pub(super) pieces: Vec<Piece>,
    pub(super) source: Option<Link>,
    pub(super) cue: Option<Link>,
    /// Whether the layout quotes it in place of marks: a turn of a transcript or a block quotation.
    pub(super) is_set_off: bool,
}

impl Draft {
    /// Makes a quotation of one content.
    pub(super) fn new(piece: Piece) -> Self {
        Self { source: piece.source, cue: piece.cue, pieces: vec![piece], is_set_off: false }
    }

    /// Makes a quotation that the layout shows, of contents with the paragraphs they stand in.
    pub(super) fn by_layout(contents: &[(Span, usize)], source: Option<Link>, cue: Option<Link>) -> Self {
        let piece = |&(span, paragraph): &(Span, usize)| Piece { span, paragraph, score: SCORE, source, cue, is_recovered: true };
        Self { pieces: contents.iter().map(piece).collect(), source, cue, is_set_off: false }
    }

    /// Says that the layout quotes it in place of marks.
    pub(super) fn set_off(self) -> Self {
        Self { is_set_off: true, ..self }
    }

    /// From the first content's start to the last one's end.
    pub(super) fn span(&self) -> Span {
        let spans = self.pieces.iter().map(|piece| piece.span);
        spans.reduce(Span::cover).unwrap_or(Span::new(0, 0))
    }

    /// Takes in the contents of another quotation; its own links stay where it has some.
    pub(super) fn absorb(&mut self, other: Draft) {
        self.pieces.extend(other.pieces);
        self.pieces.sort_by_key(|piece| piece.span);
        self.cue = self.cue.or(other.cue);
        self.source = self.source.or(other.source);
    }
}

/// A link to words that the model did not label.
pub(super) fn link_by_layout(span: Span, label: AttributionLabel, paragraph: usize) -> Link {
    // No run of the model bears this index, so nothing else can claim it.
    Link { run: Run { index: usize::MAX, label, span, score: SCORE, paragraph }, probability: SCORE }
}

/// Puts `found` among `drafts`: contents that overlap one of `found`, or its source, fall away. Drafts come in text order.
pub(super) fn supersede(drafts: &mut Vec<Draft>, found: Vec<Draft>) {
    if found.is_empty() {
        return;
    }
    let source = |draft: &Draft| draft.source.map(|source| source.run.span);
    let mut spans: Vec<Span> = found.iter().flat_map(|draft| draft.pieces.iter().map(|piece| piece.span).chain(source(draft))).collect();
    spans.sort();
    let mut taken: Vec<Span> = Vec::new();
    for span in spans {
        match taken.last_mut() {
            Some(last) if last.end() > span.start() => *last = last.cover(span),
            _ => taken.push(span),
        }
    }
    let is_free = |span: Span| {
        let after = taken.partition_point(|other| other.end() <= span.start());
        !taken.get(after).is_some_and(|other| other.overlaps(span))
    };
    for draft in drafts.iter_mut() {
        draft.pieces.retain(|piece| is_free(piece.span));
    }
    drafts.retain(|draft| !draft.pieces.is_empty());
    drafts.extend(found);
    drafts.sort_by_key(|draft| draft.span().start());
}

/// Groups contents by their cue: `“A,” she said, “B”` is one quotation with two spans. Drafts come in text order.
pub(super) fn group(pieces: Vec<Piece>) -> Vec<Draft> {
    let mut place = std::collections::BTreeMap::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for piece in pieces {
        let known = piece.cue.and_then(|cue| place.get(&cue.run.index).copied());
        if let Some(draft) = known.and_then(|at: usize| drafts.get_mut(at)) {
            draft.pieces.push(piece);
        } else {
            if let Some(cue) = piece.cue {
                place.insert(cue.run.index, drafts.len());
            }
            drafts.push(Draft::new(piece));
        }
    }
    for draft in &mut drafts {
        draft.source = best(draft.pieces.iter().filter_map(|piece| piece.source));
        draft.cue = best(draft.pieces.iter().filter_map(|piece| piece.cue));
    }
    drafts
}

/// The run with the greatest sum of probabilities, with the greatest single one; the first of equals.
fn best(links: impl Iterator<Item = Link>) -> Option<Link> {
    let mut sums: Vec<(Link, f64)> = Vec::new();
    for link in links {
        if let Some((known, sum)) = sums.iter_mut().find(|(known, _)| known.run.index == link.run.index) {
            *sum += link.probability;
            known.probability = known.probability.max(link.probability);
        } else {
            sums.push((link, link.probability));
        }
    }
    sums.into_iter().reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(link, _)| link)
}
