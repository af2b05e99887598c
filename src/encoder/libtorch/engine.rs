//! sayso's own model on libtorch: the forward pass of `models/train/encoder.py`, in batches with padding.

use tch::{TchError, Tensor};

use super::batches::Batches;
use super::copies::Copies;
use super::device::{Place, said};
use super::failure::Failure;
use super::layers::{Activation, Form, Layers, Linear, Norm, Tensors, mask, tensor};
use super::shared::floats;
use crate::encoder::choice::LibtorchOptions;
use crate::encoder::embedded::{HeadWidths, Table, WeightFile};
use crate::encoder::engine::{Engine, RawScores};
use crate::encoder::window::Window;
use crate::{Error, ErrorKind, Result};

/// As in the trainer.
const EPSILON: f64 = 1e-12;

/// The model on one device.
pub(crate) struct LibtorchEngine {
    place: Place,
    description: String,
    form: Form,
    batches: Batches,
    widths: HeadWidths,
    heads_width: usize,
    copies: Copies<Network>,
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
        let form = Form { attention_heads, epsilon: EPSILON, activation: Activation::Gelu, scores_of_a_pair: 1, distances: None };
        let tensors = place.alone(|| tensors(file, place))?;
        let network = Network::new(&tensors, &form).map_err(|failure| failure.tell(|why| Error::new(ErrorKind::Model(why))))?;
        let heads_width = network.heads.outputs();
        if heads_width <= widths.tags + widths.links {
            return Err(Error::new(ErrorKind::Model("the model's heads are too narrow for its labels".to_owned())));
        }
        // The device that was found, and the batch that was asked for: which of two runs met a full memory is not part of what they say.
        let description = format!("libtorch, {}, {}, batches of {}", place.name(), options.precision.name(), options.batch);
        let (batches, copies) = (Batches::new(options.batch), Copies::new(tensors, network));
        Ok(Self { place, description, form, batches, widths, heads_width, copies })
    }

    fn read(&self, network: &Network, windows: &[&Window]) -> Result<Vec<RawScores>, Failure> {
        let longest = windows.iter().map(|window| window.ids.len()).max().unwrap_or_default();
        let width = self.heads_width;
        let values = floats(&network.scores(windows, longest, self.place).map_err(said)?, windows.len() * longest * width)?;
        let rows = values.chunks_exact(longest * width).zip(windows);
        Ok(rows.map(|(rows, window)| self.widths.split(rows.get(..window.ids.len() * width).unwrap_or_default(), width)).collect())
    }
}

impl Engine for LibtorchEngine {
    fn run(&self, windows: &[Window]) -> Result<Vec<RawScores>> {
        let run = |network: &Network| {
            let read = |batch: &[&Window]| self.read(network, batch);
            self.batches.run(windows, |window| window.ids.len(), read)
        };
        let lent = self.place.alone(|| self.copies.lend(|tensors| Network::new(tensors, &self.form), run));
        lent.map_err(|failure| failure.said_by("libtorch"))?
    }

    fn describe(&self) -> Option<String> {
        Some(self.description.clone())
    }

    fn windows_at_once(&self) -> usize {
        self.batches.size().max(16)
    }
}

struct Network {
    words: Tensor,
    positions: Tensor,
    types: Tensor,
    norm: Norm,
    layers: Layers,
    heads: Linear,
}

impl Network {
    fn new(tensors: &Tensors, form: &Form) -> Result<Self, Failure> {
        Ok(Self {
            words: tensor(tensors, "embeddings.words")?,
            positions: tensor(tensors, "embeddings.positions")?,
            types: tensor(tensors, "embeddings.types")?,
            norm: Norm::new(tensors, "embeddings.norm", form.epsilon)?,
            layers: Layers::new(tensors, form)?,
            heads: Linear::new(tensors, "heads")?,
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
        let lengths: Vec<usize> = windows.iter().map(|window| window.ids.len()).collect();
        let words = Tensor::f_embedding(&self.words, &ids, -1, false, false)?;
        let kinds = Tensor::f_embedding(&self.types, &types, -1, false, false)?;
        let places = self.positions.f_narrow(0, 0, shape[1])?;
        let state = self.norm.apply(&words.f_add(&kinds)?.f_add(&places)?)?;
        self.heads.apply(&self.layers.apply(state, mask(&lengths, longest, place)?.as_ref())?)
    }
}

/// The tensors of sayso's own file.
fn tensors(file: &WeightFile, place: Place) -> Result<Tensors> {
    let mut tensors = Tensors::new();
    let mut put = |name: String, values: &[f32], width: usize| -> Result<()> {
        let shape = [-1, i64::try_from(width).unwrap_or_default()];
        let tensor = Tensor::f_from_slice(values).and_then(|tensor| {
            let tensor = if width > 0 { tensor.f_view(shape)? } else { tensor };
            tensor.f_to_kind(place.kind)?.f_to_device(place.device)
        });
        tensors.insert(name, tensor.map_err(|error| said(error).said_by("libtorch"))?);
        Ok(())
    };
    let words = file.table("embeddings.words")?;
    put("embeddings.words".to_owned(), &values(&words), words.width())?;
    for rows in ["embeddings.positions", "embeddings.types"] {
        put(rows.to_owned(), &file.floats(rows)?, words.width())?;
    }
    let layers = (0..file.layers()).map(|at| format!("layers.{at}."));
    let matrices = layers.clone().flat_map(|layer| ["qkv", "out", "up", "down"].map(|part| format!("{layer}{part}")));
    for name in matrices.chain(["heads".to_owned()]) {
        let matrix = file.table(&format!("{name}.weight"))?;
        put(format!("{name}.weight"), &values(&matrix), matrix.width())?;
        put(format!("{name}.bias"), &file.floats(&format!("{name}.bias"))?, 0)?;
    }
    let norms = layers.flat_map(|layer| ["attention_norm", "norm"].map(|part| format!("{layer}{part}")));
    for name in norms.chain(["embeddings.norm".to_owned()]) {
        for part in ["weight", "bias"].map(|part| format!("{name}.{part}")) {
            put(part.clone(), &file.floats(&part)?, 0)?;
        }
    }
    Ok(tensors)
}

fn values(table: &Table) -> Vec<f32> {
    let mut values = Vec::with_capacity(table.rows() * table.width());
    (0..table.rows()).for_each(|row| table.push_row(row, &mut values));
    values
}
