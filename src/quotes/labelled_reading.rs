//! What the rules read: the text with its quotation marks and its labelled words, those of the model and those of the rules.

use crate::quotation_marks::Marks;
use crate::{AttributionLabel, Document, Encoding, ParagraphKind, Reading, Segmentation, Span, TokenKind};

/// How many runs on each side are near.
const NEAR: usize = 4;

/// What tells one labelled run from another. Those of the model come before those of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RunId {
    /// Its index into [`Encoding::attributions`].
    Model(usize),
    /// Where it starts.
    Rule(usize),
}

/// Labelled words, clipped to one paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Run {
    pub(super) id: RunId,
    pub(super) label: AttributionLabel,
    pub(super) span: Span,
    pub(super) score: f64,
    /// Index of its paragraph.
    pub(super) paragraph: usize,
}

impl Run {
    /// Words that a rule labels.
    pub(super) fn by_rule(label: AttributionLabel, span: Span, paragraph: usize, score: f64) -> Self {
        Self { id: RunId::Rule(span.start()), label, span, score, paragraph }
    }
}

/// A reading with its quotation marks and labelled runs.
#[derive(Debug)]
pub(super) struct LabelledReading<'a> {
    pub(super) doc: &'a Document,
    pub(super) seg: &'a Segmentation,
    pub(super) encoding: &'a Encoding,
    pub(super) marks: Marks,
    /// Runs of every label, in text order, none overlapping another. A run over two paragraphs stands here once for each.
    pub(super) runs: Vec<Run>,
}

impl<'a> LabelledReading<'a> {
    pub(super) fn new(reading: &Reading<'a>) -> Self {
        let marks = Marks::find(reading.doc, reading.seg);
        let mut runs = runs(reading);
        runs.sort_by_key(|run| (run.span, run.id));
        let mut end = 0;
        runs.retain(|run| {
            let is_free = run.span.start() >= end && !run.span.is_empty();
            end = if is_free { run.span.end() } else { end };
            is_free
        });
        Self { doc: reading.doc, seg: reading.seg, encoding: reading.encoding, marks, runs }
    }

    /// Gives the run at this index other borders.
    pub(super) fn trim_run(&mut self, run: usize, span: Span) {
        if let Some(run) = self.runs.get_mut(run) {
            run.span = span;
        }
    }

    /// Puts a run among the others.
    pub(super) fn label(&mut self, run: Run) {
        let place = self.runs.partition_point(|other| other.span.start() < run.span.start());
        self.runs.insert(place, run);
    }

    /// The text of a span.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.doc.slice(span)
    }

    /// The text of one token; empty for a wrong index.
    pub(super) fn token_text(&self, token: usize) -> &'a str {
        self.seg.tokens.get(token).map_or("", |token| self.slice(token.span))
    }

    /// The words and numbers in a span.
    pub(super) fn words(&self, span: Span) -> usize {
        self.word_spans(span).count()
    }

    /// Where the words and numbers of a span stand.
    pub(super) fn word_spans(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let tokens = self.seg.tokens_in(span);
        let tokens = self.seg.tokens.get(tokens).unwrap_or_default();
        tokens.iter().filter(|token| token.kind != TokenKind::Punctuation).map(|token| token.span)
    }

    /// Whether a paragraph is text that somebody can speak in: no byline, credit or other story's teaser.
    pub(super) fn is_read(&self, paragraph: usize) -> bool {
        let kind = self.seg.paragraphs.get(paragraph).map(|paragraph| paragraph.kind);
        matches!(kind, Some(ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Body))
    }

    /// The paragraph's bytes; empty for a wrong index.
    pub(super) fn paragraph(&self, paragraph: usize) -> Span {
        self.seg.paragraphs.get(paragraph).map_or(Span::new(0, 0), |paragraph| paragraph.span)
    }

    /// The runs that start in `span`.
    pub(super) fn runs_in(&self, span: Span) -> &[Run] {
        let from = self.runs.partition_point(|run| run.span.start() < span.start());
        let to = self.runs.partition_point(|run| run.span.start() < span.end());
        self.runs.get(from..to).unwrap_or_default()
    }

    /// The few runs before and after `span` in its paragraph.
    pub(super) fn runs_near(&self, span: Span, paragraph: usize) -> impl Iterator<Item = &Run> {
        let from = self.runs.partition_point(|run| run.span.start() < span.start()).saturating_sub(NEAR);
        let to = self.runs.partition_point(|run| run.span.start() < span.end()) + NEAR;
        let runs = self.runs.get(from..to.min(self.runs.len())).unwrap_or_default();
        runs.iter().filter(move |run| run.paragraph == paragraph)
    }

    /// The first part of a run of the model that is cut by paragraphs.
    pub(super) fn first_part(&self, run: &Run) -> Option<Run> {
        match run.id {
            RunId::Model(index) => self.run(index),
            RunId::Rule(_) => Some(*run),
        }
    }

    /// The first part of the run with this index into the model's list.
    pub(super) fn run(&self, index: usize) -> Option<Run> {
        let span = self.encoding.attributions.get(index).and_then(|run| self.seg.span_of(run.tokens.clone()))?;
        self.runs_in(span).iter().find(|run| run.id == RunId::Model(index)).copied()
    }

    /// What lies free around `span` in its paragraph: from the run before it to the run after it.
    pub(super) fn room(&self, span: Span, paragraph: usize) -> Span {
        let bounds = self.paragraph(paragraph);
        let before = self.runs.partition_point(|run| run.span.start() < span.start());
        let after = self.runs.partition_point(|run| run.span.start() < span.end());
        // A run that reaches into `span` is its own, from which punctuation was taken.
        let before = self.runs.get(..before).unwrap_or_default().iter().rfind(|run| run.span.end() <= span.start());
        let start = before.map_or(0, |run| run.span.end());
        let end = self.runs.get(after).map_or(usize::MAX, |run| run.span.start());
        Span::new(start.max(bounds.start()).min(span.start()), end.min(bounds.end()).max(span.end()))
    }

    /// Whether two places stand in one sentence.
    pub(super) fn share_sentence(&self, a: usize, b: usize) -> bool {
        self.seg.sentence_at(a) == self.seg.sentence_at(b)
    }

    /// The sentence that holds a byte.
    pub(super) fn sentence(&self, at: usize) -> Option<Span> {
        let sentence = self.seg.sentence_at(at).and_then(|sentence| self.seg.sentences.get(sentence));
        sentence.map(|sentence| sentence.span)
    }

    /// `span` without white space at its borders.
    pub(super) fn trim(&self, span: Span) -> Span {
        self.trim_matches(span, char::is_whitespace, char::is_whitespace)
    }

    /// `span` without leading and trailing characters of the given kinds; empty where nothing else is in it.
    pub(super) fn trim_matches(&self, span: Span, leading: impl Fn(char) -> bool, trailing: impl Fn(char) -> bool) -> Span {
        let text = self.slice(span);
        let rest = text.trim_start_matches(leading);
        let start = span.start() + text.len() - rest.len();
        Span::new(start, start + rest.trim_end_matches(trailing).len())
    }
}

/// The model's runs in bytes, one for each paragraph they touch; wrong indices give none.
fn runs(reading: &Reading<'_>) -> Vec<Run> {
    let mut found = Vec::new();
    for (index, run) in reading.encoding.attributions.iter().enumerate() {
        let Some(span) = reading.seg.span_of(run.tokens.clone()) else { continue };
        let mut paragraph = reading.seg.paragraph_at(span.start()).unwrap_or_default();
        while let Some(bounds) = reading.seg.paragraphs.get(paragraph).filter(|bounds| bounds.span.start() < span.end()) {
            let (start, end) = (span.start().max(bounds.span.start()), span.end().min(bounds.span.end()));
            // Nobody speaks in a byline or a credit.
            let is_read = matches!(bounds.kind, ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Body);
            if start < end && is_read {
                let score = probability(run.score);
                found.push(Run { id: RunId::Model(index), label: run.label, span: Span::new(start, end), score, paragraph });
            }
            paragraph += 1;
        }
    }
    found
}

/// A model's probability as a number in `0..=1`, whatever it was.
pub(super) fn probability(value: f32) -> f64 {
    if value.is_nan() { 0.0 } else { f64::from(value).clamp(0.0, 1.0) }
}
