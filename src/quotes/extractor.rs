//! From the model's runs to quotations: the order of the rules.

use super::assembly::Draft;
use super::confidence::Features;
use super::pieces::{self, Piece};
use super::scene::Scene;
use super::{
    according, assembly, block_quotations, borders, continuation, cues, headlines, interruptions, kind, links, listed, nesting, recovery,
    standing, terms, turns,
};
use crate::{Quote, QuoteKind, Reading, Span};

/// Puts sources, cues and contents together into quotations.
#[derive(Debug, Clone, Default)]
pub struct QuoteExtractor {}

impl QuoteExtractor {
    /// Makes an extractor.
    pub fn new() -> Self {
        Self::default()
    }

    /// The quotations of a document, in text order. Contents never overlap, and no quotation stands there twice.
    ///
    /// ```
    /// use sayso::{Document, Encoding, QuoteExtractor, QuoteKind, Reading, Segmenter};
    ///
    /// let doc = Document::from_text("“The ferry will run again in May,” she said.");
    /// let seg = Segmenter::new().segment(&doc);
    /// let encoding = Encoding::default(); // a model's answers; marks and a verb of saying are enough here
    /// let quotes = QuoteExtractor::new().extract(&Reading { doc: &doc, seg: &seg, encoding: &encoding });
    /// assert_eq!(quotes[0].kind, QuoteKind::Direct);
    /// assert_eq!(quotes[0].source.map(|source| doc.slice(source)), Some("she"));
    /// ```
    pub fn extract(&self, reading: &Reading<'_>) -> Vec<Quote> {
        Self::extract_with_features(reading).into_iter().map(|(quote, _)| quote).collect()
    }

    /// The quotations with what their confidence was made of.
    pub(super) fn extract_with_features(reading: &Reading<'_>) -> Vec<(Quote, Features)> {
        let mut scene = Scene::new(reading);
        borders::repair_runs(&mut scene);
        let found = pieces::join(&mut scene);
        let mut pieces = borders::repair(&scene, found);
        recovery::recover(&mut scene, &mut pieces);
        according::recover(&mut scene, &mut pieces);
        links::fill_cues(&scene, &mut pieces);
        links::relink_strays(&scene, &mut pieces);
        continuation::relink(&scene, &mut pieces);
        interruptions::complete(&scene, &mut pieces);
        pieces.retain(|piece| !terms::is_none(&scene, piece));
        let mut drafts = assembly::group(pieces);
        listed::add(&scene, &mut drafts);
        let mut drafts = continuation::join(&scene, drafts);
        links::fill_sources(&scene, &mut drafts);
        let mut drafts = nesting::join(&scene, drafts);
        let is_quotation = |draft: &Draft| {
            !draft.pieces.is_empty() && !standing::is_made_thing(&scene, draft) && !standing::is_no_attribution(&scene, draft)
        };
        drafts.retain(is_quotation);
        add_set_off(&scene, &mut drafts);
        let mut quotes: Vec<(Quote, Features)> = drafts.iter().map(|draft| quote(&scene, draft)).collect();
        quotes.retain(|(quote, _)| !standing::is_doubtful(quote));
        for (at, (quote, _)) in quotes.iter_mut().enumerate() {
            quote.id = format!("q{}", at + 1);
        }
        quotes
    }
}

/// What the layout quotes: headlines, block quotations, then turns, which take in all that stands inside them.
fn add_set_off(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    headlines::add(scene, drafts);
    let blocks = block_quotations::find(scene, drafts);
    assembly::supersede(drafts, blocks);
    assembly::supersede(drafts, turns::find(scene));
}

fn quote(scene: &Scene<'_>, draft: &Draft) -> (Quote, Features) {
    let content: Vec<Span> = draft.pieces.iter().map(|piece: &Piece| piece.span).collect();
    let kind = if draft.is_set_off { QuoteKind::Direct } else { kind::classify(scene, &content) };
    let cue = draft.cue.map(|cue| cue.run.span);
    let features = Features::of(scene, draft, kind);
    let quote = Quote {
        id: String::new(),
        kind,
        content,
        cue,
        cue_class: cue.map(|cue| cues::classify(scene.slice(cue))),
        source: draft.source.map(|source| source.run.span),
        confidence: features.confidence(),
    };
    (quote, features)
}
