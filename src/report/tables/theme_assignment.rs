//! `theme_assignment`: one row per sentence or quotation and theme of it; a unit without a theme has one row without one.
//!
//! This is the coding itself, in the shape that `sayso agreement` reads: a person codes the same units, and the two files are compared.

use std::collections::BTreeSet;

use super::{Article, Cell, Table};
use crate::{Reason, Span, Theme};

pub(super) struct ThemeAssignment;

impl Table for ThemeAssignment {
    fn name(&self) -> &'static str {
        "theme_assignment"
    }

    fn columns(&self) -> &'static [&'static str] {
        &[
            "unit",
            "article_id",
            "kind",
            "start",
            "end",
            "text",
            "theme_id",
            "theme",
            "reason",
            "evidence",
            "similarity",
            "probability",
            "from",
        ]
    }

    /// Sentences of running text, then quotations, each with its themes, largest first.
    fn rows(&self, article: &Article<'_>) -> Vec<Vec<Cell>> {
        let analysis = article.analysis;
        let sentences = analysis.seg.body_sentences().filter_map(|at| {
            let span = analysis.seg.sentences.get(at)?.span;
            let unit = Unit { id: format!("s{}", at + 1), kind: "sentence", spans: vec![span], text: article.text(span).to_owned() };
            Some(unit.rows(article, analysis.themes_of_sentence(at).collect()))
        });
        let quotes = analysis.quotes.iter().enumerate().map(|(at, quote)| {
            let unit = Unit { id: quote.id.clone(), kind: "quote", spans: quote.content.clone(), text: article.content(quote) };
            unit.rows(article, analysis.themes_of(at).collect())
        });
        sentences.chain(quotes).flatten().collect()
    }
}

/// What is coded.
struct Unit {
    id: String,
    kind: &'static str,
    spans: Vec<Span>,
    text: String,
}

impl Unit {
    fn rows(&self, article: &Article<'_>, themes: Vec<&Theme>) -> Vec<Vec<Cell>> {
        let themes: Vec<Option<&Theme>> = if themes.is_empty() { vec![None] } else { themes.into_iter().map(Some).collect() };
        themes.into_iter().map(|theme| self.row(article, theme)).collect()
    }

    fn row(&self, article: &Article<'_>, theme: Option<&Theme>) -> Vec<Cell> {
        let mut row: Vec<Cell> = vec![
            format!("{}:{}", article.id(), self.id).into(),
            article.id().into(),
            self.kind.into(),
            self.spans.first().map(|span| article.points(*span).start).into(),
            self.spans.last().map(|span| article.points(*span).end).into(),
            self.text.as_str().into(),
        ];
        let evidence = theme.into_iter().flat_map(|theme| &theme.evidence);
        let evidence: Vec<_> = evidence.filter(|evidence| self.spans.iter().any(|span| span.overlaps(evidence.span))).collect();
        let mut reasons: Vec<&str> = Vec::new();
        for evidence in &evidence {
            if !reasons.contains(&evidence.reason.name()) {
                reasons.push(evidence.reason.name());
            }
        }
        if reasons.is_empty() && theme.is_some() {
            // Nothing in the unit itself: the heading of its section gave the theme.
            reasons.push(Reason::Heading.name());
        }
        let similarity = evidence.iter().find_map(|evidence| match evidence.reason {
            Reason::Similarity(cosine) => Some(cosine),
            _ => None,
        });
        let context = evidence.iter().find_map(|evidence| match evidence.reason {
            Reason::Context { probability, from } => Some((probability, from)),
            _ => None,
        });
        let said = evidence.iter().filter_map(|evidence| match evidence.reason {
            Reason::Similarity(_) => None,
            Reason::Context { from, .. } => Some(from),
            _ => Some(evidence.span),
        });
        let said: BTreeSet<Span> = said.collect();
        let sentence = context.and_then(|(_, from)| article.analysis.seg.sentence_at(from.start()));
        row.extend([
            theme.map(|theme| theme.id.as_str()).into(),
            theme.map(|theme| theme.label.as_str()).into(),
            Cell::list(reasons),
            Cell::list(said.into_iter().map(|span| article.text(span))),
            similarity.into(),
            context.map(|(probability, _)| probability).into(),
            sentence.map(|at| format!("{}:s{}", article.id(), at + 1)).into(),
        ]);
        row
    }
}
