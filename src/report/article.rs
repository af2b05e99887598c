//! One analysis as exporters see it: every span with its text and its code points.

use std::collections::BTreeSet;

use super::standing::Standing;
use crate::{Analysis, CodePointOffsets, CodePointSpan, ParagraphKind, Quote, Span, Speaker, Theme};

/// What joins the pieces of an interrupted quotation in one cell.
const GAP: &str = " … ";

/// An analysis with the offsets of its text.
#[derive(Debug)]
pub(super) struct Article<'a> {
    pub(super) analysis: &'a Analysis,
    /// What the whole run says of it.
    pub(super) standing: Standing,
    offsets: CodePointOffsets,
}

impl<'a> Article<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, standing: Standing::default(), offsets: CodePointOffsets::new(analysis.doc.text()) }
    }

    /// With what the whole run says of it.
    pub(super) fn standing(analysis: &'a Analysis, standing: Standing) -> Self {
        Self { standing, ..Self::new(analysis) }
    }

    /// The cluster of the same words in other articles that the quotation at index `quote` is one of.
    pub(super) fn quotation_cluster(&self, quote: usize) -> Option<String> {
        self.standing.quotations.get(quote).copied().flatten().map(|number| format!("qc{number}"))
    }

    pub(super) fn id(&self) -> &'a str {
        self.analysis.doc.id()
    }

    /// A quotation's id, unique in the run.
    pub(super) fn quote_id(&self, quote: &Quote) -> String {
        format!("{}:{}", self.id(), quote.id)
    }

    pub(super) fn text(&self, span: Span) -> &'a str {
        self.analysis.doc.slice(span)
    }

    pub(super) fn points(&self, span: Span) -> CodePointSpan {
        self.offsets.to_code_points(span)
    }

    /// Spans as a list cell shows them: `12..25; 88..93`, which no spreadsheet takes for a date.
    pub(super) fn offsets(&self, spans: impl IntoIterator<Item = Span>) -> String {
        let shown = spans.into_iter().map(|span| {
            let points = self.points(span);
            format!("{}..{}", points.start, points.end)
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    /// A quotation's content in one string.
    pub(super) fn content(&self, quote: &Quote) -> String {
        quote.content.iter().map(|span| self.text(*span)).collect::<Vec<_>>().join(GAP)
    }

    /// The index of the section a quotation begins in.
    pub(super) fn section(&self, quote: &Quote) -> Option<usize> {
        let seg = &self.analysis.seg;
        let paragraph = seg.paragraph_at(quote.content.first()?.start())?;
        seg.paragraphs.get(paragraph).map(|paragraph| paragraph.section).filter(|section| *section < seg.sections.len())
    }

    /// The heading of the section a quotation begins in.
    pub(super) fn heading(&self, quote: &Quote) -> Option<&'a str> {
        self.analysis.seg.sections.get(self.section(quote)?)?.heading.map(|span| self.text(span))
    }

    /// The quotations of a speaker.
    pub(super) fn quotes_of(&self, speaker: usize) -> impl Iterator<Item = &'a Quote> {
        let by_quote = &self.analysis.attribution.by_quote;
        self.analysis.quotes.iter().zip(by_quote).filter(move |(_, by)| **by == Some(speaker)).map(|(quote, _)| quote)
    }

    /// How many known speakers are quoted on a theme.
    pub(super) fn speakers_on(&self, theme: &Theme) -> usize {
        let speaker = |quote: &usize| self.analysis.attribution.by_quote.get(*quote).copied().flatten();
        theme.quotes.iter().filter_map(speaker).collect::<BTreeSet<usize>>().len()
    }

    /// A speaker's affiliations, each once, in order of their evidence.
    pub(super) fn affiliations(speaker: &Speaker) -> Vec<&str> {
        let mut affiliations: Vec<&str> = Vec::new();
        for affiliation in speaker.roles.iter().filter_map(|role| role.affiliation.as_deref()) {
            if !affiliations.contains(&affiliation) {
                affiliations.push(affiliation);
            }
        }
        affiliations
    }

    /// How many of `mentions` stand in the title or a heading.
    pub(super) fn in_headings(&self, mentions: &[Span]) -> usize {
        let seg = &self.analysis.seg;
        let kind = |span: &Span| seg.paragraph_at(span.start()).and_then(|at| seg.paragraphs.get(at)).map(|paragraph| paragraph.kind);
        mentions.iter().filter(|span| matches!(kind(span), Some(ParagraphKind::Title | ParagraphKind::Heading))).count()
    }

    /// How many of `mentions` stand in a quotation, direct or indirect.
    pub(super) fn in_quotes(&self, mentions: &[Span]) -> usize {
        let is_quoted = |span: &&Span| self.analysis.quotes.iter().flat_map(|quote| &quote.content).any(|content| content.contains(**span));
        mentions.iter().filter(is_quoted).count()
    }

    /// A piece of metadata; empty where the file says nothing.
    pub(super) fn metadata(&self, key: &str) -> &'a str {
        self.analysis.doc.metadata().get(key).map_or("", String::as_str)
    }
}
