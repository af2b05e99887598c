//! What people read on a terminal: `show`, `quotes`, the summary of a batch, completions and manual pages.

use std::fs;

use super::{FERRY, LIBRARY, Place, code, names, text};

const LONG: &str = "Port plan\n\nThe port will grow by a third, Harbour Minister Ana Lind said on Monday.\n\n\
    “Every crane in this harbour is older than the people who work it,” she said, “and that will end before the decade does, \
    whatever the neighbours across the strait may think of our arithmetic.”\n\n\
    Critics disagreed. Bo Dahl, a fisher, called the plan “a quay to nowhere”.\n";

fn place() -> Place {
    Place::with_articles().file("in/port.txt", LONG)
}

/// A run's snapshot without the figures that a model of another day may change.
fn snapshot(name: &str, place: &Place, args: &[&str]) {
    let output = place.run(args);
    let figures = regex::Regex::new(r"\b[01]\.\d\d\b").unwrap();
    let shown = figures.replace_all(&super::shown(&output), "#.##").into_owned();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(format!("sayso {}", args.join(" ")));
    settings.bind(|| insta::assert_snapshot!(format!("cli_{name}"), shown));
}

#[test]
fn quotations_have_room_at_80_and_at_120_columns() {
    let place = place();
    for width in ["80", "120"] {
        snapshot(&format!("show_{width}"), &place, &["show", "in/port.txt", "--width", width]);
        snapshot(&format!("quotes_{width}"), &place, &["quotes", "in/port.txt", "in/ferry.txt", "--width", width]);
        for args in [["show", "in/port.txt"], ["quotes", "in"]] {
            let output = place.run(&[&args[..], &["--width", width]].concat());
            let widest = text(&output.stdout).lines().map(|line| line.chars().count()).max();
            assert!(widest <= width.parse().ok(), "{args:?}");
        }
    }
}

#[test]
fn signs_stand_in_for_colours() {
    let place = place();
    let show = |variable: &str| text(&place.command(&["show", "in/ferry.txt"]).env(variable, "1").output().unwrap().stdout);
    let (coloured, plain) = (show("CLICOLOR_FORCE"), show("NO_COLOR"));
    assert!(coloured.contains('\u{1b}') && coloured.contains('¹') && !coloured.contains("[1 "), "{coloured}");
    assert!(!plain.contains('\u{1b}') && plain.contains("“We had no choice,”] *said* <_Ivo Brandt_"), "{plain}");
    assert_eq!(text(&place.run(&["show", "in/ferry.txt"]).stdout), plain, "a pipe has no colours");
}

#[test]
fn quotations_are_filtered() {
    let place = place();
    let printed = |args: &[&str]| text(&place.run(&[&["quotes", "in", "--format", "jsonl"], args].concat()).stdout);
    let count = |args: &[&str]| printed(args).lines().count();
    let all = count(&[]);
    assert!(all >= 6, "{}", printed(&[]));
    assert_eq!(count(&["--kind", "direct"]) + count(&["--kind", "indirect,mixed"]), all);
    let of_lind = printed(&["--speaker", "lind"]);
    assert!(of_lind.lines().count() >= 2 && of_lind.lines().all(|line| line.contains("Ana Lind")), "{of_lind}");
    assert_eq!(count(&["--min-confidence", "0"]), all);
    assert_eq!(count(&["--speaker", "nobody of this name"]), 0);
    let output = place.run(&["quotes", "in", "--speaker", "nobody of this name"]);
    assert_eq!(text(&output.stdout), "no quotation is of this kind\n");
    assert!(text(&output.stderr).contains(&format!("sayso: 0 of {all} quotations in 3 articles\n")));
    assert_eq!(code(&place.run(&["quotes", "in", "--min-confidence", "2"])), 2);
}

#[test]
fn rows_hold_the_same_quotations_as_lines() {
    let place = place().file("in/empty.txt", "");
    let table = place.run(&["quotes", "in", "--format", "csv"]);
    assert_eq!(code(&table), 1, "an article that fails is told, the others are printed");
    assert!(text(&table.stderr).contains("in/empty.txt"));
    let mut rows = csv::Reader::from_reader(table.stdout.as_slice());
    let rows: Vec<std::collections::BTreeMap<String, String>> = rows.deserialize().map(Result::unwrap).collect();
    let lines = text(&place.run(&["quotes", "in", "--format", "jsonl"]).stdout);
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        assert_eq!((&line["quote_id"], &line["kind"]), (&row["quote_id"].as_str().into(), &row["kind"].as_str().into()));
        let article = match row["article_id"].as_str() {
            "ferry" => FERRY,
            "library" => LIBRARY,
            _ => LONG,
        };
        let points: Vec<char> = article.chars().collect();
        for piece in line["content"].as_array().unwrap() {
            let at = |key: &str| usize::try_from(piece[key].as_u64().unwrap()).unwrap();
            assert_eq!(points[at("start")..at("end")].iter().collect::<String>(), piece["text"].as_str().unwrap());
        }
    }
}

#[test]
fn a_batch_ends_with_a_summary() {
    let place = place().file("in/empty.txt", "");
    let output = place.run(&["analyze", "in", "-o", "run"]);
    let summary = text(&output.stdout);
    assert!(summary.starts_with("3 articles, ") && summary.contains(" quotations: "), "{summary}");
    assert!(
        summary.contains("\nMost quoted people\n") && summary.contains("Ana Lind, ") && summary.contains("\nThemes, by words\n"),
        "{summary}"
    );
    assert!(summary.contains("\nFailed\n  in/empty.txt: "), "{summary}");
    for args in [&["analyze", "in", "-o", "run", "--quiet"][..], &["analyze", "in/ferry.txt", "-o", "one"]] {
        assert_eq!(text(&place.run(args).stdout), "", "{args:?}");
    }
}

#[test]
fn files_of_one_short_name_stay_apart() {
    let mut place = Place::new();
    for number in 1..=3 {
        place = place.file(&format!("in/press-agency-{number}0000000000000000/the-story-of-the-ferry.txt"), FERRY);
    }
    let lines = text(&place.run(&["kwic", "fare", "in"]).stdout);
    let mut shown: Vec<&str> = lines.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(shown.len(), 6);
    shown.dedup();
    assert_eq!(shown.len(), 3, "{lines}");
}

#[test]
fn one_speaker_is_one_speaker() {
    let lines = text(&place().run(&["analyze", "in"]).stdout);
    let numbers = regex::Regex::new(r"\b1 (words|quotes|speakers|articles|quotations)\b").unwrap();
    assert!(lines.contains(" 1 speaker ") && !numbers.is_match(&lines), "{lines}");
}

#[test]
fn shells_and_manuals_know_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = place.run(&["completions", shell]);
        let script = text(&output.stdout);
        assert_eq!(code(&output), 0);
        for word in ["analyze", "show", "import", "min-confidence"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = text(&place.run(&["man"]).stdout);
    assert!(page.contains(".TH sayso 1") && page.contains("sayso\\-quotes(1)"), "{page}");
    let output = place.run(&["man", "-o", "man1"]);
    let pages = names(&place.path("man1"));
    assert_eq!(text(&output.stderr), format!("sayso: {} pages written to man1\n", pages.len()));
    for name in ["sayso.1", "sayso-analyze.1", "sayso-codebook-check.1", "sayso-import.1", "sayso-show.1"] {
        assert!(pages.contains(&name.to_owned()), "{pages:?}");
    }
    assert!(fs::read_to_string(place.path("man1/sayso-quotes.1")).unwrap().contains("min\\-confidence"));
}
