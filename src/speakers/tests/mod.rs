//! Tests of the whole stage on texts with hand-made labels.

#![expect(clippy::string_slice, reason = "test texts are cut at borders the test knows")]

mod gap;
mod gum;
mod joint;
mod labels;
mod placement;
mod properties;
mod roles;
mod sources;
mod whole_sources;

use super::{Attribution, SpeakerResolver};
use crate::testing::Annotated;
use crate::{AttributionLabel, EntityLabel, Quote, QuoteKind, Sentence};

/// Names, quotations and the text they stand in.
pub(super) struct Case<'a> {
    pub(super) text: &'a str,
    /// Separated by `|`.
    pub(super) persons: &'a str,
    /// Separated by `|`.
    pub(super) organizations: &'a str,
    /// Separated by `|`.
    pub(super) places: &'a str,
    /// Source, cue and content words, see [`Case::place`].
    pub(super) quotes: &'a [(&'a str, &'a str, &'a str)],
}

impl Case<'_> {
    /// A case without names and quotations.
    pub(super) const fn text(text: &str) -> Case<'_> {
        Case { text, persons: "", organizations: "", places: "", quotes: &[] }
    }

    /// The text with its labels.
    pub(super) fn annotate(&self) -> Annotated {
        let mut annotated = Annotated::new(self.text);
        split_sentences(&mut annotated);
        for (names, label) in
            [(self.persons, EntityLabel::Person), (self.organizations, EntityLabel::Organization), (self.places, EntityLabel::Location)]
        {
            // Longer names first: *Li Qiang* before *Li*.
            let mut names: Vec<&str> = names.split('|').filter(|name| !name.is_empty()).collect();
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            for name in names {
                annotated = annotated.entity(name, label);
            }
        }
        drop_overlaps(&mut annotated);
        for (source, cue, content) in self.quotes {
            annotated = annotated.attribution(self.place(source), self.place(cue), &[self.place(content)]);
        }
        annotated
    }

    /// The words and which occurrence of them is meant: `he#1` is the second one, `he^ said` the one that *said* follows.
    fn place<'w>(&self, words: &'w str) -> (&'w str, usize) {
        if let Some((words, nth)) = words.split_once('#') {
            return (words, nth.parse().expect("a number"));
        }
        let Some((shown, _)) = words.split_once('^') else { return (words, 0) };
        let start = self.text.find(&words.replace('^', "")).expect("the words stand in the text");
        (shown, self.text.match_indices(shown).filter(|(at, _)| *at < start).count())
    }

    /// What the stage makes of it.
    pub(super) fn resolve(&self) -> Attribution {
        let annotated = self.annotate();
        SpeakerResolver::new().resolve(&annotated.reading(), &[], &quotes_of(&annotated))
    }

    /// The speaker's name of each quotation; `-` where none was found.
    pub(super) fn speakers(&self) -> Vec<String> {
        names(&self.resolve())
    }
}

/// The speaker's name of each quotation; `-` where none was found.
pub(super) fn names(attribution: &Attribution) -> Vec<String> {
    let name = |speaker: &Option<usize>| speaker.map_or("-".to_owned(), |at| attribution.speakers[at].name.clone());
    attribution.by_quote.iter().map(name).collect()
}

/// Keeps the longest of entities that overlap.
fn drop_overlaps(annotated: &mut Annotated) {
    let entities = &mut annotated.encoding.entities;
    entities.sort_by_key(|entity| (std::cmp::Reverse(entity.tokens.len()), entity.tokens.start));
    let mut kept: Vec<crate::LabelledSpan<EntityLabel>> = Vec::new();
    for entity in entities.drain(..) {
        if kept.iter().all(|other| other.tokens.end <= entity.tokens.start || entity.tokens.end <= other.tokens.start) {
            kept.push(entity);
        }
    }
    kept.sort_by_key(|entity| entity.tokens.start);
    *entities = kept;
}

/// Quotations as their stage would make them of the labels.
pub(super) fn quotes_of(annotated: &Annotated) -> Vec<Quote> {
    let spans = &annotated.encoding.attributions;
    let span = |at: usize| annotated.seg.span_of(spans[at].tokens.clone()).expect("a labelled span has tokens");
    let contents = (0..spans.len()).filter(|&at| spans[at].label == AttributionLabel::Content);
    contents
        .enumerate()
        .map(|(index, at)| {
            let content = span(at);
            let links = &annotated.encoding.links[at];
            let is_direct = annotated.doc.slice(content).starts_with(['“', '"']);
            Quote {
                id: format!("q{}", index + 1),
                kind: if is_direct { QuoteKind::Direct } else { QuoteKind::Indirect },
                content: vec![content],
                cue: links.cue.map(|(cue, _)| span(cue)),
                cue_class: None,
                source: links.source.map(|(source, _)| span(source)),
                confidence: 0.9,
                rules: Vec::new(),
            }
        })
        .collect()
}

/// Cuts sentences at full stops before capitals, whatever the segmenter of the day does.
pub(super) fn split_sentences(annotated: &mut Annotated) {
    let text = annotated.doc.text().to_owned();
    let mut sentences = Vec::new();
    for paragraph in 0..annotated.seg.paragraphs.len() {
        let first = sentences.len();
        for sentence in annotated.seg.sentences[annotated.seg.paragraphs[paragraph].sentences.clone()].iter().cloned() {
            let mut start = sentence.tokens.start;
            for at in sentence.tokens.clone() {
                let end = annotated.seg.tokens[at].span.end();
                let closes = text[..end].ends_with(['.', '?', '!', '”']) && text[..end].trim_end_matches('”').ends_with(['.', '?', '!']);
                let next = text[end..].trim_start_matches(' ');
                let is_border = closes && text[end..].starts_with(' ') && next.starts_with(|ch: char| ch.is_uppercase() || ch == '“');
                let last = text[..end].trim_end_matches(['.', '”']).rsplit([' ', '.']).next().unwrap_or_default();
                let is_short = last.len() == 1 || ["Mr", "Mrs", "Ms", "Dr", "Gov", "Sen", "Gen", "Lt", "Smt"].contains(&last);
                if (is_border && !is_short) || at + 1 == sentence.tokens.end {
                    let span = annotated.seg.span_of(start..at + 1).expect("tokens");
                    sentences.push(Sentence { span, paragraph, tokens: start..at + 1 });
                    start = at + 1;
                }
            }
        }
        annotated.seg.paragraphs[paragraph].sentences = first..sentences.len();
    }
    annotated.seg.sentences = sentences;
}
