//! Dot products of many vectors with many others, in the widest vectors this processor has.

#![expect(clippy::inline_always, reason = "vector code has its instructions only inside the function that `dispatch` calls")]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};

/// Vectors are filled up with zeros to a multiple of so many numbers, which is one of every processor's lanes.
const LANES: usize = 64;
/// So many sums are made side by side: one alone would wait for each of its additions.
const SUMS: usize = 4;
/// So many vectors are multiplied with all others before the next ones, so that they stay near the processor.
const BLOCK: usize = 16 * SUMS;

/// Vectors of one width.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    numbers: Vec<f32>,
    width: usize,
    stride: usize,
    count: usize,
}

impl Vectors {
    /// Lays out vectors of `width` numbers; of a longer one the rest is left out, a shorter one is filled up with zeros.
    pub fn new<'a>(width: usize, vectors: impl IntoIterator<Item = &'a [f32]>) -> Self {
        let stride = width.next_multiple_of(LANES).max(LANES);
        let mut made = Self { numbers: Vec::new(), width, stride, count: 0 };
        for vector in vectors {
            let start = made.numbers.len();
            made.numbers.extend(vector.iter().take(width));
            made.numbers.resize(start + stride, 0.0);
            made.count += 1;
        }
        made.numbers.resize(made.count.next_multiple_of(SUMS) * stride, 0.0);
        made
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The vectors in order.
    pub fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.chunks_exact(self.stride.max(1)).take(self.count).map(|vector| vector.split_at(self.width).0)
    }

    /// The vector at this place.
    pub fn get(&self, at: usize) -> Option<&[f32]> {
        let start = self.stride.checked_mul(at).filter(|_| at < self.count)?;
        self.numbers.get(start..start + self.width)
    }

    /// The products of each of these with each of `others`, a row for each of these; none where their widths differ.
    ///
    /// A product depends on its two vectors alone, whatever stands beside them.
    pub fn products(&self, others: &Self) -> Vec<f32> {
        if self.stride != others.stride || self.is_empty() || others.is_empty() {
            return Vec::new();
        }
        let mut out = vec![0.0; self.count * others.count];
        ProductsOf { left: self, right: others, out: &mut out }.dispatch();
        out
    }
}

struct ProductsOf<'a> {
    left: &'a Vectors,
    right: &'a Vectors,
    out: &'a mut [f32],
}

impl SimdOp for ProductsOf<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let floats = isa.f32();
        let (lanes, stride) = (floats.len(), self.left.stride);
        for (block, vectors) in self.right.numbers.chunks(stride * BLOCK).enumerate() {
            let rows = self.out.chunks_exact_mut(self.right.count);
            for (left, row) in self.left.numbers.chunks_exact(stride).zip(rows) {
                let places = row.chunks_mut(SUMS).skip(block * (BLOCK / SUMS));
                for (four, places) in vectors.chunks_exact(stride * SUMS).zip(places) {
                    let (first, second) = four.split_at(2 * stride);
                    let ((a, b), (c, d)) = (first.split_at(stride), second.split_at(stride));
                    let mut sums = [floats.zero(); SUMS];
                    let rights = a.chunks_exact(lanes).zip(b.chunks_exact(lanes)).zip(c.chunks_exact(lanes).zip(d.chunks_exact(lanes)));
                    for (part, ((a, b), (c, d))) in left.chunks_exact(lanes).zip(rights) {
                        let part = floats.load(part);
                        for (sum, other) in sums.iter_mut().zip([a, b, c, d]) {
                            *sum = floats.mul_add(part, floats.load(other), *sum);
                        }
                    }
                    for (place, sum) in places.iter_mut().zip(sums) {
                        *place = floats.sum(sum);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(count: usize, width: usize, seed: usize) -> Vec<Vec<f32>> {
        (0..count).map(|row| (0..width).map(|at| (((row * 31 + at * 7 + seed) % 13) as f32 - 6.0) / 8.0).collect()).collect()
    }

    #[test]
    fn products_are_those_of_the_definition_for_any_sizes() {
        for (left, right, width) in [(1, 1, 1), (3, 5, 7), (2, 130, 64), (7, 67, 480), (65, 64, 100)] {
            let (a, b) = (vectors(left, width, 1), vectors(right, width, 5));
            let of = |rows: &[Vec<f32>]| Vectors::new(width, rows.iter().map(Vec::as_slice));
            let found = of(&a).products(&of(&b));
            assert_eq!(found.len(), left * right);
            for (at, found) in found.iter().enumerate() {
                let wanted: f32 = a[at / right].iter().zip(&b[at % right]).map(|(a, b)| a * b).sum();
                assert!((found - wanted).abs() < 1e-3, "{left} × {right} × {width}, {at}: {found} for {wanted}");
            }
        }
    }

    #[test]
    fn a_product_does_not_depend_on_what_stands_beside_it() {
        let (a, b) = (vectors(9, 480, 2), vectors(70, 480, 3));
        let of = |rows: &[Vec<f32>]| Vectors::new(480, rows.iter().map(Vec::as_slice));
        let all = of(&a).products(&of(&b));
        let one = of(&a[4..5]).products(&of(&b[66..67]));
        assert_eq!(one[0].to_bits(), all[4 * 70 + 66].to_bits());
    }

    #[test]
    fn vectors_come_back_as_they_were() {
        let rows = vectors(6, 5, 4);
        let made = Vectors::new(5, rows.iter().map(Vec::as_slice));
        assert!(made.iter().eq(rows.iter().map(Vec::as_slice)) && made.get(5) == Some(&rows[5][..]) && made.get(6).is_none());
        assert!(Vectors::new(5, []).products(&made).is_empty() && made.products(&Vectors::default()).is_empty());
    }
}
