//! Parallel work whose results are delivered one after another, in order, with few of them in memory.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::ThreadPool;

/// Does `work` for each of `items` on `pool` and hands the results to `deliver` in their order, on the calling thread.
///
/// At most two results per thread exist at a time: an item is taken only as results are delivered, so one slow item holds back the rest
/// but never lets memory grow. The first `Err` of `deliver` ends the run; work not yet begun is left undone. A panic of `work` is
/// passed on to the caller.
pub(crate) fn ordered<I, T, E>(
    pool: &ThreadPool,
    mut items: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
    mut deliver: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E>
where
    I: Send,
    T: Send,
{
    let limit = 2 * pool.current_num_threads();
    let stopped = AtomicBool::new(false);
    let (work, stopped) = (&work, &stopped);
    pool.in_place_scope_fifo(|scope| {
        let mut waiting = VecDeque::with_capacity(limit);
        loop {
            for item in items.by_ref().take(limit - waiting.len()) {
                let (sender, receiver) = sync_channel(1);
                scope.spawn_fifo(move |_| {
                    if !stopped.load(Ordering::Relaxed) {
                        // The receiver is gone only after a stop, when nobody wants the result.
                        let _ = sender.send(work(item));
                    }
                });
                waiting.push_back(receiver);
            }
            // A sender that is gone without a result means that `work` panicked: the scope raises that panic when it ends.
            let Some(Ok(result)) = waiting.pop_front().map(|receiver: Receiver<T>| receiver.recv()) else {
                stopped.store(true, Ordering::Relaxed);
                return Ok(());
            };
            if let Err(error) = deliver(result) {
                stopped.store(true, Ordering::Relaxed);
                return Err(error);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use rayon::ThreadPoolBuilder;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start")
    }

    #[test]
    fn delivers_in_order_for_any_number_of_threads() {
        for threads in 1..=4 {
            let mut delivered = Vec::new();
            let work = |index: usize| {
                std::thread::sleep(std::time::Duration::from_micros((index as u64 * 7919) % 300));
                index * 2
            };
            let done: Result<(), ()> = ordered(&pool(threads), 0..50, work, |result| {
                delivered.push(result);
                Ok(())
            });
            assert_eq!(done, Ok(()));
            assert_eq!(delivered, (0..50).map(|index| index * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn holds_few_results_at_a_time() {
        let (begun, delivered) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |_: usize| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) - delivered.load(Ordering::SeqCst);
            assert!(ahead < 4, "two threads may be at most four items ahead");
        };
        let done: Result<(), ()> = ordered(&pool(2), 0..200, work, |()| {
            delivered.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        assert_eq!(done, Ok(()));
    }

    #[test]
    fn stops_at_the_first_refusal() {
        let begun = AtomicUsize::new(0);
        let done = ordered(
            &pool(2),
            0..1000,
            |index| (index, begun.fetch_add(1, Ordering::SeqCst)),
            |(index, _)| if index == 3 { Err(index) } else { Ok(()) },
        );
        assert_eq!(done, Err(3));
        assert!(begun.load(Ordering::SeqCst) <= 8, "work not begun is left undone");
    }

    #[test]
    fn passes_a_panic_on() {
        let caught = std::panic::catch_unwind(|| {
            ordered(&pool(2), 0..9, |index| assert!(index != 4, "four"), |()| Ok::<(), ()>(())).expect("deliver never fails");
        });
        assert!(caught.is_err());
    }
}
