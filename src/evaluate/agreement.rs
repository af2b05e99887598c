//! The scorers against their independent twins in Python, on gold with seeded noise. Skips where corpora, scorer or python3 are absent.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::testing::{analysis, folder, shared, skipped, write};
use super::*;
use crate::{Attribution, CodePointOffsets, Entity, EntityLabel, EntityMention, Quote, QuoteKind, Sentence, Speaker, Token, TokenKind};

/// Marsaglia's xorshift: the same noise on every machine.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below a usize")
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// Moves an end of a span by a few characters, now and then.
    fn moved(&mut self, text: &str, span: Span) -> Span {
        let mut border = |at: usize| match self.below(6) {
            0 => (at.saturating_sub(9)..at).find(|&at| text.is_char_boundary(at)).unwrap_or(at),
            1 => (at + 1..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(at),
            2 => (at + 5..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(at),
            _ => at,
        };
        Span::new(border(span.start()), border(span.end()))
    }

    fn quotes(&mut self, gold: &GoldDocument) -> Vec<Quote> {
        let mut quotes = Vec::new();
        for given in &gold.attributions {
            for _ in 0..[1, 1, 1, 0, 2][self.below(5)] {
                let mut content: Vec<Span> = given.content.iter().map(|&span| self.moved(&gold.text, span)).collect();
                if content.is_empty() {
                    content.push(Span::new(0, gold.text.chars().next().map_or(0, char::len_utf8)));
                }
                let mut part = |spans: &[Span]| {
                    let span = spans.first().copied().filter(|_| !self.one_in(8))?;
                    Some(self.moved(&gold.text, span))
                };
                let (cue, source) = (part(&given.cue), part(&given.source));
                let kind = [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed][self.below(3)];
                let id = format!("q{}", quotes.len() + 1);
                quotes.push(Quote { id, kind, content, cue, cue_class: None, source, confidence: 0.5, rules: Vec::new() });
            }
        }
        quotes
    }

    fn entities(&mut self, gold: &GoldDocument) -> Vec<Entity> {
        let mut entities = Vec::new();
        for &(span, label) in &gold.entities {
            let label = if self.one_in(7) { EntityLabel::ALL[self.below(9)] } else { label };
            let mentions = (0..self.below(3)).map(|_| EntityMention { span: self.moved(&gold.text, span), score: 0.5 }).collect();
            entities.push(Entity { id: String::new(), label, name: String::new(), mentions });
        }
        entities
    }

    /// Speakers named by any mention of the gold, one for each quotation.
    fn speakers(&mut self, gold: &GoldDocument, quotes: &[Quote]) -> Attribution {
        let mut attribution = Attribution::default();
        for (at, quote) in quotes.iter().enumerate() {
            let given = gold.attributions.iter().find(|given| given.content.iter().any(|span| span.overlaps(quote.content[0])));
            let entity = given.and_then(|given| given.source_entity.clone());
            let mentions: Vec<&gold::GoldMention> =
                gold.mentions.iter().filter(|mention| Some(&mention.entity) == entity.as_ref()).collect();
            if mentions.is_empty() || self.one_in(9) {
                attribution.by_quote.push(None);
                continue;
            }
            let name = gold.slice(mentions[self.below(mentions.len())].span).to_owned();
            attribution.by_quote.push(Some(attribution.speakers.len()));
            attribution.speakers.push(Speaker::named(format!("s{at}"), name));
        }
        attribution
    }

    fn analysis(&mut self, gold: &GoldDocument) -> Analysis {
        let quotes = self.quotes(gold);
        let attribution = self.speakers(gold, &quotes);
        Analysis { entities: self.entities(gold), attribution, ..analysis(gold.to_document(), quotes) }
    }
}

/// The fields of the report that the scorer reads.
fn report(analysis: &Analysis) -> Value {
    let offsets = CodePointOffsets::new(analysis.doc.text());
    let span = |span: &Span| {
        let points = offsets.to_code_points(*span);
        json!({"start": points.start, "end": points.end})
    };
    let quotes = analysis.quotes.iter().enumerate().map(|(at, quote)| {
        json!({
            "kind": format!("{:?}", quote.kind).to_lowercase(),
            "content": quote.content.iter().map(span).collect::<Vec<_>>(),
            "cue": quote.cue.as_ref().map(span),
            "source": quote.source.as_ref().map(span),
            "speaker": analysis.speaker_of(at).map(|speaker| &speaker.id),
        })
    });
    let entities = analysis.entities.iter().map(
        |entity| json!({"label": entity.label.name(), "mentions": entity.mentions.iter().map(|mention| span(&mention.span)).collect::<Vec<_>>()}),
    );
    json!({
        "path": analysis.doc.path(),
        "text": analysis.doc.text(),
        "quotes": quotes.collect::<Vec<_>>(),
        "entities": entities.collect::<Vec<_>>(),
        "speakers": analysis.attribution.speakers.iter().map(|speaker| json!({"id": speaker.id, "name": speaker.name})).collect::<Vec<_>>(),
    })
}

/// Scores noisy gold with both and compares every number of the Python scorer. Its command is named differently for `attribution`.
fn agree(measure: Measure, command: &str, gold: &Path, rows: Option<&Path>) {
    let given = gold::load(gold).expect("good gold");
    agree_on(measure, command, gold, rows, &given);
}

/// The same with predictions made of `given`, the same texts with other annotations.
fn agree_on(measure: Measure, command: &str, gold: &Path, rows: Option<&Path>, given: &[GoldDocument]) {
    let Some(twin) = shared("eval/sayso_eval.py") else { return };
    let mut noise = Noise(0x9E37_79B9_7F4A_7C15);
    let run = folder();
    let mut articles = 0;
    let scores = evaluate(
        |doc| {
            let given = given.iter().find(|given| given.name == doc.id()).expect("the texts are the same");
            let predicted = noise.analysis(given);
            articles += 1;
            write(run.path(), &format!("articles/{articles}.json"), &report(&predicted).to_string());
            Ok(predicted)
        },
        measure,
        gold,
        EvaluateOptions { rows, split: None },
    )
    .expect("good gold");
    let mut python = Command::new("python3");
    python.arg("-I").arg(twin).arg(command).arg(run.path()).arg(gold).args(rows);
    let Ok(output) = python.output() else {
        skipped("the agreement with the reference scorer: python3 is not installed");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected: Value = serde_json::from_slice(&output.stdout).expect("the scorer prints JSON");
    eprintln!("{} of {}:\n{scores}", measure, gold.display());
    compare(&scores, &expected);
}

fn compare(scores: &Scores, expected: &Value) {
    let close = |a: f64, b: &Value| (a - b.as_f64().expect("a number")).abs() < 1e-9;
    for (key, value) in expected.as_object().expect("an object") {
        match (key.as_str(), value) {
            (_, Value::Object(fields)) => {
                let label = if key == "ov80" { "overlap 0.8" } else { key };
                let score = scores.score(label).unwrap_or_else(|| panic!("no score {label}"));
                for (field, value) in fields {
                    let ours = match field.as_str() {
                        "p" => score.precision,
                        "r" => score.recall,
                        "f1" => score.f1,
                        "tp" => score.right as f64,
                        "pred" => score.predicted as f64,
                        "gold" => score.gold as f64,
                        other => panic!("unknown field {other}"),
                    };
                    assert!(close(ours, value), "{key}.{field}: {ours} here, {value} there");
                }
            }
            ("tokens_lost", Value::String(text)) => {
                let ours = format!("{}/{}", scores.count("tokens_lost").unwrap_or(0), scores.count("tokens").unwrap_or(0));
                assert_eq!(&ours, text);
            }
            (_, Value::String(text)) => {
                let rate = scores.rate(key).unwrap_or_else(|| panic!("no rate {key}"));
                assert_eq!(&format!("{}/{}", rate.right, rate.of), text, "{key}");
            }
            ("missing_articles" | "rows_missing", value) => assert!(close(0.0, value), "{key}: {value}"),
            (_, value) => {
                let ours = scores.count(key).map(|count| count as f64).or(scores.rate(key).map(|rate| rate.percent));
                let ours = ours.unwrap_or_else(|| panic!("no count or rate {key}"));
                assert!(close(ours, value), "{key}: {ours} here, {value} there");
            }
        }
    }
}

#[test]
fn attribution_agrees_with_the_independent_scorer() {
    for path in ["data/polnear/dev.jsonl", "data/gum_attribution/test_public.jsonl"] {
        let Some(gold) = shared(path) else { return };
        agree(Measure::Attribution, "spans", &gold, None);
    }
}

#[test]
fn cofenet_agrees_with_the_independent_scorer() {
    let (Some(gold), Some(rows)) = (shared("data/polnear/dev.jsonl"), shared("data/polnear/cofenet_valid.jsonl")) else { return };
    agree(Measure::Cofenet, "cofenet", &gold, Some(&rows));
}

#[test]
fn units_agree_with_the_independent_scorer() {
    for path in ["data/polnear/dev.jsonl", "data/gum_attribution/test_public.jsonl"] {
        let Some(gold) = shared(path) else { return };
        agree(Measure::Units, "units", &gold, None);
    }
}

#[test]
fn entities_agree_with_the_independent_scorer() {
    for path in ["data/worldwide/dev", "data/worldwide/test_public"] {
        let Some(gold) = shared(path) else { return };
        agree(Measure::Ner, "ner", &gold, None);
    }
}

#[test]
fn speakers_agree_with_the_independent_scorer() {
    for path in ["data/gum_attribution/test_public.jsonl", "data/gum_attribution/train.jsonl"] {
        let Some(gold) = shared(path) else { return };
        agree(Measure::Speakers, "speakers", &gold, None);
    }
}

/// The JSON form of gold with speakers, made of GUM: alternatives, kinds, tiers and borderline cases by turns.
#[test]
fn speakers_of_articles_agree_with_the_independent_scorer() {
    let Some(gold) = shared("data/gum_attribution/test_public.jsonl") else { return };
    let made = folder();
    let given = gold::load(gold).expect("good gold");
    for doc in &given {
        let offsets = CodePointOffsets::new(&doc.text);
        let points = |span: &Span| {
            let points = offsets.to_code_points(*span);
            json!({"start": points.start, "end": points.end})
        };
        let quotations = doc.attributions.iter().enumerate().map(|(at, given)| {
            let content: Vec<Value> = given.content.iter().map(points).collect();
            let name = given.source.first().map_or("", |&span| doc.slice(span));
            json!({
                "content": if at % 2 == 0 { json!(content[0]) } else { json!(content) },
                "alt_content": if at % 3 == 0 { json!([content]) } else { json!([]) },
                "speaker": name,
                "co_speakers": if at % 4 == 0 { json!(["Ann Lee", "Mr Smith"]) } else { json!(null) },
                "kind": (["direct", "indirect", "mixed"][at % 3]),
                "alt_kinds": if at % 5 == 0 { json!(["mixed"]) } else { json!([]) },
                "source_type": (["name", "nominal", "pronoun", "organization"][at % 4]),
                "tier": (["core", "extra"][at % 2]),
            })
        });
        let (counted, borderline): (Vec<_>, Vec<_>) = quotations.enumerate().partition(|(at, _)| at % 7 != 6);
        let counted: Vec<Value> = counted.into_iter().map(|(_, quotation)| quotation).collect();
        let borderline = borderline.iter().map(|(at, _)| json!({"span": doc.attributions[*at].content.first().map(points)}));
        let article = json!({"text": doc.text, "quotations": counted, "borderline_not_counted": borderline.collect::<Vec<_>>()});
        write(made.path(), &format!("{}.json", doc.name), &article.to_string());
    }
    agree_on(Measure::Speakers, "speakers", made.path(), None, &given);
}

#[test]
fn counts_sentences_inside_paragraphs() {
    let text = "One two. Three four.\n\nFive.";
    let span = |words: &str| {
        let start = text.find(words).expect("the words stand in the text");
        Span::new(start, start + words.len())
    };
    let gold = GoldDocument {
        name: "text".to_owned(),
        genre: "news".to_owned(),
        text: text.to_owned(),
        sentences: vec![span("One two."), span("Three four."), span("Five.")],
        ..GoldDocument::default()
    };
    let mut predicted = analysis(gold.to_document(), Vec::new());
    for words in ["One two. Three four.", "Five."] {
        predicted.seg.sentences.push(Sentence { span: span(words), paragraph: 0, tokens: 0..0 });
    }
    predicted.seg.tokens.push(Token { span: span("One"), kind: TokenKind::Word });
    let mut counter = Scorer::new(Measure::Sentences, Vec::new());
    counter.add(&gold, &predicted);
    let scores = counter.scores().unwrap();
    let numbers = |label: &str| scores.score(label).map(|score| (score.right, score.predicted, score.gold));
    assert_eq!(numbers("news sentences"), Some((1, 2, 3)));
    assert_eq!(numbers("boundaries"), Some((0, 0, 1)));
}

#[test]
fn scoring_costs_little_beside_analysis() {
    let (Some(gold), Some(rows)) = (shared("data/polnear/dev.jsonl"), shared("data/polnear/cofenet_valid.jsonl")) else { return };
    let docs = gold::load(&gold).expect("good gold");
    let mut noise = Noise(7);
    let predicted: Vec<Analysis> = docs.iter().map(|doc| noise.analysis(doc)).collect();
    for measure in Measure::ALL {
        let rows = if measure == Measure::Cofenet { gold::load_rows(&rows).expect("good rows") } else { Vec::new() };
        let start = std::time::Instant::now();
        let mut scorer = Scorer::new(measure, rows);
        docs.iter().zip(&predicted).for_each(|(doc, predicted)| scorer.add(doc, predicted));
        let took = start.elapsed();
        eprintln!("{measure}: {} ms", took.as_millis());
        // A fraction of a second on a free machine; the bound catches quadratic alignment only.
        assert!(took.as_secs() < 10, "{measure} took {took:?}");
    }
}
