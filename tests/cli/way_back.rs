//! The way back: annotations that people corrected, and samples that they checked.

use std::fs;

use super::{Place, code, text};

/// A report with its export for brat.
fn place() -> Place {
    let place = Place::with_articles();
    place.run(&["analyze", "in", "-o", "run", "--quiet"]);
    place.run(&["export", "run", "--format", "brat", "-o", "out"]);
    place
}

#[test]
fn corrected_annotations_become_gold_that_is_scored() {
    let place = place();
    let output = place.run(&["import", "--from", "brat", "out/brat", "-o", "gold"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(text(&output.stderr).starts_with("sayso: 2 articles with "), "{}", text(&output.stderr));
    for measure in ["attribution", "units", "speakers", "ner"] {
        for args in [&["evaluate", measure, "gold", "--run", "run", "--json"][..], &["evaluate", measure, "gold", "--json"]] {
            let output = place.run(args);
            assert_eq!(code(&output), 0, "{}", text(&output.stderr));
            let scores: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            for score in scores["scores"].as_array().unwrap().iter().filter(|score| score["gold"] != 0) {
                assert_eq!(score["f1"], 100.0, "{args:?}: {score}");
            }
        }
    }
    let output = place.run(&["evaluate", "sentences", "gold", "--run", "run"]);
    let expected = "sayso: error: a report does not hold what sentences compares\nsayso: hint: leave out --run\n";
    assert_eq!((code(&output), text(&output.stderr).as_str()), (2, expected));
}

#[test]
fn gold_is_accepted_for_training() {
    let place = place();
    place.run(&["import", "--from", "brat", "out/brat", "-o", "gold"]);
    let vocabulary = concat!(env!("CARGO_MANIFEST_DIR"), "/models/minilm-l6-attribution/tokenizer.json");
    let output = place.run(&["train-examples", "own=gold", "--vocabulary", vocabulary, "-o", "examples.jsonl"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let lines = fs::read_to_string(place.path("examples.jsonl")).unwrap();
    let example: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    for head in ["attribution", "entity", "links"] {
        assert!(example[head].as_array().is_some_and(|labels| !labels.is_empty()), "{head}: {example}");
    }
}

#[test]
fn what_cannot_be_imported_is_an_error_with_a_remedy() {
    let place = place().file("bad/ferry.ann", "T1\tContent 0 5\tFares\n");
    let output = place.run(&["import", "--from", "brat", "bad", "-o", "gold"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("sayso: hint: each .ann needs its .txt beside it; --texts DIR names another folder\n"));
    let output = place.run(&["import", "--from", "csv", "run/quotes.csv", "-o", "gold"]);
    let expected = "sayso: error: run/quotes.csv: a table has no texts of the articles in it\n\
        sayso: hint: name the report's folder, or one of ID.txt, with --texts\n";
    assert_eq!((code(&output), text(&output.stderr).as_str()), (2, expected));
    let output = place.run(&["import", "--from", "csv", "run/quotes.csv", "--texts", "run", "-o", "gold"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
}

#[test]
fn a_checked_sample_gives_an_error_rate() {
    let place = place();
    let draw = |name: &str, seed: &str| {
        let output = place.run(&["sample", "run", "--quotes", "3", "--seed", seed, "-o", name]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("3 of "), "{}", text(&output.stderr));
        fs::read_to_string(place.path(name)).unwrap()
    };
    let sample = draw("a.csv", "7");
    assert_eq!(sample, draw("b.csv", "7"), "the same seed draws the same");
    let mut rows = csv::Reader::from_reader(sample.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let mut checked = csv::Writer::from_writer(Vec::new());
    checked.write_record(&headers).unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        assert!(row.iter().nth(6).is_some_and(|passage| passage.contains('⟦') && passage.contains('⟧')), "{row:?}");
        let answers = headers.iter().zip(&row).map(|(header, cell)| if header == "is_quotation" { "yes" } else { cell });
        checked.write_record(answers).unwrap();
    }
    let place = place.file("checked.csv", checked.into_inner().unwrap());
    let output = place.run(&["evaluate", "--sample", "checked.csv"]);
    let said = text(&output.stdout);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(said.contains("A random sample of 3 of the ") && said.contains("0.0 % are no quotations (95 % CI 0.0–"), "{said}");
    let output = place.run(&["evaluate", "--sample", "a.csv"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("no row has an answer\nsayso: hint: write yes or no into the columns is_quotation"));
    let output = place.run(&["sample", "run", "--format", "label-studio", "-o", "tasks"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let tasks: serde_json::Value = serde_json::from_slice(&fs::read(place.path("tasks/tasks.json")).unwrap()).unwrap();
    assert!(tasks[0]["data"]["passage"].as_str().is_some_and(|passage| passage.contains('⟦')));
}
