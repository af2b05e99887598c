//! Models that a user brings, against PyTorch: `tests/families.py` writes the folders, tests/libtorch.sh calls it.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use tch::Tensor;

use super::embeddings::UserEmbeddings;
use super::entities::UserEntities;
use super::folder::ModelFolder;
use super::keywords::KeywordExtractor;
use super::shared::Rows;
use super::subwords::{Sequence, Subwords};
use crate::encoder::choice::{LibtorchOptions, UserModels};
use crate::encoder::engine::Supplement;
use crate::{Device, Document, Encoding, EngineRecord, Error, KeyphraseMethod, Pipeline, Segmenter};

/// A text with what PyTorch makes of it.
#[derive(Deserialize)]
struct Expected {
    text: String,
    ids: Vec<i64>,
    numbers: Vec<Vec<f32>>,
}

fn options() -> LibtorchOptions {
    LibtorchOptions { device: Device::Cpu, ..LibtorchOptions::default() }
}

/// The folders whose names end in `task`; none where the script has not run.
fn folders(task: &str) -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/families");
    if !all.join("complete").is_file() {
        crate::testing::skipped("families of models under libtorch: target/families is not here, tests/libtorch.sh makes it");
        return Vec::new();
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(task));
    found.sort();
    found
}

fn folder(name: &str) -> Option<PathBuf> {
    folders(name).into_iter().find(|path| path.ends_with(name))
}

fn expected(folder: &Path) -> Vec<Expected> {
    serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap()
}

fn sequences(expected: &[Expected]) -> Vec<Sequence> {
    expected.iter().map(|text| Sequence { ids: text.ids.clone(), tokens: vec![None; text.ids.len()] }).collect()
}

fn compare(folder: &Path, expected: &[Expected], found: &[Rows]) -> f32 {
    let mut largest = 0.0_f32;
    for (expected, rows) in expected.iter().zip(found) {
        for (piece, numbers) in expected.numbers.iter().enumerate() {
            assert_eq!(rows.row(piece).len(), numbers.len());
            assert!(rows.row(piece).iter().all(|number| number.is_finite()));
            largest = rows.row(piece).iter().zip(numbers).map(|(a, b)| (a - b).abs()).fold(largest, f32::max);
        }
    }
    println!("{}: within {largest:.1e}", folder.file_name().unwrap().to_string_lossy());
    largest
}

#[test]
fn labels_and_vectors_are_pytorchs() {
    let mut wrong = Vec::new();
    for folder in folders("-labels") {
        let expected = expected(&folder);
        let found = UserEntities::load(&folder, None, &options()).unwrap().logits(&sequences(&expected)).unwrap();
        wrong.extend(Some(compare(&folder, &expected, &found)).filter(|&largest| largest > 1e-4).map(|largest| (folder, largest)));
    }
    for folder in folders("-vectors") {
        let expected = expected(&folder);
        let found = UserEmbeddings::load(&folder, &options()).unwrap().states(&sequences(&expected)).unwrap();
        wrong.extend(Some(compare(&folder, &expected, &found)).filter(|&largest| largest > 1e-4).map(|largest| (folder, largest)));
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn pieces_are_those_of_transformers_and_know_their_tokens() {
    for folder in folders("-labels") {
        let subwords = Subwords::load(&ModelFolder::open(&folder).unwrap()).unwrap();
        for Expected { text, ids, .. } in expected(&folder) {
            let doc = Document::from_text(&text);
            let seg = Segmenter::new().segment(&doc);
            let cut = subwords.cut(&doc, &seg).unwrap();
            if seg.sentences.len() == 1 {
                assert_eq!(cut[0].ids, ids, "{}", folder.display());
            }
            let tokens: Vec<usize> = cut.iter().flat_map(|sequence| sequence.tokens.iter().copied().flatten()).collect();
            assert!(tokens.is_sorted(), "{tokens:?}");
            // A piece may be a comma and the mark behind it.
            let words = seg.tokens.iter().enumerate().filter(|(_, token)| doc.slice(token.span).chars().all(char::is_alphanumeric));
            assert!(words.map(|(at, _)| at).all(|token| tokens.contains(&token)), "{}: {text}", folder.display());
            assert!(cut.iter().all(|sequence| sequence.tokens[0].is_none()), "the first piece is the model's own mark");
        }
    }
}

/// Copies the files of a model folder.
fn copied(from: &Path, names: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for name in names {
        std::fs::copy(from.join(name), dir.path().join(name)).unwrap();
    }
    dir
}

#[test]
fn folders_of_rust_berts_own_kind_are_read() {
    let Some(folder) = folder("bert-labels") else { return };
    let dir = copied(&folder, &["config.json", "vocab.txt", "tokenizer_config.json"]);
    let weights = Tensor::read_safetensors(folder.join("model.safetensors")).unwrap();
    Tensor::save_multi(&weights, dir.path().join("rust_model.ot")).unwrap();
    let expected = expected(&folder);
    let found = UserEntities::load(dir.path(), None, &options()).unwrap().logits(&sequences(&expected)).unwrap();
    assert!(compare(dir.path(), &expected, &found) < 1e-4);
    let (words, whole) = (ModelFolder::open(dir.path()).unwrap(), ModelFolder::open(&folder).unwrap());
    let doc = Document::from_text(&expected[0].text);
    let seg = Segmenter::new().segment(&doc);
    let cut = |folder: &ModelFolder| Subwords::load(folder).unwrap().cut(&doc, &seg).unwrap();
    assert_eq!(cut(&words), cut(&whole), "vocab.txt alone cuts as tokenizer.json does");
}

#[test]
fn a_second_copy_has_the_same_numbers() {
    let Some(folder) = folder("roberta-labels") else { return };
    let entities = UserEntities::load(&folder, None, &options()).unwrap();
    let sequences = sequences(&expected(&folder));
    let alone = entities.logits(&sequences).unwrap();
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(|| entities.logits(&sequences).unwrap())).collect();
        for other in others {
            assert_eq!(other.join().unwrap(), alone);
        }
    });
}

#[test]
fn entities_and_vectors_take_the_place_of_the_models() {
    let (Some(labels), Some(vectors)) = (folder("bert-labels"), folder("bert-vectors")) else { return };
    let doc = Document::from_text("Ambrose Okello spoke in Nairobi. Rain came.");
    let seg = Segmenter::new().segment(&doc);
    let models = UserModels { entities: Some(labels), embeddings: Some(vectors), ..UserModels::default() };
    let mut encoding = Encoding::default();
    let mut record = EngineRecord::default();
    for supplement in super::supplements(&models, &options()).unwrap() {
        let supplement: Box<dyn Supplement> = supplement;
        supplement.apply(&doc, &seg, &mut encoding).unwrap();
        supplement.note(&mut record);
    }
    assert!(encoding.entities.iter().all(|entity| entity.tokens.end <= seg.tokens.len() && entity.score > 0.0 && entity.score <= 1.0));
    assert!(encoding.entities.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
    assert_eq!(encoding.vectors.len(), seg.tokens.len());
    assert_eq!(encoding.vector(0..seg.tokens.len()).map(|vector| vector.len()), Some(32));
    assert!(record.ner_model_sha256.is_some() && record.embedding_model_sha256.is_some());
}

#[test]
fn rust_berts_keyphrases_stand_in_the_text() {
    let Some(folder) = folder("bert-vectors") else { return };
    let text = "Heat pumps sell well in Oslo. A heat pump saves gas, the agency said – “heat pumps win”.";
    let found = KeywordExtractor::load(&folder, &options()).unwrap().extract(&Document::from_text(text)).unwrap();
    assert!(!found.is_empty() && found.len() <= 20);
    for keyphrase in &found {
        let first = keyphrase.mentions[0];
        assert!(text.get(first.start()..first.end()).is_some_and(|said| said.eq_ignore_ascii_case(&keyphrase.phrase)), "{keyphrase:?}");
    }
    assert_eq!(KeywordExtractor::load(&folder, &options()).unwrap().extract(&Document::from_text(" — ")).unwrap(), []);
    let wrong = folders("electra-vectors").pop().map(|folder| KeywordExtractor::load(&folder, &options()).unwrap_err());
    assert!(wrong.is_some_and(|error| error.hint().is_some_and(|hint| hint.contains("roberta"))));
    let without = Pipeline::builder().keyphrase_method(KeyphraseMethod::RustBert).build().unwrap_err();
    assert!(without.hint().is_some_and(|hint| hint.contains("--embedding-model")));
}

/// The message of a folder that is `bert-labels` with its configuration changed.
fn refused(folder: &Path, change: impl Fn(&mut serde_json::Value)) -> Error {
    let dir = copied(folder, &["model.safetensors", "tokenizer.json"]);
    let mut config = serde_json::from_slice(&std::fs::read(folder.join("config.json")).unwrap()).unwrap();
    change(&mut config);
    crate::write_atomic(&dir.path().join("config.json"), |file| std::io::Write::write_all(file, config.to_string().as_bytes())).unwrap();
    UserEntities::load(dir.path(), None, &options()).unwrap_err()
}

#[test]
fn wrong_folders_say_what_is_wrong_and_what_to_do() {
    let (Some(labels), Some(distant)) = (folder("bert-labels"), folder("deberta-v3-labels")) else { return };
    let cases: [(&str, Error, &str); 11] = [
        ("cannot be read", refused(&labels, |config| config["model_type"] = "gpt2".into()), "bert, roberta"),
        ("its label `B-GENE`", refused(&labels, |config| config["id2label"]["1"] = "B-GENE".into()), "--ner-labels that says GENE"),
        ("no id2label", refused(&labels, |config| config["id2label"] = serde_json::json!({})), "token classification"),
        ("has the shape", refused(&labels, |config| config["intermediate_size"] = 64.into()), ""),
        ("no tensor", refused(&labels, |config| config["num_hidden_layers"] = 3.into()), ""),
        ("cannot use its config.json", refused(&labels, |config| config["hidden_act"] = "cubic".into()), ""),
        ("shared by 5 attention heads", refused(&labels, |config| config["num_attention_heads"] = 5.into()), ""),
        ("relative_key", refused(&labels, |config| config["position_embedding_type"] = "relative_key".into()), ""),
        ("the attention p2p", refused(&distant, |config| config["pos_att_type"] = "c2p|p2p".into()), ""),
        ("convolution", refused(&distant, |config| config["conv_kernel_size"] = 3.into()), ""),
        ("cannot read", UserEntities::load(Path::new("/nowhere"), None, &options()).unwrap_err(), "config.json"),
    ];
    for (message, error, hint) in cases {
        let (said, hinted) = (error.to_string(), error.hint().unwrap_or_default());
        assert!(said.contains(message) && hinted.contains(hint) && !said.contains('\n'), "{said}: {hinted}");
    }
    let dir = copied(&labels, &["config.json"]);
    let without = UserEntities::load(dir.path(), None, &options()).unwrap_err();
    assert!(without.to_string().contains("neither tokenizer.json nor vocab.txt"), "{without}");
}

#[test]
fn a_table_maps_labels_of_other_sets() {
    let Some(labels) = folder("bert-labels") else { return };
    let dir = tempfile::tempdir().unwrap();
    let load = |table: &str| {
        let path = dir.path().join("labels.toml");
        crate::write_atomic(&path, |file| std::io::Write::write_all(file, table.as_bytes())).unwrap();
        UserEntities::load(&labels, Some(&path), &options())
    };
    assert!(load("PER = \"NORP\"\nMISC = \"none\"").is_ok());
    let error = load("PER = \"Someone\"").unwrap_err();
    assert!(
        error.to_string().contains("there is no label `Someone`") && error.hint().is_some_and(|hint| hint.contains("Person")),
        "{error}"
    );
}
