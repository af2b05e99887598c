//! Hand-made encodings for stage tests: texts with their spans named by their words, no model needed; those of the cases as well.

mod skipped;

use std::ops::Range;

use crate::encoder::Label;
use crate::evaluate::cases::{self, Case};
use crate::segment::Segmenter;
use crate::{
    Analysis, AttributionLabel, ContentLinks, Document, Encoding, EntityLabel, LabelledSpan, Reading, Segmentation, TokenVectors, Upos,
};

pub(crate) use skipped::{shared, skipped};

/// The stages of a pipeline, as its steps are called.
pub(crate) const STAGES: [&str; 7] = ["segmentation", "encoding", "entities", "keyphrases", "quotes", "speakers", "themes"];

/// Stands before each stage in tests: an article whose text asks for it, *\[panic in themes\]*, ends there in a panic, and *\[stall in themes\]* takes a
/// while.
pub(crate) fn disturb(stage: &str, text: &str) {
    assert!(!text.contains(&format!("[panic in {stage}]")), "disturbed in {stage}");
    if text.contains(&format!("[stall in {stage}]")) {
        std::thread::sleep(std::time::Duration::from_millis(40));
    }
}

/// Every span of every stage fits the text.
pub(crate) fn assert_spans(analysis: &Analysis) {
    if let Err(fault) = analysis.check_spans() {
        panic!("{}: {fault}", analysis.doc.id());
    }
}

/// The cases of `tests/cases/rules` with what their labels say.
pub(crate) fn labelled_cases() -> Vec<(Case, Annotated)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/rules");
    let cases = cases::load(folder).expect("the cases are cases");
    let annotated = cases.into_iter().map(|case| {
        let doc = cases::document(&case).expect("the case holds text");
        let seg = Segmenter::new().segment(&doc);
        let labels = case.labels.as_ref().expect("cases of rules have labels");
        let encoding = labels.encoding(&doc, &seg).expect("the labels fit the text");
        (case, Annotated { doc, seg, encoding })
    });
    annotated.collect()
}

/// A text with the answers a model would give.
#[derive(Debug, Clone)]
pub(crate) struct Annotated {
    pub(crate) doc: Document,
    pub(crate) seg: Segmentation,
    pub(crate) encoding: Encoding,
}

impl Annotated {
    /// Segments `text`; every token is tagged [`Upos::X`] and nothing is labelled.
    pub(crate) fn new(text: &str) -> Self {
        Self::of(Document::from_text(text))
    }

    /// The same for a Markdown file.
    pub(crate) fn markdown(source: &str) -> Self {
        let doc = crate::read_bytes(source.as_bytes(), "text.md", "text", &crate::ReadOptions::default());
        Self::of(doc.expect("the source holds text"))
    }

    fn of(doc: Document) -> Self {
        let seg = Segmenter::new().segment(&doc);
        let encoding = Encoding { upos: vec![Upos::X; seg.tokens.len()], vectors: TokenVectors::new(4), ..Encoding::default() };
        Self { doc, seg, encoding }
    }

    /// Labels every occurrence of `words` as an entity.
    pub(crate) fn entity(mut self, words: &str, label: EntityLabel) -> Self {
        for (start, found) in self.doc.text().match_indices(words) {
            let tokens = self.seg.tokens_in(crate::Span::new(start, start + found.len()));
            self.encoding.entities.push(LabelledSpan { label, tokens, score: 0.9 });
        }
        self.encoding.entities.sort_by_key(|entity| entity.tokens.start);
        self
    }

    /// Adds one attribution: each part is the `nth` occurrence of its words, `("", 0)` for a missing cue or source.
    pub(crate) fn attribution(mut self, source: (&str, usize), cue: (&str, usize), contents: &[(&str, usize)]) -> Self {
        let source = self.labelled(source, AttributionLabel::Source);
        let cue = self.labelled(cue, AttributionLabel::Cue);
        for &content in contents {
            let span = self.labelled(content, AttributionLabel::Content).expect("a content has words");
            self.encoding.attributions.push(span);
            self.encoding.links.push(ContentLinks::default());
        }
        let contents: Vec<Range<usize>> = contents.iter().map(|&content| self.find(content)).collect();
        for part in [source.clone(), cue.clone()].into_iter().flatten() {
            if !self.encoding.attributions.contains(&part) {
                self.encoding.attributions.push(part);
                self.encoding.links.push(ContentLinks::default());
            }
        }
        self.sort_attributions();
        let place = |wanted: &Option<LabelledSpan<AttributionLabel>>, all: &[LabelledSpan<AttributionLabel>]| {
            let wanted = wanted.as_ref()?;
            Some((all.iter().position(|span| span == wanted)?, 0.9))
        };
        for (span, links) in self.encoding.attributions.iter().zip(&mut self.encoding.links) {
            if span.label == AttributionLabel::Content && contents.contains(&span.tokens) {
                *links =
                    ContentLinks { source: place(&source, &self.encoding.attributions), cue: place(&cue, &self.encoding.attributions) };
            }
        }
        self
    }

    /// Tags every occurrence of each word: `[("company", Upos::Noun), …]`.
    pub(crate) fn tags(mut self, tags: &[(&str, Upos)]) -> Self {
        for (token, tag) in self.seg.tokens.iter().zip(&mut self.encoding.upos) {
            if let Some((_, upos)) = tags.iter().find(|(word, _)| *word == self.doc.slice(token.span)) {
                *tag = *upos;
            }
        }
        self
    }

    /// What a stage gets.
    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading { doc: &self.doc, seg: &self.seg, encoding: &self.encoding }
    }

    fn labelled<L: Label>(&self, words: (&str, usize), label: L) -> Option<LabelledSpan<L>> {
        (!words.0.is_empty()).then(|| LabelledSpan { label, tokens: self.find(words), score: 0.9 })
    }

    fn find(&self, (words, nth): (&str, usize)) -> Range<usize> {
        let (start, found) = self.doc.text().match_indices(words).nth(nth).expect("the words stand in the text");
        self.seg.tokens_in(crate::Span::new(start, start + found.len()))
    }

    /// Sorts by place; links already set keep pointing at the same spans.
    fn sort_attributions(&mut self) {
        let mut order: Vec<usize> = (0..self.encoding.attributions.len()).collect();
        order.sort_by_key(|&at| self.encoding.attributions[at].tokens.start);
        let place: Vec<usize> = (0..order.len()).map(|old| order.iter().position(|&at| at == old).expect("a permutation")).collect();
        let moved = |link: Option<(usize, f32)>| link.map(|(at, score)| (place[at], score));
        self.encoding.links = order
            .iter()
            .map(|&at| self.encoding.links[at].clone())
            .map(|links| ContentLinks { source: moved(links.source), cue: moved(links.cue) })
            .collect();
        self.encoding.attributions = order.iter().map(|&at| self.encoding.attributions[at].clone()).collect();
    }
}
