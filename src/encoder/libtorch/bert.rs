//! BERT and the families that differ from it in their embeddings, or as DeBERTa in what attention counts.
//!
//! Written out on [`Layers`]: rust-bert's RoBERTa takes another epsilon than its configurations say, its ELECTRA does not keep padding
//! apart, its second DeBERTa scales and shifts distances otherwise than PyTorch.

use serde::Deserialize;
use serde_json::Value;
use tch::{TchError, Tensor};

use super::deberta;
use super::device::{Place, said};
use super::failure::Failure;
use super::family::{Family, Task};
use super::layers::{Activation, Form, Layers, Linear, Norm, Tensors, mask, tensor};
use super::weights::{Weights, put_linear, put_norm};

/// The part of `config.json` that the numbers depend on.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Config {
    vocab_size: i64,
    pub(super) hidden_size: i64,
    pub(super) num_hidden_layers: i64,
    pub(super) num_attention_heads: i64,
    intermediate_size: i64,
    #[serde(default = "usual_positions")]
    pub(super) max_position_embeddings: i64,
    type_vocab_size: Option<i64>,
    embedding_size: Option<i64>,
    #[serde(default = "usual_activation")]
    hidden_act: String,
    layer_norm_eps: Option<f64>,
    pad_token_id: Option<i64>,
    #[serde(default)]
    position_embedding_type: Option<String>,
    #[serde(default)]
    id2label: serde_json::Map<String, Value>,
    // DeBERTa's own.
    #[serde(default)]
    pub(super) relative_attention: bool,
    pub(super) max_relative_positions: Option<i64>,
    pub(super) position_buckets: Option<i64>,
    #[serde(default)]
    pub(super) pos_att_type: Value,
    #[serde(default)]
    pub(super) share_att_key: bool,
    #[serde(default)]
    pub(super) norm_rel_ebd: String,
    pub(super) conv_kernel_size: Option<i64>,
    position_biased_input: Option<bool>,
}

fn usual_positions() -> i64 {
    512
}

fn usual_activation() -> String {
    "gelu".to_owned()
}

impl Config {
    /// Reads what the folder says.
    pub(super) fn read(config: &Value) -> Result<Self, Failure> {
        let config: Self =
            serde_json::from_value(config.clone()).map_err(|error| Failure::while_doing("cannot use its config.json", error))?;
        if config.num_attention_heads < 1 || config.hidden_size % config.num_attention_heads != 0 {
            let (width, heads) = (config.hidden_size, config.num_attention_heads);
            return Err(format!("cannot use its config.json: a width of {width} cannot be shared by {heads} attention heads").into());
        }
        match config.position_embedding_type.as_deref() {
            None | Some("absolute") => Ok(config),
            Some(other) => Err(format!("its config.json has positions of the type {other}, which cannot be computed").into()),
        }
    }

    /// What a norm adds to the variance.
    pub(super) fn epsilon(&self, family: Family) -> f64 {
        self.layer_norm_eps.unwrap_or(if family.has_distances() { 1e-7 } else { 1e-12 })
    }

    fn embedding_width(&self, family: Family) -> i64 {
        let usual = if family == Family::Electra { 128 } else { self.hidden_size };
        self.embedding_size.unwrap_or(usual)
    }

    /// What the numbers of `tensors` are for.
    fn form(&self, family: Family) -> Result<Form, Failure> {
        let name = &self.hidden_act;
        let activation = Activation::named(name).ok_or_else(|| format!("cannot use its config.json: there is no hidden_act {name}"))?;
        let (scores_of_a_pair, distances) = if family.has_distances() { deberta::distances(family, self)? } else { (1, None) };
        let attention_heads = usize::try_from(self.num_attention_heads).unwrap_or_default();
        Ok(Form { attention_heads, epsilon: self.epsilon(family), activation, scores_of_a_pair, distances })
    }
}

/// The tensors of a folder by the names that [`Bert`] knows, on `place`.
pub(super) fn tensors(family: Family, config: &Config, task: Task, weights: &Weights, place: Place) -> Result<Tensors, Failure> {
    let (width, inner, epsilon) = (config.hidden_size, config.intermediate_size, config.epsilon(family));
    let mut tensors = take_embeddings(family, config, weights)?;
    for at in 0..config.num_hidden_layers {
        let (from, to) = (format!("encoder.layer.{at}"), format!("layers.{at}"));
        let linear = |part: &str, shape| weights.linear(&format!("{from}.{part}"), shape);
        let norm = |part: &str| weights.norm(&format!("{from}.{part}.LayerNorm"), width, epsilon);
        if !family.has_distances() {
            let parts = ["query", "key", "value"].map(|part| linear(&format!("attention.self.{part}"), [width, width]));
            put_linear(Linear::beside(parts)?, &format!("{to}.qkv"), &mut tensors);
        }
        put_linear(linear("attention.output.dense", [width, width])?, &format!("{to}.out"), &mut tensors);
        put_norm(norm("attention.output")?, &format!("{to}.attention_norm"), &mut tensors);
        put_linear(linear("intermediate.dense", [inner, width])?, &format!("{to}.up"), &mut tensors);
        put_linear(linear("output.dense", [width, inner])?, &format!("{to}.down"), &mut tensors);
        put_norm(norm("output")?, &format!("{to}.norm"), &mut tensors);
    }
    if family.has_distances() {
        deberta::take_attention(family, config, weights, &mut tensors)?;
    }
    if task == Task::Labels {
        let labels = i64::try_from(config.id2label.len()).unwrap_or_default();
        put_linear(weights.linear("classifier", [labels, width])?, "heads", &mut tensors);
    }
    for tensor in tensors.values_mut() {
        *tensor = tensor.f_to_kind(place.kind).and_then(|tensor| tensor.f_to_device(place.device)).map_err(said)?;
    }
    Ok(tensors)
}

fn take_embeddings(family: Family, config: &Config, weights: &Weights) -> Result<Tensors, Failure> {
    let (width, narrow) = (config.hidden_size, config.embedding_width(family));
    let mut tensors = Tensors::new();
    let embeddings = |part: &str, rows| weights.take(&format!("embeddings.{part}_embeddings.weight"), &[rows, narrow]);
    tensors.insert("embeddings.words".to_owned(), embeddings("word", config.vocab_size)?);
    let positions = config.max_position_embeddings;
    let mut places = None;
    if !family.has_distances() || config.position_biased_input.unwrap_or(true) {
        places = Some(embeddings("position", positions)?);
    }
    // Every piece is of the first type.
    let types = config.type_vocab_size.unwrap_or(if family.has_distances() { 0 } else { 2 });
    if types > 0 {
        let first = embeddings("token_type", types)?.f_narrow(0, 0, 1).map_err(said)?;
        let sum = places.map_or_else(|| first.f_expand([positions, narrow], false), |places| places.f_add(&first));
        places = Some(sum.map_err(said)?);
    }
    tensors.extend(places.map(|places| ("embeddings.positions".to_owned(), places)));
    let norm_width = if family.has_distances() { width } else { narrow };
    put_norm(weights.norm("embeddings.LayerNorm", norm_width, config.epsilon(family))?, "embeddings.norm", &mut tensors);
    if narrow != width {
        let shape = [width, narrow];
        let project = if family.has_distances() {
            weights.matrix("embeddings.embed_proj", shape)?
        } else {
            weights.linear("embeddings_project", shape)?
        };
        put_linear(project, "embeddings.project", &mut tensors);
    }
    Ok(tensors)
}

/// A network of these families.
pub(super) struct Bert {
    place: Place,
    words: Tensor,
    positions: Option<Tensor>,
    first_position: i64,
    norm: Norm,
    project: Option<Linear>,
    projects_first: bool,
    layers: Layers,
    heads: Option<Linear>,
}

impl Bert {
    /// Builds it on numbers that others may use as well.
    pub(super) fn new(family: Family, config: &Config, tensors: &Tensors, place: Place) -> Result<Self, Failure> {
        let form = config.form(family)?;
        Ok(Self {
            place,
            words: tensor(tensors, "embeddings.words")?,
            positions: tensor(tensors, "embeddings.positions").ok(),
            first_position: family.first_position(config.pad_token_id.unwrap_or(family.usual_padding())),
            norm: Norm::new(tensors, "embeddings.norm", form.epsilon)?,
            project: Linear::new(tensors, "embeddings.project").ok(),
            projects_first: family.has_distances(),
            layers: Layers::new(tensors, &form)?,
            heads: Linear::new(tensors, "heads").ok(),
        })
    }

    /// The labels' scores of each piece, or the pieces' vectors without a head: of shape (sequences, pieces, numbers).
    pub(super) fn read(&self, ids: &Tensor, lengths: &[usize]) -> Result<Tensor, TchError> {
        let longest = ids.size().last().copied().unwrap_or_default();
        let mut state = Tensor::f_embedding(&self.words, ids, -1, false, false)?;
        if let Some(positions) = &self.positions {
            state = state.f_add(&positions.f_narrow(0, self.first_position, longest)?)?;
        }
        match &self.project {
            Some(project) if self.projects_first => state = self.norm.apply(&project.apply(&state)?)?,
            Some(project) => state = project.apply(&self.norm.apply(&state)?)?,
            None => state = self.norm.apply(&state)?,
        }
        let mask = mask(lengths, usize::try_from(longest).unwrap_or_default(), self.place)?;
        let state = self.layers.apply(state, mask.as_ref())?;
        self.heads.as_ref().map_or(Ok(state.shallow_clone()), |heads| heads.apply(&state))
    }
}
