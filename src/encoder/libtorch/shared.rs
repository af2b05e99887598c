//! A network that a user brings, for several threads.

use tch::Tensor;

use super::batches::Batches;
use super::bert::{self, Bert};
use super::copies::Copies;
use super::device::{Place, said};
use super::failure::Failure;
use super::family::{Family, Task};
use super::folder::ModelFolder;
use super::layers::Tensors;
use super::rust_bert;
use super::subwords::Sequence;
use crate::Result;
use crate::encoder::choice::LibtorchOptions;

/// A user's model, loaded.
pub(super) struct SharedNetwork {
    plan: Plan,
    padding: i64,
    batches: Batches,
    copies: Copies<Network>,
}

/// The numbers of a sequence's pieces, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    pub(super) width: usize,
    pub(super) values: Vec<f32>,
}

/// What a network is built from, beside its numbers.
struct Plan {
    family: Family,
    task: Task,
    config: serde_json::Value,
    place: Place,
}

enum Network {
    WrittenOut(Bert),
    RustBerts(rust_bert::Network),
}

impl std::fmt::Debug for SharedNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SharedNetwork").field("family", &self.plan.family).field("place", &self.plan.place).finish_non_exhaustive()
    }
}

impl SharedNetwork {
    /// Loads the weights of `folder` into a network for `task`.
    pub(super) fn load(folder: &ModelFolder, task: Task, options: &LibtorchOptions) -> Result<Self> {
        let place = Place::new(options)?;
        let plan = Plan { family: folder.family, task, config: folder.config.clone(), place };
        let weights = folder.weights()?;
        let loaded = place.alone(|| {
            let tensors = if plan.family.is_rust_berts() {
                rust_bert::tensors(plan.family, &plan.config, task, &weights, place)?
            } else {
                bert::tensors(plan.family, &bert::Config::read(&plan.config)?, task, &weights, place)?
            };
            Ok((plan.network(&tensors)?, tensors))
        });
        let (first, tensors) = loaded.map_err(|failure: Failure| failure.tell(|why| folder.wrong(why)))?;
        let batches = if plan.family.is_rust_berts() { Batches::of_equal_lengths(options.batch) } else { Batches::new(options.batch) };
        Ok(Self { plan, padding: folder.padding(), batches, copies: Copies::new(tensors, first) })
    }

    /// The numbers of each sequence's pieces.
    pub(super) fn read(&self, sequences: &[Sequence]) -> Result<Vec<Rows>> {
        let run = |network: &Network| {
            let read = |batch: &[&Sequence]| self.read_batch(network, batch);
            self.batches.run(sequences, |sequence| sequence.ids.len(), read)
        };
        let lent = self.plan.place.alone(|| self.copies.lend(|tensors| self.plan.network(tensors), run));
        lent.map_err(|failure| failure.said_by("libtorch"))?
    }

    fn read_batch(&self, network: &Network, batch: &[&Sequence]) -> Result<Vec<Rows>, Failure> {
        let lengths: Vec<usize> = batch.iter().map(|sequence| sequence.ids.len()).collect();
        let longest = lengths.iter().copied().max().unwrap_or_default();
        let padded = |sequence: &&Sequence| {
            let padding = std::iter::repeat_n(self.padding, longest - sequence.ids.len());
            sequence.ids.iter().copied().chain(padding).collect::<Vec<i64>>()
        };
        let ids: Vec<i64> = batch.iter().flat_map(padded).collect();
        let shape = [i64::try_from(batch.len()).unwrap_or_default(), -1];
        let ids = Tensor::f_from_slice(&ids).and_then(|ids| ids.f_view(shape)?.f_to_device(self.plan.place.device)).map_err(said)?;
        let found = network.read(&ids, &lengths)?;
        let width = found.size().last().and_then(|&width| usize::try_from(width).ok()).unwrap_or_default();
        let values = floats(&found, batch.len() * longest * width)?;
        let rows = values.chunks_exact((longest * width).max(1)).zip(lengths);
        Ok(rows.map(|(rows, length)| Rows { width, values: rows.get(..length * width).unwrap_or_default().to_vec() }).collect())
    }
}

/// The `count` numbers of a tensor.
pub(super) fn floats(tensor: &Tensor, count: usize) -> Result<Vec<f32>, Failure> {
    let mut values = vec![0.0_f32; count];
    let plain = tensor.f_to_kind(tch::Kind::Float).and_then(|tensor| tensor.f_to_device(tch::Device::Cpu)?.f_contiguous());
    plain.and_then(|plain| plain.f_copy_data(&mut values, count)).map_err(said)?;
    Ok(values)
}

impl Plan {
    fn network(&self, tensors: &Tensors) -> Result<Network, Failure> {
        let Self { family, task, config, place } = self;
        if family.is_rust_berts() {
            return rust_bert::build(*family, config, *task, tensors, *place).map(Network::RustBerts);
        }
        Bert::new(*family, &bert::Config::read(config)?, tensors, *place).map(Network::WrittenOut)
    }
}

impl Network {
    fn read(&self, ids: &Tensor, lengths: &[usize]) -> Result<Tensor, Failure> {
        match self {
            Self::WrittenOut(bert) => bert.read(ids, lengths).map_err(said),
            Self::RustBerts(network) => rust_bert::read(network, ids),
        }
    }
}

impl Rows {
    /// The numbers of one piece.
    pub(super) fn row(&self, piece: usize) -> &[f32] {
        self.values.get(piece * self.width..(piece + 1) * self.width).unwrap_or_default()
    }
}
