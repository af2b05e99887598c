//! The families of models that rust-bert has: from a configuration and weights to one function of ids.

use rust_bert::RustBertError;
use rust_bert::albert::{AlbertConfig, AlbertForSentenceEmbeddings, AlbertForTokenClassification};
use rust_bert::bert::{BertConfig, BertForSentenceEmbeddings, BertForTokenClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertForSentenceEmbeddings, DistilBertForTokenClassification};
use rust_bert::electra::{ElectraConfig, ElectraForTokenClassification};
use rust_bert::mobilebert::{MobileBertConfig, MobileBertForTokenClassification};
use rust_bert::pipelines::common::ModelType;
use rust_bert::roberta::{RobertaForSentenceEmbeddings, RobertaForTokenClassification};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tch::Tensor;
use tch::nn::Path;

/// A network: ids and mask of shape (sequences, pieces) in, numbers of each piece out.
pub(super) type Network = Box<dyn Fn(&Tensor, &Tensor) -> Result<Tensor, RustBertError> + Send>;

/// What a network is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// A score of each label for each piece.
    Labels,
    /// A vector for each piece.
    Vectors,
}

/// One architecture whose numbers in rust-bert are PyTorch's: those of its DeBERTa are not, on the models of `tests/families.py`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Bert,
    Roberta,
    DistilBert,
    Electra,
    Albert,
    MobileBert,
}

/// `model_type` in `config.json`.
const NAMES: [(&str, Family); 8] = [
    ("bert", Family::Bert),
    ("roberta", Family::Roberta),
    ("xlm-roberta", Family::Roberta),
    ("camembert", Family::Roberta),
    ("distilbert", Family::DistilBert),
    ("electra", Family::Electra),
    ("albert", Family::Albert),
    ("mobilebert", Family::MobileBert),
];

impl Family {
    /// The family of a `model_type`.
    pub(super) fn of(model_type: &str) -> Option<Self> {
        NAMES.into_iter().find(|(name, _)| *name == model_type).map(|(_, family)| family)
    }

    /// Every `model_type`, for messages.
    pub(super) fn names() -> String {
        NAMES.map(|(name, _)| name).join(", ")
    }

    /// What the tensors' names begin with in a model with a head, and may lack in one without.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Bert => "bert.",
            Self::Roberta => "roberta.",
            Self::DistilBert => "distilbert.",
            Self::Electra => "electra.",
            Self::Albert => "albert.",
            Self::MobileBert => "mobilebert.",
        }
    }

    /// Positions that no piece has: RoBERTa counts from the padding's id on.
    pub(super) fn unused_positions(self) -> usize {
        if self == Self::Roberta { 2 } else { 0 }
    }

    /// The type of rust-bert's pipelines for sentence vectors; none where they do not know it.
    pub(super) fn pipeline(self) -> Option<ModelType> {
        match self {
            Self::Bert => Some(ModelType::Bert),
            Self::Roberta => Some(ModelType::Roberta),
            Self::DistilBert => Some(ModelType::DistilBert),
            Self::Albert => Some(ModelType::Albert),
            Self::Electra | Self::MobileBert => None,
        }
    }

    /// Builds the network for `task` with its variables under `root`.
    pub(super) fn network(self, task: Task, root: &Path<'_>, config: &Value) -> Result<Network, String> {
        match task {
            Task::Labels => self.classifier(root, config),
            Task::Vectors => self.encoder(root, config),
        }
    }

    fn classifier(self, root: &Path<'_>, config: &Value) -> Result<Network, String> {
        Ok(match self {
            Self::Bert => {
                let model = BertForTokenClassification::new(root, &parsed::<BertConfig>(config)?).map_err(said)?;
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, false).logits))
            }
            Self::Roberta => {
                let model = RobertaForTokenClassification::new(root, &parsed::<BertConfig>(config)?).map_err(said)?;
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, false).logits))
            }
            Self::DistilBert => {
                let model = DistilBertForTokenClassification::new(root, &parsed::<DistilBertConfig>(config)?).map_err(said)?;
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, false)?.logits))
            }
            Self::Electra => {
                let model = ElectraForTokenClassification::new(root, &parsed::<ElectraConfig>(config)?).map_err(said)?;
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, false).logits))
            }
            Self::Albert => {
                let model = AlbertForTokenClassification::new(root, &parsed::<AlbertConfig>(config)?).map_err(said)?;
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, false).logits))
            }
            Self::MobileBert => {
                let model = MobileBertForTokenClassification::new(root, &parsed::<MobileBertConfig>(config)?).map_err(said)?;
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), None, None, None, Some(mask), false)?.logits))
            }
        })
    }

    fn encoder(self, root: &Path<'_>, config: &Value) -> Result<Network, String> {
        let root = &(root / self.prefix().trim_end_matches('.'));
        Ok(match self {
            Self::Bert => {
                let model = BertForSentenceEmbeddings::new_with_optional_pooler(root, &parsed::<BertConfig>(config)?, false);
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, None, None, false)?.hidden_state))
            }
            Self::Roberta => {
                let model = RobertaForSentenceEmbeddings::new_with_optional_pooler(root, &parsed::<BertConfig>(config)?, false);
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, None, None, false)?.hidden_state))
            }
            Self::DistilBert => {
                let model = DistilBertForSentenceEmbeddings::new(root, &parsed::<DistilBertConfig>(config)?);
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, false)?.hidden_state))
            }
            Self::Albert => {
                let model = AlbertForSentenceEmbeddings::new(root, &parsed::<AlbertConfig>(config)?);
                Box::new(move |ids, mask| Ok(model.forward_t(Some(ids), Some(mask), None, None, None, false)?.hidden_state))
            }
            Self::Electra | Self::MobileBert => {
                return Err("rust-bert has sentence vectors for bert, roberta, xlm-roberta, distilbert and albert alone".to_owned());
            }
        })
    }
}

/// The folder's configuration; what it leaves out is as in rust-bert's own.
fn parsed<C: Default + Serialize + DeserializeOwned>(config: &Value) -> Result<C, String> {
    let mut whole = serde_json::to_value(C::default()).map_err(|error| error.to_string())?;
    if let (Some(whole), Some(given)) = (whole.as_object_mut(), config.as_object()) {
        whole.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    serde_json::from_value(whole).map_err(|error| format!("cannot use its config.json: {error}"))
}

#[expect(clippy::needless_pass_by_value, reason = "map_err gives it away")]
fn said(error: RustBertError) -> String {
    error.to_string()
}
