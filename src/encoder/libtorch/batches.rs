//! Batches: as many windows at once as memory takes.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::failure::Failure;
use crate::{Error, ErrorKind, Result};

/// How much is read at once.
#[derive(Debug)]
pub(super) struct Batches {
    size: AtomicUsize,
    /// Whether short ones are filled up to be read with long ones.
    pads: bool,
}

impl Batches {
    pub(super) fn new(size: NonZeroUsize) -> Self {
        Self { size: AtomicUsize::new(size.get()), pads: true }
    }

    /// Reads only what is equally long at once: not every network of rust-bert's leaves padding out of account.
    pub(super) fn of_equal_lengths(size: NonZeroUsize) -> Self {
        Self { pads: false, ..Self::new(size) }
    }

    pub(super) fn size(&self) -> usize {
        self.size.load(Ordering::Relaxed).max(1)
    }

    /// The answers of `read` to all `items`, in their order; like lengths are read together, so that little is padding.
    ///
    /// Where memory does not suffice the batch is halved, for what follows as well.
    pub(super) fn run<T, R>(
        &self,
        items: &[T],
        len: impl Fn(&T) -> usize,
        read: impl Fn(&[&T]) -> Result<Vec<R>, Failure>,
    ) -> Result<Vec<R>> {
        let mut order: Vec<(usize, &T)> = items.iter().enumerate().collect();
        order.sort_by_key(|(_, item)| std::cmp::Reverse(len(item)));
        let mut answers: Vec<(usize, R)> = Vec::with_capacity(items.len());
        while answers.len() < order.len() {
            let size = self.size();
            let first = order.get(answers.len()).map(|(_, item)| len(item));
            let left = order.iter().skip(answers.len()).take(size);
            let batch: Vec<(usize, &T)> = left.take_while(|(_, item)| self.pads || Some(len(item)) == first).copied().collect();
            let members: Vec<&T> = batch.iter().map(|(_, item)| *item).collect();
            match read(&members) {
                Ok(found) if found.len() == batch.len() => answers.extend(batch.iter().map(|(at, _)| *at).zip(found)),
                Ok(_) => return Err(Error::new(ErrorKind::Bug("a batch has more or fewer answers than members".to_owned()))),
                Err(failure) if is_out_of_memory(failure.why()) && members.len() > 1 => {
                    self.size.fetch_min((members.len() / 2).max(1), Ordering::Relaxed);
                }
                Err(failure) => return Err(said(failure)),
            }
        }
        answers.sort_by_key(|(at, _)| *at);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }
}

fn is_out_of_memory(why: &str) -> bool {
    let why = why.to_lowercase();
    why.contains("out of memory") || why.contains("can't allocate memory")
}

fn said(failure: Failure) -> Error {
    let is_full = is_out_of_memory(failure.why());
    let error = failure.said_by("libtorch");
    if is_full { error.with_hint("pass --precision fp16, fewer --threads, or --device cpu") } else { error }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = "CUDA out of memory. Tried to allocate 2.00 GiB";

    fn batches(size: usize) -> Batches {
        Batches::new(NonZeroUsize::new(size).unwrap())
    }

    #[test]
    fn answers_come_in_the_order_of_the_items_and_like_lengths_together() {
        let batches = batches(2);
        let read = |members: &[&&str]| {
            assert!(members.len() <= 2);
            Ok(members.iter().map(|word| format!("{word}{}", members.len())).collect())
        };
        let found = batches.run(&["a", "ccc", "bb", "ccc", "dddd"], |word| word.len(), read).unwrap();
        assert_eq!(found, ["a1", "ccc2", "bb2", "ccc2", "dddd2"]);
    }

    #[test]
    fn equal_lengths_are_never_filled_up() {
        let batches = Batches::of_equal_lengths(NonZeroUsize::new(3).unwrap());
        let read = |members: &[&&str]| Ok(members.iter().map(|word| format!("{word}{}", members.len())).collect());
        let found = batches.run(&["a", "ccc", "bb", "ddd", "e", "f", "g"], |word| word.len(), read).unwrap();
        assert_eq!(found, ["a3", "ccc2", "bb1", "ddd2", "e3", "f3", "g1"]);
    }

    #[test]
    fn a_batch_beyond_memory_is_halved_for_good() {
        let batches = batches(16);
        let tried = AtomicUsize::new(0);
        let read = |members: &[&usize]| {
            tried.fetch_add(1, Ordering::Relaxed);
            if members.len() > 4 { Err(FULL.into()) } else { Ok(members.iter().map(|&&number| number).collect()) }
        };
        let items: Vec<usize> = (0..20).collect();
        assert_eq!(batches.run(&items, |_| 1, read).unwrap(), items);
        assert_eq!((batches.size(), tried.load(Ordering::Relaxed)), (4, 2 + 5));
    }

    #[test]
    fn one_window_beyond_memory_is_an_error_with_a_way_out() {
        let error = batches(4).run(&[1, 2], |_| 1, |_| Err::<Vec<()>, _>(FULL.into())).unwrap_err();
        assert!(error.to_string().contains("out of memory") && error.hint().is_some_and(|hint| hint.contains("--device cpu")));
        let error = batches(4).run(&[1], |_| 1, |_| Err::<Vec<()>, _>("shape mismatch".into())).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.hint()), ("libtorch: shape mismatch", None));
    }
}
