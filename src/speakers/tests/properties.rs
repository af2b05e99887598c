//! Whatever the labels, the stage neither panics nor makes spans and indices that do not fit.

use proptest::prelude::*;

use crate::encoder::Label;
use crate::speakers::SpeakerResolver;
use crate::testing::Annotated;
use crate::{EntityLabel, LabelledSpan, Quote, QuoteKind, Span};

const WORDS: &[&str] = &[
    "the",
    "a",
    "Li",
    "Qiang",
    "minister",
    "of",
    "Health",
    "said",
    "he",
    "she",
    "’s",
    ",",
    ".",
    "“",
    "”",
    "(",
    ")",
    "and",
    "who",
    "founded",
    "is",
    "company",
    "Dr.",
    "former",
    "one",
    "of",
    "founders",
    "-",
    "60-year-old",
    "WHO",
    "by",
    "\n",
    ":",
    "—",
    "Šefčovič",
    "習近平",
    "it",
    "they",
];

proptest! {
    #[test]
    fn any_labels_give_fitting_spans(
        picks in prop::collection::vec(0..WORDS.len(), 0..60),
        entities in prop::collection::vec((0..9_usize, 0..60_usize, 1..4_usize), 0..12),
        quotes in prop::collection::vec((0..60_usize, 0..60_usize, 1..5_usize, 0..3_usize), 0..8),
    ) {
        let text = picks.iter().map(|&at| WORDS[at]).collect::<Vec<_>>().join(" ");
        let mut annotated = Annotated::new(&text);
        super::split_sentences(&mut annotated);
        let count = annotated.seg.tokens.len();
        for (label, start, len) in entities {
            let tokens = start.min(count)..(start + len).min(count);
            annotated.encoding.entities.push(LabelledSpan { label: EntityLabel::ALL[label], tokens, score: 0.9 });
        }
        let span = |start: usize, len: usize| annotated.seg.span_of(start.min(count)..(start + len).min(count));
        let made: Vec<Quote> = quotes
            .iter()
            .map(|&(content, source, len, kind)| Quote {
                id: "q".to_owned(),
                kind: [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed][kind],
                content: vec![span(content, 3).unwrap_or(Span::new(0, 0))],
                cue: None,
                cue_class: None,
                source: span(source, len),
                confidence: 0.5,
                rules: Vec::new(),
            })
            .collect();
        let attribution = SpeakerResolver::new().resolve(&annotated.reading(), &[], &made);
        prop_assert_eq!(attribution.by_quote.len(), made.len());
        prop_assert!(attribution.by_quote.iter().flatten().all(|&speaker| speaker < attribution.speakers.len()));
        for speaker in &attribution.speakers {
            let spans = speaker.mentions.iter().map(|mention| mention.span).chain(speaker.roles.iter().map(|role| role.span));
            for span in spans {
                prop_assert!(!annotated.doc.slice(span).is_empty());
            }
            prop_assert!(!speaker.name.is_empty());
        }
    }
}
