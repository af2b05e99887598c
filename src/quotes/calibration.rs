//! Fits the confidence's weights on articles the model was not trained on.

use std::collections::BTreeSet;

use super::confidence::{FEATURES, Features};
use super::polnear::{Article, articles};
use crate::evaluate::calibration::Calibration;
use crate::{Encoder, QuoteExtractor, Reading, Span};

/// Keeps weights small where few quotations speak for them.
const RIDGE: f64 = 1e-3;
const STEPS: usize = 20_000;
const RATE: f64 = 0.5;

struct Case {
    features: Features,
    is_right: bool,
}

fn cases(article: &Article, encoder: &Encoder) -> Vec<Case> {
    let encoding = encoder.encode(&article.doc, &article.seg).expect("the model reads every article");
    let reading = Reading { doc: &article.doc, seg: &article.seg, encoding: &encoding };
    let gold: Vec<BTreeSet<usize>> = article.units.iter().map(|(content, _)| article.words(*content)).collect();
    let is_found = |span: Span| {
        let words = article.words(span);
        let like = |other: &BTreeSet<usize>| words.intersection(other).count() as f64 / words.union(other).count().max(1) as f64;
        gold.iter().any(|other| like(other) >= 0.8)
    };
    let quotes = QuoteExtractor::new().extract_with_features(&reading);
    let units = quotes.iter().flat_map(|(quote, features)| quote.content.iter().map(|&span| (span, *features)));
    units.map(|(span, features)| Case { features, is_right: is_found(span) }).collect()
}

/// Logistic regression by gradient descent.
fn fit(cases: &[&Case]) -> [f64; FEATURES] {
    let count = cases.len() as f64;
    let mut weights = [0.0; FEATURES];
    for _ in 0..STEPS {
        let mut slope = weights.map(|weight| RIDGE * weight);
        for case in cases {
            let apart = case.features.weighted(&weights) - f64::from(u8::from(case.is_right));
            for (slope, value) in slope.iter_mut().zip(case.features.values()) {
                *slope += apart * value / count;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(slope) {
            *weight -= RATE * slope;
        }
    }
    weights
}

/// `cargo test --release --lib quotes::calibration -- --ignored --nocapture` prints the weights and what they reach on articles that
/// were left out of the fit, one fifth after the other.
#[test]
#[ignore = "checks nothing: fits the weights of the confidence for a new model, and prints them"]
fn fits_the_confidence() {
    let Some(articles) = articles("dev.jsonl") else { return };
    let encoder = Encoder::bundled().expect("the model loads");
    let by_article: Vec<Vec<Case>> = articles.iter().map(|article| cases(article, &encoder)).collect();
    let (mut crossed, mut shipped) = (Calibration::default(), Calibration::default());
    for fold in 0..5 {
        let others = by_article.iter().enumerate().filter(|(at, _)| at % 5 != fold);
        let weights = fit(&others.flat_map(|(_, cases)| cases).collect::<Vec<_>>());
        for case in by_article.iter().skip(fold).step_by(5).flatten() {
            crossed.add(case.features.weighted(&weights), case.is_right);
            shipped.add(case.features.confidence(), case.is_right);
        }
    }
    let figures = |points: &Calibration| (points.expected_error().unwrap(), points.area_under_curve().unwrap());
    println!("cross-validated error and area: {:?}; as shipped: {:?}", figures(&crossed), figures(&shipped));
    println!("weights: {:.2?}", fit(&by_article.iter().flatten().collect::<Vec<_>>()));
}
