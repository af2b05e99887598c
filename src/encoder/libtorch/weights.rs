//! The tensors of a model folder, under whichever of their usual names they have, checked against the configuration.

use std::collections::HashMap;

use tch::{Kind, Tensor};

use super::device::said;
use super::failure::Failure;
use super::layers::{Linear, Norm, Tensors};

/// The tensors of a folder.
pub(super) struct Weights {
    tensors: HashMap<String, Tensor>,
    /// What names begin with in a model with a head, and may lack in one without.
    prefix: &'static str,
}

impl Weights {
    pub(super) fn new(tensors: HashMap<String, Tensor>, prefix: &'static str) -> Self {
        Self { tensors, prefix }
    }

    /// The tensor of that name: with the family's prefix or without, with PyTorch's names of a norm's parts or the older ones.
    pub(super) fn get(&self, name: &str) -> Option<&Tensor> {
        // rust-bert's DistilBERT adds its prefix to the one it is given.
        let bare = name.trim_start_matches(self.prefix);
        let prefixed = format!("{}{bare}", self.prefix);
        let old = |name: &str| name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
        let candidates = [name.to_owned(), old(name), prefixed.clone(), old(&prefixed), bare.to_owned(), old(bare)];
        candidates.iter().find_map(|candidate| self.tensors.get(candidate))
    }

    /// The tensor of that name, which must be there and of that shape, as 32-bit floats.
    pub(super) fn take(&self, name: &str, shape: &[i64]) -> Result<Tensor, Failure> {
        let tensor = self.get(name).ok_or_else(|| format!("its weights have no tensor {name}"))?;
        if tensor.size() != shape {
            return Err(format!("its tensor {name} has the shape {:?}, its config.json wants {shape:?}", tensor.size()).into());
        }
        tensor.f_to_kind(Kind::Float).map_err(said)
    }

    /// A matrix of the shape (outputs, inputs) with its bias.
    pub(super) fn linear(&self, name: &str, shape: [i64; 2]) -> Result<Linear, Failure> {
        let [outputs, _] = shape;
        Ok(Linear { bias: Some(self.take(&format!("{name}.bias"), &[outputs])?), ..self.matrix(name, shape)? })
    }

    /// A matrix of the shape (outputs, inputs) to which nothing is added.
    pub(super) fn matrix(&self, name: &str, shape: [i64; 2]) -> Result<Linear, Failure> {
        Ok(Linear { weight: self.take(&format!("{name}.weight"), &shape)?, bias: None })
    }

    /// A norm over `width` numbers.
    pub(super) fn norm(&self, name: &str, width: i64, epsilon: f64) -> Result<Norm, Failure> {
        let part = |part: &str| self.take(&format!("{name}.{part}"), &[width]);
        Ok(Norm { weight: part("weight")?, bias: part("bias")?, epsilon })
    }
}

/// Puts a matrix with its bias among `tensors`.
pub(super) fn put_linear(linear: Linear, name: &str, tensors: &mut Tensors) {
    tensors.extend(linear.bias.map(|bias| (format!("{name}.bias"), bias)));
    tensors.insert(format!("{name}.weight"), linear.weight);
}

/// Puts a norm among `tensors`.
pub(super) fn put_norm(norm: Norm, name: &str, tensors: &mut Tensors) {
    tensors.extend([(format!("{name}.weight"), norm.weight), (format!("{name}.bias"), norm.bias)]);
}
