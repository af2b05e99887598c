//! Long runs: killed and gone on with, interrupted, sampled, given up article by article; copies and quotations of several articles.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use super::report::files;
use super::{FERRY, LIBRARY, Place, code, text};

/// Small articles, no two alike, one in ten empty.
fn with_many(number: usize) -> Place {
    (0..number).fold(Place::new(), |place, at| {
        let article = if at % 10 == 7 {
            String::new()
        } else {
            format!(
                "Item {at} of the harbour council\n\nThe council met on day {at} and spent {} crowns on quay {at}.\n\n\
                 “Quay {at} needs {} new bollards before the winter,” said Ana Lind, who chairs panel {at}.\n",
                at * 17,
                at + 3
            )
        };
        place.file(&format!("many/{at:03}.txt"), article)
    })
}

fn report(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = files(dir);
    found.retain(|name, _| !name.starts_with(".sayso-"));
    found
}

/// The cells of one column of a table.
fn column(place: &Place, table: &str, name: &str) -> Vec<String> {
    let mut rows = csv::Reader::from_path(place.path(table)).unwrap();
    let at = rows.headers().unwrap().iter().position(|column| column == name).unwrap();
    rows.records().map(|row| row.unwrap().get(at).unwrap().to_owned()).collect()
}

#[test]
fn a_run_that_is_killed_at_any_moment_goes_on_and_ends_as_if_nothing_had_been() {
    const KILLS: usize = 20;
    let place = with_many(60);
    let begun = Instant::now();
    assert_eq!(code(&place.run(&["analyze", "many", "-o", "whole", "--quiet"])), 1);
    let whole = begun.elapsed();
    let expected = report(&place.path("whole"));
    let (mut kills, mut resumed, mut random) = (0, 0, 12345_u64);
    while kills < KILLS {
        let mut child = place.command(&["analyze", "many", "-o", "run", "--resume"]).stderr(Stdio::piped()).spawn().unwrap();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // From before the model is loaded to beyond the last article.
        std::thread::sleep(whole.mul_f64((random >> 40) as f64 / f64::from(1 << 24) * 1.1));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        resumed += usize::from(text(&output.stderr).contains("goes on after"));
        if output.status.code().is_none() {
            kills += 1;
        }
        if place.path("run/manifest.json").exists() {
            assert_eq!(report(&place.path("run")), expected, "after {kills} kills");
            fs::remove_dir_all(place.path("run")).unwrap();
        }
    }
    let last = place.run(&["analyze", "many", "-o", "run", "--resume", "--threads", "1"]);
    assert_eq!(code(&last), 1, "{}", text(&last.stderr));
    assert_eq!(report(&place.path("run")), expected, "whatever the threads");
    assert!(!place.path("run/.sayso-journal").exists());
    assert!(resumed > 0, "no kill came between the first article and the last");
}

/// Kills a run into `run` when it has done some articles.
fn kill_in_the_middle(place: &Place, args: &[&str]) {
    let mut child = place.command(args).stderr(Stdio::null()).spawn().unwrap();
    let journal = place.path("run/.sayso-journal");
    wait_for(|| fs::metadata(&journal).is_ok_and(|journal| journal.len() > 8000));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn wait_for(is_done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_done() {
        assert!(begun.elapsed() < Duration::from_mins(2), "it never came");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn last_line(output: &Output) -> String {
    text(&output.stderr).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn only_the_same_run_goes_on() {
    let place = with_many(400).file("themes.toml", "[[theme]]\nid = \"sea\"\nlabel = \"Sea\"\nkeywords = [\"quay\"]\n");
    kill_in_the_middle(&place, &["analyze", "many", "-o", "run"]);
    for (args, says) in [
        (&["--codebook", "themes.toml"][..], "cannot resume: the interrupted run has another --codebook: none, not "),
        (&["--any-language"], "cannot resume: the interrupted run has another --any-language: none, not yes"),
        (&["--format", "csv"], "cannot resume: the interrupted run has another --format: csv,json,html, not csv"),
        (&["--sample", "5"], "cannot resume: the interrupted run has another --sample: none, not 5 of 400, seed 0"),
    ] {
        let output = place.run(&[&["analyze", "many", "-o", "run", "--resume"], args].concat());
        assert_eq!(code(&output), 2);
        assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
    }
    fs::write(place.path("many/000.txt"), LIBRARY).unwrap();
    let output = place.run(&["analyze", "many", "-o", "run", "--resume"]);
    assert_eq!(code(&output), 2);
    let says = "sayso: error: many/000.txt: cannot resume: not the article that was read here before the run was interrupted\n";
    assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
    fs::remove_file(place.path("many/399.txt")).unwrap();
    let output = place.run(&["analyze", "many", "-o", "run", "--resume"]);
    assert!(text(&output.stderr).contains("another list of inputs: 400 files ("), "{}", text(&output.stderr));
    // Without --resume it begins anew, and says so.
    let output = place.run(&["analyze", "many/000.txt", "-o", "run"]);
    assert_eq!(code(&output), 0);
    let says = text(&output.stderr);
    assert!(
        says.starts_with("sayso: warning: run: an interrupted run of ") && says.contains("is thrown away: --resume was not given\n"),
        "{says}"
    );
    let output = place.run(&["analyze", "many/000.txt", "-o", "run", "--resume"]);
    assert!(text(&output.stderr).contains("run: no interrupted run here, so this one begins anew\n"), "{}", text(&output.stderr));
}

#[test]
fn resume_needs_a_folder() {
    let output = Place::with_articles().run(&["analyze", "in", "--resume"]);
    assert_eq!(code(&output), 2);
}

#[cfg(unix)]
#[test]
fn signals_end_a_run_in_order() {
    let place = with_many(400);
    assert_eq!(code(&place.run(&["analyze", "many", "-o", "whole", "--quiet"])), 1);
    for (signal, exit) in [("INT", 130), ("TERM", 143)] {
        let child = place.command(&["analyze", "many", "-o", "run"]).stderr(Stdio::piped()).spawn().unwrap();
        let journal = place.path("run/.sayso-journal");
        wait_for(|| fs::metadata(&journal).is_ok_and(|journal| journal.len() > 8000));
        let sent = std::process::Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        let says = text(&output.stderr);
        assert_eq!(code(&output), exit, "{says}");
        assert!(
            says.contains("sayso: interrupted: ") && last_line(&output).contains("the same command with --resume goes on from there"),
            "{says}"
        );
        assert_eq!(super::names(&place.path("run")), [".sayso-journal"]);
        assert_eq!(code(&place.run(&["analyze", "many", "-o", "run", "--resume", "--quiet"])), 1);
        assert_eq!(report(&place.path("run")), report(&place.path("whole")));
        fs::remove_dir_all(place.path("run")).unwrap();
    }
}

#[test]
fn an_article_that_takes_too_long_is_a_row() {
    let place = Place::with_articles();
    let output = place.run(&["analyze", "in", "-o", "run", "--article-timeout", "0.000001"]);
    assert_eq!(code(&output), 1);
    let says = "sayso: error: in/ferry.txt: took longer than 0.000001 s: given up before segmentation\nsayso: hint: raise --article-timeout, or leave the article out\n";
    assert!(text(&output.stderr).starts_with(says), "{}", text(&output.stderr));
    assert_eq!(column(&place, "run/articles.csv", "status"), ["failed", "failed"]);
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "run", "--article-timeout", "600"])), 0);
}

#[test]
fn a_sample_is_the_same_for_any_threads_and_folder() {
    let rows: Vec<String> = (0..50).map(|row| format!("r{row},\"Item {row}. The council met again, said Ana Lind.\"\n")).collect();
    let rows = rows.concat();
    let place = Place::new().file("in/all.csv", format!("id,text\n{rows}")).file("elsewhere/deep/all.csv", format!("id,text\n{rows}"));
    let drawn = |args: &[&str]| {
        let output = place.run(&[&["analyze", "-o", "run", "--format", "csv"], args].concat());
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        column(&place, "run/articles.csv", "article_id")
    };
    let one = drawn(&["in", "--sample", "7", "--threads", "1"]);
    assert_eq!(one.len(), 7);
    assert_eq!(drawn(&["elsewhere", "--sample", "7", "--threads", "3"]), one);
    assert_ne!(drawn(&["in", "--sample", "7", "--seed", "1"]), one);
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(place.path("run/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["options"]["sample"], serde_json::json!({ "articles": 7, "of": 50, "seed": 1 }));
    assert_eq!(drawn(&["in", "--max-articles", "3"]), ["r0", "r1", "r2"]);
}

#[test]
fn copies_are_counted_or_not() {
    let wire = "The harbour council will close the old quay in March\n\n\
        The council decided on Monday night to close the quay for half a year and to build a new one of stone.\n\n\
        “We will rebuild the quay before the autumn storms come back,” said Ana Lind, who chairs the council.\n";
    let other = "A column\n\nThe quay is old and nobody has painted it since the war, and the gulls sit on it in rows.\n\n\
        “We will rebuild the quay before the autumn storms come back,” said Ana Lind.\n";
    let article = |outlet: &str, date: &str, text: &str| format!("---\noutlet: {outlet}\ndate: {date}\n---\n{text}");
    let place = Place::new()
        .file("in/a.md", article("Daily", "2031-03-02", wire))
        .file("in/b.md", article("Evening", "2031-03-01", wire))
        .file("in/c.md", article("Weekly", "2031-03-05", other))
        .file("in/d.md", article("Weekly", "2031-03-05", FERRY));
    let run = |args: &[&str]| {
        let output = place.run(&[&["analyze", "in", "-o", "run"], args].concat());
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    };
    run(&[]);
    assert_eq!(column(&place, "run/articles.csv", "cluster_id"), ["c1", "c1", "", ""]);
    assert_eq!(column(&place, "run/articles.csv", "is_copy_of"), ["", "a", "", ""]);
    let ids = |table: &str| {
        let mut ids = column(&place, table, "article_id");
        ids.dedup();
        ids
    };
    let months = |name: &str| column(&place, "run/theme_timeline.csv", name);
    assert!(ids("run/theme_coverage.csv").contains(&"b".to_owned()) && months("outlet").contains(&"Evening".to_owned()));
    let words: usize = column(&place, "run/people.csv", "words_quoted")[0].parse().unwrap();
    let clusters = ["quotation_cluster", "quotes", "articles", "first_date", "first_article_id", "first_quote_id", "outlets", "speakers"]
        .map(|name| column(&place, "run/quotation_clusters.csv", name).join("|"));
    assert_eq!(clusters, ["qc1", "3", "3", "2031-03-01", "b", "b:q1", "Daily; Evening; Weekly", "Ana Lind"]);
    let of_quotes: Vec<String> = ["article_id", "quotation_cluster"].map(|name| column(&place, "run/quotes.csv", name).join(",")).into();
    run(&["--copies", "first"]);
    assert_eq!(column(&place, "run/articles.csv", "is_copy_of"), ["", "a", "", ""], "they stay rows");
    assert_eq!(ids("run/quotes.csv"), ["a", "b", "c", "d"], "and their quotations too");
    assert_eq!(of_quotes, ["article_id", "quotation_cluster"].map(|name| column(&place, "run/quotes.csv", name).join(",")));
    for table in ["theme_coverage", "theme_by_speaker", "theme_cooccurrence", "speakers"] {
        assert!(!ids(&format!("run/{table}.csv")).contains(&"b".to_owned()), "{table}");
    }
    assert!(!months("outlet").contains(&"Evening".to_owned()));
    let fewer: usize = column(&place, "run/people.csv", "words_quoted")[0].parse().unwrap();
    assert!(fewer < words, "{fewer} of {words}");
    let totals: Vec<String> = column(&place, "run/theme_summary.csv", "total");
    assert_eq!(totals[0], "3", "of articles");
}
