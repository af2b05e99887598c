//! Spherical k-means: groups of unit vectors, each with its centre.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use sayso_kernels::Vectors;

use crate::encoder::dot;

/// How often it begins anew; the best end is kept.
const STARTS: u64 = 4;
/// The most rounds of one start.
const ROUNDS: usize = 25;

/// What became of the vectors.
#[derive(Debug, Clone)]
pub(super) struct Clusters {
    /// Unit vectors.
    pub(super) centres: Vec<Vec<f32>>,
    /// By vector, its centre and the cosine with it.
    pub(super) assigned: Vec<(usize, f32)>,
}

impl Clusters {
    /// Groups unit vectors into `count` clusters.
    pub(super) fn of(vectors: &[Vec<f32>], count: usize) -> Self {
        let laid_out = Vectors::new(vectors.first().map_or(0, Vec::len), vectors.iter().map(Vec::as_slice));
        let starts = (0..STARTS).map(|seed| Self::from_start(vectors, &laid_out, count, seed));
        let better = |best: Self, next: Self| if next.sum() > best.sum() { next } else { best };
        starts.reduce(better).unwrap_or_else(|| Self { centres: Vec::new(), assigned: Vec::new() })
    }

    fn sum(&self) -> f64 {
        self.assigned.iter().map(|(_, cosine)| f64::from(*cosine)).sum()
    }

    fn from_start(vectors: &[Vec<f32>], laid_out: &Vectors, count: usize, seed: u64) -> Self {
        let mut centres = seeds(vectors, count, seed);
        let mut assigned = assign(laid_out, &centres);
        for _ in 0..ROUNDS {
            centres = means(vectors, &assigned, &centres);
            let next = assign(laid_out, &centres);
            let is_settled = next.iter().zip(&assigned).all(|((a, _), (b, _))| a == b);
            assigned = next;
            if is_settled {
                break;
            }
        }
        Self { centres, assigned }
    }
}

/// Makes a vector one of length 1; one of nothing stays so.
pub(super) fn normalize(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        for part in vector {
            *part /= length;
        }
    }
}

/// Vectors far from each other: each next one is drawn by how far it is from those before (k-means++, Arthur and Vassilvitskii 2007).
fn seeds(vectors: &[Vec<f32>], count: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut distance = vec![1.0_f64; vectors.len()];
    let mut chosen: Vec<Vec<f32>> = Vec::new();
    while chosen.len() < count.min(vectors.len()) {
        let total: f64 = distance.iter().sum();
        let mut left = f64::from(random.next_u32()) / f64::from(u32::MAX) * total;
        let drawn = distance.iter().position(|distance| {
            left -= distance;
            left <= 0.0 && *distance > 0.0
        });
        let Some(next) = drawn.or_else(|| distance.iter().rposition(|distance| *distance > 0.0)).and_then(|at| vectors.get(at)) else {
            break;
        };
        for (distance, vector) in distance.iter_mut().zip(vectors) {
            let away = f64::from((1.0 - dot(vector, next)).max(0.0));
            *distance = distance.min(away * away);
        }
        chosen.push(next.clone());
    }
    chosen
}

/// The nearest centre of every vector.
fn assign(vectors: &Vectors, centres: &[Vec<f32>]) -> Vec<(usize, f32)> {
    let width = centres.first().map_or(0, Vec::len);
    let cosines = vectors.products(&Vectors::new(width, centres.iter().map(Vec::as_slice)));
    cosines.chunks_exact(centres.len().max(1)).map(|cosines| largest(cosines.iter().copied()).unwrap_or((0, 0.0))).collect()
}

/// The first of the largest numbers with its place.
fn largest(numbers: impl Iterator<Item = f32>) -> Option<(usize, f32)> {
    numbers.enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// The nearest of `centres` and the cosine with it.
pub(super) fn nearest(vector: &[f32], centres: &[Vec<f32>]) -> Option<(usize, f32)> {
    largest(centres.iter().map(|centre| dot(vector, centre)))
}

/// The mean of every cluster; an empty one stays where it was.
fn means(vectors: &[Vec<f32>], assigned: &[(usize, f32)], before: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut sums: Vec<Vec<f32>> = before.iter().map(|centre| vec![0.0; centre.len()]).collect();
    for (vector, (at, _)) in vectors.iter().zip(assigned) {
        if let Some(sum) = sums.get_mut(*at) {
            sum.iter_mut().zip(vector).for_each(|(sum, part)| *sum += part);
        }
    }
    for (sum, before) in sums.iter_mut().zip(before) {
        normalize(sum);
        if sum.iter().all(|part| *part == 0.0) {
            sum.clone_from(before);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_two_directions_are_two_clusters() {
        let unit = |angle: f32| vec![angle.cos(), angle.sin()];
        let vectors: Vec<Vec<f32>> = [0.0, 0.1, 0.2, 1.4, 1.5, 1.6].map(unit).into();
        let clusters = Clusters::of(&vectors, 2);
        let of = |at: usize| clusters.assigned[at].0;
        assert!(of(0) == of(1) && of(1) == of(2) && of(3) == of(4) && of(4) == of(5) && of(0) != of(3), "{clusters:?}");
        assert!(clusters.assigned.iter().all(|(_, cosine)| *cosine > 0.99));
        assert_eq!(Clusters::of(&vectors, 9).centres.len(), 6, "no more clusters than vectors");
        assert!(Clusters::of(&[], 3).assigned.is_empty());
    }
}
