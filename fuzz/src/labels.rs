//! The stages after the model, under labels that no model would give.

use std::ops::Range;

use sayso::encoder::{AttributionLabel, ContentLinks, Encoding, EntityLabel, Label, LabelledSpan, TokenVectors, Upos};
use sayso::entities::EntityRecognizer;
use sayso::keyphrases::KeyphraseExtractor;
use sayso::quotes::QuoteExtractor;
use sayso::segment::Segmenter;
use sayso::speakers::SpeakerResolver;
use sayso::themes::ThemeCoder;
use sayso::{Analysis, Document, Reading};

use crate::check;

/// Whatever the labels, what the stages find stands in the text. Up to the first NUL is the article, the labels of its tokens come after.
pub(crate) fn stages(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (text, rest) = data.split_at(end);
    with_reading(&String::from_utf8_lossy(text), rest.get(1..).unwrap_or_default(), |reading| {
        let entities = EntityRecognizer::new().recognize(reading);
        let keyphrases = KeyphraseExtractor::new().extract(reading);
        let quotes = QuoteExtractor::new().extract(reading);
        let attribution = SpeakerResolver::new().resolve(reading, &entities, &quotes);
        let themes = ThemeCoder::new(None).code(reading, &keyphrases, &quotes);
        let (doc, seg) = (reading.doc.clone(), reading.seg.clone());
        check(&Analysis { doc, seg, entities, keyphrases, quotes, attribution, themes, passages: Vec::new() });
    });
}

/// Hands on an article with labels made of `bytes`, two for each token, over and over.
pub(crate) fn with_reading(text: &str, bytes: &[u8], then: impl FnOnce(&Reading<'_>)) {
    let doc = Document::from_text(text);
    let seg = Segmenter::new().segment(&doc);
    let bytes: Vec<u8> = if bytes.is_empty() { vec![0] } else { bytes.to_vec() };
    let labels: Vec<(u8, u8)> = bytes.iter().copied().cycle().zip(bytes.iter().copied().cycle().skip(1)).take(seg.tokens.len()).collect();
    let attributions = runs(labels.iter().map(|(first, _)| first % 16), AttributionLabel::ALL);
    let entities = runs(labels.iter().map(|(_, second)| second % 32), EntityLabel::ALL);
    let mut vectors = TokenVectors::new(4);
    for (first, second) in &labels {
        vectors.push(&[f32::from(*first) - 128.0, f32::from(*second) - 128.0, f32::from(first ^ second), 1.0]);
    }
    let upos = labels.iter().map(|(first, second)| Upos::ALL.get(usize::from(first.wrapping_add(*second)) % Upos::ALL.len()));
    let encoding = Encoding {
        links: links(&attributions, &bytes),
        upos: upos.map(|tag| tag.copied().unwrap_or(Upos::X)).collect(),
        entities,
        attributions,
        vectors,
        meanings: TokenVectors::default(),
    };
    then(&Reading { doc: &doc, seg: &seg, encoding: &encoding });
}

/// Runs of tokens with a label: a token of the number of a label begins one, larger numbers by steps go on with it, the rest has none.
fn runs<L: Label>(numbers: impl Iterator<Item = u8>, labels: &[L]) -> Vec<LabelledSpan<L>> {
    let mut found: Vec<LabelledSpan<L>> = Vec::new();
    for (token, number) in numbers.enumerate() {
        let number = usize::from(number);
        if let Some(label) = labels.get(number) {
            found.push(LabelledSpan { label: *label, tokens: token..token + 1, score: number as f32 / labels.len() as f32 });
        } else if number < 3 * labels.len()
            && let Some(last) = found.last_mut().filter(|last| last.tokens.end == token)
        {
            last.tokens.end += 1;
        }
    }
    found
}

/// Each content is linked to one source and one cue, or to none.
fn links(spans: &[LabelledSpan<AttributionLabel>], bytes: &[u8]) -> Vec<ContentLinks> {
    let places = |label| spans.iter().enumerate().filter(move |(_, span)| span.label == label).map(|(at, _)| at);
    let (sources, cues): (Vec<usize>, Vec<usize>) = (places(AttributionLabel::Source).collect(), places(AttributionLabel::Cue).collect());
    let pick = |places: &[usize], content: &Range<usize>, step: usize| {
        let byte = bytes.get((content.start * step) % bytes.len()).copied().unwrap_or_default();
        Some((*places.get(usize::from(byte) % (places.len() + 1))?, f32::from(byte) / 255.0))
    };
    let of = |span: &LabelledSpan<AttributionLabel>| match span.label {
        AttributionLabel::Content => ContentLinks { source: pick(&sources, &span.tokens, 1), cue: pick(&cues, &span.tokens, 3) },
        _ => ContentLinks::default(),
    };
    spans.iter().map(of).collect()
}
