//! sayso's own model on libtorch: the forward pass of `models/train/encoder.py`, in batches with padding.
//!
//! Written out with tensors, since the model's attention is narrower than its state and rust-bert's BERT has no room for that.

use std::sync::{Mutex, PoisonError};

use tch::{Kind, TchError, Tensor};

use super::batches::Batches;
use super::device::{Place, failed, first_line};
use crate::encoder::choice::LibtorchOptions;
use crate::encoder::engine::{Engine, RawScores};
use crate::encoder::transformer::{HeadWidths, Table, WeightFile};
use crate::encoder::window::Window;
use crate::{Error, ErrorKind, Result};

/// As in the trainer.
const EPSILON: f64 = 1e-12;

/// The model on one device.
pub(crate) struct LibtorchEngine {
    place: Place,
    batches: Batches,
    widths: HeadWidths,
    heads_width: usize,
    /// A tensor is used by one thread at a time; copies share their numbers.
    first: Mutex<Network>,
    /// Copies that no caller uses now.
    idle: Mutex<Vec<Network>>,
}

impl std::fmt::Debug for LibtorchEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LibtorchEngine").field("place", &self.place).field("batches", &self.batches).finish_non_exhaustive()
    }
}

impl LibtorchEngine {
    /// Takes the tensors of `file`, with `attention_heads` heads in every layer; codes of 8 bits become floats.
    pub(crate) fn new(file: &WeightFile, attention_heads: usize, widths: HeadWidths, options: &LibtorchOptions) -> Result<Self> {
        let place = Place::new(options)?;
        let network = place.alone(|| Network::new(file, attention_heads, place))?;
        let heads_width = network.heads.outputs();
        if heads_width <= widths.tags + widths.links {
            return Err(Error::new(ErrorKind::Model("the model's heads are too narrow for its labels".to_owned())));
        }
        Ok(Self { place, batches: Batches::new(options.batch), widths, heads_width, first: Mutex::new(network), idle: Mutex::default() })
    }

    fn read(&self, network: &Network, windows: &[&Window]) -> Result<Vec<RawScores>, TchError> {
        let longest = windows.iter().map(|window| window.ids.len()).max().unwrap_or_default();
        let scores = network.scores(windows, longest, self.place)?;
        let width = self.heads_width;
        let mut values = vec![0.0_f32; windows.len() * longest * width];
        let count = values.len();
        scores.f_to_kind(Kind::Float)?.f_to_device(tch::Device::Cpu)?.f_contiguous()?.f_copy_data(&mut values, count)?;
        let rows = values.chunks_exact(longest * width).zip(windows);
        Ok(rows.map(|(rows, window)| self.widths.split(rows.get(..window.ids.len() * width).unwrap_or_default(), width)).collect())
    }
}

impl Engine for LibtorchEngine {
    fn run(&self, windows: &[Window]) -> Result<Vec<RawScores>> {
        let idle = lock(&self.idle).pop();
        let network = idle.unwrap_or_else(|| lock(&self.first).share());
        let read = |batch: &[&Window]| self.read(&network, batch).map_err(|error| first_line(&error.to_string()));
        let scores = self.place.alone(|| self.batches.run(windows, |window| window.ids.len(), read));
        lock(&self.idle).push(network);
        scores
    }

    fn windows_at_once(&self) -> usize {
        self.batches.size().max(16)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Network {
    words: Tensor,
    positions: Tensor,
    types: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
    heads: Linear,
}

struct Layer {
    attention_heads: i64,
    query_key_value: Linear,
    out: Linear,
    attention_norm: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

struct Linear {
    weight: Tensor,
    bias: Tensor,
}

struct Norm {
    weight: Tensor,
    bias: Tensor,
}

impl Network {
    fn new(file: &WeightFile, attention_heads: usize, place: Place) -> Result<Self> {
        let words = matrix(&file.table("embeddings.words")?, place)?;
        let width = words.size().last().copied().unwrap_or_default();
        let rows = |name: &str| vector(&file.floats(name)?, place)?.f_view([-1, width]).map_err(failed);
        let layers = (0..file.layers()).map(|at| {
            let linear = |part: &str| Linear::new(file, &format!("layers.{at}.{part}"), place);
            let norm = |part: &str| Norm::new(file, &format!("layers.{at}.{part}"), place);
            let query_key_value = linear("qkv")?;
            let inner = query_key_value.outputs() / 3;
            if attention_heads == 0 || !inner.is_multiple_of(attention_heads) {
                let why = format!("a width of {inner} cannot be shared by {attention_heads} attention heads");
                return Err(Error::new(ErrorKind::Model(why)));
            }
            Ok(Layer {
                attention_heads: i64::try_from(attention_heads).unwrap_or(1),
                query_key_value,
                out: linear("out")?,
                attention_norm: norm("attention_norm")?,
                up: linear("up")?,
                down: linear("down")?,
                norm: norm("norm")?,
            })
        });
        Ok(Self {
            positions: rows("embeddings.positions")?,
            types: rows("embeddings.types")?,
            norm: Norm::new(file, "embeddings.norm", place)?,
            layers: layers.collect::<Result<_>>()?,
            heads: Linear::new(file, "heads", place)?,
            words,
        })
    }

    /// The heads' scores, of shape (windows, longest, width of the heads).
    fn scores(&self, windows: &[&Window], longest: usize, place: Place) -> Result<Tensor, TchError> {
        let shape = [i64::try_from(windows.len()).unwrap_or_default(), i64::try_from(longest).unwrap_or_default()];
        let padded = |of: fn(&Window) -> &[i32]| {
            let rows = windows.iter().flat_map(|window| of(window).iter().copied().chain(std::iter::repeat(0)).take(longest));
            Tensor::f_from_slice(&rows.map(i64::from).collect::<Vec<_>>())?.f_view(shape)?.f_to_device(place.device)
        };
        let (ids, types) = (padded(|window| &window.ids)?, padded(|window| &window.token_types)?);
        let mask = mask(windows.iter().map(|window| window.ids.len()), longest, place)?;
        let words = Tensor::f_embedding(&self.words, &ids, -1, false, false)?;
        let kinds = Tensor::f_embedding(&self.types, &types, -1, false, false)?;
        let places = self.positions.f_narrow(0, 0, shape[1])?;
        let mut state = self.norm.apply(&words.f_add(&kinds)?.f_add(&places)?)?;
        for layer in &self.layers {
            state = layer.apply(&state, mask.as_ref())?;
        }
        self.heads.apply(&state)
    }

    /// A network on the same numbers.
    fn share(&self) -> Self {
        Self {
            words: self.words.shallow_clone(),
            positions: self.positions.shallow_clone(),
            types: self.types.shallow_clone(),
            norm: self.norm.share(),
            layers: self.layers.iter().map(Layer::share).collect(),
            heads: self.heads.share(),
        }
    }
}

/// What is added to attention scores so that padding counts for nothing; none where nothing is padded.
fn mask(lengths: impl Iterator<Item = usize> + Clone, longest: usize, place: Place) -> Result<Option<Tensor>, TchError> {
    if lengths.clone().all(|length| length == longest) {
        return Ok(None);
    }
    let rows: Vec<f32> = lengths.flat_map(|length| (0..longest).map(move |at| if at < length { 0.0 } else { f32::NEG_INFINITY })).collect();
    let mask = Tensor::f_from_slice(&rows)?.f_view([-1, 1, 1, i64::try_from(longest).unwrap_or_default()])?;
    mask.f_to_kind(place.kind)?.f_to_device(place.device).map(Some)
}

impl Layer {
    fn apply(&self, state: &Tensor, mask: Option<&Tensor>) -> Result<Tensor, TchError> {
        let mixed = self.out.apply(&self.mix(state, mask)?)?;
        let state = self.attention_norm.apply(&state.f_add(&mixed)?)?;
        let wide = self.up.apply(&state)?.f_gelu("none")?;
        self.norm.apply(&state.f_add(&self.down.apply(&wide)?)?)
    }

    /// Attention, spelled out: on processors faster than the fused operator.
    fn mix(&self, state: &Tensor, mask: Option<&Tensor>) -> Result<Tensor, TchError> {
        let projected = self.query_key_value.apply(state)?;
        let &[windows, pieces, width] = projected.size().as_slice() else {
            return Err(TchError::Shape("a state of three dimensions was expected".to_owned()));
        };
        let head_width = width / 3 / self.attention_heads;
        let parts = projected.f_view([windows, pieces, 3, self.attention_heads, head_width])?.f_permute([2, 0, 3, 1, 4])?;
        let part = |at: i64| parts.f_select(0, at);
        let queries = part(0)?.f_mul_scalar(1.0 / f64::from(u32::try_from(head_width).unwrap_or(1)).sqrt())?;
        let mut scores = queries.f_matmul(&part(1)?.f_transpose(-1, -2)?)?;
        if let Some(mask) = mask {
            scores = scores.f_add_(mask)?;
        }
        let mixed = scores.f_softmax(-1, None)?.f_matmul(&part(2)?)?;
        mixed.f_transpose(1, 2)?.f_reshape([windows, pieces, width / 3])
    }

    fn share(&self) -> Self {
        Self {
            attention_heads: self.attention_heads,
            query_key_value: self.query_key_value.share(),
            out: self.out.share(),
            attention_norm: self.attention_norm.share(),
            up: self.up.share(),
            down: self.down.share(),
            norm: self.norm.share(),
        }
    }
}

impl Linear {
    fn new(file: &WeightFile, name: &str, place: Place) -> Result<Self> {
        let weight = matrix(&file.table(&format!("{name}.weight"))?, place)?;
        let bias = vector(&file.floats(&format!("{name}.bias"))?, place)?;
        if bias.size().first() != weight.size().first() {
            return Err(Error::new(ErrorKind::Model(format!("the tensor {name}.bias does not fit its weights"))));
        }
        Ok(Self { weight, bias })
    }

    fn outputs(&self) -> usize {
        self.bias.size().first().and_then(|&size| usize::try_from(size).ok()).unwrap_or_default()
    }

    fn apply(&self, input: &Tensor) -> Result<Tensor, TchError> {
        input.f_linear(&self.weight, Some(&self.bias))
    }

    fn share(&self) -> Self {
        Self { weight: self.weight.shallow_clone(), bias: self.bias.shallow_clone() }
    }
}

impl Norm {
    fn new(file: &WeightFile, name: &str, place: Place) -> Result<Self> {
        let part = |part: &str| vector(&file.floats(&format!("{name}.{part}"))?, place);
        Ok(Self { weight: part("weight")?, bias: part("bias")? })
    }

    fn apply(&self, input: &Tensor) -> Result<Tensor, TchError> {
        input.f_layer_norm(self.weight.size(), Some(&self.weight), Some(&self.bias), EPSILON, true)
    }

    fn share(&self) -> Self {
        Self { weight: self.weight.shallow_clone(), bias: self.bias.shallow_clone() }
    }
}

fn matrix(table: &Table, place: Place) -> Result<Tensor> {
    let mut values = Vec::with_capacity(table.rows() * table.width());
    (0..table.rows()).for_each(|row| table.push_row(row, &mut values));
    vector(&values, place)?.f_view([-1, i64::try_from(table.width()).unwrap_or_default()]).map_err(failed)
}

fn vector(values: &[f32], place: Place) -> Result<Tensor> {
    let moved = Tensor::f_from_slice(values).and_then(|tensor| tensor.f_to_kind(place.kind)?.f_to_device(place.device));
    moved.map_err(failed)
}
