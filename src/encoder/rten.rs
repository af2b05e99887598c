//! The embedded engine: the ONNX model run by `rten`, one window a call, one thread per caller.
//!
//! Dynamic int8 takes one scale for a whole activation tensor, so windows are never batched or padded: neighbours
//! would change the result.

use std::sync::{Arc, Mutex, PoisonError};

use rten::{Model, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::engine::{Engine, Matrix, RawScores};
use super::window::Window;
use crate::{Error, ErrorKind, Result};

/// A loaded ONNX model.
pub(crate) struct RtenEngine {
    model: Model,
    inputs: [NodeId; 2],
    outputs: [NodeId; 3],
    /// One-thread pools that no caller uses now.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

impl std::fmt::Debug for RtenEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RtenEngine").finish_non_exhaustive()
    }
}

impl RtenEngine {
    /// Takes a model with the inputs `ids` and `types` and the outputs `tags`, `links` and `vectors`.
    pub(crate) fn new(model: Model) -> Result<Self> {
        let node = |name: &str| model.node_id(name).map_err(|_| Error::new(ErrorKind::Model(format!("the model has no `{name}`"))));
        let inputs = [node("ids")?, node("types")?];
        let outputs = [node("tags")?, node("links")?, node("vectors")?];
        Ok(Self { model, inputs, outputs, idle: Mutex::default() })
    }

    fn read(&self, window: &Window, pool: &Arc<ThreadPool>) -> Result<RawScores> {
        let failed = |why: String| Error::new(ErrorKind::Model(format!("the model failed on a window: {why}")));
        let row = |values: &[i32]| NdTensor::from_data([1, values.len()], values.to_vec());
        let [ids, types] = self.inputs;
        let inputs = vec![(ids, row(&window.ids).into()), (types, row(&window.token_types).into())];
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let [tags, links, vectors] = self.model.run_n(inputs, self.outputs, Some(options)).map_err(|source| failed(source.to_string()))?;
        let matrix = |value: Value| {
            let tensor: Tensor<f32> = value.try_into().map_err(|_| failed("an output is not of 32-bit floats".to_owned()))?;
            let width = tensor.shape().last().copied().unwrap_or_default();
            Ok::<Matrix, Error>(Matrix::new(width, tensor.into_data()))
        };
        Ok(RawScores { tags: matrix(tags)?, links: matrix(links)?, vectors: matrix(vectors)? })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<ThreadPool>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine for RtenEngine {
    /// Runs on a plain thread: a rayon worker that waits for another pool would take up more articles meanwhile.
    fn run(&self, windows: &[Window]) -> Result<Vec<RawScores>> {
        let idle = self.lock().pop();
        let pool = idle.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let scores = std::thread::scope(|scope| {
            let worker = scope.spawn(|| windows.iter().map(|window| self.read(window, &pool)).collect());
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        self.lock().push(pool);
        scores
    }
}
