//! All cases of `tests/cases`: each comes out as it asks, or is marked as a known failure. Their number only falls.

use std::path::Path;

use sayso::Pipeline;
use sayso::evaluate::cases::{self, CaseScores};

/// How many cases are marked as known failures.
const KNOWN_FAILURES: usize = 16;

#[test]
fn cases_come_out_as_they_ask() {
    let cases = cases::load(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")).unwrap();
    let outcomes = cases::run(&Pipeline::builder().build().unwrap(), &cases);
    let wrong = outcomes.iter().filter_map(|outcome| match &outcome.case.known_failure {
        None if !outcome.is_right() => Some(outcome.to_string()),
        Some(why) if outcome.is_right() => {
            let case = outcome.case;
            Some(format!("{}: {} comes out right now, unmark it (known_failure = {why:?})\n", case.place, case.name))
        }
        _ => None,
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "\n{}\n{}", wrong.join("\n"), CaseScores::of(&outcomes));
    assert_eq!(CaseScores::of(&outcomes).known_failures, KNOWN_FAILURES, "KNOWN_FAILURES only falls: set it to the number on the left");
}
