//! Every rule is needed: for each some case on a hand-made reading comes out wrong without it.

use std::path::Path;

use super::article::Article;
use super::compare::differences;
use super::format::Case;
use super::run::{by_hand, document};
use crate::{QuoteExtractor, QuoteRule, SpeakerResolver, SpeakerRule};

/// The cases on hand-made readings that come out right.
fn cases() -> Vec<Case> {
    let cases = super::load(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rules")).expect("the cases are there");
    cases.into_iter().filter(|case| case.labels.is_some() && is_right(case, &QuoteExtractor::new(), &SpeakerResolver::new())).collect()
}

fn is_right(case: &Case, extractor: &QuoteExtractor, resolver: &SpeakerResolver) -> bool {
    let labels = case.labels.as_ref().expect("a case on a hand-made reading");
    let doc = document(case).expect("a case holds a text");
    let analysis = by_hand(doc, labels, extractor, resolver).expect("labels that fit the text");
    differences(&case.expect, &[Article::of(&analysis).expect("plain values")]).is_empty()
}

#[test]
fn every_rule_of_quotations_has_a_case_that_fails_without_it() {
    let cases = cases();
    let is_needed = |rule: QuoteRule| {
        let without = QuoteExtractor::new().without(rule);
        cases.iter().any(|case| !is_right(case, &without, &SpeakerResolver::new()))
    };
    let idle: Vec<&str> = QuoteRule::ALL.iter().filter(|rule| !is_needed(**rule)).map(|rule| rule.name()).collect();
    assert!(idle.is_empty(), "no case needs {idle:?}");
}

/// What hand-made readings do not tell apart or do not have: the model's names from those of the entity stage, bylines, the ranker, people that are
/// known. `speakers/rule_cases.rs` has a test for each.
const APART: [SpeakerRule; 6] = [
    SpeakerRule::EntityName,
    SpeakerRule::ModelName,
    SpeakerRule::BylineName,
    SpeakerRule::BylineSelf,
    SpeakerRule::PronounRanked,
    SpeakerRule::KnownPerson,
];

#[test]
fn every_rule_of_speakers_has_a_case_that_fails_without_it() {
    let cases = cases();
    let is_needed = |rule: SpeakerRule| {
        let without = SpeakerResolver::new().without(rule);
        cases.iter().any(|case| !is_right(case, &QuoteExtractor::new(), &without))
    };
    let rules = SpeakerRule::ALL.iter().filter(|rule| !APART.contains(rule));
    let idle: Vec<&str> = rules.filter(|rule| !is_needed(**rule)).map(|rule| rule.name()).collect();
    assert!(idle.is_empty(), "no case needs {idle:?}");
}
