//! `sayso evaluate cases`: a user's own cases.

use super::{Place, code, text};

/// One case that is right, one that is not, whatever the model says.
const CASES: &str = r#"
kind = "quays"

[[case]]
name = "she said so"
text = "The quay is safe, she said."
labels.attributions = [{ source = "she", cue = "said", content = "The quay is safe" }]
expect.all_quotes = [{ kind = "indirect", whole = "The quay is safe", cue = "said", source = "she" }]

[[case]]
name = "he said so"
kind = "piers"
text = "The pier is closed, he said."
labels.attributions = [{ source = "he", cue = "said", content = "The pier is closed" }]
expect.quotes = [{ content = "The pier is closed", kind = "direct" }]
"#;

#[test]
fn prints_how_many_are_right_by_kind_and_with_verbose_why_others_are_not() {
    let place = Place::new().file("mine.toml", CASES);
    let output = place.run(&["evaluate", "cases", "mine.toml"]);
    let table = "quays          1 of    1\npiers          0 of    1\nall            1 of    2  50.0 %\n";
    assert_eq!((code(&output), text(&output.stdout).as_str(), text(&output.stderr).as_str()), (0, table, ""));
    let told = text(&place.run(&["evaluate", "cases", "mine.toml", "-v"]).stdout);
    for line in [
        "mine.toml:10: he said so (piers)",
        "    text:\n        The pier is closed, he said.",
        "    expected: \"The pier is closed\", direct",
        "<indirect> \"The pier is closed\", cue \"said\", source \"he\"",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(!told.contains("she said so") && told.ends_with(table), "{told}");
    let one = text(&place.run(&["evaluate", "cases", "mine.toml", "--kind", "piers", "--json"]).stdout);
    let scores: serde_json::Value = serde_json::from_str(&one).unwrap();
    assert_eq!((&scores["right"], &scores["total"], &scores["failing"][0]["name"]), (&0.into(), &1.into(), &"he said so".into()));
}

#[test]
fn reads_lines_of_json_and_whole_folders() {
    let line =
        r#"{"id": "1", "kind": "title", "text": "A library opens\n\nIt opened on Monday.\n", "expect": {"title": "A library opens"}}"#;
    let output = Place::new().file("mine/more/titles.jsonl", line).file("mine/quays.toml", CASES).run(&["evaluate", "cases", "mine"]);
    assert!(text(&output.stdout).contains("title          1 of    1\n"), "{}", text(&output.stdout));
}

#[test]
fn what_is_no_case_is_told_with_its_place() {
    let wrong = CASES.replace("expect.quotes", "expect.quotations");
    for (source, args, expected) in [
        (wrong.as_str(), &["mine.toml"][..], "error: mine.toml: line "),
        ("", &["mine.toml"], "error: mine.toml: line 1: missing field `case`"),
        (CASES, &["mine.toml", "--kind", "tides"], "error: no case is of this kind"),
        (CASES, &["mine.toml", "--split", "dev"], "error: cases have neither rows nor splits"),
    ] {
        let place = Place::new().file("mine.toml", source);
        let output = place.run(&[&["evaluate", "cases"], args].concat());
        assert_eq!((code(&output), text(&output.stdout).as_str()), (2, ""), "{args:?}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    }
    let several = Place::new().file("a.jsonl", "{}").run(&["evaluate", "units", "a.jsonl", "a.jsonl"]);
    assert_eq!(code(&several), 2);
    assert!(text(&several.stderr).contains("units reads one file or folder"), "{}", text(&several.stderr));
}
