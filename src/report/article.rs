//! One analysis as exporters see it: every span with its text and its code points.

use std::collections::BTreeSet;

use super::cell::Cell;
use super::standing::Standing;
use crate::{Analysis, CodePointOffsets, CodePointSpan, ParagraphKind, Quote, Segmentation, Span, Speaker, Theme};

/// What joins the pieces of an interrupted quotation in one cell.
const GAP: &str = " … ";

/// An analysis with the offsets of its text, and who its speakers are in the run.
#[derive(Debug)]
pub(super) struct Article<'a> {
    pub(super) analysis: &'a Analysis,
    /// What the whole run says of it.
    pub(super) standing: Standing,
    offsets: CodePointOffsets,
    /// For each sentence the words of running text before it; then all of them.
    words_before: Vec<usize>,
}

/// The id of a person or body by the number in the run.
pub(super) fn person_id(at: usize) -> String {
    format!("p{}", at + 1)
}

/// A role with its body, as `people.csv` writes it: *mayor (Vik)*.
pub(super) fn role_of(role: &str, body: Option<&str>) -> String {
    match body {
        Some(body) if role.is_empty() => body.to_owned(),
        Some(body) => format!("{role} ({body})"),
        None => role.to_owned(),
    }
}

impl<'a> Article<'a> {
    /// An article for itself.
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let (offsets, words_before) = (CodePointOffsets::new(analysis.doc.text()), words_before(&analysis.seg));
        Self { analysis, standing: Standing::default(), offsets, words_before }
    }

    /// An article of a run, with what the run says of it.
    pub(super) fn of_run(analysis: &'a Analysis, standing: Standing) -> Self {
        Self { standing, ..Self::new(analysis) }
    }

    /// The speakers who are persons or bodies, each with its number in the run.
    pub(super) fn people(&self) -> impl Iterator<Item = (usize, usize)> {
        self.standing.people.iter().enumerate().filter_map(|(speaker, person)| Some((speaker, (*person)?)))
    }

    /// The number in the run of the person or body that a speaker is.
    pub(super) fn person_number(&self, speaker: usize) -> Option<usize> {
        self.standing.people.get(speaker).copied().flatten()
    }

    /// The id of the person or body that a speaker is in the run.
    pub(super) fn person(&self, speaker: usize) -> Option<String> {
        self.person_number(speaker).map(person_id)
    }

    /// The id of the person or body whose words the quotation at index `quote` are.
    pub(super) fn person_quoted(&self, quote: usize) -> Option<String> {
        self.person(self.analysis.attribution.by_quote.get(quote).copied().flatten()?)
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

    /// A sentence's id, unique in the run: sentences are numbered from one.
    pub(super) fn sentence_id(&self, sentence: usize) -> String {
        format!("{}:s{}", self.id(), sentence + 1)
    }

    pub(super) fn text(&self, span: Span) -> &'a str {
        self.analysis.doc.slice(span)
    }

    pub(super) fn points(&self, span: Span) -> CodePointSpan {
        self.offsets.to_code_points(span)
    }

    /// Spans as a list cell shows them: `12..25; 88..93`, which no spreadsheet takes for a date.
    pub(super) fn offsets(&self, spans: impl IntoIterator<Item = Span>) -> Cell {
        Cell::list(spans.into_iter().map(|span| {
            let points = self.points(span);
            format!("{}..{}", points.start, points.end)
        }))
    }

    /// A quotation's content in one string.
    pub(super) fn content(&self, quote: &Quote) -> String {
        quote.content.iter().map(|span| self.text(*span)).collect::<Vec<_>>().join(GAP)
    }

    /// The article's title: what the file says wins over what the text looks like.
    pub(super) fn title(&self) -> &'a str {
        let said = self.metadata("title");
        if said.is_empty() { self.analysis.seg.title.map_or("", |span| self.text(span)) } else { said }
    }

    /// The index of the paragraph a quotation begins in.
    pub(super) fn paragraph(&self, quote: &Quote) -> Option<usize> {
        self.analysis.seg.paragraph_at(quote.content.first()?.start())
    }

    /// The index of the sentence a quotation begins in.
    pub(super) fn sentence(&self, quote: &Quote) -> Option<usize> {
        self.analysis.seg.sentence_at(quote.content.first()?.start())
    }

    /// The share of the article's words that stand before a quotation; none where the article has no words.
    pub(super) fn position(&self, quote: &Quote) -> Option<f64> {
        let (seg, start) = (&self.analysis.seg, quote.content.first()?.start());
        let total = self.words_before.last().copied().filter(|total| *total > 0)?;
        let before = match seg.sentence_at(start) {
            None => 0,
            Some(at) => {
                let [before, after] = [at, at + 1].map(|at| self.words_before.get(at).copied().unwrap_or(total));
                let begun = seg.sentences.get(at).filter(|sent| sent.span.start() < start);
                let begun = begun.map_or(0, |sent| seg.words_in(Span::new(sent.span.start(), start)));
                // No more than the sentence counts: in a title or heading that is nothing.
                before + begun.min(after - before)
            }
        };
        Some(before as f64 / total as f64)
    }

    /// The sentences a quotation stands in, with those of its cue and its source where they are next to it.
    pub(super) fn passage(&self, quote: &Quote) -> Option<&'a str> {
        let seg = &self.analysis.seg;
        let touched = |span: Span| Some((seg.sentence_at(span.start())?, seg.sentence_at(span.end().saturating_sub(1).max(span.start()))?));
        let (mut first, _) = touched(*quote.content.first()?)?;
        let (_, mut last) = touched(*quote.content.last()?)?;
        for (from, to) in quote.cue.into_iter().chain(quote.source).filter_map(touched) {
            if to + 1 >= first && from <= last + 1 {
                (first, last) = (first.min(from), last.max(to));
            }
        }
        Some(self.text(seg.sentences.get(first)?.span.cover(seg.sentences.get(last)?.span)))
    }

    /// The index of the section a quotation begins in.
    pub(super) fn section(&self, quote: &Quote) -> Option<usize> {
        let seg = &self.analysis.seg;
        seg.paragraphs.get(self.paragraph(quote)?).map(|paragraph| paragraph.section).filter(|section| *section < seg.sections.len())
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

fn words_before(seg: &Segmentation) -> Vec<usize> {
    let mut words = vec![0; seg.sentences.len() + 1];
    for at in seg.body_sentences() {
        if let (Some(sent), Some(place)) = (seg.sentences.get(at), words.get_mut(at + 1)) {
            *place = seg.word_count(sent.tokens.clone());
        }
    }
    let mut sum = 0;
    for place in &mut words {
        sum += *place;
        *place = sum;
    }
    words
}
