//! Wrong use and bad input: one clear line, a hint, the right exit code, the rest of the batch done, nothing half-written.

use super::{Place, code, names, text};

#[test]
fn wrong_use_is_one_error_and_one_hint() {
    let place = Place::with_articles().file("notes.txt", "not a folder");
    for (name, args) in [
        ("no_subcommand", &[][..]),
        ("no_path", &["analyze"]),
        ("unknown_option", &["analyze", "in", "--formats", "csv"]),
        ("unknown_format", &["analyze", "in", "--format", "xml"]),
        ("unknown_encoding", &["analyze", "in", "--encoding", "klingon"]),
        ("unknown_subcommand", &["analyse", "in"]),
        ("no_threads", &["analyze", "in", "--threads", "0"]),
        ("csv_without_folder", &["analyze", "in", "--format", "csv"]),
        ("output_is_a_file", &["analyze", "in", "-o", "notes.txt"]),
        ("output_under_a_file", &["analyze", "in", "-o", "notes.txt/run"]),
        ("missing_codebook", &["analyze", "in", "--codebook", "none.toml"]),
    ] {
        let output = place.run(args);
        assert_eq!((code(&output), text(&output.stdout).as_str()), (2, ""), "{name}");
        let messages = text(&output.stderr);
        assert!(messages.starts_with("sayso: error: ") && messages.lines().count() <= 2, "{name}: {messages}");
        place.snapshot(name, args);
    }
    assert_eq!(names(place.dir.path()), ["in", "notes.txt"], "nothing is written");
}

#[test]
fn inputs_that_are_not_there_stop_the_run() {
    let place = Place::with_articles();
    std::fs::create_dir(place.path("nothing")).unwrap();
    for args in [&["analyze", "missing.txt", "-o", "run"], &["analyze", "nothing", "-o", "run"]] {
        let output = place.run(args);
        let messages = text(&output.stderr);
        assert_eq!(code(&output), 2, "{messages}");
        assert!(messages.starts_with(&format!("sayso: error: {}: ", args[1])), "{messages}");
        assert!(!place.path("run").exists());
    }
}

#[test]
fn bad_articles_fail_alone() {
    let place = Place::with_articles()
        .file("in/bad-empty.txt", "")
        .file("in/bad-blank.txt", " \n\t\n")
        .file("in/bad-binary.txt", [0, 159, 146, 150, 0, 0, 1, 2, 3, 255].repeat(50))
        .file("in/bad-\u{1b}[31mname.txt", "")
        .file("in/bad-long.txt", vec![b'a'; 50 * 1024 * 1024]);
    let output = place.run(&["analyze", "in", "-o", "run"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 1, "{messages}");
    assert!(!messages.contains('\u{1b}'), "a file name cannot steer the terminal: {messages}");
    assert_eq!(messages.matches("sayso: error: in/bad-").count(), 5, "one line per article: {messages}");
    assert!(messages.ends_with("sayso: 2 articles analysed, 5 failed; reports written to run\n"), "{messages}");
    assert_eq!(names(&place.path("run/articles")), ["ferry.json", "library.json"]);
}

#[test]
fn a_wrong_encoding_is_told_with_its_place() {
    let place = Place::new().file("latin.txt", b"A caf\xe9 opens, the owner said.\n");
    let output = place.run(&["analyze", "latin.txt", "--encoding", "utf-8"]);
    let told = "sayso: error: latin.txt: not valid UTF-8 at byte 5\n\
        sayso: hint: pass --encoding windows-1252, or leave it out to detect it\n";
    assert_eq!((code(&output), text(&output.stdout).as_str(), text(&output.stderr).as_str()), (1, "", told));
    let output = place.run(&["analyze", "latin.txt", "--encoding", "latin1", "--format", "json"]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("café"));
}

#[test]
fn the_limit_that_the_hint_names_can_be_raised() {
    let long = format!("A long report\n\n{}", "The quay stays closed, said Ana Lind. ".repeat(60));
    let place = Place::new().file("long.txt", &long);
    let output = place.run(&["quotes", "long.txt", "--max-bytes", "1K"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 1, "{messages}");
    assert!(messages.contains("more than the limit of 1024") && messages.contains("--max-bytes"), "{messages}");
    let output = place.run(&["analyze", "long.txt", "--max-bytes", "1K"]);
    assert_eq!(code(&output), 1, "{}", text(&output.stderr));
    for size in ["4K", "1m"] {
        assert_eq!(code(&place.run(&["quotes", "long.txt", "--max-bytes", size])), 0, "{size}");
    }
    let output = place.run(&["quotes", "long.txt", "--max-bytes", "much"]);
    assert!(code(&output) == 2 && text(&output.stderr).contains("500K"), "{}", text(&output.stderr));
}

#[test]
fn an_article_of_too_many_words_and_marks_fails_alone() {
    let place = Place::with_articles().file("in/brackets.txt", "(".repeat(300_001));
    let output = place.run(&["analyze", "in", "-o", "run"]);
    let messages = text(&output.stderr);
    assert_eq!(code(&output), 1, "{messages}");
    assert!(messages.contains("in/brackets.txt: has more than 300000 words, marks and parts of rare words"), "{messages}");
    assert!(messages.contains("--max-bytes"), "{messages}");
    assert!(place.path("run/manifest.json").exists());
}

#[test]
fn threads_have_a_limit() {
    let place = Place::with_articles();
    let output = place.run(&["analyze", "in", "-o", "run", "--threads", "100000"]);
    let told = text(&output.stderr);
    assert!(code(&output) == 2 && told.starts_with("sayso: error: at most 1024 threads are started\nsayso: hint: "), "{told}");
}

#[test]
fn a_model_that_does_not_load_stops_the_run() {
    let folder = |name: &str| format!("{}/models/minilm-l6-attribution/{name}", env!("CARGO_MANIFEST_DIR"));
    let shipped = |name: &str| std::fs::read(folder(name)).unwrap();
    for (broken, contents, expected) in [
        ("model.safetensors", "junk", "model: model.safetensors is damaged"),
        ("config.json", "{", "model: cannot read the model's config.json"),
        ("tokenizer.json", "{}", "model: cannot read the model's vocabulary"),
        ("", "", "nowhere/config.json: cannot read"),
    ] {
        let mut place = Place::with_articles();
        for name in ["model.safetensors", "config.json", "tokenizer.json"] {
            place = place.file(&format!("model/{name}"), if name == broken { contents.into() } else { shipped(name) });
        }
        let output = place.run(&["analyze", "in", "-o", "run", "--model", if broken.is_empty() { "nowhere" } else { "model" }]);
        let messages = text(&output.stderr);
        assert_eq!(code(&output), 2, "{messages}");
        assert!(messages.starts_with(&format!("sayso: error: {expected}")), "{broken}: {messages}");
        assert!(!place.path("run").exists());
    }
}

#[test]
fn folders_of_others_are_left_alone() {
    let place = Place::with_articles().file("mine/quotes.csv", "my own quotes");
    place.snapshot("foreign_folder", &["analyze", "in", "-o", "mine"]);
    assert_eq!(std::fs::read_to_string(place.path("mine/quotes.csv")).unwrap(), "my own quotes");
    assert_eq!(names(&place.path("mine")), ["quotes.csv"]);
}
