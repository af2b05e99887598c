//! DeBERTa's disentangled attention: a piece is asked for by its content and by its distance, each with scores of its own.
//!
//! He et al., DeBERTa: Decoding-enhanced BERT with Disentangled Attention, ICLR 2021; the second version shares rows among far distances.

use serde_json::Value;
use tch::Tensor;

use super::bert::Config;
use super::device::said;
use super::failure::Failure;
use super::family::Family;
use super::layers::{Linear, Tensors, scale};
use super::weights::{Weights, put_linear};

/// Which row of a table of distances belongs to a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Distances {
    /// Rows for each direction: the distance 0 has the row of this number.
    pub(super) span: i64,
    /// Distances beyond half of this many share rows, the farther the more of them.
    pub(super) buckets: Option<i64>,
    /// How many distances the buckets are made for.
    pub(super) most: i64,
}

impl Distances {
    /// How many rows on each side sequences of so many pieces need.
    pub(super) fn reach(self, pieces: i64) -> i64 {
        (self.bucket(pieces - 1) + 1).clamp(1, self.span)
    }

    /// The row of a distance in a table that holds `reach` rows on each side.
    pub(super) fn row(self, distance: i64, reach: i64) -> i64 {
        (self.bucket(distance) + reach).clamp(0, 2 * reach - 1)
    }

    #[expect(clippy::cast_possible_truncation, reason = "no more than the number of buckets")]
    fn bucket(self, distance: i64) -> i64 {
        let Some(half) = self.buckets.map(|buckets| buckets / 2).filter(|&half| distance.abs() > half) else { return distance };
        let (far, near, most) = (distance.abs() as f32, half as f32, (self.most - 1) as f32);
        let beyond = ((far / near).ln() / (most / near).ln() * (half - 1) as f32).ceil();
        distance.signum() * (beyond as i64 + half)
    }
}

/// How many scores are summed up for a pair of pieces, and the rows of their distance where that counts.
pub(super) fn distances(family: Family, config: &Config) -> Result<(u32, Option<Distances>), Failure> {
    let kinds = kinds(config);
    if let Some(other) = kinds.iter().find(|kind| !["c2p", "p2c"].contains(kind)) {
        return Err(format!("its config.json has the attention {other}: there are c2p and p2c").into());
    }
    if config.conv_kernel_size.is_some_and(|size| size > 0) {
        return Err("it has a layer of convolution, which cannot be computed".into());
    }
    let scores_of_a_pair = 1 + u32::try_from(kinds.len()).unwrap_or_default();
    if !config.relative_attention {
        return Ok((scores_of_a_pair, None));
    }
    let most = config.max_relative_positions.filter(|&most| most > 0).unwrap_or(config.max_position_embeddings);
    let buckets = config.position_buckets.filter(|&buckets| buckets > 0 && family == Family::DebertaV2);
    Ok((scores_of_a_pair, Some(Distances { span: buckets.unwrap_or(most), buckets, most })))
}

/// What is asked with beside contents: `c2p` a distance of a content, `p2c` a content of a distance.
fn kinds(config: &Config) -> Vec<&str> {
    match &config.pos_att_type {
        Value::String(kinds) => kinds.split('|').collect(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Adds what each layer's attention is made of to `tensors`.
pub(super) fn take_attention(family: Family, config: &Config, weights: &Weights, tensors: &mut Tensors) -> Result<(), Failure> {
    let (scores_of_a_pair, distances) = distances(family, config)?;
    let width = config.hidden_size;
    let (heads, head_width) = (config.num_attention_heads, width / config.num_attention_heads);
    let mut relative = None;
    if let Some(Distances { span, .. }) = distances {
        let table = weights.take("encoder.rel_embeddings.weight", &[2 * span, width])?;
        let is_normed = config.norm_rel_ebd.contains("layer_norm");
        let norm = is_normed.then(|| weights.norm("encoder.LayerNorm", width, config.epsilon(family))).transpose()?;
        relative = Some(norm.map_or(Ok(table.shallow_clone()), |norm| norm.apply(&table)).map_err(said)?);
    }
    for at in 0..config.num_hidden_layers {
        let from = |part: &str| format!("encoder.layer.{at}.attention.self.{part}");
        let to = |part: &str| format!("layers.{at}.{part}");
        let square = |part: &str| weights.linear(&from(part), [width, width]);
        let query_key_value = if family == Family::Deberta {
            let mixed = weights.take(&from("in_proj.weight"), &[3 * width, width])?;
            // The first head's query, key and value, then the second's.
            let sorted = mixed.f_view([heads, 3, head_width, width]).and_then(|rows| rows.f_transpose(0, 1)?.f_reshape([3 * width, width]));
            let (query, value) = (weights.take(&from("q_bias"), &[width])?, weights.take(&from("v_bias"), &[width])?);
            let bias = query.f_zeros_like().and_then(|none| Tensor::f_cat(&[query, none, value], 0));
            Linear { weight: sorted.map_err(said)?, bias: Some(bias.map_err(said)?) }
        } else {
            Linear::beside(["query_proj", "key_proj", "value_proj"].map(square))?
        };
        put_linear(query_key_value, &to("qkv"), tensors);
        let Some(relative) = &relative else { continue };
        // Of shape (heads, width of a head, distances).
        let table = |projection: Linear| {
            let projected = projection.apply(relative);
            projected.and_then(|table| table.f_view([-1, heads, head_width])?.f_permute([1, 2, 0])).map_err(said)
        };
        if kinds(config).contains(&"c2p") {
            let keys = match (family, config.share_att_key) {
                (Family::Deberta, _) => weights.matrix(&from("pos_proj"), [width, width])?,
                (_, true) => square("key_proj")?,
                (_, false) => square("pos_key_proj")?,
            };
            tensors.insert(to("position_keys"), table(keys)?);
        }
        if kinds(config).contains(&"p2c") {
            let queries = match (family, config.share_att_key) {
                (Family::Deberta, _) => square("pos_q_proj")?,
                (_, true) => square("query_proj")?,
                (_, false) => square("pos_query_proj")?,
            };
            let scaled = table(queries)?.f_mul_scalar(scale(head_width, scores_of_a_pair));
            tensors.insert(to("position_queries"), scaled.map_err(said)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_distances_share_rows() {
        let distances = Distances { span: 8, buckets: Some(8), most: 64 };
        let buckets: Vec<i64> = [-63, -30, -9, -5, -4, 0, 1, 4, 5, 6, 9, 30, 63].map(|distance| distances.bucket(distance)).to_vec();
        // As make_log_bucket_position of transformers.
        assert_eq!(buckets, [-7, -7, -5, -5, -4, 0, 1, 4, 5, 5, 5, 7, 7]);
        assert_eq!((distances.reach(3), distances.reach(64)), (3, 8));
        assert_eq!((distances.row(-2, 3), distances.row(2, 3), distances.row(63, 8)), (1, 5, 15));
    }

    #[test]
    fn each_distance_has_its_row_up_to_the_last() {
        let distances = Distances { span: 4, buckets: None, most: 4 };
        let rows: Vec<i64> = [-9, -4, -1, 0, 3, 9].map(|distance| distances.row(distance, distances.reach(12))).to_vec();
        assert_eq!(rows, [0, 0, 3, 4, 7, 7]);
    }
}
