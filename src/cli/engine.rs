//! Options of the engine and of models that the user brings, the same for every command that analyses.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use sayso::PipelineBuilder;
use sayso::encoder::{Device, EngineKind, KeyphraseMethod, LibtorchOptions, Precision};

/// A build without libtorch does not show what it cannot do; named all the same, it says what to do.
const HIDDEN: bool = !cfg!(feature = "libtorch");

/// What the models run on.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Engine, and models of your own")]
pub(crate) struct EngineArgs {
    /// What runs sayso's own model: embedded or libtorch [default: embedded]
    #[arg(long, value_name = "NAME", hide = HIDDEN)]
    engine: Option<EngineKind>,

    /// Where libtorch computes: auto, cpu, cuda:0, cuda:1 … [default: auto]
    #[arg(long, value_name = "NAME", hide = HIDDEN)]
    device: Option<Device>,

    /// What libtorch computes with: fp32, bf16 or fp16 [default: fp32]
    #[arg(long, value_name = "NAME", hide = HIDDEN)]
    precision: Option<Precision>,

    /// Windows of an article that libtorch reads at once [default: 8]; more for a GPU
    #[arg(long, value_name = "N", hide = HIDDEN)]
    batch: Option<NonZeroUsize>,

    /// Find entities with this token classification model, a folder in Hugging Face's format
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, hide = HIDDEN)]
    ner_model: Option<PathBuf>,

    /// sayso's labels for those of --ner-model, a TOML table such as GENE = "Misc"; CoNLL's and OntoNotes' are known
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "ner_model", hide = HIDDEN)]
    ner_labels: Option<PathBuf>,

    /// Compare phrases and themes by this sentence model, a folder in the format of sentence-transformers
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, hide = HIDDEN)]
    embedding_model: Option<PathBuf>,

    /// What finds keyphrases: sayso, or rust-bert on --embedding-model [default: sayso]
    #[arg(long, value_name = "NAME", hide = HIDDEN)]
    keyphrases: Option<KeyphraseMethod>,
}

impl EngineArgs {
    /// Hands the options on.
    pub(crate) fn apply(&self, mut builder: PipelineBuilder) -> PipelineBuilder {
        let usual = LibtorchOptions::default();
        builder = builder.engine(self.engine.unwrap_or_default()).libtorch(LibtorchOptions {
            device: self.device.unwrap_or(usual.device),
            precision: self.precision.unwrap_or(usual.precision),
            batch: self.batch.unwrap_or(usual.batch),
        });
        builder = self.ner_model.iter().fold(builder, PipelineBuilder::ner_model);
        builder = self.ner_labels.iter().fold(builder, PipelineBuilder::ner_labels);
        builder = self.embedding_model.iter().fold(builder, PipelineBuilder::embedding_model);
        builder.keyphrase_method(self.keyphrases.unwrap_or_default())
    }
}
