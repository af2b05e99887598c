//! The families that rust-bert computes as PyTorch does.

use std::collections::BTreeMap;

use rust_bert::RustBertError;
use rust_bert::albert::{AlbertConfig, AlbertForSentenceEmbeddings, AlbertForTokenClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertForSentenceEmbeddings, DistilBertForTokenClassification};
use rust_bert::mobilebert::{MobileBertConfig, MobileBertForTokenClassification};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tch::Tensor;
use tch::nn::{Path, VarStore};

use super::device::{Place, caught, caught_quietly, said};
use super::failure::Failure;
use super::family::{Family, Task};
use super::layers::Tensors;
use super::weights::Weights;

/// A network of rust-bert's: ids of shape (sequences, pieces) in, numbers of each piece out. Its sequences must be equally long, since
/// not every network of rust-bert's leaves padding out of account.
pub(super) type Network = Box<dyn Fn(&Tensor) -> Result<Tensor, RustBertError> + Send>;

/// The tensors for the network's variables, by their names, on `place`.
pub(super) fn tensors(family: Family, config: &Value, task: Task, weights: &Weights, place: Place) -> Result<Tensors, Failure> {
    let shapes = caught_quietly(|| {
        let store = VarStore::new(tch::Device::Cpu);
        drop(network(family, task, &store.root(), config)?);
        Ok::<_, Failure>(store.variables().into_iter().map(|(name, variable)| (name, variable.size())).collect::<BTreeMap<_, _>>())
    })??;
    let mut tensors = Tensors::new();
    for (name, shape) in shapes {
        if name.contains("pooler.") && weights.get(&name).is_none() {
            continue; // rust-bert's ALBERT has one that no piece's numbers come from
        }
        let moved = weights.take(&name, &shape)?.f_to_kind(place.kind).and_then(|tensor| tensor.f_to_device(place.device));
        tensors.insert(name, moved.map_err(said)?);
    }
    Ok(tensors)
}

/// A network on numbers that others may use as well.
pub(super) fn build(family: Family, config: &Value, task: Task, tensors: &Tensors, place: Place) -> Result<Network, Failure> {
    let store = VarStore::new(place.device);
    let network = caught(|| network(family, task, &store.root(), config))??;
    let mut variables = store.variables();
    for (name, numbers) in tensors {
        if let Some(variable) = variables.get_mut(name) {
            variable.f_set_data(numbers).map_err(said)?;
        }
    }
    Ok(network)
}

/// What rust-bert makes of ids; it panics where libtorch fails.
pub(super) fn read(network: &Network, ids: &Tensor) -> Result<Tensor, Failure> {
    caught(|| network(ids)).and_then(|found| found.map_err(Failure::of))
}

fn network(family: Family, task: Task, root: &Path<'_>, config: &Value) -> Result<Network, Failure> {
    let inner = &(root / family.prefix().trim_end_matches('.'));
    Ok(match (family, task) {
        (Family::DistilBert, Task::Labels) => {
            let model = DistilBertForTokenClassification::new(root, &parsed::<DistilBertConfig>(config)?).map_err(Failure::of)?;
            Box::new(move |ids| Ok(model.forward_t(Some(ids), None, None, false)?.logits))
        }
        (Family::DistilBert, Task::Vectors) => {
            let model = DistilBertForSentenceEmbeddings::new(inner, &parsed::<DistilBertConfig>(config)?);
            Box::new(move |ids| Ok(model.forward_t(Some(ids), None, None, false)?.hidden_state))
        }
        (Family::Albert, Task::Labels) => {
            let model = AlbertForTokenClassification::new(root, &parsed::<AlbertConfig>(config)?).map_err(Failure::of)?;
            Box::new(move |ids| Ok(model.forward_t(Some(ids), None, None, None, None, false).logits))
        }
        (Family::Albert, Task::Vectors) => {
            let model = AlbertForSentenceEmbeddings::new(inner, &parsed::<AlbertConfig>(config)?);
            Box::new(move |ids| Ok(model.forward_t(Some(ids), None, None, None, None, false)?.hidden_state))
        }
        (Family::MobileBert, Task::Labels) => {
            let model = MobileBertForTokenClassification::new(root, &parsed::<MobileBertConfig>(config)?).map_err(Failure::of)?;
            Box::new(move |ids| Ok(model.forward_t(Some(ids), None, None, None, None, false)?.logits))
        }
        _ => return Err("rust-bert has no sentence vectors for its type".into()),
    })
}

/// The folder's configuration; what it leaves out is as in rust-bert's own.
fn parsed<C: Default + Serialize + DeserializeOwned>(config: &Value) -> Result<C, Failure> {
    let mut whole = serde_json::to_value(C::default()).map_err(Failure::of)?;
    if let (Some(whole), Some(given)) = (whole.as_object_mut(), config.as_object()) {
        whole.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    serde_json::from_value(whole).map_err(|error| Failure::while_doing("cannot use its config.json", error))
}
