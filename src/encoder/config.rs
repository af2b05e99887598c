//! A model's `config.json`: what the trainer tells the program about the numbers in the model file.

use serde::Deserialize;

use super::crf::Crf;
use super::labels::{AttributionLabel, EntityLabel, Label, Upos};
use super::links::LinkScorer;
use crate::{Error, ErrorKind, Result};

/// The only layout of model folders this program reads.
const FORMAT: &str = "sayso-model/3";

/// No model is so wide; what claims to be is damaged.
const WIDEST: usize = 4096;

/// The decoders' trained numbers and the label sets they stand for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelConfig {
    format: String,
    /// The version that reports show.
    pub(crate) version: String,
    entity_labels: Vec<String>,
    attribution_labels: Vec<String>,
    upos_labels: Vec<String>,
    /// Heads of a layer's attention.
    pub(crate) attention_heads: usize,
    /// Entity tags.
    pub(crate) entity: Crf,
    /// Attribution tags.
    pub(crate) attribution: Crf,
    /// From content to source.
    pub(crate) source: LinkScorer,
    /// From content to cue.
    pub(crate) cue: LinkScorer,
    /// Width of one link vector.
    pub(crate) link_width: usize,
    /// SHA-256 of the model file, in lower-case hexadecimal.
    pub(crate) model_sha256: String,
}

impl ModelConfig {
    /// Reads and checks a `config.json`.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self> {
        let wrong = |why: String| Error::new(ErrorKind::Model(why)).with_hint("make the model with models/train of the same sayso version");
        let config: Self = serde_json::from_slice(json)
            .map_err(|source| wrong(format!("cannot read the model's config.json: {source}")).caused_by(source))?;
        if config.format != FORMAT {
            return Err(wrong(format!("the model has format {}, this program reads {FORMAT}", config.format)));
        }
        same_labels::<EntityLabel>(&config.entity_labels).map_err(wrong)?;
        same_labels::<AttributionLabel>(&config.attribution_labels).map_err(wrong)?;
        same_labels::<Upos>(&config.upos_labels).map_err(wrong)?;
        let is_wide = config.attention_heads > WIDEST || config.link_width > WIDEST;
        let fits = !is_wide
            && config.entity.fits(EntityLabel::ALL.len())
            && config.attribution.fits(AttributionLabel::ALL.len())
            && config.source.fits()
            && config.cue.fits();
        if !fits {
            return Err(wrong("the model's decoders do not fit its label sets".to_owned()));
        }
        Ok(config)
    }
}

fn same_labels<L: Label>(found: &[String]) -> Result<(), String> {
    let expected: Vec<&str> = L::ALL.iter().map(|label| label.name()).collect();
    if found == expected { Ok(()) } else { Err(format!("the model's labels are {found:?}, this program knows {expected:?}")) }
}
