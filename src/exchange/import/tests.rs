//! Out and back: what an export says comes back as gold that scores 100 against the report, one corrected span changes just that one, and
//! what is wrong is told with file, place and remedy.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{ImportFormat, import};
use crate::evaluate::{EvaluateOptions, Measure, evaluate};
use crate::exchange::tests::{RUN, exported, read};
use crate::exchange::{ExchangeFormat, recorded};
use crate::gold::{GoldDocument, load};
use crate::{Error, ErrorKind, write_atomic};

/// The content that a person shortens to `“a joke”`, and by how many characters.
const WORDS: &str = "the plan “a joke”";
const CUT: usize = 9;

/// A folder with the export of a format as its program would give it back.
struct Place {
    folder: tempfile::TempDir,
    format: ImportFormat,
    file: PathBuf,
}

impl Place {
    fn new(format: ImportFormat) -> Self {
        let (written, name) = match format {
            ImportFormat::Brat => (ExchangeFormat::Brat, "brat/1-fares.ann"),
            ImportFormat::LabelStudio => (ExchangeFormat::LabelStudio, "label-studio/tasks.json"),
            ImportFormat::Prodigy => (ExchangeFormat::Prodigy, "prodigy.jsonl"),
            ImportFormat::Doccano => (ExchangeFormat::Doccano, "doccano.jsonl"),
            ImportFormat::Inception => (ExchangeFormat::Cas, "cas/1-fares.xmi"),
            ImportFormat::Csv => (ExchangeFormat::Jsonl, "quotes.csv"),
        };
        let (folder, out) = exported(&[written]);
        let place = Self { folder, format, file: out.join(name) };
        if format == ImportFormat::Csv {
            place.write(&read(&RUN.path().join("run/quotes.csv")));
        }
        if format == ImportFormat::LabelStudio {
            // A person opens a task, and saves what was predicted.
            place.json(|tasks| {
                tasks[0]["annotations"] = serde_json::json!([{ "was_cancelled": false, "result": tasks[0]["predictions"][0]["result"] }]);
            });
        }
        place
    }

    fn write(&self, text: &str) {
        write_atomic(&self.file, |file| std::io::Write::write_all(file, text.as_bytes())).expect("room");
    }

    fn edit(&self, edit: impl FnOnce(String) -> String) {
        self.write(&edit(read(&self.file)));
    }

    fn json(&self, edit: impl FnOnce(&mut Value)) {
        let mut value: Value = serde_json::from_str(&read(&self.file)).expect("JSON");
        edit(&mut value);
        self.write(&value.to_string());
    }

    fn gold_folder(&self) -> PathBuf {
        self.folder.path().join("gold")
    }

    fn import(&self) -> Result<super::ImportCounts, Error> {
        let texts = (self.format == ImportFormat::Csv).then(|| RUN.path().join("run"));
        import(self.format, &self.file, texts.as_deref(), &self.gold_folder())
    }

    fn gold(&self) -> GoldDocument {
        self.import().unwrap_or_else(|error| panic!("{}: {error}", self.format));
        load(self.gold_folder()).expect("gold").remove(0)
    }

    /// Makes the correction.
    fn correct(&self) {
        let cut = |value: &mut Value, key: &str| value[key] = (value[key].as_u64().unwrap_or_default() + CUT as u64).into();
        match self.format {
            ImportFormat::Brat => self.edit(|ann| {
                let line = ann.lines().find(|line| line.ends_with(WORDS)).expect("the content").to_owned();
                let start: usize = line.split([' ', '\t']).nth(2).and_then(|start| start.parse().ok()).expect("an offset");
                ann.replace(&line, &line.replace(&format!(" {start} "), &format!(" {} ", start + CUT)).replace("the plan ", ""))
            }),
            ImportFormat::LabelStudio => self.json(|tasks| {
                let result = tasks[0]["annotations"][0]["result"].as_array_mut().expect("a result");
                for item in result.iter_mut().filter(|item| item["value"]["text"] == WORDS) {
                    cut(&mut item["value"], "start");
                    item["value"]["text"] = "“a joke”".into();
                }
            }),
            ImportFormat::Prodigy => self.json(|task| {
                let at = place_of(&task["text"]);
                let moved = |span: &mut Value| {
                    if span["start"] == at && span["label"] == "Content" {
                        cut(span, "start");
                    }
                };
                task["spans"].as_array_mut().expect("spans").iter_mut().for_each(moved);
                task["relations"].as_array_mut().expect("relations").iter_mut().for_each(|relation| moved(&mut relation["head_span"]));
            }),
            ImportFormat::Doccano => self.json(|document| {
                let at = place_of(&document["text"]);
                let entities = document["entities"].as_array_mut().expect("entities").iter_mut();
                entities.filter(|one| one["start_offset"] == at && one["label"] == "Content").for_each(|one| cut(one, "start_offset"));
            }),
            ImportFormat::Inception => self.edit(|xmi| {
                let line = xmi.lines().rfind(|line| line.contains("part=\"Content\"")).expect("the content").to_owned();
                let begin: usize = line.split("begin=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).expect("an offset");
                xmi.replace(&line, &line.replace(&format!("begin=\"{begin}\""), &format!("begin=\"{}\"", begin + CUT)))
            }),
            ImportFormat::Csv => self.edit(|table| table.replace(WORDS, "“a joke”")),
        }
    }
}

/// The code point that the words begin at.
fn place_of(text: &Value) -> usize {
    text.as_str().and_then(|text| text.split_once(WORDS)).map(|(head, _)| head.chars().count()).expect("the words")
}

/// The lines that are wanted.
fn lines_of(text: &str, is_wanted: impl Fn(&str) -> bool) -> String {
    text.lines().filter(|line| is_wanted(line)).fold(String::new(), |kept, line| kept + line + "\n")
}

fn contents(gold: &GoldDocument) -> Vec<Vec<&str>> {
    gold.quotations.iter().map(|quotation| quotation.contents[0].iter().map(|&span| gold.slice(span)).collect()).collect()
}

#[test]
fn what_was_not_corrected_scores_a_hundred() {
    let run = RUN.path().join("run");
    for &format in ImportFormat::ALL {
        let place = Place::new(format);
        place.import().unwrap_or_else(|error| panic!("{format}: {error}"));
        for measure in [Measure::Attribution, Measure::Units, Measure::Speakers, Measure::Ner] {
            if (format, measure) == (ImportFormat::Csv, Measure::Ner) {
                continue; // a table of quotations has no entities
            }
            let scores = evaluate(|doc| recorded(&run, doc.id()), measure, place.gold_folder(), EvaluateOptions::default());
            let scores = scores.unwrap_or_else(|error| panic!("{format}: {measure}: {error}"));
            assert!(scores.scores.iter().any(|score| score.gold > 0), "{format}: {scores}");
            for score in scores.scores.iter().filter(|score| score.gold + score.predicted > 0) {
                assert!((score.f1 - 100.0).abs() < f64::EPSILON, "{format}: {scores}");
            }
            for name in ["kind_right_of_found", "speaker_right_of_found"] {
                assert!(scores.rate(name).is_none_or(|rate| rate.right == rate.of), "{format}: {scores}");
            }
        }
    }
}

#[test]
fn one_corrected_span_changes_just_that_one() {
    for &format in ImportFormat::ALL {
        let place = Place::new(format);
        let before = place.gold();
        place.correct();
        let after = place.gold();
        let mut expected = contents(&before);
        let changed = expected.iter_mut().flatten().filter(|words| **words == WORDS).map(|words| *words = "“a joke”").count();
        assert_eq!((contents(&after), changed), (expected, 1), "{format}");
        assert_eq!((&after.entities, &after.text), (&before.entities, &before.text), "{format}");
        let others = |gold: &GoldDocument| {
            let attributions = gold.attributions.iter().map(|one| (one.source.clone(), one.cue.clone()));
            (attributions.collect::<Vec<_>>(), gold.quotations.iter().map(|quotation| quotation.speakers.clone()).collect::<Vec<_>>())
        };
        assert_eq!(others(&after), others(&before), "{format}");
    }
}

#[test]
fn what_is_wrong_is_told_with_place_and_remedy() {
    let message = |format, edit: &dyn Fn(String) -> String| {
        let place = Place::new(format);
        place.edit(edit);
        let error = place.import().expect_err("an error");
        assert!(error.path().is_some() && error.hint().is_some(), "{error}");
        assert!(!place.gold_folder().exists(), "nothing half done");
        error.reason()
    };
    let moved = |ann: String| ann.replacen("\tContent ", "\tContent 1", 1);
    assert!(message(ImportFormat::Brat, &moved).contains("but the text has"), "another place");
    let renamed = |ann: String| ann.replacen("\tCue ", "\tVerb ", 1);
    assert!(message(ImportFormat::Brat, &renamed).contains("the label “Verb” is none of sayso's"));
    let broken = |ann: String| ann + "T99 Content\n";
    assert!(message(ImportFormat::Brat, &broken).ends_with("not an annotation of brat: T99 Content"));
    let lost = |ann: String| lines_of(&ann, |line| !line.contains("\tSource "));
    assert!(message(ImportFormat::Brat, &lost).contains("one of them is not there"));
    let words = |table: String| table.replace(WORDS, "the plan a joke");
    assert!(message(ImportFormat::Csv, &words).ends_with(": content: the words “the plan a joke” do not stand in the article"));
    assert_eq!(message(ImportFormat::Csv, &|table| table.replace("article_id", "article")), "line 1: there is no column article_id");
    assert!(message(ImportFormat::Prodigy, &|task| task.replace("\"start\":", "\"from\":")).starts_with("line 1: not a task of Prodigy: "));
    assert!(message(ImportFormat::Doccano, &|line| line.replace("\"text\"", "\"txt\"")).starts_with("line 1: not a document of doccano: "));
    assert!(message(ImportFormat::LabelStudio, &|_| "{}".to_owned()).starts_with("line 1: not an export of Label Studio: "));
    let loose = |xmi: String| xmi.replacen(" part=\"Cue\" quotation=\"q", " part=\"Cue\" quotation=\"x", 1);
    assert!(message(ImportFormat::Inception, &loose).contains("the cue “said” belongs to no quotation"));
    let far = |xmi: String| xmi.replacen("begin=\"", "begin=\"9999", 1);
    assert!(
        message(ImportFormat::Inception, &|xmi| {
            let at = xmi.find("<custom:Quotation").expect("a quotation");
            let (head, tail) = xmi.split_at(at);
            head.to_owned() + &far(tail.to_owned())
        })
        .contains("does not fit its text")
    );
}

#[test]
fn label_studio_may_count_in_utf_16() {
    let place = Place::new(ImportFormat::LabelStudio);
    let before = place.gold();
    place.json(|tasks| {
        let text = tasks[0]["data"]["text"].as_str().expect("a text").to_owned();
        for item in tasks[0]["annotations"][0]["result"].as_array_mut().expect("a result") {
            for key in ["start", "end"] {
                let Some(at) = item["value"][key].as_u64() else { continue };
                let units: usize = text.chars().take(usize::try_from(at).expect("small")).map(char::len_utf16).sum();
                item["value"][key] = units.into();
            }
        }
    });
    assert_eq!(contents(&place.gold()), contents(&before));
}

#[test]
fn who_left_a_task_undone_is_told() {
    let place = Place::new(ImportFormat::LabelStudio);
    place.json(|tasks| tasks[0]["annotations"] = serde_json::json!([]));
    assert!(matches!(place.import().map_err(|error| error.reason()), Err(reason) if reason == "holds no corrected article"));
    let place = Place::new(ImportFormat::Prodigy);
    place.edit(|line| line.clone() + &line.replacen('{', "{\"answer\":\"reject\",", 1) + &line);
    let notes = place.import().expect("gold").notes;
    assert_eq!(notes, ["1-fares: left out, since it was answered with reject", "1-fares: annotated more than once; the last one counts"]);
}

#[test]
fn what_a_person_added_needs_no_kind_and_no_name() {
    let place = Place::new(ImportFormat::Brat);
    place.edit(|ann| {
        let text = read(&place.file.with_extension("txt"));
        let at = |words: &str| text.split_once(words).map(|(head, _)| head.chars().count()).expect("the words");
        let (start, cue) = (at("the plan"), at("called"));
        let kept = lines_of(&ann, |line| line.starts_with('T') && !line.contains("\tContent "));
        format!(
            "{kept}T90\tContent {start} {}\tthe plan “a joke”\nT91\tCue {cue} {}\tcalled\nR9\tcued_by Arg1:T90 Arg2:T91\n",
            start + 17,
            cue + 6
        )
    });
    let gold = place.gold();
    assert_eq!(contents(&gold), [[WORDS]]);
    let quotation = &gold.quotations[0];
    assert_eq!((quotation.kinds.as_slice(), quotation.speakers.as_slice()), (&["mixed".to_owned()][..], &[String::new()][..]));
    assert_eq!(gold.attributions[0].cue.iter().map(|&span| gold.slice(span)).collect::<Vec<_>>(), ["called"]);
}

#[test]
fn gold_of_an_import_alone_is_replaced() {
    let place = Place::new(ImportFormat::Brat);
    place.import().expect("gold");
    place.import().expect("gold again");
    let other = place.folder.path().join("other");
    std::fs::create_dir(&other).expect("a folder");
    let copy = |to: &Path| std::fs::copy(&place.file, to).expect("a copy");
    copy(&other.join("mine.txt"));
    let error = import(ImportFormat::Brat, &place.file, None, &other).expect_err("files of others");
    assert!(matches!(error.kind(), ErrorKind::Config(_)), "{error}");
}
