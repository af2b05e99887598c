//! Which contents are one quotation: those of one cue.

use super::pieces::{Link, Piece};
use crate::Span;

/// A quotation in the making.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    /// Its contents in text order; never empty.
    pub(super) pieces: Vec<Piece>,
    pub(super) source: Option<Link>,
    pub(super) cue: Option<Link>,
}

impl Draft {
    /// Makes a quotation of one content.
    pub(super) fn new(piece: Piece) -> Self {
        Self { source: piece.source, cue: piece.cue, pieces: vec![piece] }
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
