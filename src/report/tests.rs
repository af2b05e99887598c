//! Whole reports: their files, and what is left of them when a run dies.

#![expect(clippy::disallowed_methods, reason = "tests put files of others where reports go")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use super::folder::Folder;
use super::settle::settle;
use super::{Format, Report, RunOptions, sample};
use crate::{Analysis, ArticleSource, Error, ErrorKind, Result};

fn options() -> RunOptions {
    // The page has its own tests, in `html`: it takes a second to draw.
    let formats = vec![Format::Csv, Format::Json];
    RunOptions { model_version: "1.2.3".to_owned(), model_sha256: "cd".repeat(32), formats, ..RunOptions::default() }
}

fn fill(mut report: Report, articles: &[Analysis]) -> Result<Report> {
    articles.iter().for_each(crate::testing::assert_spans);
    articles.iter().try_for_each(|analysis| report.add(analysis))?;
    let source = ArticleSource { id: "broken".to_owned(), path: "broken.txt".to_owned(), ..ArticleSource::default() };
    report.add_failed(&source, &Error::new(ErrorKind::Input("binary file, not text".to_owned())).at("/home/me/in/broken.txt"))?;
    Ok(report)
}

fn write(dir: &Path, articles: &[Analysis]) {
    fill(Report::create(dir, options()).unwrap(), articles).unwrap().finish().unwrap();
}

fn articles(ids: &[&str]) -> Vec<Analysis> {
    ids.iter().map(|id| sample::named(id)).collect()
}

/// Every file under `dir`, by its path in it.
fn files(dir: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    let named = entries.map(|entry| {
        let name = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(entry.path()).unwrap())
    });
    named.collect()
}

fn is_table(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "csv")
}

fn report_of(ids: &[&str]) -> BTreeMap<String, String> {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &articles(ids));
    files(dir.path())
}

#[test]
fn writes_every_file() {
    let files = report_of(&["harbour", "second"]);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "articles.csv",
            "articles/harbour.json",
            "articles/second.json",
            "entities.csv",
            "keyphrases.csv",
            "manifest.json",
            "people.csv",
            "quotation_clusters.csv",
            "quote_speakers.csv",
            "quotes.csv",
            "speakers.csv",
            "theme_by_speaker.csv",
            "theme_cooccurrence.csv",
            "theme_coverage.csv",
            "theme_coverage_long.csv",
            "theme_evidence.csv",
            "theme_quotes.csv",
            "theme_sentences.csv",
            "theme_summary.csv",
            "theme_terms.csv",
            "theme_timeline.csv",
            "theme_totals.csv"
        ]
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, contents) in files.iter().filter(|(name, _)| !name.contains("second")) {
            assert!(contents.ends_with('\n'), "{name}");
            assert_eq!(contents.starts_with('\u{feff}'), is_table(name), "{name}: Excel knows UTF-8 by its mark");
            let contents = contents.trim_start_matches('\u{feff}');
            insta::assert_snapshot!(format!("report_{}", name.replace(['/', '.'], "_")), contents.replace("\r\n", "\n"));
        }
    });
}

#[test]
fn tables_are_rfc_4180_and_start_no_formula() {
    for (name, contents) in report_of(&["harbour"]).iter().filter(|(name, _)| is_table(name)) {
        assert_eq!(contents.matches('\n').count(), contents.matches("\r\n").count(), "{name}: lines end in CR LF");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(contents.as_bytes());
        for cell in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
        }
    }
}

#[test]
fn writes_only_the_formats_asked_for_and_takes_stale_files_away() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &articles(&["a", "b"]));
    fs::write(dir.path().join("notes.md"), "mine").unwrap();
    fs::write(dir.path().join("articles/notes.json"), "{}").unwrap();
    fs::copy(dir.path().join("articles/a.json"), dir.path().join("articles/copy of a.json")).unwrap();
    write(dir.path(), &articles(&["b"]));
    let names: Vec<String> = files(dir.path()).into_keys().filter(|name| !is_table(name)).collect();
    assert_eq!(names, ["articles/b.json", "articles/copy of a.json", "articles/notes.json", "manifest.json", "notes.md"]);

    let only = |formats| RunOptions { formats, ..options() };
    Report::create(dir.path(), only(vec![Format::Csv])).unwrap().finish().unwrap();
    assert!(!dir.path().join("articles/b.json").exists() && dir.path().join("articles/notes.json").exists());
    Report::create(dir.path(), only(vec![Format::Json])).unwrap().finish().unwrap();
    let names: Vec<String> = files(dir.path()).into_keys().collect();
    assert_eq!(names, ["articles/copy of a.json", "articles/notes.json", "manifest.json", "notes.md"]);
}

#[test]
fn keeps_the_old_report_when_the_disk_is_full_at_any_byte() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &articles(&["old"]));
    let old = files(dir.path());
    let mut sizes = 0..;
    let enough = sizes.find(|step| {
        let mut folder = Folder::open(dir.path()).unwrap();
        folder.room = Some(Arc::new(AtomicUsize::new(step * 97)));
        let done = Report::in_folder(folder, options()).and_then(|report| fill(report, &articles(&["new"]))).and_then(Report::finish);
        match done {
            Ok(_) => true,
            Err(error) => {
                assert!(error.to_string().contains("cannot write"), "{error}");
                assert_eq!(files(dir.path()), old, "at byte {}", step * 97);
                assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 21, "nothing is left behind");
                false
            }
        }
    });
    assert!(enough.is_some_and(|steps| steps > 50));
    assert_eq!(files(dir.path()), report_of(&["new"]));
}

#[test]
fn ends_a_move_that_was_cut_short_at_any_step() {
    let new = report_of(&["b", "c"]);
    for last in 0.. {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &articles(&["a", "b"]));
        fs::write(dir.path().join("notes.md"), "mine").unwrap();
        let folder = Folder::open(dir.path()).unwrap();
        let report = fill(Report::in_folder(folder, options()).unwrap(), &articles(&["b", "c"])).unwrap();
        let steps = cut_short(dir.path(), report, last);
        let found = files(dir.path());
        if found.contains_key("manifest.json") && steps > last {
            let is_whole = |report: &BTreeMap<String, String>| report.iter().all(|(name, contents)| found.get(name) == Some(contents));
            assert!(is_whole(&report_of(&["a", "b"])) || is_whole(&new), "a manifest says that a report is whole, at step {last}");
        }
        // The next run finds the folder, and fails for its own reasons.
        drop(Report::create(dir.path(), options()).unwrap());
        let mut found = files(dir.path());
        assert_eq!(found.remove("notes.md").as_deref(), Some("mine"));
        assert_eq!(found, new, "cut short at step {last}");
        if steps <= last {
            assert!(last > 10);
            return;
        }
    }
}

/// Finishes a report as [`Report::finish`] does, but dies before change `last` of the folder; gives the number of changes begun.
fn cut_short(dir: &Path, report: Report, last: usize) -> usize {
    let mut steps = 0;
    report
        .finish_with(&mut crate::report::RunTotals::default(), &mut |_| Ok(()), |folder| {
            folder.seal().unwrap();
            let placed = settle(dir, &mut || {
                steps += 1;
                if steps > last { Err(io::Error::from(io::ErrorKind::Interrupted)) } else { Ok(()) }
            });
            assert_eq!(placed.is_err(), steps > last);
            Ok(())
        })
        .unwrap();
    steps
}

#[test]
fn leaves_nothing_of_a_report_that_is_dropped() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("a/b/run");
    let report = Report::create(&dir, options()).unwrap();
    assert!(dir.exists());
    drop(report);
    assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
}

#[test]
fn keeps_a_second_run_out_and_clears_up_after_a_killed_one() {
    let dir = tempfile::tempdir().unwrap();
    let first = Report::create(dir.path(), options()).unwrap();
    let error = Report::create(dir.path(), options()).expect_err("the first run is writing");
    assert!(error.to_string().ends_with("another run of sayso is writing here"), "{error}");
    drop(first);
    // As SIGKILL leaves it: the lock goes with the process, the files stay.
    fs::create_dir_all(dir.path().join(".sayso-unfinished")).unwrap();
    fs::write(dir.path().join(".sayso-unfinished/quotes.csv"), "half").unwrap();
    write(dir.path(), &articles(&["a"]));
    assert_eq!(files(dir.path()), report_of(&["a"]));
}

#[test]
fn refuses_folders_with_files_of_others() {
    for (name, contents) in [("quotes.csv", "my own"), ("manifest.json", "{\"name\": \"an extension\"}"), ("articles/a.json", "{}")] {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
        fs::write(dir.path().join(name), contents).unwrap();
        let error = Report::create(dir.path(), options()).expect_err("the file is not ours");
        assert!(error.to_string().contains("which no run of sayso has written"), "{error}");
        assert_eq!(files(dir.path()), BTreeMap::from([(name.to_owned(), contents.to_owned())]));
    }
}

#[test]
fn refuses_ids_that_leave_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let mut report = Report::create(dir.path(), options()).unwrap();
    for id in ["../evil", "a/b", ".hidden", &"x".repeat(300)] {
        let error = report.add(&sample::named(id)).expect_err("no file name");
        assert!(error.to_string().ends_with("the article's id is no file name"), "{error}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_costs_no_report() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &articles(&["harbour"]));
    let kept = fs::read_to_string(dir.path().join("manifest.json")).unwrap();
    // Nobody, not even the superuser, makes files in /proc.
    fs::remove_dir_all(dir.path().join("articles")).unwrap();
    std::os::unix::fs::symlink("/proc/self", dir.path().join("articles")).unwrap();
    let error = Report::create(dir.path(), options()).expect_err("nothing can be written");
    assert!(error.to_string().contains("articles: no file can be made here"), "{error}");
    assert_eq!(fs::read_to_string(dir.path().join("manifest.json")).unwrap(), kept);
    assert!(!dir.path().join(".sayso-unfinished").exists());
}

#[test]
fn goes_on_with_what_was_added() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("run");
    let mut report = Report::create(&dir, options()).unwrap();
    report.keep_unfinished(true);
    drop(fill(report, &articles(&["a", "b"])).unwrap());
    assert_eq!(Report::unfinished(&dir), 3);
    let (report, replay) = Report::resume(&dir, options()).unwrap();
    assert!(replay.is_some());
    fill(report, &articles(&["a", "b"])).unwrap().finish().unwrap();
    assert_eq!(files(&dir), report_of(&["a", "b"]));
    assert_eq!(Report::unfinished(&dir), 0);
    let (report, replay) = Report::resume(&dir, options()).unwrap();
    assert!(replay.is_none(), "nothing is left to go on from");
    drop(report);
    assert_eq!(files(&dir), report_of(&["a", "b"]));
}

#[test]
fn a_full_disk_costs_no_analysis_that_is_to_be_kept() {
    let dir = tempfile::tempdir().unwrap();
    let mut folder = Folder::open(dir.path()).unwrap();
    folder.room = Some(Arc::new(AtomicUsize::new(1000)));
    let mut report = Report::in_folder(folder, options()).unwrap();
    report.keep_unfinished(true);
    let error = fill(report, &articles(&["a"])).unwrap().finish().expect_err("the disk is full");
    assert!(error.to_string().contains("cannot write"), "{error}");
    assert_eq!(Report::unfinished(dir.path()), 2);
    let (report, _) = Report::resume(dir.path(), options()).unwrap();
    fill(report, &articles(&["a"])).unwrap().finish().unwrap();
    assert_eq!(files(dir.path()), report_of(&["a"]));
}

#[test]
fn analyses_come_back_from_the_disk_as_they_were() {
    for analysis in [sample::full(), sample::bare(), sample::hostile()] {
        let bytes = postcard::to_allocvec(&analysis).unwrap();
        let back: Analysis = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(format!("{back:?}"), format!("{analysis:?}"));
    }
}
