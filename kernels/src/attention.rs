//! Scaled dot-product attention (Vaswani et al. 2017), head by head, a few queries at a time so that all stays in the first caches.

#![expect(clippy::inline_always, reason = "vector code has its instructions only inside the function that `dispatch` calls")]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, Simd, SimdOp};

use crate::curves::exp_of_negative;

/// Queries that are answered together.
const QUERIES: usize = 4;
/// Vectors side by side that a block of sums is wide: with four queries they fill half of the registers.
const VECTORS: usize = 2;

/// How a layer's pieces look at each other.
#[derive(Debug, Clone, Copy)]
pub struct Attention {
    heads: usize,
    head_width: usize,
}

/// Memory that attention works in, for one head at a time.
#[derive(Debug, Default)]
pub struct AttentionBuffers {
    /// Keys by block of pieces, in it by number, so that neighbouring pieces stand side by side.
    keys: Vec<f32>,
    /// Values by block of numbers, in it by piece.
    values: Vec<f32>,
    /// The scaled numbers of the queries at work, theirs side by side.
    queries: Vec<[f32; QUERIES]>,
    /// How much each of these queries takes of each piece, a row for each.
    weights: Vec<f32>,
}

impl Attention {
    /// Shares `width` out to `heads` heads; `None` where that leaves a rest.
    pub fn new(width: usize, heads: usize) -> Option<Self> {
        (heads != 0 && width.is_multiple_of(heads)).then(|| Self { heads, head_width: width / heads })
    }

    /// Fills `out` with every piece's mix of values. A row of `projected` is a piece's queries, keys and values, head by head.
    pub fn mix(self, projected: &[f32], buffers: &mut AttentionBuffers, out: &mut Vec<f32>) {
        let projected = Projected { attention: self, numbers: projected };
        out.resize(projected.pieces() * self.heads * self.head_width, 0.0);
        Mix { projected, buffers, out }.dispatch();
    }
}

struct Mix<'a> {
    projected: Projected<'a>,
    buffers: &'a mut AttentionBuffers,
    out: &'a mut [f32],
}

impl SimdOp for Mix<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { projected, buffers, out } = self;
        let Attention { heads, head_width } = projected.attention;
        let (pieces, block) = (projected.pieces(), VECTORS * isa.f32().len());
        buffers.keys.resize(pieces.next_multiple_of(block) * head_width, 0.0);
        buffers.values.resize(head_width.next_multiple_of(block) * pieces, 0.0);
        buffers.queries.resize(head_width, [0.0; QUERIES]);
        buffers.weights.resize(pieces.next_multiple_of(block) * QUERIES, 0.0);
        for head in 0..heads {
            projected.lay_out_keys(head, block, &mut buffers.keys);
            projected.lay_out_values(head, block, &mut buffers.values);
            for first in (0..pieces).step_by(QUERIES) {
                projected.take_queries(head, first, &mut buffers.queries);
                score(isa, buffers, pieces);
                let totals = weigh(isa, &mut buffers.weights);
                let rows = out.chunks_exact_mut(heads * head_width).skip(first).take(QUERIES);
                let parts = rows.map(|row| row.chunks_exact_mut(head_width).nth(head).unwrap_or_default());
                add_values(isa, buffers, pieces, totals, parts);
            }
        }
    }
}

/// Every piece's queries, then its keys, then its values, each head by head.
#[derive(Clone, Copy)]
struct Projected<'a> {
    attention: Attention,
    numbers: &'a [f32],
}

/// What stands in the padding of blocks never gets out, so it is left as it is.
impl<'a> Projected<'a> {
    fn pieces(self) -> usize {
        self.numbers.len() / (3 * self.attention.heads * self.attention.head_width)
    }

    /// A head's queries (0), keys (1) or values (2), a row for each piece.
    fn part(self, head: usize, kind: usize) -> impl Iterator<Item = &'a [f32]> {
        let Attention { heads, head_width } = self.attention;
        self.numbers.chunks_exact(head_width).skip(kind * heads + head).step_by(3 * heads)
    }

    fn lay_out_keys(self, head: usize, block: usize, keys: &mut [f32]) {
        for (at, key) in self.part(head, 1).enumerate() {
            let block_of_keys = keys.chunks_exact_mut(block * key.len()).nth(at / block).unwrap_or_default();
            for (number, places) in key.iter().zip(block_of_keys.chunks_exact_mut(block)) {
                if let Some(place) = places.get_mut(at % block) {
                    *place = *number;
                }
            }
        }
    }

    fn lay_out_values(self, head: usize, block: usize, values: &mut [f32]) {
        let pieces = self.pieces();
        for (at, value) in self.part(head, 2).enumerate() {
            for (numbers, block_of_values) in value.chunks(block).zip(values.chunks_exact_mut(block * pieces)) {
                let places = block_of_values.chunks_exact_mut(block).nth(at).and_then(|places| places.get_mut(..numbers.len()));
                places.unwrap_or_default().copy_from_slice(numbers);
            }
        }
    }

    /// Takes the queries from `first` on to work; where there are too few, some stay that nobody asks.
    fn take_queries(self, head: usize, first: usize, queries: &mut [[f32; QUERIES]]) {
        let scale = 1.0 / (self.attention.head_width as f32).sqrt();
        for (at, query) in self.part(head, 0).skip(first).take(QUERIES).enumerate() {
            for (number, places) in query.iter().zip(&mut *queries) {
                if let Some(place) = places.get_mut(at) {
                    *place = number * scale;
                }
            }
        }
    }
}

/// Puts the products of the queries at work with every key into the weights, and the lowest float where there is no piece.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "within those ranges")]
fn score<I: Isa>(isa: I, buffers: &mut AttentionBuffers, pieces: usize) {
    let floats = isa.f32();
    let block = VECTORS * floats.len();
    let padded = buffers.weights.len() / QUERIES;
    for (at, keys) in buffers.keys.chunks_exact(block * buffers.queries.len()).enumerate() {
        let mut sums = [[floats.zero(); VECTORS]; QUERIES];
        for (keys, queries) in keys.chunks_exact(block).zip(&buffers.queries) {
            let keys = floats.load_many::<VECTORS>(keys);
            for query in 0..QUERIES {
                let number = floats.splat(queries[query]);
                for vector in 0..VECTORS {
                    sums[query][vector] = floats.mul_add(number, keys[vector], sums[query][vector]);
                }
            }
        }
        for (sums, row) in sums.into_iter().zip(buffers.weights.chunks_exact_mut(padded)) {
            let places = row.chunks_exact_mut(block).nth(at).unwrap_or_default();
            for (sum, place) in sums.into_iter().zip(places.chunks_exact_mut(floats.len())) {
                floats.store(sum, place);
            }
        }
    }
    for row in buffers.weights.chunks_exact_mut(padded) {
        row.iter_mut().skip(pieces).for_each(|place| *place = f32::MIN);
    }
}

/// Makes e to their powers of each row's numbers, less the row's largest, and gives the rows' sums: a softmax before it is divided.
#[inline(always)]
fn weigh<I: Isa>(isa: I, rows: &mut [f32]) -> [f32; QUERIES] {
    let floats = isa.f32();
    let width = rows.len() / QUERIES;
    let mut totals = [0.0; QUERIES];
    for (row, total) in rows.chunks_exact_mut(width).zip(&mut totals) {
        let mut most = floats.splat(f32::MIN);
        for place in row.chunks_exact(floats.len()) {
            most = floats.max(most, floats.load(place));
        }
        let most = floats.fold_splat(most, f32::MIN, f32::max);
        let mut sum = floats.zero();
        for place in row.chunks_exact_mut(floats.len()) {
            let weight = exp_of_negative(isa, floats.sub(floats.load(place), most));
            sum = floats.add(sum, weight);
            floats.store(weight, place);
        }
        *total = floats.sum(sum);
    }
    totals
}

/// Fills each query's part of the output with its weighted mean of the values.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "within those ranges")]
fn add_values<'a, I: Isa>(
    isa: I,
    buffers: &AttentionBuffers,
    pieces: usize,
    totals: [f32; QUERIES],
    mut parts: impl Iterator<Item = &'a mut [f32]>,
) {
    let floats = isa.f32();
    let block = VECTORS * floats.len();
    let padded = buffers.weights.len() / QUERIES;
    let mut rows = buffers.weights.chunks_exact(padded);
    let rows: [&[f32]; QUERIES] = std::array::from_fn(|_| rows.next().and_then(|row| row.get(..pieces)).unwrap_or_default());
    let mut parts: [&mut [f32]; QUERIES] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    for (at, values) in buffers.values.chunks_exact(block * pieces).enumerate() {
        let mut sums = [[floats.zero(); VECTORS]; QUERIES];
        let weights = rows[0].iter().zip(rows[1]).zip(rows[2].iter().zip(rows[3]));
        for (values, ((a, b), (c, d))) in values.chunks_exact(block).zip(weights) {
            let (values, weights) = (floats.load_many::<VECTORS>(values), [a, b, c, d]);
            for query in 0..QUERIES {
                let weight = floats.splat(*weights[query]);
                for vector in 0..VECTORS {
                    sums[query][vector] = floats.mul_add(weight, values[vector], sums[query][vector]);
                }
            }
        }
        for ((sums, total), part) in sums.into_iter().zip(totals).zip(&mut parts) {
            let part = part.get_mut(at * block..).unwrap_or_default();
            let scale = floats.splat(1.0 / total);
            for (sum, place) in sums.into_iter().zip(part.chunks_mut(floats.len())) {
                let mixed = floats.mul(sum, scale).to_array();
                place.iter_mut().zip(mixed).for_each(|(place, number)| *place = number);
            }
        }
    }
}
