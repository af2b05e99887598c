//! Pronouns with two possible names on the GAP development data (Webster et al., TACL 2018). Skips where the data is absent.

use std::fs;

use super::split_sentences;
use crate::speakers::SpeakerResolver;
use crate::testing::{Annotated, shared};
use crate::{CodePointOffsets, CodePointSpan, EntityLabel, LabelledSpan, Quote, QuoteKind, Span};

#[test]
fn pronouns_with_two_possible_names() {
    let Some(path) = shared("data/gap/gap-development.tsv") else { return };
    let data = fs::read_to_string(path).expect("a gold file");
    let (mut hits, mut said, mut gold) = (0, 0, 0);
    for columns in data.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        let [_, text, pronoun, at, a, _, a_is, b, _, b_is, _] = columns[..] else { continue };
        let offsets = CodePointOffsets::new(text);
        let at: usize = at.parse().expect("an offset");
        let source = offsets.to_bytes(CodePointSpan { start: at, end: at + pronoun.chars().count() });
        let mut annotated = Annotated::new(text);
        split_sentences(&mut annotated);
        for name in capitals(text).into_iter().chain([a, b].iter().flat_map(|name| places(text, name))) {
            let tokens = annotated.seg.tokens_in(name);
            annotated.encoding.entities.push(LabelledSpan { label: EntityLabel::Person, tokens, score: 0.9 });
        }
        super::drop_overlaps(&mut annotated);
        let end = Span::new(text.len(), text.len());
        let quote = Quote {
            id: "q1".to_owned(),
            kind: QuoteKind::Indirect,
            content: vec![end],
            cue: None,
            cue_class: None,
            source: Some(source),
            confidence: 0.9,
            rules: Vec::new(),
        };
        let attribution = SpeakerResolver::new().resolve(&annotated.reading(), &[], &[quote]);
        let is = |name: &str| {
            let place = places(text, name).first().copied();
            attribution
                .speakers
                .iter()
                .any(|speaker| speaker.mentions.iter().any(|mention| place.is_some_and(|place| place.overlaps(mention.span))))
        };
        for (name, truth) in [(a, a_is == "TRUE"), (b, b_is == "TRUE")] {
            hits += usize::from(is(name) && truth);
            said += usize::from(is(name));
            gold += usize::from(truth);
        }
    }
    let f1 = 200.0 * f64::from(u32::try_from(hits).expect("small")) / (said + gold) as f64;
    println!("GAP development: F1 {f1:.1} ({hits} of {gold}, {said} said)");
    assert!(f1 >= 55.0, "{f1}");
}

/// Every place of a name.
fn places(text: &str, name: &str) -> Vec<Span> {
    text.match_indices(name).map(|(start, found)| Span::new(start, start + found.len())).collect()
}

/// Runs of two capitalised words: other persons, most likely.
fn capitals(text: &str) -> Vec<Span> {
    let pattern = regex::Regex::new(r"\b\p{Lu}\p{Ll}+ (?:\p{Lu}\. )?\p{Lu}\p{Ll}+\b").expect("a pattern");
    pattern.find_iter(text).map(|found| Span::new(found.start(), found.end())).collect()
}
