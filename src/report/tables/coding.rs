//! Why a sentence or a quotation has its themes: the last columns of `theme_sentences` and `theme_quotes`.

use std::collections::BTreeSet;

use super::{Article, Cell};
use crate::{Evidence, Reason, Span, Theme};

/// What is coded: pieces of an article.
pub(super) struct Coding<'a> {
    pub(super) article: &'a Article<'a>,
    pub(super) spans: &'a [Span],
}

impl Coding<'_> {
    /// One row for each theme, or one without; each begins with `unit`.
    pub(super) fn rows<'t>(&self, unit: &[Cell], themes: impl Iterator<Item = &'t Theme>) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> = themes.map(|theme| [unit, &self.cells(theme)].concat()).collect();
        if rows.is_empty() {
            rows.push([unit, &[Cell::Empty, Cell::Empty, Cell::Empty, Cell::List(Vec::new()), Cell::List(Vec::new())]].concat());
        }
        rows
    }

    /// The theme, its reasons and the words that gave it; of what the article says around a sentence, the nearest words that say the theme.
    fn cells(&self, theme: &Theme) -> [Cell; 5] {
        let stands_here = |evidence: &&Evidence| self.spans.iter().any(|span| span.overlaps(evidence.span));
        let evidence: Vec<&Evidence> = theme.evidence.iter().filter(stands_here).collect();
        let mut reasons: Vec<&str> = Vec::new();
        for evidence in &evidence {
            if !reasons.contains(&evidence.reason.name()) {
                reasons.push(evidence.reason.name());
            }
        }
        if reasons.is_empty() {
            // Nothing in the unit itself: the heading of its section gave the theme.
            reasons.push(Reason::Heading.name());
        }
        let said: BTreeSet<Span> = evidence.iter().filter_map(|evidence| said(evidence)).collect();
        let said = said.into_iter().map(|span| self.article.text(span));
        let probability = evidence.iter().filter_map(|evidence| evidence.reason.probability()).max_by(f64::total_cmp);
        [theme.id.as_str().into(), theme.label.as_str().into(), probability.into(), Cell::list(reasons), Cell::list(said)]
    }
}

/// The words that say the theme; none where only the meaning of the whole is close to it.
pub(super) fn said(evidence: &Evidence) -> Option<Span> {
    match evidence.reason {
        Reason::Similarity(_) => None,
        Reason::Context { from, .. } => from,
        Reason::Term { .. } | Reason::Heading | Reason::Keyphrase(_) => Some(evidence.span),
    }
}
