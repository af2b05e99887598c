//! Layers of BERT's kind, written out with tensors: attention over all pieces, and a norm after every sum.
//!
//! For sayso's own model, whose attention is narrower than its state, and for the families that rust-bert computes otherwise than PyTorch.

use std::collections::BTreeMap;

use tch::{TchError, Tensor};

use super::deberta::Distances;
use super::device::{Place, said};
use super::failure::Failure;

/// A network's numbers by name. Matrices are (outputs, inputs).
pub(super) type Tensors = BTreeMap<String, Tensor>;

/// What the numbers alone do not say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Form {
    pub(super) attention_heads: usize,
    /// What a norm adds to the variance.
    pub(super) epsilon: f64,
    pub(super) activation: Activation,
    /// How many scores are summed up for a pair of pieces: of their contents, and of content and position where distances count.
    pub(super) scores_of_a_pair: u32,
    pub(super) distances: Option<Distances>,
}

/// The curve between the two matrices of a feed-forward layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Activation {
    Gelu,
    GeluTanh,
    Relu,
    Silu,
}

/// One layer after another.
pub(super) struct Layers {
    layers: Vec<Layer>,
    distances: Option<Distances>,
}

struct Layer {
    attention_heads: i64,
    scores_of_a_pair: u32,
    query_key_value: Linear,
    /// What a distance is as a key and as a query, of shape (heads, width of a head, distances).
    position_keys: Option<Tensor>,
    position_queries: Option<Tensor>,
    out: Linear,
    attention_norm: Norm,
    up: Linear,
    activation: Activation,
    down: Linear,
    norm: Norm,
}

/// A matrix, and what is added to its products.
pub(super) struct Linear {
    pub(super) weight: Tensor,
    pub(super) bias: Option<Tensor>,
}

/// A norm over the last dimension.
pub(super) struct Norm {
    pub(super) weight: Tensor,
    pub(super) bias: Tensor,
    pub(super) epsilon: f64,
}

/// Which positions of the tables belong to each pair of pieces.
struct Pairs {
    /// Of shape (pieces that ask, pieces that answer).
    rows: Tensor,
    /// The part of the tables that rows count in.
    first: i64,
    count: i64,
}

impl Layers {
    /// Takes the tensors `layers.0.qkv.weight` and so on, as many layers as there are.
    pub(super) fn new(tensors: &Tensors, form: &Form) -> Result<Self, Failure> {
        let count = (0..tensors.len()).take_while(|at| tensors.contains_key(&format!("layers.{at}.qkv.weight"))).count();
        let layers = (0..count).map(|at| Layer::new(tensors, &format!("layers.{at}"), form));
        Ok(Self { layers: layers.collect::<Result<_, _>>()?, distances: form.distances })
    }

    /// The last layer's state from the first's input, both of shape (sequences, pieces, width); what `mask` adds to scores hides padding.
    pub(super) fn apply(&self, mut state: Tensor, mask: Option<&Tensor>) -> Result<Tensor, TchError> {
        let pieces = state.size().get(1).copied().unwrap_or_default();
        let pairs = self.distances.map(|distances| Pairs::new(distances, pieces, state.device())).transpose()?;
        for layer in &self.layers {
            state = layer.apply(&state, mask, pairs.as_ref())?;
        }
        Ok(state)
    }
}

impl Layer {
    fn new(tensors: &Tensors, at: &str, form: &Form) -> Result<Self, Failure> {
        let linear = |part: &str| Linear::new(tensors, &format!("{at}.{part}"));
        let norm = |part: &str| Norm::new(tensors, &format!("{at}.{part}"), form.epsilon);
        let query_key_value = linear("qkv")?;
        let inner = query_key_value.outputs() / 3;
        if form.attention_heads == 0 || !inner.is_multiple_of(form.attention_heads) {
            return Err(format!("a width of {inner} cannot be shared by {} attention heads", form.attention_heads).into());
        }
        Ok(Self {
            attention_heads: i64::try_from(form.attention_heads).unwrap_or(1),
            scores_of_a_pair: form.scores_of_a_pair,
            query_key_value,
            position_keys: tensor(tensors, &format!("{at}.position_keys")).ok(),
            position_queries: tensor(tensors, &format!("{at}.position_queries")).ok(),
            out: linear("out")?,
            attention_norm: norm("attention_norm")?,
            up: linear("up")?,
            activation: form.activation,
            down: linear("down")?,
            norm: norm("norm")?,
        })
    }

    fn apply(&self, state: &Tensor, mask: Option<&Tensor>, pairs: Option<&Pairs>) -> Result<Tensor, TchError> {
        let mixed = self.out.apply(&self.mix(state, mask, pairs)?)?;
        let state = self.attention_norm.apply(&state.f_add(&mixed)?)?;
        let wide = self.activation.apply(&self.up.apply(&state)?)?;
        self.norm.apply(&state.f_add(&self.down.apply(&wide)?)?)
    }

    /// Attention, spelled out: on processors faster than the fused operator.
    fn mix(&self, state: &Tensor, mask: Option<&Tensor>, pairs: Option<&Pairs>) -> Result<Tensor, TchError> {
        let projected = self.query_key_value.apply(state)?;
        let &[sequences, pieces, width] = projected.size().as_slice() else {
            return Err(TchError::Shape("a state of three dimensions was expected".to_owned()));
        };
        let head_width = width / 3 / self.attention_heads;
        let parts = projected.f_view([sequences, pieces, 3, self.attention_heads, head_width])?.f_permute([2, 0, 3, 1, 4])?;
        let part = |at: i64| parts.f_select(0, at);
        let (queries, keys) = (part(0)?.f_mul_scalar(scale(head_width, self.scores_of_a_pair))?, part(1)?);
        let mut scores = queries.f_matmul(&keys.f_transpose(-1, -2)?)?;
        if let Some(pairs) = pairs {
            if let Some(table) = &self.position_keys {
                scores = scores.f_add_(&pairs.scores(&queries, table, &pairs.rows)?)?;
            }
            if let Some(table) = &self.position_queries {
                let answers = pairs.scores(&keys, table, &pairs.rows.f_transpose(0, 1)?)?;
                scores = scores.f_add_(&answers.f_transpose(-1, -2)?)?;
            }
        }
        if let Some(mask) = mask {
            scores = scores.f_add_(mask)?;
        }
        let mixed = scores.f_softmax(-1, None)?.f_matmul(&part(2)?)?;
        mixed.f_transpose(1, 2)?.f_reshape([sequences, pieces, width / 3])
    }
}

/// What scores are multiplied by so that their spread does not grow with the width of a head.
pub(super) fn scale(head_width: i64, scores_of_a_pair: u32) -> f64 {
    1.0 / (f64::from(u32::try_from(head_width).unwrap_or(1)) * f64::from(scores_of_a_pair)).sqrt()
}

impl Pairs {
    fn new(distances: Distances, pieces: i64, device: tch::Device) -> Result<Self, TchError> {
        let reach = distances.reach(pieces);
        let rows = (0..pieces).flat_map(|asks| (0..pieces).map(move |answers| distances.row(asks - answers, reach)));
        let rows = Tensor::f_from_slice(&rows.collect::<Vec<_>>())?.f_view([pieces, pieces])?.f_to_device(device)?;
        Ok(Self { rows, first: distances.span - reach, count: 2 * reach })
    }

    /// The score of each piece in `of` (sequences, heads, pieces, width) with the distance to each other piece.
    fn scores(&self, of: &Tensor, table: &Tensor, rows: &Tensor) -> Result<Tensor, TchError> {
        let all = of.f_matmul(&table.f_narrow(-1, self.first, self.count)?)?;
        let mut shape = all.size();
        if let (Some(last), Some(&pieces)) = (shape.last_mut(), rows.size().last()) {
            *last = pieces;
        }
        all.f_gather(-1, &rows.f_expand(shape, false)?, false)
    }
}

impl Activation {
    /// By its name in `config.json`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "gelu" => Self::Gelu,
            "gelu_new" | "gelu_pytorch_tanh" | "gelu_fast" => Self::GeluTanh,
            "relu" => Self::Relu,
            "silu" | "swish" => Self::Silu,
            _ => return None,
        })
    }

    fn apply(self, input: &Tensor) -> Result<Tensor, TchError> {
        match self {
            Self::Gelu => input.f_gelu("none"),
            Self::GeluTanh => input.f_gelu("tanh"),
            Self::Relu => input.f_relu(),
            Self::Silu => input.f_silu(),
        }
    }
}

impl Linear {
    /// The matrix `name.weight`, with `name.bias` where there is one.
    pub(super) fn new(tensors: &Tensors, name: &str) -> Result<Self, Failure> {
        let weight = tensor(tensors, &format!("{name}.weight"))?;
        let bias = tensor(tensors, &format!("{name}.bias")).ok();
        if bias.as_ref().is_some_and(|bias| bias.size().first() != weight.size().first()) {
            return Err(format!("the tensor {name}.bias does not fit its weights").into());
        }
        Ok(Self { weight, bias })
    }

    /// One matrix for the outputs of three, if each can be had.
    pub(super) fn beside(parts: [Result<Self, Failure>; 3]) -> Result<Self, Failure> {
        let parts = parts.into_iter().collect::<Result<Vec<Self>, Failure>>()?;
        let weights: Vec<&Tensor> = parts.iter().map(|part| &part.weight).collect();
        let biases: Option<Vec<&Tensor>> = parts.iter().map(|part| part.bias.as_ref()).collect();
        let bias = biases.map(|biases| Tensor::f_cat(&biases, 0)).transpose().map_err(said)?;
        Ok(Self { weight: Tensor::f_cat(&weights, 0).map_err(said)?, bias })
    }

    /// Its outputs.
    pub(super) fn outputs(&self) -> usize {
        self.weight.size().first().and_then(|&size| usize::try_from(size).ok()).unwrap_or_default()
    }

    pub(super) fn apply(&self, input: &Tensor) -> Result<Tensor, TchError> {
        input.f_linear(&self.weight, self.bias.as_ref())
    }
}

impl Norm {
    /// The norm of `name.weight` and `name.bias`.
    pub(super) fn new(tensors: &Tensors, name: &str, epsilon: f64) -> Result<Self, Failure> {
        let part = |part: &str| tensor(tensors, &format!("{name}.{part}"));
        Ok(Self { weight: part("weight")?, bias: part("bias")?, epsilon })
    }

    pub(super) fn apply(&self, input: &Tensor) -> Result<Tensor, TchError> {
        input.f_layer_norm(self.weight.size(), Some(&self.weight), Some(&self.bias), self.epsilon, true)
    }
}

/// The tensor of that name, on the same numbers.
pub(super) fn tensor(tensors: &Tensors, name: &str) -> Result<Tensor, Failure> {
    tensors.get(name).map(Tensor::shallow_clone).ok_or_else(|| format!("its weights have no tensor {name}").into())
}

/// What is added to attention scores so that padding counts for nothing; none where nothing is padded.
pub(super) fn mask(lengths: &[usize], longest: usize, place: Place) -> Result<Option<Tensor>, TchError> {
    if lengths.iter().all(|&length| length == longest) {
        return Ok(None);
    }
    let row = |&length: &usize| (0..longest).map(move |at| if at < length { 0.0 } else { f32::NEG_INFINITY });
    let rows: Vec<f32> = lengths.iter().flat_map(row).collect();
    let mask = Tensor::f_from_slice(&rows)?.f_view([-1, 1, 1, i64::try_from(longest).unwrap_or_default()])?;
    mask.f_to_kind(place.kind)?.f_to_device(place.device).map(Some)
}
