//! The second engine from outside: what a build without it says, and what one with it does.

use super::{Place, text};

/// One error line and one hint.
fn refused(args: &[&str]) -> (String, String) {
    let output = Place::with_articles().run(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    let stderr = text(&output.stderr);
    let lines: Vec<&str> = stderr.lines().collect();
    let [error, hint] = <[&str; 2]>::try_from(lines).unwrap();
    assert!(error.starts_with("sayso: error: ") && hint.starts_with("sayso: hint: "), "{stderr}");
    (error.to_owned(), hint.to_owned())
}

#[cfg(not(feature = "libtorch"))]
#[test]
fn a_build_without_it_says_how_to_get_it() {
    let cases: [&[&str]; 4] = [
        &["--engine", "libtorch"],
        &["--ner-model", "in"],
        &["--embedding-model", "in"],
        &["--embedding-model", "in", "--keyphrases", "rust-bert"],
    ];
    for options in cases {
        let (error, hint) = refused(&[&["analyze", "in"], options].concat());
        assert!(error.contains("not in this build") && hint.contains("--features libtorch"), "{error} {hint}");
    }
}

#[test]
fn unknown_names_are_told_with_the_known_ones() {
    for (option, name, known) in [
        ("--engine", "onnx", "embedded, libtorch"),
        ("--device", "gpu", "cuda:0"),
        ("--precision", "int4", "bf16"),
        ("--keyphrases", "yake", "rust-bert"),
    ] {
        let output = Place::with_articles().run(&["analyze", "in", option, name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(known), "{}", text(&output.stderr));
    }
}

#[cfg(feature = "libtorch")]
mod with_libtorch {
    use super::*;

    #[test]
    fn it_quotes_as_the_embedded_engine_does_and_is_named_in_the_manifest() {
        let place = Place::with_articles();
        let usual = place.run(&["analyze", "in", "-o", "usual", "-q", "--threads", "2"]);
        let ours = place.run(&["analyze", "in", "-o", "ours", "-q", "--engine", "libtorch", "--device", "cpu", "--batch", "2"]);
        assert_eq!((usual.status.code(), ours.status.code()), (Some(0), Some(0)), "{}", text(&ours.stderr));
        let read = |name: &str| std::fs::read_to_string(place.path(name)).unwrap();
        let quotes = |name: &str| read(name).lines().map(|line| line.split(',').take(7).collect::<Vec<_>>().join(",")).collect::<Vec<_>>();
        assert_eq!(quotes("usual/quotes.csv"), quotes("ours/quotes.csv"));
        assert!(read("ours/manifest.json").contains("\"engine\": \"libtorch, cpu, fp32, batches of 2\""));
        assert!(!read("usual/manifest.json").contains("engine"));
    }

    #[test]
    fn what_is_missing_is_one_line_with_a_way_out() {
        let (error, hint) = refused(&["analyze", "in", "--engine", "libtorch", "--device", "cuda:77"]);
        assert!(error.contains("no GPU cuda:77") && hint.contains("--device cpu"), "{error} {hint}");
        let (error, hint) = refused(&["analyze", "in", "--ner-model", "in"]);
        assert!(error.contains("config.json: cannot read") && hint.contains("model.safetensors"), "{error} {hint}");
        let (error, hint) = refused(&["analyze", "in", "--keyphrases", "rust-bert"]);
        assert!(error.contains("need a sentence model") && hint.contains("--embedding-model"), "{error} {hint}");
    }
}
