//! The vector kernels of sayso, on one thread: linear maps, attention and layer normalisation of the encoder on `rten`’s kernels and
//! products of 8-bit codes of their own.
//!
//! They are a crate of their own because they are compiled otherwise than the rest: what vector code calls must be inlined into
//! it, which takes one compilation unit; sayso itself is compiled in many.
//!
//! Matrices are row by row, one row for each word piece. Activations are scaled to 8 bits row by row, so that a piece's codes
//! depend on that piece alone.

mod attention;
mod curves;
mod linear;
#[cfg(target_arch = "x86_64")]
mod pairs;
mod rows;
mod vectors;

pub use attention::{Attention, AttentionBuffers};
pub use linear::{Linear, LinearBuffers, Products};
pub use rows::Norm;
/// Why a matrix product failed: its sizes do not fit.
pub use rten_gemm::GemmError;
pub use vectors::Vectors;
