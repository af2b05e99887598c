//! A reader that gives one row, line or member no more than its share, so that what never ends does not fill the memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// The longest row that is read, in bytes.
pub(super) const LONGEST: u64 = 64 << 20;

/// What may still be read before the next renewal.
#[derive(Debug, Clone)]
pub(super) struct Allowance(Rc<Cell<u64>>);

impl Default for Allowance {
    fn default() -> Self {
        Self(Rc::new(Cell::new(LONGEST)))
    }
}

impl Allowance {
    /// Gives the next row its share.
    pub(super) fn renew(&self) {
        self.0.set(LONGEST);
    }

    /// Gives what comes another share.
    pub(super) fn set(&self, bytes: u64) {
        self.0.set(bytes);
    }
}

/// Reads no more than its allowance.
pub(super) struct Bounded<R> {
    inner: R,
    allowance: Allowance,
    what: &'static str,
}

impl<R> Bounded<R> {
    /// `what` names the piece in the error: `a row`.
    pub(super) fn new(inner: R, allowance: &Allowance, what: &'static str) -> Self {
        Self { inner, allowance: allowance.clone(), what }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.allowance.0.get();
        if left == 0 {
            let message = format!("{} is longer than the limit", self.what);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let read = self.inner.read(buffer)?;
        self.allowance.0.set(left.saturating_sub(read as u64));
        Ok(read)
    }
}
