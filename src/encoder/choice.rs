//! What the models run on: the engine, and for libtorch the device, the precision and the batch.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use crate::{Error, ErrorKind};

/// What runs sayso's own model.
///
#[doc = include_str!("../docs/libtorch.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineKind {
    /// Pure Rust, 8-bit, inside every build.
    #[default]
    Embedded,
    /// libtorch through rust-bert's tch, in builds with the feature `libtorch`.
    Libtorch,
}

/// Where libtorch computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Device {
    /// The first GPU where libtorch finds one, else the processor.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The GPU of this number.
    Cuda(usize),
}

/// What libtorch computes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// 32-bit floats.
    #[default]
    Fp32,
    /// 16-bit floats with the range of 32-bit ones.
    Bf16,
    /// 16-bit floats.
    Fp16,
}

/// How libtorch runs sayso's model and the models that a user brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibtorchOptions {
    /// Where it computes.
    pub device: Device,
    /// What it computes with.
    pub precision: Precision,
    /// Windows or sentences of one article read at once; halved where a GPU's memory does not suffice.
    pub batch: NonZeroUsize,
}

impl LibtorchOptions {
    const BATCH: NonZeroUsize = NonZeroUsize::new(8).expect("eight is not zero");
}

impl Default for LibtorchOptions {
    fn default() -> Self {
        Self { device: Device::default(), precision: Precision::default(), batch: Self::BATCH }
    }
}

/// The engine with its options.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct EngineChoice {
    pub(crate) kind: EngineKind,
    pub(crate) libtorch: LibtorchOptions,
}

/// What finds the keyphrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyphraseMethod {
    /// sayso's own.
    #[default]
    Sayso,
    /// rust-bert's `KeywordExtractionModel` on the sentence model that the user brings.
    RustBert,
}

/// What a run was made with beside sayso's own model and engine, for its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EngineRecord {
    /// The engine with its options; none for the one inside every build.
    pub engine: Option<String>,
    /// SHA-256 of the weights of the user's model for entities.
    pub ner_model_sha256: Option<String>,
    /// SHA-256 of the weights of the user's model for vectors.
    pub embedding_model_sha256: Option<String>,
    /// What found the keyphrases, where that was not sayso.
    pub keyphrases: Option<String>,
}

/// Folders of models in Hugging Face's format that stand in for parts of sayso's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UserModels {
    /// Finds the entities.
    pub(crate) entities: Option<PathBuf>,
    /// A TOML table from its labels to sayso's.
    pub(crate) entity_labels: Option<PathBuf>,
    /// Gives the vectors of words and sentences.
    pub(crate) embeddings: Option<PathBuf>,
}

impl FromStr for EngineKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "embedded" => Ok(Self::Embedded),
            "libtorch" => Ok(Self::Libtorch),
            _ => Err(unknown("engine", name, "embedded, libtorch")),
        }
    }
}

impl FromStr for KeyphraseMethod {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        match name {
            "sayso" => Ok(Self::Sayso),
            "rust-bert" => Ok(Self::RustBert),
            _ => Err(unknown("keyphrase method", name, "sayso, rust-bert")),
        }
    }
}

impl FromStr for Device {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let number = name.strip_prefix("cuda:").or((name == "cuda").then_some("0"));
        match (name, number.and_then(|number| number.parse().ok())) {
            ("auto", _) => Ok(Self::Auto),
            ("cpu", _) => Ok(Self::Cpu),
            (_, Some(number)) => Ok(Self::Cuda(number)),
            _ => Err(unknown("device", name, "auto, cpu, cuda:0, cuda:1 and so on")),
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Cuda(number) => write!(f, "cuda:{number}"),
        }
    }
}

impl Precision {
    /// Its name in options and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fp32 => "fp32",
            Self::Bf16 => "bf16",
            Self::Fp16 => "fp16",
        }
    }
}

impl FromStr for Precision {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let known = [Self::Fp32, Self::Bf16, Self::Fp16].into_iter().find(|precision| precision.name() == name);
        known.ok_or_else(|| unknown("precision", name, "fp32, bf16, fp16"))
    }
}

fn unknown(what: &str, name: &str, known: &str) -> Error {
    Error::new(ErrorKind::Config(format!("there is no {what} `{name}`; there are {known}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_as_in_pytorch() {
        for (name, device) in [("auto", Device::Auto), ("cpu", Device::Cpu), ("cuda:1", Device::Cuda(1)), ("cuda:0", Device::Cuda(0))] {
            assert_eq!(name.parse::<Device>().ok(), Some(device));
            assert_eq!(device.to_string(), name);
        }
        assert_eq!("cuda".parse::<Device>().ok(), Some(Device::Cuda(0)));
        for name in ["gpu", "cuda:x", ""] {
            assert!(name.parse::<Device>().is_err_and(|error| error.to_string().contains("cuda:0")), "{name}");
        }
    }

    #[test]
    fn unknown_names_list_the_known_ones() {
        assert_eq!("bf16".parse::<Precision>().ok(), Some(Precision::Bf16));
        assert!("int8".parse::<Precision>().is_err_and(|error| error.to_string().contains("fp32, bf16, fp16")));
        assert!("onnx".parse::<EngineKind>().is_err_and(|error| error.to_string().contains("embedded, libtorch")));
    }
}
