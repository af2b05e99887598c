use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use super::engine::LibtorchEngine;
use crate::encoder::choice::{EngineChoice, EngineKind, LibtorchOptions, Precision};
use crate::encoder::embedded::tests::{EXPECTED, WIDTHS, codes, floats, outputs, tiny, window};
use crate::encoder::embedded::{HeadWidths, WeightFile};
use crate::{Device, Document, Encoder, Encoding, Label, LabelledSpan, Pipeline, ReadOptions, Segmenter, cosine, sha256};

const BUNDLED: &str = "models/minilm-l6-attribution";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn options(batch: usize, precision: Precision) -> LibtorchOptions {
    LibtorchOptions { device: Device::Cpu, precision, batch: NonZeroUsize::new(batch).unwrap() }
}

fn libtorch(batch: usize, precision: Precision) -> EngineChoice {
    EngineChoice { kind: EngineKind::Libtorch, libtorch: options(batch, precision) }
}

fn tiny_engine(file: &WeightFile) -> LibtorchEngine {
    LibtorchEngine::new(file, 2, WIDTHS, &options(4, Precision::Fp32)).unwrap()
}

#[test]
fn floats_give_what_pytorch_gives() {
    let found = outputs(&tiny_engine(&tiny(floats)), window(&[1, 4, 9, 2], &[0, 1, 6, 0]));
    for (found, expected) in found.iter().flatten().zip(EXPECTED.iter().flatten()) {
        assert!((found - expected).abs() < 1e-4, "{found} {expected}");
    }
}

#[test]
fn codes_come_close_to_floats() {
    let found = outputs(&tiny_engine(&tiny(codes)), window(&[1, 4, 9, 2], &[0, 1, 6, 0]));
    for (found, expected) in found.iter().flatten().zip(EXPECTED.iter().flatten()) {
        assert!((found - expected).abs() < 0.05, "{found} {expected}");
    }
}

#[test]
fn padding_and_neighbours_change_nothing() {
    use crate::encoder::engine::Engine;
    let engine = tiny_engine(&tiny(floats));
    let long: Vec<i32> = (0..15).map(|at| at % 11).collect();
    let short = outputs(&engine, window(&[1, 2], &[0, 7]));
    let raw = engine.run(&[window(&[1, 2], &[0, 7]), window(&long, &[3; 15]), window(&[5], &[1])]).unwrap();
    let beside = (0..2).flat_map(|row| [raw[0].tags.row(row), raw[0].links.row(row), raw[0].vectors.row(row)].concat());
    for (alone, beside) in short.into_iter().flatten().zip(beside) {
        assert!((alone - beside).abs() < 1e-5, "{alone} {beside}");
    }
    assert_eq!((raw[2].tags.row(0).len(), raw[2].tags.row(1).len()), (WIDTHS.tags, 0));
}

#[test]
fn wrong_files_and_devices_say_what_is_wrong() {
    let message = |heads, widths, options: &LibtorchOptions| {
        LibtorchEngine::new(&tiny(floats), heads, widths, options).map(drop).unwrap_err().to_string()
    };
    let usual = options(1, Precision::Fp32);
    assert!(message(3, WIDTHS, &usual).contains("cannot be shared by 3"));
    assert!(message(2, HeadWidths { tags: 9, links: 9 }, &usual).contains("too narrow"));
    let far = LibtorchOptions { device: Device::Cuda(99), ..usual };
    assert!(message(2, WIDTHS, &far).starts_with("there is no GPU cuda:99"));
}

/// The model inside the program with floats for its codes.
fn dequantised(folder: &Path) {
    let read = |name: &str| std::fs::read(root().join(BUNDLED).join(name)).unwrap();
    let bytes = read("model.safetensors");
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let steps = |name: &str| tensors.tensor(&format!("{name}.steps")).ok();
    let whole = tensors.tensors().into_iter().filter(|(name, _)| name.strip_suffix(".steps").is_none());
    let floats: Vec<(String, Vec<usize>, Vec<u8>)> = whole
        .map(|(name, tensor)| {
            let Some(steps) = steps(&name) else { return (name, tensor.shape().to_vec(), tensor.data().to_vec()) };
            let steps = steps.data().as_chunks().0.iter().map(|&step| f32::from_le_bytes(step));
            let rows = tensor.data().chunks_exact(tensor.shape()[1]).zip(steps);
            let values = rows.flat_map(|(row, step)| row.iter().flat_map(move |code| (f32::from(code.cast_signed()) * step).to_le_bytes()));
            (name, tensor.shape().to_vec(), values.collect())
        })
        .collect();
    let views = floats.iter().map(|(name, shape, bytes)| (name, TensorView::new(Dtype::F32, shape.clone(), bytes).unwrap()));
    let weights = safetensors::serialize(views, None).unwrap();
    let mut config: serde_json::Value = serde_json::from_slice(&read("config.json")).unwrap();
    config["model_sha256"] = sha256(&weights).into();
    write(&folder.join("model.safetensors"), &weights);
    write(&folder.join("config.json"), config.to_string().as_bytes());
    write(&folder.join("tokenizer.json"), &read("tokenizer.json"));
}

fn write(path: &Path, bytes: &[u8]) {
    crate::write_atomic(path, |file| std::io::Write::write_all(file, bytes)).unwrap();
}

fn articles(folder: &Path, most: usize) -> Vec<Document> {
    let sources = crate::discover(&[folder.to_owned()]).unwrap().into_iter();
    sources.filter_map(|source| crate::read_file(&source, &ReadOptions::default()).ok()).take(most).collect()
}

fn encode(encoder: &Encoder, doc: &Document) -> (crate::Segmentation, Encoding) {
    let seg = Segmenter::new().segment(doc);
    let encoding = encoder.encode(doc, &seg).unwrap();
    (seg, encoding)
}

/// The largest difference of two scores of one thing; the things must be the same.
fn same_spans<L: Label>(name: &str, a: &[LabelledSpan<L>], b: &[LabelledSpan<L>]) -> f32 {
    let things = |spans: &[LabelledSpan<L>]| spans.iter().map(|span| (span.label, span.tokens.clone())).collect::<Vec<_>>();
    assert_eq!(things(a), things(b), "{name}");
    a.iter().zip(b).map(|(a, b)| (a.score - b.score).abs()).fold(0.0, f32::max)
}

/// Every span and link is the same and their scores within `most`; gives the largest difference and the number of spans.
///
/// A part of speech has no threshold to keep to: where two score alike the embedded engine's shorter curves may decide, once in thousands.
fn same(a: &Encoder, b: &Encoder, docs: &[Document], most: f32) -> (f32, usize) {
    let (mut largest, mut spans, mut tokens, mut retagged) = (0.0_f32, 0, 0, 0);
    for doc in docs {
        let ((seg, a), (_, b)) = (encode(a, doc), encode(b, doc));
        let name = doc.id();
        largest = largest.max(same_spans(name, &a.entities, &b.entities)).max(same_spans(name, &a.attributions, &b.attributions));
        spans += a.entities.len() + a.attributions.len();
        tokens += a.upos.len();
        retagged += a.upos.iter().zip(&b.upos).filter(|(a, b)| a != b).count();
        for (a, b) in a.links.iter().zip(&b.links) {
            for (a, b) in [(a.source, b.source), (a.cue, b.cue)] {
                assert_eq!(a.map(|link| link.0), b.map(|link| link.0), "{name}");
                largest = largest.max(a.zip(b).map_or(0.0, |(a, b)| (a.1 - b.1).abs()));
            }
        }
        for sentence in &seg.sentences {
            let vectors = a.vector(sentence.tokens.clone()).zip(b.vector(sentence.tokens.clone()));
            assert!(vectors.is_none_or(|(a, b)| cosine(&a, &b) > 0.9999), "{name}");
        }
    }
    println!("{retagged} of {tokens} parts of speech differ");
    assert!(largest < most && retagged * 2000 <= tokens, "scores differ by {largest}");
    (largest, spans)
}

#[test]
fn the_shipped_model_says_what_it_says_on_the_embedded_engine_with_floats() {
    let dir = tempfile::tempdir().unwrap();
    dequantised(dir.path());
    let (embedded, docs) = (Encoder::load(dir.path()).unwrap(), articles(&root().join("corpus"), 20));
    let ours = Encoder::bundled_on(&libtorch(8, Precision::Fp32)).unwrap();
    let (largest, spans) = same(&embedded, &ours, &docs, 1e-3);
    println!("{} articles, {spans} spans, scores within {largest:.1e}", docs.len());
    assert!(spans > 500);
    let (largest, _) = same(&Encoder::bundled_on(&libtorch(1, Precision::Fp32)).unwrap(), &ours, &docs, 1e-4);
    println!("one window at once or eight: scores within {largest:.1e}");
}

/// Set `SAYSO` aside: only where the export with floats and the newswire lie.
#[test]
fn the_float_export_says_the_same_on_two_hundred_articles() {
    let (model, news) = (root().join("models/train/scratch/model3f"), root().join("../shared/data/worldwide"));
    if let Some(absent) = [&model, &news].into_iter().find(|path| !path.is_dir()) {
        crate::testing::skipped(&format!("the float export under libtorch: {} is not here", absent.display()));
        return;
    }
    let docs = articles(&news, 200);
    let ours = Encoder::load_on(&model, &libtorch(8, Precision::Fp32)).unwrap();
    let (largest, spans) = same(&Encoder::load(&model).unwrap(), &ours, &docs, 1e-3);
    println!("{} articles, {spans} spans, scores within {largest:.1e}", docs.len());
}

#[test]
fn half_the_bits_change_few_labels() {
    let docs = articles(&root().join("corpus"), 6);
    let whole = Encoder::bundled_on(&libtorch(8, Precision::Fp32)).unwrap();
    let half = Encoder::bundled_on(&libtorch(8, Precision::Bf16)).unwrap();
    let (mut all, mut kept) = (0, 0);
    for doc in &docs {
        let (whole, half) = (encode(&whole, doc).1.entities, encode(&half, doc).1.entities);
        all += whole.len();
        kept += whole.iter().filter(|a| half.iter().any(|b| (a.label, &a.tokens) == (b.label, &b.tokens))).count();
    }
    println!("{kept} of {all} entities are the same in bf16");
    assert!(all > 50 && kept * 100 >= all * 95, "{kept} of {all}");
}

#[test]
fn threads_change_nothing() {
    let analyses = |threads: usize| -> Vec<Vec<u8>> {
        let builder = Pipeline::builder().engine(EngineKind::Libtorch).libtorch(options(4, Precision::Fp32));
        let pipeline = builder.threads(NonZeroUsize::new(threads).unwrap()).build().unwrap();
        assert!(pipeline.engine_record().engine.as_deref().is_some_and(|engine| engine == "libtorch, cpu, fp32, batches of 4"));
        let paths: Vec<PathBuf> = vec![root().join("corpus")];
        let sources: Vec<_> = crate::discover(&paths).unwrap().into_iter().take(8).collect();
        let sources = crate::ingest::Inputs::from(sources);
        let mut written = Vec::new();
        let ran: Result<(), crate::Error> = crate::Batch::new(&pipeline, ReadOptions::default()).run(&sources, |_, outcome| {
            let mut json = Vec::new();
            crate::write_json(&outcome?, &mut json).unwrap();
            written.push(json);
            Ok(())
        });
        ran.unwrap();
        written
    };
    assert_eq!(analyses(1), analyses(3));
}
