#![expect(clippy::cast_possible_truncation, reason = "small numbers on purpose")]

use std::collections::BTreeMap;

use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::*;

pub(in crate::encoder) const WIDTHS: HeadWidths = HeadWidths { tags: 2, links: 1 };

/// A BERT of two layers with pseudo-random weights, as `f(name, rows, width)` writes a matrix down.
pub(in crate::encoder) fn tiny(matrix: impl Fn(&[f32], usize) -> Vec<(&'static str, Dtype, Vec<usize>, Vec<u8>)>) -> WeightFile {
    let mut shapes: Vec<(String, Vec<usize>)> = [
        ("embeddings.words", vec![11, 8]),
        ("embeddings.positions", vec![16, 8]),
        ("embeddings.types", vec![12, 8]),
        ("embeddings.norm.weight", vec![8]),
        ("embeddings.norm.bias", vec![8]),
        ("heads.weight", vec![5, 8]),
        ("heads.bias", vec![5]),
    ]
    .map(|(name, shape)| (name.to_owned(), shape))
    .into();
    for layer in 0..2 {
        for (part, outputs, inputs) in [("qkv", 24, 8), ("out", 8, 8), ("up", 12, 8), ("down", 8, 12)] {
            shapes.push((format!("layers.{layer}.{part}.weight"), vec![outputs, inputs]));
            shapes.push((format!("layers.{layer}.{part}.bias"), vec![outputs]));
        }
        for part in ["attention_norm.weight", "attention_norm.bias", "norm.weight", "norm.bias"] {
            shapes.push((format!("layers.{layer}.{part}"), vec![8]));
        }
    }
    let mut tensors = BTreeMap::new();
    for (name, shape) in shapes {
        let values = pseudo_random(&name, shape.iter().product());
        let kept_whole = shape.len() == 1 || ["embeddings.positions", "embeddings.types"].contains(&name.as_str());
        if kept_whole {
            tensors.insert(name, (Dtype::F32, shape, bytes(&values)));
        } else {
            for (suffix, dtype, shape, bytes) in matrix(&values, shape[1]) {
                tensors.insert(format!("{name}{suffix}"), (dtype, shape, bytes));
            }
        }
    }
    let views = tensors.iter().map(|(name, (dtype, shape, data))| (name, TensorView::new(*dtype, shape.clone(), data).unwrap()));
    WeightFile::new(safetensors::serialize(views, None).unwrap()).unwrap()
}

/// A linear congruential generator, so that `PyTorch` can be given the same weights.
fn pseudo_random(name: &str, count: usize) -> Vec<f32> {
    let mut state = name.bytes().map(u32::from).sum::<u32>() % 97;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let value = f64::from(state) / 4_294_967_296.0 - 0.5;
        if name.ends_with("norm.weight") { 1.0 + 0.1 * value } else { value }
    };
    (0..count).map(|_| next() as f32).collect()
}

fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

pub(in crate::encoder) fn floats(values: &[f32], width: usize) -> Vec<(&'static str, Dtype, Vec<usize>, Vec<u8>)> {
    vec![("", Dtype::F32, vec![values.len() / width, width], bytes(values))]
}

pub(in crate::encoder) fn codes(values: &[f32], width: usize) -> Vec<(&'static str, Dtype, Vec<usize>, Vec<u8>)> {
    let steps: Vec<f32> = values.chunks_exact(width).map(|row| row.iter().fold(0.0_f32, |most, v| most.max(v.abs())) / 127.0).collect();
    let codes = values.iter().enumerate().map(|(at, value)| ((value / steps[at / width]).round() as i8).cast_unsigned()).collect();
    let rows = steps.len();
    vec![("", Dtype::I8, vec![rows, width], codes), (".steps", Dtype::F32, vec![rows], bytes(&steps))]
}

fn engine(file: &WeightFile) -> EmbeddedEngine {
    EmbeddedEngine::new(file, 2, WIDTHS).unwrap()
}

pub(in crate::encoder) fn window(ids: &[i32], token_types: &[i32]) -> Window {
    Window { ids: ids.to_vec(), token_types: token_types.to_vec(), ..Window::default() }
}

/// All heads' outputs of one window, row by row.
pub(in crate::encoder) fn outputs(engine: &dyn Engine, window: Window) -> Vec<Vec<f32>> {
    let rows = window.ids.len();
    let raw = engine.run(&[window]).unwrap().remove(0);
    (0..rows).map(|row| [raw.tags.row(row), raw.links.row(row), raw.vectors.row(row)].concat()).collect()
}

/// What `PyTorch` gives for the same weights (`models/train/encoder.py`).
pub(in crate::encoder) const EXPECTED: [[f32; 5]; 4] = [
    [-0.63447, -0.29064, -2.32769, -0.22929, 1.75787],
    [-0.70349, -0.48566, -2.53293, 0.44454, 1.22145],
    [-0.94552, -0.38198, -2.24484, -0.19723, 1.72014],
    [-0.32498, -0.22609, -2.61814, -0.04407, 1.71609],
];

#[test]
fn floats_give_what_pytorch_gives() {
    let found = outputs(&engine(&tiny(floats)), window(&[1, 4, 9, 2], &[0, 1, 6, 0]));
    for (row, expected) in found.iter().zip(EXPECTED) {
        for (found, expected) in row.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-4, "{found} {expected}");
        }
    }
}

#[test]
fn codes_come_close_to_floats() {
    let found = outputs(&engine(&tiny(codes)), window(&[1, 4, 9, 2], &[0, 1, 6, 0]));
    for (row, expected) in found.iter().zip(EXPECTED) {
        for (found, expected) in row.iter().zip(expected) {
            assert!((found - expected).abs() < 0.05, "{found} {expected}");
        }
    }
}

#[test]
fn rows_of_many_windows_are_those_of_one() {
    let engine = engine(&tiny(codes));
    let long: Vec<i32> = (0..15).map(|at| at % 11).collect();
    let alone = outputs(&engine, window(&long, &[3; 15]));
    let raw = engine.run(&[window(&[1, 2], &[0, 0]), window(&long, &[3; 15])]).unwrap();
    let beside: Vec<Vec<f32>> =
        (0..15).map(|row| [raw[1].tags.row(row), raw[1].links.row(row), raw[1].vectors.row(row)].concat()).collect();
    assert_eq!(alone, beside);
}

#[test]
fn wrong_files_say_what_is_wrong() {
    let widths = WIDTHS;
    let message = |result: Result<EmbeddedEngine>| result.unwrap_err().to_string();
    assert!(WeightFile::new(b"junk".as_slice()).is_err_and(|error| error.to_string().contains("cannot read model.safetensors")));
    let file = tiny(floats);
    assert!(message(EmbeddedEngine::new(&file, 3, widths)).contains("cannot be shared by 3"));
    assert!(message(EmbeddedEngine::new(&file, 2, HeadWidths { tags: 9, links: 9 })).contains("too narrow"));
    let without_steps = |values: &[f32], width| codes(values, width)[..1].to_vec();
    assert!(message(EmbeddedEngine::new(&tiny(without_steps), 2, widths)).contains("steps"));
}
