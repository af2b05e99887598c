//! The space that passages are compared in: half of it what the model's vectors say, half what the words say that passages share.
//!
//! The half of words is latent semantic analysis (Deerwester et al. 1990): words weighed by how few passages have them, projected on the
//! directions in which the sample differs most, found by subspace iteration (Halko, Martinsson and Tropp 2011). Each vector is then moved
//! towards those of the sample that are nearest, which brings out the groups that there are. On two sets of 2,000 texts with known topics
//! mutual information rose from 0.40 and 0.31 (model alone) to 0.49 and 0.40.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use sayso_kernels::Vectors;

use super::Passage;
use super::clusters::normalize;
use crate::encoder::dot;

/// Directions of the words' half.
const DIRECTIONS: usize = 96;
/// Rounds of subspace iteration.
const ROUNDS: usize = 4;
/// Fewer passages of the sample than this make no word of the space.
const LEAST_PASSAGES: u32 = 3;
/// A word that a larger share of passages has tells nothing.
const MOST_PASSAGES: f64 = 0.5;
/// How many neighbours a vector is moved towards, at most and of how many anchors one: in a small run twenty would be all there is.
const NEIGHBOURS: usize = 20;
const ANCHORS_OF_A_NEIGHBOUR: usize = 10;
/// What is left of a direction that the ones before it make up.
const NOISE: f32 = 1e-3;
/// Passages of the sample that are looked through for neighbours.
const ANCHORS: usize = 4_000;
/// So many vectors are compared with the anchors at once.
const AT_ONCE: usize = 64;

/// The space of a run.
#[derive(Debug)]
pub(super) struct Space {
    /// The mean of the model's vectors: what all have in common tells nothing apart.
    mean: Vec<f32>,
    /// By word, its row in `directions` and its weight.
    words: BTreeMap<u32, (usize, f32)>,
    /// By word, its part of each direction.
    directions: Vec<Vec<f32>>,
    /// Vectors of the sample.
    anchors: Vectors,
}

/// The words of a passage by their rows, of length 1.
type Row = Vec<(usize, f32)>;

impl Space {
    /// Makes the space of a sample and gives the sample's vectors in it.
    pub(super) fn of(sample: &[&Passage]) -> (Self, Vec<Vec<f32>>) {
        let mut space = Self { mean: mean(sample), words: words(sample), directions: Vec::new(), anchors: Vectors::default() };
        let rows: Vec<Row> = sample.iter().map(|passage| space.row(passage)).collect();
        space.directions = directions(&rows, space.words.len());
        let plain: Vec<Vec<f32>> = sample.iter().map(|passage| space.plain(passage)).collect();
        space.anchors = Vectors::new(plain.first().map_or(0, Vec::len), plain.iter().take(ANCHORS).map(Vec::as_slice));
        let vectors = space.moved(plain);
        (space, vectors)
    }

    /// The vectors of passages, of length 1.
    pub(super) fn vectors(&self, passages: &[Passage]) -> Vec<Vec<f32>> {
        self.moved(passages.iter().map(|passage| self.plain(passage)).collect())
    }

    fn plain(&self, passage: &Passage) -> Vec<f32> {
        let mut meaning: Vec<f32> = passage.vector.iter().zip(&self.mean).map(|(part, mean)| f32::from(*part) - mean).collect();
        normalize(&mut meaning);
        let mut said = vec![0.0; self.directions.first().map_or(0, Vec::len)];
        for (word, weight) in self.row(passage) {
            let parts = self.directions.get(word).into_iter().flatten();
            said.iter_mut().zip(parts).for_each(|(sum, part)| *sum += weight * part);
        }
        normalize(&mut said);
        meaning.extend(said);
        normalize(&mut meaning);
        meaning
    }

    fn row(&self, passage: &Passage) -> Row {
        let known = passage.words_said.iter().filter_map(|(word, count)| Some((self.words.get(word)?, count)));
        let mut row: Row = known.map(|((at, weight), count)| (*at, weight * (1.0 + f32::from(*count).ln()))).collect();
        let length = row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, weight) in &mut row {
                *weight /= length;
            }
        }
        row
    }

    /// Moves vectors towards their nearest neighbours among the anchors; one that is an anchor itself is not its own neighbour.
    fn moved(&self, mut vectors: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
        let width = vectors.first().map_or(0, Vec::len);
        for vectors in vectors.chunks_mut(AT_ONCE) {
            let cosines = Vectors::new(width, vectors.iter().map(Vec::as_slice)).products(&self.anchors);
            for (vector, cosines) in vectors.iter_mut().zip(cosines.chunks_exact(self.anchors.len().max(1))) {
                self.move_one(vector, cosines);
            }
        }
        vectors
    }

    /// Moves a vector by its cosines with the anchors.
    fn move_one(&self, vector: &mut [f32], cosines: &[f32]) {
        let mut near: Vec<(f32, usize)> = cosines.iter().copied().zip(0..).collect();
        near.retain(|(cosine, _)| *cosine < 0.9999);
        let nearest = NEIGHBOURS.min(near.len() / ANCHORS_OF_A_NEIGHBOUR);
        if nearest > 0 && nearest < near.len() {
            near.select_nth_unstable_by(nearest - 1, |a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        }
        near.truncate(nearest);
        near.sort_unstable_by_key(|(_, at)| *at); // sums of floats depend on their order
        for (_, at) in near {
            let anchor = self.anchors.get(at).into_iter().flatten();
            vector.iter_mut().zip(anchor).for_each(|(part, other)| *part += other);
        }
        normalize(vector);
    }
}

fn mean(sample: &[&Passage]) -> Vec<f32> {
    let mut mean = vec![0.0; sample.first().map_or(0, |passage| passage.vector.len())];
    for passage in sample {
        mean.iter_mut().zip(&passage.vector).for_each(|(sum, part)| *sum += f32::from(*part) / sample.len() as f32);
    }
    mean
}

/// The words that tell passages apart, numbered, each with its weight.
fn words(sample: &[&Passage]) -> BTreeMap<u32, (usize, f32)> {
    let mut passages: BTreeMap<u32, u32> = BTreeMap::new();
    for (word, _) in sample.iter().flat_map(|passage| &passage.words_said) {
        *passages.entry(*word).or_default() += 1;
    }
    let most = sample.len() as f64 * MOST_PASSAGES;
    let told = passages.into_iter().filter(|(_, count)| *count >= LEAST_PASSAGES && f64::from(*count) <= most);
    #[expect(clippy::cast_possible_truncation, reason = "a weight")]
    let weight = |count: u32| ((1.0 + sample.len() as f64) / (1.0 + f64::from(count))).ln() as f32 + 1.0;
    told.enumerate().map(|(at, (word, count))| (word, (at, weight(count)))).collect()
}

/// By word its parts of the directions in which `rows` differ most.
fn directions(rows: &[Row], words: usize) -> Vec<Vec<f32>> {
    let count = DIRECTIONS.min(words).min(rows.len());
    let mut random = ChaCha8Rng::seed_from_u64(1);
    #[expect(clippy::cast_possible_truncation, reason = "a random part")]
    let mut part = || (f64::from(random.next_u32()) / f64::from(u32::MAX) - 0.5) as f32;
    let mut basis: Vec<Vec<f32>> = (0..words).map(|_| (0..count).map(|_| part()).collect()).collect();
    for _ in 0..ROUNDS {
        let mut next = vec![vec![0.0; count]; words];
        for row in rows {
            let mut projected = vec![0.0; count];
            for (word, weight) in row {
                let parts = basis.get(*word).into_iter().flatten();
                projected.iter_mut().zip(parts).for_each(|(sum, part)| *sum += weight * part);
            }
            for (word, weight) in row {
                if let Some(parts) = next.get_mut(*word) {
                    parts.iter_mut().zip(&projected).for_each(|(sum, part)| *sum += weight * part);
                }
            }
        }
        basis = orthonormal(&next, count);
    }
    basis
}

/// Makes the columns of a matrix orthonormal, one after another (modified Gram-Schmidt).
fn orthonormal(matrix: &[Vec<f32>], count: usize) -> Vec<Vec<f32>> {
    let mut columns: Vec<Vec<f32>> =
        (0..count).map(|column| matrix.iter().map(|row| row.get(column).copied().unwrap_or_default()).collect()).collect();
    for at in 0..count {
        let (done, rest) = columns.split_at_mut(at);
        let Some(column) = rest.first_mut() else { break };
        let before = dot(column, column).sqrt();
        for other in done {
            let shared = dot(column, other);
            column.iter_mut().zip(other.iter()).for_each(|(part, other)| *part -= shared * other);
        }
        if dot(column, column).sqrt() <= before * NOISE {
            column.fill(0.0); // all that is left is rounding: the rows have fewer directions
        }
        normalize(column);
    }
    (0..matrix.len()).map(|row| columns.iter().map(|column| column.get(row).copied().unwrap_or_default()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(words: &[u32], vector: &[i8]) -> Passage {
        Passage { sentences: 0..1, words: 30, vector: vector.to_vec(), words_said: words.iter().map(|word| (*word, 1)).collect() }
    }

    #[test]
    fn passages_of_the_same_words_are_near() {
        let (sea, rail): (&[u32], &[u32]) = (&[1, 2, 3], &[7, 8, 9]);
        let sample: Vec<Passage> = (0_i8..8).map(|at| passage(if at % 2 == 0 { sea } else { rail }, &[100, 70, at * 3])).collect();
        let (space, vectors) = Space::of(&sample.iter().collect::<Vec<_>>());
        assert!(dot(&vectors[0], &vectors[2]) > dot(&vectors[0], &vectors[1]) + 0.3, "{vectors:?}");
        let other = space.vectors(&[passage(&[1, 2, 99], &[100, 70, 9])]);
        assert!(dot(&other[0], &vectors[0]) > dot(&other[0], &vectors[1]), "a word that the sample lacks says nothing");
    }

    #[test]
    fn columns_become_orthonormal() {
        let made = orthonormal(&[vec![1.0, 1.0], vec![1.0, 0.0], vec![0.0, 2.0]], 2);
        let column = |at: usize| made.iter().map(|row| row[at]).collect::<Vec<f32>>();
        assert!(dot(&column(0), &column(1)).abs() < 1e-6 && (dot(&column(1), &column(1)) - 1.0).abs() < 1e-6);
    }
}
