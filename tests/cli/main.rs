//! The program from outside: what it prints, what it writes, how it exits. Snapshots hold standard output, standard error
//! and exit code.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail")]

mod bad_input;
mod cases;
mod engine;
mod formats;
mod report;
mod runs;
mod terminal;
mod themes;
mod way_back;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// Articles of no model's taste: what is tested here does not depend on what is found in them.
const FERRY: &str = "Ferry fares rise in May\n\nBy Mara Quill\n\n\
    Fares on the island line will rise in May, the operator said on Monday.\n\n\
    “We had no choice,” said Ivo Brandt, who heads Northline Ferries. “Fuel costs twice what it did.”\n";
const LIBRARY: &str = "A library opens at night\n\n\
    The town library will stay open until midnight, the mayor announced.\n\n\
    “Students asked for it,” she said.\n";

/// A folder to work in, and the program in it.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With two good articles in `in`.
    fn with_articles() -> Self {
        Self::new().file("in/ferry.txt", FERRY).file("in/library.txt", LIBRARY)
    }

    fn file(self, name: &str, contents: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin!("sayso"));
        command.args(args).current_dir(self.dir.path()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Compares a run with its snapshot.
    fn snapshot(&self, name: &str, args: &[&str]) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(format!("sayso {}", args.join(" ")));
        settings.bind(|| insta::assert_snapshot!(format!("cli_{name}"), shown(&self.run(args))));
    }
}

fn shown(output: &Output) -> String {
    let code = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    format!("exit {code}\n--- stdout\n{}--- stderr\n{}", text(&output.stdout), text(&output.stderr))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The names in a folder, sorted, hidden ones too.
fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn help_names_the_exit_codes() {
    let place = Place::new();
    for args in [&["--help"][..], &["analyze", "--help"]] {
        let output = place.run(args);
        assert_eq!(code(&output), 0);
        let help = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains("Exit codes: 0 all done, 1 finished but some articles failed, 2 could not run, 130 or 143 interrupted"));
    }
    place.snapshot("help_analyze", &["analyze", "--help"]);
}

#[test]
fn version_names_program_and_model() {
    let output = Place::new().run(&["--version"]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).starts_with(concat!("sayso ", env!("CARGO_PKG_VERSION"), " (")));
}

#[test]
fn prints_the_schema() {
    let output = Place::new().run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((code(&output), &schema["properties"]["schema"]["const"]), (0, &"sayso/2".into()));
}

#[test]
fn one_article_prints_a_summary_that_is_plain_in_a_pipe() {
    let place = Place::with_articles();
    let output = place.run(&["analyze", "in/ferry.txt"]);
    assert_eq!((code(&output), text(&output.stderr).as_str()), (0, ""));
    let page = text(&output.stdout);
    assert!(page.contains("Who said what") && !page.contains('\u{1b}'), "{page}");
    let forced = place.command(&["analyze", "in/ferry.txt"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(text(&forced.stdout).contains('\u{1b}'));
    let plain = place.command(&["analyze", "in/ferry.txt"]).env("NO_COLOR", "1").output().unwrap();
    assert_eq!(text(&plain.stdout), page);
}

#[test]
fn several_articles_print_a_line_each_and_a_hint() {
    let place = Place::with_articles();
    let output = place.run(&["analyze", "in"]);
    let lines = text(&output.stdout);
    let paths: Vec<&str> = lines.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!((code(&output), paths.get(..2)), (0, Some(&["in/ferry.txt", "in/library.txt"][..])));
    assert!(lines.contains("\n\n2 articles, "), "a summary follows: {lines}");
    assert!(text(&output.stderr).contains("sayso: 2 articles analysed\nsayso: hint: pass -o DIR"));
    assert_eq!(text(&place.run(&["analyze", "in", "--quiet"]).stderr), "");
}

#[test]
fn json_without_a_folder_is_a_line_per_article() {
    let output = Place::with_articles().run(&["analyze", "in", "--format", "json", "--quiet"]);
    let lines = text(&output.stdout);
    let articles: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code(&output), articles.len()), (0, 2));
    assert_eq!(articles[0]["text"], FERRY);
}

#[test]
fn a_broken_pipe_ends_quietly() {
    let place = Place::with_articles();
    for args in [&["schema"][..], &["analyze", "in", "--format", "json", "--quiet"], &["analyze", "in/ferry.txt"]] {
        let mut command = place.command(args);
        let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), text(&output.stderr).as_str()), (0, ""), "{args:?}");
    }
}
