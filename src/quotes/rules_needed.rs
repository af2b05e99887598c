//! Every rule is needed: for each there is a case that comes out otherwise without it.

use std::cell::RefCell;

use super::constructions::{NONE, assert_table};
use super::{Rule, constructions, layouts};
use crate::testing::Annotated;
use crate::{AttributionLabel, Quote, QuoteExtractor};

thread_local! {
    static NOTED: RefCell<Vec<Annotated>> = const { RefCell::new(Vec::new()) };
}

/// Remembers a case of the tables.
pub(super) fn note(annotated: &Annotated) {
    NOTED.with_borrow_mut(|noted| noted.push(annotated.clone()));
}

/// The cases that the walk looks at: whatever holds them, it needs their texts with the model's answers alone.
fn cases() -> Vec<Annotated> {
    NOTED.take();
    for table in constructions::TABLES.iter().chain(layouts::TABLES).chain(TABLES) {
        table();
    }
    NOTED.take()
}

/// What comes out, without the names of the rules.
fn outcome(extractor: &QuoteExtractor, case: &Annotated) -> Vec<Quote> {
    let quotes = extractor.extract(&case.reading()).into_iter();
    quotes.map(|quote| Quote { rules: Vec::new(), confidence: 0.0, ..quote }).collect()
}

#[test]
fn every_rule_changes_a_case() {
    let cases = cases();
    let whole: Vec<Vec<Quote>> = cases.iter().map(|case| outcome(&QuoteExtractor::new(), case)).collect();
    let changes = |rule: Rule| {
        let without = QuoteExtractor::new().without(rule);
        cases.iter().zip(&whole).any(|(case, whole)| outcome(&without, case) != *whole)
    };
    let idle: Vec<&str> = Rule::ALL.iter().filter(|rule| !changes(**rule)).map(|rule| rule.name()).collect();
    assert!(idle.is_empty(), "no case needs {idle:?}");
}

#[test]
fn names_are_kebab_case_and_differ() {
    let mut names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert!(names.iter().all(|name| name.chars().all(|ch| ch.is_ascii_lowercase() || ch == '-')));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Rule::ALL.len());
}

/// Cases of the rules that the other tables do not need.
const TABLES: &[fn()] = &[
    a_content_without_a_word_is_none,
    a_source_in_a_later_sentence_says_nothing,
    the_only_free_source_of_a_sentence_speaks,
    two_cues_may_share_the_source_beside_them,
    what_a_word_announces_is_no_quotation,
    a_topic_is_no_quotation,
    a_content_goes_to_the_cue_of_its_own_sentence,
];

#[test]
fn a_content_without_a_word_is_none() {
    let text = "Ana Lind said: nobody knows its age.";
    assert_table(&Annotated::new(text).attribution(("Ana Lind", 0), ("said", 0), &[(":", 0)]), &[]);
}

#[test]
fn a_source_in_a_later_sentence_says_nothing() {
    let text = "It was said that the quay is old. Ana Lind left.";
    let found = Annotated::new(text).attribution(("Ana Lind", 0), ("was said", 0), &[("that the quay is old", 0)]);
    assert_table(&found, &["indirect | that the quay is old | was said | -"]);
}

#[test]
fn the_only_free_source_of_a_sentence_speaks() {
    let text = "Bo Dahl, the oldest pilot of the whole harbour, has long said the quay is old.";
    let found =
        Annotated::new(text).label(("Bo Dahl", 0), AttributionLabel::Source).attribution(NONE, ("said", 0), &[("the quay is old", 0)]);
    assert_table(&found, &["indirect | the quay is old | said | Bo Dahl"]);
}

#[test]
fn two_cues_may_share_the_source_beside_them() {
    let text = "The quay is old, said Bo Dahl, who added that it is wet.";
    let found = Annotated::new(text).attribution(("Bo Dahl", 0), ("said", 0), &[("The quay is old", 0)]).attribution(
        NONE,
        ("added", 0),
        &[("that it is wet", 0)],
    );
    assert_table(&found, &["indirect | The quay is old | said | Bo Dahl", "indirect | that it is wet | added | Bo Dahl"]);
}

#[test]
fn what_a_word_announces_is_no_quotation() {
    let found = Annotated::new("They met under the theme “Water for all who live here today”.");
    assert_table(&found.label(("“Water for all who live here today”", 0), AttributionLabel::Content), &[]);
}

#[test]
fn a_topic_is_no_quotation() {
    let text = "The panel discussed child labour, and the council discussed how the quay was built.";
    let found = Annotated::new(text).attribution(("The panel", 0), ("discussed", 0), &[("child labour", 0)]).attribution(
        ("the council", 0),
        ("discussed", 1),
        &[("how the quay was built", 0)],
    );
    assert_table(&found, &["indirect | how the quay was built | discussed | the council"]);
}

#[test]
fn a_content_goes_to_the_cue_of_its_own_sentence() {
    let text = "“We came early,” Ana Lind said. They left late, she added.";
    let found = Annotated::new(text)
        .attribution(("Ana Lind", 0), ("said", 0), &[("“We came early,”", 0), ("They left late", 0)])
        .label(("she", 0), AttributionLabel::Source)
        .label(("added", 0), AttributionLabel::Cue);
    assert_table(&found, &["direct | “We came early,” | said | Ana Lind", "indirect | They left late | added | she"]);
}
