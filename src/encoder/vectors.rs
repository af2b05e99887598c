//! Vectors of tokens or sentences in eight bits: a long article's stay small in memory.

use std::ops::Range;

/// One vector per token (or sentence), each as signed bytes with a scale of its own.
#[derive(Debug, Clone, Default)]
pub struct TokenVectors {
    width: usize,
    scales: Vec<f32>,
    values: Vec<i8>,
}

impl TokenVectors {
    /// Makes an empty list of vectors of `width` numbers.
    pub fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// Makes an empty list with room for `count` vectors: a growing one would take up to three times as much for a moment.
    pub fn with_capacity(width: usize, count: usize) -> Self {
        Self { width, scales: Vec::with_capacity(count), values: Vec::with_capacity(width.saturating_mul(count)) }
    }

    /// The number of vectors.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is no vector.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// Adds the next token's vector; numbers beyond the width are dropped, missing ones are zero.
    #[expect(clippy::cast_possible_truncation, reason = "scaled to -127..=127 before the cast")]
    pub fn push(&mut self, vector: &[f32]) {
        let largest = vector.iter().fold(0.0_f32, |max, value| max.max(value.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        self.scales.push(scale);
        let padded = vector.iter().copied().chain(std::iter::repeat(0.0)).take(self.width);
        self.values.extend(padded.map(|value| (value / scale).round() as i8));
    }

    /// The mean of the vectors of `tokens`, scaled to length one; `None` for an empty or wrong range or a zero mean.
    pub fn mean(&self, tokens: Range<usize>) -> Option<Vec<f32>> {
        let scales = self.scales.get(tokens.clone())?;
        let values = self.values.get(tokens.start * self.width..tokens.end * self.width)?;
        let mut sum = vec![0.0_f32; self.width];
        for (vector, scale) in values.chunks_exact(self.width.max(1)).zip(scales) {
            for (total, &value) in sum.iter_mut().zip(vector) {
                *total += f32::from(value) * scale;
            }
        }
        unit(sum)
    }
}

/// The vector scaled to length one; `None` for a zero vector.
pub(super) fn unit(mut vector: Vec<f32>) -> Option<Vec<f32>> {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length <= f32::EPSILON {
        return None;
    }
    for value in &mut vector {
        *value /= length;
    }
    Some(vector)
}

/// The cosine of two unit vectors.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    dot(a, b)
}

/// The sum of products, in eight sums side by side: one would wait for each of its additions.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((blocks, rest), (others, other_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0_f32; 8];
    for (block, other) in blocks.iter().zip(others) {
        for ((sum, x), y) in sums.iter_mut().zip(block).zip(other) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest.iter().zip(other_rest).map(|(x, y)| x * y).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_products_of_any_length() {
        for length in [0_u8, 1, 8, 11, 15] {
            let (a, b): (Vec<f32>, Vec<f32>) = (0..length).map(|at| (f32::from(at), 2.0)).unzip();
            assert!((dot(&a, &b) - f32::from(length * length) + f32::from(length)).abs() < 1e-4, "{length}");
        }
    }

    #[test]
    fn mean_of_a_range_has_length_one_and_keeps_direction() {
        let mut vectors = TokenVectors::new(2);
        vectors.push(&[1.0, 0.0]);
        vectors.push(&[0.0, 1.0]);
        let mean = vectors.mean(0..2).expect("two vectors");
        assert!((cosine(&mean, &mean) - 1.0).abs() < 1e-5);
        assert!((mean[0] - mean[1]).abs() < 1e-5);
        assert_eq!(vectors.mean(1..3), None);
        assert_eq!(vectors.mean(1..1), None);
    }
}
