//! A network that several threads use: each has its own copy, all on the same numbers.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use tch::Tensor;
use tch::nn::VarStore;

use super::batches::Batches;
use super::device::{Place, caught, caught_quietly, first_line};
use super::family::{Network, Task};
use super::folder::ModelFolder;
use super::subwords::Sequence;
use crate::encoder::choice::LibtorchOptions;
use crate::{Error, ErrorKind, Result};

/// A user's model, loaded.
pub(super) struct SharedNetwork {
    folder: ModelFolder,
    task: Task,
    place: Place,
    batches: Batches,
    /// The weights, by the names of the network's variables.
    numbers: Mutex<BTreeMap<String, Tensor>>,
    /// Copies that no caller uses now.
    idle: Mutex<Vec<Network>>,
}

/// The numbers of a sequence's pieces, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    pub(super) width: usize,
    pub(super) values: Vec<f32>,
}

impl std::fmt::Debug for SharedNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SharedNetwork").field("folder", &self.folder).field("place", &self.place).finish_non_exhaustive()
    }
}

impl SharedNetwork {
    /// Loads the weights of `folder` into a network for `task`.
    pub(super) fn load(folder: ModelFolder, task: Task, options: &LibtorchOptions) -> Result<Self> {
        let place = Place::new(options)?;
        let found = folder.weights()?;
        let from = &folder;
        let loaded = caught_quietly(move || place.alone(|| first_copy(from, task, place, &found)));
        let (network, numbers) = loaded.and_then(|loaded| loaded).map_err(|why| folder.wrong(why))?;
        let (numbers, idle) = (Mutex::new(numbers), Mutex::new(vec![network]));
        Ok(Self { folder, task, place, batches: Batches::of_equal_lengths(options.batch), numbers, idle })
    }

    /// The numbers of each sequence's pieces.
    pub(super) fn read(&self, sequences: &[Sequence]) -> Result<Vec<Rows>> {
        let idle = lock(&self.idle).pop();
        let network = match idle {
            Some(network) => network,
            None => self.another_copy().map_err(|why| Error::new(ErrorKind::Model(format!("libtorch: {why}"))))?,
        };
        let read = |batch: &[&Sequence]| caught(|| self.read_batch(&network, batch)).and_then(|rows| rows);
        let rows = self.place.alone(|| self.batches.run(sequences, |sequence| sequence.ids.len(), read));
        lock(&self.idle).push(network);
        rows
    }

    fn read_batch(&self, network: &Network, batch: &[&Sequence]) -> Result<Vec<Rows>, String> {
        let said = |error: tch::TchError| first_line(&error.to_string());
        let longest = batch.iter().map(|sequence| sequence.ids.len()).max().unwrap_or_default();
        let padding = self.folder.padding();
        let tensor = |of: &dyn Fn(&Sequence, usize) -> i64| {
            let cells: Vec<i64> = batch.iter().flat_map(|sequence| (0..longest).map(|at| of(sequence, at))).collect();
            let rows = i64::try_from(batch.len()).unwrap_or_default();
            Tensor::f_from_slice(&cells)?.f_view([rows, -1])?.f_to_device(self.place.device)
        };
        let ids = tensor(&|sequence, at| sequence.ids.get(at).copied().unwrap_or(padding)).map_err(said)?;
        let mask = tensor(&|sequence, at| i64::from(at < sequence.ids.len())).map_err(said)?;
        let found = network(&ids, &mask).map_err(|error| first_line(&error.to_string()))?;
        let width = found.size().last().and_then(|&width| usize::try_from(width).ok()).unwrap_or_default();
        let mut values = vec![0.0_f32; batch.len() * longest * width];
        let count = values.len();
        let plain = found.f_to_kind(tch::Kind::Float).and_then(|found| found.f_to_device(tch::Device::Cpu)?.f_contiguous());
        plain.and_then(|plain| plain.f_copy_data(&mut values, count)).map_err(said)?;
        let rows = values.chunks_exact((longest * width).max(1)).zip(batch);
        Ok(rows
            .map(|(rows, sequence)| Rows { width, values: rows.get(..sequence.ids.len() * width).unwrap_or_default().to_vec() })
            .collect())
    }

    fn another_copy(&self) -> Result<Network, String> {
        let store = VarStore::new(self.place.device);
        let network = caught(|| self.folder.family.network(self.task, &store.root(), &self.folder.config))??;
        let (numbers, mut variables) = (lock(&self.numbers), store.variables());
        for (name, number) in &*numbers {
            if let Some(variable) = variables.get_mut(name) {
                variable.f_set_data(number).map_err(|error| first_line(&error.to_string()))?;
            }
        }
        Ok(network)
    }
}

impl Rows {
    /// The numbers of one piece.
    pub(super) fn row(&self, piece: usize) -> &[f32] {
        self.values.get(piece * self.width..(piece + 1) * self.width).unwrap_or_default()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds a network and gives it the weights that are found, all of them or none.
fn first_copy(
    folder: &ModelFolder,
    task: Task,
    place: Place,
    found: &HashMap<String, Tensor>,
) -> Result<(Network, BTreeMap<String, Tensor>), String> {
    let store = VarStore::new(place.device);
    let network = folder.family.network(task, &store.root(), &folder.config)?;
    let mut variables: Vec<(String, Tensor)> = store.variables().into_iter().collect();
    variables.sort_by(|a, b| a.0.cmp(&b.0));
    let mut numbers = BTreeMap::new();
    for (name, mut variable) in variables {
        let tensor = match named(&name, folder.family.prefix(), found) {
            Some(tensor) => tensor,
            None if name.contains("pooler.") => continue, // rust-bert's ALBERT has one that no piece's numbers come from
            None => return Err(format!("its weights have no tensor {name}")),
        };
        if tensor.size() != variable.size() {
            return Err(format!("its tensor {name} has the shape {:?}, its config.json wants {:?}", tensor.size(), variable.size()));
        }
        let moved = tensor.f_to_kind(place.kind).and_then(|tensor| tensor.f_to_device(place.device));
        let moved = moved.map_err(|error| first_line(&error.to_string()))?;
        variable.f_set_data(&moved).map_err(|error| first_line(&error.to_string()))?;
        numbers.insert(name, moved);
    }
    Ok((network, numbers))
}

/// The tensor for a variable: with the family's prefix or without, with PyTorch's names of a norm's parts or the older ones.
fn named<'a>(name: &str, prefix: &str, found: &'a HashMap<String, Tensor>) -> Option<&'a Tensor> {
    // rust-bert's DistilBERT adds its prefix to the one it is given.
    let bare = name.trim_start_matches(prefix);
    let prefixed = format!("{prefix}{bare}");
    let old = |name: &str| name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
    let candidates = [name.to_owned(), old(name), prefixed.clone(), old(&prefixed), bare.to_owned(), old(bare)];
    candidates.iter().find_map(|candidate| found.get(candidate))
}
