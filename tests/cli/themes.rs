//! Codebooks, keyword in context and agreement from outside.

use std::fs;

use super::{Place, code, text};

const FAULTY: &str = "[[theme]]\nid = \"sea\"\nkeyword = [\"tide\"]\n\n[[theme]]\nid = \"sea\"\nparent = \"water\"\npatterns = [\"/(/\"]\n";
const FERRIES: &str = "ferries:\n  boats: [ferr*, \"island line\"]\n  money: [fare*, cost*]\n";

#[test]
fn checks_name_every_problem_and_exit_by_it() {
    let place = Place::new()
        .file("faulty.toml", FAULTY)
        .file("ferries.yml", FERRIES)
        .file("twice.csv", "theme,term\na,port\nb,port\n")
        .file("odd.docx", "x");
    for (name, file, exit) in
        [("faulty", "faulty.toml", 1), ("sound", "ferries.yml", 0), ("noted", "twice.csv", 0), ("unknown", "odd.docx", 2)]
    {
        let args = ["codebook", "check", file];
        assert_eq!(code(&place.run(&args)), exit, "{file}");
        place.snapshot(&format!("codebook_check_{name}"), &args);
    }
    for name in ["policy-agenda", "innovation-industry", "climate-energy"] {
        assert_eq!(code(&place.run(&["codebook", "check", name])), 0, "{name}");
        let shown = text(&place.run(&["codebook", "show", name]).stdout);
        assert!(shown.contains("[[theme]]"), "{name}");
    }
    place.snapshot("codebook_show_unknown", &["codebook", "show", "policy"]);
}

#[test]
fn a_proposal_can_be_used_as_it_is() {
    let place = Place::with_articles();
    let output = place.run(&["codebook", "new", "--from", "in", "-o", "mine.toml"]);
    assert_eq!((code(&output), text(&output.stdout).as_str()), (0, ""));
    assert!(text(&output.stderr).ends_with("sayso: 2 articles read; proposal written to mine.toml\n"));
    assert_eq!(code(&place.run(&["codebook", "check", "mine.toml"])), 0);
    assert_eq!(text(&place.run(&["codebook", "new", "--from", "in"]).stdout), fs::read_to_string(place.path("mine.toml")).unwrap());
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "run", "--codebook", "mine.toml"])), 0);
}

#[test]
fn codes_with_codebooks_of_other_programs_and_by_name() {
    let place = Place::with_articles().file("ferries.yml", FERRIES).file("faulty.toml", FAULTY);
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "run", "--codebook", "ferries.yml"])), 0);
    let table = fs::read_to_string(place.path("run/theme_summary.csv")).unwrap();
    let words: Vec<&str> = table.lines().filter(|line| line.contains(",words,")).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(words, ["ferries", "ferries.boats", "ferries.money"], "{table}");
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "named", "--codebook", "policy-agenda"])), 0);
    assert!(fs::read_to_string(place.path("named/theme_coverage.csv")).unwrap().contains("transport"));
    place.snapshot("faulty_codebook", &["analyze", "in", "--codebook", "faulty.toml"]);
}

#[test]
fn prints_keywords_in_context() {
    let place = Place::with_articles();
    place.snapshot("kwic", &["kwic", "fare", "in"]);
    place.snapshot("kwic_csv", &["kwic", "rise in", "in", "--format", "csv", "--window", "3"]);
    place.snapshot("kwic_no_term", &["kwic", "/(/", "in"]);
    assert_eq!(code(&place.run(&["kwic", "fare", "nowhere"])), 2);
}

#[test]
fn compares_coders() {
    let place = Place::new()
        .file("ana.csv", "unit,theme\n1,trade\n2,health\n3,\n4,trade\n4,health\n5,NA\n")
        .file("ben.csv", "unit,code\n1,trade\n2,trade\n3,\n4,trade\n5,trade\n")
        .file("broken.csv", "article,theme\n1,trade\n");
    place.snapshot("agreement", &["agreement", "ana.csv", "ben.csv"]);
    place.snapshot("agreement_csv", &["agreement", "ana.csv", "ben.csv", "--format", "csv"]);
    place.snapshot("agreement_broken", &["agreement", "ana.csv", "broken.csv"]);
    assert_eq!(code(&place.run(&["agreement", "ana.csv"])), 2);
}

#[test]
fn a_report_is_a_file_of_codings() {
    let place = Place::with_articles();
    place.run(&["analyze", "in", "-o", "run", "--codebook", "policy-agenda"]);
    for table in ["run/theme_sentences.csv", "run/theme_quotes.csv"] {
        let output = place.run(&["agreement", table, table]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("100.0 %"), "{}", text(&output.stdout));
    }
}

#[test]
fn themes_of_a_run_are_listed_and_frozen() {
    let place = Place::with_articles();
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "run"])), 0);
    place.snapshot("themes_of_a_small_run", &["themes", "run"]);
    let terms = "theme_id,theme,terms,examples\r\nfares,ferry fares,ferry fares; island line,Fares rise in May.\r\n\
                 boats,boats,boats; hull,\r\ncrews,crews,crews; pilot,\r\n";
    fs::write(place.path("run/theme_terms.csv"), terms).unwrap();
    place.snapshot("themes_listed", &["themes", "run", "--rename", "fares=Fares", "--merge", "boats+crews=Boats and crews"]);
    place.snapshot("themes_unknown", &["themes", "run", "--rename", "ports=Ports"]);
    let frozen = place.run(&["themes", "run", "--merge", "boats+crews=Boats and crews", "-o", "frozen.toml"]);
    assert_eq!((code(&frozen), text(&frozen.stdout).as_str()), (0, ""));
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "again", "--codebook", "frozen.toml"])), 0);
    assert!(fs::read_to_string(place.path("frozen.toml")).unwrap().contains("keywords = [\"boats\", \"hull\", \"crews\", \"pilot\"]"));
    assert!(fs::read_to_string(place.path("again/theme_summary.csv")).unwrap().contains("\nfares,"));
}

#[test]
fn a_codebook_is_fitted_to_coded_sentences() {
    let place = Place::with_articles();
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "run", "--codebook", "policy-agenda"])), 0);
    let drawn = place.run(&["sample", "run", "--for-themes", "6", "-o", "sample.csv"]);
    assert_eq!(code(&drawn), 0, "{}", text(&drawn.stderr));
    let sample = fs::read_to_string(place.path("sample.csv")).unwrap();
    assert!(sample.starts_with("unit,article_id,drawn,before,text,after,theme\r\n"), "{sample}");
    // A coder writes the theme of the ferry's sentences, and nothing beside the library's.
    let coded: String = sample
        .lines()
        .map(|row| match row.strip_suffix(',') {
            Some(unit) if unit.starts_with("ferry:") => format!("{unit},transport\n"),
            _ => format!("{row}\n"),
        })
        .collect();
    let place = place.file("coded.csv", coded);
    let from_texts = ["codebook", "fit", "policy-agenda", "--coded", "coded.csv", "-o", "fitted.toml"];
    let output = place.run(&from_texts);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("F1 by the number of coded sentences learned from"));
    let fitted = fs::read(place.path("fitted.toml")).unwrap();
    assert_eq!(code(&place.run(&from_texts)), 0);
    assert_eq!(fs::read(place.path("fitted.toml")).unwrap(), fitted, "the same codings, the same codebook");
    assert_eq!(code(&place.run(&["codebook", "fit", "fitted.toml", "--coded", "coded.csv", "--articles", "in", "-o", "again.toml"])), 0);
    assert_eq!(code(&place.run(&["codebook", "check", "again.toml"])), 0);
    assert_eq!(code(&place.run(&["analyze", "in", "-o", "fitted", "--codebook", "again.toml"])), 0);
    let summary = fs::read_to_string(place.path("fitted/theme_summary.csv")).unwrap();
    assert!(summary.lines().next().unwrap().ends_with("share_adjusted"), "{summary}");
    let of_another_model: String = text(&fitted)
        .lines()
        .map(|line| if line.starts_with("model = ") { "model = \"0\"\n".to_owned() } else { format!("{line}\n") })
        .collect();
    let place = place.file("strange.toml", of_another_model);
    place.snapshot("codebook_fitted_with_another_model", &["analyze", "in", "-o", "strange", "--codebook", "strange.toml"]);
    place.snapshot("codebook_fit_unknown_theme", &["codebook", "fit", "climate-energy", "--coded", "coded.csv", "-o", "no.toml"]);
    let place = place.file("bare.csv", "unit,theme\nferry:s3,transport\n");
    place.snapshot("codebook_fit_no_text", &["codebook", "fit", "policy-agenda", "--coded", "bare.csv", "-o", "no.toml"]);
}

#[test]
fn a_higher_least_probability_gives_fewer_themes() {
    let place = Place::with_articles();
    let rows = |least: &str| {
        let output = place.run(&["analyze", "in", "-o", least, "--codebook", "policy-agenda", "--min-probability", least]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        let table = fs::read_to_string(place.path(&format!("{least}/theme_sentences.csv"))).unwrap();
        table.lines().filter(|line| line.contains(",term,") || line.contains(",meaning,") || line.contains(",context,")).count()
    };
    assert!(rows("0.05") > rows("0.5"));
    assert_eq!(code(&place.run(&["analyze", "in", "--codebook", "policy-agenda", "--min-probability", "2"])), 2);
}
