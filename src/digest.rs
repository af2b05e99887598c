//! SHA-256 as reports and model folders write it.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of `bytes`, in lower-case hexadecimal.
///
/// ```
/// assert!(sayso::sha256(b"").starts_with("e3b0c44298fc1c14"));
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a string cannot fail
        hex
    })
}

/// The first 128 bits of the SHA-256 of `bytes`: enough to tell any number of names apart, whoever chose them.
pub(crate) fn fingerprint(bytes: &[u8]) -> u128 {
    Sha256::digest(bytes).iter().take(16).fold(0, |bits, &byte| bits << 8 | u128::from(byte))
}
