//! SIGINT and SIGTERM: the first asks a run to end in order, a second one ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Signals that have come.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signals {
    /// The number of the last one; zero without one.
    number: Arc<AtomicUsize>,
}

impl Signals {
    /// Begins to listen. Where that cannot be done, signals end the program at once, as ever.
    pub(crate) fn listen() -> Self {
        let signals = Self::default();
        let is_second = Arc::new(AtomicBool::new(false));
        for (signal, number) in [(SIGINT, 2_usize), (SIGTERM, 15)] {
            // In this order: at the first one nothing is armed yet.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&is_second));
            let _ = flag::register(signal, Arc::clone(&is_second));
            let _ = flag::register_usize(signal, Arc::clone(&signals.number), number);
        }
        signals
    }

    /// What a batch looks at: zero until a signal comes.
    pub(crate) fn flag(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.number)
    }

    /// The signal that has come.
    pub(crate) fn received(&self) -> Option<u8> {
        u8::try_from(self.number.load(Ordering::Relaxed)).ok().filter(|number| *number > 0)
    }
}
