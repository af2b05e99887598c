//! Networks for as many threads as ask: one thread uses a tensor at a time, so each has a copy of its own, all on the same numbers.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::failure::Failure;
use super::layers::Tensors;

/// Copies of one network.
pub(super) struct Copies<N> {
    tensors: Mutex<Tensors>,
    /// Those that nobody uses now.
    idle: Mutex<Vec<N>>,
}

impl<N> Copies<N> {
    /// The numbers, with a first network on them.
    pub(super) fn new(tensors: Tensors, first: N) -> Self {
        Self { tensors: Mutex::new(tensors), idle: Mutex::new(vec![first]) }
    }

    /// Lends a copy to `run`; `build` makes another where all are in use.
    pub(super) fn lend<T>(&self, build: impl FnOnce(&Tensors) -> Result<N, Failure>, run: impl FnOnce(&N) -> T) -> Result<T, Failure> {
        let idle = lock(&self.idle).pop();
        let network = match idle {
            Some(network) => network,
            None => build(&lock(&self.tensors))?,
        };
        let answer = run(&network);
        lock(&self.idle).push(network);
        Ok(answer)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
