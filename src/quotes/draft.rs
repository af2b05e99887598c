//! A quotation in the making: its contents, its links, and what the rules did to it.

use super::changes::Applied;
use super::kind;
use super::labelled_reading::{LabelledReading, Run};
use crate::{AttributionLabel, QuoteKind, Span};

/// The probability of a link that a rule made.
const BY_RULE: f64 = 0.5;
/// The score of what the layout alone shows to be quoted.
const SCORE: f64 = 0.8;

/// A run that a quotation points to, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) run: Run,
    pub(super) probability: f64,
}

impl Link {
    /// A link to a run that a rule chose.
    pub(super) fn by_rule(run: Run) -> Self {
        Self { run, probability: BY_RULE }
    }

    /// A link to words that only the layout shows to be a source or cue.
    pub(super) fn by_layout(span: Span, label: AttributionLabel, paragraph: usize) -> Self {
        Self { run: Run::by_rule(label, span, paragraph, SCORE), probability: SCORE }
    }
}

/// One content span of a quotation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) span: Span,
    /// Index of its paragraph.
    pub(super) paragraph: usize,
    /// How sure it is content: the mean probability of its labels where the model found it.
    pub(super) score: f64,
    /// Whether a rule found it, not the model.
    pub(super) is_recovered: bool,
}

/// A quotation in the making.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// Its contents in text order; never empty.
    pub(super) parts: Vec<Part>,
    pub(super) source: Option<Link>,
    pub(super) cue: Option<Link>,
    /// Whether the layout quotes it in place of marks: a turn of a transcript or a block quotation.
    pub(super) is_set_off: bool,
    /// What the rules did.
    pub(super) history: Vec<Applied>,
}

impl Draft {
    /// Makes a quotation of one content.
    pub(super) fn new(part: Part, source: Option<Link>, cue: Option<Link>) -> Self {
        Self { parts: vec![part], source, cue, ..Self::default() }
    }

    /// Makes a quotation that the layout shows, of contents with the paragraphs they stand in.
    pub(super) fn by_layout(contents: &[(Span, usize)], source: Option<Link>, cue: Option<Link>) -> Self {
        let part = |&(span, paragraph): &(Span, usize)| Part { span, paragraph, score: SCORE, is_recovered: true };
        Self { parts: contents.iter().map(part).collect(), source, cue, ..Self::default() }
    }

    /// Says that the layout quotes it in place of marks.
    pub(super) fn set_off(self) -> Self {
        Self { is_set_off: true, ..self }
    }

    /// From the first content's start to the last one's end.
    pub(super) fn span(&self) -> Span {
        let spans = self.parts.iter().map(|part| part.span);
        spans.reduce(Span::cover).unwrap_or(Span::new(0, 0))
    }

    /// The paragraph of the first content.
    pub(super) fn paragraph(&self) -> usize {
        self.parts.first().map_or(0, |part| part.paragraph)
    }

    /// How its words are given.
    pub(super) fn kind(&self, reading: &LabelledReading<'_>) -> QuoteKind {
        let contents: Vec<Span> = self.parts.iter().map(|part| part.span).collect();
        if self.is_set_off { QuoteKind::Direct } else { kind::classify(reading, &contents) }
    }

    /// What the rules did, in the order they are applied.
    pub(super) fn into_history(mut self) -> Vec<Applied> {
        self.history.sort();
        self.history.dedup();
        self.history
    }
}

/// Whether no draft reaches into `span`; contents grow beyond the model's runs when marks are taken in.
pub(super) fn is_untouched(drafts: &[Draft], span: Span) -> bool {
    let after = drafts.partition_point(|draft| draft.span().end() <= span.start());
    drafts.get(after).is_none_or(|draft| draft.span().start() >= span.end())
}
