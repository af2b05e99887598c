//! The embedded engine: BERT's forward pass on `rten`'s kernels, one window a call, one thread per caller.
//!
//! The kernels are the crate `sayso-kernels`. They scale activations to 8 bits row by row, so that a piece's codes depend on that
//! piece alone: dynamic quantisation of whole tensors takes its scale from the neighbours. Written out rather than run as a graph, a fifth of the time goes
//! into nothing but the products.

mod weights;

use std::sync::{Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};
use sayso_kernels::{Attention, AttentionBuffers, GemmError, Linear, LinearBuffers, Norm, Products};

pub(in crate::encoder) use self::weights::{Table, WeightFile};
use super::engine::{Engine, Matrix, RawScores};
use super::window::Window;
use crate::{Error, ErrorKind, Result};

/// What the heads give for each piece, side by side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadWidths {
    pub(crate) tags: usize,
    pub(crate) links: usize,
}

impl HeadWidths {
    /// Shares out `rows` of `width` numbers among the heads.
    pub(super) fn split(self, rows: &[f32], width: usize) -> RawScores {
        let (tags_end, links_end) = (self.tags, self.tags + self.links);
        let part = |range: std::ops::Range<usize>| {
            let mut values = Vec::with_capacity(rows.len() / width * range.len());
            rows.chunks_exact(width).for_each(|row| values.extend_from_slice(row.get(range.clone()).unwrap_or_default()));
            Matrix::new(range.len(), values)
        };
        RawScores { tags: part(0..tags_end), links: part(tags_end..links_end), vectors: part(links_end..width) }
    }
}

/// A loaded model.
pub(crate) struct EmbeddedEngine {
    embeddings: Embeddings,
    layers: Vec<Layer>,
    heads: Linear,
    widths: HeadWidths,
    /// Workers that no caller uses now.
    idle: Mutex<Vec<Worker>>,
}

/// A one-thread pool with the memory that passes work in.
struct Worker {
    pool: ThreadPool,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    /// The running state: one row per piece.
    state: Vec<f32>,
    /// What a layer's first product gives.
    wide: Vec<f32>,
    /// What attention gives.
    mixed: Vec<f32>,
    attention: AttentionBuffers,
    linear: LinearBuffers,
}

impl Worker {
    fn new() -> Result<Self> {
        let pool = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "sayso-encoder".to_owned()).build();
        let pool = pool.map_err(|source| Error::new(ErrorKind::Model(format!("cannot start a thread: {source}"))).caused_by(source))?;
        Ok(Self { pool, buffers: Buffers::default() })
    }
}

struct Embeddings {
    words: Table,
    positions: Vec<f32>,
    types: Vec<f32>,
    norm: Norm,
}

struct Layer {
    query_key_value: Linear,
    attention: Attention,
    out: Linear,
    attention_norm: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

impl std::fmt::Debug for EmbeddedEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedEngine").field("layers", &self.layers.len()).finish_non_exhaustive()
    }
}

impl EmbeddedEngine {
    /// Takes the tensors of `file`, with `attention_heads` heads in every layer.
    pub(crate) fn new(file: &WeightFile, attention_heads: usize, widths: HeadWidths) -> Result<Self> {
        let products = Products::new();
        let linear = |name: &str| linear(file, name, &products);
        let norm = |name: &str| norm(file, name);
        let embeddings = Embeddings {
            words: file.table("embeddings.words")?,
            positions: file.floats("embeddings.positions")?,
            types: file.floats("embeddings.types")?,
            norm: norm("embeddings.norm")?,
        };
        let layers = (0..file.layers()).map(|at| {
            let query_key_value = linear(&format!("layers.{at}.qkv"))?;
            Ok(Layer {
                attention: attention(query_key_value.outputs() / 3, attention_heads)?,
                query_key_value,
                out: linear(&format!("layers.{at}.out"))?,
                attention_norm: norm(&format!("layers.{at}.attention_norm"))?,
                up: linear(&format!("layers.{at}.up"))?,
                down: linear(&format!("layers.{at}.down"))?,
                norm: norm(&format!("layers.{at}.norm"))?,
            })
        });
        let layers = layers.collect::<Result<Vec<Layer>>>()?;
        let heads = linear("heads")?;
        if heads.outputs() <= widths.tags + widths.links {
            return Err(Error::new(ErrorKind::Model("the model's heads are too narrow for its labels".to_owned())));
        }
        Ok(Self { embeddings, layers, heads, widths, idle: Mutex::default() })
    }

    fn read(&self, window: &Window, products: &Products, buffers: &mut Buffers) -> Result<RawScores, GemmError> {
        let Buffers { state, wide, mixed, attention, linear } = buffers;
        self.embeddings.fill(window, state);
        for layer in &self.layers {
            layer.query_key_value.apply(state, products, linear, wide)?;
            layer.attention.mix(wide, attention, mixed);
            layer.out.add_to(mixed, products, linear, state)?;
            layer.attention_norm.apply(state);
            layer.up.apply(state, products, linear, wide)?;
            layer.down.add_gelu_to(wide, products, linear, state)?;
            layer.norm.apply(state);
        }
        self.heads.apply(state, products, linear, wide)?;
        Ok(self.widths.split(wide, self.heads.outputs()))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine for EmbeddedEngine {
    /// Runs on a plain thread: a rayon worker that waits for another pool would take up more articles meanwhile.
    fn run(&self, windows: &[Window]) -> Result<Vec<RawScores>> {
        let idle = self.lock().pop();
        let mut worker = idle.map_or_else(Worker::new, Ok)?;
        let Worker { pool, buffers } = &mut worker;
        let mut read_all = || {
            let products = Products::new(); // stays on its thread
            windows.iter().map(|window| self.read(window, &products, buffers).map_err(product_failed)).collect()
        };
        let scores = std::thread::scope(|scope| {
            let thread = scope.spawn(|| pool.install(&mut read_all));
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        self.lock().push(worker);
        scores
    }
}

impl Embeddings {
    /// The first state: word, place and type of every piece.
    fn fill(&self, window: &Window, state: &mut Vec<f32>) {
        let width = self.words.width();
        state.clear();
        for (place, (&id, &token_type)) in window.ids.iter().zip(&window.token_types).enumerate() {
            self.words.push_row(id.try_into().unwrap_or_default(), state);
            let others = row(&self.positions, place, width).iter().zip(row(&self.types, token_type.try_into().unwrap_or_default(), width));
            let word = state.get_mut(place * width..).unwrap_or_default();
            for (value, (position, kind)) in word.iter_mut().zip(others) {
                *value += position + kind;
            }
        }
        self.norm.apply(state);
    }
}

/// Takes the tensors `name.weight` (outputs by inputs) and `name.bias`.
fn linear(file: &WeightFile, name: &str, products: &Products) -> Result<Linear> {
    let bias = file.floats(&format!("{name}.bias"))?;
    let map = match file.table(&format!("{name}.weight"))? {
        Table::Int8 { codes, steps, width } => {
            let codes: Vec<i8> = codes.iter().map(|code| code.cast_signed()).collect();
            Linear::of_codes(&codes, width, steps, bias, products)
        }
        Table::Float { values, width } => Linear::of_floats(&values, width, bias, products),
    };
    map.ok_or_else(|| misfit(format!("the tensor {name}.bias does not fit its weights")))
}

/// Takes the tensors `name.weight` and `name.bias`.
fn norm(file: &WeightFile, name: &str) -> Result<Norm> {
    let (weight, bias) = (file.floats(&format!("{name}.weight"))?, file.floats(&format!("{name}.bias"))?);
    Norm::new(weight, bias).ok_or_else(|| misfit(format!("the tensors of {name} do not fit each other")))
}

fn attention(width: usize, heads: usize) -> Result<Attention> {
    Attention::new(width, heads).ok_or_else(|| misfit(format!("a width of {width} cannot be shared by {heads} attention heads")))
}

fn misfit(why: String) -> Error {
    Error::new(ErrorKind::Model(why))
}

fn product_failed(source: GemmError) -> Error {
    Error::new(ErrorKind::Model(format!("a matrix product failed: {source}"))).caused_by(source)
}

fn row(values: &[f32], at: usize, width: usize) -> &[f32] {
    values.get(at * width..(at + 1) * width).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests;
