//! From the model's labels to quotations: the order of the rules, and the only place that applies them.

use super::changes::{Change, Drafts, Trail};
use super::confidence::Features;
use super::draft::Draft;
use super::labelled_reading::LabelledReading;
use super::{
    Rule, according_to, beats, block_quotations, borders, continuation, cue_links, cues, doubtful, headlines, interruptions,
    missed_sentences, model_contents, nesting, no_attribution, same_cue, source_links, speaker_labels, strangers, tags, terms, turns,
};
use crate::{Quote, Reading, Span};

/// What a rule does. It only reads: [`Drafts::apply`] makes its changes and writes them down.
enum Step {
    /// Says what is to change.
    Changes(fn(&LabelledReading<'_>, &[Draft]) -> Vec<Change>),
    /// Says of one quotation that it is none.
    Drops(fn(&LabelledReading<'_>, &Draft) -> bool),
}
use Step::{Changes, Drops};

/// The rules in their order, each with why it stands there. Up to *same cue* a quotation has one content.
const STEPS: &[(Rule, Step)] = &[
    // First: every other rule mends, completes or drops what the model finds.
    (Rule::Model, Changes(model_contents::find)),
    // Before anything asks what lies between two labels: a mark or comma inside one would be missed there.
    (Rule::BareLabels, Changes(borders::bare_labels)),
    // Before borders are mended: two halves of a pair of marks are no two contents that each lack one.
    (Rule::Rejoined, Changes(model_contents::rejoin)),
    // Before the marks: a comma between content and mark would hide the mark.
    (Rule::BareContents, Changes(borders::bare_contents)),
    // Before anything asks whether a content stands in marks.
    (Rule::WholeMarks, Changes(borders::whole_marks)),
    // Behind the marks: it looks for one that closes inside a content.
    (Rule::PastMarks, Changes(borders::past_marks)),
    // Behind them all: a lone opening mark may have got its words.
    (Rule::Wordless, Drops(borders::is_wordless)),
    // Behind the borders, because a sentence in marks counts as passed over only where no mended content reaches it;
    // before the cues, because it labels cues and sources that the next rules link.
    (Rule::MissedSentence, Changes(missed_sentences::find)),
    // Behind the sentences in marks, which have evidence beside them: this one has the typography alone.
    (Rule::OpenSpeech, Changes(continuation::speeches)),
    // Behind the sentences in marks: it takes only sentences in which nothing is labelled.
    (Rule::AccordingTo, Changes(according_to::find)),
    // Grammar first: nothing but its attribution follows a quotation that ends with a comma.
    (Rule::Tag, Changes(tags::find)),
    // Behind the tags, which are in the quotation's own sentence: what goes on behind one is no stranger's.
    (Rule::GoesOn, Changes(beats::goes_on)),
    // Before the rules that choose among cues: the paragraph's own come first, and what it takes away they may give anew.
    (Rule::OtherParagraph, Changes(strangers::find)),
    // Behind the links to other paragraphs: what is left over the border of a sentence is the writer's own.
    (Rule::LaterNarrative, Changes(no_attribution::later_narrative)),
    // Before everything that compares cues; what the rules found needs cues as well.
    (Rule::NearestCue, Changes(cue_links::nearest)),
    // Behind the nearest cue: one in the content's own paragraph is better than the paragraph before.
    (Rule::LeadIn, Changes(cue_links::lead_in)),
    // Behind both: it frees a cue that has two contents, and must know all that are claimed.
    (Rule::OwnSentence, Changes(cue_links::own_sentence)),
    // Behind all rules of single cues: it overrules them where the marks show a longer quotation.
    (Rule::CarriedLinks, Changes(continuation::links)),
    // Behind all cues: it is for quotations that have none. Before the terms, because few words beside a gesture are a quotation.
    (Rule::Beat, Changes(beats::find)),
    // Needs the final cue of the second part; the first one joins it by that cue.
    (Rule::Interrupted, Changes(interruptions::find)),
    // Terms and titles go before contents are joined: one of them must not become a part of a quotation.
    (Rule::Term, Drops(terms::is_lone_term)),
    (Rule::Announced, Drops(terms::is_announced)),
    (Rule::WorkTitle, Drops(terms::is_title_of_work)),
    (Rule::Notice, Drops(terms::is_under_notice)),
    // Behind every rule of cues.
    (Rule::SameCue, Changes(same_cue::join)),
    // Names beside marks count where there is no cue; before the paragraphs are joined, because the first of several may be so introduced.
    (Rule::SpeakerLabel, Changes(speaker_labels::before)),
    (Rule::Signature, Changes(speaker_labels::behind)),
    // Before the sources: a quotation of several paragraphs has one.
    (Rule::CarriedOn, Changes(continuation::join)),
    // Behind the paragraphs of one quotation: who speaks them stands before the first.
    (Rule::Scene, Changes(beats::scene)),
    // Wrong sources go first, so that the right ones are asked for.
    (Rule::Addressee, Changes(source_links::addressee)),
    (Rule::LaterSentence, Changes(source_links::later_sentence)),
    (Rule::FarSource, Changes(source_links::far)),
    // Before sources are given out: what it leaves is free for others.
    (Rule::BesideCue, Changes(source_links::beside)),
    // From the surest to the least sure. The shared one leaves to the main clause what that can fill, and stands before it, because the
    // main clause itself may have its source so.
    (Rule::FreeSource, Changes(source_links::free)),
    (Rule::SharedSource, Changes(source_links::shared)),
    (Rule::MainClause, Changes(source_links::main_clause)),
    // Needs to know that there is no source, not even by rule.
    (Rule::NestedPassive, Changes(nesting::join)),
    // Behind the sources, which they look at, and behind the joins: they drop quotations of one content only.
    (Rule::MadeThing, Drops(no_attribution::is_made_thing)),
    (Rule::Topic, Drops(no_attribution::is_topic)),
    (Rule::RelativeClause, Drops(no_attribution::is_relative_clause)),
    (Rule::Copula, Drops(no_attribution::is_copula)),
    // The layout speaks last, because it is surest: a headline where nothing was found, then blocks and turns over all that was found.
    (Rule::Headline, Changes(headlines::find)),
    (Rule::BlockQuotation, Changes(block_quotations::find)),
    // Behind the blocks: a turn may hold one.
    (Rule::Turn, Changes(turns::find)),
    // At the end, where borders and links are those that the confidence is about.
    (Rule::UnknownCue, Drops(doubtful::has_unknown_cue)),
    (Rule::Unsaid, Drops(doubtful::is_unsaid)),
];

/// Puts sources, cues and contents together into quotations.
#[derive(Debug, Clone, Default)]
pub struct QuoteExtractor {
    off: Vec<Rule>,
}

impl QuoteExtractor {
    /// Makes an extractor.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves out a rule, to see what it is good for.
    #[doc(hidden)]
    #[must_use]
    pub fn without(mut self, rule: Rule) -> Self {
        self.off.push(rule);
        self
    }

    /// The quotations of a document, in text order. Contents never overlap, and no quotation stands there twice.
    ///
    /// ```
    /// use sayso::{Document, QuoteKind};
    /// use sayso::Reading;
    /// use sayso::encoder::Encoding;
    /// use sayso::quotes::QuoteExtractor;
    /// use sayso::segment::Segmenter;
    ///
    /// let doc = Document::from_text("“The ferry will run again in May,” she said.");
    /// let seg = Segmenter::new().segment(&doc);
    /// let encoding = Encoding::default(); // a model's answers; marks and a verb of saying are enough here
    /// let quotes = QuoteExtractor::new().extract(&Reading { doc: &doc, seg: &seg, encoding: &encoding });
    /// assert_eq!(quotes[0].kind, QuoteKind::Direct);
    /// assert_eq!(quotes[0].source.map(|source| doc.slice(source)), Some("she"));
    /// ```
    pub fn extract(&self, reading: &Reading<'_>) -> Vec<Quote> {
        self.explain(reading).0
    }

    /// The quotations of a document with all that the rules did to them, and to what they dropped.
    ///
    /// ```
    /// use sayso::Document;
    /// use sayso::Reading;
    /// use sayso::encoder::Encoding;
    /// use sayso::quotes::{QuoteExtractor, Rule as QuoteRule};
    /// use sayso::segment::Segmenter;
    ///
    /// let doc = Document::from_text("“The ferry will run again in May,” she said.");
    /// let seg = Segmenter::new().segment(&doc);
    /// let encoding = Encoding::default();
    /// let (quotes, trail) = QuoteExtractor::new().explain(&Reading { doc: &doc, seg: &seg, encoding: &encoding });
    /// assert_eq!(quotes[0].rules, [QuoteRule::MissedSentence, QuoteRule::Tag]);
    /// assert_eq!(trail.quotes[0][1].after.map(|cue| doc.slice(cue)), Some("said"));
    /// ```
    pub fn explain(&self, reading: &Reading<'_>) -> (Vec<Quote>, Trail) {
        let Drafts { reading, kept, mut dropped } = self.read(reading);
        let mut quotes: Vec<Quote> = kept.iter().enumerate().map(|(at, draft)| quote(&reading, at, draft).0).collect();
        dropped.sort_by_key(Draft::span);
        let trail = Trail {
            quotes: kept.into_iter().map(Draft::into_history).collect(),
            dropped: dropped.into_iter().map(Draft::into_history).collect(),
        };
        for (quote, changes) in quotes.iter_mut().zip(&trail.quotes) {
            quote.rules = changes.iter().map(|change| change.rule).collect();
            quote.rules.dedup();
        }
        (quotes, trail)
    }

    /// The quotations with what their confidence was made of.
    #[cfg(test)]
    pub(super) fn extract_with_features(&self, reading: &Reading<'_>) -> Vec<(Quote, Features)> {
        let drafts = self.read(reading);
        drafts.kept.iter().enumerate().map(|(at, draft)| quote(&drafts.reading, at, draft)).collect()
    }

    /// Applies the rules.
    fn read<'a>(&self, reading: &Reading<'a>) -> Drafts<'a> {
        let mut drafts = Drafts::new(LabelledReading::new(reading));
        for (rule, step) in STEPS.iter().filter(|(rule, _)| !self.off.contains(rule)) {
            let changes = match step {
                Changes(changes) => changes(&drafts.reading, &drafts.kept),
                Drops(is_none) => {
                    let none = drafts.kept.iter().enumerate().filter(|(_, draft)| is_none(&drafts.reading, draft));
                    none.map(|(at, _)| Change::Drop(at)).collect()
                }
            };
            drafts.apply(*rule, changes);
        }
        drafts
    }
}

fn quote(reading: &LabelledReading<'_>, at: usize, draft: &Draft) -> (Quote, Features) {
    let content: Vec<Span> = draft.parts.iter().map(|part| part.span).collect();
    let kind = draft.kind(reading);
    let cue = draft.cue.map(|cue| cue.run.span);
    let features = Features::of(reading, draft, kind);
    let quote = Quote {
        id: format!("q{}", at + 1),
        kind,
        content,
        cue,
        cue_class: cue.map(|cue| cues::classify(reading.slice(cue))),
        source: draft.source.map(|source| source.run.span),
        confidence: features.confidence(),
        rules: Vec::new(),
    };
    (quote, features)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_place_in_the_order_of_the_enum() {
        let rules: Vec<Rule> = STEPS.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, Rule::ALL);
    }
}
