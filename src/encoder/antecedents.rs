//! `antecedents.safetensors`: the trained choice among the mentions that a pronoun may mean (mention ranking, Denis & Baldridge,
//! EMNLP 2008; trained as in Lee et al., EMNLP 2017), on the encoder's own vectors.

use safetensors::{Dtype, SafeTensorError, SafeTensors};

use super::vectors::dot;
use crate::{Error, ErrorKind, Result};

/// Scores candidates by their features and by the products of projected vectors.
#[derive(Debug, Clone)]
pub(crate) struct AntecedentRanker {
    pronoun: Affine,
    candidate: Affine,
    hidden: Affine,
    out: Affine,
    /// Weight of the first feature.
    by_hand: f32,
    /// The score of "none of them".
    none: f32,
    /// The names of the features it was trained on, in order.
    features: Vec<String>,
}

/// The key of the file's metadata that names the features, parted by commas.
const FEATURES: &str = "features";

/// One candidate as the ranker takes it.
#[derive(Debug)]
pub(crate) struct RankedMention {
    /// The unit vector of the mention; empty where the model gives none.
    pub(crate) vector: Vec<f32>,
    pub(crate) features: Vec<f32>,
}

impl AntecedentRanker {
    /// Reads the file's bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let tensors = SafeTensors::deserialize(bytes).map_err(unread)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(unread)?;
        let named = header.metadata().as_ref().and_then(|metadata| metadata.get(FEATURES));
        let features: Vec<String> = named.ok_or_else(|| wrong("it does not name its features"))?.split(',').map(str::to_owned).collect();
        let number = |name: &str| -> Result<f32> { floats(&tensors, name)?.first().copied().ok_or_else(|| wrong(name)) };
        let ranker = Self {
            pronoun: Affine::new(&tensors, "pronoun")?,
            candidate: Affine::new(&tensors, "candidate")?,
            hidden: Affine::new(&tensors, "hidden")?,
            out: Affine::new(&tensors, "out")?,
            by_hand: number("by_hand")?,
            none: number("none")?,
            features,
        };
        let projected = ranker.pronoun.outputs();
        let fits = ranker.candidate.outputs() == projected
            && ranker.hidden.inputs == 2 * projected + ranker.features.len()
            && ranker.out.inputs == ranker.hidden.outputs()
            && ranker.out.outputs() == 1;
        if fits { Ok(ranker) } else { Err(wrong("its matrices do not fit each other")) }
    }

    /// The names of the features it takes, in order.
    pub(crate) fn features(&self) -> &[String] {
        &self.features
    }

    /// The probability of each candidate to be what the pronoun with this vector means; what is missing to 1 is "none of them".
    pub(crate) fn probabilities(&self, pronoun: &[f32], candidates: &[RankedMention]) -> Vec<f32> {
        let asked = self.pronoun.apply(pronoun);
        let score = |candidate: &RankedMention| {
            let offered = self.candidate.apply(&candidate.vector);
            let products = asked.iter().zip(&offered).map(|(a, b)| a * b);
            let joint: Vec<f32> = candidate.features.iter().copied().chain(products).chain(offered.iter().copied()).collect();
            let mut hidden = self.hidden.apply(&joint);
            for value in &mut hidden {
                *value = value.max(0.0);
            }
            let first = candidate.features.first().copied().unwrap_or_default();
            self.out.apply(&hidden).first().copied().unwrap_or_default() + self.by_hand * first
        };
        let scores: Vec<f32> = candidates.iter().map(score).collect();
        let largest = scores.iter().copied().fold(self.none, f32::max);
        let total: f32 = scores.iter().chain([&self.none]).map(|score| (score - largest).exp()).sum();
        scores.iter().map(|score| (score - largest).exp() / total).collect()
    }
}

/// A matrix by rows with a bias for each.
#[derive(Debug, Clone)]
struct Affine {
    inputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Affine {
    fn new(tensors: &SafeTensors<'_>, name: &str) -> Result<Self> {
        let weights = floats(tensors, &format!("{name}.weight"))?;
        let bias = floats(tensors, &format!("{name}.bias"))?;
        let inputs = weights.len().checked_div(bias.len()).filter(|inputs| *inputs > 0 && inputs * bias.len() == weights.len());
        Ok(Self { inputs: inputs.ok_or_else(|| wrong(format_args!("{name} is no matrix with a bias")))?, weights, bias })
    }

    fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The product with a vector; a missing vector counts as zeros.
    fn apply(&self, vector: &[f32]) -> Vec<f32> {
        let rows = self.weights.chunks_exact(self.inputs).zip(&self.bias);
        rows.map(|(row, bias)| bias + dot(row, vector)).collect()
    }
}

fn floats(tensors: &SafeTensors<'_>, name: &str) -> Result<Vec<f32>> {
    let tensor = tensors.tensor(name).map_err(unread)?;
    if tensor.dtype() != Dtype::F32 {
        return Err(wrong(format_args!("{name} is not of 32-bit floats")));
    }
    let values: Vec<f32> = tensor.data().as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(wrong(format_args!("{name} has a number that is none"))) }
}

fn unread(source: SafeTensorError) -> Error {
    wrong(&source).caused_by(source)
}

fn wrong(why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Model(format!("cannot read antecedents.safetensors: {why}")))
        .with_hint("make it with models/train/antecedents.py")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn affine(inputs: usize, weights: &[f32], bias: &[f32]) -> Affine {
        Affine { inputs, weights: weights.to_vec(), bias: bias.to_vec() }
    }

    /// Scores the product of the two first numbers of the vectors, plus the first feature.
    fn ranker(none: f32) -> AntecedentRanker {
        AntecedentRanker {
            pronoun: affine(2, &[1.0, 0.0], &[0.0]),
            candidate: affine(2, &[1.0, 0.0], &[0.0]),
            hidden: affine(3, &[0.0, 1.0, 0.0], &[0.0]),
            out: affine(1, &[1.0], &[0.0]),
            by_hand: 1.0,
            none,
            features: vec!["by_hand".to_owned()],
        }
    }

    fn mention(vector: [f32; 2], feature: f32) -> RankedMention {
        RankedMention { vector: vector.to_vec(), features: vec![feature] }
    }

    #[test]
    fn probabilities_and_none_sum_to_one() {
        let candidates = [mention([2.0, 9.0], 0.0), mention([-5.0, 0.0], 1.0)];
        let found = ranker(1.0).probabilities(&[1.0, 0.0], &candidates);
        let total = 2.0_f32.exp() + 2.0 * 1.0_f32.exp();
        assert!((found[0] - 2.0_f32.exp() / total).abs() < 1e-6, "{found:?}");
        assert!((found[1] - 1.0_f32.exp() / total).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn a_matrix_takes_vectors_of_any_length() {
        let weights: Vec<f32> = (0..20).map(|at: u8| f32::from(at)).collect();
        let wide = affine(10, &weights, &[0.5, 0.0]);
        assert_eq!(wide.apply(&[1.0; 10]), [45.5, 145.0]);
        assert_eq!(wide.apply(&[]), [0.5, 0.0], "a missing vector counts as zeros");
    }

    #[test]
    fn a_file_that_does_not_name_its_features_is_an_error() {
        let bytes = safetensors::serialize(Vec::<(String, safetensors::tensor::TensorView<'_>)>::new(), None).expect("an empty file");
        let error = AntecedentRanker::from_bytes(&bytes).expect_err("no features");
        assert!(error.to_string().contains("does not name its features"), "{error}");
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let error = AntecedentRanker::from_bytes(b"nothing").expect_err("no safetensors");
        assert!(error.to_string().contains("antecedents.safetensors"), "{error}");
    }
}
