//! Why a sentence or a quotation has its themes: the last columns of `theme_sentences` and `theme_quotes`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Article, Cell};
use crate::{Evidence, Reason, Span, Theme};

/// The themes of an article, each with its evidence by place.
pub(super) struct Coding<'a> {
    article: &'a Article<'a>,
    themes: BTreeMap<&'a str, ByPlace<'a>>,
}

/// The evidence of a theme in the order in which it begins, each with its place among the theme's.
struct ByPlace<'a> {
    theme: &'a Theme,
    starts: Vec<(usize, usize)>,
    /// How long the longest is.
    longest: usize,
}

impl<'a> ByPlace<'a> {
    fn new(theme: &'a Theme) -> Self {
        let mut starts: Vec<(usize, usize)> = theme.evidence.iter().enumerate().map(|(at, evidence)| (evidence.span.start(), at)).collect();
        starts.sort_unstable();
        Self { theme, starts, longest: theme.evidence.iter().map(|evidence| evidence.span.len()).max().unwrap_or_default() }
    }

    /// What stands in one of the spans, or in part, in the theme's order.
    fn within(&self, spans: &[Span]) -> Vec<&'a Evidence> {
        let before = |place: usize| self.starts.partition_point(|(start, _)| *start < place);
        let near = |span: &Span| self.starts.get(before(span.start().saturating_sub(self.longest))..before(span.end()));
        let places = spans.iter().flat_map(|span| near(span).into_iter().flatten().map(|(_, at)| *at)).collect::<BTreeSet<usize>>();
        let stands_here = |evidence: &&Evidence| spans.iter().any(|span| span.overlaps(evidence.span));
        places.into_iter().filter_map(|at| self.theme.evidence.get(at)).filter(stands_here).collect()
    }
}

impl<'a> Coding<'a> {
    pub(super) fn new(article: &'a Article<'a>) -> Self {
        let themes = article.analysis.themes.iter().map(|theme| (theme.id.as_str(), ByPlace::new(theme)));
        Self { article, themes: themes.collect() }
    }

    /// One row for each theme of the unit that `spans` are, or one without; each begins with `unit`.
    pub(super) fn rows<'t>(&self, unit: &[Cell], spans: &[Span], themes: impl Iterator<Item = &'t Theme>) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> = themes.map(|theme| [unit, &self.cells(theme, spans)].concat()).collect();
        if rows.is_empty() {
            rows.push([unit, &[Cell::Empty, Cell::Empty, Cell::Empty, Cell::List(Vec::new()), Cell::List(Vec::new())]].concat());
        }
        rows
    }

    /// The theme, its reasons and the words that gave it; of what the article says around a sentence, the nearest words that say the theme.
    fn cells(&self, theme: &Theme, spans: &[Span]) -> [Cell; 5] {
        let evidence = self.themes.get(theme.id.as_str()).map(|by_place| by_place.within(spans)).unwrap_or_default();
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
