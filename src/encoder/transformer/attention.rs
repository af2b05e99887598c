//! Scaled dot-product attention (Vaswani et al. 2017), head by head.

use rten_gemm::{GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;

use super::linear::{Products, product_failed};
use super::rows::softmax;
use crate::{Error, ErrorKind, Result};

/// How a layer's pieces look at each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attention {
    heads: usize,
    width: usize,
}

/// Memory that attention works in.
#[derive(Debug, Default)]
pub(super) struct AttentionBuffers {
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

impl Attention {
    /// Shares `width` out to `heads` heads.
    pub(super) fn new(width: usize, heads: usize) -> Result<Self> {
        if heads == 0 || !width.is_multiple_of(heads) {
            return Err(Error::new(ErrorKind::Model(format!("a width of {width} cannot be shared by {heads} attention heads"))));
        }
        Ok(Self { heads, width })
    }

    /// Fills `out` with every piece's mix of values. A row of `projected` is a piece's query, key and value.
    pub(super) fn mix(&self, projected: &[f32], products: &Products, buffers: &mut AttentionBuffers, out: &mut Vec<f32>) -> Result<()> {
        let (pieces, head_width) = (projected.len() / (3 * self.width), self.width / self.heads);
        let all = NdTensorView::from_data([pieces, 3 * self.width], projected);
        let options = GemmOptions { alpha: 1.0 / (head_width as f32).sqrt(), ..GemmOptions::default() };
        buffers.scores.resize(pieces * pieces, 0.0);
        buffers.mixed.resize(pieces * head_width, 0.0);
        out.resize(pieces * self.width, 0.0);
        for head in 0..self.heads {
            let part = |at: usize| all.slice((.., at * self.width + head * head_width..at * self.width + (head + 1) * head_width));
            let (query, key, value) = (part(0), part(1), part(2));
            let keys = GemmInputB::Unpacked(key.transposed());
            products.float.gemm(&mut buffers.scores, GemmInputA::Unpacked(query), keys, options.clone()).map_err(product_failed)?;
            softmax(&mut buffers.scores, pieces);
            let weights = GemmInputA::Unpacked(NdTensorView::from_data([pieces, pieces], &*buffers.scores));
            let values = GemmInputB::Unpacked(value);
            products.float.gemm(&mut buffers.mixed, weights, values, GemmOptions::default()).map_err(product_failed)?;
            for (row, mixed) in out.chunks_exact_mut(self.width).zip(buffers.mixed.chunks_exact(head_width)) {
                if let Some(place) = row.get_mut(head * head_width..(head + 1) * head_width) {
                    place.copy_from_slice(mixed);
                }
            }
        }
        Ok(())
    }
}
